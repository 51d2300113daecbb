"""Vectors searched one by one: by numpy where they are few, since importing faiss takes longer than a first answer may.

Both score by whole numbers (codes and the question's codes), whose sums a float holds exactly, so that they agree.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

FEW = 4_096
"""Vectors up to which numpy takes less than a millisecond."""


class Few:
    """As much of a faiss index as `FaissVectors` asks of it, over few vectors."""

    def __init__(self, codes: NDArray[np.uint8]) -> None:
        """Hold codes, one row a vector."""
        self._rows = codes.astype(np.float32) - 128.0

    def search(self, asked: NDArray[np.float32], size: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return scores and rows of the `size` nearest to one vector, shape (1, dimensions), best first."""
        scores = self._rows @ asked[0]
        rows = np.argsort(-scores, kind="stable")[:size]
        return scores[rows][None, :], rows[None, :]

    def reconstruct_batch(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return vectors as they are held."""
        return self._rows[rows]


def flat_of(codes: NDArray[np.uint8], size: int) -> Any:
    """Return an index of codes of `size` dimensions, numpy's or faiss's by how many they are."""
    if len(codes) <= FEW:
        return Few(codes)
    import faiss

    flat: Any = faiss.IndexScalarQuantizer(
        size, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
    )
    flat.add_sa_codes(codes)
    return flat
