"""An estimate with its interval and p value held against each other; the same for sentences and for tables.

A ratio's interval is symmetrical on the log scale and a difference's on its own (Wald); that the reported p value
belongs to the interval follows from the same normal approximation (Altman and Bland 2011, how to obtain the P value
from a confidence interval). What rounding allows is always allowed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from curbside.appraise.distributions import normal_quantile, normal_tails
from curbside.appraise.sides import EPSILON, check, shown, unchecked, unit
from curbside.language.linear import linear
from curbside.records import Check, CheckKind, Quote

LOPSIDED = 2.4
"""How much longer than the other one half of an interval may be; exact and bootstrap intervals reach about so far."""
SKEWED = linear(
    r"(?i)\b(?:costs?|bootstrap\w*|geometric|log(?:arithm\w*|-? ?transform\w*|-?scale)|back-?transformed|bayes\w*|"
    r"credible|penali[sz]ed|exact (?:conf|ci|method|logistic))\b"
)
"""Words of analyses whose intervals need not be symmetrical."""
_FAR = 4.0
"""By what factor a p value may miss the one of its interval: other tests and adjustments reach about so far."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate as printed, with its quotes.

    Attributes:
        ratio: True for HR, OR, RR, IRR; False for a difference; None where the text does not say what it is.
        value, low, high: what they are worth.
        printed: estimate, low, high as printed.
        level: of the interval, 0.95 for 95 %.
        quotes: the estimate and the interval.
        p, sign, p_quote: the p value, 0 and "" and None where there is none.
        p_printed: as printed.
    """

    ratio: bool | None
    value: float
    low: float
    high: float
    printed: tuple[str, str, str]
    level: float
    quotes: tuple[Quote, Quote]
    p: float = 0.0
    sign: str = ""
    p_quote: Quote | None = None
    p_printed: str = ""


def compared(one: Estimate) -> Iterator[Check]:
    """Check that the estimate lies in its interval, then symmetry, then the p value."""
    slack = [0.5 * unit(printed) for printed in one.printed]
    words = f"{one.printed[1]} ≤ {one.printed[0]} ≤ {one.printed[2]}"
    if one.low > one.high + EPSILON:
        if one.ratio:
            message = f"The lower bound, {one.printed[1]}, is above the upper bound, {one.printed[2]}."
            yield check(CheckKind.INTERVAL, False, one.quotes[::-1], f"{one.printed[1]} > {one.printed[2]}", message)
        else:
            yield unchecked(CheckKind.INTERVAL, one.quotes, "The signs of the bounds cannot be told.", words)
        return
    if not one.low - slack[0] - slack[1] - EPSILON <= one.value <= one.high + slack[0] + slack[2] + EPSILON:
        if _other_scale(one):
            yield unchecked(CheckKind.INTERVAL, one.quotes, "Estimate and interval may be on different scales.", words)
            return
        message = f"The estimate, {one.printed[0]}, lies outside its interval."
        arithmetic = f"not {words}"
        yield check(CheckKind.INTERVAL, False, one.quotes, arithmetic, message)
        return
    yield check(CheckKind.INTERVAL, True, one.quotes, words, "The estimate lies in its interval.")
    if one.ratio is None:
        return
    symmetry = _symmetry(one)
    if symmetry is not None:
        yield symmetry
    if one.p_quote is not None and (symmetry is None or symmetry.message):
        yield from _p_value(one)


def _other_scale(one: Estimate) -> bool:
    """Tell percent from shares, a lost minus sign, and a reduction from its ratio."""
    spread = (one.low, one.high)
    percent = max(one.value, one.low) >= 10
    return (
        (percent and any(one.low <= other <= one.high for other in (100 * one.value, one.value / 100)))
        or (not one.ratio and min(map(abs, spread)) <= abs(one.value) <= max(map(abs, spread)))
        or (not one.ratio and one.value < 0 <= one.low)
    )


def _symmetry(one: Estimate) -> Check | None:
    """Compare the halves; None where rounding leaves nothing to compare or it is done on no scale."""
    halves = _halves(one)
    if halves is None:
        return None
    least, most = halves
    where = " on the log scale" if one.ratio else ""
    if one.ratio:
        up, down = math.log(one.high / one.value), math.log(one.value / one.low)
        arithmetic = (
            f"ln({one.printed[2]} / {one.printed[0]}) = {shown(up, 3)}; ln({one.printed[0]} / {one.printed[1]}) = "
            f"{shown(down, 3)}"
        )
    else:
        arithmetic = (
            f"{one.printed[2]} - {one.printed[0]} = {shown(one.high - one.value, 3)}; {one.printed[0]} - "
            f"{one.printed[1]} = {shown(one.value - one.low, 3)}"
        )
    agrees = least <= LOPSIDED and most >= 1 / LOPSIDED
    message = (
        f"Both halves of the interval are about as long{where}."
        if agrees
        else f"One half of the interval is far longer than the other{where}."
    )
    return check(CheckKind.SYMMETRY, agrees, one.quotes, arithmetic, message)


def _halves(one: Estimate) -> tuple[float, float] | None:
    """Return the least and the greatest ratio of upper to lower half that rounding allows."""
    ratios: list[float] = []
    for signs in product((-0.5, 0.5), repeat=3):
        value, low, high = (
            number + sign * unit(printed)
            for number, sign, printed in zip((one.value, one.low, one.high), signs, one.printed)
        )
        if one.ratio:
            if low <= 0 or value <= 0:
                return None
            value, low, high = math.log(value), math.log(low), math.log(high)
        if not low < value < high:
            return None
        ratios.append((high - value) / (value - low))
    return min(ratios), max(ratios)


def _p_value(one: Estimate) -> Iterator[Check]:
    if one.p_quote is None:
        return
    quotes = (one.p_quote, one.quotes[1])
    null = 1.0 if one.ratio else 0.0
    z = normal_quantile(1 - (1 - one.level) / 2)
    if one.ratio:
        if one.low <= 0 or one.low == one.high:
            return
        error = (math.log(one.high) - math.log(one.low)) / (2 * z)
        middle, name = math.log(one.value), f"ln({one.printed[0]})"
    else:
        if one.low == one.high:
            return
        error, middle, name = (one.high - one.low) / (2 * z), one.value, one.printed[0]
    p = normal_tails(middle / error)
    arithmetic = (
        f"SE = {shown(error, 4)}; z = {name} / SE = {shown(middle / error)}; p = {p:.2g}; printed p {one.sign} "
        f"{one.p_printed}"
    )
    alpha = 1 - one.level
    excludes = one.low > null + 0.5 * unit(one.printed[1]) or one.high < null - 0.5 * unit(one.printed[2])
    includes = one.low < null - 0.5 * unit(one.printed[1]) and one.high > null + 0.5 * unit(one.printed[2])
    small = one.p < alpha if one.sign == "=" else one.p <= alpha and one.sign in "<≤"
    large = one.p > alpha if one.sign == "=" else one.p >= alpha and one.sign in ">≥"
    far = _far(one, p)
    which = f"{one.printed[1]} to {one.printed[2]}"
    if excludes and large and far:
        message = f"The interval {which} leaves out {shown(null)}, yet p {one.sign} {one.p_printed}."
        yield check(CheckKind.P_VALUE, False, quotes, arithmetic, message)
    elif includes and small and far:
        message = f"The interval {which} holds {shown(null)}, yet p {one.sign} {one.p_printed}."
        yield check(CheckKind.P_VALUE, False, quotes, arithmetic, message)
    elif (excludes and small) or (includes and large):
        yield check(CheckKind.P_VALUE, True, quotes, arithmetic, "Interval and p value say the same.")
    else:
        yield unchecked(CheckKind.P_VALUE, quotes, "They lie too near the limit to tell.", arithmetic)


def _far(one: Estimate, p: float) -> bool:
    """Tell whether the printed p value is far from the one that belongs to the interval."""
    if one.sign == "=":
        low, high = one.p - 0.5 * unit(one.p_printed), one.p + 0.5 * unit(one.p_printed)
        return p > _FAR * high or p < max(low, 1e-12) / _FAR
    return p > _FAR * one.p if one.sign in "<≤" else p < one.p / _FAR
