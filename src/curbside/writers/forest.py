"""A forest plot as SVG that can be read aloud, and its data table; colours are the page's own (`currentColor`).

No style attribute and no script: presentation attributes and classes alone, so that a strict content policy lets it
pass. Whoever cannot see the plot hears its title, its description and, beside it, the table with the same numbers.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from curbside.records import Interval, Pooled, Pooling, Weighed
from curbside.writers.fields import one_line

WIDTH, ROW, TOP, FOOT = 760, 26, 34, 46
_LEFT, _RIGHT = 250, 520
"""Where the plot begins and ends; labels stand to its left, numbers to its right."""
_LABEL = 38
"""Letters of a label that fit beside the plot; the table and the row's own title have all of them."""


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One line of the data table, as words.

    Attributes:
        label: the study, "Pooled" or "Prediction".
        counts: "10/13", or "4/123 against 11/139", or "".
        estimate: with its interval ("0.41 (0.13 to 1.26)", "77 % (50 to 92)").
        weight: in percent, or "".
    """

    label: str
    counts: str
    estimate: str
    weight: str


def forest_rows(pooled: Pooled) -> tuple[ForestRow, ...]:
    """Return the data table of a plot: each study, the pooled estimate and, where there is one, the prediction."""
    rows = [
        ForestRow(each.study.label, _counts(each), _words(pooled, each.estimate, each.interval), f"{each.weight:.1f} %")
        for each in pooled.studies
    ]
    rows.append(ForestRow("Pooled", "", _words(pooled, pooled.estimate, pooled.interval), ""))
    if pooled.prediction is not None:
        low, high = _shown(pooled, pooled.prediction.low), _shown(pooled, pooled.prediction.high)
        rows.append(ForestRow("Prediction", "", f"{low} to {high}{_unit(pooled)}", ""))
    return tuple(rows)


def forest_svg(pooled: Pooled, title: str, name: str = "") -> str:
    """Return the plot of a pooled result.

    Args:
        pooled: the result.
        title: what is pooled, in words.
        name: part of the ids inside; plots on one page need different ones. By default made from the content.
    """
    rows = forest_rows(pooled)
    height = TOP + ROW * len(rows) + FOOT
    key = escape(name) or f"{zlib.crc32(repr((title, rows)).encode()):08x}"
    scale = _Scale.of(pooled)
    body = [*_axis(scale, height), *_studies(pooled, rows, scale)]
    told = escape(one_line(title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="forest" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="forest-title-{key} forest-text-{key}" fill="currentColor" '
        f'stroke="none" font-size="13" font-family="inherit"><title id="forest-title-{key}">{told}</title>'
        f'<desc id="forest-text-{key}">{escape(described(pooled))}</desc>{"".join(body)}</svg>'
    )


def forest_table(pooled: Pooled, title: str) -> str:
    """Return the data table as HTML, with heads that a screen reader ties to the cells."""
    level = round(100 * pooled.interval.level)
    heads = ("Study", "Events / total", f"{_measure(pooled)} ({level} % CI)", "Weight")
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    lines = "".join(
        f'<tr><th scope="row">{escape(one_line(row.label))}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in (row.counts, row.estimate, row.weight))
        + "</tr>"
        for row in forest_rows(pooled)
    )
    return (
        f'<table class="forest-data"><caption>{escape(one_line(title))}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )


def described(pooled: Pooled) -> str:
    """Return what the plot shows, in a few sentences."""
    pieces = [
        f"{len(pooled.studies)} studies; {_measure(pooled).lower()} pooled "
        f"{_words(pooled, pooled.estimate, pooled.interval)}.",
        f"I² {pooled.i2:.0f} %, τ² {pooled.tau2:.3g}, Q {pooled.q:.1f} on {pooled.q_df} degrees of freedom.",
    ]
    if pooled.prediction is not None:
        low, high = _shown(pooled, pooled.prediction.low), _shown(pooled, pooled.prediction.high)
        pieces.append(f"A further study would lie between {low} and {high}{_unit(pooled)}.")
    return " ".join([*pieces, *pooled.warnings, f"Method: {pooled.method}."])


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a value stands on the plot.

    Attributes:
        low, high: ends of the axis in the values' own scale.
        ratio: whether the axis is logarithmic.
    """

    low: float
    high: float
    ratio: bool

    @staticmethod
    def of(pooled: Pooled) -> _Scale:
        """Return the axis for a result: 0 to 1 for proportions, powers of two around the intervals for ratios."""
        if pooled.pooling is Pooling.PROPORTION:
            return _Scale(0.0, 1.0, False)
        bounds = [pooled.interval.low, pooled.interval.high]
        bounds += [x for each in pooled.studies for x in (each.estimate, each.interval.low, each.interval.high)]
        low = min(0.5, 2.0 ** math.floor(math.log2(max(min(bounds), 1 / 64))))
        high = max(2.0, 2.0 ** math.ceil(math.log2(min(max(bounds), 64))))
        return _Scale(low, high, True)

    def x(self, value: float) -> float:
        """Return the horizontal place, kept inside the plot."""
        inside = min(max(value, self.low), self.high)
        share = (
            math.log(inside / self.low) / math.log(self.high / self.low)
            if self.ratio
            else (inside - self.low) / (self.high - self.low)
        )
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)

    def marks(self) -> list[float]:
        """Return the values that the axis names."""
        if not self.ratio:
            return [0.0, 0.25, 0.5, 0.75, 1.0]
        steps = round(math.log2(self.high / self.low))
        every = 1 if steps <= 6 else 2
        marks = {self.low * 2.0**step for step in range(0, steps + 1, every)}
        return sorted({*marks, 1.0})


