"""Lays out a bibliographic record as a text: title, abstract, abstracts in other languages, copyright line.

The order and form are the same for every bibliographic format: part 0 has the title as its first block and the main
abstract after it; each further abstract is a part of its own; a copyright line is a part of chrome at the end; blocks
are set apart by a blank line. Plain lists instead of a `Builder`, because a million records pass here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from curbside.language.labels import embedded
from curbside.records import Block, BlockKind, Category, Part, PartRole, Section, Span


class Passage(NamedTuple):
    """A paragraph of an abstract with the label that the source gives it apart, if any."""

    label: str
    category: Category
    text: str


class Abstract(NamedTuple):
    """One abstract.

    Attributes:
        passages: its paragraphs; none with empty text.
        role: who speaks: an abstract, a summary in plain language, or a body.
        language: BCP 47 tag, or "" where it is the record's.
    """

    passages: Sequence[Passage]
    role: PartRole = PartRole.ABSTRACT
    language: str = ""


class Laid(NamedTuple):
    """A text and its structure, as `Document` holds them."""

    text: str
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]


_GAP = "\n\n"


class _Sheet:
    """The text so far."""

    __slots__ = ("blocks", "length", "parts", "pieces", "sections")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.parts: list[Part] = []
        self.sections: list[Section] = []
        self.blocks: list[Block] = []

    def put(self, words: str) -> Span:
        """Append words after a blank line and return where they stand."""
        if self.length:
            self.pieces.append(_GAP)
            self.length += 2
        start = self.length
        self.pieces.append(words)
        self.length = start + len(words)
        return Span(start, self.length)

    def passage(self, passage: Passage) -> None:
        """Append a labelled or running paragraph to the open part."""
        part = len(self.parts)
        label, category, words = passage
        if label:
            section = len(self.sections)
            heading = self.put(label)
            body = self.put(words)
            self.sections.append(Section(Span(heading.start, body.end), part, 1, heading, category))
            self.blocks.append(Block(heading, BlockKind.HEADING, part, section))
            self.blocks.append(Block(body, BlockKind.PARAGRAPH, part, section))
            return
        span = self.put(words)
        if category:
            self.sections.append(Section(span, part, 1, None, category))
            self.blocks.append(Block(span, BlockKind.PARAGRAPH, part, len(self.sections) - 1))
            return
        labels = embedded(words)
        if not labels:
            self.blocks.append(Block(span, BlockKind.PARAGRAPH, part))
            return
        self._labelled(span.start, words, labels, part)

    def _labelled(self, at: int, words: str, labels: Sequence[tuple[int, int, int, Category]], part: int) -> None:
        """Mark sections and blocks over running words that carry their labels in them; the words stay as they are."""
        if lead := len(words[: labels[0][0]].rstrip()):
            self.blocks.append(Block(Span(at, at + lead), BlockKind.PARAGRAPH, part))
        bounds = [label[0] for label in labels[1:]] + [len(words)]
        for (start, end, body, category), bound in zip(labels, bounds):
            last = body + len(words[body:bound].rstrip())
            section = len(self.sections)
            heading = Span(at + start, at + end)
            self.sections.append(Section(Span(at + start, at + max(last, end)), part, 1, heading, category))
            self.blocks.append(Block(heading, BlockKind.HEADING, part, section))
            if last > body:
                self.blocks.append(Block(Span(at + body, at + last), BlockKind.PARAGRAPH, part, section))


def lay_out(title: str, abstracts: Sequence[Abstract], closing: str = "") -> Laid:
    """Return the text of a record and its structure.

    Args:
        title: may be "", then there is no title block.
        abstracts: the first is the main one; a first one in a language of its own does not share the title's part.
        closing: a copyright line, or "".
    """
    sheet = _Sheet()
    heading: Span | None = None
    if title:
        heading = sheet.put(title)
        sheet.blocks.append(Block(heading, BlockKind.TITLE, 0))
    rest = abstracts
    role = abstracts[0].role if abstracts and not abstracts[0].language else PartRole.ABSTRACT
    if abstracts and role in (PartRole.ABSTRACT, PartRole.BODY) and not abstracts[0].language:
        for passage in abstracts[0].passages:
            sheet.passage(passage)
        rest = abstracts[1:]
    if sheet.length:
        sheet.parts.append(Part(Span(0, sheet.length), role, 0, heading))
    for abstract in rest:
        before = sheet.length
        for passage in abstract.passages:
            sheet.passage(passage)
        if sheet.length > before:
            span = Span(before + 2 if before else 0, sheet.length)
            sheet.parts.append(Part(span, abstract.role, 0, None, "", "", abstract.language))
    if closing:
        span = sheet.put(closing)
        sheet.blocks.append(Block(span, BlockKind.OTHER, len(sheet.parts)))
        sheet.parts.append(Part(span, PartRole.CHROME))
    return Laid("".join(sheet.pieces), tuple(sheet.parts), tuple(sheet.sections), tuple(sheet.blocks))
