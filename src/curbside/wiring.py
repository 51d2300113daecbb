"""The one place that names concrete back ends and puts a library together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from curbside.errors import IndexBroken, LibraryError
from curbside.language.vocabulary import Vocabulary
from curbside.records import Added, Answer, Filters, LibraryStatus, Raw
from curbside.search.base import Index
from curbside.search.index import TantivyIndex
from curbside.store.base import Store
from curbside.store.sqlite import SqliteReader, outdated
from curbside.workflows.add import add
from curbside.workflows.ask import ask
from curbside.workflows.follow import in_step
from curbside.workflows.progress import Progress, silent
from curbside.workflows.rebuild import mend, rebuild
from curbside.workflows.remove import remove
from curbside.workflows.status import status

VOCABULARY = "vocabulary"
"""Folder of a library whose `*.tsv` files widen the shipped vocabulary."""


@dataclass(frozen=True, slots=True)
class Library:
    """A library that is open; close it, or use it in a `with`.

    Attributes:
        folder: where it lies.
        store: its record of truth.
        index: what finds documents in it.
        vocabulary: the concepts that it knows.
        vocabulary_files: the user's own files among those.
    """

    folder: Path
    store: Store
    index: Index
    vocabulary: Vocabulary
    vocabulary_files: tuple[Path, ...] = ()

    def add(self, givens: Sequence[Path | Raw], progress: Progress = silent, processes: int | None = None) -> Added:
        """Add files, folders and streams; see `curbside.workflows.add`."""
        return add(
            givens,
            self.store,
            self.index,
            self.vocabulary,
            progress,
            vocabulary_files=self.vocabulary_files,
            processes=processes,
        )

    def ask(self, question: str, filters: Filters | None = None) -> Answer:
        """Answer a question, or decline; see `curbside.workflows.ask`."""
        return ask(question, self.store, self.index, self.vocabulary, filters)

    def remove(self, texts: Sequence[str]) -> Added:
        """Take away what is named; see `curbside.workflows.remove`."""
        return remove(texts, self.store, self.index)

    def rebuild(self, progress: Progress = silent) -> int:
        """Make the index anew; see `curbside.workflows.rebuild`."""
        return rebuild(self.store, self.index, self.vocabulary, progress)

    def status(self) -> LibraryStatus:
        """Count what is held; see `curbside.workflows.status`."""
        return status(self.store, self.index, self.vocabulary)

    def close(self) -> None:
        """Let go of files and locks."""
        self.index.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_library(folder: Path, write: bool = False) -> Library:
    """Open the library in `folder`, for writing where `write` is set; that makes it where there is none.

    An index that is missing, broken or behind is mended first, unless another process is writing at the moment: then
    what is there serves as it is.

    Raises:
        LibraryError: if there is no library and `write` is not set, or it is damaged.
        LibraryBusy: if `write` is set and another process is writing.
        LibraryTooNew: if a later version of Curbside made it.
    """
    folder = folder.expanduser().absolute()
    files = tuple(sorted((folder / VOCABULARY).glob("*.tsv")))
    vocabulary = Vocabulary.shipped(files)
    index = TantivyIndex(folder / "index", vocabulary)
    if not write and outdated(folder):
        _writable(folder).close()
    store: Store = _writable(folder) if write else SqliteReader(folder)
    library = Library(folder, store, index, vocabulary, files)
    if write:
        mend(store, index, vocabulary)
    elif not in_step(store, index):
        _mend_beside(library)
    return library


def _writable(folder: Path) -> Store:
    # Changing a library takes SQLAlchemy, whose import alone is most of what a first answer may take.
    from curbside.store.writing import SqliteStore

    return SqliteStore(folder)


def _mend_beside(library: Library) -> None:
    """Mend the index of a library that was opened for reading, if nobody writes and the disk lets us."""
    with suppress(LibraryError, IndexBroken):
        store = _writable(library.folder)
        try:
            mend(store, library.index, library.vocabulary)
        finally:
            library.index.close()
            store.close()
