"""RIS, NBIB, CSL-JSON, plain records and CSV: what is written, and that readers get it back."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from writer_samples import RETRACTION, document, holding

from curbside.readers import nbib as nbib_reader
from curbside.readers import plain_records as records_reader
from curbside.readers import ris as ris_reader
from curbside.records import Document, DocumentKind, Hit, Raw, Span, misplaced
from curbside.writers import WRITERS
from curbside.writers.csl import csl
from curbside.writers.fields import abstract_of
from curbside.writers.nbib import nbib
from curbside.writers.records import record
from curbside.writers.ris import ris
from curbside.writers.table import HIT_COLUMNS, WORK_COLUMNS, hit_line, line, safe


def line_of_json(made: Document) -> str:
    """One line of plain records."""
    return json.dumps(record(made), ensure_ascii=False) + "\n"


FORMS: list[tuple[str, Callable[[Document], str], ModuleType]] = [
    ("ris", ris, ris_reader),
    ("nbib", nbib, nbib_reader),
    ("records", line_of_json, records_reader),
]


def read_back(text: str, reader: ModuleType) -> Document:
    """Read what was written; nothing may be lost and nothing be wrong."""
    readings = list(reader.read(Raw("x", text.encode("utf-8"))))
    assert [str(p) for r in readings for p in r.problems] == []
    (reading,) = readings
    assert isinstance(reading.record, Document) and list(misplaced(reading.record)) == []
    return reading.record


@pytest.mark.parametrize(("name", "write", "reader"), FORMS, ids=[form[0] for form in FORMS])
def test_a_record_comes_back(name: str, write: Callable[[Document], str], reader: ModuleType) -> None:
    """Identifiers, title, authors, journal, date, types, keywords and abstract survive the way out and in."""
    before = document()
    after = read_back(write(before), reader)
    assert after.title == before.title
    assert (after.ids.pmid, after.ids.pmcid, after.ids.doi) == (before.ids.pmid, before.ids.pmcid, before.ids.doi)
    people = [(a.family, a.given, a.suffix) for a in before.authors if not a.collective]
    assert [(a.family, a.given, a.suffix) for a in after.authors][: len(people)] == people
    assert after.authors[-1].collective == "Red Spot Study Group" or name == "ris"
    assert after.journal == before.journal
    assert after.date("published") == before.date("published")
    assert set(before.types) <= set(after.types)
    assert set(before.keywords) <= set(after.keywords)
    assert after.language == "en"
    assert abstract_of(after).split() == abstract_of(before).split()
    assert [s.category for s in after.sections] == [s.category for s in before.sections]


@pytest.mark.parametrize(("name", "write", "reader"), FORMS, ids=[form[0] for form in FORMS])
def test_a_retraction_comes_back(name: str, write: Callable[[Document], str], reader: ModuleType) -> None:
    """A retracted work is retracted in every export."""
    assert read_back(write(document(notices=(RETRACTION,))), reader).retracted


@pytest.mark.parametrize(("name", "write", "reader"), FORMS[1:], ids=[form[0] for form in FORMS[1:]])
def test_what_ris_has_no_field_for_comes_back_elsewhere(
    name: str, write: Callable[[Document], str], reader: ModuleType
) -> None:
    """ORCID, affiliation and subject headings."""
    before = document()
    after = read_back(write(before), reader)
    assert (after.authors[0].orcid, after.affiliations) == (before.authors[0].orcid, before.affiliations)
    assert after.headings == before.headings
    assert after.mentioned == before.mentioned


_WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")), min_size=1, max_size=20
)
_TITLES = st.lists(_WORDS, min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize(("name", "write", "reader"), FORMS, ids=[form[0] for form in FORMS])
@given(title=_TITLES)
@settings(max_examples=60, deadline=None)
def test_any_title_comes_back(name: str, write: Callable[[Document], str], reader: ModuleType, title: str) -> None:
    """Whatever signs a title is made of."""
    made = document(title=f"T {title}")
    assert read_back(write(made), reader).title.split() == f"T {title}".split()


@pytest.mark.parametrize(("name", "write", "reader"), FORMS, ids=[form[0] for form in FORMS])
@pytest.mark.parametrize(
    "attack",
    ["A\nER  - \nTY  - JOUR\nTI  - Fake", "A\r\nPMID- 1\r\nTI  - Fake", 'A"}\n{"title": "Fake"}', "A\u2028TI  - Fake"],
)
def test_no_title_can_start_a_record(
    name: str, write: Callable[[Document], str], reader: ModuleType, attack: str
) -> None:
    """Line breaks inside a value are spaces outside."""
    assert read_back(write(document(title=attack)), reader).ids.pmid == "99000001"


def test_nbib_is_folded_like_pubmeds() -> None:
    """Tags of four columns, long values go on after six spaces, a blank line ends the record."""
    text = nbib(document(title="word " * 60))
    lines = text.split("\n")
    assert text.endswith("\n\n") and all(len(line) <= 88 for line in lines)
    assert all(line[4:6] == "- " or line.startswith("      ") for line in lines if line)


def test_csl_has_what_processors_read() -> None:
    """Types, names, dates and identifiers in CSL's own form; no empty field."""
    item = csl(document())
    assert item["type"] == "article-journal" and item["issued"] == {"date-parts": [[2025, 10, 3]]}
    assert item["author"][0] == {"family": "Ärmel", "given": "Anna B", "suffix": "Jr"}
    assert item["author"][2] == {"literal": "Red Spot Study Group"}
    assert (item["DOI"], item["PMID"], item["page"]) == ("10.9999/mum.1", "99000001", "494-501")
    assert all(item.values())
    assert (
        csl(document(kind=DocumentKind.TRIAL, journal=replace(document().journal, title="", abbreviation="")))["type"]
        == "dataset"
    )


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_writer_takes_none_and_many(name: str) -> None:
    """An empty library gives an empty export; two works give two records; the same bytes each time."""
    write = WRITERS[name]
    assert "".join(write([])).count("Zedocream") == 0
    two = "".join(write([holding(), holding()]))
    assert two == "".join(write([holding(), holding()])) and two.count("10.9999/mum.1") >= 2


