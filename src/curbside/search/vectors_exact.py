"""Vectors in memory, every one looked at: the second implementation, small enough to be read as its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from curbside.search.base import MISSING, READY, Embedded, Near


class ExactVectors:
    """`Vectors` that live as long as their process."""

    def __init__(self, version: str) -> None:
        """Begin empty."""
        self._version = version
        self._pending: dict[str, Embedded | None] = {}
        self._held: dict[str, Embedded] = {}
        self._seq = 0
        self._made = False

    @property
    def version(self) -> str:
        """Version of the encoder that made them."""
        return self._version

    @property
    def seq(self) -> int:
        """Last change of the store that is committed."""
        return self._seq

    @property
    def documents(self) -> int:
        """Number of documents that have committed vectors."""
        return len(self._held)

    def holding(self, documents: Sequence[str]) -> frozenset[str]:
        """Return those of `documents` whose vectors are committed."""
        return frozenset(document for document in documents if document in self._held)

    def apply(self, embedded: Iterable[Embedded], removed: Iterable[str] = ()) -> None:
        """Take in documents and drop the removed ones; visible after `commit`."""
        self._pending |= dict.fromkeys(removed)
        self._pending |= {each.document: each for each in embedded if each.spans}

    def commit(self, seq: int, after: int | None = None) -> bool:
        """Make everything applied so far visible, together with `seq`."""
        pending, self._pending = self._pending, {}
        if after is not None and self._seq != after:
            return False
        held = {document: each for document, each in self._held.items() if document not in pending}
        self._held = held | {document: each for document, each in pending.items() if each is not None}
        self._seq, self._made = seq, True
        return True

    def clear(self) -> None:
        """Drop everything."""
        self._pending, self._held, self._seq = {}, {}, 0

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[Near]:
        """Return the `limit` documents nearest to a vector, best first, ties by document id."""
        every = self.scored(vector, list(self._held))
        return sorted(every, key=lambda near: (-near.score, near.document))[: max(limit, 0)]

    def of(self, document: str) -> NDArray[np.float32] | None:
        """Return the vector of a document's first piece, or None."""
        return self._held[document].vectors[0] if document in self._held else None

    def scored(self, vector: NDArray[np.float32], documents: Sequence[str]) -> list[Near]:
        """Return how near each of `documents` is, in their order; those without vectors are left out."""
        return [_near(vector, self._held[document]) for document in documents if document in self._held]

    def count(self) -> int:
        """Number of committed vectors."""
        return sum(len(each.spans) for each in self._held.values())

    def state(self) -> str:
        """Tell how they are."""
        return READY if self._made else MISSING

    def close(self) -> None:
        """Drop what was applied but not committed."""
        self._pending = {}


def _near(vector: NDArray[np.float32], embedded: Embedded) -> Near:
    scores = embedded.vectors @ vector
    best = int(np.argmax(np.round(scores, 5)))
    return Near(embedded.document, embedded.spans[best], round(float(scores[best]), 5))
