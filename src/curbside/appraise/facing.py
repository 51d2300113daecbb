"""The finding of a citing work that answers to one of the cited work, and how their figures stand to each other."""

from __future__ import annotations

from collections.abc import Iterable

from curbside.appraise.findings import compared
from curbside.language.words import content_words
from curbside.records import Count, Effect, Fact, Field, StudyCard
from curbside.records.cited import FiguresBeside

FIELDS = (Field.EFFECT, Field.OUTCOME, Field.ADVERSE_EVENT)
"""Fields whose figures are compared, the telling first."""

ALIKE = 0.5
"""Share of the words of two outcomes that have to be the same (Dice)."""


def facing(citing: Iterable[StudyCard], cited: Iterable[StudyCard]) -> FiguresBeside | None:
    """Return two findings of one outcome, one of each work, held against each other; None where there are none.

    Both have to name their outcome in words that are mostly the same, and a drug or condition in common, the same drug
    where both name one. Of several pairs the one whose outcomes are most alike is taken, then the first.
    """
    theirs = [fact for card in cited for fact in _findings(card)]
    pairs = [
        (score, one, two)
        for card in citing
        for one in _findings(card)
        for two in theirs
        if (score := _alike(one, two)) >= ALIKE
    ]
    for _, one, two in sorted(pairs, key=lambda pair: -pair[0]):
        held = compared(one, two)
        if not held.why_not or held.same_direction is not None:
            return FiguresBeside(one, two, held)
    return None


def _findings(card: StudyCard) -> list[Fact]:
    facts = (fact for field in FIELDS for fact in card.of(field))
    return [fact for fact in facts if isinstance(fact.value, Effect | Count) and not fact.negated and fact.about]


def _alike(one: Fact, two: Fact) -> float:
    """Return how much alike the outcomes of two findings are, 0 to 1; 0 where they are of different kinds."""
    if one.field is not two.field or type(one.value) is not type(two.value) or not _same_subject(one, two):
        return 0.0
    ours, theirs = set(content_words(_outcome(one))), set(content_words(_outcome(two)))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def _same_subject(one: Fact, two: Fact) -> bool:
    drugs = [{name for name in fact.about if name.startswith("d:")} for fact in (one, two)]
    if drugs[0] and drugs[1]:
        return bool(drugs[0] & drugs[1])
    return bool(set(one.about) & set(two.about))


def _outcome(fact: Fact) -> str:
    return fact.outcome or (fact.value.outcome if isinstance(fact.value, Effect) else "")
