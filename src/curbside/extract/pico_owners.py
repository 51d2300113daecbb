"""Whose the numbers of an abstract are, decided for all of them at once.

Each number leans to one arm by itself (the tagger of sides, the names beside it); each two numbers are the more or
less likely to be of one arm (a percentage and its count are, two sides of "versus" are not, two that stand beside one
name are, wherever they stand). Both are logistic models; the sides are the mean-field solution of the field that they
make (Wainwright & Jordan 2008, Foundations and Trends in Machine Learning 1:1, chapter 5).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from curbside.extract.pico_arms import ALONE, CONTROLS, Mention
from curbside.extract.pico_beside import Beside, Name, Others, alike, beside, names_in, same_as
from curbside.extract.pico_nearest import BEST, SUM
from curbside.extract.pico_tokens import Token
from curbside.extract.pico_trees import Table
from curbside.language.scoring import Weights
from curbside.language.words import listed

REACH = 24
"""Numbers further apart than this are not weighed against each other, so that the cost stays linear."""
ALONE_WEIGHT, PAIR_WEIGHT, ROUNDS = 0.4, 0.15, 12
"""Chosen on two folds."""
_VERSUS = listed("versus vs v compared than against while whereas")
_SURE = 0.02
_LEAST, _SHARE, _LEANS = 0.01, 0.6, 0.4
"""A name's chance is held so far from 0 and 1; share of its log odds that is its lean; lean that makes a side."""
_GROUPS = "123g"

Row = dict[str, float]


Ranks = Mapping[tuple[str, frozenset[str]], int]
"""(t for the title or r for the sentence that assigns, words of a name) -> which of its names it is, from 0."""


