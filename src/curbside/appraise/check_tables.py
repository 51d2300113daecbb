"""Counts in tables: percentages against the size of their column, totals against rows and columns, shares against 100.

A table is trusted to mean what a check supposes only where most of it agrees: the check of a cell rests on the other
cells of its column and row. What fewer people than the column's may explain is left unchecked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curbside.appraise.check_percents import fits
from curbside.appraise.laid import Box, Laid
from curbside.appraise.sides import EPSILON, check, shown, unchecked, unit
from curbside.language.linear import linear
from curbside.language.summaries import Figure, Shape
from curbside.records import Check, CheckKind, Quote

_TOTAL_HEAD = linear(
    r"(?i)^(?:total|overall|all|both|all (?:patients|subjects|participants|cases)|entire (?:cohort|sample))\b"
    r"[^a-z]{0,20}(?:\(?n\b.{0,16})?$"
)
_TOTAL_ROW = linear(r"(?i)^(?:grand |overall )?totals?\b[^a-z]{0,12}(?:n|no\.?|number)?[^a-z]{0,12}$")
_COMPARES = linear(r"(?i)\bp\b|p-?value|\bOR\b|\bRR\b|\bHR\b|ratio|difference|test|χ|chi|95 ?%")
_MIDDLE = linear(
    r"(?i)\b(?:means?|medians?|sd|s\.d|se|sem|iqr|range|average|age|years?|yrs|months|weeks|days|hours|kg|cm|mm|mmhg|score|bmi|"
    r"weight|height|duration|time|index|level|mg|ml|g/dl|pressure|\(y\))\b|±|/[lL]\b|kg/m"
)
_COUNTED_SO = linear(r"(?i)\bn\W{0,3}%|\bno\.?\W{0,3}%|number\W{0,3}%|\(%\)|, ?%")
_SLACK = 0.5
_TRUST, _LEAST = 0.8, 3
"""What part of the cells must agree, and how many, before one that does not is doubted."""


@dataclass(frozen=True, slots=True)
class _Share:
    box: Box
    count: Figure
    percent: Figure
    n: float
    size: Quote

    @property
    def agrees(self) -> bool:
        return fits(self.count.value, self.n, self.percent.value, self.percent.printed)


def tables(laid: Laid) -> Iterator[Check]:
    """Check the counts of a table."""
    yield from _fractions(laid)
    yield from _percents(laid)
    yield from _total_column(laid)
    yield from _total_rows(laid)
    yield from _shares(laid)


def _whole(figure: Figure) -> bool:
    return figure.value >= 0 and "." not in figure.printed and figure.printed.replace(",", "").isdigit()


def _in_percent(laid: Laid, box: Box) -> bool:
    """Tell whether the words around a cell "34 (28.3)" say that what is bracketed is a percentage."""
    around = [box.words, laid.label(box.row), laid.group(box.row), laid.head(box.column), laid.head(0)]
    if any(_MIDDLE.search(words) for words in around[1:3]):
        return False
    return any("%" in words or "ercent" in words for words in (*around, laid.caption))


def _counted(box: Box) -> tuple[Figure, Figure] | None:
    """Return count and percentage of a cell "34 (28.3)" or "28.3 (34)", None for another."""
    summary = box.summary
    if summary is None or summary.shape is not Shape.PAIR or len(summary.figures) != 2 or summary.word not in ("", "n"):
        return None
    one, two = summary.figures
    if one.percent or (summary.word == "n" and not two.percent):
        one, two = two, one
    return (one, two) if _whole(one) and 0 <= two.value <= 100 and "," not in two.printed else None


def _quote(box: Box, *figures: Figure) -> Quote:
    return box.said.quote(min(f.span.start for f in figures), max(f.span.end for f in figures))


def _fractions(laid: Laid) -> Iterator[Check]:
    """Check cells that bring count and whole: "34/120 (28.3 %)"."""
    found: list[_Share] = []
    for box in laid.body():
        summary = box.summary
        if summary is not None and summary.shape is Shape.FRACTION and len(summary.figures) == 3:
            k, n, percent = summary.figures
            if n.value > 0 and k.value <= n.value and percent.value <= 100 and "," not in percent.printed:
                found.append(_Share(box, k, percent, n.value, _quote(box, k, n)))
    agreeing = sum(share.agrees for share in found)
    for share in found:
        if share.agrees or (agreeing >= _LEAST and agreeing >= _TRUST * len(found)):
            yield _told(share)
        else:
            yield unchecked(CheckKind.PERCENT, (share.box.quote(),), "Few cells of the table agree with this reading.")


def _told(share: _Share) -> Check:
    exact = 100 * share.count.value / share.n
    percent = _quote(share.box, share.percent)
    arithmetic = f"{share.count.printed} / {shown(share.n)} = {shown(exact, 3)} %; printed {share.percent.printed} %"
    message = (
        "The percentage is that of the count."
        if share.agrees
        else f"{share.count.printed} of {shown(share.n)} is {shown(exact, 1)} %, not {share.percent.printed} %."
    )
    count = _quote(share.box, share.count)
    quotes = (percent, share.size) if share.size.span.covers(count.span) else (percent, count, share.size)
    return check(CheckKind.PERCENT, share.agrees, quotes, arithmetic, message)


def _percents(laid: Laid) -> Iterator[Check]:
    """Check cells "34 (28.3)" under a head with the size of the arm."""
    columns: dict[int, list[_Share]] = {}
    for box in laid.body():
        size, counted = laid.size(box.column), _counted(box)
        if size is None or counted is None or size[0] < 1 or _COMPARES.search(laid.head(box.column)):
            continue
        if _in_percent(laid, box) and (counted[0].value <= size[0] or _COUNTED_SO.search(laid.label(box.row))):
            columns.setdefault(box.column, []).append(_Share(box, *counted, float(size[0]), size[1]))
    everything = [share for column in columns.values() for share in column]
    agreeing = sum(share.agrees for share in everything)
    trusted = agreeing >= _LEAST and agreeing >= _TRUST * len(everything)
    by_row: dict[int, list[_Share]] = {}
    for share in everything:
        by_row.setdefault(share.box.row, []).append(share)
    for share in everything:
        if share.agrees:
            yield _told(share)
            continue
        column = columns[share.box.column]
        right = sum(one.agrees for one in column)
        sure = trusted and right >= 2 and (right >= _TRUST * len(column) or right == len(column) - 1)
        others = [one for one in by_row[share.box.row] if one is not share]
        alone = all(one.agrees for one in others)
        elsewhere = any(
            fits(share.count.value, one[0].n, share.percent.value, share.percent.printed)
            for place, one in columns.items()
            if place != share.box.column
        )
        explained = elsewhere or _of_fewer(share, column, bool(others)) or _of_row(share, by_row)
        if sure and alone and not explained:
            yield _told(share)
        else:
            yield unchecked(CheckKind.PERCENT, (share.box.quote(),), "It may be of fewer than the column's head says.")


def _of_fewer(share: _Share, column: Sequence[_Share], others: bool) -> bool:
    """Tell whether missing values may explain a percentage: of how many it would be, and who shares that number."""
    step = 1.5 * unit(share.percent.printed)
    least = 100 * share.count.value / (share.percent.value + step)
    most = 100 * share.count.value / max(share.percent.value - step, step / 10)
    if share.count.value == 0 or most >= share.n + 1 > least:
        return False
    if least > share.n:
        return False  # of more than the arm has
    near = [one for one in column if one is not share and not one.agrees and abs(one.box.row - share.box.row) <= 3]
    if near:
        return True
    whole = int(most) >= least - EPSILON
    return whole and most >= (0.8 if others else 0.5) * share.n


def _of_row(share: _Share, by_row: dict[int, list[_Share]]) -> bool:
    """Tell whether the percentage is of the row's counts together."""
    total = sum(one.count.value for one in by_row[share.box.row])
    return len(by_row[share.box.row]) > 1 and fits(share.count.value, total, share.percent.value, share.percent.printed)


