"""Computes the computed numbers of a sentence again, from the arithmetic that is written beside them."""

from __future__ import annotations

from curbside.appraise.intervals import proportion_words
from curbside.language.linear import linear
from curbside.language.numbers import numbers

_OF_COUNT = linear(
    r"^(?:Wilson's score interval of|exact one-sided bound of) ([0-9]{1,9})/([0-9]{1,9}), at 95 %"
    r"(?: \(Clopper and Pearson\))?$"
)
_SHARE = linear(
    r"^([0-9]{1,9}(?:\.[0-9]{1,6})?) ?% of ([0-9]{1,9}) = ([0-9]{1,9}(?:\.[0-9]{1,6})?)(?:, rounded to ([0-9]{1,9}))?$"
)
_IN_FIGURES = linear(r"^“([^”]{1,60})” in figures$")


def recomputed(value: str, arithmetic: str) -> str | None:
    """Return why a computed number is not what its arithmetic gives, "" where it is, None for arithmetic not known.

    Known is what answers write: the interval or the bound of a count ("Wilson's score interval of 13/17, at 95 %"),
    a count from a share ("76.9 % of 13 = 9.997, rounded to 10"), and a number in figures ("“Fifteen” in figures").
    """
    if (found := _OF_COUNT.search(arithmetic)) is not None:
        k, n = int(found.group(1)), int(found.group(2))
        if not 0 <= k <= n or n < 1:
            return f"{k} of {n} is no share"
        return _differs(value, proportion_words(k, n))
    if (found := _SHARE.search(arithmetic)) is not None:
        return _share(value, *(found.group(each) or "" for each in (1, 2, 3, 4)))
    if (found := _IN_FIGURES.search(arithmetic)) is not None:
        spelt = found.group(1)
        read, figures = numbers(spelt), numbers(value)
        same = len(read) == len(figures) == 1 and read[0].value == figures[0].value
        return "" if same else f"“{spelt}” is not {value}"
    return None


def _share(value: str, percent: str, of: str, printed: str, rounded: str) -> str:
    exact = float(percent) * int(of) / 100
    decimals = len(printed.partition(".")[2])
    # A whole number was rounded; of a number with decimals the last may have been cut.
    near = 10.0**-decimals if decimals else 0.5
    if abs(exact - float(printed)) > near + 1e-9:
        return f"{percent} % of {of} is {exact:g}, not {printed}"
    if rounded and abs(exact - int(rounded)) > 0.5 + 1e-9:
        return f"{exact:g} is not rounded to {rounded}"
    return _differs(value, rounded or printed)


def _differs(value: str, computed: str) -> str:
    return "" if value == computed else f"it gives “{computed}”, not “{value}”"
