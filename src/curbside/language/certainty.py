"""How sure a sentence is, with the words that decide it, and whether one sentence is surer than another.

Kinds follow Light et al. (BioLINK 2004) and Hyland (1998) for hedges, and what clinical texts put in their place: a
mixed picture, a single case, an expert's opinion, a stated level of evidence. A sentence may hold several; `doubts`
tells all of them, `read` the one that weighs most.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from curbside.language.cues import Cue, hedges, negations
from curbside.language.words import flat
from curbside.records import Span


class Sureness(StrEnum):
    """How sure a sentence is, from what weighs most in a reader's mind to what weighs least."""

    MIXED = "mixed"
    LEVEL = "level stated"
    CASE = "single case"
    HEDGED = "hedged"
    OPINION = "expert opinion"
    NEGATED = "negated"
    ASSERTED = "asserted"


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure a sentence is.

    Attributes:
        kind: what it is called.
        cues: the spans that decided it, in order; none where it is asserted.
    """

    kind: Sureness
    cues: tuple[Span, ...]


_KIND = {
    "mixed": Sureness.MIXED,
    "level": Sureness.LEVEL,
    "case": Sureness.CASE,
    "modal": Sureness.HEDGED,
    "probability": Sureness.HEDGED,
    "evidence": Sureness.HEDGED,
    "need": Sureness.HEDGED,
    "opinion": Sureness.OPINION,
}
"""Kind of hedge -> what a sentence is called for it; approximators and quantifiers leave it asserted."""

_EXPERTS = ("expert opinion", "consensus", "good practice")
_TIES = frozenset({"be", "to", "that", "it", "have", "also", "well"})
"""Words between two hedges that still make one doubt ("may possibly", "appears to be likely")."""

_UNLIKELY = "unlikely"


def read(text: str) -> Certainty:
    """Return how sure a sentence is: the first kind of `Sureness` that a cue speaks for. Linear in the text."""
    found = [(kind, cue) for cue in hedges(text) if (kind := _kind(cue)) is not None]
    for kind in Sureness:
        spans = tuple(cue.span for other, cue in found if other is kind)
        if spans:
            return Certainty(kind, spans)
    denied = tuple(cue.span for cue in negations(text))
    return Certainty(Sureness.NEGATED if denied else Sureness.ASSERTED, denied)


def _kind(cue: Cue) -> Sureness | None:
    if cue.kind == "level" and any(each in cue.words for each in _EXPERTS):
        return Sureness.OPINION
    return _KIND.get(cue.kind)


def doubts(text: str) -> Counter[str]:
    """Return how often a text doubts, by kind; neighbouring words of one kind are one, a level counts as it reads.

    "Unlikely" is a kind of its own, for it turns what it hedges.
    """
    counted: Counter[str] = Counter()
    low = flat(text)
    last: dict[str, int] = {}
    for cue in hedges(text):
        kind = _kind(cue)
        if kind is None:
            continue
        name = str(kind)
        if kind is Sureness.LEVEL:
            name = f"{kind}: {cue.words.replace('-', ' ')}"
        elif _UNLIKELY in cue.words:
            name = _UNLIKELY
        near = name in last and _TIES.issuperset(low[last[name] : cue.span.start].split())
        counted[name] += not near
        last[name] = cue.span.end
    return counted


def lost(said: str, held: str) -> tuple[str, ...]:
    """Return the kinds of doubt of `held` that `said` lacks, in order: where there are any, it is surer than that.

    A doubt may be told in other words of its kind ("may", "could possibly"), and one of mixed evidence, of a single
    case or of a level is never told by a mere "may".
    """
    mine, theirs = doubts(said), doubts(held)
    return tuple(sorted((theirs - mine).elements()))
