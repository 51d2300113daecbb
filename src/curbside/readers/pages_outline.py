"""From pieces in reading order, each with its voice, to parts, sections and blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from curbside.records import Block, BlockKind, Category, Part, PartRole, Section, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of text and who speaks in it.

    Attributes:
        span: the block.
        kind: its form.
        role: who speaks.
        group: subject, as in `Part`.
        level: level of the section that the piece opens as its heading, 0 where it opens none.
        category: what that section does.
        by, date: who signed the part that the piece stands in, and its ISO date; the first that is not "" counts.
        fresh: whether a new part begins here although role and group stay the same.
        entitles: whether it is the title of its part.
    """

    span: Span
    kind: BlockKind
    role: PartRole
    group: int = 0
    level: int = 0
    category: Category = Category.NONE
    by: str = ""
    date: str = ""
    fresh: bool = False
    entitles: bool = False


@dataclass(slots=True)
class _Head:
    """A heading whose section is open or may be taken up again in a later part of the same voice."""

    level: int
    heading: Span
    category: Category
    index: int


def assembled(pieces: Sequence[Piece]) -> tuple[tuple[Part, ...], tuple[Section, ...], tuple[Block, ...]]:
    """Return the structure of pieces in order.

    Pieces of one role and group that follow each other are one part. A section lasts until a heading of its level or
    above or the end of its part; when the same voice goes on after an interruption, its sections go on too, as
    sections of the new part under the same headings.
    """
    work = _Assembly()
    for piece in pieces:
        if len(piece.span):
            work.take(piece)
    return tuple(work.parts), tuple(work.sections), tuple(work.blocks)


class _Assembly:
    """Parts, sections and blocks as they grow."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.sections: list[Section] = []
        self.blocks: list[Block] = []
        self._voice: tuple[PartRole, int] | None = None
        self._heads: list[_Head] = []
        self._suspended: dict[tuple[PartRole, int], list[_Head]] = {}

    def take(self, piece: Piece) -> None:
        """Add one piece."""
        if piece.fresh or self._voice != (piece.role, piece.group):
            self._begin(piece)
        if piece.level:
            while self._heads and self._heads[-1].level >= piece.level:
                self._heads.pop()
            self._open(_Head(piece.level, piece.span, piece.category, -1), piece.span.start)
        elif any(head.index < 0 for head in self._heads):
            held, self._heads = self._heads, []
            for head in held:
                self._open(head, piece.span.start)
        part = self.parts[-1]
        self.parts[-1] = replace(
            part,
            span=Span(part.span.start, piece.span.end),
            by=part.by or piece.by,
            date=part.date or piece.date,
            title=part.title or (piece.span if piece.entitles else None),
        )
        for head in self._heads:
            section = self.sections[head.index]
            self.sections[head.index] = replace(section, span=Span(section.span.start, piece.span.end))
        section = self._heads[-1].index if self._heads else -1
        self.blocks.append(Block(piece.span, piece.kind, len(self.parts) - 1, section))

    def _begin(self, piece: Piece) -> None:
        """Begin a new part; the sections of a voice that comes back are opened again by its next piece."""
        if self._voice is not None:
            self._suspended[self._voice] = self._heads
        self._voice = (piece.role, piece.group)
        kept = [] if piece.fresh else self._suspended.get(self._voice, [])
        self._heads = [replace_index(head) for head in kept]
        self.parts.append(Part(Span(piece.span.start, piece.span.end), piece.role, piece.group, None, "", ""))

    def _open(self, head: _Head, start: int) -> None:
        """Open a section, and before it those above it that are not open in this part yet."""
        held, self._heads = self._heads, []
        for above in [*held, head]:
            if above.index < 0:
                inherited = self._heads[-1].category if self._heads else Category.NONE
                above.category = above.category or inherited
                above.index = len(self.sections)
                level = len(self._heads) + 1
                section = Section(Span(start, start), len(self.parts) - 1, level, above.heading, above.category)
                self.sections.append(section)
            self._heads.append(above)


def replace_index(head: _Head) -> _Head:
    """Return a copy of a head whose section is not open."""
    return _Head(head.level, head.heading, head.category, -1)
