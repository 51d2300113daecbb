"""Tables of JATS as cells: header paths, spans, sections of rows, units, footnotes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from curbside.readers import jats
from curbside.readers.jats_tables import unit_in
from curbside.records import BlockKind, Document, Raw, Table, misplaced

CASES = Path(__file__).resolve().parents[1] / "cases" / "readers" / "jats"


@dataclass
class Shown:
    """A cell in words."""

    text: str
    path: list[str]
    unit: str
    notes: tuple[int, ...]
    header: bool


def read(inner: str, foot: str = "") -> tuple[Document, Table]:
    """Return the document and the only table of table markup."""
    wrap = f"<table-wrap><label>Table 1</label><caption><p>C</p></caption>{inner}{foot}</table-wrap>"
    (reading,) = jats.read(Raw("t.nxml", f"<article><body>{wrap}</body></article>".encode()))
    assert isinstance(reading.record, Document), reading.problems
    assert list(misplaced(reading.record)) == []
    (table,) = reading.record.tables
    return reading.record, table


def cells(inner: str, foot: str = "") -> dict[tuple[int, int], Shown]:
    """Return the cells of table markup by place."""
    document, table = read(inner, foot)
    text = document.text
    return {
        (c.row, c.column): Shown(c.span.of(text), [p.of(text) for p in c.path], c.unit, c.notes, c.header)
        for c in table.cells
    }


def whole() -> tuple[Document, Table]:
    """The table of the article that has something of everything."""
    (reading,) = jats.read(Raw("w", (CASES / "whole.nxml").read_bytes()))
    assert isinstance(reading.record, Document)
    return reading.record, reading.record.tables[0]


def test_label_caption_and_footnotes_have_their_spans() -> None:
    """Everything of the table lies in its span."""
    document, table = whole()
    assert table.label and table.label.of(document.text) == "Table 1"
    assert table.caption and table.caption.of(document.text) == "Outcomes at 12 weeks"
    assert [note.of(document.text) for note in table.footnotes] == [
        "a Fisher's test.",
        "1 One-sided.",
        "* Two missing.",
    ]
    inside = [table.label, table.caption, *table.footnotes, *(cell.span for cell in table.cells)]
    assert all(table.span.covers(span) for span in inside)


def test_paths_run_from_the_outermost_header_to_the_row() -> None:
    """Two rows of headers, the section of rows, the row's own name."""
    document, table = whole()
    text = document.text
    found = {c.span.of(text): [p.of(text) for p in c.path] for c in table.cells}
    assert found["12 (60)"] == ["Group", "Zedocream (n = 20)", "Efficacy", "Faded, n (%)"]
    assert found["5%"] == ["Group", "Placebo (n = 20)", "Harm", "Itch"]
    assert found["0.2"] == ["P", "Efficacy", "Area (cm2)"]


def test_units_come_from_the_cell_then_from_its_headers() -> None:
    """The row's unit before the column's; what a header says of the statistic where it names no unit."""
    document, table = whole()
    units = {c.span.of(document.text): c.unit for c in table.cells}
    assert (units["3.2"], units["12 (60)"], units["5%"], units["Itch"]) == ("cm2", "n (%)", "%", "")


def test_footnote_marks_are_tied_and_no_part_of_the_figure() -> None:
    """By reference, by raised mark, by sign; the cell's span leaves the mark out."""
    document, table = whole()
    notes = {c.span.of(document.text): c.notes for c in table.cells}
    assert (notes["P"], notes["0.03"], notes["4.1"]) == ((0,), (1,), (2,))
    assert "0.03\u20091" in document.text


def test_the_text_stands_row_by_row() -> None:
    """One block; tabs between cells, a line for each row."""
    document, _ = read("<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2<break/>3</td></tr></table>")
    (block,) = [b for b in document.blocks if b.kind is BlockKind.TABLE]
    assert block.span.of(document.text) == "a\t1\nb\t2 3"


def test_spans_push_the_cells_below_aside() -> None:
    """A cell over two rows moves the next row's cells right."""
    found = cells(
        "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>"
        '<tr><td rowspan="2">x</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>'
    )
    assert found[2, 1].text == "3" and found[2, 1].path == ["B", "x"]
    assert found[2, 2].path == ["C", "x"]


