"""A document's sentences, each with what it is about: the drugs and conditions it names or carries on from before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curbside.language.design import design_of
from curbside.language.linear import linear
from curbside.language.sentences import sentences
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    EVIDENCE_ROLES,
    Block,
    BlockKind,
    Category,
    ConceptKind,
    Document,
    DocumentKind,
    EvidenceKind,
    Holding,
    Mention,
    Part,
    PartRole,
    Span,
)

LONG = 20_000
"""A document longer than this many code points is read around its hits and its mentions of what is asked."""
WINDOW = 80
"""Blocks read of a long document at the most; the rest of them are counted, never silently dropped."""

_FIRST_WORDS = 300
"""Code points at the head of a passage whose concepts it is taken to be about."""

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


TREATED_BEFORE = linear(
    r"(?i)\b(?:in|for|against|treat(?:s|ed|ing|ment)?(?: of)?|(?:patients?|children|adults?|those|people|infants?|recipients?) with)"
    r"\s+(?:[\w-]+\s+){0,2}$"
)
"""Words before a condition that make it what is treated, and not a symptom or a harm in passing."""
RISK_BEFORE = linear(r"(?i)\brisks? (?:for|of|in)\s+(?:[\w-]+,?\s+){0,4}$")
"""Words before a condition that make it a harm after all."""


@dataclass(frozen=True, slots=True)
class Named:
    """Concept ids that a stretch of text names, by kind.

    `treated` holds those conditions that stand where what is treated stands ("in psoriasis", "patients with lupus").
    """

    drugs: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    treated: frozenset[str] = frozenset()

    @property
    def treatments(self) -> frozenset[str]:
        """Drugs and procedures."""
        return self.drugs | self.procedures


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may enter an answer.

    Attributes:
        holding: the document it stands in.
        span: the sentence.
        pieces: the spans to be quoted: a lead-in or the sentence before it where it needs them, then itself.
        named: what `pieces` name.
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
    """

    holding: Holding
    span: Span
    pieces: tuple[Span, ...]
    named: Named
    around: tuple[Named, ...]
    scope: Named
    topic: frozenset[str]
    part: Part
    category: Category
    evidence: EvidenceKind
    heading: str
    order: int

    @property
    def document(self) -> Document:
        """The document it stands in."""
        return self.holding.document

    @property
    def words(self) -> str:
        """The quoted words, pieces joined by a blank."""
        return " ".join(piece.of(self.document.text) for piece in self.pieces)


class _Mentions:
    """Mentions of one document, found by place."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = sorted(mentions, key=lambda mention: mention.span.start)
        self._starts = [mention.span.start for mention in self._mentions]

    def within(self, *spans: Span) -> Named:
        kinds: dict[ConceptKind, set[str]] = {kind: set() for kind in ConceptKind}
        treated: set[str] = set()
        for span in spans:
            for mention in self.listed(span):
                kinds[mention.kind].add(mention.concept)
                if mention.kind is ConceptKind.CONDITION and self._is_treated(mention.span.start):
                    treated.add(mention.concept)
        return Named(
            frozenset(kinds[ConceptKind.DRUG]),
            frozenset(kinds[ConceptKind.DRUG_CLASS]),
            frozenset(kinds[ConceptKind.CONDITION]),
            frozenset(kinds[ConceptKind.PROCEDURE]),
            frozenset(treated),
        )

    def _is_treated(self, start: int) -> bool:
        before = self._text[max(0, start - 60) : start]
        return TREATED_BEFORE.search(before) is not None and RISK_BEFORE.search(before) is None

    def topic(self, span: Span, top: Named) -> frozenset[str]:
        """Concepts that a passage is about: those over it, in its first words, or named more than once."""
        counted = Counter(mention.concept for mention in self.listed(span))
        first = Span(span.start, min(span.end, span.start + _FIRST_WORDS))
        opening = {mention.concept for mention in self.listed(first)}
        often = {concept for concept, times in counted.items() if times > 1}
        return top.conditions | top.treatments | top.classes | opening | often

    def listed(self, span: Span) -> Sequence[Mention]:
        low, high = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end - 1)
        return self._mentions[low:high]


def candidates(holding: Holding, wanted: frozenset[str], hit: Span, vocabulary: Vocabulary) -> list[Candidate]:
    """Return the sentences of a document that could be quoted, with what they are about.

    A long document is read only in blocks that name one of the `wanted` concepts or lie in the `hit`.
    """
    document = holding.document
    mentions = _Mentions(document.text, vocabulary.mentions(document.text))
    title = _title_named(document, vocabulary)
    found: list[Candidate] = []
    for index, part in enumerate(document.parts):
        if part.role not in EVIDENCE_ROLES:
            continue
        blocks = [b for b in document.blocks if b.part == index and b.kind in _SPOKEN]
        if len(document.text) > LONG:
            blocks = _near(blocks, mentions, wanted, hit)
        found += _of_part(holding, part, blocks, mentions, _top(document, part, mentions, title), len(found))
    return found


def _near(blocks: list[Block], mentions: _Mentions, wanted: frozenset[str], hit: Span) -> list[Block]:
    scored = [
        (len({m.concept for m in mentions.listed(block.span)} & wanted) + (2 if block.span.meets(hit) else 0), place)
        for place, block in enumerate(blocks)
    ]
    best = sorted((item for item in scored if item[0]), key=lambda item: (-item[0], item[1]))[:WINDOW]
    return [blocks[place] for place in sorted(place for _, place in best)]


def _top(document: Document, part: Part, mentions: _Mentions, title: Named) -> Named:
    """What stands over a part: its title, the document's where it is the main subject, the question it replies to."""
    asked = [other.span for other in document.parts if other.group == part.group and other.role is PartRole.QUESTION]
    over = mentions.within(*asked, *([part.title] if part.title else []))
    return _united(over, title) if part.group == 0 else over


