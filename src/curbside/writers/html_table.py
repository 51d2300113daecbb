"""A table of a document as rows of cells for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curbside.records import Cell, Document, Span, Table
from curbside.writers.html_runs import Link, Run, runs

_WIDEST = 1000  # HTML takes no wider cell
_SHORT = 20


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as a page shows it.

    Attributes:
        runs: its words.
        scope: "col", "colgroup", "row" or "rowgroup" for a header cell, "" for a cell of data.
        rows, columns: how many it spans.
        notes: letters or numbers of the footnotes it points at, from 1.
    """

    runs: tuple[Run, ...]
    scope: str
    rows: int
    columns: int
    notes: tuple[int, ...]

    @property
    def short(self) -> bool:
        """Whether it holds so little ("115 ± 6") that it is not broken into lines."""
        return sum(len(run.words) for run in self.runs) <= _SHORT


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as a page shows it.

    Attributes:
        label, caption: runs, empty where there is none.
        head, body: rows of cells.
        footnotes: runs of each.
        cut: whether rows were left out.
    """

    label: tuple[Run, ...]
    caption: tuple[Run, ...]
    head: tuple[tuple[CellView, ...], ...]
    body: tuple[tuple[CellView, ...], ...]
    footnotes: tuple[tuple[Run, ...], ...]
    cut: bool = False


def table_view(
    document: Document,
    table: Table,
    lit: Sequence[Span] = (),
    links: Sequence[Link] = (),
    anchor: str = "",
    only: Span | None = None,
) -> TableView:
    """Return a table for a page; with `only` just its head and the rows that meet that span."""
    text = document.text
    lights = [each for each in lit if each.meets(table.span)]
    marks = [each for each in links if each.span.meets(table.span)]
    left = [anchor]

    def words(span: Span | None) -> tuple[Run, ...]:
        if span is None:
            return ()
        found = tuple(runs(text, span, lights, marks, left[0]))
        if any(run.anchor for run in found):
            left[0] = ""
        return found

    label, caption = words(table.label), words(table.caption)
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(table.cells, key=lambda each: (each.row, each.column)):
        rows.setdefault(cell.row, []).append(cell)
    headed = _head(list(rows.values()))
    head: list[tuple[CellView, ...]] = []
    body: list[tuple[CellView, ...]] = []
    cut = False
    for number, cells in enumerate(rows.values()):
        if number >= headed and only is not None and not any(cell.span.meets(only) for cell in cells):
            cut = True
            continue
        views = tuple(
            CellView(words(cell.span), _scope(cell, number < headed), *_size(cell), tuple(n + 1 for n in cell.notes))
            for cell in cells
        )
        (head if number < headed else body).append(views)
    footnotes = tuple(words(span) for span in table.footnotes) if only is None else ()
    return TableView(label, caption, tuple(head), tuple(body), footnotes, cut)


def _head(rows: list[list[Cell]]) -> int:
    """Return how many rows stand above the data: leading rows whose filled cells are all headers."""
    for number, cells in enumerate(rows):
        filled = [cell for cell in cells if len(cell.span)]
        if not all(cell.header for cell in filled):
            return number
    return 0 if len(rows) <= 1 else 1


def _scope(cell: Cell, above: bool) -> str:
    if not cell.header or not len(cell.span):
        return ""
    if above:
        return "colgroup" if cell.columns > 1 else "col"
    return "rowgroup" if cell.rows > 1 else "row"


def _size(cell: Cell) -> tuple[int, int]:
    return min(cell.rows, _WIDEST), min(cell.columns, _WIDEST)
