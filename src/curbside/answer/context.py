"""A document's sentences, each with what it is about: the drugs and conditions it names or carries on from before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from curbside.answer.lists import Opened, beside
from curbside.answer.naming import Mentions, Named, united
from curbside.language.linear import Pattern, linear
from curbside.language.sentences import sentences
from curbside.language.study_kind import study_kind
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    EVIDENCE_ROLES,
    Block,
    BlockKind,
    Category,
    Document,
    DocumentKind,
    EvidenceKind,
    Holding,
    Part,
    PartRole,
    Span,
)

_BARS = 3
"""Bars that make a line the row of a table and no sentence."""
_HEAD = 4_000
"""Code points at the head of a long document that are always read for what it is about."""
LONG = 20_000
"""A document longer than this many code points is read around its hits and its mentions of what is asked."""
_UNDER = 12_000
"""Code points of a section at the most that is read whole because its heading names what is asked."""
_ENTRY = linear(
    r"\bet al\.: |\b[12][0-9]{3}; ?[0-9]+(?: ?\([0-9]+\))?: ?[0-9]|\([0-9 -]+\): [0-9]+-[0-9]+, [12][0-9]{3}|^Cited in:"
)
"""Words of an entry of a list of references, in texts that have them among their paragraphs; each has a colon."""
_REMEMBERED = 512
"""Shorter documents whose sentences are remembered: the next question is often about the same ones."""
WINDOW = 80
"""Blocks read of a long document at the most; the rest of them are counted, never silently dropped."""

_SPOKEN = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.OTHER})
_BY_ROLE: dict[PartRole, EvidenceKind] = {
    PartRole.GUIDELINES: EvidenceKind.SECONDARY,
    PartRole.RESEARCH: EvidenceKind.SECONDARY,
    PartRole.SUMMARY: EvidenceKind.SECONDARY,
    PartRole.REPLY: EvidenceKind.REPLY,
    PartRole.GENERATED: EvidenceKind.GENERATED,
}
MULTI_TOPIC = frozenset(
    {
        EvidenceKind.GUIDELINE,
        EvidenceKind.SUMMARY,
        EvidenceKind.REVIEW,
        EvidenceKind.SYSTEMATIC_REVIEW,
        EvidenceKind.META_ANALYSIS,
        EvidenceKind.SECONDARY,
        EvidenceKind.REPLY,
        EvidenceKind.GENERATED,
        EvidenceKind.OTHER,
    }
)
"""Texts that speak of many subjects: a sentence there is about what it or its surroundings name, not about the title."""

ANAPHOR = linear(
    r"(?i)^(?:however,? |but |therefore,? |thus,? |moreover,? |furthermore,? |in addition,? |importantly,? |additionally,? |also,? |hence,? |nevertheless,? )?"
    r"(?:it|its|they|their|he|she|his|her|this|these|those|both|such|the (?:former|latter|same|drug|medication|study|other|remaining|rest|document)|one (?:of them|patient|of these)|another|others|none|all (?:of them|three|four|these|those)|of (?:these|those|them)|among (?:these|them|those)|in (?:this|these|those|one|the) (?:group|patients?|cases?|study|setting)|similarly|likewise|conversely|in contrast)\b"
)


class Candidate(msgspec.Struct, frozen=True):
    """A sentence that may enter an answer.

    Attributes:
        holding: the document it stands in.
        span: the sentence.
        pieces: the spans to be quoted: a lead-in or the sentence before it where it needs them, then itself.
        named: what `pieces` name.
        itself: what the sentence alone names.
        around: what its surroundings name, nearest first: the sentences before it in its block, the headings above it,
            the part's title.
        scope: everything that the passage names which the sentence belongs to (the part; in a text of many subjects
            the section).
        topic: what the passage is about: named in its title, in its first words, or more than once.
        part: the part it stands in.
        category: what its section does.
        evidence: kind of evidence of the passage.
        heading: the headings above it, outermost first, as one line.
        order: position among the document's sentences.
        own: the words of the sentence itself, without what is quoted before it.
        words: the quoted words, `pieces` joined by a blank.
        leans: whether the first of `pieces` tells of the study whose result the sentence, an item of a list, is.
    """

    holding: Holding
    span: Span
    pieces: tuple[Span, ...]
    named: Named
    itself: Named
    around: tuple[Named, ...]
    scope: Named
    topic: frozenset[str]
    part: Part
    category: Category
    evidence: EvidenceKind
    heading: str
    order: int
    own: str
    words: str
    leans: bool = False

    @property
    def document(self) -> Document:
        """The document it stands in."""
        return self.holding.document


def candidates(holding: Holding, wanted: Pattern | None, hit: Span, vocabulary: Vocabulary) -> list[Candidate]:
    """Return the sentences of a document that could be quoted, with what they are about.

    A long document is read only in the blocks where `wanted` is found and in the `hit`.
    """
    if len(holding.document.text) <= LONG:
        return list(_read_whole(_Reading(holding, vocabulary)))
    spoken = _near(holding.document, _spoken(holding.document), wanted, hit)
    mentions = Mentions.read(holding.document.text, vocabulary, _pieces_read(holding.document, spoken))
    return _of_blocks(holding, spoken, mentions, vocabulary)


def can_be_quoted(holding: Holding, wanted: Pattern | None, hit: Span, vocabulary: Vocabulary) -> bool:
    """Tell whether a document has candidates at all; reads no more of it than that takes."""
    document = holding.document
    if len(document.text) > LONG:
        return bool(candidates(holding, wanted, hit, vocabulary))
    blocks = (block for block in _spoken(document) if block.part >= 0)
    return any(_quotable(span.of(document.text)) for block in blocks for span in _sentences(document, block.span))


def _quotable(words: str) -> bool:
    """Whether a sentence says something by itself: it leads in no list, and is no row of a table, nor a reference."""
    if words.count("|") >= _BARS:
        return False
    return ":" not in words or not (words.rstrip().endswith(":") or _ENTRY.search(words))


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """A document to be read whole; found again by its id, and equal where all that is held of it is."""

    holding: Holding
    vocabulary: Vocabulary

    def __hash__(self) -> int:
        return hash(self.holding.document.id)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Reading):
            return NotImplemented
        return self.vocabulary is other.vocabulary and self.holding == other.holding


@lru_cache(maxsize=_REMEMBERED)
def _read_whole(reading: _Reading) -> tuple[Candidate, ...]:
    document = reading.holding.document
    mentions = Mentions.of(document, reading.holding.profile, reading.vocabulary)
    return tuple(_of_blocks(reading.holding, _spoken(document), mentions, reading.vocabulary))


def _spoken(document: Document) -> list[Block]:
    return [
        block
        for block in document.blocks
        if block.kind in _SPOKEN and document.parts[block.part].role in EVIDENCE_ROLES
    ]


def _of_blocks(
    holding: Holding, spoken: Sequence[Block], mentions: Mentions, vocabulary: Vocabulary
) -> list[Candidate]:
    document = holding.document
    title = Mentions.read(document.title, vocabulary).within(Span(0, len(document.title)))
    found: list[Candidate] = []
    for index, part in enumerate(document.parts):
        blocks = [block for block in spoken if block.part == index]
        if blocks:
            found += _of_part(holding, part, blocks, mentions, _top(document, part, mentions, title), len(found))
    return found


def _near(document: Document, blocks: Sequence[Block], wanted: Pattern | None, hit: Span) -> list[Block]:
    """The blocks in which what is wanted is named most, those under a heading that names it, and those of the hit."""
    text = document.text
    starts = [block.span.start for block in blocks]
    counted: Counter[int] = Counter()
    for match in wanted.finditer(text) if wanted is not None else ():
        place = bisect_right(starts, match.start()) - 1
        if place >= 0 and match.end() <= blocks[place].span.end:
            counted[place] += 1
    for section in document.sections:
        heading = section.heading
        if heading is None or wanted is None or len(section.span) > _UNDER or wanted.search(heading.of(text)) is None:
            continue
        low, high = bisect_left(starts, heading.end), bisect_left(starts, section.span.end)
        counted.update(dict.fromkeys(range(low, high), 2))
    counted.update({place: 2 for place, block in enumerate(blocks) if block.span.meets(hit)})
    counted.update(set(beside(text, blocks, sorted(counted))))
    best = sorted(counted, key=lambda place: (-counted[place], place))[:WINDOW]
    return [blocks[place] for place in sorted(best)]


def _pieces_read(document: Document, blocks: Sequence[Block]) -> list[Span]:
    """The spans of a long document in which concepts are looked for: the blocks, their headings, the head of the text."""
    head = Span(0, min(_HEAD, len(document.text)))
    headings = {heading for block in blocks for heading in _headings(document, block)}
    outside = [span for span in (*headings, *(block.span for block in blocks)) if span.start >= head.end]
    return [head, *sorted(outside)]


def _top(document: Document, part: Part, mentions: Mentions, title: Named) -> Named:
    """What stands over a part: its title, the document's where it is the main subject, the question it replies to."""
    asked = [other.span for other in document.parts if other.group == part.group and other.role is PartRole.QUESTION]
    over = mentions.within(*asked, *([part.title] if part.title else []))
    return united(over, title) if part.group == 0 else over


