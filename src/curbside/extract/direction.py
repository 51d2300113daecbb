"""Which way an outcome went in one arm against another, from the sentences of an article that report it.

Sentences that name the outcome are ranked by a linear model of what speaks for them; a second one reads the best of
them; their votes count by rank. Both are trained by `training/direction.py`; see the model card beside the weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from curbside.extract.direction_features import features
from curbside.extract.direction_ranking import candidates
from curbside.extract.direction_reading import Asked, Reports, asked_of, read_reports
from curbside.language.scoring import Weights, loaded, softmax
from curbside.records import Comparison, Quote
from curbside.records.direction import Direction, Way

READ = 4
"""Sentences that vote."""
_SHARPNESS = 1.4
"""What the mixed probabilities are raised to: mixing makes them too modest (chosen by folds)."""
_LEAST = 1e-9
_DATA = "curbside.extract"


@dataclass(frozen=True, slots=True)
class Reader:
    """The two trained models.

    Attributes:
        ranking: of one label, how well a sentence answers.
        reading: of a label for each `Way`, what it answers.
        prior: probability of each way where nothing is found.
    """

    ranking: Weights
    reading: Weights
    prior: Mapping[Way, float]


@lru_cache(maxsize=1)
def shipped() -> Reader:
    """Return the models that are installed with the package."""
    folder = files(_DATA) / "data"
    ranking = loaded((folder / "direction_ranking.json").read_text(encoding="utf-8"))
    reading = loaded((folder / "direction_reading.json").read_text(encoding="utf-8"))
    shares = reading.shares({})
    return Reader(ranking, reading, {Way(label): share for label, share in zip(reading.labels, shares)})


def ranked(asked: Asked, reports: Reports, ranking: Weights) -> list[tuple[int, float]]:
    """Return the sentences that may answer with their scores, best first."""
    scored = [(place, ranking.scores(seen)[0]) for place, seen in candidates(asked, reports)]
    return sorted(scored, key=lambda each: -each[1])


def direction(comparison: Comparison, reports: Reports, reader: Reader | None = None) -> Direction:
    """Return which way the outcome went with the intervention against the comparator.

    Whether counts or means are asked for makes no difference. Where no sentence names the outcome, the label is the
    most frequent one and the quote None.
    """
    reader = reader or shipped()
    asked = asked_of(comparison, reports)
    best = ranked(asked, reports, reader.ranking)[:READ]
    if not best:
        label = max(reader.prior, key=lambda way: reader.prior[way])
        return Direction(label, reader.prior[label], None, (), tuple(reader.prior[way] for way in Way))
    rank = softmax([score for _, score in best])
    read = [reader.reading.shares(features(asked, reports, place)) for place, _ in best]
    shares = {
        Way(label): sum(weight * row[column] for weight, row in zip(rank, read))
        for column, label in enumerate(reader.reading.labels)
    }
    shares = dict(zip(shares, softmax([math.log(max(share, _LEAST)) for share in shares.values()], _SHARPNESS)))
    label = max(shares, key=lambda way: shares[way])
    column = reader.reading.labels.index(label.value)
    order = sorted(range(len(best)), key=lambda at: -rank[at] * read[at][column])
    quotes = tuple(_quote(reports, best[at][0]) for at in order)
    return Direction(label, shares[label], quotes[0], quotes[1:], tuple(shares[way] for way in Way))


def _quote(reports: Reports, place: int) -> Quote:
    span = reports.evidence.sentences[place].span
    return Quote(reports.evidence.document.id, span, span.of(reports.evidence.document.text))


__all__ = ["Reader", "Reports", "direction", "ranked", "read_reports", "shipped"]
