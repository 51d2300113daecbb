"""Estimates with intervals, p values and standard deviations in the rows of tables.

A mix-up of SD and SE shows where two arms, their sizes and a p value are given: the t test by one reading gives the
printed p value and by the other one that is orders of magnitude away (Welch 1947).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from curbside.appraise.check_ranges import grim, grim_words, is_counted
from curbside.appraise.distributions import t_tails
from curbside.appraise.estimates import SKEWED, Estimate, compared
from curbside.appraise.grimmer import grimmer, grimmer_words
from curbside.appraise.laid import Box, Laid
from curbside.appraise.sides import check, shown, unchecked, unit
from curbside.language.linear import linear
from curbside.language.summaries import Figure, Shape
from curbside.records import Check, CheckKind, Quote

_RATIO = linear(
    r"(?i)\b(?:odds ratios?|hazards? ratios?|risk ratios?|relative risks?|rate ratios?)\b|"
    r"\b(?:a|adj)?(?-i:OR|HR|RR|IRR)s?\b"
)
_DIFFERENCE = linear(r"(?i)\b(?:mean |risk )?differences?\b|\b(?-i:MD|SMD|WMD|RD)\b|β|\bbeta\b|coefficient")
_SKEWED = linear(
    r"(?i)\b(?:costs?|bootstrap\w*|geometric|log-?\w*|back-?transformed|bayes\w*|credible|penali[sz]ed|exact)\b"
)
"""Words of analyses whose intervals need not be symmetrical."""
_CI = linear(r"(?i)\bc\.?i\.?\b|confidence")
_P_HEAD = linear(r"(?i)^\W{0,3}p\W{0,3}(?:-?values?)?\W{0,4}$")
_P_CELL = linear(r"^(?:[Pp] ?)?(?P<s>[<>=≤≥]?) ?(?P<p>[01]?\.[0-9]{1,6})(?:\W{0,3}| ?[a-z*†‡§]{1,2})$")
_P_VALUE = linear(r"(?i)\bp[- ]?values?\b")
_SD = linear(r"\bS\.?D\.?\b|(?i:standard deviation)")
_SE = linear(r"\bS\.?E\.?(?:M\.?)?\b|(?i:standard error)")
_RANGE_CELL = linear(r"^[(\[]? ?(?P<l>-?[0-9]*\.?[0-9]+)(?: ?- ?| to |, ?)(?P<h>-?[0-9]*\.?[0-9]+) ?[)\]]?$")


def estimates(laid: Laid) -> Iterator[Check]:
    """Check estimates with intervals, pairs of means and means of whole numbers, row by row."""
    ps = [
        column
        for column in range(1, laid.columns)
        if (heads := laid.heads(column)) and _P_HEAD.match(heads[-1].words.strip())
    ]
    for box in laid.body():
        one = _interval(laid, box, ps)
        if one is not None:
            yield from compared(one)
    if len(ps) == 1:
        for row in range(laid.top, laid.rows):
            yield from _spread(laid, row, ps[0])
    yield from _means(laid)


def _interval(laid: Laid, box: Box, ps: list[int]) -> Estimate | None:
    """Return the estimate of a cell "1.45 (1.02–2.07)", or of two cells side by side."""
    heads = laid.head(box.column)
    summary = box.summary
    if summary is None:
        return None
    if summary.shape is Shape.INTERVAL and (_CI.search(heads) or summary.word == "ci" or _CI.search(laid.caption)):
        e, low, high = summary.figures[:3]
        printed = (e.printed, low.printed, high.printed)
        values = (e.value, low.value, high.value)
        quotes = (_quote(box, e), box.said.quote(low.span.start, high.span.end))
        if e.percent or "," in "".join(printed):
            return None
    elif summary.shape is Shape.SINGLE and "%" not in box.words:
        beside = laid.at(box.row, box.column + 1)
        m = _RANGE_CELL.match(beside.words) if beside is not None and _CI.search(laid.head(box.column + 1)) else None
        if beside is None or m is None or "," in box.words or "," in beside.words.replace(", ", ""):
            return None
        named = _RANGE_CELL.groupindex
        e = summary.figures[0]
        printed = (e.printed, m.group(named["l"]), m.group(named["h"]))
        values = (e.value, float(printed[1]), float(printed[2]))
        quotes = (_quote(box, e), beside.said.quote(m.start(named["l"]), m.end(named["h"])))
        if beside.words.strip().startswith("-") and values[2] >= 0 and values[1] > 0:
            return None
    else:
        return None
    if _P_VALUE.search(heads) and not _RATIO.search(heads):
        return None  # "p (95 % CI)": the interval of a difference that is not printed
    ratio = _ratio(laid, box.column, heads)
    if ratio and (values[0] <= 0 or values[1] < 0):
        return None
    if ratio is None and not _CI.search(heads) and summary.word != "ci":
        return None
    level = 0.9 if "90" in heads else 0.99 if "99%" in heads.replace(" ", "") else 0.95
    p = _p_beside(laid, box, ps) if ratio is not None else None
    if p is None:
        return Estimate(ratio, *values, printed, level, quotes)
    return Estimate(ratio, *values, printed, level, quotes, *p)


def _ratio(laid: Laid, column: int, heads: str) -> bool | None:
    """Return whether a column's estimates are ratios or differences, None where its head names both or neither."""
    ratio, difference = _RATIO.search(heads) is not None, _DIFFERENCE.search(heads) is not None
    if ratio == difference or SKEWED.search(heads) or SKEWED.search(laid.caption):
        return None
    if ratio and any(
        box.words.startswith("-") for row in range(laid.top, laid.rows) if (box := laid.at(row, column)) is not None
    ):
        return None
    return ratio


