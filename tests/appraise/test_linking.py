"""An entry of a reference list and the work it names: identifiers first, descriptions scored and flagged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curbside.appraise.linking import LEAST, Candidate, candidate, keys_of, link, score
from curbside.records import Author, Dated, Document, DocumentKind, Identifiers, Reference, Resolution

TITLE = "Sirolimus for kaposiform hemangioendothelioma in infants"
ENTRY = Reference("B1", title=TITLE, year="2014", authors=("Adams", "Kim"))
HELD = Candidate("w1", ("pmid:1", "doi:10.1/a"), (TITLE,), "2014", ("Adams", "Kim"))


def named(**ids: str) -> Reference:
    """Return the entry with identifiers."""
    return replace(ENTRY, ids=Identifiers(**ids))


def test_an_identifier_decides_alone() -> None:
    """Whatever title and year say: lists misprint them, and the identifier is what the reader follows."""
    other = replace(HELD, titles=("Another title",), year="1990", authors=())
    found = link(4, named(doi="10.1/a"), [other])
    assert (found.reference, found.work, found.resolution) == (4, "w1", Resolution.IDENTIFIER)
    assert (found.score, found.flagged) == (1.0, False)


def test_a_work_that_is_not_held_is_not_linked() -> None:
    """The entry's identifier still says which work it is."""
    found = link(0, named(pmid="7"), [])
    assert (found.work, found.resolution, found.score) == ("", Resolution.IDENTIFIER, 0.0)


def test_a_likeness_is_no_link_where_the_identifier_says_otherwise() -> None:
    """An entry with identifiers is never linked by its title."""
    assert link(0, named(pmid="7"), [HELD]).work == ""


def test_identifiers_that_name_two_works_are_flagged() -> None:
    """The PMID is followed, and somebody should look."""
    other = Candidate("w2", ("doi:10.1/b",))
    found = link(0, named(pmid="1", doi="10.1/b"), [other, HELD])
    assert (found.work, found.flagged) == ("w1", True)


def test_a_description_is_scored_and_always_flagged() -> None:
    """Title, year and first author alike: linked, but somebody should look."""
    found = link(0, ENTRY, [HELD])
    assert (found.work, found.resolution, found.score, found.flagged) == ("w1", Resolution.DESCRIPTION, 1.0, True)


@pytest.mark.parametrize(
    ("change", "linked"),
    [
        ({"year": "2015"}, True),  # online one year, in print the next
        ({"year": ""}, True),
        ({"authors": ()}, True),
        ({"authors": ("Kim", "Adams")}, True),  # listed, though not first
        ({"year": "2008"}, False),
        ({"authors": ("Lee",)}, False),
        ({"titles": ("Sirolimus for lymphatic malformations",)}, False),
    ],
)
def test_what_may_differ_in_a_description(change: dict[str, object], linked: bool) -> None:
    """A year off by one and an unknown author are forgiven; another year, author or title is not."""
    other = replace(HELD, **change)  # type: ignore[arg-type]
    assert (score(ENTRY, other) >= LEAST) is linked
    assert (link(0, ENTRY, [other]).work == "w1") is linked


def test_two_works_that_fit_alike_are_none() -> None:
    """Nothing is linked on a guess; the flag says that something is there to look at."""
    found = link(0, ENTRY, [HELD, replace(HELD, work="w2")])
    assert (found.work, found.flagged) == ("", True)


def test_an_entry_that_says_too_little_has_no_resolution() -> None:
    """No identifier, no title: nothing can be looked up."""
    bare = Reference("B1", text="Ibid., p. 4")
    assert keys_of(bare) == () and link(0, bare, [HELD]).resolution is None


def test_keys_are_identifiers_or_the_title() -> None:
    """A title is looked up only where there is no identifier."""
    assert keys_of(named(pmid="1", doi="10.1/a")) == ("pmid:1", "doi:10.1/a")
    assert [key[:2] for key in keys_of(ENTRY)] == ["t:"]


def test_a_candidate_is_what_its_document_says() -> None:
    """Titles in every language, the year of publication, families and collectives in order."""
    document = Document(
        "d1", TITLE, DocumentKind.ARTICLE, TITLE, ids=Identifiers(pmid="1"), other_titles=(("de", "Sirolimus"),),
        authors=(Author("Adams", "D"), Author(collective="The Group")), dates=(Dated("published", "2014-05"),),
    )  # fmt: skip
    made = Candidate("w1", ("pmid:1",), (TITLE, "Sirolimus"), "2014", ("Adams", "The Group"))
    assert candidate("w1", document) == made