def test_csl_of_many_is_json() -> None:
    """An array, whether of none, one or many."""
    for n in range(3):
        assert len(json.loads("".join(WRITERS["csl"]([holding()] * n)))) == n


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "|calc", "\u200e=1", "\n=cmd|' /C calc'!A0", "＝1"]
)  # fmt: skip
def test_no_cell_is_a_formula(cell: str) -> None:
    """A spreadsheet computes nothing that a source wrote."""
    assert safe(cell).startswith("'")
    rows = list(csv.reader(io.StringIO("".join(WRITERS["csv"]([holding(title=cell)])))))
    assert len(rows) == 2 and not any(value[:1] in "=+-@|\t\r" for row in rows for value in row if value)


def test_a_row_has_the_columns_of_its_header() -> None:
    """And the values stand under their names."""
    header, row = csv.reader(io.StringIO("".join(WRITERS["csv"]([holding()]))))
    values = dict(zip(header, row, strict=True))
    assert tuple(header) == WORK_COLUMNS
    assert (values["pmid"], values["n"], values["retracted"], values["origin"]) == (
        "99000001",
        "40",
        "no",
        "made-up.xml",
    )
    assert values["authors"] == "Ärmel, Anna B, Jr; van der Rot, Jean-Pierre; Red Spot Study Group"


def test_hits_have_rank_score_and_passage() -> None:
    """A hit whose document is not at hand keeps its ids."""
    held = holding()
    hits = (Hit(held.document.id, held.work, Span(0, 9), 3.25), Hit("d9", "w9", Span(0, 1), 1.0))
    lines = [line(HIT_COLUMNS), hit_line(11, hits[0], held), hit_line(12, hits[1], None)]
    header, first, second = csv.reader(io.StringIO("".join(lines)))
    assert tuple(header) == HIT_COLUMNS and len(first) == len(second) == len(header)
    assert (first[0], first[1], first[-1]) == ("11", "3.2500", "Zedocream")
    assert second[:4] == ["12", "1.0000", "w9", "d9"]