def _quote(box: Box, figure: Figure) -> Quote:
    return box.said.quote(figure.span.start, figure.span.end)


def _p_beside(laid: Laid, box: Box, ps: list[int]) -> tuple[float, str, Quote, str] | None:
    """Return the p value right behind an estimate: in the next column, or the one after an interval's own."""
    for column in (box.column + 1, box.column + 2):
        if column in ps:
            cell = laid.at(box.row, column)
            m = _P_CELL.match(cell.words) if cell is not None else None
            if cell is None or m is None:
                return None
            named = _P_CELL.groupindex
            printed = m.group(named["p"])
            return float(printed), m.group(named["s"]) or "=", cell.quote(), printed
        if not _CI.search(laid.head(column)):
            return None
    return None


def _spread(laid: Laid, row: int, column: int) -> Iterator[Check]:
    """Check the deviations of two arms against the p value of their row."""
    p_box = laid.at(row, column)
    m = _P_CELL.match(p_box.words) if p_box is not None else None
    if p_box is None or m is None or m.group(_P_CELL.groupindex["s"]) not in ("", "="):
        return
    arms: list[tuple[Box, Figure, Figure, int, Quote]] = []
    for place in range(1, laid.columns):
        box, size = laid.at(row, place), laid.size(place)
        if box is None or box.summary is None or place == column or size is None:
            continue
        if box.summary.shape not in (Shape.SPREAD, Shape.PAIR) or len(box.summary.figures) != 2:
            return
        if any(figure.percent for figure in box.summary.figures):
            return
        arms.append((box, box.summary.figures[0], box.summary.figures[1], size[0], size[1]))
    if len(arms) != 2 or min(arm[3] for arm in arms) < 5 or min(arm[2].value for arm in arms) <= 0:
        return
    said = _said(laid, row, arms)
    if said == "":
        return
    printed = m.group(_P_CELL.groupindex["p"])
    p = float(printed)
    (box, m1, s1, n1, z1), (other, m2, s2, n2, z2) = arms
    as_sd = _welch(m1.value, s1.value, n1, m2.value, s2.value, n2)
    as_se = _welch(m1.value, s1.value * math.sqrt(n1), n1, m2.value, s2.value * math.sqrt(n2), n2)
    arithmetic = (
        f"({m1.printed} - {m2.printed}) with {s1.printed} and {s2.printed}, n {n1} and {n2}: read as SD p = "
        f"{as_sd:.2g}, read as SE p = {as_se:.2g}; printed p {printed}"
    )
    quotes = (box.quote(), other.quote(), p_box.quote(), z1, z2)
    named = as_sd if said == "SD" else as_se
    slack = 0.5 * max(unit(s1.printed) / s1.value, unit(s2.printed) / s2.value)
    scale = (math.sqrt(n1), math.sqrt(n2)) if said == "SD" else (1 / math.sqrt(n1), 1 / math.sqrt(n2))
    ends = [
        _welch(m1.value, s1.value * scale[0] * by, n1, m2.value, s2.value * scale[1] * by, n2)
        for by in (1 - slack, 1 + slack)
    ]
    close = min(ends) / 1.35 <= p <= 1.35 * max(ends) + 0.01
    if 0.25 * p <= named <= 4 * p:
        yield check(CheckKind.SPREAD, True, quotes, arithmetic, f"The p value is that of the {said}.")
    elif close and 0.01 <= p <= 0.99 and (named < min(p / 100, 0.005) if said == "SD" else named > 0.5 and p < 0.01):
        message = f"What is called SD fits the p value only as {'SE' if said == 'SD' else 'SD'}."
        message = message if said == "SD" else message.replace("called SD", "called SE")
        yield check(CheckKind.SPREAD, False, quotes, arithmetic, message)


