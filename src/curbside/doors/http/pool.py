"""Libraries held open for reading, so that each thread that answers has one of its own."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from curbside.errors import DeskError, LibraryBusy, NotHeld, UsageError
from curbside.store.place import records_file
from curbside.wiring import VOCABULARY, Library

AT_ONCE = 2
"""Libraries of one process that are open at once: one answers, one reads what pages show beside answers."""

PATIENCE_S = 20.0
"""How long a request waits for its turn, and for a library, while others answer."""

Mark = tuple[object, ...]


_BUSY = "Too many questions are being answered at the moment. Try again in a few seconds."


class Turns:
    """Lets one at a time, in the order in which they came.

    Threads of one process that answer at once only take the interpreter from each other, at every pattern that is
    searched for; the answers cost half as much again and all come late.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    @contextmanager
    def one(self) -> Generator[None]:
        """Wait for the turn and have it for the time of a `with`.

        Raises:
            LibraryBusy: if it does not come for too long.
        """
        mine = threading.Event()
        with self._guard:
            if self._taken:
                self._waiting.append(mine)
            else:
                self._taken = True
                mine.set()
        if not mine.wait(PATIENCE_S):
            with self._guard:
                if not mine.is_set():
                    self._waiting.remove(mine)
                    raise LibraryBusy(_BUSY)
        try:
            yield
        finally:
            with self._guard:
                if self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._taken = False


@dataclass(frozen=True, slots=True)
class _Idle:
    library: Library
    mark: Mark


class LibraryPool:
    """Hands out opened libraries, a bounded number of them.

    A library that is handed out sees the latest commit: its store and index look at each call. One that a request
    broke is closed and not handed out again. Where the library was deleted, replaced by another, or given further
    vocabulary, those open are closed and it is opened anew.
    """

    def __init__(self, opener: Callable[[], Library], folder: Path | None = None, at_once: int = AT_ONCE) -> None:
        """Open libraries with `opener`; `folder` is where they lie, to see that it is still the same one."""
        self._opener = opener
        self._folder = folder
        self._room = threading.BoundedSemaphore(at_once)
        self._turns = Turns()
        self._guard = threading.Lock()
        self._idle: list[_Idle] = []

    @contextmanager
    def answering(self) -> Generator[Library]:
        """Lend a library as `reading` does to a request that makes an answer; one of them at a time, in their order.

        Raises:
            LibraryBusy, LibraryError: as `reading`.
        """
        with self._turns.one(), self.reading() as library:
            yield library

    @contextmanager
    def reading(self) -> Generator[Library]:
        """Lend a library for the time of one request.

        Raises:
            LibraryBusy: if all are lent for too long.
            LibraryError: if there is none, or it cannot be opened.
        """
        if not self._room.acquire(timeout=PATIENCE_S):
            raise LibraryBusy(_BUSY)
        try:
            mark = self._mark()
            library = self._taken(mark) or self._opener()
            try:
                yield library
            except (UsageError, NotHeld, DeskError):  # the request is off, not the library
                self._put_back(library, mark)
                raise
            except BaseException:
                library.close()
                raise
            self._put_back(library, mark)
        finally:
            self._room.release()

    def _put_back(self, library: Library, mark: Mark) -> None:
        with self._guard:
            self._idle.append(_Idle(library, mark))

    def close(self) -> None:
        """Close the libraries that nobody uses."""
        with self._guard:
            idle, self._idle = self._idle, []
        for each in idle:
            each.library.close()

    def _taken(self, mark: Mark) -> Library | None:
        """Return an idle library that is still the one in the folder; close those that are not. The last put back
        comes first, since what it remembers is freshest."""
        with self._guard:
            stale = [each for each in self._idle if each.mark != mark]
            self._idle = [each for each in self._idle if each.mark == mark]
            found = self._idle.pop() if self._idle else None
        for each in stale:
            each.library.close()
        return found.library if found else None

    def _mark(self) -> Mark:
        """Return what tells this library from another in the same place: the file of its records, its vocabulary."""
        if self._folder is None:
            return ()
        mark: list[object] = []
        with suppress(OSError):
            status = records_file(self._folder).stat()
            mark += [status.st_dev, status.st_ino]
        with suppress(OSError):
            words = sorted((self._folder / VOCABULARY).glob("*.tsv"))
            mark += [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in words]
        return tuple(mark)
