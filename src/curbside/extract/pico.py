"""Spans of a trial's abstract: people, arms, outcomes and the numbers of each arm, by a tagger that was trained.

First words are tagged (who took part, what was tested against what, what was measured), then each printed number is
given a kind (total, size of an arm, count, percentage, mean, median, SD) and then a side, with the names of the arms
as the first step found them. The shipped weights come from abstracts of trials in breast cancer; see the model card in
`data/pico/README.md`.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from curbside.extract.pico_arms import Mention, arm_names, mentions
from curbside.extract.pico_models import KINDS, MODELS, WORDS, Model, Weights, sequence, shipped
from curbside.extract.pico_naming import name_chances
from curbside.extract.pico_nearest import told_by_names
from curbside.extract.pico_numbers import number_features, numbered
from curbside.extract.pico_owners import Scene, settled
from curbside.extract.pico_second import LABELS, Figures, guessed, second_rows
from curbside.extract.pico_sides import side_features
from curbside.extract.pico_sides_second import side_rows
from curbside.extract.pico_tokens import Token, tokens
from curbside.extract.pico_words import word_features
from curbside.language.words import listed
from curbside.records import BlockKind, Document, PartRole, Span

LONGEST = 12_000
"""Code points that are read; no abstract is longer."""


@dataclass(frozen=True, slots=True)
class PicoSpan:
    """A span with its class.

    Attributes:
        kind: one of `pico_models.TEXTUAL` or `pico_models.NUMERIC`.
        span: in the text.
        probability: that the tagger gives it, 0 to 1; for several tokens that of the least likely.
    """

    kind: str
    span: Span
    probability: float


def tag(source: Document | str) -> list[PicoSpan]:
    """Return the spans of an abstract in order, by the shipped weights; none of them overlap within a class.

    Of a document its title and abstract are read, and where it has no abstract what it begins with; offsets are those
    of the document.
    """
    if isinstance(source, str):
        return _mine().tag(source)
    text, places = abstract_of(source)
    return [
        PicoSpan(found.kind, Span(places(found.span.start), places(found.span.end - 1) + 1), found.probability)
        for found in _mine().tag(text)
    ]


class _Placing:
    """Offsets of a text that was put together -> offsets of the document."""

    def __init__(self, pieces: Sequence[Span]) -> None:
        self._pieces = pieces

    def __call__(self, at: int) -> int:
        for piece in self._pieces:
            if at < len(piece):
                return piece.start + at
            at -= len(piece) + 1
        return self._pieces[-1].end if self._pieces else at


def abstract_of(document: Document) -> tuple[str, _Placing]:
    """Return title and abstract as one text, and what maps its offsets to the document's."""
    abstracts = {i for i, part in enumerate(document.parts) if part.role is PartRole.ABSTRACT and part.group == 0}
    pieces = [
        block.span
        for block in document.blocks
        if block.kind is BlockKind.TITLE or (block.part in abstracts and block.kind is not BlockKind.TABLE)
    ]
    if not abstracts:
        pieces = [Span(0, min(len(document.text), LONGEST))]
    return "\n".join(piece.of(document.text) for piece in pieces), _Placing(pieces)


@lru_cache(maxsize=1)
def _shipped() -> Weights:
    return shipped()


_local = threading.local()


def _mine() -> Tagger:
    tagger: Tagger | None = getattr(_local, "tagger", None)
    if tagger is None:
        tagger = _local.tagger = Tagger(_shipped())
    return tagger


_LEAST_TOTAL, _OTHER_TOTAL, _SURE_TOTAL = 0.25, 0.6, 0.8
"""Nearly every abstract gives a total, most give one: the likeliest needs less, another beside a sure one more."""
_SECOND = 0.7
"""Weight of the second look at the kind of a number beside the first."""


