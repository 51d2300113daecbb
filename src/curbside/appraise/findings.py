"""Two findings held against each other by their figures: same direction or not, intervals overlapping or not.

Figures are compared as the sources print them. Overlap of two intervals is no test of their difference (Schenker and
Gentleman 2001): it is shown beside a stance, and decides nothing.
"""

from __future__ import annotations

from curbside.appraise.intervals import wilson
from curbside.language.words import content_words
from curbside.records.appraisal import Interval
from curbside.records.citation import FindingsCompared
from curbside.records.fact import Count, Effect, Fact

RATIOS = frozenset({"HR", "OR", "RR", "IRR"})
"""Measures whose value of no effect is 1."""

DIFFERENCES = frozenset({"RD", "MD", "SMD"})
"""Measures whose value of no effect is 0."""

_MINUS = str.maketrans({"−": "-", "–": "-", "·": ".", ",": "", "\u2009": "", " ": ""})


def compared(one: Fact, two: Fact) -> FindingsCompared:
    """Return how the figures of two findings stand to each other.

    Effects are compared where the measure is the same, counts by their shares with Wilson's interval; findings about
    different drugs or conditions, outcomes or time points are not compared at all, and `why_not` says so.
    """
    why = _strangers(one, two)
    if why:
        return FindingsCompared(why_not=why, words=f"Could not compare: {why}.")
    if isinstance(one.value, Effect) and isinstance(two.value, Effect):
        return _effects(one.value, two.value)
    if isinstance(one.value, Count) and isinstance(two.value, Count):
        return _counts(one.value, two.value)
    if one.value is None or two.value is None:
        return _not("one of them is not stated")
    kinds = {type(one.value), type(two.value)}
    return _not(
        "one is an effect and the other a count" if kinds == {Effect, Count} else "one is neither effect nor count"
    )


def _not(why: str) -> FindingsCompared:
    return FindingsCompared(why_not=why, words=f"Could not compare: {why}.")


def _strangers(one: Fact, two: Fact) -> str:
    if one.about and two.about and not set(one.about) & set(two.about):
        return "they are about different drugs or conditions"
    first, second = (_outcome(fact) for fact in (one, two))
    if first and second and not set(content_words(first)) & set(content_words(second)):
        return f'the outcomes differ ("{first}", "{second}")'
    return ""


def _outcome(fact: Fact) -> str:
    return fact.outcome or (fact.value.outcome if isinstance(fact.value, Effect) else "")


def _effects(one: Effect, two: Effect) -> FindingsCompared:
    if one.measure != two.measure:
        return _not(f"{one.measure} and {two.measure} are not on one scale")
    if one.measure not in RATIOS | DIFFERENCES:
        return _not(f"what no effect would be is not known of {one.measure}")
    first, second = _number(one.estimate), _number(two.estimate)
    if first is None or second is None:
        return _not("an estimate is no number")
    none = 1.0 if one.measure in RATIOS else 0.0
    same = None if none in (first, second) else (first < none) == (second < none)
    ours, theirs = _printed(one), _printed(two)
    if ours is None or theirs is None:
        overlap, doubt = None, "no interval is printed with one of them"
    elif one.level and two.level and _number(one.level) != _number(two.level):
        overlap, doubt = None, f"the intervals are of different levels ({one.level} % and {two.level} %)"
    else:
        overlap, doubt = _overlap(ours, theirs), ""
    way = "no direction, one of them being the value of no effect" if same is None else _WAYS[same]
    words = f"{_effect_words(one)} and {_effect_words(two)}: {way}; {_overlap_words(overlap, doubt)}."
    return FindingsCompared(same, overlap, doubt, words)


_WAYS = {True: "same direction", False: "opposite directions"}


def _effect_words(effect: Effect) -> str:
    bounds = f" ({effect.low} to {effect.high})" if effect.low and effect.high else ""
    return f"{effect.measure} {effect.estimate}{bounds}"


def _printed(effect: Effect) -> tuple[float, float] | None:
    low, high = _number(effect.low), _number(effect.high)
    return (low, high) if low is not None and high is not None and low <= high else None


def _overlap(one: tuple[float, float], two: tuple[float, float]) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _overlap_words(overlap: bool | None, doubt: str) -> str:
    return f"overlap not known: {doubt}" if overlap is None else "intervals overlap" if overlap else "intervals apart"


def _counts(one: Count, two: Count) -> FindingsCompared:
    if one.time and two.time and one.time != two.time:
        return _not(f"they are of different time points ({one.time}, {two.time})")
    first, second = _share(one), _share(two)
    if first is None or second is None:
        return _not("how many of how many is not printed with one of them")
    overlap = _overlap((first[1].low, first[1].high), (second[1].low, second[1].high))
    words = f"{first[0]} and {second[0]} (95 % intervals by Wilson): {_overlap_words(overlap, '')}."
    return FindingsCompared(None, overlap, "", words)


def _share(count: Count) -> tuple[str, Interval] | None:
    """Return a count in words and its interval, None where k or n is missing or they cannot be."""
    k, n = _number(count.k), _number(count.n)
    if k is None or n is None or k != int(k) or n != int(n) or not 0 <= k <= n or n < 1:
        return None
    return f"{int(k)} of {int(n)} ({100 * k / n:.0f} %)", wilson(int(k), int(n))


def _number(printed: str) -> float | None:
    """Return a number as printed, None where it is none or not finite."""
    try:
        value = float(printed.translate(_MINUS).rstrip("%"))
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None
