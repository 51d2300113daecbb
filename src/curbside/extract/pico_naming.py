"""Which of an abstract's names of arms stands for the arm under test: each name against the others, once for them all.

Names that are known by the same words, or of which one stands in brackets behind the other, are one. What each does in
the whole abstract (where the title and the sentence that assigns put it, which side of "versus" it stands on, whether
it is another name with something added, what improves or reduces) is a row of figures for trees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curbside.extract.pico_arms import ALONE, CONTROLS, TESTED, Mention
from curbside.extract.pico_beside import Name, Others, names_in, same_as
from curbside.extract.pico_tokens import Token
from curbside.extract.pico_trees import Table, Trees
from curbside.language.words import listed

_NONE = float("nan")
_AGAINST = {
    "versus": 0, "vs": 0, "v": 0, "against": 0, "compared": 1, "comparison": 1, "relative": 1, "superior": 1,
    "inferior": 1, "noninferior": 1, "than": 2, "or": 3, "without": 4,
}  # fmt: skip
"""Word that sets one thing against another -> which kind of such words it is."""
_KINDS = 5
_ODDS, _TIMES, _FROM = 8, 11, 15
"""Columns of a row that are set against those of other casts: log odds of the words, mentions, place of the first."""
_DOES = listed(
    "improves improved improve reduces reduced reduce increases increased increase prevents prevented significantly "
    "decreases decreased resulted results may can appears is was has showed had did does provides provided"
)
_FOR = listed("adding addition effect effects efficacy evaluate role impact benefit benefits of safety adjuvant")
_USUAL = listed("standard conventional usual routine no without alone")
_NEW = listed("new novel additional added extended intensive plus")
_AFTER = listed("alone only monotherapy")
_PLAIN = listed("therapy treatment chemotherapy regimen radiotherapy surgery program programme care cream")
"""Words behind a name that belong to it and name no arm by themselves."""
_AIMS = listed("aim aimed objective purpose compare compared investigated evaluated")


@dataclass(frozen=True, slots=True)
class Cast:
    """The names of one arm.

    Attributes:
        names: where they stand, in order.
        words: all that they are known by.
    """

    names: tuple[Name, ...]
    words: frozenset[str]


def casts(names: Sequence[Name], others: Others) -> list[Cast]:
    """Return the names in groups that stand for one arm each, in order of the first mention."""
    keys = list(dict.fromkeys(name.words for name in names))
    group = {key: place for place, key in enumerate(keys)}
    bracketed = [key for key in keys if key in others]
    for one in bracketed:
        for two in bracketed:
            if one != two and others[one] >= two and others[two] >= one:
                old, new = max(group[one], group[two]), min(group[one], group[two])
                group = {key: new if at == old else at for key, at in group.items()}
    gathered: dict[int, list[Name]] = {}
    for name in names:
        gathered.setdefault(group[name.words], []).append(name)
    return [
        Cast(tuple(each), frozenset(word for name in each for word in name.words))
        for _, each in sorted(gathered.items())
    ]


def cast_rows(
    found: Sequence[Token],
    chances: Sequence[tuple[float, float]],
    said: Sequence[Cast],
    odds: Mapping[str, float],
) -> Table:
    """Return a row of figures for each cast.

    Args:
        found: tokens.
        chances: how likely each token is a name of the arm under test, and of the other.
        said: the names of each arm.
        odds: word -> log odds that names with it are of the arm under test.
    """
    if not said:
        return np.zeros((0, 0), dtype=np.float32)
    look = _Look(found, chances, said, odds)
    rows = [look.row(place) for place in range(len(said))]
    own = np.array(rows, dtype=np.float64)
    return np.hstack([own, look.against(own)]).astype(np.float32)


def name_chances(
    found: Sequence[Token],
    chances: Sequence[tuple[float, float]],
    leaning: Mapping[str, float],
    said: Sequence[Mention],
    trees: Trees,
    odds: Mapping[str, float],
) -> dict[frozenset[str], float]:
    """Return words of each name -> how likely it is of the arm under test.

    Args:
        found: tokens.
        chances: how likely each token is a name of the arm under test, and of the other.
        leaning, said: the words that stand for arms.
        trees: that were trained on `cast_rows`.
        odds: word -> log odds that names with it are of the arm under test.
    """
    names = names_in(found, leaning, said)
    groups = casts(names, same_as(found, names))
    likely = trees.chances(cast_rows(found, chances, groups, odds)).ravel()
    return {name.words: float(chance) for cast, chance in zip(groups, likely) for name in cast.names}


class _Look:
    """What is asked of each cast of an abstract."""

    def __init__(
        self,
        found: Sequence[Token],
        chances: Sequence[tuple[float, float]],
        said: Sequence[Cast],
        odds: Mapping[str, float],
    ) -> None:
        self.found = found
        self.chances = np.array(chances, dtype=float).reshape(-1, 2)
        self.said = said
        self.odds = odds
        self.order = sorted(
            ((name, place) for place, cast in enumerate(said) for name in cast.names), key=lambda pair: pair[0].first
        )
        self.limits: dict[int, tuple[int, int]] = {}
        for at, token in enumerate(found):
            first, _ = self.limits.get(token.sentence, (at, at))
            self.limits[token.sentence] = (first, at)
        last = found[-1].sentence
        self.title = self._ranks(0)
        self.ranks = (
            self.title,
            self._first(self._with(lambda low: low.startswith("random") or low in ("assigned", "allocated"))),
            self._first(self._with(lambda low: low in _AIMS)),
            self._first([each for each in (last, last - 1) if each > 0]),
        )
        self.sides = self._sides()

    def _with(self, holds: Callable[[str], bool]) -> list[int]:
        """Return the sentences behind the title that hold such a word."""
        return sorted({token.sentence for token in self.found if token.sentence and holds(token.low)})

    def _ranks(self, sentence: int) -> dict[int, int]:
        """Return cast -> which it is of those that a sentence names, in order."""
        made: dict[int, int] = {}
        for name, place in self.order:
            if self.found[name.first].sentence == sentence and place not in made:
                made[place] = len(made)
        return made

    def _first(self, sentences: Sequence[int]) -> dict[int, int]:
        """Return the ranks in the first of `sentences` that names several."""
        for sentence in sentences:
            made = self._ranks(sentence)
            if len(made) > 1:
                return made
        return {}

    def _sides(self) -> NDArray[np.float64]:
        """Return, by cast, how often it stands left and right of each kind of contrast, in the title and elsewhere."""
        made = np.zeros((len(self.said), 2, 2, _KINDS))
        by_sentence: dict[int, list[tuple[Name, int]]] = {}
        for name, place in self.order:
            by_sentence.setdefault(self.found[name.first].sentence, []).append((name, place))
        for at, token in enumerate(self.found):
            kind = _AGAINST.get(token.low)
            if kind is None:
                continue
            mine = by_sentence.get(token.sentence, [])
            before = [place for name, place in mine if name.first < at]
            behind = [place for name, place in mine if name.first > at]
            part = int(token.sentence > 0)
            if before and behind and before[-1] != behind[0]:
                made[before[-1], part, 0, kind] += 1
                made[behind[0], part, 1, kind] += 1
            elif behind and not before:
                made[behind[0], part, 1, kind] += 0.5  # what it is set against stands behind, or in another sentence
        return made

    def _span(self, name: Name) -> tuple[int, int]:
        """Return the tokens of a name with the plain words behind it ("therapy")."""
        end = name.last + 1
        while end < len(self.found) and end < name.last + 3 and self.found[end].low in _PLAIN:
            end += 1
        return name.first, end

    def row(self, place: int) -> list[float]:
        """Return the figures of one cast."""
        cast = self.said[place]
        found = self.found
        spans = [self._span(name) for name in cast.names]
        told = np.array([self.chances[low:high].mean(axis=0) for low, high in spans])
        top = np.array([self.chances[low:high].max(axis=0) for low, high in spans])
        firsts = [name.first for name in cast.names]
        before = [[found[at].low for at in range(max(0, name.first - 2), name.first)] for name in cast.names]
        behind = [[found[at].low for at in range(name.last + 1, min(len(found), name.last + 4))] for name in cast.names]
        count = len(cast.names)
        odds = [self.odds.get(word, 0.0) for word in sorted(cast.words)]
        here = cast.words
        more = sum(other.words < here for other in self.said)
        less = sum(here < other.words for other in self.said)
        shared = sum(bool(other.words & here) and other.words != here for other in self.said)
        group = min((word[6:] for word in here if word.startswith("group ")), default="")
        inside = self._inside(cast)
        title = self.sides[place, 0]
        rest = self.sides[place, 1]
        return [
            told[:, 0].mean(), told[:, 1].mean(), top[:, 0].max(), top[:, 1].max(),
            top[:, 0].sum(), top[:, 1].sum(),
            top[0, 0], top[0, 1],
            sum(odds), max(odds), min(odds),
            count, count / len(self.order), len(self.said), place,
            firsts[0] / len(found), firsts[-1] / len(found),
            *(ranks.get(place, _NONE) for ranks in self.ranks),
            sum(found[at].sentence == 0 for at in firsts),
            len(self.title),
            more, less, shared, len(here),
            bool(here & CONTROLS), bool(here & ALONE), bool(here & TESTED),
            ord(group[0]) % 32 if group else _NONE,
            *inside,
            sum(not _USUAL.isdisjoint(words) for words in before) / count,
            sum(not _FOR.isdisjoint(words) for words in before),
            sum(not _NEW.isdisjoint(words) for words in before),
            sum(not _AFTER.isdisjoint(words[:2]) for words in behind) / count,
            sum(not _DOES.isdisjoint(words) for words in behind),
            sum("plus" in words[:1] or "combined" in words[:1] for words in behind),
            *title[0], *title[1],
            *rest[0], *rest[1],
            float(title[0, :3].sum() - title[1, :3].sum()),
            float(rest[0, :3].sum() - rest[1, :3].sum()),
        ]  # fmt: skip

    def _inside(self, cast: Cast) -> list[float]:
        """Return how what stands behind the first name of a group is told ("group A (n = 20) received ...")."""
        name = cast.names[0]
        _, last = self.limits[self.found[name.first].sentence]
        high = min(last, name.last + 25)
        for other, _ in self.order:
            if other.first > name.last and other.side in "123g" and other.first <= high:
                high = other.first
                break
        told = self.chances[name.last + 1 : high + 1]
        return [float(told[:, 0].max()), float(told[:, 1].max())] if len(told) else [_NONE, _NONE]

    def against(self, own: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how each cast stands to the best of the others."""
        made = np.full((len(own), 6), _NONE)
        lean = own[:, 2] - own[:, 3]
        for at in range(len(own)):
            rest = [other for other in range(len(own)) if other != at]
            if rest:
                made[at] = [
                    lean[at] - max(lean[rest]),
                    lean[at] - min(lean[rest]),
                    own[at, _ODDS] - max(own[rest, _ODDS]),
                    own[at, _ODDS] - min(own[rest, _ODDS]),
                    own[at, _TIMES] - max(own[rest, _TIMES]),
                    own[at, _FROM] - min(own[rest, _FROM]),
                ]
        return made
