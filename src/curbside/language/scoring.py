"""Scores of a linear model: features by name, weights by name, one column for each label.

Multinomial logistic regression (Hosmer, Lemeshow and Sturdivant 2013, chapter 8); trained elsewhere, kept as JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard, cast

Features = Mapping[str, float]
"""What was seen, name -> how much of it; what was not seen is left out."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained linear model.

    Attributes:
        labels: names of the columns; a single one for a score.
        bias: a number for each label.
        weights: feature -> a number for each label.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Features) -> list[float]:
        """Return a score for each label; features that the model does not know count nothing."""
        made = list(self.bias)
        for name, value in features.items():
            row = self.weights.get(name)
            if row is not None:
                for place, weight in enumerate(row):
                    made[place] += weight * value
        return made

    def shares(self, features: Features) -> list[float]:
        """Return a probability for each label; they add up to 1."""
        return softmax(self.scores(features))


def softmax(scores: Sequence[float], sharpness: float = 1.0) -> list[float]:
    """Return numbers that add up to 1, in the proportion of exp(sharpness * score)."""
    top = max(scores, default=0.0)
    powers = [math.exp(sharpness * (score - top)) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def written(weights: Weights, digits: int = 3) -> str:
    """Return the weights as JSON, a feature a line in order, rounded; rows that round to nothing are left out."""
    rows = {name: [round(weight, digits) for weight in row] for name, row in sorted(weights.weights.items())}
    kept = ",\n".join(f"{json.dumps(name, ensure_ascii=False)}:{_row(row)}" for name, row in rows.items() if any(row))
    head = json.dumps({"labels": weights.labels, "bias": [round(value, digits) for value in weights.bias]})
    return f'{{"head":{head},\n"weights":{{\n{kept}\n}}}}\n'


def _row(row: Sequence[float]) -> str:
    return json.dumps(row, separators=(",", ":"))


def loaded(text: str) -> Weights:
    """Return the weights that `written` wrote.

    Raises:
        ValueError: if the text is none of its.
    """
    record = json.loads(text)
    if not _is_record(record) or not _is_record(record.get("head")) or not _is_record(record.get("weights")):
        raise ValueError("weights without a head")
    head = cast(dict[str, list[float]], record["head"])
    rows = cast(dict[str, list[float]], record["weights"])
    labels = cast(list[str], head["labels"])
    return Weights(tuple(labels), tuple(head["bias"]), {name: tuple(row) for name, row in rows.items()})


def _is_record(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)
