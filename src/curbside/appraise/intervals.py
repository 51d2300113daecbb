"""Intervals beside counts, so that ten of thirteen is not read as seventy-seven of a hundred.

Sources: Wilson 1927 (score interval); Clopper and Pearson 1934 (exact); Newcombe 1998 (difference of proportions,
method 10); Katz 1978 (ratio of risks); Woolf 1955 (odds ratio); Hanley and Lippman-Hand 1983 (rule of three).
"""

from __future__ import annotations

import math

from curbside.appraise.distributions import beta_quantile, normal_quantile
from curbside.records import Interval, TwoArms

LEVEL = 0.95


def wilson(k: int, n: int, level: float = LEVEL) -> Interval:
    """Return Wilson's score interval of a proportion, as shares from 0 to 1.

    Raises:
        ValueError: unless 0 <= k <= n, n >= 1 and 0 < level < 1.
    """
    z = _z(k, n, level)
    p, z2 = k / n, z * z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return Interval(low, high, level, "Wilson 1927")


def clopper_pearson(k: int, n: int, level: float = LEVEL) -> Interval:
    """Return the exact interval of a proportion, as shares from 0 to 1.

    Raises:
        ValueError: as `wilson`.
    """
    _z(k, n, level)
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else beta_quantile(tail, k, n - k + 1)
    high = 1.0 if k == n else beta_quantile(1 - tail, k + 1, n - k)
    return Interval(low, high, level, "Clopper and Pearson 1934")


def none_of(n: int, level: float = LEVEL) -> Interval:
    """Return how frequent an event may be that none of `n` had: the exact one-sided bound, 1 - (1 - level)^(1/n).

    Raises:
        ValueError: unless n >= 1 and 0 < level < 1.
    """
    _z(0, n, level)
    return Interval(0.0, -math.expm1(math.log1p(-level) / n), level, "exact one-sided (Clopper and Pearson 1934)")


def rule_of_three(n: int) -> Interval:
    """Return the usual approximation to `none_of` at 95 %: 3/n, at most 1.

    Raises:
        ValueError: unless n >= 1.
    """
    _z(0, n, LEVEL)
    return Interval(0.0, min(1.0, 3 / n), LEVEL, "rule of three (Hanley and Lippman-Hand 1983)")


def _z(k: int, n: int, level: float) -> float:
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"A proportion needs 0 ≤ k ≤ n and n ≥ 1, not {k} of {n}.")
    if not 0 < level < 1:
        raise ValueError(f"A level of confidence lies between 0 and 1, not {level}.")
    return normal_quantile(1 - (1 - level) / 2)


def proportion_words(k: int, n: int) -> str:
    """Return a count with its share and interval as a clinician writes them: "10 of 13, 77 %, 95 % CI 50–92".

    None or all of them get a bound instead: "0 of 15, 0 %, up to about 20 %"; the bound is the exact one-sided one,
    rounded away from what was seen so that it is never overstated.

    Raises:
        ValueError: unless 0 <= k <= n and n >= 1.
    """
    if k == 0 and n > 0:
        return f"0 of {n}, 0 %, up to about {_rounded_up(100 * none_of(n).high)} %"
    if k == n and n > 0:
        return f"{n} of {n}, 100 %, at least about {_complement(_rounded_up(100 * none_of(n).high))} %"
    interval = wilson(k, n)
    digits = 0 if 100 * k / n >= 1 and 100 * (n - k) / n >= 1 else 1
    low, high = (f"{100 * bound:.{digits}f}" for bound in (interval.low, interval.high))
    return f"{k} of {n}, {100 * k / n:.{digits}f} %, 95 % CI {low}–{high}"


def _rounded_up(percent: float) -> str:
    step = 5.0 if percent > 10 else 1.0 if percent > 1 else 10.0 ** math.floor(math.log10(percent))
    up = math.ceil(percent / step - 1e-9) * step
    return f"{min(up, 100.0):g}"


def _complement(percent: str) -> str:
    return f"{100 - float(percent):g}"


def risk_difference(k1: int, n1: int, k2: int, n2: int, level: float = LEVEL) -> TwoArms:
    """Return the difference of two proportions, first less second, with Newcombe's hybrid score interval.

    Raises:
        ValueError: as `wilson`.
    """
    one, two = wilson(k1, n1, level), wilson(k2, n2, level)
    p1, p2 = k1 / n1, k2 / n2
    difference = p1 - p2
    low = difference - math.hypot(p1 - one.low, two.high - p2)
    high = difference + math.hypot(one.high - p1, p2 - two.low)
    words = f"{k1}/{n1} - {k2}/{n2} = {p1:.4f} - {p2:.4f} = {difference:.4f}"
    return TwoArms("RD", difference, Interval(max(-1.0, low), min(1.0, high), level, "Newcombe 1998"), words)


def risk_ratio(k1: int, n1: int, k2: int, n2: int, level: float = LEVEL) -> TwoArms | None:
    """Return the ratio of two risks with its log interval (Katz 1978), None where one arm has no event.

    Raises:
        ValueError: as `wilson`.
    """
    z = _z(k1, n1, level)
    _z(k2, n2, level)
    if k1 == 0 or k2 == 0:
        return None
    ratio = (k1 / n1) / (k2 / n2)
    half = z * math.sqrt(1 / k1 - 1 / n1 + 1 / k2 - 1 / n2)
    words = f"({k1}/{n1}) / ({k2}/{n2}) = {ratio:.4f}"
    interval = Interval(ratio * math.exp(-half), ratio * math.exp(half), level, "Katz 1978")
    return TwoArms("RR", ratio, interval, words)


def odds_ratio(k1: int, n1: int, k2: int, n2: int, level: float = LEVEL) -> TwoArms | None:
    """Return the ratio of two odds with its log interval (Woolf 1955), None where a cell is empty.

    Raises:
        ValueError: as `wilson`.
    """
    z = _z(k1, n1, level)
    _z(k2, n2, level)
    cells = (k1, n1 - k1, k2, n2 - k2)
    if 0 in cells:
        return None
    a, b, c, d = cells
    ratio = (a * d) / (b * c)
    half = z * math.sqrt(sum(1 / cell for cell in cells))
    words = f"({a} × {d}) / ({b} × {c}) = {ratio:.4f}"
    interval = Interval(ratio * math.exp(-half), ratio * math.exp(half), level, "Woolf 1955")
    return TwoArms("OR", ratio, interval, words)
