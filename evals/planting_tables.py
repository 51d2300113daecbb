"""Plants inconsistencies in tables: one cell (for SD and SE the two of a row) of a table that agrees by itself."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator

from curbside.records import Cell
from evals.planting import Edit, decimals, impossible, lopsided, outside, slips, wrong_share

_F = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_SIZE = re.compile(r"\b[nN] ?= ?([0-9]{1,6})\b")
_COUNT = re.compile(r"^([0-9]{1,5}) ?\(([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%?\)$")
_INTERVAL = re.compile(rf"^(?P<e>{_F}) ?[(\[](?P<l>{_F})(?: ?[-–] ?| to |, ?)(?P<h>{_F})[)\]]$")
_RATIO = re.compile(r"\b(?:HR|OR|RR|[Oo]dds ratio|[Hh]azard ratio|[Rr]elative risk|[Rr]isk ratio)\b")
_MEAN_SD = re.compile(rf"^(?P<m>-?{_F}) ?(?:±|\+/-) ?(?P<s>{_F})$|^(?P<m2>-?{_F}) ?\((?P<s2>{_F})\)$")
_P = re.compile(r"^(?:[Pp] ?= ?)?(0?\.[0-9]{2,4})$")
_PERCENT = re.compile(r"^([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%?$")
_WHOLE = re.compile(r"^[0-9]{1,6}$")
_THINGS = re.compile(
    r"(?i)^(?:mean |average )?(?:number|no\.?) (?:of )?[a-z -]+s\b(?! per)(?!/)|"
    r"\b(?:visits|attacks|episodes|admissions|siblings|parity)\b"
)
_NO_THINGS = re.compile(r"(?i)days|hours|years|minutes|weeks|months|score|ratio|rate|units|/|per ")


class Grid:
    """A table's words by row and column, cells that span several counted once, at their top left."""

    def __init__(self, text: str, cells: tuple[Cell, ...], caption: str) -> None:
        """Lay the cells out."""
        self.text, self.caption = text, caption
        self.at = {(cell.row, cell.column): cell for cell in cells}
        self.rows = max((cell.row for cell in cells), default=-1) + 1
        self.columns = max((cell.column for cell in cells), default=-1) + 1
        self.over: dict[int, list[str]] = {}
        top = [cell for cell in cells if cell.header and cell.row < 3]
        for cell in sorted(top, key=lambda cell: cell.row):
            for column in range(cell.column, cell.column + cell.columns):
                self.over.setdefault(column, []).append(cell.span.of(text).strip())

    def words(self, row: int, column: int) -> str:
        """Return what a cell says, "" where there is none."""
        cell = self.at.get((row, column))
        return cell.span.of(self.text).strip() if cell is not None else ""

    def start(self, row: int, column: int) -> int:
        """Return where a cell's words begin."""
        span = self.at[row, column].span
        words = span.of(self.text)
        return span.start + len(words) - len(words.lstrip())

    def head(self, column: int) -> str:
        """Return the words over a column."""
        return " ".join(self.over.get(column, []))

    def size(self, column: int) -> int:
        """Return the one "n = 30" over a column, 0 where there is none."""
        found = {m[1] for m in _SIZE.finditer(self.head(column))}
        return int(found.pop()) if len(found) == 1 else 0

    def cells(self) -> Iterator[tuple[int, int]]:
        """Yield places of cells that are no heads."""
        for place, cell in self.at.items():
            if not cell.header and len(cell.span):
                yield place


def percent_in_table(grid: Grid, rng: random.Random) -> list[Edit] | None:
    """Plant in a cell "34 (28.3)" under a head with "n = 120"."""
    places = [(p, m) for p in grid.cells() if (m := _COUNT.match(grid.words(*p))) and grid.size(p[1])]
    good = [
        (p, m)
        for p, m in places
        if abs(100 * int(m[1]) / grid.size(p[1]) - float(m[2])) <= 0.51 * 10.0 ** -decimals(m[2])
    ]
    if len(good) < 4 or len(good) < len(places):
        return None
    place, m = rng.choice(good)
    start = grid.start(*place)
    edit = wrong_share(start + m.start(1), m[1], str(grid.size(place[1])), start + m.start(2), m[2], rng)
    return [edit] if edit else None