def _of_part(
    holding: Holding, part: Part, blocks: Iterable[Block], mentions: Mentions, top: Named, order: int
) -> list[Candidate]:
    document = holding.document
    evidence = evidence_of(holding, part)
    whole = mentions.within(part.span)
    topic = mentions.topic(part.span, top)
    lead: Span | None = None
    last: Span | None = None
    opened = Opened(document.text, mentions)
    found: list[Candidate] = []
    for block in blocks:
        headings = _headings(document, block)
        category = document.sections[block.section].category if block.section >= 0 else Category.NONE
        above = tuple(mentions.within(span) for span in reversed(headings))
        scope = _scope(document, block, mentions, evidence, whole, top)
        spans = _sentences(document, block.span)
        study = opened.over(block, spans)
        is_item = block.kind is BlockKind.ITEM
        heading = " / ".join(each.of(document.text) for each in headings)
        for place, span in enumerate(spans):
            own = span.of(document.text)
            if not _quotable(own):
                continue
            before = spans[place - 1] if place else _next_to(document.text, last, span)
            leads = study or (lead if place == 0 else None)
            pieces = _pieces(document.text, span, before, leads if is_item else None)
            before_it = mentions.within(*spans[max(0, place - 3) : place])
            itself = mentions.within(span)
            led = (mentions.within(lead),) if is_item and lead is not None else ()
            around = (before_it, *led, *above, top)
            found.append(
                Candidate(
                    holding,
                    span,
                    pieces,
                    mentions.within(*pieces) if len(pieces) > 1 else itself,
                    itself,
                    around,
                    scope,
                    topic,
                    part,
                    category,
                    evidence,
                    heading,
                    order + len(found),
                    own,
                    own if pieces == (span,) else " ".join(piece.of(document.text) for piece in pieces),
                    study is not None,
                )
            )
        last = spans[-1] if spans and not is_item else None
        if not is_item:
            lead = spans[-1] if spans and spans[-1].of(document.text).rstrip().endswith(":") else None
    return found


