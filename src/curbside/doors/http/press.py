"""The press: files that take long to write, one at a time; those written last are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from curbside.doors.http.pool import Turns
from curbside.errors import LibraryBusy

WAITING = 4
"""Requests that may be at the press at once, one of them writing: each holds a thread that others need."""

KEPT = 24_000_000
"""Bytes of files that are kept."""


class Press:
    """Writes files and keeps them under their keys until others need the room; made for threads."""

    def __init__(self, kept: int = KEPT, waiting: int = WAITING) -> None:
        self._most = kept
        self._room = threading.BoundedSemaphore(waiting)
        self._turns = Turns()
        self._guard = threading.Lock()
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def file(self, key: str, write: Callable[[], bytes]) -> bytes:
        """Return the file under a key, written by `write` where it is not kept.

        Raises:
            LibraryBusy: if too many wait already, or the turn does not come for too long.
        """
        if (held := self._held(key)) is not None:
            return held
        if not self._room.acquire(blocking=False):
            raise LibraryBusy("Several files are being written at the moment. Try again in a few seconds.")
        try:
            with self._turns.one():
                # Whoever was before us may have written the same.
                if (held := self._held(key)) is not None:
                    return held
                made = write()
                self._keep(key, made)
                return made
        finally:
            self._room.release()

    def _held(self, key: str) -> bytes | None:
        with self._guard:
            if key in self._files:
                self._files.move_to_end(key)
            return self._files.get(key)

    def _keep(self, key: str, made: bytes) -> None:
        with self._guard:
            self._files[key] = made
            self._size += len(made)
            while self._size > self._most:
                _, gone = self._files.popitem(last=False)
                self._size -= len(gone)
