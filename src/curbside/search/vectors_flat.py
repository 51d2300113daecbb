"""Vectors searched one by one: by numpy where they are few, since importing faiss takes longer than a first answer may.

Both score by whole numbers (codes and the question's codes), whose sums a float holds exactly, so that they agree.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

FEW = 4_096
"""Vectors up to which numpy takes less than a millisecond."""

Found = tuple[NDArray[np.float32], NDArray[np.int64]]
"""Scores and rows of what is nearest, best first, each of shape (1, found)."""


class Few:
    """Few vectors."""

    def __init__(self, codes: NDArray[np.uint8]) -> None:
        """Hold codes, one row a vector."""
        self.codes = codes
        self._rows = codes.astype(np.float32) - 128.0

    def search(self, asked: NDArray[np.float32], size: int) -> Found:
        """Return scores and rows of the `size` nearest to one vector, shape (1, dimensions), best first."""
        scores = self._rows @ asked[0]
        rows = np.argsort(-scores, kind="stable")[:size]
        return scores[rows][None, :], rows[None, :]


class Many:
    """Many vectors, in faiss."""

    def __init__(self, codes: NDArray[np.uint8], size: int) -> None:
        """Hold codes of `size` dimensions, one row a vector."""
        import faiss

        library: Any = faiss
        self._index: Any = library.IndexScalarQuantizer(
            size, library.ScalarQuantizer.QT_8bit_direct_signed, library.METRIC_INNER_PRODUCT
        )
        self._index.add_sa_codes(codes)
        # The same bytes that faiss holds, not another copy of them.
        self.codes: NDArray[np.uint8] = library.rev_swig_ptr(self._index.codes.data(), codes.size).reshape(-1, size)

    def search(self, asked: NDArray[np.float32], size: int) -> Found:
        """Return scores and rows of the `size` nearest to one vector, shape (1, dimensions), best first."""
        return self._index.search(asked, size)


def flat_of(codes: NDArray[np.uint8], size: int) -> Few | Many:
    """Return an index of codes of `size` dimensions, numpy's or faiss's by how many they are."""
    return Few(codes) if len(codes) <= FEW else Many(codes, size)
