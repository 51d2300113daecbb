"""Means, medians and standard deviations against the range that they come with, in sentences.

A mean or a median lies in its range. The standard deviation of n numbers between a and b with mean m is at most
√((m - a)(b - m) · n / (n - 1)) (Bhatia and Davis 2000); without n, n = 2 is allowed for.
Means of whole numbers: GRIM (Brown and Heathers 2017).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from curbside.appraise.sides import EPSILON, Found, Said, check, decimals, found, shown, unit, worth
from curbside.language.linear import linear
from curbside.records import Check, CheckKind

_N = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,6}(?:\.[0-9]+)?)"
_UNIT = r"(?: ?(?:%|years? (?:old|of age)|[A-Za-zµμ]{1,9}(?:/[A-Za-z0-9]{1,6})?))?"
_RANGE = r"(?:full |age )?(?:[Rr]anges?|[Rr]anging|[Rr]anged|IQR|[Ii]nterquartile range|min-max|[Mm]inimum-maximum)"
_ENDS = rf"(?P<what>{_RANGE})[ ,:=]{{1,3}}(?:from |between )?(?P<l>{_N}){_UNIT}(?: ?- ?| to | and )(?P<h>{_N}){_UNIT}"
_SPREAD = linear(
    rf"(?P<m>{_N}){_UNIT} ?[,(\[]{{0,2}} ?(?:±|\+/-|SD[ =:,±]{{1,3}}|\(SD[ =:,±]{{1,3}}|"
    rf"standard deviation[ =:,]{{1,3}}|\(± ?) ?(?P<sd>{_N}){_UNIT}[)\]]?{_UNIT}[ ,;:(\[]{{1,3}}{_ENDS}"
)
_MIDDLE = linear(
    rf"\b(?:[Mm]ean|[Mm]edian|[Aa]verage)\b(?: [A-Za-z-]{{2,16}}){{0,5}}?(?:,|:| =| was| were| of| is)? (?:of )?"
    rf"(?P<m>{_N}){_UNIT},? ?[(\[]? ?{_ENDS}"
)
_MIXED = linear(r"(?i)(?:days?|weeks?|months?|hours?|years?|min)")


def ranges(said: Said) -> Iterator[Check]:
    """Check every mean, median and standard deviation of a sentence that stands before its range."""
    flat = said.flat
    if "ang" not in flat and "IQR" not in flat and "ax" not in flat:
        return
    taken: set[int] = set()
    for pattern in (_SPREAD, _MIDDLE):
        for m in found(pattern, flat):
            if m.start("m") not in taken and not _mixed(m):
                taken.add(m.start("m"))
                yield from _held(said, m)


def _mixed(m: Found) -> bool:
    """Tell a range whose ends have units of their own: "median 14 months (range 20 days to 3 years)"."""
    return len({unit[:3].lower() for unit in _MIXED.findall(m.match.group())}) > 1


def _held(said: Said, m: Found) -> Iterator[Check]:
    mean, low, high = (said.words[m.start(name) : m.end(name)] for name in ("m", "l", "h"))
    spread = said.words[m.start("sd") : m.end("sd")] if m.start("sd") >= 0 else ""
    values = worth(mean), worth(low), worth(high)
    if values[0] is None or values[1] is None or values[2] is None or values[1] >= values[2]:
        return
    middle, least, most = values[0], values[1], values[2]
    quotes = (
        said.quote(m.start("m"), m.end("sd") if spread else m.end("m")),
        said.quote(m.start("what"), m.end("h")),
    )
    slack = 0.5 * (unit(mean) + max(unit(low), unit(high))) + EPSILON
    words = f"{low} ≤ {mean} ≤ {high}"
    if not least - slack <= middle <= most + slack:
        message = f"{mean} lies outside its range, {low} to {high}."
        yield check(CheckKind.DEVIATION, False, quotes, f"not {words}", message)
        return
    deviation = worth(spread) if spread else None
    if deviation is None or m.words("what").startswith(("I", "i")):
        yield check(CheckKind.DEVIATION, True, quotes, words, "The middle lies in its range.")
        return
    bound = math.sqrt(max(0.0, (middle - least + slack) * (most - middle + slack)) * 2)
    arithmetic = f"√(({mean} - {low}) × ({high} - {mean}) × 2) = {shown(bound)}; printed SD {spread}"
    if deviation <= bound + 0.5 * unit(spread) + EPSILON:
        yield check(CheckKind.DEVIATION, True, quotes, arithmetic, "The standard deviation fits the range.")
    else:
        message = f"No numbers between {low} and {high} with mean {mean} have a standard deviation of {spread}."
        yield check(CheckKind.DEVIATION, False, quotes, arithmetic, message)


_COUNTED = (
    r"(?i)\b(?:(?:number|no\.?) (?:of )?(?:[a-z-]+ ){0,2}?[a-z]{2,20}s|number of (?:children|teeth|people)|children|"
    r"episodes|visits|attacks|seizures|relapses|pregnancies|siblings|admissions|hospitali[sz]ations|parity|gravidity)\b"
)
COUNTED = linear(_COUNTED)
"""Words that say that what is averaged are whole numbers."""
_MEASURED = linear(
    r"(?i)\b(?:days|hours|years|minutes|weeks|months|seconds|per|scores?|points|ratio|rate|units|percent|weight|age|aged|"
    r"log|change|time|duration|median|adjusted|difference|square|z|costs?|doses?|grams?|cells|copies)\b|/|%|×|\^"
)


def is_counted(label: str) -> bool:
    """Tell whether a label names things that are counted one by one, so that each person's figure is whole."""
    return COUNTED.search(label) is not None and _MEASURED.search(label) is None


