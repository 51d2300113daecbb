"""Which of the names around a number it belongs to, by trees over a row of figures for each of them.

What stands between the two decides most ("14 % in the letrozole group", "letrozole (14 %"), then how the numbers of
the sentence take turns with its names. A name is the likelier of the other arm, the less likely it is the number's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curbside.extract.pico_beside import Beside, Name
from curbside.extract.pico_models import KINDS
from curbside.extract.pico_tokens import Token
from curbside.extract.pico_trees import Table, Trees
from curbside.language.words import listed

_KINDS = tuple(KINDS)
_LEAD = listed(
    "in with for of the among on to from receiving received by patients women participants subjects those group who a "
    "treated given assigned randomized randomised % cases ) arm out"
)
"""Words that lead from a number to the name behind it."""
_TRAIL = listed(
    "( : , group arm groups was were had n = the of patients in women received with ) treatment therapy and % for a is "
    "alone rate"
)
"""Words that lead from a name to the number behind it."""
_VERSUS = listed("versus vs v compared than against while whereas")
_WORDS = ("in", "with", "for", "of", "and", "(", ")", ",", ";", "group", "to", "had", "was", "n")
_WAYS = ("", "L", "R", "WL", "WR", "TR", "TL", "TB", "NL", "NR", "Al", "Ar")
_NONE = float("nan")
CANDIDATES = ("L", "R", "A", "LL", "RR")
"""Where a name stands: left, right, in the same place of a list, next but one to the left and right."""
_MOST, _LEAST, SUM, BEST = 10, 11, 12, 13
"""Columns of what names tell of a number: leanings of the abstract's names, the sum of what is told, the strongest."""
_COLUMNS = 14


@dataclass(frozen=True, slots=True)
class Near:
    """A name that a number may belong to.

    Attributes:
        number: index of the number.
        which: where the name stands, one of `CANDIDATES`.
        name: that is meant.
    """

    number: int
    which: str
    name: Name


def near_names(found: Sequence[Token], numbers: Sequence[Beside], names: Sequence[Name]) -> list[Near]:
    """Return the names that each number may belong to, in order of the numbers."""
    by_sentence: dict[int, list[Name]] = {}
    for name in names:
        by_sentence.setdefault(found[name.first].sentence, []).append(name)
    made: list[Near] = []
    for index, each in enumerate(numbers):
        mine = by_sentence.get(each.sentence, [])
        if each.left is not None:
            made.append(Near(index, "L", each.left))
            farther = [n for n in mine if n.last < each.left.first and n.words != each.left.words]
            if farther:
                made.append(Near(index, "LL", farther[-1]))
        if each.right is not None:
            made.append(Near(index, "R", each.right))
            farther = [n for n in mine if n.first > each.right.last and n.words != each.right.words]
            if farther:
                made.append(Near(index, "RR", farther[0]))
        if each.listed is not None:
            made.append(Near(index, "A", each.listed))
    return made


def near_rows(found: Sequence[Token], numbers: Sequence[Beside], near: Sequence[Near], names: Sequence[Name]) -> Table:
    """Return a row of figures for each of `near`."""
    if not near:
        return np.zeros((0, 0), dtype=np.float32)
    look = _Look(found, numbers, names)
    return np.array([look.row(each) for each in near], dtype=np.float32)


def told_by_names(found: Sequence[Token], numbers: Sequence[Beside], names: Sequence[Name], trees: Trees) -> Table:
    """Return what the names around each number tell of its side.

    Columns: by `CANDIDATES` how likely the number is of the same arm as that name (blank where there is none), then
    by `CANDIDATES` how the name leans, times how surely it is the number's (below 0 where it is not); the most and the
    least that a name of the abstract leans; the sum of what the names tell, and the strongest.
    """
    near = near_names(found, numbers, names)
    made = np.full((len(numbers), _COLUMNS), _NONE)
    made[:, SUM] = made[:, BEST] = 0
    if names:
        leans = [name.lean for name in names]
        made[:, _MOST], made[:, _LEAST] = max(leans), min(leans)
    chances = trees.chances(near_rows(found, numbers, near, names)).ravel()
    for each, chance in zip(near, chances):
        row, column = made[each.number], CANDIDATES.index(each.which)
        told = (2 * float(chance) - 1) * each.name.lean
        row[column], row[len(CANDIDATES) + column] = chance, told
        row[SUM] += told
        row[BEST] = max(row[BEST], told, key=abs)
    return made.astype(np.float32)


