"""What a text is about, how much, and how near two subjects are: the same drug or condition, or near ones by the tree.

How near two concepts of the vocabulary's tree are is Lin's measure (1998) over intrinsic information content (Seco,
Veale and Hayes 2004): a concept tells the more, the fewer are narrower than it; two are as near as what they have in
common tells of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from curbside.language.vocabulary import Vocabulary
from curbside.records import Ground, Profile

RELATED = 0.5
"""Share of its weight that a likeness keeps where two drugs share a class, or two conditions a broader one."""

NEAR_ENOUGH = 0.5
"""How near two concepts must be to be called related."""

LEAST = 0.08
"""How central a concept must be to be a subject at all."""

MOST = 6
"""Subjects of each kind that are compared."""

IN_TITLE = 4
"""How many mentions one in the title is worth."""

GENERAL = frozenset(
    {
        *("c:pain", "c:fever", "c:injury", "c:wound", "c:inflammation", "c:bleeding", "c:oedema", "c:fatigue"),
        *("c:nausea", "c:vomiting", "c:cough", "c:weight-loss", "c:weight-gain", "c:drug-toxicity", "c:dizziness"),
        *("d:calcium", "d:glucose", "d:oxygen", "d:sodium", "d:potassium", "d:sucrose", "d:tyrosine"),
    }
)
"""Signs that any condition may have, and substances of every body: two texts on them are on two things."""

OF_GENERAL = 0.5
"""Share of what it would tell that a general concept tells."""

_BY_RANK = (1.0, 0.6, 0.4, 0.3, 0.25, 0.2)
_SIZE = 8_192


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a text is about.

    Attributes:
        drugs, conditions: concept ids, each with how central it is, from 0 to 1; most central first.
    """

    drugs: Mapping[str, float]
    conditions: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Shared:
    """A subject of two texts.

    Attributes:
        ground: the same or a related drug or condition.
        concepts: its id; of related ones both ids and that of what both are.
        weight: from 0 to 1: how central it is to both, times how much it tells, times how near they are.
    """

    ground: Ground
    concepts: tuple[str, ...]
    weight: float


def subjects(profile: Profile, titled: Sequence[str], named: Iterable[str] = ()) -> Subjects:
    """Return what a text is about.

    Args:
        profile: of the text; its first drugs and conditions are looked at.
        titled: ids of the concepts that the title names.
        named: ids of those that the text names, repeats kept; where it is empty the profile's own are taken, and
            without those its order alone tells.
    """
    counts = Counter(named or profile.named)
    of_title = Counter(titled)
    return Subjects(_central(profile.drugs, counts, of_title), _central(profile.conditions, counts, of_title))


def _central(ranked: Sequence[str], counts: Counter[str], titled: Counter[str]) -> dict[str, float]:
    first = [each for each in ranked if each in titled]
    kept = [*first, *(each for each in ranked if each not in titled)][:MOST]
    if counts:
        weights = {each: counts[each] + IN_TITLE * min(titled[each], 1) for each in kept}
        most = max(weights.values(), default=0)
        # A drug that is named once is no subject of a text, though it be the only one.
        central = {each: weight / max(most, IN_TITLE) for each, weight in weights.items()}
    else:
        central = dict(zip(kept, _BY_RANK))
    central = {each: 1.0 if each in titled else value for each, value in central.items() if value >= LEAST}
    return dict(sorted(central.items(), key=lambda pair: (-pair[1], pair[0])))


class Nearness:
    """How near concepts of a vocabulary are; remembers what it was asked."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Measure by the tree of `vocabulary`."""
        self._vocabulary = vocabulary
        self._size = {"d": 0, "c": 0}
        for identifier in vocabulary.concepts:
            if identifier[0] in "dk":
                self._size["d"] += 1
            elif identifier[0] == "c":
                self._size["c"] += 1
        self.tells = lru_cache(_SIZE)(self._tells)
        self._above = lru_cache(_SIZE)(self._broader)
        self.shared = lru_cache(_SIZE)(self._shared)

    def _tells(self, concept: str) -> float:
        """Return how much a concept tells, from 0 (everything is one) to 1 (nothing is narrower)."""
        size = self._size["c" if concept[0] == "c" else "d"]
        narrower = max(len(self._vocabulary.narrower(concept)), 1)
        tells = 1.0 - math.log(narrower) / math.log(max(size, 2))
        return OF_GENERAL * tells if concept in GENERAL else tells

    def _broader(self, concept: str) -> tuple[str, ...]:
        return (concept, *self._vocabulary.broader(concept))

    def _shared(self, one: str, other: str) -> tuple[str, float]:
        """Return what two concepts both are, and how near that makes them, from 0 to 1; "" and 0 for nothing."""
        if one == other:
            return one, 1.0
        above = set(self._above(other))
        common = [each for each in self._above(one) if each in above]
        if not common:
            return "", 0.0
        best = max(common, key=lambda each: (self.tells(each), each))
        both = self.tells(one) + self.tells(other)
        return best, round(2 * self.tells(best) / both, 4) if both > 0 else 0.0

    def between(self, one: Subjects, other: Subjects) -> list[Shared]:
        """Return the subjects that two texts share, the weightiest first; each subject of the first once."""
        found = self._of_kind(one.drugs, other.drugs, Ground.DRUG, Ground.DRUG_CLASS)
        found += self._of_kind(one.conditions, other.conditions, Ground.CONDITION, Ground.RELATED_CONDITION)
        return sorted(found, key=lambda shared: (-shared.weight, shared.concepts))

    def _of_kind(
        self, one: Mapping[str, float], other: Mapping[str, float], same: Ground, related: Ground
    ) -> list[Shared]:
        found: list[Shared] = []
        for mine, central in one.items():
            best: Shared | None = None
            for theirs, as_central in other.items():
                common, near = self.shared(mine, theirs)
                if near < NEAR_ENOUGH:
                    continue
                weight = math.sqrt(central * as_central) * near * self.tells(common)
                ground, concepts = same, (mine,)
                if mine != theirs:
                    # A narrower one is the subject itself; two under one head are only of a kind.
                    ground, concepts = related, (mine, theirs, common)
                    weight *= RELATED if common not in (mine, theirs) else (1 + RELATED) / 2
                if best is None or weight > best.weight:
                    best = Shared(ground, concepts, round(weight, 4))
            if best is not None:
                found.append(best)
        return found