_MEAN = linear(rf"{_COUNTED}(?:[^0-9.;]{{0,40}}?)(?: was| of|,|:| =) (?P<m>[0-9]{{1,3}}\.[0-9]{{1,3}})\b")
_SIZE = linear(
    r"\b[nN] ?= ?(?P<a>[0-9]{1,5})\b|\b(?P<b>[0-9]{1,5}) (?:[a-z]+ )?(?:patients|participants|subjects|children|women|"
    r"men|infants|adults|couples|students|volunteers)\b"
)


def grim(printed: str, n: int) -> bool | None:
    """Tell whether the mean of `n` whole numbers may be printed so; None where the print is too coarse to tell."""
    value, step = worth(printed), unit(printed)
    if value is None or n < 2 or n * step >= 1:
        return None
    near = math.floor(value * n)
    return any(abs(total / n - value) <= 0.5 * step + EPSILON for total in range(max(0, near - 1), near + 3))


def grim_words(printed: str, n: int) -> str:
    """Return the arithmetic of `grim`."""
    value = worth(printed) or 0.0
    total, places = math.floor(value * n), decimals(printed)
    return (
        f"{total} / {n} = {total / n:.{places + 1}f}; {total + 1} / {n} = {(total + 1) / n:.{places + 1}f}; "
        f"printed {printed}"
    )


def means(said: Said) -> Iterator[Check]:
    """Check the mean of things that are counted against the number of people."""
    if "ean" not in said.words or "umber of" not in said.words:
        return
    means_, sizes = found(_MEAN, said.flat), found(_SIZE, said.flat)
    if len(means_) != 1 or len(sizes) != 1 or " each " in said.flat:
        return
    m, size = means_[0], sizes[0]
    if not is_counted(said.flat[m.match.start() : m.start("m")]):
        return
    printed = said.words[m.start("m") : m.end("m")]
    n = int(size.words("a") or size.words("b"))
    agrees = grim(printed, n)
    if agrees is not None:
        quotes = (said.quote(m.start("m"), m.end("m")), said.quote(size.match.start(), size.match.end()))
        message = "So many people can have this mean." if agrees else f"{n} whole numbers cannot have mean {printed}."
        yield check(CheckKind.MEAN, agrees, quotes, grim_words(printed, n), message)