def interval_in_table(grid: Grid, rng: random.Random) -> list[Edit] | None:
    """Plant an estimate outside its interval in a column of ratios."""
    return _of_interval(grid, rng, outside)


def symmetry_in_table(grid: Grid, rng: random.Random) -> list[Edit] | None:
    """Plant a lopsided interval in a column of ratios."""
    return _of_interval(grid, rng, lopsided)


def _of_interval(
    grid: Grid, rng: random.Random, plant: Callable[[re.Match[str], random.Random], list[Edit] | None]
) -> list[Edit] | None:
    found: list[tuple[tuple[int, int], re.Match[str]]] = []
    for place in grid.cells():
        m = _INTERVAL.match(grid.words(*place))
        said = "CI" in grid.head(place[1]) + grid.caption and _RATIO.search(grid.head(place[1]))
        if m is not None and said and 0 < float(m["l"]) < float(m["e"]) < float(m["h"]):
            found.append((place, m))
    if not found:
        return None
    place, m = rng.choice(found)
    edits = plant(m, rng)
    start = grid.start(*place)
    return [Edit(e.start + start, e.end + start, e.words) for e in edits] if edits else None


def totals_in_table(grid: Grid, rng: random.Random) -> list[Edit] | None:
    """Plant in a row or a column of totals, or in what it is the total of."""
    found: list[list[tuple[int, int]]] = []
    for column in range(1, grid.columns):
        if re.match(r"(?i)^(?:total|overall|all)\b", (grid.over.get(column) or [""])[-1]):
            others = [c for c in range(1, grid.columns) if c != column]
            lines = [
                [(row, column), *((row, c) for c in others)]
                for row in range(grid.rows)
                if all(_WHOLE.match(grid.words(row, c)) and not grid.at[row, c].header for c in (*others, column))
            ]
            sums = [line for line in lines if len(others) > 1 and _adds(grid, line)]
            if len(sums) >= 4 and len(sums) == len(lines):
                found += sums
    for row in range(3, grid.rows):
        if re.match(r"(?i)^(?:grand )?total\b", grid.words(row, 0)):
            above: dict[int, list[tuple[int, int]]] = {}
            for column in range(1, grid.columns):
                line = [(r, column) for r in range(1, row) if (r, column) in grid.at and not grid.at[r, column].header]
                if len(line) >= 2 and all(_WHOLE.match(grid.words(*p)) for p in [*line, (row, column)] if p in grid.at):
                    above[column] = [(row, column), *line]
            good = [line for line in above.values() if line[0] in grid.at and _adds(grid, line)]
            if len(good) >= 2 and len(good) == len(above):
                found += good
    found = [line for line in found if int(grid.words(*line[0])) >= 5]
    if not found:
        return None
    line = rng.choice(found)
    place = rng.choice(line)
    words = grid.words(*place)
    for slip in slips(words, rng):
        return [Edit(grid.start(*place), grid.start(*place) + len(words), slip)]
    return None


def _adds(grid: Grid, line: list[tuple[int, int]]) -> bool:
    total, *parts = (int(grid.words(*place)) for place in line)
    return total == sum(parts) and sum(part > 0 for part in parts) > 1


def shares_in_table(grid: Grid, rng: random.Random) -> list[Edit] | None:
    """Plant in a block of rows whose percentages make 100 in every column."""
    columns = [c for c in range(1, grid.columns) if any(_PERCENT.match(grid.words(r, c)) for r in range(grid.rows))]
    for first in range(1, grid.rows):
        for length in (3, 4, 5, 2):
            rows = range(first, first + length)
            whole: list[int] = []
            for column in columns:
                values = [_PERCENT.match(grid.words(r, column)) for r in rows]
                if (
                    all(values)
                    and abs(sum(float(v[1]) for v in values if v) - 100) <= 0.21
                    and all(decimals(v[1]) == 1 and float(v[1]) < 100 for v in values if v)
                ):
                    whole.append(column)
            if len(whole) >= 3:
                column, row = rng.choice(whole), rng.choice(list(rows))
                words = grid.words(row, column).rstrip("% ")
                for slip in slips(words, rng):
                    if abs(float(slip) - float(words)) > 2 and float(slip) <= 100:
                        return [Edit(grid.start(row, column), grid.start(row, column) + len(words), slip)]
    return None


