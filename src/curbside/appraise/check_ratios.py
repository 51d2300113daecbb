"""A ratio or a difference of risks against the two counts that its own sentence gives.

Relative risk, odds ratio and risk difference follow from a/n1 and b/n2 (Altman 1991). What is adjusted, stratified or
weighted need not agree, and is not looked at; of the rest only what no rounding, no order of the arms and no other of
the three measures explains is doubted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from curbside.appraise.sides import Said, check, shown, unit, worth
from curbside.language.counts import Count, counts
from curbside.language.effects import Effect, effects
from curbside.language.linear import linear
from curbside.records import Check, CheckKind, Quote

_OTHERWISE = linear(
    r"(?i)\b(?:adjust\w+|multivari\w+|stratif\w+|weighted|pooled|meta-analy\w+|matched|regression|mantel|logistic|cox"
    r"|propensity|imput\w+|person-years|per (?:100|1000|1,000)|years?'? of|hazards?|model\w*|bayes\w*|mixed|repeated"
    r"|clusters?|gee|per year|incidence rate|interaction|subgroups?|trend|each|every|increase (?:of|in))\b"
)
"""Words of an analysis whose figure is not that of the plain counts."""
_MEASURES = frozenset({"RR", "OR", "RD"})
_NEAR = 1.12  # factor within which a ratio of plain counts, rounded and estimated otherwise, stays
_LEAST = 5  # people in an arm


@dataclass(frozen=True, slots=True)
class _Risk:
    """A share of people, with the bounds that its print leaves open."""

    count: Count
    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def ratios(said: Said) -> Iterator[Check]:
    """Check the one relative risk, odds ratio or risk difference of a sentence against its two shares of people."""
    told = [effect for effect in effects(said.words) if effect.measure]
    if len(told) != 1 or told[0].measure not in _MEASURES or told[0].adjusted or _OTHERWISE.search(said.words):
        return
    effect = told[0]
    risks = _risks(said, effect)
    if len(risks) != 2:
        return
    printed, step = worth(effect.estimate), unit(effect.estimate)
    if printed is None or printed <= 0:
        return
    percent = said.flat[effect.span.start : effect.span.end].find(f"{effect.estimate}%") >= 0
    one, two = risks
    fits, arithmetic = _held(effect.measure, one, two, printed, step, percent)
    start = said.words.find(effect.estimate, effect.span.start)
    quotes: tuple[Quote, ...] = (
        said.quote(start, start + len(effect.estimate)),
        *(said.quote(risk.count.span.start, risk.count.span.end) for risk in risks),
    )
    if fits:
        message = f"The {_NAMES[effect.measure]} follows from the two counts."
        yield check(CheckKind.RATIO, True, quotes, arithmetic, message)
    elif _doubted(effect, one, two, printed, percent):
        message = f"The {_NAMES[effect.measure]} does not follow from the two counts beside it."
        yield check(CheckKind.RATIO, False, quotes, arithmetic, message)


_NAMES = {"RR": "relative risk", "OR": "odds ratio", "RD": "difference of risks"}


def _risks(said: Said, effect: Effect) -> list[_Risk]:
    """Return the shares of a sentence: all counts with their number of all, else all percentages."""
    found = [
        each
        for each in counts(said.words)
        if each.form != "n" and not (effect.span.start <= each.span.start < effect.span.end)
    ]
    whole = [each for each in found if each.k and each.n]
    risks: list[_Risk] = []
    for each in whole if len(whole) == 2 else found:
        k, n, share = worth(each.k), worth(each.n), worth(each.percent)
        if len(whole) == 2 and k is not None and n is not None and n >= _LEAST and 0 <= k <= n:
            risks.append(_Risk(each, k / n, k / n))
        elif len(whole) == 0 and share is not None and each.form in ("percent", "k percent") and 0 < share < 100:
            half = 0.5 * unit(each.percent)
            risks.append(_Risk(each, max(0.0, share - half) / 100, min(100.0, share + half) / 100))
    return risks if len(risks) == len(whole if len(whole) == 2 else found) else []


def _values(measure: str, one: _Risk, two: _Risk) -> list[float]:
    """Return the smallest and the largest that a measure may be, first against second."""
    ends: list[float] = []
    for p in (one.low, one.high):
        for q in (two.low, two.high):
            if measure == "RD":
                ends.append(abs(p - q))
            elif measure == "RR" and q > 0:
                ends.append(p / q)
            elif measure == "OR" and 0 < q < 1 and p < 1:
                ends.append(p / (1 - p) / (q / (1 - q)))
    return ends


def _held(measure: str, one: _Risk, two: _Risk, printed: float, step: float, percent: bool) -> tuple[bool, str]:
    """Return whether a printed measure follows in either order of the arms, and the arithmetic."""
    scale = 100.0 if measure == "RD" and (percent or printed >= 1) else 1.0
    words: list[str] = []
    fits = False
    for first, second in ((one, two), (two, one)):
        ends = [scale * value for value in _values(measure, first, second)]
        if not ends:
            continue
        slack = 0.5 * step + (0.02 * scale if measure == "RD" else 0.0)
        wide = 1.0 if measure == "RD" else _NEAR
        fits = fits or min(ends) / wide - slack <= printed <= max(ends) * wide + slack
        middle = scale * _middle(measure, first, second)
        words.append(f"{_part(measure, first, second)} = {shown(middle)}")
    return fits, "; ".join([*words[: 1 if measure == "RD" else 2], f"printed {shown(printed, 4)}"])


def _middle(measure: str, one: _Risk, two: _Risk) -> float:
    p, q = one.middle, two.middle
    if measure == "RD":
        return abs(p - q)
    return p / q if measure == "RR" else p * (1 - q) / (q * (1 - p))


def _part(measure: str, one: _Risk, two: _Risk) -> str:
    p, q = (_printed(risk) for risk in (one, two))
    return f"{p} - {q}" if measure == "RD" else f"{p} : {q}" if measure == "RR" else f"odds {p} : {q}"


def _printed(risk: _Risk) -> str:
    count = risk.count
    return f"{count.k}/{count.n}" if count.k and count.n else f"{count.percent} %"


def _doubted(effect: Effect, one: _Risk, two: _Risk, printed: float, percent: bool) -> bool:
    """Tell whether nothing explains a measure: its interval leaves the figure out, and no other measure fits."""
    step = unit(effect.estimate)
    if any(_held(other, one, two, printed, step, percent)[0] for other in _MEASURES - {effect.measure}):
        return False
    first, second = (replace(risk, low=1 - risk.high, high=1 - risk.low) for risk in (one, two))
    if effect.measure == "RR" and _held("RR", first, second, printed, step, percent)[0]:
        return False  # of those who were spared the event: 11 % against 16.5 % make 0.94
    reductions = [100 * (1 - value) for value in _either_way("RR", one, two) if value < 1]
    if any(abs(value - printed) <= 2 for value in reductions):
        return False  # a relative reduction, whatever it is called
    low, high = worth(effect.low), worth(effect.high)
    values = _figures(effect, one, two, percent)
    if low is not None and high is not None:
        return low < high and (all(not low <= value <= high for value in values) or not low <= printed <= high)
    return all(not 0.6 <= printed / value <= 1.67 for value in values if value)


def _figures(effect: Effect, one: _Risk, two: _Risk, percent: bool) -> Sequence[float]:
    scale = 100.0 if effect.measure == "RD" and (percent or (worth(effect.estimate) or 0) >= 1) else 1.0
    return [scale * value for value in _either_way(effect.measure, one, two)]


def _either_way(measure: str, one: _Risk, two: _Risk) -> list[float]:
    """Return a measure of first against second and of second against first, where it is one."""
    return [_middle(measure, *pair) for pair in ((one, two), (two, one)) if _values(measure, *pair)]