class Tagger:
    """A tagger with its weights; one for each thread."""

    def __init__(self, weights: Weights) -> None:
        """Open the weights.

        Raises:
            ValueError: if one of them is no CRFsuite file.
        """
        self._models = {name: Model(weights.models[name]) for name in MODELS}
        self._lines = weights.lines
        self._trees = weights.trees
        self._odds = weights.odds
        self._bounds = weights.bounds
        self._classes = weights.classes

    def tag(self, text: str) -> list[PicoSpan]:
        """Return the spans of `text` in order."""
        text = text[:LONGEST]
        found = tokens(text)
        if not found:
            return []
        rows = sequence(word_features(text, found, self._classes))
        made: list[PicoSpan] = []
        arms: list[dict[str, float]] = []
        for name, kinds in WORDS.items():
            chances = self._models[name].chances(rows, len(found))
            if name == "arms":
                arms = chances
            made += worded(found, kinds, chances, self._bounds)
        made += self._numbers(text, found, [leaning(chance) for chance in arms])
        return sorted(made, key=lambda each: (each.span, each.kind))

    def _numbers(self, text: str, found: list[Token], arms: list[tuple[float, float]]) -> list[PicoSpan]:
        names = arm_names(found, arms)
        named = mentions(found, names)
        reporting = self._chosen(text, found, named)
        mine = [each for each in reporting if each.kind != "total"]
        likely = name_chances(found, arms, names, named, self._trees["names"], self._odds)
        sides = self._sides(found, [(each.place, each.kind) for each in mine], named, names, likely)
        chance = iter(sides)
        made: list[PicoSpan] = []
        for each in reporting:
            tested = 1.0 if each.kind == "total" else next(chance)
            both = each.probability * max(tested, 1 - tested)
            if each.kind != "total" and both < self._bounds["side"]:
                continue
            end = unit_end(found, each.place) if each.unit else found[each.place].end
            made.append(PicoSpan(KINDS[each.kind][tested < 0.5], Span(found[each.place].start, end), round(both, 4)))
        return made

    def _chosen(self, text: str, found: list[Token], named: list[Mention]) -> list[_Chosen]:
        """Return the numbers that report something, each with its likeliest kind."""
        places = numbered(found)
        first = self._models["kinds"].chances(number_features(text, found, named, self._classes), len(places))
        if not places:
            return []
        again = self._trees["kinds"].chances(second_rows(found, places, first, named))
        return chosen(places, first, _SECOND * again + (1 - _SECOND) * guessed(first), self._bounds)

    def _sides(
        self,
        found: list[Token],
        mine: list[tuple[int, str]],
        named: list[Mention],
        names: dict[str, float],
        likely: Mapping[frozenset[str], float],
    ) -> list[float]:
        """Return how likely each number is of the arm under test."""
        first = tested(self._models["sides"].chances(side_features(found, mine, named, names), len(mine)))
        scene = Scene(found, mine, names, named, likely)
        told = told_by_names(found, scene.numbers, scene.names, self._trees["near"])
        scores = [self._lines["alone"].scores(row)[0] for row in scene.alone(first, told)]
        once = settled(scene, scores, self._lines["pair"])
        return [
            float(each) for each in self._trees["sides"].chances(side_rows(scene, first, scores, once, told)).ravel()
        ]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A number that reports something: its place among the tokens, its kind, whether its unit belongs to it."""

    place: int
    kind: str
    probability: float
    unit: bool


def chosen(
    places: Sequence[int],
    first: Sequence[Mapping[str, float]],
    likely: Figures,
    bounds: Mapping[str, float],
) -> list[_Chosen]:
    """Return the numbers that report something: those whose chance to report nothing is small enough.

    Args:
        places: of the numbers among the tokens.
        first: label -> probability by the first look, which tells whether the unit belongs to a number.
        likely: numbers by `pico_second.LABELS`.
        bounds: kind -> the least probability that is enough.
    """
    totals = likely[:, LABELS.index("total")]
    top = totals.max(initial=0)
    made: list[_Chosen] = []
    for row, place in enumerate(places):
        total, reports = float(totals[row]), float(1 - likely[row, -1])
        if total == top >= _LEAST_TOTAL:
            made.append(_Chosen(place, "total", total, False))
            continue
        kind = LABELS[int(likely[row, :-1].argmax())]
        if kind == "total" and total < (_OTHER_TOTAL if top >= _SURE_TOTAL else bounds["total"]):
            continue
        if reports >= bounds[kind]:
            unit = first[row].get(f"{kind}+", 0.0) > first[row].get(kind, 0.0)
            made.append(_Chosen(place, kind, reports, unit))
    return made


def leaning(chance: Mapping[str, float]) -> tuple[float, float]:
    """Return how likely a token is a name of the arm under test, and of the other."""
    one, two = WORDS["arms"]
    return (
        chance.get(f"B-{one}", 0.0) + chance.get(f"I-{one}", 0.0),
        chance.get(f"B-{two}", 0.0) + chance.get(f"I-{two}", 0.0),
    )


def tested(chances: Sequence[dict[str, float]]) -> list[float]:
    """Return how likely each number is of the arm under test, from the chances of the labels of sides."""
    return [sum(value for label, value in chance.items() if label.startswith("I")) for chance in chances]


def unit_end(found: Sequence[Token], place: int) -> int:
    """Return where the unit behind a number ends: the next run of signs without a gap, closing marks left out."""
    at = place + 1
    if at >= len(found):
        return found[place].end
    end = found[at].end
    while at + 1 < len(found) and found[at + 1].start == end and found[at + 1].low not in ").,;:]":
        at += 1
        end = found[at].end
    return end


_EDGES = listed(") , . ; : / - and or")
_ENDS = listed("( , . ; : / - [ and or to of with for by in the a an at was were is are")


def worded(
    found: Sequence[Token], kinds: Sequence[str], chances: Sequence[dict[str, float]], bounds: Mapping[str, float]
) -> list[PicoSpan]:
    """Return the spans of words whose chances reach their bounds.

    A span goes on, to both sides, over tokens that reach six tenths of the bound, so that a doubtful word inside a
    phrase does not part it; marks and joining words at its ends are left out.
    """
    best = [_best(kinds, chance) for chance in chances]
    made: list[PicoSpan] = []
    place = 0
    while place < len(found):
        kind, likely, _ = best[place]
        if likely < _GOES_ON * bounds.get(kind, 0.5):
            place += 1
            continue
        end = place + 1
        least = _GOES_ON * bounds.get(kind, 0.5)
        while end < len(found) and best[end][0] == kind and best[end][1] >= least and not best[end][2]:
            end += 1
        first, last, top = place, end, max(each[1] for each in best[place:end])
        while first < last and found[first].low in _EDGES:
            first += 1
        while first < last and found[last - 1].low in _ENDS:
            last -= 1
        if first < last and top >= bounds.get(kind, 0.5):
            lowest = min(each[1] for each in best[first:last])
            made.append(PicoSpan(kind, Span(found[first].start, found[last - 1].end), round(lowest, 4)))
        place = end
    return made


_GOES_ON = 0.6


def _best(kinds: Sequence[str], chance: Mapping[str, float]) -> tuple[str, float, bool]:
    """Return the likeliest class of a token, its probability, and whether a span of it more likely begins here."""
    kind, likely, begins = "", 0.0, False
    for each in kinds:
        opening, inside = chance.get(f"B-{each}", 0.0), chance.get(f"I-{each}", 0.0)
        if opening + inside > likely:
            kind, likely, begins = each, opening + inside, opening > inside
    return kind, likely, begins
