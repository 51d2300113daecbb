"""A passage as a page shows it: the quoted words lit in their paragraph, who speaks, what stands above and beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curbside.records import (
    Block,
    BlockKind,
    Document,
    Holding,
    Notice,
    NoticeKind,
    PartRole,
    Quote,
    ReferenceEntry,
    Span,
)
from curbside.writers.html_runs import Run, runs
from curbside.writers.html_table import TableView, table_view
from curbside.writers.links import identifier_links

MARGIN = 420
"""Characters shown of a long passage before and after the quoted words, and of a neighbour."""


VOICES: Mapping[PartRole, str] = {
    PartRole.GUIDELINES: "Report of guidelines",
    PartRole.RESEARCH: "Report of research",
    PartRole.SUMMARY: "Summary of another work",
    PartRole.REPLY: "Reply",
    PartRole.GENERATED: "Unsigned text",
    PartRole.QUESTION: "Question asked",
    PartRole.POST: "Post",
    PartRole.ABSTRACT: "Abstract",
    PartRole.REFERENCES: "References",
    PartRole.METADATA: "About this page",
    PartRole.CHROME: "Around the text",
}
"""Who speaks, in the words of a page; the document's own text needs none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a passage, or a table in it.

    Attributes:
        runs: its words; empty for a table.
        near: whether it only stands beside the quoted paragraph.
        before, after: whether words were left out at its ends.
        table: the table, with the rows that hold the quoted words.
    """

    runs: tuple[Run, ...] = ()
    near: bool = False
    before: bool = False
    after: bool = False
    table: TableView | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What one citation opens on.

    Attributes:
        anchor: its id on the page ("q3").
        back: id of the sentence that cites it first.
        number: number of the reference.
        reference: its entry.
        standing: notices on the work that a reader must know of ("retracted"), in words.
        path: who speaks and the headings above, outermost first.
        pieces: the words.
        quotes: the quoted words, for print and for readers of the screen.
        href: the document, open at the words.
        language: BCP 47 tag of the words, or "".
    """

    anchor: str
    back: str
    number: int
    reference: ReferenceEntry
    standing: tuple[str, ...]
    path: tuple[str, ...]
    pieces: tuple[Piece, ...]
    quotes: tuple[str, ...]
    href: str
    language: str


_NO_NOTICE = (NoticeKind.COMMENT, NoticeKind.UPDATE)


def standing(holding: Holding) -> tuple[str, ...]:
    """Return what a reader must know of a work before using it, most serious first: "retracted", "corrected" …"""
    words = list(holding.standing)
    issued: list[Notice] = [notice for notice in holding.document.notices if notice.issued]
    words += [f"notice: {notice.kind.value}" for notice in issued if notice.kind not in _NO_NOTICE]
    return tuple(dict.fromkeys(words))


def id_links(holding: Holding) -> tuple[tuple[str, str], ...]:
    """Return the identifiers of a work as (label, address) pairs; addresses are of the registries themselves."""
    return identifier_links(holding.document.ids)


def passage_of(holding: Holding, entry: ReferenceEntry, quotes: Sequence[Quote], anchor: str, sentence: str) -> Passage:
    """Return the passage of quotes of one document.

    Args:
        holding: the document.
        entry: its entry in the answer's reference list.
        quotes: what is quoted of it; not empty.
        anchor: id of the passage on the page.
        sentence: id of the sentence that leads here.
    """
    document = holding.document
    spans = sorted(quote.span for quote in quotes)
    whole = Span(spans[0].start, max(span.end for span in spans))
    return Passage(
        anchor=anchor,
        back=sentence,
        number=entry.number,
        reference=entry,
        standing=standing(holding),
        path=path_of(document, spans[0]),
        pieces=tuple(_pieces(document, spans, anchor)),
        quotes=tuple(quote.words for quote in quotes),
        href=f"/documents/{document.id}?at={spans[0].start}-{spans[0].end if len(spans) > 1 else whole.end}#quote",
        language=_language(document, spans[0]),
    )


def _language(document: Document, span: Span) -> str:
    part = next((each for each in document.parts if each.span.covers(span)), None)
    return (part.language if part else "") or document.language