def _count_of(box: Box | None, laid: Laid | None = None) -> Figure | None:
    """Return the count that a cell opens with: "34", "34 (28.3)", "34/120"."""
    if box is None or box.summary is None or box.summary.shape not in (Shape.SINGLE, Shape.PAIR):
        return None
    if box.summary.shape is Shape.PAIR:
        counted = _counted(box) if laid is None or _in_percent(laid, box) else None
        return counted[0] if counted is not None else None
    figure = box.summary.figures[0]
    return figure if _whole(figure) and not figure.percent else None


def _sum(total: Box, parts: Sequence[Box], agrees: bool) -> Check:
    figures = [figure for box in parts if (figure := _count_of(box)) is not None]
    whole = _count_of(total)
    printed = whole.printed if whole is not None else ""
    found = sum(figure.value for figure in figures)
    arithmetic = f"{' + '.join(figure.printed for figure in figures)} = {shown(found)}; printed {printed}"
    message = "The total is the sum of its parts." if agrees else f"The parts make {shown(found)}, not {printed}."
    return check(CheckKind.TOTALS, agrees, (total.quote(), *(box.quote() for box in parts)), arithmetic, message)


def _judged(lines: Sequence[tuple[Box, Sequence[Box]]], least: int) -> Iterator[Check]:
    """Check sums that stand side by side; one is doubted only where `least` others and most of all agree."""
    verdicts = [_adds(total, parts) for total, parts in lines]
    agreeing = sum(verdicts)
    wrong = len(verdicts) - agreeing
    trusted = agreeing >= least and (agreeing >= _TRUST * len(verdicts) or wrong == 1)
    for (total, parts), agrees in zip(lines, verdicts):
        if agrees or trusted:
            yield _sum(total, parts, agrees)


