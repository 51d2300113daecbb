"""Whose value it is: labels of a table or names in a sentence against the two arms of a comparison."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.extract.terms import Lexicon, has, terms
from curbside.language.linear import linear
from curbside.language.words import listed

_PLAIN = listed(
    "control placebo sham usual standard conventional routine without no non untreated waitlist waiting vehicle "
    "comparator tau none nonintervention unexposed exposed"
)
_CONTROL = linear(
    r"(?i)\b(?:controls?|placebo|placbeo|sham|usual|standard|conventional|routine|without|no|non|untreated|"
    r"wait|vehicle|"
    r"comparator|comparison|tau|non-?exposed|not|[a-z]{3,12}less)\b"
)
_ACTIVE = linear(
    r"(?i)\b(?:interventions?|experimental|treatment|treated|active|training|study|test|trial|program(?:me)?|exposed)\b"
)
_BEFORE = linear(
    r"(?i)\b(?:baseline|pre|before|initial|prior|pretest|pre-?treatment|t0|preoperative)\b|^pre-|(?:week|day|"
    r"month)s? ?0\b|^0 "
)
_AFTER = linear(r"(?i)\b(?:post|after|end|final|follow|later)\b|^post-")


def is_control(words: str) -> bool:
    """Tell whether words name an arm that gets nothing new: control, placebo, usual care."""
    return _CONTROL.search(words) is not None


def is_active(words: str) -> bool:
    """Tell whether words name an arm only as the one that is tried: intervention, experimental."""
    return _ACTIVE.search(words) is not None and not is_control(words)


def is_before(words: str) -> bool:
    """Tell whether words name the time before treatment."""
    return _BEFORE.search(words) is not None


@dataclass(frozen=True, slots=True)
class Sides:
    """Two arms to tell apart, with the words that only one of them has.

    Attributes:
        intervention, comparator: as asked.
        own, other: terms that only the intervention, only the comparator is named by.
        both: terms of both.
        times: whether the comparator is the same arm at another time.
    """

    intervention: str
    comparator: str
    own: tuple[str, ...]
    other: tuple[str, ...]
    both: frozenset[str]
    times: bool

    @classmethod
    def of(cls, intervention: str, comparator: str, lexicon: Lexicon) -> Sides:
        """Return the two sides of a comparison in an article."""
        first, second = terms(intervention), terms(comparator)
        wide_first, wide_second = lexicon.widened(intervention), lexicon.widened(comparator)
        own = tuple(dict.fromkeys(term for term in first if not has(term, wide_second)))
        other = tuple(dict.fromkeys(term for term in second if not has(term, wide_first)))
        times = is_before(comparator) and not is_control(comparator) and len(second) <= 3
        return cls(intervention, comparator, own, other, wide_first & wide_second, times)

    def fit(self, first: str, second: str, lexicon: Lexicon) -> float:
        """Return how well `first` names the intervention and `second` the comparator, from -2 to 2."""
        one, two = lexicon.widened(first), lexicon.widened(second)
        score = self._one(self.own, self.other, one, two, lexicon) + self._one(self.other, self.own, two, one, lexicon)
        return score + self._general(first, second, score)

    def _one(
        self,
        mine: tuple[str, ...],
        theirs: tuple[str, ...],
        label: frozenset[str],
        across: frozenset[str],
        lexicon: Lexicon,
    ) -> float:
        """Return how much of `mine` a label has that the label across has not, less the same of `theirs`."""
        told = label - across
        if not told:
            return 0.0
        gain = lexicon.covered(mine, told) if mine else 0.0
        loss = lexicon.covered(theirs, told) if theirs else 0.0
        said = lexicon.covered(sorted(told), frozenset(mine)) if mine else 0.0
        return gain * 0.7 + said * 0.3 - loss

    def _general(self, first: str, second: str, direct: float) -> float:
        """Read labels that name no treatment: intervention and control, placebo, without."""
        one, two = is_control(first), is_control(second)
        asked_one, asked_two = is_control(self.intervention), is_control(self.comparator)
        if one == two:
            return 0.0
        if two and not one:
            if asked_two and not asked_one:
                return 0.6
            return 0.25 if not asked_one and is_active(first) else 0.1 if not asked_one else -0.3
        if asked_one and not asked_two:
            return 0.6
        return -0.5 if asked_two else -0.25


def shares(sides: Sides, labels: frozenset[str], lexicon: Lexicon) -> float:
    """Return how much of what both arms are called stands in the labels that both values share."""
    return lexicon.covered(sides.both, labels) if sides.both else 0.0
