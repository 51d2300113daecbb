"""Whether studies may have counted the same people: the same centre in the same years."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from curbside.records import PooledStudy


def overlaps(studies: Sequence[PooledStudy]) -> tuple[str, ...]:
    """Return a warning for each pair of studies from one centre whose years meet or are not stated."""
    found: list[str] = []
    for one, two in combinations(studies, 2):
        if one.centre and one.centre.casefold().strip() == two.centre.casefold().strip():
            if one.years is None or two.years is None:
                found.append(f"{one.label} and {two.label} are both from {one.centre}; they may share people.")
            elif one.years[0] <= two.years[1] and two.years[0] <= one.years[1]:
                first, last = max(one.years[0], two.years[0]), min(one.years[1], two.years[1])
                when = str(first) if first == last else f"{first}–{last}"
                found.append(f"{one.label} and {two.label} are both from {one.centre}, {when}; they may share people.")
    return tuple(found)
