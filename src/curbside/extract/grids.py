"""A table as values with their heads: heads above, heads that come again further down, row groups, blank stubs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from curbside.extract.labels import has_size, is_size, is_time, is_time_head, names_comparison, names_sizes
from curbside.language.summaries import Summary, cell_summary
from curbside.records import Axis, Cell, Document, Span, Table

_LARGEST = 20_000
"""Cells of a table that is still read; a larger one is a data set, not a result."""


@dataclass(frozen=True, slots=True)
class Head:
    """A label over or beside a value.

    Attributes:
        span: its words in the document.
        axis, level: as in `Label`.
    """

    span: Span
    axis: Axis
    level: int


@dataclass(frozen=True, slots=True)
class Body:
    """A cell that holds a summary.

    Attributes:
        cell: its words in the document.
        summary: what they hold, spans relative to the cell.
        row, column: where.
        heads: its labels, outermost first.
        size: the words of an "n = 30" that stands over it in a cell of its own, or None.
    """

    cell: Span
    summary: Summary
    row: int
    column: int
    heads: tuple[Head, ...]
    size: Span | None = None


@dataclass(slots=True)
class _State:
    """What heads the rows that follow."""

    heads: list[tuple[int, dict[int, Cell]]] = field(default_factory=list[tuple[int, dict[int, Cell]]])
    sizes: dict[int, Cell] = field(default_factory=dict[int, Cell])
    groups: list[Cell] = field(default_factory=list[Cell])
    fresh: bool = True  # no row of values since the last group row
    valued: bool = False  # a row of values since the last row of heads
    carried: dict[int, Cell] = field(default_factory=dict[int, Cell])


def bodies(document: Document, table: Table) -> list[Body]:
    """Return the cells of `table` that hold summaries, each with the labels that head it, row by row."""
    if not table.cells or len(table.cells) > _LARGEST:
        return []
    return list(_Reader(document.text, table).read())


class _Reader:
    """Reads one table from top to bottom."""

    def __init__(self, text: str, table: Table) -> None:
        self.text = text
        self.places: dict[int, dict[int, Cell]] = {}
        for cell in table.cells:
            for row in range(cell.row, cell.row + min(cell.rows, 400)):
                for column in range(cell.column, cell.column + min(cell.columns, 100)):
                    self.places.setdefault(row, {}).setdefault(column, cell)
        self.rows = sorted(self.places)
        self.summaries = {cell.span: cell_summary(cell.span.of(text)) for cell in table.cells if len(cell.span)}
        self.top = self._top()
        self.stubs = self._stubs()

    def words(self, cell: Cell | None) -> str:
        """Return a cell's words, "" where there is none."""
        return cell.span.of(self.text).strip() if cell is not None else ""

    def _is_value(self, cell: Cell | None) -> bool:
        return cell is not None and self.summaries.get(cell.span) is not None

    def _is_whole(self, cell: Cell) -> bool:
        summary = self.summaries.get(cell.span)
        return summary is not None and "." not in summary.figures[0].printed

    def _is_time(self, cell: Cell) -> bool:
        """Tell whether a cell names a time: "3 months" in a head is no value."""
        return is_time(self.words(cell))

    def _top(self) -> int:
        """Return how many rows at the top are heads."""
        count = 0
        for row in self.rows:
            cells = {id(cell): cell for cell in self.places[row].values()}.values()
            if not all(cell.header for cell in cells if self.words(cell)):
                break
            if count and not any(self.words(cell) and (cell.column > 0 or cell.columns > 1) for cell in cells):
                break
            values = [cell for cell in cells if self._is_value(cell) and cell.column > 0 and not self._is_time(cell)]
            if count and values and len(values) * 2 > sum(1 for cell in cells if len(cell.span)):
                break
            count += 1
        return max(count, 1) if self.rows else 0

    def _stubs(self) -> int:
        """Return how many columns at the left are labels of rows."""
        width = max((max(columns) + 1 for columns in self.places.values()), default=0)
        body = self.rows[self.top :]
        count = 1
        for column in range(1, width - 1):
            filled = [
                cell
                for row in body
                if (cell := self.places[row].get(column)) is not None and len(cell.span) and cell.column == column
            ]
            over = [self.places[row].get(column) for row in self.rows[: self.top]]
            heads = [self.words(cell) for cell in over if cell is not None and cell.columns == 1]
            if any(has_size(head) for head in heads):
                break
            filled = [cell for cell in filled if any(letter.isalnum() for letter in self.words(cell))]
            worded = [cell for cell in filled if not self._is_value(cell)]
            timed = any(is_time_head(head) for head in heads)
            flagged = [cell for cell in filled if cell.header]
            if filled and (timed or len(worded) * 2 > len(filled) or len(flagged) * 2 > len(filled)):
                count = column + 1
            else:
                break
        return count

    def read(self) -> Iterator[Body]:
        state = _State()
        for index, row in enumerate(self.rows):
            cells = self.places[row]
            if index < self.top:
                state.heads.append((index, cells))
                continue
            yield from self._row(state, row, cells)

    def _row(self, state: _State, row: int, cells: dict[int, Cell]) -> Iterator[Body]:
        beyond = {
            id(c): c for k, c in cells.items() if k >= self.stubs and c.column >= self.stubs and c.row == row
        }.values()
        filled = [cell for cell in beyond if self.words(cell)]
        stub = [c for c in {id(c): c for k, c in cells.items() if k < self.stubs}.values() if self.words(c)]
        if not filled and not any(cell.row == row for cell in stub):
            state.groups, state.fresh = [], True
            return
        if filled and all(is_size(self.words(cell)) for cell in filled):
            if state.fresh or any(cell.row == row for cell in stub):
                state.sizes = {k: c for k, c in cells.items() if k >= self.stubs}
            if stub and stub[-1].row == row:
                self._group(state, stub[-1])
            return
        values = [cell for cell in filled if self._is_value(cell)]
        telling = [cell for cell in values if not self._compares(state, cell)]
        if not telling or self._heads_by_number(state, filled, stub):
            self._worded(state, row, cells, filled, stub)
            return
        state.fresh, state.valued = False, True
        if stub and names_sizes(self.words(stub[0])) and all(self._is_whole(cell) for cell in telling):
            state.sizes = {k: c for k, c in cells.items() if k >= self.stubs}
        rows = list(self._row_heads(state, cells))
        for cell in telling:
            summary = self.summaries[cell.span]
            if summary is not None and cell.row == row:
                heads = (*self._group_heads(state), *rows, *self._column_heads(state, cell.column))
                size = state.sizes.get(cell.column)
                yield Body(cell.span, summary, row, cell.column, heads, size.span if size else None)

    def _heads_by_number(self, state: _State, filled: list[Cell], stub: list[Cell]) -> bool:
        """Tell whether a row above all values heads them by numbers: "Months | 6 | 12 | 24", "2002 | 2003"."""
        if not stub and all(self._is_time(cell) for cell in filled):
            return True
        named = not stub or is_time_head(self.words(stub[0]))
        return not state.valued and named and all(self._is_whole(cell) for cell in filled)

    def _compares(self, state: _State, cell: Cell) -> bool:
        return any(names_comparison(self.words(cells.get(cell.column))) for _, cells in state.heads)

    def _worded(self, state: _State, row: int, cells: dict[int, Cell], filled: list[Cell], stub: list[Cell]) -> None:
        """Take a row without values as heads of what follows, or as a group."""
        unread = [c for c in filled if self.words(c)[:1].isdigit() and not self._is_value(c) and not self._is_time(c)]
        listed = sum("/" in self.words(cell) for cell in unread) if not state.valued else len(unread)
        if stub and listed * 2 > len(filled):
            return  # values of a form that is not read: "1/5/2"
        if len(filled) >= 2 and not all(self._compares(state, cell) for cell in filled):
            shape = {(cell.column, cell.columns) for cell in filled}
            for place, (level, known) in enumerate(state.heads):
                old = {(c.column, c.columns) for c in known.values() if c.column >= self.stubs and self.words(c)}
                if place >= (1 if self.top > 1 else 0) and len(shape & old) * 3 >= 2 * max(len(shape), len(old)):
                    state.heads[place] = (level, cells)
                    break
            else:
                if state.valued:
                    state.heads = [entry for entry in state.heads if entry[0] < self.top]
                state.heads.append((len(state.heads) + (self.top > len(state.heads)), cells))
            state.groups, state.fresh, state.valued = [], True, False
            return
        label = stub[0] if stub else filled[0] if filled else None
        if label is not None and sum(letter.isalpha() for letter in self.words(label)) > 2:
            self._group(state, label)

    def _group(self, state: _State, label: Cell) -> None:
        if state.fresh and state.groups:
            state.groups = [*state.groups[-2:], label]
        else:
            state.groups = [*state.groups[:-1], label] if len(state.groups) > 1 else [label]
        state.fresh = True
        state.carried = {}

    def _group_heads(self, state: _State) -> Iterator[Head]:
        for level, cell in enumerate(state.groups):
            yield Head(cell.span, Axis.GROUP, level)

    def _row_heads(self, state: _State, cells: dict[int, Cell]) -> Iterator[Head]:
        seen: set[int] = set()
        later = any(self.words(cells.get(column)) for column in range(1, self.stubs))
        for column in range(self.stubs):
            cell = cells.get(column)
            if cell is not None and self.words(cell):
                state.carried[column] = cell
            elif later and column == 0:
                cell = state.carried.get(column)
            if cell is not None and self.words(cell) and id(cell) not in seen:
                seen.add(id(cell))
                yield Head(cell.span, Axis.ROW, column)
            for level, heads in state.heads:
                head = heads.get(column)
                if head is not None and self.words(head) and id(head) not in seen and head.column == column:
                    seen.add(id(head))
                    yield Head(head.span, Axis.STUB, column * 10 + level)

    def _column_heads(self, state: _State, column: int) -> Iterator[Head]:
        seen: set[int] = set()
        for level, cells in state.heads:
            cell = cells.get(column)
            if cell is not None and self.words(cell) and id(cell) not in seen:
                seen.add(id(cell))
                yield Head(cell.span, Axis.COLUMN, level)
