"""A claim and its evidence laid side by side: which words they share, how each turns them, which numbers they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from curbside.language.numbers import numbers
from curbside.language.sentences import sentences
from curbside.language.support_words import EFFECTS, families
from curbside.language.words import STOP_WORDS, WORD, flat, fold, stem
from curbside.records.span import Span

LONGEST = 20_000
"""Code points of either text that are looked at."""

RAREST = 9.0
"""How rare a word is that the table of rarities does not know."""

_REACH = 5  # words that a negation reaches
_OUTCOME = 4  # words between "reduces" and what is unwelcome of itself
_COUNTED = frozenset({"digits", "percent", "word", "power"})


@dataclass(frozen=True, slots=True)
class Turned:
    """A word that turns what is said.

    Attributes:
        at: index among the words of its sentence.
        span: where it stands in the text.
        family: of `support_words.FAMILIES`.
        negated: whether a negation stands shortly before it.
    """

    at: int
    span: Span
    family: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence of either text.

    Attributes:
        words: its words in lower case.
        places: where they stand in the text.
        stems: stem of each word, "" where it carries no content.
        turned: words that turn what is said, in order.
    """

    words: tuple[str, ...]
    places: tuple[Span, ...]
    stems: tuple[str, ...]
    turned: tuple[Turned, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim beside its evidence.

    Attributes:
        claim: the claim, as one sentence.
        evidence: sentences of the evidence; at least one.
        rarity: stem -> logarithm of how rare it is.
        coverage: share of the claim's words that the evidence has, weighted by rarity.
        nearest: index of the sentence of the evidence that has most of them.
        shared: stems that both have.
        claimed, given: numbers of the claim and of the evidence, value -> where it stands first.
    """

    claim: Side
    evidence: tuple[Side, ...]
    rarity: Mapping[str, float]
    coverage: float
    nearest: int
    shared: frozenset[str]
    claimed: Mapping[float, Span]
    given: Mapping[float, Span]


def paired(claim: str, evidence: str, rarity: Mapping[str, float]) -> Pair:
    """Lay a claim beside its evidence; offsets are code points of each text. Neither text need hold a word."""
    claim, evidence = claim[:LONGEST], evidence[:LONGEST]
    said = _side(claim, Span(0, len(claim)))
    given = tuple(_side(evidence, span) for span in sentences(evidence)) or (_side(evidence, Span(0, 0)),)
    weights = weighted(said.stems, rarity)
    shares = [share(weights, frozenset(side.stems)) for side in given]
    held = frozenset(stem for side in given for stem in side.stems)
    return Pair(
        said,
        given,
        rarity,
        share(weights, held),
        max(range(len(given)), key=lambda at: shares[at]),
        frozenset(weights) & held,
        _numbers(claim),
        _numbers(evidence),
    )


def weighted(stems: Sequence[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """Return each stem once, in order, with how rare it is; words without content are left out."""
    return {each: rarity.get(each, RAREST) for each in stems if each}


def share(weights: Mapping[str, float], held: frozenset[str]) -> float:
    """Return which part of the weights is of stems that are held; 0 where there are none."""
    total = sum(weights.values())
    return sum(weight for each, weight in weights.items() if each in held) / total if total else 0.0


def _side(text: str, within: Span) -> Side:
    low = flat(text[within.start : within.end])
    found = [match.span() for match in WORD.finditer(low)]
    words = tuple(low[start:end] for start, end in found)
    places = tuple(Span(within.start + start, within.start + end) for start, end in found)
    return Side(words, places, tuple(map(_stemmed, words)), _turned(words, places))


@lru_cache(maxsize=65_536)
def _stemmed(word: str) -> str:
    word = word.removesuffix("'s")
    return "" if word in STOP_WORDS else stem(fold(word))


def _turned(words: tuple[str, ...], places: tuple[Span, ...]) -> tuple[Turned, ...]:
    found: list[Turned] = []
    negated = -_REACH - 1
    for at, word in enumerate(words):
        mine = families(word)
        if "not" in mine:
            negated = at
        found.extend(Turned(at, places[at], family, 0 < at - negated <= _REACH) for family in mine)
    return tuple(found)


def _numbers(text: str) -> dict[float, Span]:
    made: dict[float, Span] = {}
    for number in numbers(text):
        if number.form in _COUNTED:
            made.setdefault(number.value, number.span)
    return made


def leaning(turned: Sequence[Turned]) -> tuple[int, int]:
    """Return which way words point (above 0: more) and how they lean (above 0: welcome), negations turned round."""
    ways = [(EFFECTS[each.family], -1 if each.negated else 1) for each in turned if each.family in EFFECTS]
    return sum(way * sign for (way, _), sign in ways), sum(lean * sign for (_, lean), sign in ways)


def lean_of_outcome(turned: Sequence[Turned]) -> int:
    """Return how a sentence leans where less of something unwelcome is welcome: "reduces the risk of death" is 1."""
    total, last = 0, None
    for each in turned:
        if each.family in {"up", "down", "stop"}:
            last = each
            total += 1 if each.family == "stop" and not each.negated else -1 if each.family == "stop" else 0
        elif each.family in {"good", "bad"}:
            sign = 1 if each.family == "good" else -1
            if last is not None and 0 < each.at - last.at <= _OUTCOME:
                sign *= 1 if last.family == "up" else -1
                sign *= -1 if last.negated else 1
                # "prevents deaths" counted as welcome at "prevents" already
                total += sign if last.family != "stop" else 0
            else:
                total += -sign if each.negated else sign
    return total
