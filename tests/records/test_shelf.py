"""Keys of the shelf: what is one thing has one key, what is printed differently meets in it."""

from __future__ import annotations

import pytest

from curbside.records import Author, Document, DocumentKind, Heading, Journal
from curbside.records.shelf import author_key, issue_key, journal_keys, normal_volume, plain, shelf_key, shelf_keys


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Blood Advances", "blood advances"),
        ("  J. Am. Acad.  Dermatol ", "j am acad dermatol"),
        ("Łódź–Köln", "łodz koln"),
    ],
)
def test_a_name_is_compared_without_case_accents_and_signs(printed: str, key: str) -> None:
    """Whatever sets words apart is one blank."""
    assert plain(printed) == key


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("XLII", "42"),
        ("42", "42"),
        ("xiv", "14"),
        ("IC", "ic"),
        ("33 Suppl 2", "33 suppl 2"),
        ("", ""),
        ("MCMXCIX", "1999"),
    ],
)
def test_a_volume_in_roman_numbers_is_the_volume_in_figures(printed: str, key: str) -> None:
    """Only a well-formed Roman number is one."""
    assert normal_volume(printed) == key


@pytest.mark.parametrize(
    ("author", "key"),
    [
        (Author("Blomberg", "Jane R."), "blomberg,j"),
        (Author("van der Berg", "J"), "van der berg,j"),
        (Author("Núñez", "Óscar"), "nunez,o"),
        (Author("Plato"), "plato"),
        (Author(collective="The ABC Study Group"), "the abc study group"),
        (Author(), ""),
    ],
)
def test_an_author_is_listed_by_family_name_and_first_initial(author: Author, key: str) -> None:
    """A group by its whole name, nobody by nothing."""
    assert author_key(author) == key


def test_a_journal_has_a_key_for_each_form_of_its_name() -> None:
    """So that a record with an ISSN and one with an abbreviation meet in a third that has both."""
    journal = Journal("Blood Advances", "Blood Adv", "2473-9529", "2473-9537")
    assert journal_keys(journal) == ("2473-9529", "2473-9537", "blood advances", "blood adv")
    assert issue_key("blood adv", "IX", "2") == issue_key("blood adv", "9", "2") == "issue:blood adv|9|2"


def test_a_document_is_listed_under_each_of_its_names_once() -> None:
    """A keyword that is also a heading is one key."""
    document = Document(
        id="",
        text="",
        kind=DocumentKind.ARTICLE,
        authors=(Author("Lee", "Ann", orcid="0000-0002-1825-0097"), Author("Lee", "A")),
        journal=Journal(title="Pediatrics", volume="12", issue="3"),
        keywords=("Sirolimus", "off-label use"),
        headings=(Heading("Sirolimus"),),
    )
    assert shelf_keys(document) == (
        "orcid:0000-0002-1825-0097",
        "author:lee,a",
        "journal:pediatrics",
        "issue:pediatrics|12|3",
        "keyword:sirolimus",
        "keyword:off label use",
    )
    assert shelf_keys(Document(id="", text="", kind=DocumentKind.PAGE)) == ()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("author:Lee, Ann", "author:lee,a"),
        ("Author: Lee,A", "author:lee,a"),
        ("author:The ABC Study Group", "author:the abc study group"),
        ("orcid:https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        ("orcid:0000-0002-1825-0098", ""),
        ("journal:1234-5679", "journal:1234-5679"),
        ("journal:Blood Adv.", "journal:blood adv"),
        ("keyword:Off-label use", "keyword:off label use"),
        ("shelf:x", ""),
        ("author:", ""),
        ("Lee", ""),
    ],
)
def test_a_place_is_named_as_people_write_it(typed: str, key: str) -> None:
    """A check digit that is wrong, an unknown shelf and an empty name are no place."""
    assert shelf_key(typed) == key
