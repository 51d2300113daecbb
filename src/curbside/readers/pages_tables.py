"""HTML tables as cells with header paths; tables that only lay a page out are told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from curbside.records import Cell, Span, Table

MOST_CELLS = 20_000
"""A table with more cells is cut off here; no printed table has so many."""

_GROUPS = ("thead", "tbody", "tfoot")
_BLOCKS = frozenset(("div", "section", "article", "form", "nav", "aside", "header", "footer", "h1", "h2", "h3", "h4"))


@dataclass(frozen=True, slots=True)
class _Raw:
    """A cell before it has a place in the text."""

    words: str
    row: int
    column: int
    rows: int
    columns: int
    header: bool


@dataclass(slots=True)
class Grid:
    """A table taken apart: caption words, cells in reading order, rows used by the header."""

    caption: str = ""
    cells: list[_Raw] = field(default_factory=list[_Raw])
    head: int = 0
    cut: bool = False


def rows_of(table: Any) -> list[tuple[Any, bool]]:
    """Return the rows of a table that are its own, each with whether it stands in the head."""
    rows: list[tuple[Any, bool]] = []
    for child in table:
        if child.tag == "tr":
            rows.append((child, False))
        elif child.tag in _GROUPS:
            rows += [(row, child.tag == "thead") for row in child if row.tag == "tr"]
    return rows


def is_data(table: Any) -> bool:
    """Tell whether a table holds data: a caption, header cells, or two rows of plain cells."""
    if any(inner is not table and inner.tag == "table" for inner in table.iter("table")):
        return False
    if (table.get("role") or "") in ("presentation", "none"):
        return False
    rows = rows_of(table)
    if any(child.tag == "caption" for child in table) or any(cell.tag == "th" for row, _ in rows for cell in row):
        return bool(rows)
    wide = sum(1 for row, _ in rows if len(row) >= 2)
    return wide >= 2 and not any(inner.tag in _BLOCKS for inner in table.iter() if isinstance(inner.tag, str))


def _number(printed: str | None) -> int:
    return min(int(printed), 200) if printed and printed.isdigit() and int(printed) else 1


def grid_of(table: Any, words: Callable[[Any], str]) -> Grid:
    """Return the cells of a table with their places; `words` gives the text of an element."""
    grid = Grid()
    taken: set[tuple[int, int]] = set()
    for child in table:
        if child.tag == "caption":
            grid.caption = words(child)
    for number, (row, headed) in enumerate(rows_of(table)):
        column = 0
        own = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in own:
            while (number, column) in taken:
                column += 1
            rows, columns = _number(cell.get("rowspan")), _number(cell.get("colspan"))
            if len(taken) + rows * columns > MOST_CELLS:
                grid.cut = True
                return grid
            taken.update((number + down, column + across) for down in range(rows) for across in range(columns))
            header = headed or cell.tag == "th"
            grid.cells.append(_Raw(words(cell), number, column, rows, columns, header))
            column += columns
        if own and number == grid.head and (headed or all(cell.tag == "th" for cell in own)):
            grid.head = number + 1
    return grid


def placed(grid: Grid, start: int, caption: Span | None, label: Span | None) -> tuple[str, Table]:
    """Return the text of a table, row by row with tabs between cells, and the table with spans from `start` on."""
    pieces: list[str] = []
    spans: list[Span] = []
    at, row = start, 0
    for number, cell in enumerate(grid.cells):
        separator = "" if not number else "\n" if cell.row != row else "\t"
        row = cell.row
        pieces += [separator, cell.words]
        at += len(separator)
        spans.append(Span(at, at + len(cell.words)))
        at += len(cell.words)
    columns: dict[int, list[int]] = {}
    rows: dict[int, list[int]] = {}
    for number, cell in enumerate(grid.cells):
        if cell.header and cell.row < grid.head:
            for column in range(cell.column, cell.column + cell.columns):
                columns.setdefault(column, []).append(number)
        elif cell.header:
            for line in range(cell.row, cell.row + cell.rows):
                rows.setdefault(line, []).append(number)
    cells: list[Cell] = []
    for cell, span in zip(grid.cells, spans):
        path: tuple[Span, ...] = ()
        if not cell.header:
            above = [number for number in columns.get(cell.column, ()) if grid.cells[number].row < cell.row]
            left = [number for number in rows.get(cell.row, ()) if grid.cells[number].column < cell.column]
            path = tuple(spans[number] for number in (*above, *left) if len(spans[number]))
        cells.append(Cell(span, cell.row, cell.column, cell.rows, cell.columns, cell.header, path))
    first = caption.start if caption else start
    return "".join(pieces), Table(Span(first, at), label, caption, tuple(cells))
