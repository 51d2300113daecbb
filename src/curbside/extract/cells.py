"""What the figures of a summary are: a mean with its SD, a count with its percentage, a median with its quartiles."""

from __future__ import annotations

from collections.abc import Sequence

from curbside.extract.labels import says
from curbside.language.summaries import Figure, Shape, Summary
from curbside.records import Measure

Read = list[tuple[Measure, Figure]]
_M = Measure


def measured(summary: Summary, hints: Sequence[str], size: float | None) -> Read:
    """Return what each figure of `summary` is; empty where it is no arm's figure.

    Args:
        summary: a cell's or a sentence's.
        hints: the words that head it, nearest first, and then caption and footnotes.
        size: the size of the arm where known: 100 × 12 / 49 = 24.5 tells a count with its percentage from a mean.
    """
    return _BY_SHAPE[summary.shape](summary, [says(hint) for hint in hints if hint], size)


def _first(hints: list[frozenset[Measure]], *wanted: Measure) -> Measure | None:
    """Return which of `wanted` the nearest hint that names one of them names; the first of `wanted` wins a tie."""
    for said in hints:
        for measure in wanted:
            if measure in said:
                return measure
    return None


def _size(summary: Summary, hints: list[frozenset[Measure]], size: float | None) -> Read:
    return [(_M.TOTAL, summary.figures[0])]


def _fraction(summary: Summary, hints: list[frozenset[Measure]], size: float | None) -> Read:
    k, n = summary.figures[:2]
    if k.value > n.value or n.value == 0:
        return []
    read = [(_M.COUNT, k), (_M.TOTAL, n)]
    return [*read, (_M.PERCENT, summary.figures[2])] if len(summary.figures) > 2 else read


def _spread(summary: Summary, hints: list[frozenset[Measure]], size: float | None) -> Read:
    mean, spread = summary.figures[:2]
    return [(_M.MEAN, mean), (_deviation(hints), spread)]


def _deviation(hints: list[frozenset[Measure]]) -> Measure:
    """SE only where the nearest words on spread say so; a head that names both leaves SD."""
    return _first([said for said in hints if _M.SD in said or _M.SE in said], _M.SD, _M.SE) or _M.SD


def _deviation_strict(hints: list[frozenset[Measure]]) -> Measure:
    for said in hints:
        if _M.SE in said:
            return _M.SE
        if _M.SD in said:
            return _M.SD
    return _M.SD


def _interval(summary: Summary, hints: list[frozenset[Measure]], size: float | None) -> Read:
    centre, low, high = summary.figures[:3]
    bound = {"ci": _M.CI, "iqr": _M.QUARTILE, "range": _M.RANGE}.get(summary.word)
    bound = bound or _bounds(summary, hints)
    if bound is _M.MEDIAN or bound is None:
        bound = _M.QUARTILE
    elif bound is _M.MEAN:
        bound = _M.CI
    middle = _M.MEDIAN
    if bound is _M.CI:
        middle = _first(hints, _M.RATE, _M.MEDIAN, _M.MEAN, _M.PERCENT) or _M.MEAN
        if centre.percent:
            middle = _M.PERCENT
    elif bound is _M.RANGE:
        middle = _first(hints, _M.MEDIAN, _M.MEAN) or _M.MEDIAN
    return [(middle, centre), (bound, low), (bound, high)]


def _bounds(summary: Summary, hints: list[frozenset[Measure]]) -> Measure | None:
    """Return what the bounds of an interval are by the nearest words that say so.

    Words that name means and medians both ("mean ± SD or median [IQR]") speak of the median, for a mean with its SD
    is printed otherwise.
    """
    for said in hints:
        for measure in (_M.QUARTILE, _M.CI, _M.RANGE):
            if measure in said:
                return measure
        if _M.MEDIAN in said:
            return _M.MEDIAN
        if _M.MEAN in said:
            return _M.MEDIAN if all(_whole(figure) for figure in summary.figures) else _M.MEAN
    return None


def _range(summary: Summary, hints: list[frozenset[Measure]], size: float | None) -> Read:
    bound = _first(hints, _M.CI, _M.QUARTILE, _M.RANGE) or _M.RANGE
    return [(bound, figure) for figure in summary.figures[:2]]


def _triple(summary: Summary, hints: list[frozenset[Measure]], size: float | None) -> Read:
    a, b, n = summary.figures[:3]
    pair = _pair(Summary(summary.span, Shape.PAIR, (a, b), summary.word), hints, size)
    return [*pair, (_M.TOTAL, n)]