def _title_named(document: Document, vocabulary: Vocabulary) -> Named:
    return _Mentions(document.title, vocabulary.mentions(document.title)).within(Span(0, len(document.title)))


def _of_part(
    holding: Holding, part: Part, blocks: Iterable[Block], mentions: _Mentions, top: Named, order: int
) -> list[Candidate]:
    document = holding.document
    evidence = evidence_of(holding, part)
    whole = mentions.within(part.span)
    topic = mentions.topic(part.span, top)
    lead: Span | None = None
    last: Span | None = None
    found: list[Candidate] = []
    for block in blocks:
        headings = _headings(document, block)
        category = document.sections[block.section].category if block.section >= 0 else Category.NONE
        above = tuple(mentions.within(span) for span in reversed(headings))
        scope = _scope(document, block, mentions, evidence, whole, top)
        spans = _sentences(document, block.span)
        for place, span in enumerate(spans):
            is_item = block.kind is BlockKind.ITEM
            before = spans[place - 1] if place else _next_to(document.text, last, span)
            pieces = _pieces(document.text, span, before, lead if is_item and place == 0 else None)
            around = (mentions.within(*spans[max(0, place - 3) : place]), *above, top)
            found.append(
                Candidate(
                    holding,
                    span,
                    pieces,
                    mentions.within(*pieces),
                    around,
                    scope,
                    topic,
                    part,
                    category,
                    evidence,
                    " / ".join(heading.of(document.text) for heading in headings),
                    order + len(found),
                )
            )
        last = spans[-1] if spans and block.kind is not BlockKind.ITEM else None
        if block.kind is not BlockKind.ITEM:
            lead = spans[-1] if spans and spans[-1].of(document.text).rstrip().endswith(":") else None
    return [one for one in found if not one.words.rstrip().endswith(":")]


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
    document: Document, block: Block, mentions: _Mentions, evidence: EvidenceKind, whole: Named, top: Named
) -> Named:
    """What the passage is about: the innermost section of a text of many subjects, else the whole part."""
    if evidence not in MULTI_TOPIC or block.section < 0:
        return _united(whole, top)
    section = document.sections[block.section]
    named = mentions.within(section.span, *_headings(document, block))
    return _united(named, top)


def _united(one: Named, other: Named) -> Named:
    return Named(
        one.drugs | other.drugs,
        one.classes | other.classes,
        one.conditions | other.conditions,
        one.procedures | other.procedures,
        one.treated | other.treated,
    )


def evidence_of(holding: Holding, part: Part) -> EvidenceKind:
    """Return the kind of evidence of one part: a page may hold a reply and unsigned text, or several studies."""
    if part.role in _BY_ROLE:
        return _BY_ROLE[part.role]
    if holding.document.kind is DocumentKind.AUTHOR_PAGE:
        # Each abstract on an author's page is a study of its own; its first words stand for a title.
        words = part.span.of(holding.document.text)
        title = part.title.of(holding.document.text) if part.title else ""
        return design_of(title, words).kind
    return holding.profile.evidence
