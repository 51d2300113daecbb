"""Pipe tables of markdown as cells with header paths."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curbside.readers.builder import Builder
from curbside.readers.markdown_inline import plain
from curbside.records import Cell, Span, Table

_RULE = re.compile(r"^\s{0,9}\|?\s{0,9}:?-{2,}:?\s{0,9}(?:\|\s{0,9}:?-{2,}:?\s{0,9}){0,99}\|?\s{0,9}$")
_BAR = re.compile(r"(?<!\\)\|")
_LABEL = re.compile(r"^(?:Table|Tabelle|Tabla|Tableau|表)\s{0,2}[A-Z]?\d{1,3}[A-Za-z]?")


@dataclass(frozen=True, slots=True)
class Rows:
    """A pipe table taken apart: one list of cell sources for each row; `header` says whether the first heads it."""

    rows: tuple[tuple[str, ...], ...]
    header: bool


def rows_of(source: str) -> Rows:
    """Split the lines of a pipe table; delimiter rows and empty rows are dropped."""
    rows: list[tuple[str, ...]] = []
    header = False
    for number, line in enumerate(source.split("\n")):
        if _RULE.match(line):
            header = header or number == 1
            continue
        bare = line.strip()
        bare = bare[1:] if bare.startswith("|") else bare
        bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
        cells = tuple(plain(cell.replace("\\|", "|").strip()) for cell in _BAR.split(bare))
        if any(cells):
            rows.append(cells)
    return Rows(tuple(rows), header and bool(rows))


def caption_label(words: str) -> str:
    """Return the label that a caption opens with ("Table 2"), or ""."""
    found = _LABEL.match(words)
    return found.group(0) if found else ""


def write(builder: Builder, table: Rows, caption: Span | None = None, label: Span | None = None) -> tuple[Table, Span]:
    """Append a table row by row; return it and where its rows stand.

    A row with fewer cells than the header continues cells that spanned rows in the source: which columns it fills
    is not known, so its cells carry no header path rather than a wrong one. A row of one filled cell under a wider
    header is a note to the table.
    """
    start = builder.position
    width = len(table.rows[0]) if table.rows else 0
    cells: list[Cell] = []
    notes: list[Span] = []
    heads: list[Span] = []
    for row, words in enumerate(table.rows):
        if row:
            builder.run("\n")
        filled = [word for word in words if word]
        alone = len(filled) == 1 and width > 1 and row > 0 and len(words) == width
        for column, word in enumerate(words):
            if column:
                builder.run("\t")
            span = builder.run(word)
            if alone and word:
                notes.append(span)
            heading = table.header and row == 0
            if heading:
                heads.append(span)
            cells.append(_cell(span, row, column, heading, heads, short=alone or len(words) != width))
    body = Span(start, builder.position)
    whole = Span(caption.start if caption else start, body.end)
    return Table(whole, label, caption, tuple(cells), tuple(notes)), body


def _cell(span: Span, row: int, column: int, heading: bool, heads: list[Span], *, short: bool) -> Cell:
    path: tuple[Span, ...] = ()
    if not heading and not short and column < len(heads) and len(heads[column]):
        path = (heads[column],)
    return Cell(span, row, column, header=heading, path=path)
