"""Embed: vectors for what the store has changed, a batch at a time, behind the adding."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curbside.search.base import BROKEN, Embedded, Vectors
from curbside.search.pieces import Piece, pieces
from curbside.store.base import PUT, Change, Store
from curbside.workflows.progress import Progress, Step, silent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TEXTS = 128
"""Texts after which a batch is committed: some seconds of work, which a kill costs at most."""

_STEP = 500


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is to be done before the next commit.

    Attributes:
        seq: change that it goes up to.
        pieces: texts by document.
        removed: documents that have gone.
    """

    seq: int
    pieces: tuple[tuple[str, tuple[Piece, ...]], ...]
    removed: tuple[str, ...]


class Embedding:
    """Follows the changes of a store with vectors; can be killed at any moment and goes on where it was.

    The id of a document is a hash of its content, so one that has vectors is never embedded again, whatever else is
    said of it.
    """

    def __init__(
        self,
        store: Store,
        vectors: Vectors,
        embed: Callable[[Sequence[str]], NDArray[np.float32]],
        progress: Progress = silent,
    ) -> None:
        """Make `vectors` follow `store`; `embed` is that of the encoder of their version, one row a text.

        Vectors that are damaged, or know more than the store, are begun anew.

        Raises:
            LibraryBusy, LibraryFull: as `Vectors.commit` does.
        """
        self._store, self._vectors, self._embed, self._progress = store, vectors, embed, progress
        if vectors.state() == BROKEN or vectors.seq > store.seq:
            vectors.clear()
        self._begun, self._first = time.monotonic(), vectors.seq
        self._documents = 0

    def in_step(self) -> bool:
        """Tell whether the vectors hold what the store holds; costs a short query."""
        return self._vectors.seq == self._store.seq

    def step(self) -> int:
        """Embed and commit one batch; return how many documents got vectors, which may be none while there is more.

        What somebody else has done meanwhile is not undone: the batch is dropped then, and the next one goes on there.

        Raises:
            EncoderError: if the encoder fails.
            IndexBroken: if the vectors were damaged meanwhile.
            LibraryBusy, LibraryFull: as `Vectors.commit` does; nothing of the batch is kept.
        """
        after = self._vectors.seq
        batch = self._batch(after)
        if batch is None:
            return 0
        self._vectors.apply(self._embedded(batch.pieces), batch.removed)
        if not self._vectors.commit(batch.seq, after):
            return 0
        self._documents += len(batch.pieces)
        self._tell(batch.seq)
        return len(batch.pieces)

    def _batch(self, after: int) -> _Batch | None:
        changes = self._store.changes(after, _STEP)
        if not changes:
            return None
        known = self._vectors.holding(sorted({change.document for change in changes}))
        wanted = {change.document: change.op for change in changes if change.document not in known}
        held = {
            holding.document.id: holding.document
            for holding in self._store.holdings([document for document, op in wanted.items() if op == PUT])
        }
        found: dict[str, tuple[Piece, ...]] = {}
        texts = 0
        last = changes[0]
        for last in changes:
            if last.document in held and last.document not in found:
                found[last.document] = pieces(held[last.document])
                texts += len(found[last.document])
            if texts >= TEXTS:
                break
        return _Batch(last.seq, tuple(found.items()), self._gone(changes, last.seq, known))

    def _gone(self, changes: Sequence[Change], until: int, known: frozenset[str]) -> tuple[str, ...]:
        """Return the documents with vectors that were dropped, and not put again, up to a change."""
        last = {change.document: change.op for change in changes if change.seq <= until}
        return tuple(document for document, op in last.items() if op != PUT and document in known)

    def _embedded(self, found: Sequence[tuple[str, tuple[Piece, ...]]]) -> list[Embedded]:
        texts = [piece.text for _, some in found for piece in some]
        if not texts:
            return []
        vectors = self._embed(texts)
        embedded: list[Embedded] = []
        first = 0
        for document, some in found:
            rows = vectors[first : first + len(some)]
            embedded.append(Embedded(document, tuple(piece.span for piece in some), rows))
            first += len(some)
        return embedded

    def _tell(self, seq: int) -> None:
        done, total = seq - self._first, max(self._store.seq, seq) - self._first
        passed = time.monotonic() - self._begun
        self._progress(Step(done, total, self._documents, done, total, passed))
