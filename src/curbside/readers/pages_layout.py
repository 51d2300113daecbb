"""The text and lines of an HTML page as they grow: white space collapses, lines break, marks keep their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from curbside.readers import pages_tables
from curbside.readers.markdown_tables import caption_label
from curbside.readers.pages_sheet import Line
from curbside.records import BlockKind, Span, Table

SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class Frame:
    """An open element."""

    tag: str
    chrome: bool
    level: int
    kind: BlockKind | None
    hints: frozenset[str]
    linked: bool
    ground: bool
    own: frozenset[str] = frozenset()


@dataclass(slots=True)
class Layout:
    """Text and lines as they grow.

    Attributes:
        hidden: code points of text left out because the page hides them.
    """

    pieces: list[str] = field(default_factory=list[str])
    length: int = 0
    lines: list[Line] = field(default_factory=list[Line])
    marks: list[tuple[Span, bool]] = field(default_factory=list[tuple[Span, bool]])
    tables: list[Table] = field(default_factory=list[Table])
    hidden: int = 0
    buffer: list[str] = field(default_factory=list[str])
    held: int = 0
    linked: int = 0
    breaks: int = 0
    closed: bool = False
    raised: list[tuple[int, int, bool]] = field(default_factory=list[tuple[int, int, bool]])
    opened: list[tuple[int, bool]] = field(default_factory=list[tuple[int, bool]])

    def add(self, words: str, *, linked: bool, pre: bool = False) -> None:
        """Add running text; white space collapses as browsers do it, other blanks stay."""
        if not pre:
            words = SPACE.sub(" ", words)
            if not self.held or self.buffer[-1].endswith(" "):
                words = words.lstrip(" ")
        if not words:
            return
        self.buffer.append(words)
        self.held += len(words)
        self.linked += len(words) if linked else 0
        self.closed = False

    def flush(self, frame: Frame) -> None:
        """End the line, if it holds words."""
        raw = "".join(self.buffer)
        words = raw.rstrip(" \t\n\r\f\u00a0")
        skipped = len(words) - len(words.lstrip(" \t\n\r\f\u00a0"))
        words = words[skipped:]
        if words:
            gap = self._separate()
            span = Span(self.length, self.length + len(words))
            for start, end, raised in self.raised:
                at = Span(max(0, start - skipped), min(end - skipped, len(words))).moved(span.start)
                if at.end > at.start:
                    self.marks.append((at, raised))
            linked = min(1.0, self.linked / len(words))
            single = " ".join(words.split())
            line = Line(span, single, gap, False, 0, frame.level, frame.kind, frame.chrome, linked, frame.hints)
            self._put(words, line)
        self.buffer, self.held, self.linked, self.raised, self.opened = [], 0, 0, [], []

    def since(self, start: int) -> str:
        """Return the running text from an offset on, for short stretches only: "" beyond 40 code points."""
        wanted = self.held - start
        pieces: list[str] = []
        for piece in reversed(self.buffer) if 0 < wanted <= 40 else ():
            pieces.append(piece)
            wanted -= len(piece)
            if wanted <= 0:
                break
        return "".join(reversed(pieces))[start - self.held :] if pieces else ""

    def _separate(self) -> int:
        """Append the line breaks due; return the number of blank lines among them."""
        gap = 1 if self.breaks > 1 or not self.length else 0
        if self.length:
            self.pieces.append("\n\n" if gap else "\n")
            self.length += 2 if gap else 1
        self.breaks = 0
        return gap

    def _put(self, words: str, line: Line) -> None:
        self.pieces.append(words)
        self.length += len(words)
        self.lines.append(line)

    def table(self, grid: pages_tables.Grid, frame: Frame) -> None:
        """Write a data table: its caption as a line, then all rows as one line of kind TABLE."""
        caption = label = None
        self.breaks = 2
        if grid.caption:
            gap = self._separate()
            caption = Span(self.length, self.length + len(grid.caption))
            named = caption_label(grid.caption)
            label = Span(caption.start, caption.start + len(named)) if named else None
            line = Line(caption, " ".join(grid.caption.split()), gap, kind=BlockKind.CAPTION, chrome=frame.chrome)
            self._put(grid.caption, line)
            self.breaks = 1
        start = self.length + (0 if not self.length else 2 if self.breaks > 1 else 1)
        text, table = pages_tables.placed(grid, start, caption, label)
        if text.strip():
            gap = self._separate()
            span = Span(self.length, self.length + len(text))
            single = " ".join(text.split())
            self._put(text, Line(span, single, gap, kind=BlockKind.TABLE, chrome=frame.chrome, hints=frame.hints))
            self.tables.append(table)
        self.breaks = 2
