"""Boosted trees for training, by scikit-learn, brought into the form that the package runs with numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curbside.extract.pico_trees import Table, Trees


def grown(
    rows: Table,
    labels: NDArray[np.int64],
    *,
    classes: int,
    rounds: int,
    leaves: int,
    rate: float,
    seeds: int = 1,
) -> Trees:
    """Return trees for `labels` 0, 1, …; with several `seeds` the mean of so many models.

    Args:
        rows: figures, NaN where there is none.
        labels: class of each row, from 0; at least two of them differ.
        classes: how many there are; one that no row has is given next to nothing.
        rounds: of boosting.
        leaves: of a tree at most.
        rate: how much of each tree's answer is added.
        seeds: models that differ in the columns they may look at for each split.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    absent = sorted(set(range(classes)).difference(labels.tolist()))
    rows = np.vstack([rows, np.full((len(absent), rows.shape[1]), np.nan, dtype=np.float32)])
    rows[:, np.isnan(rows).all(axis=0)] = 0  # scikit-learn cannot cut a column without a figure
    labels = np.concatenate([labels, np.array(absent, dtype=np.int64)])
    made: list[Any] = []
    for seed in range(seeds):
        model = HistGradientBoostingClassifier(
            max_iter=rounds,
            learning_rate=rate,
            max_leaf_nodes=leaves,
            min_samples_leaf=min(20, max(1, len(rows) // 20)),
            l2_regularization=5,
            max_features=0.3,
            early_stopping=False,
            random_state=seed,
        )
        made.append(model.fit(rows, labels))
    return flattened(made)


def flattened(models: Sequence[Any]) -> Trees:
    """Return scikit-learn's histogram models of one task as one: the mean of what they add, before the logistic."""
    share = 1 / len(models)
    nodes: list[Any] = []
    roots: list[list[int]] = []
    offsets: list[int] = []
    total = 0
    for model in models:
        for row in model._predictors:
            roots.append([])
            for tree in row:
                roots[-1].append(total)
                nodes.append(tree.nodes)
                offsets.append(total)
                total += len(tree.nodes)
    every = np.concatenate(nodes)
    shift = np.repeat(offsets, [len(each) for each in nodes])
    leaf = every["is_leaf"].astype(bool)
    base = sum(np.asarray(model._baseline_prediction).reshape(-1) for model in models) * share
    return Trees(
        feature=np.where(leaf, -1, every["feature_idx"]).astype(np.int16),
        bound=_below(every["num_threshold"]),
        left=np.where(leaf, 0, every["left"] + shift).astype(np.int32),
        right=np.where(leaf, 0, every["right"] + shift).astype(np.int32),
        blank_left=every["missing_go_to_left"].astype(bool),
        value=np.where(leaf, every["value"] * share, 0).astype(np.float32),
        roots=np.array(roots, dtype=np.int32),
        base=base.astype(np.float32),
        depth=int(every["depth"].max()),
    )


def _below(bounds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return bounds in single precision, never above what they were, so that no figure in that form changes side."""
    near = bounds.astype(np.float32)
    return np.where(near > bounds, np.nextafter(near, np.float32(-np.inf)), near).astype(np.float32)