def _total_column(laid: Laid) -> Iterator[Check]:
    totals = [
        column for column in range(1, laid.columns)
        if (heads := laid.heads(column)) and _TOTAL_HEAD.match(heads[-1].words.strip())
    ]  # fmt: skip
    if len(totals) != 1:
        return
    others = [
        column for column in range(1, laid.columns) if column != totals[0] and not _COMPARES.search(laid.head(column))
    ]
    lines: list[tuple[Box, Sequence[Box]]] = []
    for row in range(laid.top, laid.rows):
        total = laid.at(row, totals[0])
        parts = [box for column in others if (box := laid.at(row, column)) is not None and _count_of(box, laid)]
        if _MIDDLE.search(laid.label(row)) or _MIDDLE.search(laid.group(row)):
            continue
        if total is not None and _count_of(total, laid) is not None and len(parts) == len(others) > 1:
            lines.append((total, parts))
    yield from _judged(lines, 3)


def _total_rows(laid: Laid) -> Iterator[Check]:
    after_total = after_group = laid.top
    for row in range(laid.top, laid.rows):
        if not any(box.words for column in range(1, laid.columns) if (box := laid.at(row, column)) is not None):
            after_group = row + 1
        if not _TOTAL_ROW.match(laid.label(row).strip()):
            continue
        # A row without values may head a group or be a comment on the row above it: the reading that adds up is right.
        both = [_sums(laid, first, row) for first in sorted({after_total, after_group})]
        lines = max(both, key=lambda lines: sum(_adds(total, parts) for total, parts in lines))
        yield from _judged(lines, 1 if len(lines) == 2 and _large(lines) else 2)
        after_total = after_group = row + 1


def _sums(laid: Laid, first: int, row: int) -> list[tuple[Box, Sequence[Box]]]:
    """Return, by column, a row of totals with the counts above it."""
    lines: list[tuple[Box, Sequence[Box]]] = []
    for column in range(1, laid.columns):
        total = laid.at(row, column)
        parts = [box for above in range(first, row) if (box := laid.at(above, column)) is not None and box.words]
        counted = len(parts) > 1 and all(_count_of(box) is not None for box in parts)
        if total is not None and _count_of(total) is not None and counted and not _COMPARES.search(laid.head(column)):
            lines.append((total, parts))
    return lines


