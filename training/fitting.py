"""Fits a linear model and returns its weights in the form that the package reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from curbside.language.scoring import Weights

_ROUNDS = 150


def fitted(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[str],
    order: Sequence[str],
    strength: float,
    rare: int,
    weights: Sequence[float] | None = None,
) -> Weights:
    """Return the weights of a logistic regression; features are scaled to unit spread where `rare` is 1."""
    counted = Counter(name for row in rows for name in row)
    kept = [{name: value for name, value in row.items() if counted[name] >= rare} for row in rows]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(kept)
    spread = np.ones(len(vectors.get_feature_names_out()))
    if rare == 1:
        mean = np.asarray(matrix.mean(axis=0)).ravel()
        spread = np.sqrt(np.maximum(np.asarray(matrix.multiply(matrix).mean(axis=0)).ravel() - mean**2, 1e-6))
        matrix = matrix.multiply(1 / spread).tocsr()
    model = LogisticRegression(C=strength, max_iter=_ROUNDS, tol=1e-3)
    model.fit(matrix, list(labels), sample_weight=None if weights is None else list(weights))
    coefficients, bias = model.coef_, model.intercept_
    if len(order) == 2:
        coefficients, bias = np.vstack([-coefficients, coefficients]), np.concatenate([-bias, bias])
        names = list(model.classes_)
    else:
        names = list(model.classes_)
    columns = [names.index(label) for label in order]
    found = {
        str(name): tuple(float(coefficients[column, at] / spread[at]) for column in columns)
        for at, name in enumerate(vectors.get_feature_names_out())
    }
    return Weights(tuple(order), tuple(float(bias[column]) for column in columns), found)
