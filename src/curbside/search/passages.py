"""Cuts a document into passages: pieces of about 150 to 250 words that one voice says about one subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from curbside.records import EVIDENCE_ROLES, BlockKind, Document, Part, PartRole, Section, Span

SHORT = 400
"""Words up to which a document with one subject stays whole: an abstract is one passage."""

WANTED = 150
MOST = 250
"""Words of a passage: a new section starts a new one from `WANTED`, any block from `MOST`."""

_TAIL = 60  # a last piece shorter than this joins the one before it
_CONTEXT = 300  # characters of a question that its reply is also found by

_BREAK = re.compile(r"[.!?;:\n]\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable piece of a document.

    Attributes:
        span: what a hit on it shows.
        heading: words that say what it is about but stand elsewhere: document title, part title, section headings.
        text: its words.
    """

    span: Span
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A document as an index takes it.

    Attributes:
        lead: the entry that stands for the document: the whole text of a short one, the abstract of a long one; a
            long document without abstract has an empty lead and is found by its passages.
        passages: the other passages, in order.
        abstract: words of the abstract, or "".
        rest: words of everything quotable outside the abstract.
    """

    lead: Passage
    passages: tuple[Passage, ...]
    abstract: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """At most `MOST` words of one block."""

    span: Span
    words: int
    part: int
    section: int


def cut(document: Document) -> Cut:
    """Return the passages of a document.

    Only parts whose words may be quoted (`EVIDENCE_ROLES`) give text; questions asked, community posts, reference
    lists and navigation never do. A document without such words is found by its title alone.
    """
    pieces = list(_pieces(document))
    abstract = [piece for piece in pieces if _is_abstract(document, document.parts[piece.part])]
    others = [piece for piece in pieces if not _is_abstract(document, document.parts[piece.part])]
    abstract_text, rest = _joined(document, abstract), _joined(document, others)
    everything = Span(0, len(document.text))
    if not others or (not _has_subjects(document, pieces) and sum(piece.words for piece in pieces) <= SHORT):
        lead = Passage(everything, document.title, _joined(document, pieces))
        return Cut(lead, (), abstract_text, rest)
    if abstract:
        span = Span(abstract[0].span.start, abstract[-1].span.end)
        lead = Passage(span, document.title, abstract_text)
    else:
        lead = Passage(everything, "", "")
    return Cut(lead, tuple(_passages(document, others)), abstract_text, rest)


def _is_abstract(document: Document, part: Part) -> bool:
    own_language = part.language in ("", document.language)
    return part.role is PartRole.ABSTRACT and part.group == 0 and own_language


def _has_subjects(document: Document, pieces: Iterable[_Piece]) -> bool:
    """Tell whether more than one voice or subject speaks in the pieces."""
    return len({(document.parts[piece.part].role, document.parts[piece.part].group) for piece in pieces}) > 1


def _joined(document: Document, pieces: Iterable[_Piece]) -> str:
    return "\n".join(piece.span.of(document.text) for piece in pieces)


def _pieces(document: Document) -> Iterator[_Piece]:
    """Yield the quotable text in order; a part that has no blocks counts as one block."""
    quotable = [part.role in EVIDENCE_ROLES for part in document.parts]
    with_blocks = {block.part for block in document.blocks}
    spans = [
        (block.span, block.part, block.section)
        for block in document.blocks
        if 0 <= block.part < len(quotable) and quotable[block.part] and block.kind is not BlockKind.TITLE
    ]
    bare = [
        (part.span, number, -1)
        for number, part in enumerate(document.parts)
        if quotable[number] and number not in with_blocks
    ]
    for span, part, section in sorted(spans + bare) if bare else spans:
        for piece, words in _shortened(document.text, span):
            yield _Piece(piece, words, part, section)


def _shortened(text: str, span: Span) -> Iterator[tuple[Span, int]]:
    """Yield the span with its number of words, cut after ends of sentences where it has more than `MOST`."""
    words = text.count(" ", span.start, span.end) + 1
    if span.start >= span.end:
        return
    if words <= MOST:
        yield span, words
        return
    start, seen = span.start, 0
    position = span.start
    for match in _BREAK.finditer(text, span.start, span.end):
        seen += text.count(" ", position, match.end())
        position = match.end()
        if seen >= WANTED:
            yield Span(start, match.start() + 1), seen
            start, seen = match.end(), 0
    if start < span.end:
        yield Span(start, span.end), seen + text.count(" ", position, span.end) + 1


def _passages(document: Document, pieces: list[_Piece]) -> Iterator[Passage]:
    """Group pieces of one part; a section's first piece opens a passage once the one before is long enough."""
    parents = _parents(document.sections)
    context = _contexts(document)
    for group in _grouped(pieces):
        part = document.parts[group[0].part]
        heading = context[part.group] + _headings(document, group[0].section, parents)
        span = Span(group[0].span.start, group[-1].span.end)
        yield Passage(span, "\n".join(dict.fromkeys(words for words in heading if words)), _joined(document, group))


def _grouped(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    groups: list[list[_Piece]] = []
    size = 0
    for piece in pieces:
        last = groups[-1][-1] if groups else None
        same = last is not None and last.part == piece.part
        full = size + piece.words > MOST or (last is not None and last.section != piece.section and size >= WANTED)
        if same and (not full or size < _TAIL):
            groups[-1].append(piece)
            size += piece.words
        elif same and piece is pieces[-1] and piece.words < _TAIL:
            groups[-1].append(piece)
        else:
            groups.append([piece])
            size = piece.words
    yield from groups


def _parents(sections: tuple[Section, ...]) -> list[int]:
    """Return for each section the index of the one around it, or -1; linear, since sections are in order."""
    parents: list[int] = []
    open_sections: list[int] = []
    for number, section in enumerate(sections):
        while open_sections and not (
            sections[open_sections[-1]].level < section.level and sections[open_sections[-1]].span.covers(section.span)
        ):
            open_sections.pop()
        parents.append(open_sections[-1] if open_sections else -1)
        open_sections.append(number)
    return parents


def _headings(document: Document, section: int, parents: list[int]) -> list[str]:
    """Return the headings above a section, outermost first, its own last."""
    found: list[str] = []
    while section >= 0:
        heading = document.sections[section].heading
        if heading is not None:
            found.append(heading.of(document.text))
        section = parents[section]
    return found[::-1]


def _contexts(document: Document) -> dict[int, list[str]]:
    """Return for each subject the words it is also found by: its title, and the question that was asked."""
    contexts: dict[int, list[str]] = {}
    for part in document.parts:
        context = contexts.setdefault(part.group, [document.title] if part.group == 0 else [])
        if part.title is not None:
            context.append(part.title.of(document.text))
        if part.role is PartRole.QUESTION:
            context.append(part.span.of(document.text)[:_CONTEXT])
    return contexts
