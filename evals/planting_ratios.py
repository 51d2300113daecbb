"""A planter of ratios that do not follow from the two counts beside them, in real sentences; apart from the check.

A carrier gives two shares of people ("24 of 60", "24/60" or "40 %") and one relative risk or odds ratio that follows
from them by the planter's own arithmetic to three in a hundred. The slip is off by half or more, whichever arm comes
first.
"""

from __future__ import annotations

import random
import re

from evals.planting import Edit, slips

_OF = re.compile(r"\b(\d{1,5}) ?(?:/|of|out of) ?(\d{1,5})\b(?! ?(?:weeks|months|years|days))")
_SHARE = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d{1,2})?) ?%(?! ?(?:CI|confidence|C\.I))")
_RATIO = re.compile(
    r"\b(relative risk|risk ratio|odds ratio|RR|OR)\b(?: ?[(\[](?:RR|OR)[)\]])?(?: was| of| is|,|:| =|=)? ?=? ?"
    r"(\d{1,2}\.\d{1,2})(?![\d%])"
)
_ELSE = re.compile(
    r"adjust|multivari|stratif|weight|pooled|meta-|match|regress|mantel|logistic|hazard|model|propensity|bayes|mixed|each"
    r"|trend|per ",
    re.IGNORECASE,
)


def ratio_in_sentence(text: str, rng: random.Random) -> list[Edit] | None:
    """Make a relative risk or odds ratio disagree with the two counts of its sentence."""
    named = list(_RATIO.finditer(text))
    if len(named) != 1 or _ELSE.search(text):
        return None
    shares = _shares(text)
    printed = named[0][2]
    if len(shares) != 2:
        return None
    values = _values(named[0][1], *shares)
    if not any(abs(float(printed) - value) <= 0.03 * value + 0.006 for value in values):
        return None
    every = [*values, *_values("relative risk", *shares), *_values("odds ratio", *shares)]
    for slip in slips(printed, rng):
        off = float(slip)
        if off > 0 and all(not 1 / 1.8 <= off / value <= 1.8 for value in every if value > 0):
            return [Edit(named[0].start(2), named[0].end(2), slip)]
    return None


def _shares(text: str) -> list[float]:
    whole = [(int(m[1]), int(m[2])) for m in _OF.finditer(text)]
    if len(whole) == 2 and all(0 < k < n and n >= 5 for k, n in whole):
        return [k / n for k, n in whole]
    if whole:
        return []
    return [float(m[1]) / 100 for m in _SHARE.finditer(text)]


def _values(name: str, p: float, q: float) -> list[float]:
    if name in ("relative risk", "risk ratio", "RR"):
        return [p / q, q / p] if p and q else []
    if not (0 < p < 1 and 0 < q < 1):
        return []
    one = p * (1 - q) / (q * (1 - p))
    return [one, 1 / one]
