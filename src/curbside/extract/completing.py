"""From a pair of findings to the numbers of a meta-analysis: counts out of n, mean and SD, what is derived marked."""

from __future__ import annotations

import math

from curbside.records import Comparison, Finding, Measure, Quote, Side, Value


def side(asked: Comparison, finding: Finding | None, total: Value | None, medians: bool) -> Side:
    """Return the numbers of one arm.

    Args:
        asked: what is wanted.
        finding: where the values stand, or None.
        total: the size of the arm where the finding does not give its own.
        medians: whether a median answers, because the outcome itself is a median.
    """
    if finding is None:
        return Side(total=total)
    own = finding.value(Measure.TOTAL) or total
    if asked.counted:
        return Side(finding, own, count(finding, own))
    mean = finding.value(Measure.MEAN, Measure.PERCENT, Measure.NUMBER)
    if finding.value(Measure.MEDIAN) is not None and finding.value(Measure.MEAN) is None:
        mean = finding.value(Measure.MEDIAN) if medians else None
    return Side(finding, own, None, mean, deviation(finding, own) if mean is not None else None)


def count(finding: Finding, total: Value | None) -> Value | None:
    """Return how many had the outcome: printed, or the percentage of the total rounded."""
    printed = finding.value(Measure.COUNT)
    if printed is not None:
        return printed
    lone = finding.value(Measure.NUMBER)
    if (
        lone is not None
        and lone.number == int(lone.number)
        and lone.number >= 0
        and (not total or lone.number <= total.number)
    ):
        return lone
    share = finding.value(Measure.PERCENT)
    if share is not None and total is not None:
        return _of(share, total, share.number / 100, f"{share.printed} % of {total.printed}")
    mean = finding.value(Measure.MEAN)
    if (
        mean is not None
        and finding.value(Measure.SD, Measure.SE) is None
        and total is not None
        and 0 <= mean.number <= 1
    ):
        return _of(mean, total, mean.number, f"{mean.printed} × {total.printed}")
    return None


def _of(share: Value, total: Value, part: float, words: str) -> Value | None:
    if not 0 <= part <= 1:
        return None
    exact = part * total.number
    whole = math.floor(exact + 0.5)
    arithmetic = f"{words} = {exact:.10g}" + (f", rounded to {whole}" if whole != exact else "")
    return Value(Measure.COUNT, str(whole), float(whole), _quotes(share, total), arithmetic)


def deviation(finding: Finding, total: Value | None) -> Value | None:
    """Return the SD: printed, or from the standard error, or from the 95 % interval of the mean."""
    printed = finding.value(Measure.SD)
    if printed is not None:
        return printed
    n = total.number if total is not None else 0.0
    error = finding.value(Measure.SE)
    if error is not None and total is not None and n > 1:
        return _made(error.number * math.sqrt(n), f"SE {error.printed} × √{total.printed}", (error, total))
    bounds = finding.all_of(Measure.CI)
    if len(bounds) >= 2 and total is not None and n > 1:
        low, high = bounds[0], bounds[1]
        if high.number > low.number:
            width = high.number - low.number
            words = f"√{total.printed} × ({high.printed} − {low.printed}) / 3.92"
            return _made(math.sqrt(n) * width / 3.92, words, (low, high, total))
    return None


def _made(exact: float, words: str, stands_on: tuple[Value, ...]) -> Value:
    shown = f"{exact:.2f}"
    return Value(Measure.SD, shown, float(shown), _quotes(*stands_on), f"{words} = {shown}")


def _quotes(*values: Value) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quote for value in values for quote in value.quotes))
