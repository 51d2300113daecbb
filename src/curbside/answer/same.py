"""Whether another source says what a sentence says: then it is cited beside it, and the thing is said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from curbside.answer.ranking import Scored
from curbside.language.cues import hedges, negations
from curbside.language.numbers import numbers
from curbside.language.support_reading import leaning, paired

HELD = 0.8
"""Share of a sentence's content words that another must hold to say the same, where both give no numbers."""
HELD_NUMBERED = 0.6
"""Likewise where both give the same numbers, which say more than words."""
_LEAST = 4
_NEARLY = 0.7


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says, as far as two can be held against each other.

    Attributes:
        numbers: as printed, citations left out.
        denials, doubts: how many words deny or doubt.
        leans: whether it leans to what is welcome (above 0) or unwelcome (below 0).
    """

    numbers: frozenset[str]
    denials: int
    doubts: frozenset[str]
    leans: int


@lru_cache(maxsize=4_096)
def said(words: str) -> Said:
    """Read a sentence for what it says; remembered, since it is held against many."""
    return Said(
        frozenset(number.printed for number in numbers(words) if number.form != "citation"),
        len(negations(words)),
        frozenset(cue.words.lower() for cue in hedges(words)),
        leaning(paired(words, "", {}).claim.turned)[1],
    )


def near_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sentences are nearly the same words: a Jaccard index of 0.7 or more on content words."""
    return len(one & other) >= _NEARLY * len(one | other)


def says_same(shown: Scored, other: Scored) -> bool:
    """Tell whether `other` says all that `shown` says: its words, its numbers, of the same drugs and conditions.

    It may say more, but must not deny what is not denied, doubt what is not doubted, or lean the other way.
    """
    mine, theirs = shown.candidate.named, other.candidate.named
    if (
        len(shown.terms) < _LEAST
        or not mine.treatments <= theirs.treatments
        or not mine.conditions <= theirs.conditions
    ):
        return False
    held = len(shown.terms & other.terms) / len(shown.terms)
    if held < HELD_NUMBERED:
        return False
    one, two = said(shown.candidate.words), said(other.candidate.words)
    if held < (HELD_NUMBERED if one.numbers else HELD):
        return False
    return (
        one.numbers <= two.numbers
        and one.denials == two.denials
        and two.doubts <= one.doubts
        and one.leans * two.leans >= 0
    )


def turned(one: Scored, other: Scored) -> bool:
    """Tell whether two sentences of nearly the same words say different things: other numbers, a denial, a turn."""
    mine, theirs = said(one.candidate.words), said(other.candidate.words)
    return mine.numbers != theirs.numbers or mine.denials != theirs.denials or mine.leans * theirs.leans < 0


def further(shown: Scored, pool: Iterable[Scored], taken: Sequence[str], most: int) -> list[Scored]:
    """Return sentences of other works that say the same, one a work, best first; `taken` are works cited already."""
    works = set(taken)
    found: list[Scored] = []
    for other in pool:
        if len(found) >= most:
            break
        work = other.candidate.holding.work
        if work not in works and says_same(shown, other):
            works.add(work)
            found.append(other)
    return found
