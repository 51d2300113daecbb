"""A table laid out by row and column, with what its cells hold, for the checks of tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curbside.appraise.sides import Said
from curbside.language.linear import linear
from curbside.language.summaries import Summary, cell_summary, levelled
from curbside.records import Cell, Document, Quote, Table

_SIZE = linear(r"(?i)\bn ?= ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})\b")
_LARGEST = 20_000


@dataclass(frozen=True, slots=True)
class Box:
    """A cell with its place and words."""

    row: int
    column: int
    said: Said
    summary: Summary | None
    header: bool

    @property
    def words(self) -> str:
        """Its words, one kind of dash and space."""
        return self.said.flat

    def quote(self) -> Quote:
        """Return all of it."""
        return self.said.quote(0, len(self.said.words))


class Laid:
    """A table; cells that span several places stand at each of them among the heads, at their first in the body.

    Attributes:
        caption: label, caption and footnotes as one text.
        rows, columns: how many.
        top: how many rows at the top are heads.
    """

    def __init__(self, document: Document, table: Table) -> None:
        """Lay out a table; one of more than 20,000 cells is a data set and stays empty."""
        text = document.text
        cells = table.cells if len(table.cells) <= _LARGEST else ()
        told = [span.of(text) for span in (table.label, table.caption, *table.footnotes) if span is not None]
        self.caption = levelled(" ".join(told))
        self.rows = max((cell.row + 1 for cell in cells), default=0)
        self.columns = max((cell.column + 1 for cell in cells), default=0)
        self._at: dict[tuple[int, int], Box] = {}
        self._over: dict[tuple[int, int], Box] = {}
        for cell in cells:
            box = _box(document, cell)
            self._at[cell.row, cell.column] = box
            for row in range(cell.row, cell.row + min(cell.rows, 50)):
                for column in range(cell.column, cell.column + min(cell.columns, 50)):
                    self._over[row, column] = box
        self.top = self._heads()

    def _heads(self) -> int:
        count = 0
        while count < min(self.rows, 4):
            line = [box for column in range(self.columns) if (box := self._over.get((count, column))) is not None]
            if not line or not all(box.header for box in line if box.words):
                break
            count += 1
        return max(1, count)

    def at(self, row: int, column: int) -> Box | None:
        """Return the cell that begins at a place."""
        return self._at.get((row, column))

    def heads(self, column: int) -> tuple[Box, ...]:
        """Return the cells that head a column, outermost first, each once."""
        found: dict[int, Box] = {}
        for row in range(self.top):
            box = self._over.get((row, column))
            if box is not None and box.words:
                found[id(box)] = box
        return tuple(found.values())

    def head(self, column: int) -> str:
        """Return the words that head a column."""
        return " ".join(box.words for box in self.heads(column))

    def label(self, row: int) -> str:
        """Return the words of a row's first cell."""
        box = self._over.get((row, 0))
        return box.words if box is not None else ""

    def body(self) -> Iterator[Box]:
        """Yield the cells of the body that hold something, row by row."""
        for (row, column), box in sorted(self._at.items()):
            if row >= self.top and column > 0 and box.words.strip():
                yield box

    def group(self, row: int) -> str:
        """Return the words of the nearest row above that heads a group: it has no values of its own."""
        for above in range(row - 1, self.top - 1, -1):
            if not any(box.words for column in range(1, self.columns) if (box := self.at(above, column)) is not None):
                return self.label(above)
        return ""

    def size(self, column: int) -> tuple[int, Quote] | None:
        """Return the one size over a column ("n = 30") with its quote."""
        found = [
            (int(m.group(1).replace(",", "")), box.said.quote(m.start(), m.end()))
            for box in self.heads(column)
            for m in _SIZE.finditer(box.words)
        ]
        return found[-1] if len({value for value, _ in found}) == 1 else None


def _box(document: Document, cell: Cell) -> Box:
    words = cell.span.of(document.text)
    lead = len(words) - len(words.lstrip())
    said = Said(document.id, words.strip(), cell.span.start + lead)
    return Box(cell.row, cell.column, said, cell_summary(said.words) if said.words else None, cell.header)
