"""Kept questions: one small file each in `asked/`, readable by the library's owner alone, gone after some days.

They lie beside the database and not in it: keeping a question must not wait for whoever is adding, and forgetting one
must leave nothing behind in free pages. Threads lie beside them in the same way.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from curbside.errors import NotHeld
from curbside.records import Asked, Filters
from curbside.records.thread import Thread
from curbside.store.kept_files import ID, KeptFiles, new_id
from curbside.store.threads import ThreadStore

FOLDER = "asked"

__all__ = ["FOLDER", "ID", "AskedStore"]


class AskedStore:
    """Keeps questions of a library for some days, under random ids; and threads, for as long."""

    def __init__(self, library: Path, days: int, clock: Callable[[], float] = time.time) -> None:
        """Keep questions in the folder of a library for `days` days; 0 never writes one down."""
        self._files = KeptFiles(library / FOLDER, days, Asked, lambda asked: asked.time, "question", clock)
        self.threads = ThreadStore(library, days, clock)

    @property
    def keeps(self) -> bool:
        """Whether questions are kept at all."""
        return self._files.keeps

    def keep(self, question: str, filters: Filters, digest: str, thread: str = "", turn: int = 0) -> str:
        """Write a question down and return its id; "" where questions are not kept.

        A turn of a `thread` is written without its words, which the thread has.

        Raises:
            LibraryFull: if the disk took no more.
            LibraryError: if it cannot be written for another reason.
        """
        if not self.keeps:
            return ""
        asked = Asked(new_id(), question, filters, self._files.now(), digest, thread, turn)
        self._files.write(asked.id, asked)
        return asked.id

    def get(self, id: str) -> Asked:
        """Return a kept question.

        Raises:
            NotHeld: if there is none under that id, or it was forgotten, or its time is over.
            LibraryError: if its file cannot be read.
        """
        asked = self._files.read(id)
        if asked is None:
            raise NotHeld("No question is kept under this address. It was forgotten, or its time is over.")
        return asked

    def forget(self, id: str) -> bool:
        """Delete a kept question; False where there is none."""
        return self._files.forget(id)

    def join(self, id: str, thread: str, turn: int) -> None:
        """Make a kept question a turn of a thread, which has its words from then on."""
        asked = self._files.read(id)
        if asked is not None:
            self._files.write(id, replace(asked, question="", filters=Filters(), thread=thread, turn=turn))

    def forget_thread(self, thread: Thread) -> None:
        """Delete a thread with the pages of its turns."""
        for turn in thread.turns:
            self.forget(turn.asked)
        self.threads.forget(thread.id)

    def sweep(self) -> int:
        """Delete questions and threads whose time is over and what killed processes left; return how many went."""
        return self._files.sweep() + self.threads.sweep()
