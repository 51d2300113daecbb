"""Boosted trees that were trained elsewhere, run on rows of figures with numpy alone.

Friedman 2001 (Annals of Statistics 29:1189) is the model: each round adds, for each class, the value of the leaf that
a row falls into; the sums pass through the logistic function, or through softmax where there are three classes or more.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]
"""Rows of figures; a figure that a row has not is NaN."""
_ARRAYS = ("feature", "bound", "left", "right", "blank_left", "value", "roots", "base")


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees of a model in one list of nodes.

    Attributes:
        feature: column that a node asks for, -1 in a leaf.
        bound: a figure up to it goes left.
        left, right: nodes that follow.
        blank_left: whether a row without the figure goes left.
        value: what a leaf adds.
        roots: first node of each tree, by round and class.
        base: what each class begins with.
        depth: of the deepest tree.
    """

    feature: NDArray[np.int16]
    bound: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    blank_left: NDArray[np.bool_]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]
    base: NDArray[np.float32]
    depth: int

    def chances(self, rows: Table) -> NDArray[np.float32]:
        """Return probabilities, rows by classes; of two classes the second alone, as one column.

        Args:
            rows: figures, rows by columns, in the order of the columns in training.
        """
        if not len(rows):
            return np.zeros((0, len(self.base)), dtype=np.float32)
        at = np.broadcast_to(self.roots.reshape(1, -1), (len(rows), self.roots.size))
        each = np.arange(len(rows)).reshape(-1, 1)
        for _ in range(self.depth):
            column = self.feature[at]
            figure = rows[each, np.maximum(column, 0)]
            left = np.where(np.isnan(figure), self.blank_left[at], figure <= self.bound[at])
            at = np.where(column < 0, at, np.where(left, self.left[at], self.right[at]))
        sums = self.value[at].reshape(len(rows), *self.roots.shape).sum(axis=1) + self.base
        if len(self.base) == 1:
            return 1 / (1 + np.exp(-sums))
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)


def packed(trees: Trees) -> bytes:
    """Return the trees as a numpy archive; the same trees give the same bytes."""
    out = io.BytesIO()
    arrays: dict[str, Any] = {name: getattr(trees, name) for name in _ARRAYS}
    np.savez_compressed(out, depth=np.array(trees.depth), **arrays)
    return out.getvalue()


def opened(archive: bytes) -> Trees:
    """Return the trees of a numpy archive; nothing pickled is read.

    Raises:
        ValueError: if the archive is none of `packed`, or holds pickled objects.
    """
    try:
        with np.load(io.BytesIO(archive), allow_pickle=False) as held:
            return Trees(**{name: held[name] for name in _ARRAYS}, depth=int(held["depth"]))
    except (KeyError, OSError, EOFError) as fault:
        raise ValueError("not an archive of trees") from fault