class _Look:
    """What is asked of each number and name of an abstract."""

    def __init__(self, found: Sequence[Token], numbers: Sequence[Beside], names: Sequence[Name]) -> None:
        self.found = found
        self.numbers = numbers
        self.by_sentence: dict[int, list[int]] = {}
        for index, each in enumerate(numbers):
            self.by_sentence.setdefault(each.sentence, []).append(index)
        self.told = {token.sentence for token in found if token.low == "respectively"}
        self.names: dict[int, list[Name]] = {}
        for name in names:
            self.names.setdefault(found[name.first].sentence, []).append(name)
        self.depth: list[int] = []
        depth = 0
        for token in found:
            depth = 1 if token.low in ("(", "[") else 0 if token.low in (")", "]") else depth
            self.depth.append(depth)
        self.sums = [self._summed(index) for index in range(len(numbers))]

    def _between(self, place: int, name: Name | None) -> list[Token]:
        if name is None:
            return []
        if name.last < place:
            return list(self.found[name.last + 1 : place])
        return list(self.found[place + 1 : name.first])

    def _clean(self, place: int, name: Name | None) -> float:
        """Return whether nothing but words that lead on stand between, negative for how many that do not."""
        if name is None:
            return _NONE
        gap = self._between(place, name)
        leads = _TRAIL if name.last < place else _LEAD
        return -float(sum(token.low not in leads for token in gap))

    def _summed(self, index: int) -> tuple[float, float, float, float]:
        """Return how clean the ways to the left and right name are, and how long."""
        each = self.numbers[index]
        left = len(self._between(each.place, each.left)) if each.left else 99
        right = len(self._between(each.place, each.right)) if each.right else 99
        return self._clean(each.place, each.left), self._clean(each.place, each.right), left, right

    def row(self, near: Near) -> list[float]:
        each = self.numbers[near.number]
        place, name = each.place, near.name
        gap = self._between(place, name)
        lows = [token.low for token in gap]
        inside = self.by_sentence[each.sentence]
        kin = [at for at in inside if self.numbers[at].kind == each.kind]
        between = [at for at in inside if min(place, name.first) < self.numbers[at].place < max(place, name.first)]
        at = inside.index(near.number)
        others: list[float] = []
        for step in (-2, -1, 1, 2):
            other = each.order + step
            if 0 <= other < len(kin):
                others += [*self.sums[kin[other]], abs(self.numbers[kin[other]].place - place)]
            else:
                others += [_NONE] * 5
        mine = self.names.get(each.sentence, [])
        first, last = self.numbers[inside[0]].place, self.numbers[inside[-1]].place
        left = self.found[max(0, place - 1)].low
        low, high = sorted((place, name.first))
        return [
            CANDIDATES.index(near.which),
            _KINDS.index(each.kind),
            len(gap),
            self._clean(place, name),
            *self.sums[near.number],
            *(lows.count(word) for word in _WORDS),
            sum(low in _VERSUS for low in lows),
            sum(token.value is not None for token in gap),
            len(between),
            sum(self.numbers[other].kind == each.kind for other in between),
            each.order, each.many, each.order % 2, each.many % 2, at, len(inside),
            each.past_left, each.past_right,
            _WAYS.index(each.way.rstrip("0123456789")),
            each.nearest is not None and each.nearest.words == name.words,
            each.listed is not None and each.listed.words == name.words,
            each.sentence in self.told,
            self.depth[place], self.depth[name.first], min(self.depth[low:high + 1]), max(self.depth[low:high + 1]),
            sum(n.last < first for n in mine), sum(n.first > last for n in mine), len(mine),
            len({n.words for n in mine}),
            left in ("(", "["), left in _VERSUS, left == "and",
            *others,
        ]  # fmt: skip
