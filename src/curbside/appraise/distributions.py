"""Distributions in plain Python, so that an interval beside a count costs no import of a numeric library.

Incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, modified Lentz evaluation); normal
tail by the complementary error function.
"""

from __future__ import annotations

import math

_TINY = 1e-300
_CLOSE = 1e-16
_ROUNDS = 20_000


def normal_quantile(p: float) -> float:
    """Return the quantile of the standard normal distribution.

    Raises:
        ValueError: unless 0 < p < 1.
    """
    if p == 0.975:
        return 1.959963984540054
    from statistics import NormalDist

    if not 0 < p < 1:
        raise ValueError(f"A quantile needs a probability between 0 and 1, not {p}.")
    return NormalDist().inv_cdf(p)


def normal_tails(z: float) -> float:
    """Return the two-sided p value of a standard normal statistic."""
    return math.erfc(abs(z) / math.sqrt(2))


def beta_share(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 <= x <= 1."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    front = math.exp(log_front)
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > _TINY else _TINY)
    value = d
    for m in range(1, _ROUNDS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + term * d
            c = 1 + term / c
            d = 1 / (d if abs(d) > _TINY else _TINY)
            c = c if abs(c) > _TINY else _TINY
            step = c * d
            value *= step
        if abs(step - 1) < _CLOSE * 10:  # pyright: ignore[reportPossiblyUnboundVariable]
            break
    return value


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the x with I_x(a, b) = p, to about 1e-15, by halving."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_share(a, b, middle) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def t_tails(t: float, df: float) -> float:
    """Return the two-sided p value of Student's t with `df` degrees of freedom."""
    return beta_share(df / 2, 0.5, df / (df + t * t))
