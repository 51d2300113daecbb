"""Libraries held open for reading, so that each thread that answers has one of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from curbside.wiring import Library


class LibraryPool:
    """Hands out opened libraries; one that a request broke is closed and not handed out again."""

    def __init__(self, opener: Callable[[], Library]) -> None:
        self._opener = opener
        self._idle: SimpleQueue[Library] = SimpleQueue()

    @contextmanager
    def reading(self) -> Generator[Library]:
        """Lend a library for the time of one request.

        Raises:
            LibraryError: if there is none, or it cannot be opened.
        """
        try:
            library = self._idle.get_nowait()
        except Empty:
            library = self._opener()
        try:
            yield library
        except BaseException:
            library.close()
            raise
        self._idle.put(library)

    def close(self) -> None:
        """Close the libraries that nobody uses."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return
