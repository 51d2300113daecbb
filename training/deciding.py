"""From scores to a decision: how sharp they are, what a class is allowed, which weights are worth keeping."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curbside.language.scoring import Weights

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def loss(scores: Floats, right: Places) -> float:
    """Return the mean log loss of scores (rows x classes) against the right class of each row, softmax taken."""
    top = scores.max(axis=1, keepdims=True)
    total = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
    return float((total - scores[np.arange(len(right)), right]).mean())


def worth(scores: Floats, right: Places, allowance: Sequence[float]) -> float:
    """Return accuracy plus mean F1 over the classes, with an allowance added to the score of each class."""
    told = (scores + np.array(allowance)).argmax(axis=1)
    f1 = [
        2 * ((told == x) & (right == x)).sum() / max(1, (told == x).sum() + (right == x).sum())
        for x in range(scores.shape[1])
    ]
    return float((told == right).mean() + np.mean(f1))


def kept(weights: Weights, least: float) -> Weights:
    """Return weights without features whose weight is smaller than `least` in every class."""
    large = {name: row for name, row in weights.weights.items() if max(map(abs, row)) >= least}
    return Weights(weights.labels, weights.bias, large)