def _said(laid: Laid, row: int, arms: list[tuple[Box, Figure, Figure, int, Quote]]) -> str:
    """Return "SD" or "SE" by the nearest words that name one alone: row, heads, caption; "" where none does."""
    heads = " ".join(laid.head(arm[0].column) for arm in arms)
    for words in (laid.label(row), heads, laid.caption):
        sd, se = _SD.search(words) is not None, _SE.search(words) is not None
        if sd != se:
            return "SD" if sd else "SE"
        if sd and se:
            return ""
    return ""


def _welch(m1: float, s1: float, n1: int, m2: float, s2: float, n2: int) -> float:
    v1, v2 = s1 * s1 / n1, s2 * s2 / n2
    df = (v1 + v2) ** 2 / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1))
    return t_tails((m1 - m2) / math.sqrt(v1 + v2), df)


def _named_sd(laid: Laid, row: int, column: int) -> bool:
    """Tell whether the nearest words that name one of both call a row's deviations SD."""
    for words in (laid.label(row), laid.head(column), laid.caption):
        if _SD.search(words) or _SE.search(words):
            return _SE.search(words) is None
    return False


def _deviation(box: Box, size: tuple[int, Quote]) -> Iterator[Check]:
    """Check a standard deviation of whole numbers against their mean and their number."""
    if box.summary is None or len(box.summary.figures) != 2:
        return
    mean, spread = (figure.printed for figure in box.summary.figures)
    possible = grimmer(mean, spread, size[0])
    if possible is None:
        return
    quotes = (_quote(box, box.summary.figures[1]), _quote(box, box.summary.figures[0]), size[1])
    words = grimmer_words(mean, spread, size[0]) if not possible else f"mean {mean}, SD {spread}, n {size[0]}"
    message = "Whole numbers can have this deviation."
    message = message if possible else f"{size[0]} whole numbers with mean {mean} cannot have an SD of {spread}."
    yield check(CheckKind.DEVIATION, possible, quotes, words, message)


def _means(laid: Laid) -> Iterator[Check]:
    """Check means of things that are counted against the size of their column; one is doubted where the rest agrees."""
    found: list[tuple[Box, Figure, int, Quote, bool]] = []
    for row in range(laid.top, laid.rows):
        if not is_counted(laid.label(row)) or "edian" in laid.label(row):
            continue
        for column in range(1, laid.columns):
            box, size = laid.at(row, column), laid.size(column)
            if box is None or box.summary is None or size is None or box.words[:1] in "+-":
                continue
            figure = box.summary.figures[0]
            if box.summary.shape not in (Shape.SPREAD, Shape.PAIR) or figure.percent or "." not in figure.printed:
                continue
            agrees = grim(figure.printed, size[0])
            if agrees is not None:
                found.append((box, figure, size[0], size[1], agrees))
            if agrees and _named_sd(laid, row, column):
                yield from _deviation(box, size)
    wrong = sum(not agrees for *_, agrees in found)
    for box, figure, n, size, agrees in found:
        if agrees or (wrong == 1 and len(found) > 1):
            message = (
                "So many people can have this mean."
                if agrees
                else (f"The mean of {shown(n)} whole numbers cannot be {figure.printed}.")
            )
            yield check(CheckKind.MEAN, agrees, (_quote(box, figure), size), grim_words(figure.printed, n), message)
        else:
            yield unchecked(
                CheckKind.MEAN, (_quote(box, figure), size), "It may be of fewer people, or of no whole numbers."
            )