def spread_in_table(grid: Grid, rng: random.Random) -> list[Edit] | None:
    """Plant standard errors where the table says standard deviations: both arms of a row divided by √n."""
    from scipy import stats

    p_columns = [c for c in range(grid.columns) if re.search(r"(?i)^\W{0,3}p\b", (grid.over.get(c) or [""])[-1])]
    found: list[list[Edit]] = []
    for row in range(grid.rows):
        ps = [m for c in p_columns if (m := _P.match(grid.words(row, c)))]
        arms = [
            (c, m)
            for c in range(1, grid.columns)
            if (m := _MEAN_SD.match(grid.words(row, c))) and grid.size(c) > 8 and not grid.at[row, c].header
        ]
        said = f"{grid.words(row, 0)} {grid.caption} " + " ".join(grid.head(c) for c, _ in arms)
        if (
            len(ps) != 1
            or len(arms) != 2
            or not re.search(r"SD|standard deviation", said)
            or re.search(r"\bSE\b|SEM|standard error", said)
        ):
            continue
        (c1, a), (c2, b) = arms
        n1, n2 = grid.size(c1), grid.size(c2)
        s1, s2 = a["s"] or a["s2"], b["s"] or b["s2"]
        m1, m2 = float(a["m"] or a["m2"]), float(b["m"] or b["m2"])
        p = float(ps[0][1])
        if float(s1) <= 0 or float(s2) <= 0:
            continue
        now = stats.ttest_ind_from_stats(m1, float(s1), n1, m2, float(s2), n2, equal_var=False).pvalue
        if not (p >= 0.05 and p / 1.6 < now < p * 1.6):
            continue
        e1, e2 = f"{float(s1) / math.sqrt(n1):.{decimals(s1)}f}", f"{float(s2) / math.sqrt(n2):.{decimals(s2)}f}"
        if float(e1) == 0 or float(e2) == 0:
            continue
        then = stats.ttest_ind_from_stats(m1, float(e1), n1, m2, float(e2), n2, equal_var=False).pvalue
        back = stats.ttest_ind_from_stats(
            m1, float(e1) * math.sqrt(n1), n1, m2, float(e2) * math.sqrt(n2), n2, equal_var=False
        ).pvalue
        if then > 1e-4 or not p / 1.6 < back < p * 1.6:
            continue
        edits: list[Edit] = []
        for (column, m), new in ((arms[0], e1), (arms[1], e2)):
            name = "s" if m["s"] else "s2"
            start = grid.start(row, column)
            edits.append(Edit(start + m.start(name), start + m.end(name), new))
        found.append(edits)
    return rng.choice(found) if found else None


def mean_in_table(grid: Grid, rng: random.Random) -> list[Edit] | None:
    """Plant a mean of whole numbers that so many people cannot have."""
    found: list[tuple[int, str, int]] = []
    for place in grid.cells():
        m = re.match(r"^([0-9]{1,2}\.[0-9]{2}) ?[±(]", grid.words(*place))
        if (
            m
            and place[1] > 0
            and grid.size(place[1])
            and _THINGS.search(grid.words(place[0], 0))
            and not _NO_THINGS.search(grid.words(place[0], 0))
        ):
            found.append((grid.start(*place), m[1], grid.size(place[1])))
    rng.shuffle(found)
    return next((edits for one in found if (edits := impossible(*one, rng))), None)


TABLES: dict[str, Callable[[Grid, random.Random], list[Edit] | None]] = {
    "percent": percent_in_table,
    "interval": interval_in_table,
    "symmetry": symmetry_in_table,
    "totals": totals_in_table,
    "shares": shares_in_table,
    "spread": spread_in_table,
    "mean": mean_in_table,
}
"""Kind -> what plants it in a table, or None where the table is no carrier."""
