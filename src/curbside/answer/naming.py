"""What a text names: concepts by kind and place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curbside.language.linear import Pattern, linear, quoted
from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind, Mention, Span

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


NOTHING = Named()


class Mentions:
    """Mentions of one document, found by place."""

    def __init__(self, text: str, vocabulary: Vocabulary, spans: Sequence[Span] | None = None) -> None:
        """Find what `text` names, in `spans` alone where they are given."""
        self._text = text
        if spans is None:
            mentions = vocabulary.mentions(text)
        else:
            mentions = [_moved(m, span.start) for span in spans for m in vocabulary.mentions(span.of(text))]
        self._mentions = sorted(mentions, key=lambda mention: mention.span.start)
        self._starts = [mention.span.start for mention in self._mentions]
        self._treated: dict[int, bool] = {}

    def within(self, *spans: Span) -> Named:
        """Return what the spans name."""
        drugs: set[str] = set()
        classes: set[str] = set()
        conditions: set[str] = set()
        procedures: set[str] = set()
        treated: set[str] = set()
        named = (drugs, classes, conditions, procedures, treated)
        for span in spans:
            for mention in self.listed(span):
                kind = mention.kind
                if kind is ConceptKind.CONDITION:
                    conditions.add(mention.concept)
                    if self._is_treated(mention.span.start):
                        treated.add(mention.concept)
                elif kind is ConceptKind.DRUG:
                    drugs.add(mention.concept)
                elif kind is ConceptKind.DRUG_CLASS:
                    classes.add(mention.concept)
                else:
                    procedures.add(mention.concept)
        return Named(*map(frozenset, named)) if any(named) else NOTHING

    def _is_treated(self, start: int) -> bool:
        known = self._treated.get(start)
        if known is None:
            before = self._text[max(0, start - 60) : start]
            known = TREATED_BEFORE.search(before) is not None and RISK_BEFORE.search(before) is None
            self._treated[start] = known
        return known

    def topic(self, span: Span, top: Named) -> frozenset[str]:
        """Concepts that a passage is about: those over it, in its first words, or named more than once."""
        counted = Counter(mention.concept for mention in self.listed(span))
        first = Span(span.start, min(span.end, span.start + FIRST_WORDS))
        opening = {mention.concept for mention in self.listed(first)}
        often = {concept for concept, times in counted.items() if times > 1}
        return top.conditions | top.treatments | top.classes | opening | often

    def listed(self, span: Span) -> Sequence[Mention]:
        """Return the mentions that begin in `span`, in order."""
        low, high = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end - 1)
        return self._mentions[low:high]


def _moved(mention: Mention, by: int) -> Mention:
    return Mention(mention.span.moved(by), mention.concept, mention.kind)


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