class Scene:
    """The numbers of an abstract among the names of its arms."""

    def __init__(
        self,
        found: Sequence[Token],
        chosen: Sequence[tuple[int, str]],
        leaning: Mapping[str, float],
        said: Sequence[Mention],
        likely: Mapping[frozenset[str], float],
    ) -> None:
        """Find the names.

        Args:
            found: the tokens of an abstract.
            chosen: (place, kind) of its numbers.
            leaning, said: the words that stand for arms.
            likely: words of a name -> chance that it is of the arm under test (`pico_naming`); empty where not known.
        """
        self.found = found
        self.names: list[Name] = [_leant(name, likely) for name in names_in(found, leaning, said)]
        self.others: Others = same_as(found, self.names)
        self.numbers: list[Beside] = beside(found, chosen, self.names)

    def pairs(self) -> list[tuple[int, int]]:
        """Return the pairs of numbers that are weighed against each other."""
        count = len(self.numbers)
        return [(one, two) for one in range(count) for two in range(one + 1, min(count, one + REACH))]

    def alone(self, chances: Sequence[float], told: Table) -> list[Row]:
        """Return the features of each number by itself.

        Args:
            chances: that it is of the arm under test, by the tagger.
            told: what the names around it tell (`pico_nearest.told_by_names`).
        """
        ranks = self.ranks()
        rows = [_alone(each, chance, ranks, self.others) for each, chance in zip(self.numbers, chances)]
        for row, figures in zip(rows, told):
            row["near"], row["best"] = float(figures[SUM]), float(figures[BEST])
        return rows

    def ranks(self) -> Ranks:
        """Return which name each is of the title ("t") and of the sentence that assigns ("r")."""
        return _ranks(self.found, self.names)

    def pair(self, first: int, second: int) -> Row:
        """Return the features of two numbers; `first` is the earlier."""
        one, two = self.numbers[first], self.numbers[second]
        made: list[str] = []
        within = one.sentence == two.sentence
        relation = ("s" if within else "x") + ("k" if one.kind == two.kind else "n")
        made.append(f"rel{relation}")
        if within:
            made += self._within(one, two, second - first, relation)
        else:
            made += _across(one, two, relation)
        if self.found[one.place].text == self.found[two.place].text:
            made.append(f"text{one.kind if one.kind == two.kind else one.kind + two.kind}{relation}")
        made += self._named(one, two, relation)
        return dict.fromkeys(made, 1.0)

    def _within(self, one: Beside, two: Beside, apart: int, relation: str) -> list[str]:
        lows = [token.low for token in self.found[one.place + 1 : two.place]]
        kinds = "k" if one.kind == two.kind else one.kind + two.kind
        made = [f"near{min(apart, 4)}{relation}"]
        if apart == 1:
            if len(lows) < 7:
                made.append(f"gap{kinds}{' '.join(lows)}")
            made += [f"adj{kinds}", f"len{relation}{min(len(lows) // 3, 4)}"]
            made += [f"g{relation}{word}" for word in ("and", ";", ",", "(", ")", "/") if word in lows]
            if _VERSUS.intersection(lows):
                made.append(f"gvs{relation}")
            crossed = sum(name is not None and one.place < name.first < two.place for name in (one.right, two.left))
            made.append(f"un{relation}{crossed}{int(one.right is two.left)}")
        if one.kind == two.kind:
            odd = (two.order - one.order) % 2
            made += [
                f"ord{min(one.order, 4)}-{min(two.order, 5)}/{min(one.many, 6)}",
                f"par{odd}/{one.many % 2}",
                f"semi{min(lows.count(';'), 2)}{odd}",
            ]
        made.append(f"vs{min(sum(low in _VERSUS for low in lows), 2)}{relation}{min(apart, 3)}")
        return made

    def _named(self, one: Beside, two: Beside, relation: str) -> list[str]:
        made: list[str] = []
        same = alike(one.nearest, two.nearest, self.others)
        if same and one.nearest is not None and two.nearest is not None:
            ways = min(one.way[:2] + two.way[:2], two.way[:2] + one.way[:2])
            against = {one.nearest.side, two.nearest.side} == {"I", "C"}
            made += [f"B{same}", f"B{same}{relation}", f"B{same}{ways}", f"Bo{int(against)}{same}"]
            made.append(f"Bl{same}{_step(one.nearest.lean * two.nearest.lean)}")
            if {one.way, two.way} & {"Al", "Ar"}:
                made.append(f"BA{same}{one.way}{two.way}{one.how[1:]}{two.how[1:]}")
        else:
            made.append(f"B-{relation}")
        left, right = (one.left, one.past_left), (one.right, one.past_right)
        its_left, its_right = (two.left, two.past_left), (two.right, two.past_right)
        for kind, (mine, past), (its, its_past) in (
            ("LL", left, its_left),
            ("RR", right, its_right),
            ("LR", left, its_right),
            ("RL", right, its_left),
        ):
            same = alike(mine, its, self.others)
            if same and relation[0] == "s" and mine is its:
                same = "i"
            if same:
                made.append(f"{kind}{same}{min(past, 2)}{min(its_past, 2)}{relation[0]}")
        return made


def _leant(name: Name, likely: Mapping[frozenset[str], float]) -> Name:
    """Return a name that leans as it is likely to; a letter or number of a group stays one."""
    if name.words not in likely:
        return name
    chance = likely[name.words]
    lean = _SHARE * math.log(max(chance, _LEAST) / max(1 - chance, _LEAST))
    side = name.side if name.side in _GROUPS else "I" if lean > _LEANS else "C" if lean < -_LEANS else "B"
    return replace(name, lean=lean, side=side)


def _across(one: Beside, two: Beside, relation: str) -> list[str]:
    many = int(one.many == two.many)
    made = [f"pos{relation}{one.order % 2}{two.order % 2}{many}"]
    if one.bare or two.bare:
        made.append(f"bare{relation}{int(one.bare)}{int(two.bare)}{min(one.order, 2)}{min(two.order, 2)}{many}")
    if one.kind == two.kind:
        made.append(f"posm{min(one.order, 2)}/{min(one.many, 3)}:{min(two.order, 2)}/{min(two.many, 3)}")
    return made


