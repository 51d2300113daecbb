"""The contract of an index, which every implementation passes in `tests/contracts/test_index_contract.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from curbside.records import Concept, Hits, Holding, Mention, Query

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

    def count(self) -> int:
        """Number of passages in the committed index."""
        ...

    def state(self) -> str:
        """Tell how the index is: "ready", "behind", "missing" or "broken"."""
        ...

    def close(self) -> None:
        """Let go of files and locks; what was applied but not committed is dropped."""
        ...
