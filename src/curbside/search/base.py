"""The contracts of an index and of vectors, which every implementation passes in `tests/contracts/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from curbside.records import Concept, Facets, Filters, Hit, Hits, Holding, Mention, Query, Span
from curbside.search.sample import Sample

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

READY = "ready"
BEHIND = "behind"
MISSING = "missing"
BROKEN = "broken"
"""What `Index.state` says: it serves; it serves but was made with another vocabulary or scheme and wants a rebuild;
there is none yet; there is one that cannot be read."""


class Concepts(Protocol):
    """What an index needs of a vocabulary; `curbside.language.vocabulary.Vocabulary` is one."""

    version: str
    """Changes whenever `mentions` may change; an index made with another version is "behind"."""

    def mentions(self, text: str) -> Sequence[Mention]:
        """Return where `text` names concepts."""
        ...

    def narrower(self, identifier: str) -> Sequence[str]:
        """Return a concept's id and those of all narrower ones; empty for an unknown id."""
        ...

    def find(self, name: str) -> Concept | None:
        """Return the concept that a name stands for, or None."""
        ...


@runtime_checkable
class Index(Protocol):
    """Finds documents by words, concepts and filters; derived from the store and never the only copy of anything.

    Changes become visible, and durable, together and only with `commit`. A process that dies in between leaves the
    index as its last commit had it, with `seq` of that commit, so that the store can replay what came later.

    An index that never held anything is as good as one that holds nothing: `seq` is 0, `search` finds nothing and
    `state` is "missing". Every method but `state` and `close` raises `curbside.errors.IndexBroken` where the index is
    damaged; `clear` then makes it anew, empty.
    """

    @property
    def seq(self) -> int:
        """Last change of the store that the committed index holds; 0 where it holds none."""
        ...

    def apply(self, holdings: Iterable[Holding], removed: Iterable[str] = ()) -> None:
        """Take in documents (replacing those with the same id) and drop the removed document ids.

        Raises:
            IndexBroken: if the index cannot be written.
            LibraryBusy: if another process writes to it.
            LibraryFull: if the disk took no more.
        """
        ...

    def commit(self, seq: int) -> None:
        """Make everything applied so far visible and durable, together with `seq`."""
        ...

    def clear(self) -> None:
        """Drop everything and begin anew with the present vocabulary.

        Like `apply` this shows with the next `commit`, so that questions are answered from the old index until the
        new one is whole. Only what is damaged is gone at once, and the index is empty and sound until then.
        """
        ...

    def search(self, query: Query) -> Hits:
        """Return the documents that match, best first; ties in the order of document ids.

        A plain text is never a query language: every string is a question. Stop words alone find nothing.

        Raises:
            QuerySyntaxError: for an advanced query that cannot be parsed.
            IndexBroken: if the index cannot be read.
        """
        ...

    def facets(self, query: Query) -> Facets:
        """Count what the documents that match are like, on all pages; the query's limit and order mean nothing.

        Raises:
            QuerySyntaxError: for an advanced query that cannot be parsed.
            IndexBroken: if the index cannot be read.
        """
        ...

    def among(self, documents: Sequence[str], filters: Filters) -> Mapping[str, str]:
        """Return those of `documents` that are held and meet the filters, each with the id of its work.

        Raises:
            IndexBroken: if the index cannot be read.
        """
        ...

    def like(self, sample: Sample, limit: int) -> list[Hit]:
        """Return the `limit` documents that say most of what a sample says, best first, ties by document id.

        A sample taken from a document that is held finds it too; its score is the most that any can have.

        Raises:
            IndexBroken: if the index cannot be read.
        """
        ...

    def venues(self) -> tuple[tuple[str, int], ...]:
        """Return the journals of the documents held, as printed, with how many documents each has; by name.

        Raises:
            IndexBroken: if the index cannot be read.
        """
        ...

    def count(self) -> int:
        """Number of passages in the committed index."""
        ...

    def state(self) -> str:
        """Tell how the index is: "ready", "behind", "missing" or "broken"."""
        ...

    def close(self) -> None:
        """Let go of files and locks; what was applied but not committed is dropped."""
        ...


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document with the vectors of its pieces.

    Attributes:
        document: document id, which is a hash of its content: the same id has the same pieces.
        spans: what a hit on each piece shows.
        vectors: one row a piece, shape `(len(spans), dimensions)`, each of unit length.
    """

    document: str
    spans: tuple[Span, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Near:
    """A document near a question.

    Attributes:
        document: document id.
        span: its piece that is nearest.
        score: cosine of that piece with the question, from -1 to 1.
    """

    document: str
    span: Span
    score: float


@runtime_checkable
class Vectors(Protocol):
    """Keeps the vectors of one encoder and finds the nearest; derived from the store, never the only copy of anything.

    They follow the changes of the store like an index, behind it: `seq` is the last change that they hold. What is
    applied becomes visible, and durable, together with its `seq` and only with `commit`; a process that dies in
    between leaves them as the last commit had them. Vectors that never held anything are as good as empty ones.

    Every method but `state`, `clear` and `close` raises `curbside.errors.IndexBroken` where they are damaged; `clear`
    then makes them anew, empty. All of them may be called from several threads.
    """

    @property
    def version(self) -> str:
        """Version of the encoder that made them; no others are taken or compared."""
        ...

    @property
    def seq(self) -> int:
        """Last change of the store that is committed; 0 where there is none."""
        ...

    def holding(self, documents: Sequence[str]) -> frozenset[str]:
        """Return those of `documents` whose vectors are committed."""
        ...

    def apply(self, embedded: Iterable[Embedded], removed: Iterable[str] = ()) -> None:
        """Take in documents, replacing those with the same id, and drop the removed document ids."""
        ...

    def commit(self, seq: int, after: int | None = None) -> bool:
        """Make everything applied so far visible and durable together with `seq`.

        With `after`, only if the last commit is still that one: somebody else may have cleared or gone on meanwhile.
        Then False is returned, and what was applied is dropped.

        Raises:
            LibraryBusy: if another process keeps writing to them.
            LibraryFull: if the disk took no more; the last commit stays.
        """
        ...

    def clear(self) -> None:
        """Drop everything at once; `seq` is 0 then."""
        ...

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[Near]:
        """Return the `limit` documents nearest to a vector of shape `(dimensions,)`, best first, ties by document id.

        Each document comes once, by its nearest piece. Beyond 500,000 pieces an implementation may miss some.
        """
        ...

    def of(self, document: str) -> NDArray[np.float32] | None:
        """Return the vector of a document's first piece, shape `(dimensions,)` and of unit length, or None."""
        ...

    def scored(self, vector: NDArray[np.float32], documents: Sequence[str]) -> list[Near]:
        """Return how near each of `documents` is, in their order; those without vectors are left out."""
        ...

    def count(self) -> int:
        """Number of committed vectors."""
        ...

    @property
    def documents(self) -> int:
        """Number of documents that have committed vectors."""
        ...

    def state(self) -> str:
        """Tell how they are: "ready", "missing" or "broken"."""
        ...

    def close(self) -> None:
        """Let go of files; what was applied but not committed is dropped."""
        ...