def _ranks(found: Sequence[Token], names: Sequence[Name]) -> Ranks:
    """Return (t or r, words) -> which name it is of the title, and of the first sentence that assigns to several."""
    assigning = sorted(
        {token.sentence for token in found if token.low.startswith("random") or token.low in ("assigned", "allocated")}
        - {0}
    )
    by_sentence: dict[int, list[frozenset[str]]] = {}
    for name in names:
        mine = by_sentence.setdefault(found[name.first].sentence, [])
        if name.words not in mine:
            mine.append(name.words)
    made: dict[tuple[str, frozenset[str]], int] = {}
    for which, places in (("t", [0]), ("r", assigning)):
        several = [by_sentence[place] for place in places if len(by_sentence.get(place, ())) > 1]
        if several:
            made.update({(which, words): min(rank, 2) for rank, words in enumerate(several[0])})
    return made


def _alone(each: Beside, chance: float, ranks: Ranks, others: Others) -> Row:
    position = f"{min(each.order, 3)}/{min(each.many, 4)}"
    made: list[str] = []
    row: Row = {"tagger": logit(chance)}
    if each.nearest is not None:
        side, lean, title, first, control = _looks(each.nearest, ranks, others)
        row["lean"] = each.nearest.lean
        made += [f"b{side}", f"b{each.way}{side}", f"bl{lean}", f"bl{each.way}{lean}", f"bt{title}", f"br{first}"]
        made += [f"bc{control}", f"b{side}{title}{first}{control}"]
    for which, name, past in (
        ("L", each.left, str(each.past_left)),
        ("R", each.right, str(each.past_right)),
        ("A", each.listed, each.how),
    ):
        if name is not None:
            side, lean, title, first, control = _looks(name, ranks, others)
            made += [f"{which}{side}{past}", f"{which}l{lean}{past}", f"{which}l{lean}"]
            made += [f"{which}o{title}{first}{past}", f"{which}c{control}{past}"]
    made += [f"pos{position}", f"pos{position}{each.kind}"]
    if each.bare:
        made.append(f"bare{position}")
    left, right = each.left.side if each.left else "-", each.right.side if each.right else "-"
    made += [f"lr{left}{min(each.past_left, 2)}{right}{min(each.past_right, 2)}", f"lrp{left}{right}{position}"]
    return row | dict.fromkeys(made, 1.0)


def _looks(name: Name, ranks: Ranks, others: Others) -> tuple[str, int, str, str, str]:
    title, first = ranks.get(("t", name.words)), ranks.get(("r", name.words))
    control = (name.words | others.get(name.words, set())) & (CONTROLS | ALONE)
    return (
        name.side,
        _step(name.lean),
        "-" if title is None else str(title),
        "-" if first is None else str(first),
        "c" if control else "",
    )


def _step(score: float) -> int:
    """Return a score as one of nine steps from -4 to 4."""
    size = abs(score)
    step = 0 if size < 0.1 else 1 if size < 0.35 else 2 if size < 0.8 else 3 if size < 1.6 else 4
    return step if score > 0 else -step


def logit(chance: float) -> float:
    """Return the log odds of a probability, which is held away from 0 and 1."""
    held = min(max(chance, _SURE), 1 - _SURE)
    return math.log(held / (1 - held))


def settled(scene: Scene, scores: Sequence[float], pair: Weights) -> list[float]:
    """Return how likely each number is of the arm under test.

    Args:
        scene: the numbers.
        scores: of each number by itself, above 0 for the arm under test.
        pair: the logistic model of two numbers, one column, above 0 for the same arm.
    """
    own = [ALONE_WEIGHT * score for score in scores]
    count = len(own)
    bonds: list[list[tuple[int, float]]] = [[] for _ in own]
    for one, two in scene.pairs():
        bond = PAIR_WEIGHT * pair.scores(scene.pair(one, two))[0] / count**0.5
        bonds[one].append((two, bond))
        bonds[two].append((one, bond))
    leaning = [math.tanh(each) for each in own]
    for _ in range(ROUNDS):
        for place in range(count):
            leaning[place] = math.tanh(own[place] + sum(bond * leaning[other] for other, bond in bonds[place]))
    return [(1 + each) / 2 for each in leaning]