def _axis(scale: _Scale, height: int) -> Iterator[str]:
    bottom = height - FOOT + 6
    yield (
        f'<line class="forest-axis" x1="{_LEFT}" y1="{bottom}" x2="{_RIGHT}" y2="{bottom}" stroke="currentColor" '
        'stroke-width="1"/>'
    )
    for mark in scale.marks():
        words = f"{mark:g}" if scale.ratio else f"{100 * mark:.0f} %"
        x = scale.x(mark)
        yield f'<line x1="{x}" y1="{bottom}" x2="{x}" y2="{bottom + 5}" stroke="currentColor" stroke-width="1"/>'
        yield f'<text x="{x}" y="{bottom + 19}" text-anchor="middle" font-size="11">{words}</text>'
    if scale.ratio:
        x = scale.x(1.0)
        yield (
            f'<line class="forest-null" x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{bottom}" stroke="currentColor" '
            'stroke-width="1" stroke-opacity="0.5"/>'
        )


def _studies(pooled: Pooled, rows: tuple[ForestRow, ...], scale: _Scale) -> Iterator[str]:
    largest = max(each.weight for each in pooled.studies)
    x = scale.x(pooled.estimate)
    end = TOP + ROW * len(pooled.studies)
    yield (
        f'<line class="forest-pooled" x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{end}" stroke="currentColor" '
        'stroke-width="1" stroke-dasharray="3 3" stroke-opacity="0.6"/>'
    )
    for place, row in enumerate(rows):
        y = TOP + ROW * place + ROW / 2
        if place < len(pooled.studies):
            each = pooled.studies[place]
            side = 5 + 8 * math.sqrt(each.weight / largest)
            shape = _whisker(scale, each.interval, y) + (
                f'<rect class="forest-study" x="{scale.x(each.estimate) - side / 2:.1f}" y="{y - side / 2:.1f}" '
                f'width="{side:.1f}" height="{side:.1f}"/>'
            )
        elif row.label == "Pooled":
            shape = _diamond(scale, pooled, y)
        else:
            shape = _whisker(scale, pooled.prediction, y, "forest-prediction") if pooled.prediction else ""
        yield _row(row, shape, y)


def _row(row: ForestRow, shape: str, y: float) -> str:
    label = one_line(row.label)
    cut = label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"
    told = ", ".join(part for part in (label, row.counts, row.estimate, row.weight and f"weight {row.weight}") if part)
    weight = ' font-weight="bold"' if row.label == "Pooled" else ""
    return (
        f"<g><title>{escape(told)}</title>"
        f'<text x="4" y="{y + 4:.0f}"{weight}>{escape(cut)}</text>{shape}'
        f'<text x="{WIDTH - 4}" y="{y + 4:.0f}" text-anchor="end"{weight}>{escape(row.estimate)}</text></g>'
    )


def _whisker(scale: _Scale, interval: Interval, y: float, kind: str = "forest-interval") -> str:
    """Return an interval's line, with an arrow's head where it goes on beyond the plot."""
    low, high = scale.x(interval.low), scale.x(interval.high)
    line = (
        f'<line class="{kind}" x1="{low}" y1="{y}" x2="{high}" y2="{y}" stroke="currentColor" '
        f'stroke-width="{1.5 if kind == "forest-interval" else 3}"/>'
    )
    heads = ""
    if interval.low < scale.low:
        heads += f'<path d="M{low - 6} {y}l7 -4v8z"/>'
    if interval.high > scale.high:
        heads += f'<path d="M{high + 6} {y}l-7 -4v8z"/>'
    return line + heads


def _diamond(scale: _Scale, pooled: Pooled, y: float) -> str:
    low, middle, high = (scale.x(v) for v in (pooled.interval.low, pooled.estimate, pooled.interval.high))
    return f'<path class="forest-diamond" d="M{low} {y}L{middle} {y - 8}L{high} {y}L{middle} {y + 8}z"/>'


def _counts(each: Weighed) -> str:
    study = each.study
    first = f"{study.events}/{study.total}"
    return f"{first} against {study.control_events}/{study.control_total}" if study.control_total > 0 else first


def _words(pooled: Pooled, estimate: float, interval: Interval) -> str:
    low, high = _shown(pooled, interval.low), _shown(pooled, interval.high)
    return f"{_shown(pooled, estimate)}{_unit(pooled)} ({low} to {high})"


def _shown(pooled: Pooled, value: float) -> str:
    if pooled.pooling is Pooling.PROPORTION:
        return f"{100 * value:.0f}"
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"


def _unit(pooled: Pooled) -> str:
    return " %" if pooled.pooling is Pooling.PROPORTION else ""


def _measure(pooled: Pooled) -> str:
    return {"proportion": "Proportion", "RR": "Risk ratio", "OR": "Odds ratio"}[pooled.measure]
