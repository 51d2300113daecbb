"""The kinds of work that a library has waiting, each with its worker."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from curbside.errors import IndexBroken, LibraryBusy
from curbside.inference.manifest import current_folder
from curbside.search.vectors_files import folder_of, forget_others
from curbside.settings import DeskSettings, read_settings
from curbside.store.base import DATABASE, Store
from curbside.store.base_desk import DESK, Desk
from curbside.store.place import records_file
from curbside.wiring.letters import LetterWorker
from curbside.wiring.library import Library, open_library
from curbside.wiring.meaning import encoder_of, manifest_of, vectors_of
from curbside.wiring.stores import outdated, readable, writable
from curbside.workflows.progress import Progress, silent
from curbside.workflows.work import Worker

if TYPE_CHECKING:
    from curbside.workflows.embed import Embedding

LOOKED_OVER_S = 600.0
"""After what time a worker that has nothing to do looks whether the vectors are still whole."""


class EmbedWorker:
    """Makes vectors for what a library holds and does not have them yet; see `curbside.workflows.embed`.

    It reads the store and writes nothing but vectors, so nobody who adds ever waits for it.
    """

    def __init__(self, folder: Path, progress: Progress = silent) -> None:
        """Work on the library in `folder`, which need not be there yet."""
        self._folder = folder.expanduser().absolute()
        self._progress = progress
        self._store: Store | None = None
        self._embedding: Embedding | None = None
        self._mark: tuple[object, ...] = ()
        self._opened = 0.0

    def step(self) -> int | None:
        """Embed a batch; None where nothing waits, or there is no library or no encoder."""
        home = read_settings(os.environ, Path.home()).encoder
        place = current_folder(home) if home is not None else None
        database = records_file(self._folder)
        if place is None or not database.is_file():
            self.close()
            return None
        mark = (place, database.stat().st_ino)
        if self._embedding is None or self._mark != mark:
            if outdated(self._folder):
                self.close()
                return None
            self._open(place, mark)
        assert self._embedding is not None
        try:
            if self._embedding.in_step():
                if time.monotonic() - self._opened > LOOKED_OVER_S:
                    self.close()
                return None
            done = self._embedding.step()
            if self._embedding.in_step():
                forget_others(folder_of(self._folder, manifest_of(place).version))
        except IndexBroken:
            self.close()  # opened again they are looked over, and begun anew
            return 0
        return done

    def _open(self, place: Path, mark: tuple[object, ...]) -> None:
        self.close()
        from curbside.workflows.embed import Embedding

        store = readable(self._folder)
        try:
            vectors = vectors_of(self._folder, manifest_of(place).version)
            self._embedding = Embedding(store, vectors, lambda texts: encoder_of(place).embed(texts), self._progress)
        except BaseException:
            store.close()
            raise
        self._store, self._mark, self._opened = store, mark, time.monotonic()

    def close(self) -> None:
        """Let go of the store."""
        store, self._store, self._embedding = self._store, None, None
        if store is not None:
            store.close()


class ReceiveWorker:
    """Adds what was uploaded, one upload after the other; see `curbside.workflows.receive`."""

    def __init__(self, folder: Path, progress: Progress = silent) -> None:
        """Work on the library in `folder`, which is made with the first upload; `progress` is told by the inbox."""
        del progress
        from curbside.store.inbox import Inbox

        self._folder = folder.expanduser().absolute()
        self._inbox = Inbox(self._folder)

    def step(self) -> int | None:
        """Add the oldest upload; return 1 if that is done, 0 if it has to go on later, None where none waits.

        Raises:
            LibraryBusy: if another process writes; the upload says so meanwhile.
            LibraryFull: if the disk took no more.
        """
        from curbside.workflows.receive import receive

        waiting = self._inbox.waiting()
        if not waiting:
            return None
        try:
            library = open_library(self._folder, write=True, meaning=False)
        except LibraryBusy as error:
            if self._inbox.get(waiting[0]).why != str(error):
                self._inbox.put_off(waiting[0], str(error), attempted=False)
            raise
        with library:
            return int(receive(self._inbox, waiting[0], library.store, library.add))

    def close(self) -> None:
        """Hold nothing between steps."""


class CiteWorker:
    """Reads again who cites whom where an earlier version read it, or none did; see `curbside.workflows.cites`."""

    def __init__(self, folder: Path, progress: Progress = silent) -> None:
        """Work on the library in `folder`, which need not be there yet."""
        self._folder = folder.expanduser().absolute()
        self._progress = progress
        self._seen: tuple[int, ...] = ()

    def step(self) -> int | None:
        """Make some documents again; None where nothing waits or there is no library.

        Raises:
            LibraryBusy: if another process writes.
        """
        from curbside.workflows.cites import relink, waiting

        database = records_file(self._folder)
        log = database.with_name(f"{DATABASE}-wal")
        mark = tuple(n for f in (database, log) if f.exists() for n in (f.stat().st_ino, f.stat().st_mtime_ns))
        if database.name != DATABASE:  # what is written on a server leaves no trace here: it is asked now and then
            mark = (*mark, int(time.monotonic() / LOOKED_AT_S))
        if not mark or mark == self._seen or outdated(self._folder):
            return None  # nothing was written since all was found to be in order
        reader = readable(self._folder)
        try:
            if not waiting(reader):
                self._seen = mark
                return None
        finally:
            reader.close()
        store = writable(self._folder)
        try:
            return relink(store, self._progress, _RELINKED)
        finally:
            store.close()

    def close(self) -> None:
        """Hold nothing between steps."""


class WatchWorker:
    """Holds what changed in the library against the approved articles and saved questions.

    See `curbside.workflows.watching` and `curbside.workflows.asking_again`.
    """

    def __init__(self, folder: Path, progress: Progress = silent) -> None:
        """Work on the library in `folder` and its desk; neither need be there yet."""
        del progress
        self._folder = folder.expanduser().absolute()
        self._desk: Desk | None = None
        self._library: Library | None = None
        self._mark: tuple[object, ...] = ()
        self._next = 0.0

    def step(self) -> int | None:
        """Look at some changes, or ask some questions again; None where nothing waits, or the index is behind.

        Raises:
            LibraryBusy: if another process changes the desk for too long.
            LibraryError: if library or desk cannot be used.
        """
        settings = read_settings(os.environ, Path.home()).desk
        if settings.database and time.monotonic() < self._next:
            return None
        done = self._done(settings)
        self._next = time.monotonic() + LOOKED_AT_S if done is None else 0.0
        return done

    def _done(self, settings: DeskSettings) -> int | None:
        file, database = self._folder / DESK, records_file(self._folder)
        mark: tuple[object, ...] = (settings.database,)
        if not settings.database:
            if not file.is_file():
                self.close()
                return None
            mark = (file.stat().st_dev, file.stat().st_ino)
        if not database.is_file() or outdated(self._folder):
            return None
        from curbside.wiring.desk import open_desk
        from curbside.workflows.asking_again import ask_again
        from curbside.workflows.follow import in_step
        from curbside.workflows.watching import look, scan, waits

        mark = (*mark, database.stat().st_ino)
        if self._desk is None or mark != self._mark:
            self.close()
            self._desk, self._mark = open_desk(self._folder, settings), mark
        reader = readable(self._folder)
        try:
            if not waits(self._desk, reader.seq):
                self._close_library()
                return None
        finally:
            reader.close()
        library = self._library = self._library or open_library(self._folder)
        if not in_step(library.store, library.index):
            return None
        if changes := scan(self._desk, library.store):
            return changes
        looked = look(self._desk, library.store, library.ask, settings.reopen)
        looked = looked or ask_again(self._desk, library.store, library.ask, library.vocabulary)
        return looked.asked if looked is not None else None

    def close(self) -> None:
        """Let go of library and desk."""
        self._close_library()
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()

    def _close_library(self) -> None:
        library, self._library = self._library, None
        if library is not None:
            library.close()


LOOKED_AT_S = 2.0
"""How often a database on a server is asked whether an article waits, while none does."""

_RELINKED = 50
"""Documents that are read again in one step of a second or two."""

JOBS: Mapping[str, Callable[[Path, Progress], Worker]] = MappingProxyType(
    {
        "receive": ReceiveWorker,
        "cite": CiteWorker,
        "watch": WatchWorker,
        "letters": LetterWorker,
        "embed": EmbedWorker,
    }
)
"""Kind of work -> what makes its worker, given a library's folder and whom to tell how far it is; in their turns."""
