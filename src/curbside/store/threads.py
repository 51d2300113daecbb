"""Kept threads: one small file each in `threads/`, readable by the library's owner alone, gone after some days."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from curbside.errors import NotHeld, UsageError
from curbside.records.thread import Thread, Turn
from curbside.store.kept_files import KeptFiles, new_id

FOLDER = "threads"

MOST_TURNS = 50
"""Turns of a thread; who asks more begins another, so that one page does not grow without end."""


class ThreadStore:
    """Keeps threads of a library for some days after their last turn, under random ids."""

    def __init__(self, library: Path, days: int, clock: Callable[[], float] = time.time) -> None:
        """Keep threads in the folder of a library for `days` days; 0 never writes one down."""
        self._files = KeptFiles(library / FOLDER, days, Thread, _last, "thread", clock)

    @property
    def keeps(self) -> bool:
        """Whether threads are kept at all."""
        return self._files.keeps

    def now(self) -> str:
        """Return the present time, ISO 8601, UTC."""
        return self._files.now()

    def keep(self, turns: tuple[Turn, ...], id: str = "") -> Thread:
        """Write a thread down, under a new id where none is given; "" for its id where threads are not kept.

        Turns without a time get the present one.

        Raises:
            UsageError: if it has too many turns.
            LibraryFull: if the disk took no more.
            LibraryError: if it cannot be written for another reason.
        """
        if len(turns) > MOST_TURNS:
            raise UsageError(f"A thread holds {MOST_TURNS} questions. Begin another with this one.")
        now = self._files.now()
        timed = tuple(turn if turn.time else replace(turn, time=now) for turn in turns)
        if not self.keeps:
            return Thread("", timed)
        thread = Thread(id or new_id(), timed)
        self._files.write(thread.id, thread)
        return thread

    def get(self, id: str) -> Thread:
        """Return a kept thread.

        Raises:
            NotHeld: if there is none under that id, or it was forgotten, or its time is over.
            LibraryError: if its file cannot be read.
        """
        thread = self._files.read(id)
        if thread is None:
            raise NotHeld("No thread is kept under this id. It was forgotten, or its time is over.")
        return thread

    def forget(self, id: str) -> bool:
        """Delete a kept thread with all its questions; False where there is none."""
        return self._files.forget(id)

    def sweep(self) -> int:
        """Delete the threads whose time is over and what killed processes left; return how many threads went."""
        return self._files.sweep()


def _last(thread: Thread) -> str:
    """Return when a thread was last gone on with; one without turns, which nobody writes, is long over."""
    return thread.turns[-1].time if thread.turns else "1970-01-01T00:00:00Z"