def _next_to(text: str, last: Span | None, span: Span) -> Span | None:
    """The last sentence of the block before, where only white space parts them."""
    return last if last is not None and not text[last.end : span.start].strip() else None


def _sentences(document: Document, span: Span) -> list[Span]:
    glued = [m.span.end for m in document.markers_in(span) if m.superscript]
    return sentences(document.text, span.start, span.end, glued)


def _pieces(text: str, span: Span, before: Span | None, lead: Span | None) -> tuple[Span, ...]:
    if lead is not None:
        return (lead, span)
    if before is not None and ANAPHOR.search(span.of(text)) and len(before) + len(span) < 600:
        return (before, span)
    return (span,)


def _headings(document: Document, block: Block) -> list[Span]:
    """Spans of the headings above a block, outermost first."""
    return [
        section.heading
        for section in document.sections_over(block.span)
        if section.heading is not None and section.heading.end <= block.span.start
    ]


def _scope(
    document: Document, block: Block, mentions: Mentions, evidence: EvidenceKind, whole: Named, top: Named
) -> Named:
    """What the passage is about: the innermost section of a text of many subjects, else the whole part."""
    if evidence not in MULTI_TOPIC or block.section < 0:
        return united(whole, top)
    section = document.sections[block.section]
    named = mentions.within(section.span, *_headings(document, block))
    return united(named, top)


def evidence_of(holding: Holding, part: Part) -> EvidenceKind:
    """Return the kind of evidence of one part: a page may hold a reply and unsigned text, or several studies."""
    if part.role in _BY_ROLE:
        return _BY_ROLE[part.role]
    if holding.document.kind is DocumentKind.AUTHOR_PAGE:
        # Each abstract on an author's page is a study of its own; its first words stand for a title.
        words = part.span.of(holding.document.text)
        title = part.title.of(holding.document.text) if part.title else ""
        return study_kind(title, words).kind
    return holding.profile.evidence
