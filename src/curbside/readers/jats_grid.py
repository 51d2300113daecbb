"""Tables of JATS resolved into a grid: where each cell stands, which cells head it, which rows are only rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from curbside.readers.jats_flow import Flow, flow_of

WIDEST = 1000
"""Most columns that one cell may span (as in HTML)."""

MOST_COLUMNS = 4000
"""Most columns of a table; cells further right span one row and column."""

DEEPEST_HEADER = 12
"""Most header cells above one cell that make its path."""

_DIGIT = re.compile(r"\d")
_LAYOUT = re.compile(r"[ \t\r\n]+")
_INDENTS = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2009\u3000"


@dataclass(slots=True)
class Slot:
    """A cell and its place.

    Attributes:
        flow: its running text with citations and marks, None for a cell without inner markup.
        raw: the text as it is written.
        text: the same without white space around it.
        row, column: its top left corner, from 0.
        rows, columns: how many it spans.
        marked: whether the markup calls it a header (`th`).
        heads: whether it heads a row or column.
        above: the header cells above it, outermost first, then the section of rows it belongs to.
        beside: the header cells to its left.
        unit: the unit that it names as a header, None until somebody asks.
    """

    flow: Flow | None
    raw: str
    text: str
    row: int
    column: int
    rows: int
    columns: int
    marked: bool
    indented: bool
    heads: bool = False
    above: Sequence[Slot] = ()
    beside: Sequence[Slot] = ()
    unit: str | None = None

    @property
    def end(self) -> int:
        """One past its last column."""
        return self.column + self.columns

    @property
    def numeric(self) -> bool:
        """Whether it shows a digit."""
        return _DIGIT.search(self.text) is not None


@dataclass(slots=True)
class Row:
    """A row of a table.

    Attributes:
        slots: the cells that start in it.
        top: whether it stands in the table's head.
        ruled: whether a rule stands between it and the row before.
    """

    slots: list[Slot]
    top: bool
    ruled: bool = False


@dataclass(slots=True)
class Grid:
    """A table as rows of placed cells, rows that only draw rules left out.

    Attributes:
        rows: from the top.
        width: number of columns.
        overspread: whether a cell claimed more rows or columns than a table can have.
    """

    rows: list[Row] = field(default_factory=list[Row])
    width: int = 0
    overspread: bool = False


def grid_of(table: Any, keys: Mapping[str, tuple[int, ...]]) -> Grid:
    """Return the grid of a `table` element."""
    grid = Grid()
    held: dict[int, int] = {}  # column -> rows below that a cell from above still covers
    ruled = False
    elements = list(table.iter("tr"))
    for at, tr in enumerate(elements):
        cells = [cell for cell in tr if isinstance(cell.tag, str) and cell.tag in ("td", "th")]
        row = Row([], tr.getparent().tag == "thead", ruled)
        column = 0
        below: dict[int, int] = {}
        for cell in cells:
            while held.get(column, 0):
                column += 1
            rows, columns = _spans(cell, len(elements) - at, column, grid)
            row.slots.append(_slot(cell, keys, len(grid.rows), column, rows, columns))
            if rows > 1:
                below.update(dict.fromkeys(range(column, column + columns), rows))
            column += columns
        held = {place: left - 1 for place, left in held.items() if left > 1}
        held.update({place: left - 1 for place, left in below.items()})
        rule = bool(cells) and not any(slot.text for slot in row.slots) and tr.find(".//hr") is not None
        ruled = rule or not cells
        if rule or not cells:
            _shorten(grid, at)
            continue
        grid.rows.append(row)
        grid.width = max(grid.width, column)
    return grid


def _spans(cell: Any, left: int, column: int, grid: Grid) -> tuple[int, int]:
    rows, columns = _number(cell.get("rowspan")), _number(cell.get("colspan"))
    if rows > 65534 or columns > WIDEST or column + columns > MOST_COLUMNS:
        grid.overspread = True
        columns = 1 if column + columns > MOST_COLUMNS else min(columns, WIDEST)
    return (left if rows == 0 else min(rows, left)), max(columns, 1)


def _number(printed: str | None) -> int:
    return int(printed) if printed and printed.isascii() and printed.isdecimal() and len(printed) < 18 else 1


def _slot(cell: Any, keys: Mapping[str, tuple[int, ...]], row: int, column: int, rows: int, columns: int) -> Slot:
    leading = (cell.text or "")[:2]
    if len(cell) == 0:
        flow, raw = None, cell.text or ""
        if "\n" in raw or "  " in raw or "\t" in raw:
            raw = _LAYOUT.sub(" ", raw)
        raw = raw.strip(" ")
    else:
        flow = flow_of(cell, keys, cell=True)
        raw = flow.text().rstrip(" ")
    text = raw.strip(_INDENTS)
    indented = bool(text) and (raw[0] in _INDENTS or (leading[:1] == " " and leading[1:] not in ("\n", "\r", "\t", "")))
    return Slot(flow, raw, text, row, column, rows, columns, cell.tag == "th", indented)


def _shorten(grid: Grid, at: int) -> None:
    """Take one row off the cells that reach across a row which is left out."""
    for row in grid.rows[-60:]:
        for slot in row.slots:
            if slot.rows > 1 and slot.row + slot.rows > len(grid.rows):
                slot.rows -= 1


def settle(grid: Grid) -> None:
    """Mark the header cells and give every cell its path."""
    tops = _header_rows(grid)
    stubs = _stub_columns(grid, tops)
    above: dict[int, list[Slot]] = {}
    reaching: list[Slot] = []  # row headers that span further down
    sections: list[Slot] = []
    carried: list[Slot] = []
    parent: list[Slot] = []  # the last row header that was not indented
    inside = False  # whether rows of the section so far are indented
    for at, row in enumerate(grid.rows):
        if tops[at]:
            if at and not tops[at - 1]:
                above = {}
            _head(row, above)
            sections, parent = [], []
            continue
        label = _section_label(row, grid.width)
        if label is not None:
            label.heads = True
            label.above = _over(label, above)
            sections = [*parent, label] if label.indented else [label]
            parent = parent if label.indented else []
            inside, carried = False, []
            continue
        first = row.slots[0] if row.slots and row.slots[0].column == 0 else None
        if first is not None and sections:
            inside = inside or first.indented
            if inside and not first.indented and first.text and sections[0].columns < grid.width:
                sections = []
        outer = parent if first is not None and first.indented and not sections else []
        if first is not None and first.text and not first.indented:
            parent = [first]
        reaching = [slot for slot in reaching if slot.row + slot.rows > at]
        carried = _body(row, above, sections or outer, reaching, carried, stubs)


def _header_rows(grid: Grid) -> list[bool]:
    """Tell for each row whether it heads the columns."""
    tops: list[bool] = []
    rows = grid.rows
    any_top = any(row.top for row in rows)
    for at, row in enumerate(rows):
        filled = [slot for slot in row.slots if slot.text]
        wide = len(filled) == 1 and filled[0].columns >= grid.width > 1
        tops.append(
            row.top
            or (bool(filled) and len(filled) > 1 and all(slot.marked for slot in row.slots))
            or (not any_top and at == 0 and len(rows) > 1 and len(filled) > 1 and _wordy(row, rows[1:]))
            or (not wide and _subheads(rows, at, filled))
        )
    return tops


def _wordy(row: Row, rest: list[Row]) -> bool:
    """Tell whether a first row without digits stands over rows that mostly have some."""
    counted = sum(any(slot.numeric for slot in other.slots[1:]) for other in rest)
    return not any(slot.numeric for slot in row.slots) and 2 * counted > len(rest)


def _subheads(rows: list[Row], at: int, filled: list[Slot]) -> bool:
    """Tell whether a body row next to a rule, its first cell empty and no digit in it, heads what follows."""
    row = rows[at]
    if len(filled) < 2 or row.slots[0].column != 0 or row.slots[0].text or any(slot.numeric for slot in filled):
        return False
    return row.ruled or (at + 1 < len(rows) and rows[at + 1].ruled)


def _stub_columns(grid: Grid, tops: list[bool]) -> int:
    """Return how many columns at the left head their rows: one, or two where the second only names arms."""
    body = [row for row, top in zip(grid.rows, tops) if not top]
    if grid.width < 2:
        return 0
    second = [slot for row in body for slot in row.slots if slot.column == 1 and slot.columns == 1 and slot.text]
    gaps = sum(1 for row in body if not row.slots or row.slots[0].column > 0 or not row.slots[0].text)
    numeric = sum(slot.numeric for slot in second)
    return 2 if grid.width > 2 and second and gaps and 5 * numeric <= len(second) else 1


def _head(row: Row, above: dict[int, list[Slot]]) -> None:
    for slot in row.slots:
        slot.heads = bool(slot.text)
        slot.above = _over(slot, above)
    for slot in row.slots:
        if slot.text:
            for column in range(slot.column, slot.end):
                above.setdefault(column, []).append(slot)


def _over(slot: Slot, above: dict[int, list[Slot]]) -> list[Slot]:
    heads = [head for head in above.get(slot.column, ()) if head.column <= slot.column and head.end >= slot.end]
    return heads[:DEEPEST_HEADER]


def _section_label(row: Row, width: int) -> Slot | None:
    """Return the only filled cell of a row that stands at the left or across: the name of the rows below."""
    filled = [slot for slot in row.slots if slot.text]
    if len(filled) != 1 or width < 2 or filled[0].column != 0 or filled[0].rows > 1:
        return None
    empty = width - filled[0].columns
    return filled[0] if filled[0].columns >= width or empty == sum(s.columns for s in row.slots if not s.text) else None


def _body(
    row: Row,
    above: dict[int, list[Slot]],
    sections: list[Slot],
    reaching: list[Slot],
    carried: list[Slot],
    stubs: int,
) -> list[Slot]:
    """Give the cells of a data row their paths; return the row's own header for rows that leave theirs empty."""
    lefts = [slot for slot in reaching if slot.column < stubs]
    first = row.slots[0] if row.slots else None
    blank = first is not None and first.column == 0 and not first.text
    if blank and stubs > 1 and not row.ruled:
        lefts = carried + lefts
    for slot in row.slots:
        slot.above = _over(slot, above) + sections
        slot.beside = [left for left in lefts if left.column < slot.column]
        if slot.text and (slot.column < stubs or (slot.marked and slot.column == 0)):
            slot.heads = True
            lefts.append(slot)
            if slot.rows > 1:
                reaching.append(slot)
    if blank:
        return carried
    return [first] if first is not None and first.heads and first.column == 0 else []
