"""The second look at whose each number is, after all of them were settled once (`pico_owners`).

A row of figures for trees: what the tagger, the names beside it and the settling said of the number itself, of its
partners in the sentence, of the numbers beside the same name, in the same place of other lists, and of those that it
makes a share with.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curbside.extract.pico_arms import ALONE, CONTROLS, TESTED
from curbside.extract.pico_beside import Beside, Name, alike
from curbside.extract.pico_models import KINDS
from curbside.extract.pico_owners import Ranks, Scene
from curbside.extract.pico_second import shares
from curbside.extract.pico_trees import Table
from curbside.language.words import listed

_VERSUS = listed("versus vs v compared than against while whereas")
_KINDS = tuple(KINDS)
_SIDES = ("I", "C", "M", "B", "-", "1", "2", "3", "g")
_ALIKE = ("", "=", "<", "~", "a", "!")
_WAYS = ("", "L", "R", "WL", "WR", "TR", "TL", "TB", "NL", "NR", "Al", "Ar")
_NONE = float("nan")
_LEAST = 0.01


def side_rows(
    scene: Scene, chances: Sequence[float], scores: Sequence[float], settled: Sequence[float], told: Table
) -> Table:
    """Return a row of figures for each number of the scene.

    Args:
        scene: the numbers among the names of the arms.
        chances: that each is of the arm under test, by the tagger.
        scores: the same by the names beside it, as a score above or below 0.
        settled: the same after all were settled at once.
        told: what the names around each tell (`pico_nearest.told_by_names`).
    """
    if not scene.numbers:
        return np.zeros((0, 0), dtype=np.float32)
    look = _Look(scene, chances, scores, settled)
    rows = np.array([look.row(index) for index in range(len(scene.numbers))], dtype=np.float32)
    return np.hstack([rows, told])


def _logit(chance: float) -> float:
    return math.log(max(chance, _LEAST) / max(1 - chance, _LEAST))


class _Look:
    """What is asked of each number of a scene."""

    def __init__(
        self, scene: Scene, chances: Sequence[float], scores: Sequence[float], settled: Sequence[float]
    ) -> None:
        self.scene = scene
        self.numbers = scene.numbers
        self.by_tagger = np.array([_logit(chance) for chance in chances])
        self.by_names = np.array(scores, dtype=float)
        self.settled = np.array([_logit(chance) for chance in settled])
        self.value = [scene.found[each.place].value or 0.0 for each in self.numbers]
        self.ranks: Ranks = scene.ranks()
        self.same = [
            [_ALIKE.index(alike(one.nearest, two.nearest, scene.others)) for two in self.numbers]
            for one in self.numbers
        ]
        self.arms = _distinct(scene)
        self.sizes = [index for index, each in enumerate(self.numbers) if each.kind == "size"]
        self.bound = self._shares()

    def row(self, index: int) -> list[float]:
        """Return the figures of one number."""
        each = self.numbers[index]
        inside = [at for at, other in enumerate(self.numbers) if other.sentence == each.sentence]
        kin = [at for at in inside if self.numbers[at].kind == each.kind]
        return [
            *self._own(index, inside),
            *self._partners(index, kin),
            *self._neighbours(index),
            *self._names(each),
            *self._by_name(index),
            *self._by_place(index, inside, kin),
            *self._whole(index),
        ]

    def _own(self, index: int, inside: Sequence[int]) -> list[float]:
        each = self.numbers[index]
        return [
            self.settled[index],
            self.by_tagger[index],
            self.by_names[index],
            _KINDS.index(each.kind),
            each.order,
            each.many,
            each.order % 2,
            each.many % 2,
            each.many % 3,
            each.order % 3,
            index,
            len(self.numbers),
            self.arms,
            each.bare,
            inside.index(index),
            len(inside),
        ]

    def _words(self, one: int, two: int) -> list[str]:
        low, high = sorted((self.numbers[one].place, self.numbers[two].place))
        return [token.low for token in self.scene.found[low + 1 : high]]

    def _partners(self, index: int, kin: Sequence[int]) -> list[float]:
        """Return what was said of the two numbers of its kind to either side in the sentence."""
        made: list[float] = []
        for step in (-2, -1, 1, 2):
            at = self.numbers[index].order + step
            if not 0 <= at < len(kin):
                made += [_NONE] * 10
                continue
            other = kin[at]
            words = self._words(index, other)
            made += [
                self.settled[other],
                self.by_names[other],
                len(words),
                not _VERSUS.isdisjoint(words),
                *(word in words for word in ("and", ";", ",")),
                self.numbers[other].nearest is self.numbers[index].nearest,
                self.same[index][other],
                float(np.sign(self.value[index] - self.value[other])),
            ]
        return made

    def _neighbours(self, index: int) -> list[float]:
        """Return what was said of the numbers of any kind beside it in the sentence."""
        made: list[float] = []
        for other in (index - 1, index + 1):
            within = 0 <= other < len(self.numbers) and self.numbers[other].sentence == self.numbers[index].sentence
            if not within:
                made += [_NONE] * 9
                continue
            words = self._words(index, other)
            made += [
                self.settled[other],
                self.by_names[other],
                len(words),
                _KINDS.index(self.numbers[other].kind),
                not _VERSUS.isdisjoint(words),
                "(" in words,
                "," in words,
                self.same[index][other],
                self.numbers[other].nearest is self.numbers[index].nearest,
            ]
        return made

    def _names(self, each: Beside) -> list[float]:
        left, right = each.left, each.right
        return [
            *(figure for name in (each.nearest, left, right, each.listed) for figure in self._name(name)),
            each.past_left,
            each.past_right,
            each.place - left.last if left else _NONE,
            right.first - each.place if right else _NONE,
            _WAYS.index(each.way.rstrip("0123456789")),
            "R" in each.how,
            each.listed is not None,
        ]

    def _name(self, name: Name | None) -> list[float]:
        """Return how a name leans, where it comes in the title, and whether it says more than another or less."""
        if name is None:
            return [_NONE] * 8
        found, scene = self.scene.found, self.scene
        words = name.words | scene.others.get(name.words, set())
        behind = found[name.last + 1].low if name.last + 1 < len(found) else ""
        more = sum(other.words < name.words for other in scene.names)
        less = sum(name.words < other.words for other in scene.names)
        return [
            name.lean,
            _SIDES.index(name.side),
            self.ranks.get(("t", name.words), _NONE),
            self.ranks.get(("r", name.words), _NONE),
            not words.isdisjoint(CONTROLS),
            not words.isdisjoint(ALONE) or behind in ("alone", "only"),
            not words.isdisjoint(TESTED),
            float(np.sign(more - less)),
        ]

    def _by_name(self, index: int) -> list[float]:
        """Return what was said of the numbers beside the same name, one like it, and any other."""
        made: list[float] = []
        same = self.same[index]
        for relations in ("=", "a", "<~", "!"):
            ids = {_ALIKE.index(relation) for relation in relations}
            chosen = [at for at, relation in enumerate(same) if at != index and relation in ids]
            made += [len(chosen), *(_mean(by, chosen) for by in (self.settled, self.by_names, self.by_tagger))]
        mine = [at for at, relation in enumerate(same) if at != index and _ALIKE[relation] in ("=", "a")]
        sizes = [at for at in self.sizes if at != index and _ALIKE[same[at]] in ("=", "a", "<")]
        return [*made, self.settled[mine[0]] if mine else _NONE, _mean(self.settled, sizes)]

    def _by_place(self, index: int, inside: Sequence[int], kin: Sequence[int]) -> list[float]:
        """Return what was said of the numbers in the same place of other lists, and of the rest of its own."""
        each = self.numbers[index]
        like = [
            at
            for at, other in enumerate(self.numbers)
            if other.sentence != each.sentence and (other.many, other.order) == (each.many, each.order)
        ]
        before, behind = [at for at in like if at < index], [at for at in like if at > index]
        made = [len(like), _mean(self.settled, like)]
        for near in (before[-1:], behind[:1]):
            made += [_mean(self.settled, near), _mean(self._apart(index), near)]
        beside = [
            at
            for at in inside
            if self.numbers[at].kind != each.kind
            and (self.numbers[at].many, self.numbers[at].order) == (each.many, each.order)
        ]
        made.append(_mean(self.settled, beside))
        for odd in (0, 1):
            paired = [
                at
                for at, other in enumerate(self.numbers)
                if at != index and (other.order - each.order) % 2 == odd and other.many % 2 == 0 and each.many % 2 == 0
            ]
            made.append(_mean(self.settled, paired))
        rest = [at for at in kin if at != index]
        said = self.settled[rest]
        return [*made, _mean(self.settled, rest), *((said.max(), said.min()) if rest else (_NONE, _NONE))]

    def _apart(self, index: int) -> NDArray[np.float64]:
        return np.abs(np.array([each.sentence - self.numbers[index].sentence for each in self.numbers], dtype=float))

    def _whole(self, index: int) -> list[float]:
        """Return what was said of the abstract's numbers as a whole, its first sizes, equal numbers, its share."""
        equal = [
            at
            for at, each in enumerate(self.numbers)
            if at != index and each.kind == self.numbers[index].kind and self.value[at] == self.value[index]
        ]
        return [
            float(self.settled.mean()),
            float((self.settled > 0).mean()),
            _mean(self.settled, self.sizes[:1]),
            _mean(self.settled, self.sizes[1:2]),
            _mean(self.settled, equal),
            _mean(self.settled, self.bound.get(index, [])),
        ]

    def _shares(self) -> dict[int, list[int]]:
        """Return, for each number, those that it makes a share with: percentage, count, size of the arm."""
        places = [each.place for each in self.numbers]
        able = [
            each.kind in ("bin-abs", "size") and value.is_integer() for each, value in zip(self.numbers, self.value)
        ]
        made: dict[int, list[int]] = {}
        for three in shares(self.scene.found, places, able):
            kinds = tuple(self.numbers[at].kind for at in three)
            if kinds == ("bin-percent", "bin-abs", "size"):
                for at in three:
                    made.setdefault(at, []).extend(other for other in three if other != at)
        return made


def _mean(figures: NDArray[np.float64], chosen: Sequence[int]) -> float:
    return float(figures[list(chosen)].mean()) if chosen else _NONE


def _distinct(scene: Scene) -> int:
    """Return how many names share no word and no bracket with one before them."""
    made: list[Name] = []
    for name in scene.names:
        if all(alike(name, other, scene.others) == "!" for other in made):
            made.append(name)
    return len(made)
