"""Similar works and posts of a library, and its summaries, through store and index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import NotHeld
from curbside.extract.profile import profile
from curbside.language.vocabulary import Vocabulary
from curbside.records import Basis, Document, Holding, Identifiers, Raw
from curbside.search.base import Index
from curbside.search.memory import MemoryIndex
from curbside.store.base import Store
from curbside.store.packing import entry_of
from curbside.store.writing import MemoryStore
from curbside.workflows.similar import similar_posts, similar_works
from curbside.workflows.summary import summary_of
from search_holdings import abstract
from store_makers import put

WORDS = Vocabulary.shipped()


def article(pmid: str, title: str, text: str, retracted: bool = False, trial: str = "") -> Document:
    """An article with an abstract."""
    document = replace(abstract(title, text).document, id="", ids=Identifiers(pmid=pmid))
    document = replace(document, types=("Retracted Publication",)) if retracted else document
    return replace(document, mentioned=(trial,)) if trial else document


ITP = "Twelve children with immune thrombocytopenia took sirolimus; 9 of 12 responded."
SHELF = (
    article("1", "Sirolimus in immune thrombocytopenia", ITP, trial="NCT00000001"),
    article(
        "2", "Everolimus for immune thrombocytopenia in adults", "Adults with immune thrombocytopenia took everolimus."
    ),
    article("3", "Sirolimus for lymphatic malformations", "Sirolimus made lymphatic malformations smaller in 8 of 10."),
    article("4", "Finasteride for hair loss in cats", "Cats with alopecia had finasteride on the skin for months."),
    article(
        "5", "Sirolimus again in immune thrombocytopenia", "Immune thrombocytopenia and sirolimus.", retracted=True
    ),
    article(
        "6", "Long-term sirolimus in thrombocytopenia", "The same children on sirolimus later.", trial="NCT00000001"
    ),
    article("7", "Sirolimus in immune thrombocytopenia", "Sirolimus in immune thrombocytopenia, a meeting abstract."),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[tuple[Store, Index]]:
    """A library of seven articles and a page of questions."""
    store = MemoryStore(tmp_path / "library")
    index = MemoryIndex(WORDS)
    _fill(store, index, SHELF)
    yield store, index
    store.close()


def _fill(store: Store, index: Index, documents: Sequence[Document]) -> None:
    put(store, *(entry_of(document, profile(document, WORDS), "test") for document in documents))
    index.apply(_held(store))
    index.commit(store.seq)


def _held(store: Store) -> list[Holding]:
    return list(store.live_holdings())


def titles(store: Store, index: Index, name: str, limit: int = 10) -> list[str]:
    """Titles of the works that resemble one."""
    return [each.title for each in similar_works(name, store, index, WORDS, limit=limit).results]


def test_what_is_shown_shares_a_subject_and_says_so(library: tuple[Store, Index]) -> None:
    """Never the work itself, and never hair loss in cats."""
    found = similar_works("1", *library, WORDS)
    assert [each.title for each in found.results[:2]] == [
        "Everolimus for immune thrombocytopenia in adults",
        "Sirolimus for lymphatic malformations",
    ]
    assert "immune thrombocytopenia" in found.results[0].reason
    assert found.results[1].why[0].words == "also on sirolimus"
    assert not any("cats" in each.title for each in found.results)


def test_other_reports_of_the_study_are_left_out(library: tuple[Store, Index]) -> None:
    """The same registration number, or the same title."""
    found = similar_works("1", *library, WORDS)
    assert not {"Long-term sirolimus in thrombocytopenia", "Sirolimus in immune thrombocytopenia"} & {
        each.title for each in found.results
    }
    assert any("another report of the same study" in note for note in found.notes)


def test_a_retracted_work_is_marked_and_comes_last(library: tuple[Store, Index]) -> None:
    """However near it is."""
    last = similar_works("1", *library, WORDS).results[-1]
    assert (last.title, last.retracted) == ("Sirolimus again in immune thrombocytopenia", True)


def test_a_retracted_work_is_never_shown_alone(tmp_path: Path) -> None:
    """It would be the first; it is said instead."""
    store, index = MemoryStore(tmp_path / "library"), MemoryIndex(WORDS)
    _fill(store, index, [SHELF[0], SHELF[4]])
    found = similar_works("1", store, index, WORDS)
    assert (found.results, found.total) == ((), 0)
    assert "1 work that resembled it is retracted; none is shown." in found.notes
    store.close()


def test_fewer_than_wanted_are_said(library: tuple[Store, Index]) -> None:
    """And where there are enough nothing is said."""
    assert any("were asked for" in note for note in similar_works("1", *library, WORDS, limit=10).notes)
    assert "No work of this library shares its subject." in similar_works("4", *library, WORDS).notes
    assert len(titles(*library, "1", 1)) == 1


def test_the_same_is_found_every_time(library: tuple[Store, Index]) -> None:
    """The order depends on nothing but the library."""
    assert similar_works("3", *library, WORDS) == similar_works("3", *library, WORDS)


def test_what_is_not_held_is_said(library: tuple[Store, Index]) -> None:
    """As everywhere."""
    with pytest.raises(NotHeld):
        similar_works("99", *library, WORDS)


def test_posts_and_questions_are_kept_by_their_subject(library: tuple[Store, Index]) -> None:
    """Each on its own, though they stand on one page."""
    store, index = library
    from curbside.readers import read

    html = b"""<html><head><title>Sirolimus for ITP in a child - Pediatrics</title></head><body>
<h1>Sirolimus for ITP in a child - Pediatrics</h1>
<p>Is sirolimus used in immune thrombocytopenia of infants?</p>
<p>Ann, 0~9 year old female. Ask Date: 2022/10/18</p>
<p>Dr. Bo Ek reply Pediatrics</p>
<p>Sirolimus can be used in immune thrombocytopenia when steroids fail.</p>
<p>Reply Date: 2022/10/18</p></body></html>"""
    made = [each.record for each in read(Raw("page.html", html)) if isinstance(each.record, Document)]
    _fill(store, index, made)
    found = similar_posts("1", store, index, WORDS)
    kinds = {each.kind.value for each in found.results}
    assert kinds <= {"question page", "study page"}
    if made[0].kind.value == "question page":
        assert found.results and "also on sirolimus" in found.results[0].reason
    assert similar_posts("4", store, index, WORDS).results == ()


def test_a_summary_is_of_the_document_that_says_most(library: tuple[Store, Index]) -> None:
    """With its basis, and every quote in the document."""
    holding, made = summary_of("1", library[0], WORDS)
    assert made.basis is Basis.ABSTRACT and made.document == holding.document.id
    every = [*made.tldr, *(sentence for section in made.sections for sentence in section.sentences)]
    assert every and all(quote.holds_in(holding.document) for sentence in every for quote in sentence.quotes)