def _pair(summary: Summary, hints: list[frozenset[Measure]], size: float | None) -> Read:
    a, b = summary.figures[:2]
    if summary.word in ("sd", "se"):
        return [(_M.MEAN, a), (_M.SD if summary.word == "sd" else _M.SE, b)]
    if summary.word == "n":
        return [(_M.PERCENT, a), (_M.COUNT, b)] if a.percent else [(_plain(hints, a, size), a), (_M.TOTAL, b)]
    if b.percent and not a.percent:
        return [(_M.COUNT, a), (_M.PERCENT, b)] if _whole(a) else [(_M.MEAN, a), (_M.SD, b)]
    told = _first(hints, _M.SD, _M.SE, _M.MEAN, _M.COUNT, _M.PERCENT, _M.MEDIAN, _M.RATE)
    if told is _M.SD:
        both = _first(hints, _M.SE, _M.SD)
        told = both if both is _M.SE and not any(_M.SD in said and _M.SE not in said for said in hints[:4]) else _M.SD
    if a.percent:
        if _whole(b) and told in (_M.COUNT, _M.PERCENT, None) and not b.percent:
            return [(_M.PERCENT, a), (_M.COUNT, b)]
        return [(_M.MEAN, a), (_deviation_strict(hints), b)]
    if agrees(a, b, size) and told not in (_M.SE,):
        return [(_M.COUNT, a), (_M.PERCENT, b)]
    if told is _M.SD or told is _M.SE:
        return [(_M.MEAN, a), (told, b)]
    if (told is _M.MEAN or told is _M.MEDIAN) and _whole(b) and _with_size(hints):
        return [(told, a), (_M.TOTAL, b)]
    if told in (_M.COUNT, _M.PERCENT) and _whole(a) and 0 <= b.value <= 100:
        return [(_M.COUNT, a), (_M.PERCENT, b)]
    if told in (_M.MEAN, _M.MEDIAN, _M.COUNT, _M.PERCENT) and size and _whole(b) and 0.5 * size < b.value <= 1.2 * size:
        return [(_first(hints, _M.MEAN, _M.MEDIAN) or _M.MEAN, a), (_M.TOTAL, b)]
    if told is _M.COUNT and _whole(b) and not _whole(a) and 0 <= a.value <= 100:
        return [(_M.PERCENT, a), (_M.COUNT, b)]
    if told is _M.MEDIAN:
        return [(_M.MEDIAN, a)]
    return [(_M.MEAN, a), (_deviation_strict(hints), b)]


def _with_size(hints: list[frozenset[Measure]]) -> bool:
    """Tell whether the nearest words that name a middle say that its size stands behind it: "mean score (n)"."""
    for said in hints:
        if _M.MEAN in said or _M.MEDIAN in said:
            return _M.COUNT in said and _M.PERCENT not in said and _M.SD not in said
    return False


def agrees(count: Figure, percent: Figure, size: float | None) -> bool:
    """Tell whether a count is the printed percentage of the arm's size, within rounding and a few missing."""
    if not size or not _whole(count) or not 0 <= count.value <= size or not 0 <= percent.value <= 100:
        return False
    decimals = len(percent.printed.partition(".")[2])
    return abs(100 * count.value / size - percent.value) <= max(1.02 * 10.0**-decimals, 0.04 * percent.value)


def _single(summary: Summary, hints: list[frozenset[Measure]], size: float | None) -> Read:
    figure = summary.figures[0]
    return [(_plain(hints, figure, size), figure)]


def _plain(hints: list[frozenset[Measure]], figure: Figure, size: float | None) -> Measure:
    """Return what a lone figure is by the nearest head that says so."""
    if figure.percent:
        return _M.PERCENT
    for said in hints:
        if _M.RATE in said:
            return _M.RATE
        if said == frozenset({_M.COUNT, _M.PERCENT}):
            return _M.COUNT if _whole(figure) and (size is None or figure.value <= size) else _M.PERCENT
        if _M.MEDIAN in said:
            return _M.MEDIAN
        if _M.MEAN in said:
            return _M.MEAN
        if _M.PERCENT in said:
            return _M.PERCENT
        if _M.SE in said:
            return _M.SE
        if _M.SD in said and _M.MEAN not in said:
            return _M.SD
        if _M.COUNT in said:
            return _M.COUNT if _whole(figure) else _M.NUMBER
    return _M.NUMBER


def _twin(summary: Summary, hints: list[frozenset[Measure]], size: float | None) -> Read:
    return []  # two arms in one cell: the reader of the table takes it apart


def _whole(figure: Figure) -> bool:
    return figure.value >= 0 and figure.value == int(figure.value) and "." not in figure.printed


_BY_SHAPE = {
    Shape.SIZE: _size,
    Shape.FRACTION: _fraction,
    Shape.SPREAD: _spread,
    Shape.TWIN: _twin,
    Shape.INTERVAL: _interval,
    Shape.TRIPLE: _triple,
    Shape.PAIR: _pair,
    Shape.RANGE: _range,
    Shape.SINGLE: _single,
}
