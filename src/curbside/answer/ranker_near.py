"""What a learned ranker says of an answer's sentences: a line over a few figures of words, without numpy or encoder.

The sentences of an answer are on its subject already. Which of them meet the question is told by the words that set
them apart from each other, by their documents, and by what the best of them share; how much each counts was learnt by
`training/ranker.py` from questions that chose among the snippets of a few articles.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from curbside.answer.context import Candidate
from curbside.language.words import content_words
from curbside.records import Question

NEAR = "near.json"
NAMES = (
    "covered", "source covered", "covered place", "most missing", "pairs", "concepts", "source concepts",
    "feedback 3", "feedback 10",
)  # fmt: skip
"""Figures in the order of their weights. How long a sentence is, the rules of `ranking` weigh."""

_FEW = 4
"""With fewer sentences there is nothing to learn from the others."""
_FAR = 2.0
_FEEDBACK = (3, 10)


@dataclass(frozen=True, slots=True, eq=False)
class NearRead:
    """Content stems of a sentence, and which of them stand next to each other."""

    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NearAsked:
    """Content stems of a question, pairs of neighbours, and for each concept the ids that answer for it."""

    stems: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    concepts: tuple[frozenset[str], ...]


@lru_cache(maxsize=16_384)
def near_read(text: str) -> NearRead:
    """Read a sentence; the same words are read once."""
    stems = content_words(text)
    return NearRead(frozenset(stems), frozenset(pairwise(stems)))


def near_asked(question: Question) -> NearAsked:
    """Read a question."""
    stems = content_words(question.text)
    return NearAsked(
        tuple(dict.fromkeys(stems)),
        tuple(dict.fromkeys(pairwise(stems))),
        tuple(frozenset(each.ids) for each in question.expansions),
    )


def near_figures(
    asked: NearAsked, sentences: Sequence[NearRead], sources: Sequence[str], concepts: Sequence[frozenset[str]]
) -> list[list[float]]:
    """Return the figures of every sentence, in the order of `NAMES`, each about between 0 and 1.

    Args:
        asked: the question.
        sentences: those at hand.
        sources: for each the id of its document.
        concepts: for each the ids of the concepts that it names.
    """
    many = len(sentences)
    held: Counter[str] = Counter()
    around: dict[str, set[str]] = {}
    named: dict[str, set[str]] = {}
    for read, source, ids in zip(sentences, sources, concepts):
        held.update(read.stems)
        around.setdefault(source, set()).update(read.stems)
        named.setdefault(source, set()).update(ids)
    rarity = {stem: math.log(1 + (many - held[stem] + 0.5) / (held[stem] + 0.5)) for stem in asked.stems}
    total = sum(rarity.values()) or 1.0
    wanted = frozenset(asked.stems)
    # Sums over sets are exact (`fsum`), so that no order of theirs shows.
    covered = [math.fsum(rarity[stem] for stem in wanted & read.stems) / total for read in sentences]
    by_source = {
        source: sum(rarity[stem] for stem in asked.stems if stem in stems) / total for source, stems in around.items()
    }
    of_source = {source: _named(asked, ids) for source, ids in named.items()}
    first = [own + by_source[source] for own, source in zip(covered, sources)]
    order = sorted(range(many), key=lambda at: -first[at])
    place = {at: 1 / (1 + rank) for rank, at in enumerate(order)}
    fed = [_fed([sentences[at] for at in order[:most]], held, many, wanted) for most in _FEEDBACK]
    pairs = frozenset(asked.pairs)
    made: list[list[float]] = []
    for at, (read, source, ids) in enumerate(zip(sentences, sources, concepts)):
        missing = max((rarity[stem] for stem in wanted - read.stems), default=0.0) / total
        met = len(pairs & read.pairs) / max(1, len(pairs))
        shares = [math.fsum(each[stem] for stem in read.stems & each.keys()) for each in fed]
        made.append(
            [
                covered[at],
                by_source[source],
                place[at],
                missing,
                met,
                _named(asked, ids),
                of_source[source],
                *shares,
            ]
        )
    return made


def _named(asked: NearAsked, ids: frozenset[str] | set[str]) -> float:
    return sum(not each.isdisjoint(ids) for each in asked.concepts) / max(1, len(asked.concepts))


def _fed(best: Sequence[NearRead], held: Counter[str], many: int, but: frozenset[str]) -> dict[str, float]:
    """Words that the best share beside those asked for, weighted by rarity, at most twenty; together 1."""
    counted = Counter(stem for read in best for stem in read.stems if stem not in but)
    weights = {stem: n * math.log(1 + many / held[stem]) for stem, n in counted.items()}
    kept = sorted(weights, key=lambda stem: (-weights[stem], stem))[:20]
    total = sum(weights[stem] for stem in kept) or 1.0
    return {stem: weights[stem] / total for stem in kept}


@lru_cache(maxsize=1)
def shipped_near() -> tuple[float, ...]:
    """Return the shipped weights in the order of `NAMES`."""
    held = json.loads(resources.files("curbside.answer").joinpath("data", "ranker", NEAR).read_text(encoding="utf-8"))
    return tuple(float(held["weights"][name]) for name in NAMES)


def learned(
    candidates: Sequence[Candidate],
    reads: Sequence[NearRead],
    question: Question,
    weights: Sequence[float] | None = None,
) -> list[float]:
    """Return for each sentence how well it meets the question beside the others: 0 on average, between -2 and 2.

    The figure is a weighted sum in standard deviations over the sentences at hand; 0 for all where they are few or
    where nothing tells them apart. `reads` are the same sentences as `near_read` reads their words.
    """
    many = len(candidates)
    if many < _FEW:
        return [0.0] * many
    used = shipped_near() if weights is None else weights
    rows = near_figures(
        near_asked(question),
        reads,
        [each.document.id for each in candidates],
        [each.named.conditions | each.named.treatments | each.named.classes for each in candidates],
    )
    scores = [sum(weight * value for weight, value in zip(used, row)) for row in rows]
    middle = sum(scores) / many
    spread = math.sqrt(sum((score - middle) ** 2 for score in scores) / many)
    if spread < 1e-6:
        return [0.0] * many
    return [round(max(-_FAR, min(_FAR, (score - middle) / spread)), 4) for score in scores]