def path_of(document: Document, span: Span) -> tuple[str, ...]:
    """Return who speaks at a place and the headings above it, outermost first."""
    part = next((each for each in document.parts if each.span.covers(span)), None)
    voice = VOICES.get(part.role, "") if part else ""
    signed = f"{voice} — {part.by}" if part and part.by and voice else voice
    above = sorted((each for each in document.sections_over(span) if each.heading), key=lambda each: each.level)
    headings = [each.heading.of(document.text).strip(" :\n") for each in above if each.heading]
    return tuple(each for each in (signed, *headings) if each)


def _pieces(document: Document, spans: Sequence[Span], anchor: str) -> list[Piece]:
    pieces: list[Piece] = []
    shown: set[Span] = set()
    name = f"{anchor}-words"
    for span in spans:
        if span in shown or any(each.covers(span) for each in shown):
            continue
        table = next((each for each in document.tables if each.span.meets(span)), None)
        if table is not None and table.cells:
            lit = [each for each in spans if each.meets(table.span)]
            reach = Span(lit[0].start, max(each.end for each in lit))
            pieces.append(Piece(table=table_view(document, table, lit, anchor=name, only=reach)))
            shown.add(table.span)
        else:
            pieces += _paragraphs(document, span, spans, shown, name)
        name = ""
    return pieces


def _paragraphs(document: Document, span: Span, spans: Sequence[Span], shown: set[Span], anchor: str) -> list[Piece]:
    blocks = document.blocks
    held = [number for number, block in enumerate(blocks) if block.span.meets(span)]
    if not held:
        shown.add(span)
        reach = Span(max(0, span.start - MARGIN), min(len(document.text), span.end + MARGIN))
        return [_clipped(document, reach, spans, anchor)]
    pieces: list[Piece] = []
    before = _neighbour(document, held[0], -1)
    if before is not None and before.span not in shown:
        pieces.append(_beside(document, before, last=True))
    for number in held:
        block = blocks[number]
        if block.span in shown:
            continue
        shown.add(block.span)
        piece = _clipped(document, block.span, spans, anchor)
        anchor = "" if any(run.anchor for run in piece.runs) else anchor
        pieces.append(piece)
    after = _neighbour(document, held[-1], 1)
    if after is not None and after.span not in shown and not any(after.span.meets(each) for each in spans):
        pieces.append(_beside(document, after, last=False))
    return pieces


def _neighbour(document: Document, number: int, step: int) -> Block | None:
    """Return the paragraph before or after, where the same voice goes on in the same section."""
    here, other = document.blocks[number], number + step
    if not 0 <= other < len(document.blocks):
        return None
    block = document.blocks[other]
    same = (block.part, block.section) == (here.part, here.section)
    return block if same and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) else None


def _clipped(document: Document, span: Span, spans: Sequence[Span], anchor: str) -> Piece:
    """Return a paragraph, a long one only as far as `MARGIN` around what is quoted in it."""
    quoted = [each for each in spans if each.meets(span)]
    start, end = span.start, span.end
    if quoted:
        start = _border(document.text, max(start, min(each.start for each in quoted) - MARGIN), span.start)
        last = min(end, max(each.end for each in quoted) + MARGIN)
        end = last if last >= span.end else max(document.text.rfind(" ", start, last), quoted[-1].end)
        end = min(end, span.end)
    return Piece(
        tuple(runs(document.text, Span(start, end), quoted, anchor=anchor)),
        before=start > span.start,
        after=end < span.end,
    )


def _border(text: str, start: int, first: int) -> int:
    if start <= first:
        return first
    border = text.find(" ", start, start + 60)
    return border + 1 if border >= 0 else start


def _beside(document: Document, block: Block, last: bool) -> Piece:
    words = block.span
    if len(words) <= MARGIN:
        return Piece(tuple(runs(document.text, words)), near=True)
    if last:
        start = _border(document.text, words.end - MARGIN, words.start)
        return Piece(tuple(runs(document.text, Span(start, words.end))), near=True, before=True)
    end = document.text.rfind(" ", words.start, words.start + MARGIN)
    end = end if end > words.start else words.start + MARGIN
    return Piece(tuple(runs(document.text, Span(words.start, end))), near=True, after=True)
