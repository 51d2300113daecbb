"""Grows a document's text and its structure together, so that an offset is right because nobody computes it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

from curbside.records import Block, BlockKind, Category, Part, PartRole, Section, Span


class Builder:
    """Collects text, parts, sections and blocks in reading order.

    Blocks are set apart by a blank line; whatever else a reader notes (markers, cells, details) it can place by
    the spans that `block` and `run` return. Usage::

        builder = Builder()
        with builder.part(PartRole.ABSTRACT), builder.section("Methods", Category.METHODS):
            span = builder.block("Thirteen patients took sirolimus.")
        text, parts, sections, blocks = builder.done()
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._parts: list[Part] = []
        self._sections: list[Section] = []
        self._blocks: list[Block] = []
        self._open_part = -1
        self._open_sections: list[int] = []

    @property
    def position(self) -> int:
        """Offset at which the next piece of text will stand."""
        return self._length

    def run(self, words: str) -> Span:
        """Append words as they are, without separators, and return where they stand."""
        start = self._length
        if words:
            self._pieces.append(words)
            self._length += len(words)
        return Span(start, self._length)

    def gap(self, separator: str = "\n\n") -> None:
        """Append a separator unless the text is empty or already ends with it."""
        if self._length and not (self._pieces and self._pieces[-1].endswith(separator)):
            self.run(separator)

    def block(self, words: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Span:
        """Append a block of its own and return its span; blank words append nothing."""
        words = words.strip("\r\n\t ")
        if not words:
            return Span(self._length, self._length)
        self.gap()
        span = self.run(words)
        self.mark(span, kind)
        return span

    def mark(self, span: Span, kind: BlockKind) -> None:
        """Record a block over text already appended; blocks must be marked in order."""
        section = self._open_sections[-1] if self._open_sections else -1
        self._blocks.append(Block(span, kind, self._open_part, section))

    @contextmanager
    def part(self, role: PartRole, group: int = 0, by: str = "", date: str = "", language: str = "") -> Generator[int]:
        """Everything appended inside belongs to one part; yields the part's index.

        A part in which nothing was appended stays as an empty part.
        """
        if self._open_part >= 0:
            raise ValueError("parts do not nest")
        self.gap()
        index = len(self._parts)
        self._parts.append(Part(Span(self._length, self._length), role, group, None, by, date, language))
        self._open_part = index
        try:
            yield index
        finally:
            part = self._parts[index]
            self._parts[index] = replace(part, span=Span(part.span.start, self._length))
            self._open_part = -1

    def entitle(self, part: int, title: Span) -> None:
        """Name the span that is the title of a part."""
        self._parts[part] = replace(self._parts[part], title=title)

    @contextmanager
    def section(self, heading: str = "", category: Category = Category.NONE) -> Generator[int]:
        """Everything appended inside belongs to one section, headed by `heading` as a block of its own.

        Without a category of its own a section inherits its parent's. Yields the section's index.
        """
        self.gap()
        index = len(self._sections)
        if category is Category.NONE and self._open_sections:
            category = self._sections[self._open_sections[-1]].category
        start = self._length
        level = len(self._open_sections) + 1
        self._sections.append(Section(Span(start, start), self._open_part, level, None, category))
        self._open_sections.append(index)
        try:
            if heading.strip():
                span = self.block(heading, BlockKind.HEADING)
                self._sections[index] = replace(self._sections[index], heading=span)
            yield index
        finally:
            section = self._sections[index]
            self._sections[index] = replace(section, span=Span(start, max(start, self._length)))
            self._open_sections.pop()

    def done(self) -> tuple[str, tuple[Part, ...], tuple[Section, ...], tuple[Block, ...]]:
        """Return the text and its structure."""
        return "".join(self._pieces), tuple(self._parts), tuple(self._sections), tuple(self._blocks)
