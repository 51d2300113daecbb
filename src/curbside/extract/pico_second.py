"""The second look at what kind of number each is, in the light of the first guesses about all the others.

A number counts people of an arm where two such make the total, a percentage tells of an arm where a count and a size
near it make that percentage, and of two numbers on either side of "versus" both or neither are reported. What the
field of labels in a chain guessed (`pico_numbers`) is laid beside such facts in a row of figures for trees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curbside.extract.pico_arms import Mention
from curbside.extract.pico_models import KINDS
from curbside.extract.pico_numbers import form
from curbside.extract.pico_tokens import Token
from curbside.extract.pico_trees import Table
from curbside.language.words import listed

LABELS: tuple[str, ...] = (*KINDS, "O")
"""Order of the columns of probabilities, here and in what the trees give."""
TOTAL, SIZE, COUNT, PERCENT = (LABELS.index(kind) for kind in ("total", "size", "bin-abs", "bin-percent"))
VERSUS = listed("versus vs v compared than against")
_FORMS = ("%.", "%", "word", "d<1", "d", "-i", "year", "i<10", "i<100", "i<1000", "i>")
_MANY = 60
"""Numbers that are tried for sums and shares, as in `pico_numbers`."""
_FEWEST = 8
"""People that a group counts at least, for sums and shares."""
_NONE = float("nan")

Figures = NDArray[np.float64]


def guessed(chances: Sequence[Mapping[str, float]]) -> Figures:
    """Return probabilities, numbers by `LABELS`; that a number's unit belongs to it is no kind of its own."""
    made = np.zeros((len(chances), len(LABELS)))
    for row, chance in enumerate(chances):
        for label, likely in chance.items():
            made[row, LABELS.index(label.rstrip("+"))] += likely
    return made


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of an abstract side by side.

    Attributes:
        found: the tokens.
        places: of the numbers among them.
        value, sentence, form, family: of each; families are percentages, decimals, whole numbers.
        guess: probabilities of `LABELS`.
        whole: whether it is a whole number without a percent sign.
    """

    found: Sequence[Token]
    places: Sequence[int]
    value: Figures
    sentence: NDArray[np.int64]
    form: NDArray[np.int64]
    family: NDArray[np.int64]
    guess: Figures
    whole: NDArray[np.bool_]


def second_rows(
    found: Sequence[Token], places: Sequence[int], chances: Sequence[Mapping[str, float]], said: Sequence[Mention]
) -> Table:
    """Return a row of figures for each number.

    Args:
        found: the tokens of an abstract.
        places: of its numbers.
        chances: label -> probability for each, by the first look.
        said: mentions of arms.
    """
    if not places:
        return np.zeros((0, 0), dtype=np.float32)
    numbers = _numbers(found, places, guessed(chances))
    units = [sum(likely for label, likely in chance.items() if label.endswith("+")) for chance in chances]
    depths = _depths(found)
    facts = np.hstack([_wholes(numbers), _shares(numbers)])
    every = [*numbers.guess.max(axis=0), *numbers.guess.sum(axis=0)]
    rows: list[list[float]] = []
    for index, place in enumerate(places):
        same = np.flatnonzero(numbers.sentence == numbers.sentence[index])
        alike = same[numbers.family[same] == numbers.family[index]]
        rows.append(
            [
                *_own(numbers, index, same, alike),
                units[index],
                depths[place],
                *_neighbours(numbers, index),
                *_partners(numbers, index, alike),
                *_elsewhere(numbers, index),
                *every,
                *facts[index],
                *_arms(numbers, index, said),
            ]
        )
    return np.array(rows, dtype=np.float32)


def _numbers(found: Sequence[Token], places: Sequence[int], guess: Figures) -> _Numbers:
    behind = [found[place + 1].low if place + 1 < len(found) else "" for place in places]
    forms = np.array([_FORMS.index(form(found[place], word)) for place, word in zip(places, behind)])
    value = np.array([found[place].value or 0.0 for place in places])
    percent = np.array([found[place].percent for place in places])
    return _Numbers(
        found,
        places,
        value,
        np.array([found[place].sentence for place in places]),
        forms,
        np.where(percent, 0, np.where((forms == 3) | (forms == 4), 1, 2)),
        guess,
        (value == np.floor(value)) & ~percent,
    )


def _depths(found: Sequence[Token]) -> list[int]:
    made: list[int] = []
    depth = 0
    for token in found:
        depth = 1 if token.low in ("(", "[") else 0 if token.low in (")", "]") else depth
        made.append(depth)
    return made


def _own(numbers: _Numbers, index: int, same: NDArray[np.int64], alike: NDArray[np.int64]) -> list[float]:
    guess, sentence = numbers.guess, int(numbers.sentence[index])
    held = np.clip(guess[index], 1e-4, 1 - 1e-4)
    order, last = int(np.searchsorted(alike, index)), numbers.found[-1].sentence + 1
    value = float(numbers.value[index])
    total = int(guess[:, TOTAL].argmax())
    known = guess[total, TOTAL] > 0.3
    whole = max(float(numbers.value[total]), 1.0)
    return [
        *np.log(held / (1 - held)),
        *guess[index, :4],
        float(numbers.form[index]),
        float(np.log1p(abs(value))),
        float(numbers.family[index]),
        sentence,
        sentence / last,
        last - sentence,
        len(same),
        len(alike),
        order,
        len(alike) - order,
        float((guess[:, TOTAL] > guess[index, TOTAL]).sum()),
        float((guess[:, SIZE] > guess[index, SIZE]).sum()),
        value / whole if known else _NONE,
        abs(2 * value - whole) / whole if known else _NONE,
        float(guess[:index, TOTAL].max(initial=0)),
        float(guess[:index, SIZE].sum()),
        float(guess[index + 1 :, TOTAL].max(initial=0)),
        float(guess[index + 1 :, SIZE].sum()),
    ]


def _between(numbers: _Numbers, one: int, two: int) -> list[str]:
    low, high = sorted((numbers.places[one], numbers.places[two]))
    return [token.low for token in numbers.found[low + 1 : high]]


def _neighbours(numbers: _Numbers, index: int) -> list[float]:
    """Return the first guesses about the three numbers to either side in the sentence, and what stands between."""
    made: list[float] = []
    for step in (-3, -2, -1, 1, 2, 3):
        other = index + step
        if not 0 <= other < len(numbers.places) or numbers.sentence[other] != numbers.sentence[index]:
            made += [_NONE] * (len(LABELS) + 7)
            continue
        words = _between(numbers, index, other)
        made += [
            *numbers.guess[other],
            float(numbers.form[other]),
            len(words),
            not VERSUS.isdisjoint(words),
            "and" in words,
            ";" in words,
            bool(numbers.family[other] == numbers.family[index]),
            float(np.sign(numbers.value[other] - numbers.value[index])),
        ]
    return made


def _partners(numbers: _Numbers, index: int, alike: NDArray[np.int64]) -> list[float]:
    """Return the same for numbers of its form in the sentence: two to either side, and all of them."""
    made: list[float] = []
    order = int(np.searchsorted(alike, index))
    for step in (-2, -1, 1, 2):
        if not 0 <= order + step < len(alike):
            made += [_NONE] * (len(LABELS) + 2)
            continue
        other = int(alike[order + step])
        words = _between(numbers, index, other)
        made += [*numbers.guess[other], len(words), not VERSUS.isdisjoint(words)]
    return made + _mean_and_most(numbers, alike[alike != index])


def _elsewhere(numbers: _Numbers, index: int) -> list[float]:
    """Return the first guesses about the same number printed elsewhere in the abstract."""
    same = (numbers.value == numbers.value[index]) & ((numbers.family == 0) == (numbers.family[index] == 0))
    same[index] = False
    return [float(same.sum()), *_mean_and_most(numbers, np.flatnonzero(same))]


def _mean_and_most(numbers: _Numbers, chosen: NDArray[np.int64]) -> list[float]:
    if not len(chosen):
        return [_NONE] * (2 * len(LABELS))
    return [*numbers.guess[chosen].mean(axis=0), *numbers.guess[chosen].max(axis=0)]


def _wholes(numbers: _Numbers) -> Figures:
    """Return how likely each number is a part of a total, or the total of two parts, each as first guessed."""
    made = np.zeros((len(numbers.places), 4))
    able = [
        index
        for index in range(min(len(numbers.places), _MANY))
        if numbers.whole[index] and numbers.value[index] >= _FEWEST
    ]
    by_value: dict[float, list[int]] = {}
    for index in able:
        by_value.setdefault(float(numbers.value[index]), []).append(index)
    guess = numbers.guess
    for at, one in enumerate(able):
        for two in able[at + 1 :]:
            wholes = by_value.get(float(numbers.value[one] + numbers.value[two]), ())
            for total in wholes:
                for part, other in ((one, two), (two, one)):
                    made[part, 0] = max(made[part, 0], guess[total, TOTAL] * guess[other, SIZE])
                    made[part, 1] = max(made[part, 1], guess[other, SIZE])
                    made[part, 2] = max(made[part, 2], guess[other, COUNT])
                made[total, 3] = max(made[total, 3], guess[one, SIZE] * guess[two, SIZE])
    return made


def shares(found: Sequence[Token], places: Sequence[int], able: Sequence[bool]) -> list[tuple[int, int, int]]:
    """Return (percentage, count, size) wherever a percentage equals a count near it over any number, as printed.

    Args:
        found: tokens.
        places: of the numbers; indices in the answer are into these.
        able: whether a number is whole and no percentage.
    """
    made: list[tuple[int, int, int]] = []
    many = min(len(places), _MANY)
    bases = [(index, found[places[index]].value or 0.0) for index in range(many) if able[index]]
    for share in range(many):
        token = found[places[share]]
        if not token.percent or token.value is None:
            continue
        after = len(token.text.partition(".")[2].rstrip("% ")) if "." in token.text else 0
        margin = 0.51 * 10**-after
        for part in range(max(0, share - 4), min(many, share + 5)):
            count = found[places[part]].value or 0.0
            if not able[part] or count <= 0:
                continue
            made += [
                (share, part, base)
                for base, size in bases
                if base != part and size >= max(_FEWEST, count) and abs(100 * count / size - token.value) <= margin
            ]
    return made


def _shares(numbers: _Numbers) -> Figures:
    """Return how likely each number is the percentage, the count or the size of such a share."""
    made = np.zeros((len(numbers.places), 10))
    guess = numbers.guess
    for share, part, base in shares(numbers.found, numbers.places, [bool(each) for each in numbers.whole]):
        size, total, count, percent = guess[base, SIZE], guess[base, TOTAL], guess[part, COUNT], guess[share, PERCENT]
        made[share, :4] = np.maximum(made[share, :4], (count * size, total, size, count))
        made[part, 4:8] = np.maximum(made[part, 4:8], (percent * size, total, size, percent))
        made[base, 8] = max(made[base, 8], percent * count)
        made[base, 9] += percent * count
    return made


def _arms(numbers: _Numbers, index: int, said: Sequence[Mention]) -> list[float]:
    """Return how far the nearest mentions of arms in the sentence are, how many there are, of how many sides."""
    place, sentence = numbers.places[index], numbers.sentence[index]
    inside = [mention for mention in said if numbers.found[mention.place].sentence == sentence]
    before = [mention.place for mention in inside if mention.place < place]
    behind = [mention.place for mention in inside if mention.place > place]
    return [
        place - before[-1] if before else 99,
        behind[0] - place if behind else 99,
        len(inside),
        len({mention.side for mention in inside}),
    ]
