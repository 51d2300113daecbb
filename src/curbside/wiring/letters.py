"""The worker that writes letters with news and sends those that wait."""

from __future__ import annotations

import os
import time
from pathlib import Path

from curbside.settings import read_settings
from curbside.store.base_desk import DESK, Desk
from curbside.workflows.progress import Progress, silent

LOOKED_AT_S = 30.0
"""How often it is looked whether a letter is due."""


class LetterWorker:
    """Writes and sends letters with news; see `curbside.workflows.telling`."""

    def __init__(self, folder: Path, progress: Progress = silent) -> None:
        """Work on the desk of the library in `folder`; neither need be there yet."""
        del progress
        self._folder = folder.expanduser().absolute()
        self._desk: Desk | None = None
        self._mark: tuple[object, ...] = ()
        self._next = 0.0

    def step(self) -> int | None:
        """Write the letters that are due, and send some; return how many were sent, None where none waits.

        Without a mail server none is written: printed among the server's lines it would reach nobody, and may name
        what is nobody else's business. `curbside digest` prints them to who asks for it.

        Raises:
            LibraryBusy: if another process changes the desk for too long.
            LibraryError: if the desk cannot be used.
        """
        if time.monotonic() < self._next:
            return None
        done = self._done()
        if not done:  # what failed waits for its own time
            self._next = time.monotonic() + LOOKED_AT_S
            return None
        return done

    def _done(self) -> int:
        settings = read_settings(os.environ, Path.home()).desk
        file = self._folder / DESK
        if settings.mail is None or not (settings.database or file.is_file()):
            self.close()
            return 0
        from curbside.wiring.desk import mailer_of, open_desk
        from curbside.workflows.telling import send_letters, write_letters

        mark: tuple[object, ...] = (settings.database,) if settings.database else (file.stat().st_ino,)
        if self._desk is None or mark != self._mark:
            self.close()
            self._desk, self._mark = open_desk(self._folder, settings), mark
        write_letters(self._desk, settings.address)
        return send_letters(self._desk, mailer_of(settings), settings.address).sent

    def close(self) -> None:
        """Let go of the desk."""
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()