def _adds(total: Box, parts: Sequence[Box]) -> bool:
    whole = _count_of(total)
    return whole is not None and whole.value == sum(
        figure.value for box in parts if (figure := _count_of(box)) is not None
    )


def _large(lines: Sequence[tuple[Box, Sequence[Box]]]) -> bool:
    return all(len(parts) > 2 for _, parts in lines)


def _percent_of(box: Box | None) -> Figure | None:
    """Return the percentage of a cell "28.3 %", "28.3", "34 (28.3)" that has a decimal or a sign."""
    if box is None or box.summary is None:
        return None
    if box.summary.shape is Shape.PAIR:
        counted = _counted(box)
        return counted[1] if counted is not None else None
    figure = box.summary.figures[0]
    if box.summary.shape is not Shape.SINGLE or not 0 <= figure.value <= 100 or "," in figure.printed:
        return None
    return figure if figure.percent or "." in figure.printed else None


def _shares(laid: Laid) -> Iterator[Check]:
    """Check runs of rows whose percentages make 100 in all columns but one."""
    done = laid.top
    for first in range(laid.top, laid.rows - 1):
        if first < done:
            continue
        for length in (2, 3, 4, 5, 6, 7, 8):
            found = _run(laid, first, length)
            if found:
                yield from found
                done = first + length
                break


def _run(laid: Laid, first: int, length: int) -> list[Check]:
    columns: list[tuple[list[Box], list[Figure]]] = []
    for column in range(1, laid.columns):
        boxes = [box for row in range(first, first + length) if (box := laid.at(row, column)) is not None]
        figures = [figure for box in boxes if (figure := _percent_of(box)) is not None]
        if len(figures) == length and not _COMPARES.search(laid.head(column)):
            columns.append((boxes, figures))
    if len(columns) < 3:
        return []
    sums = [(sum(f.value for f in figures), sum(unit(f.printed) for f in figures) / 2 + 0.05) for _, figures in columns]
    good = [
        abs(total - 100) <= slack + EPSILON and len({f.printed for f in c[1]}) > 1
        for (total, slack), c in zip(sums, columns)
    ]
    fine = any("." in figure.printed for _, figures in columns for figure in figures)
    wrong = [place for place, agrees in enumerate(good) if not agrees]
    if any(_goes_on(laid, first, length, columns[place][0][0].column, columns[place][1]) for place in wrong):
        return []
    if sum(good) < 2 or len(wrong) > 1 or not fine or (wrong and sum(good) < 3 and length < 3 and not _two_good(good)):
        return []
    checks: list[Check] = []
    for (boxes, figures), (total, slack), agrees in zip(columns, sums, good):
        if not agrees and abs(total - 100) <= 2 * slack + 0.2:
            continue
        arithmetic = f"{' + '.join(f.printed for f in figures)} = {shown(total)} %"
        message = (
            "The shares make 100 %." if agrees else f"The shares make {shown(total)} %; in the other columns, 100 %."
        )
        quotes = tuple(_quote(box, figure) for box, figure in zip(boxes, figures))
        checks.append(check(CheckKind.SHARES, agrees, quotes, arithmetic, message))
    return checks


def _goes_on(laid: Laid, first: int, length: int, column: int, figures: Sequence[Figure]) -> bool:
    """Tell whether a column makes 100 with rows after or before the run, or with fewer of its own."""
    total = sum(figure.value for figure in figures)
    for rows in (range(first + length, first + length + 5), range(first - 1, max(laid.top, first - 4) - 1, -1)):
        found = total
        for row in rows:
            figure = _percent_of(laid.at(row, column))
            found += figure.value if figure is not None else 0.0
            if abs(found - 100) <= _SLACK:
                return True
    parts = [sum(figure.value for figure in figures[:end]) for end in range(2, len(figures))]
    parts += [sum(figure.value for figure in figures[start:]) for start in range(1, len(figures) - 1)]
    return any(abs(part - 100) <= _SLACK for part in parts)


def _two_good(good: Sequence[bool]) -> bool:
    return sum(good) >= 2
