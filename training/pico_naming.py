"""Trains what tells whose a name is (`names`) and which name a number belongs to (`near`), for the span tagger."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training.trees import grown

from curbside.extract.pico_arms import Mention
from curbside.extract.pico_beside import Beside, Name, beside, names_in, same_as
from curbside.extract.pico_naming import Cast, cast_rows, casts
from curbside.extract.pico_nearest import Near, near_names, near_rows
from curbside.extract.pico_tokens import Token
from curbside.extract.pico_trees import Table, Trees

GROWN: dict[str, dict[str, Any]] = {
    "names": {"rounds": 100, "leaves": 8, "rate": 0.05, "seeds": 3},
    "near": {"rounds": 120, "leaves": 10, "rate": 0.06, "seeds": 2},
}
"""How the trees are grown."""
_HELD = 0.5
"""Added to what is counted, so that a word that was seen once says little."""


@dataclass(slots=True)
class Story:
    """An abstract with its names of arms and the numbers that people gave to one.

    Attributes:
        found: tokens.
        chances: how likely each token is a name of the arm under test, and of the other.
        sides: "I" or "C" of each number.
        groups: its names, those of one arm together.
        numbers: where each stands.
        near: the names that each may belong to, with their rows.
        tally: casts by (I, C): how many numbers of either side stand beside the names of each.
    """

    found: Sequence[Token]
    chances: Sequence[tuple[float, float]]
    sides: Sequence[str]
    groups: list[Cast]
    numbers: list[Beside]
    near: list[Near]
    rows: Table
    tally: NDArray[np.float64]
    place: dict[int, int] = field(default_factory=dict[int, int])


def story(
    found: Sequence[Token],
    chances: Sequence[tuple[float, float]],
    leaning: Mapping[str, float],
    said: Sequence[Mention],
    numbers: Sequence[tuple[int, str]],
    sides: Sequence[str],
) -> Story:
    """Return an abstract's names and numbers, as they are before anything is known of the names."""
    names: list[Name] = names_in(found, leaning, said)
    groups = casts(names, same_as(found, names))
    place = {name.first: at for at, cast in enumerate(groups) for name in cast.names}
    beside_names = beside(found, numbers, names)
    near = near_names(found, beside_names, names)
    tally = np.zeros((len(groups), 2))
    for each, side in zip(beside_names, sides):
        if each.nearest is not None:
            tally[place[each.nearest.first], int(side == "C")] += 1
    rows = near_rows(found, beside_names, near, names)
    return Story(found, chances, sides, groups, beside_names, near, rows, tally, place)


def trained(stories: Sequence[Story]) -> tuple[dict[str, Trees], dict[str, float]]:
    """Return the trees "names" and "near", and the log odds of words, that the abstracts teach."""
    counted: Counter[tuple[str, bool]] = Counter()
    for each in stories:
        counted.update(_words(each))
    rows, sides = list[Any](), list[int]()
    near, same = list[Any](), list[int]()
    for each in stories:
        own = Counter(_words(each))
        odds = _odds(counted, own, {word for cast in each.groups for word in cast.words})
        for row, (one, two) in zip(cast_rows(each.found, each.chances, each.groups, odds), each.tally):
            if one != two:
                rows.append(row)
                sides.append(int(one > two))
        for row, which in zip(each.rows, each.near):
            one, two = each.tally[each.place[which.name.first]]
            if one != two:
                near.append(row)
                same.append(int((one > two) == (each.sides[which.number] == "I")))
    trees = {
        "names": grown(np.array(rows), np.array(sides), classes=2, **GROWN["names"]),
        "near": grown(np.array(near), np.array(same), classes=2, **GROWN["near"]),
    }
    return trees, {word: odds for word, odds in _odds(counted, {}, {word for word, _ in counted}).items() if odds}


def _words(told: Story) -> list[tuple[str, bool]]:
    """Return (word, whether of the arm under test) of the names beside which numbers of one side stand more often."""
    return [
        (word, bool(one > two))
        for cast, (one, two) in zip(told.groups, told.tally)
        if one != two
        for word in cast.words
    ]


def _odds(
    counted: Mapping[tuple[str, bool], int], own: Mapping[tuple[str, bool], int], words: set[str]
) -> dict[str, float]:
    """Return word -> log odds, what an abstract itself says of it left out."""

    def count(word: str, tested: bool) -> float:
        return counted.get((word, tested), 0) - own.get((word, tested), 0) + _HELD

    return {word: round(math.log(count(word, True) / count(word, False)), 3) for word in sorted(words)}