def test_rows_that_only_draw_rules_are_no_rows() -> None:
    """Old layouts put horizontal rules into rows of their own, in the middle of headers too."""
    found = cells(
        '<table><thead><tr><td rowspan="3">O</td><td colspan="2">G</td></tr><tr><td colspan="2"><hr/></td></tr>'
        "<tr><td>A</td><td>B</td></tr></thead><tbody><tr><td>x</td><td>1</td><td>2</td></tr></tbody></table>"
    )
    assert found[2, 2].path == ["G", "B", "x"]
    assert max(row for row, _ in found) == 2


def test_headers_inside_the_body_take_over() -> None:
    """A row of words beside a rule heads what follows it."""
    found = cells(
        "<table><thead><tr><td/><td>A</td><td>B</td></tr></thead><tbody><tr><td>x</td><td>1</td><td>2</td></tr>"
        '<tr><td colspan="3"><hr/></td></tr><tr><td/><td>C</td><td>D</td></tr><tr><td>y</td><td>3</td><td>4</td></tr>'
        "</tbody></table>"
    )
    assert found[1, 1].path == ["A", "x"]
    assert found[3, 2].path == ["D", "y"]


def test_a_table_without_head_may_have_one_all_the_same() -> None:
    """A first row of words above rows of figures."""
    found = cells(
        "<table><tr><td>Group</td><td>Mean</td></tr><tr><td>A</td><td>1</td></tr><tr><td>B</td><td>2</td></tr></table>"
    )
    assert found[0, 1].header and found[1, 1].path == ["Mean", "A"]


def test_indented_rows_belong_to_the_row_above() -> None:
    """By a no-break space before the row's name; the next row that is not indented stands for itself."""
    found = cells(
        "<table><thead><tr><th>V</th><th>N</th></tr></thead><tr><td>Sex</td><td/></tr><tr><td>&#160;Girls</td><td>7</td></tr>"
        "<tr><td>&#160;Boys</td><td>6</td></tr><tr><td>Age</td><td>9</td></tr></table>"
    )
    assert found[2, 1].path == ["N", "Sex", "Girls"]
    assert found[3, 1].path == ["N", "Sex", "Boys"]
    assert found[4, 1].path == ["N", "Age"]
    assert found[2, 0].text == "Girls"


def test_a_row_name_goes_on_over_empty_cells() -> None:
    """The second column names arms; rows below leave the first cell empty."""
    found = cells(
        "<table><thead><tr><td>Outcome</td><td>Arm</td><td>Rate</td></tr></thead><tr><td>Cure</td><td>Active</td><td>11</td></tr>"
        "<tr><td/><td>Usual</td><td>8</td></tr></table>"
    )
    assert found[2, 2].path == ["Rate", "Cure", "Usual"]


def test_citations_in_cells_are_markers() -> None:
    """A study's name cites its entry."""
    xml = (
        '<article><body><table-wrap><table><tr><td>Rot [<xref ref-type="bibr" rid="B1">1</xref>]</td><td>5</td></tr></table>'
        '</table-wrap></body><back><ref-list><ref id="B1"><mixed-citation>W</mixed-citation></ref></ref-list></back></article>'
    )
    (reading,) = jats.read(Raw("t", xml.encode()))
    assert isinstance(reading.record, Document)
    assert [(m.span.of(reading.record.text), m.references) for m in reading.record.markers] == [("[1]", (0,))]


def test_a_table_that_is_a_picture_is_a_remark() -> None:
    """Its caption stays, nothing else can."""
    wrap = "<table-wrap><label>Table 9</label><caption><p>C</p></caption><graphic/></table-wrap>"
    (reading,) = jats.read(Raw("t", f"<article><body>{wrap}</body></article>".encode()))
    assert [p.what for p in reading.problems if "picture" in p.what] == [
        "Table 9 is a picture; its figures are not in the text."
    ]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Creatinine (mg/dL)", "mg/dL"),
        ("Creatinine, mg/dL", "mg/dL"),
        ("Age (years), mean (SD)", "years"),
        ("Age, mean (SD)", "mean (SD)"),
        ("Patients, n (%)", "n (%)"),
        ("Clearance (mL/min/1.73 m2)", "mL/min/1.73 m2"),
        ("BMI (kg/m2)", "kg/m2"),
        ("Response %", "%"),
        ("Platelets (×10^9/L)", "×10^9/L"),
        ("Pressure [mmHg]", "mmHg"),
        ("Group (active)", ""),
        ("Zedocream (n = 20)", ""),
    ],
)
def test_units_of_headers(header: str, unit: str) -> None:
    """What stands in brackets is a unit only if it is one."""
    assert unit_in(header) == unit
