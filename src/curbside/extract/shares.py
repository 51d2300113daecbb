"""What follows from a count: its number of all, its k from a share; what was computed says so: 61.5 % of 13 = 8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation

from curbside.extract.people import Size
from curbside.extract.subjects import Line, of_others
from curbside.language.counted import NUMBER, PEOPLE, THINGS, whole
from curbside.language.linear import linear
from curbside.records import Count

WHO = rf"(?:{PEOPLE}|{THINGS})"
ALL_OF_A_PART = "all = 100 %"
_PART_OF_ALL = linear(
    r"\b(?:of whom|of these|of them|among|remaining|the other|of the \d+|out of|in the .{3,30} group"
    r"|subset|subgroup|respectively)\b"
)
BASE = linear(
    rf"(?:^|[,;:.] |\band )(?:in|among|of|out of|for) (?:the |these |all "
    rf"|a total of )?({NUMBER}) (?:[a-z][a-z0-9/-]* ){{0,3}}?{WHO}\b[^.;]{{0,70}}?, "
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count in a sentence.

    Attributes:
        start, end: offsets of its numbers in the sentence.
        low, high: offsets of its clause.
        value: what is counted, `time` included.
        arithmetic: the calculation where part of it was computed.
        change: whether it is a share by which something changed, no share of people.
        whole: offsets of the clause before it was parted from other counts.
    """

    start: int
    end: int
    low: int
    high: int
    value: Count
    arithmetic: str = ""
    change: bool = False
    whole: tuple[int, int] = (0, 0)


def derived(line: Line, each: Counted, size: Size, others: Sequence[Counted]) -> Counted:
    """Fill in what follows: n from the same sentence or of the whole study, k from a share of n."""
    value = each.value
    if each.change or each.arithmetic == ALL_OF_A_PART:
        return each  # "all responders": of how many is not said
    notes = [each.arithmetic] if each.arithmetic else []
    if not value.n:
        n, where = _base(line, each, size, others)
        k = whole(value.k) if value.k else None
        if n and k is not None and k <= n and (not value.percent or rounds(k, n, value.percent)):
            value = replace(value, n=str(n))
            notes.append(f"of {n} {where}")
        elif n and not value.k and value.percent and (k := k_of(value.percent, n)) is not None:
            value = replace(value, k=str(k), n=str(n))
            notes.append(f"{value.percent} % of {n} = {k}")
    elif not value.k and value.percent and (n := whole(value.n)):
        k = k_of(value.percent, n)
        if k is not None:
            value = replace(value, k=str(k))
            notes.append(f"{value.percent} % of {n} = {k}")
    return replace(each, value=value, arithmetic="; ".join(notes))


def _base(line: Line, each: Counted, size: Size, others: Sequence[Counted]) -> tuple[int | None, str]:
    """Return of how many a count is that does not say so, and where that stands; None where it may be several."""
    bases = list(BASE.finditer(line.low[: each.start]))
    if bases:
        stop = line.low.find(". ", bases[-1].end(), each.start)
        return (whole(bases[-1].group(1)), "named before it") if stop < 0 else (None, "")
    if not size.shared or not size.n or of_others(line) or _PART_OF_ALL.search(line.low[each.low : each.high]):
        return None, ""
    if any(other.value.n not in {"", str(size.n)} for other in others):
        return None, ""
    return size.n, "in all"


def k_of(percent: str, n: int) -> int | None:
    """Return the one count whose share of `n` rounds to what is printed, None where none or several do."""
    try:
        near = int(Decimal(percent) * n / 100)
    except (InvalidOperation, ValueError):
        return None
    fitting = [k for k in range(max(0, near - 2), min(n, near + 3) + 1) if rounds(k, n, percent)]
    return fitting[0] if len(fitting) == 1 else None


def rounds(k: int, n: int, percent: str) -> bool:
    """Tell whether k of n is the printed share, rounded either way."""
    try:
        printed = Decimal(percent)
    except InvalidOperation:
        return False
    exact = Decimal(100 * k) / Decimal(n)
    unit = Decimal(1).scaleb(min(0, int(printed.as_tuple().exponent)))
    return printed in {exact.quantize(unit, ROUND_HALF_UP), exact.quantize(unit, ROUND_HALF_EVEN)}
