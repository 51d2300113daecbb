"""What a text names: concepts by kind and place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from curbside.language.linear import Pattern, linear, quoted
from curbside.language.vocabulary import Vocabulary
from curbside.language.vocabulary_rows import KINDS
from curbside.records import ConceptKind, Document, Profile, Span

FIRST_WORDS = 300
"""Code points at the head of a passage whose concepts it is taken to be about."""
_NAMES = 400
"""Names looked for in a long document at the most, the longest first."""
TREATED_BEFORE = linear(
    r"(?i)\b(?:in|for|against|treat(?:s|ed|ing|ment)?(?: of)?"
    r"|(?:patients?|children|adults?|those|people|infants?|recipients?) with)"
    r"\s+(?:[\w-]+\s+){0,2}$"
)
"""Words before a condition that make it what is treated, and not a symptom or a harm in passing."""
RISK_BEFORE = linear(r"(?i)\brisks? (?:for|of|in)\s+(?:[\w-]+,?\s+){0,4}$")
"""Words before a condition that make it a harm after all."""


_DEFINED = linear(r"\(([A-Z][A-Za-z0-9/-]{1,9})\)")
"""An abbreviation in brackets, as it stands where it is defined."""
_LONG_FORM = 90
"""Code points before it in which its long form ends."""
_BREAK = "\n\n"


class Named(msgspec.Struct, frozen=True):
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
        return self.drugs | self.procedures if self.procedures else self.drugs


NOTHING = Named()


class Mentions:
    """Mentions of one document, found by place."""

    def __init__(self, text: str, starts: Sequence[int], concepts: Sequence[str]) -> None:
        """Take where `text` names concepts, in order, and the concept that it names at each place."""
        self._text = text
        self._starts, self._concepts = starts, concepts
        self._treated: dict[int, bool] = {}

    @staticmethod
    def read(text: str, vocabulary: Vocabulary, spans: Sequence[Span] | None = None) -> Mentions:
        """Find what `text` names, in `spans` alone where they are given."""
        if spans is None:
            found = [(mention.span.start, mention.concept) for mention in vocabulary.mentions(text)]
        else:
            found = _in_pieces(text, vocabulary, spans)
        found.sort(key=lambda each: each[0])
        return Mentions(text, [start for start, _ in found], [concept for _, concept in found])

    @staticmethod
    def of(document: Document, profile: Profile, vocabulary: Vocabulary) -> Mentions:
        """Return what the text of a document names: as its profile says, read again where that does not."""
        if not profile.places:
            return Mentions.read(document.text, vocabulary)
        starts: list[int] = []
        at = 0
        places = iter(profile.places)
        for gap, length in zip(places, places):
            starts.append(at + gap)
            at += gap + length
        return Mentions(document.text, starts, profile.named)

    def within(self, *spans: Span) -> Named:
        """Return what the spans name."""
        places = [place for span in spans for place in range(*self._range(span))]
        if not places:
            return NOTHING
        drugs: set[str] = set()
        classes: set[str] = set()
        conditions: set[str] = set()
        procedures: set[str] = set()
        treated: set[str] = set()
        starts, concepts = self._starts, self._concepts
        for place in places:
            concept = concepts[place]
            kind = KINDS[concept[0]]
            if kind is ConceptKind.CONDITION:
                conditions.add(concept)
                if self._is_treated(starts[place]):
                    treated.add(concept)
            elif kind is ConceptKind.DRUG:
                drugs.add(concept)
            elif kind is ConceptKind.DRUG_CLASS:
                classes.add(concept)
            else:
                procedures.add(concept)
        return Named(*map(frozenset, (drugs, classes, conditions, procedures, treated)))

    def _is_treated(self, start: int) -> bool:
        known = self._treated.get(start)
        if known is None:
            before = self._text[max(0, start - 60) : start]
            known = TREATED_BEFORE.search(before) is not None and RISK_BEFORE.search(before) is None
            self._treated[start] = known
        return known

    def topic(self, span: Span, top: Named) -> frozenset[str]:
        """Concepts that a passage is about: those over it, in its first words, or named more than once."""
        counted = Counter(self.listed(span))
        opening = self.listed(Span(span.start, min(span.end, span.start + FIRST_WORDS)))
        often = {concept for concept, times in counted.items() if times > 1}
        return top.conditions.union(top.treatments, top.classes, opening, often)

    def listed(self, span: Span) -> Sequence[str]:
        """Return the concepts whose mentions begin in `span`, in order, repeats kept."""
        low, high = self._range(span)
        return self._concepts[low:high]

    def _range(self, span: Span) -> tuple[int, int]:
        low = bisect_left(self._starts, span.start)
        return low, bisect_left(self._starts, span.end, low)


def _in_pieces(text: str, vocabulary: Vocabulary, spans: Sequence[Span]) -> list[tuple[int, str]]:
    """Where pieces of a text name concepts; abbreviations that it defines anywhere in it are followed.

    The definitions of those that stand in the pieces are read before them, as one text with them.
    """
    pieces = [span.of(text) for span in spans]
    together = _BREAK.join(pieces)
    defined: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        short = match.group(1)
        if short not in defined and short in together:
            defined[short] = text[max(0, match.start() - _LONG_FORM) : match.end()]
    head = "".join(f"{words}{_BREAK}" for words in defined.values())
    starts = [len(head)]
    for piece in pieces:
        starts.append(starts[-1] + len(piece) + len(_BREAK))
    found: list[tuple[int, str]] = []
    for mention in vocabulary.mentions(head + together):
        place = bisect_left(starts, mention.span.start + 1) - 1
        if place >= 0:
            found.append((spans[place].start + mention.span.start - starts[place], mention.concept))
    return found


def united(one: Named, other: Named) -> Named:
    """Return what either names."""
    return Named(
        one.drugs | other.drugs,
        one.classes | other.classes,
        one.conditions | other.conditions,
        one.procedures | other.procedures,
        one.treated | other.treated,
    )


def finder(ids: Iterable[str], vocabulary: Vocabulary) -> Pattern | None:
    """Return a pattern of the names of concepts, quick over a long text and looser than `Vocabulary.mentions`."""
    names = {name.lower() for each in ids for name in vocabulary.names(each) if len(name) > 2}
    if not names:
        return None
    chosen = sorted(names, key=lambda name: (-len(name), name))[:_NAMES]
    return linear("(?i)" + "|".join(quoted(name) for name in chosen))
