"""CSL-JSON as Zotero, Pandoc and Crossref give it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bibliographic import documents, problems, readings

from curbside.readers import formats
from curbside.records import Author, Dated, Document, DocumentKind, Journal, Raw

ITEM: dict[str, Any] = {
    "id": "armel2025",
    "type": "article-journal",
    "title": "Cream for <i>spots</i>: P<0.001",
    "author": [
        {"family": "Ärmel", "given": "Anna B", "suffix": "Jr", "ORCID": "https://orcid.org/0000-0002-1825-0097"},
        {"family": "Rot", "given": "Jean", "non-dropping-particle": "van der"},
        {"literal": "Red Spot Study Group"},
    ],
    "issued": {"date-parts": [["2025", 10, 3]]},
    "available-date": {"date-parts": [[2025, 8]]},
    "container-title": "Journal of Made-Up Medicine",
    "container-title-short": "J Made Up Med",
    "volume": 42,
    "issue": "5",
    "page": "494-501",
    "DOI": "10.9999/MUM.1",
    "PMID": "99000001",
    "PMCID": "PMC9900001",
    "ISSN": "2049-3630, 0317-8471",
    "keyword": "spots; creams, cold",
    "language": "en-GB",
    "URL": "https://example.org/x",
    "abstract": "METHODS: Ten children.\nRESULTS: 9 of 10.",
    "publisher": "Invented Press",
}


def item(**changes: Any) -> Document:
    """The document of one item, changed."""
    [document] = documents(json.dumps([{**ITEM, **changes}]))
    return document


def test_an_item_field_by_field() -> None:
    """Names with particles and suffixes, dates by part, numbers as numbers or words."""
    document = item()
    assert document.title == "Cream for spots: P<0.001"
    assert document.authors == (
        Author("Ärmel", "Anna B", "Jr", "", "0000-0002-1825-0097"),
        Author("van der Rot", "Jean"),
        Author(collective="Red Spot Study Group"),
    )
    assert document.journal == Journal(
        "Journal of Made-Up Medicine", "J Made Up Med", "2049-3630", "0317-8471", "42", "5", "494-501"
    )
    assert document.dates == (Dated("published", "2025-10-03", "2025-10-03"), Dated("online", "2025-08", "2025-08"))
    assert (document.ids.doi, document.ids.pmid, document.ids.pmcid) == ("10.9999/mum.1", "99000001", "PMC9900001")
    assert (document.keywords, document.language) == (("spots", "creams, cold"), "en-gb")
    assert len(document.sections) == 2 and document.kind is DocumentKind.ARTICLE and not document.retracted


@pytest.mark.parametrize(
    ("issued", "iso"),
    [
        ({"date-parts": [[2020]]}, "2020"),
        ({"date-parts": [[2020, 2], [2020, 3]]}, "2020-02"),
        ({"raw": "2020-02-03"}, "2020-02-03"),
        ({"literal": "Spring 2020"}, "2020"),
        ("2020-02-03/2020-03-01", "2020-02-03"),
        ({"date-parts": [[None]]}, ""),
        ({"date-parts": []}, ""),
        (None, ""),
        (17, ""),
    ],
)
def test_dates(issued: Any, iso: str) -> None:
    """By part, raw, literal, or as an EDTF string; what says nothing is nothing."""
    assert item(issued=issued).date("published") == iso


@pytest.mark.parametrize(
    ("changes", "kind", "types"),
    [
        ({"type": "webpage"}, DocumentKind.PAGE, ("Web Page",)),
        ({"type": "chapter"}, DocumentKind.ARTICLE, ("Book Chapter",)),
        ({"type": "dataset", "number": "NCT01234567"}, DocumentKind.TRIAL, ("Dataset",)),
        ({"type": "article"}, DocumentKind.ARTICLE, ()),
    ],
)
def test_kinds(changes: dict[str, Any], kind: DocumentKind, types: tuple[str, ...]) -> None:
    """By the item's type."""
    document = item(**changes)
    assert (document.kind, document.types) == (kind, types)


def test_notes_hold_what_has_no_field() -> None:
    """Zotero's `PMID:` lines, and that a work is retracted."""
    document = item(PMID="", note="PMID: 99000007\nRetracted publication")
    assert document.ids.pmid == "99000007" and document.retracted


def test_lists_as_crossref_sends_them() -> None:
    """The first title counts."""
    document = item(**{"title": ["First"], "container-title": ["J"], "ISSN": ["2049-3630"]})
    assert (document.title, document.journal.title, document.journal.issn) == ("First", "J", "2049-3630")


@pytest.mark.parametrize("author", [None, "Smith", [None, 5, {}], {"family": "x"}, [{"given": "Solo"}]])
def test_odd_authors_do_no_harm(author: Any) -> None:
    """Who is not an object with a name is nobody."""
    assert all(isinstance(each, Author) for each in item(author=author).authors)


def test_what_csl_is_told_by() -> None:
    """One object, an array or lines; plain records stay plain records."""
    for text in (json.dumps(ITEM), json.dumps([ITEM], indent=2), json.dumps(ITEM) + "\n" + json.dumps(ITEM)):
        assert formats.detect(Raw("x.json", text.encode())) == "csl"
        assert documents(text)[0].title.startswith("Cream")
    plain = {"title": "T", "type": "Journal Article", "doi": "10.1/x", "abstract": "A"}
    assert formats.detect(Raw("x.json", json.dumps(plain).encode())) == "records"


def test_what_is_broken_is_told_with_its_line() -> None:
    """An item of nothing, an entry that is no object, a file of nothing."""
    text = json.dumps(ITEM) + '\n{"type": "article-journal", "issued": {}}\n{"broken\n' + json.dumps(ITEM)
    found = readings(text, "csl")
    assert [isinstance(each.record, Document) for each in found] == [True, False, False, True]
    assert [problem.line for problem in problems(text, "csl")] == [2, 3]
    assert problems("[]", "csl")
