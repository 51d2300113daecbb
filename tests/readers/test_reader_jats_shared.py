"""The JATS reader on the shared articles: everything is read, every span holds, every word is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from curbside.readers import jats
from curbside.records import Category, Document, PartRole, Raw, Reading, misplaced
from nightly import often

etree: Any = import_module("lxml.etree")

NO_TEXT = {
    "graphic",
    "inline-graphic",
    "object-id",
    "tex-math",
    "alternatives",
    "inline-formula",
    "disp-formula",
    "alt-text",
    "x",
    "permissions",
    "media",
}
"""What the reader leaves out of body and abstract or rewrites: file names, identifiers, formulas."""


def files(shared: Path) -> list[Path]:
    """The shared articles in JATS: a third of them, at night all."""
    folders = (
        shared / "data" / "jats",
        shared / "data" / "formats" / "pubmed",
        shared / "data" / "sirolimus" / "fulltext",
    )
    found = sorted(
        path
        for folder in folders
        for path in folder.iterdir()
        if path.suffix == ".nxml" or (path.parent.name == "fulltext" and path.suffix == ".xml")
    )
    return found[:: often(3, 1)]


@pytest.fixture(scope="module")
def everything(shared: Path) -> list[tuple[Path, Reading]]:
    """Every reading of every file."""
    return [(path, reading) for path in files(shared) for reading in jats.read(Raw(path.name, path.read_bytes()))]


def documents(everything: list[tuple[Path, Reading]]) -> Iterator[tuple[Path, Document]]:
    """The documents among them."""
    for path, reading in everything:
        assert isinstance(reading.record, Document), (path, reading.problems)
        yield path, reading.record


@pytest.mark.slow
def test_every_file_is_read_and_sound(everything: list[tuple[Path, Reading]], shared: Path) -> None:
    """One document a file, no span out of place, nothing lost."""
    assert len(everything) == len(files(shared)) >= often(250, 800)
    for path, document in documents(everything):
        assert list(misplaced(document)) == [], path
    assert [str(p) for _, reading in everything for p in reading.problems if p.lost] == []


@pytest.mark.slow
def test_every_article_has_what_articles_have(everything: list[tuple[Path, Reading]]) -> None:
    """Title, journal, year, DOI or PMCID in all; authors and affiliations in nearly all."""
    found = [document for _, document in documents(everything)]
    assert all(d.title and d.journal.title and d.journal.abbreviation and d.year and d.ids.pmcid for d in found)
    assert all(d.parts[0].role is PartRole.ABSTRACT for d in found)
    assert sum(bool(d.authors) for d in found) > 0.98 * len(found)
    assert sum(any(a.affiliations for a in d.authors) for d in found) > 0.95 * len(found)
    assert sum(bool(d.licence) for d in found) > 0.95 * len(found)


@pytest.mark.slow
def test_citations_are_tied_to_the_list(everything: list[tuple[Path, Reading]], shared: Path) -> None:
    """Nearly every marked-up citation stands in a marker, and markers show digits or names."""
    marked = total = shown = total_markers = 0
    for path, document in documents(everything):
        root = etree.fromstring(path.read_bytes())
        keys = {ref.get("id") for ref in root.iter("ref")}
        cited = [x for x in root.iterfind("./body//xref[@ref-type='bibr']") if "".join(x.itertext()).strip()]
        total += len(cited)
        marked += sum(1 for x in cited if set((x.get("rid") or "").split()) & keys)
        for marker in document.markers:
            total_markers += 1
            shown += bool(marker.references) and any(char.isalnum() for char in marker.span.of(document.text))
    assert marked > 0.99 * total
    assert shown > 0.999 * total_markers
    with_citations = [d for _, d in documents(everything) if d.references]
    assert sum(bool(d.markers) for d in with_citations) > 0.98 * len(with_citations)


def squashed(text: str) -> str:
    """Text without the space and the signs that the reader may add between raised and plain print."""
    return re.sub(r"[\s^_:\u2009]", "", text)


def words_of(element: Any) -> Iterator[str]:
    """Yield the runs of text inside an element, what is no text left out."""
    if element.tag in NO_TEXT or not isinstance(element.tag, str):
        return
    if element.text:
        yield element.text
    for child in element:
        yield from words_of(child)
        if child.tail and child.tag not in {"inline-formula", "disp-formula"}:
            yield child.tail


@pytest.mark.slow
def test_every_word_of_abstract_and_body_is_in_the_text(everything: list[tuple[Path, Reading]]) -> None:
    """On every fourth article, paragraph by paragraph; formulas and pictures aside."""
    missing: list[str] = []
    for path, document in list(documents(everything))[::4]:
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(remove_comments=True, remove_pis=True))
        have = squashed(document.text)
        places = [*root.iterfind("./front//abstract"), *root.iterfind("./body"), *root.iterfind("./floats-group")]
        for place in places:
            for run in words_of(place):
                if squashed(run) not in have and run.strip().lower() not in ("abstract", "summary"):
                    missing.append(f"{path.name}: {run.strip()[:80]}")
    assert missing == []


@pytest.mark.slow
def test_sections_of_articles_are_told_apart(everything: list[tuple[Path, Reading]]) -> None:
    """Methods and results are found in nearly every article with a body of sections."""
    full = [d for _, d in documents(everything) if sum(s.level == 1 for s in d.sections) > 4]
    studies = [d for d in full if "protocol" not in " ".join((d.title, *d.types)).lower()]
    both = [d for d in studies if {Category.METHODS, Category.RESULTS} <= {s.category for s in d.sections}]
    assert len(both) > 0.97 * len(studies)


@pytest.mark.slow
def test_data_cells_have_headers(everything: list[tuple[Path, Reading]]) -> None:
    """Of the cells that show figures nearly all have a header above or beside them."""
    figures = [
        c
        for _, d in documents(everything)
        for t in d.tables
        for c in t.cells
        if not c.header and any(ch.isdigit() for ch in c.span.of(d.text))
    ]
    assert len(figures) > often(25_000, 80_000)
    assert sum(bool(c.path) for c in figures) > 0.97 * len(figures)


@pytest.mark.slow
def test_tables_lie_in_the_text_and_in_their_blocks(everything: list[tuple[Path, Reading]]) -> None:
    """Every cell's span lies in its table's, and the words of a row's cells stand in order."""
    for path, document in documents(everything):
        for table in document.tables:
            starts = [cell.span.start for cell in table.cells]
            assert starts == sorted(starts), path
            assert all(table.span.covers(cell.span) for cell in table.cells), path
