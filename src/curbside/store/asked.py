"""Kept questions: one small file each in `asked/`, readable by the library's owner alone, gone after some days.

They lie beside the database and not in it: keeping a question must not wait for whoever is adding, and forgetting one
must leave nothing behind in free pages.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from curbside.errors import LibraryError, NotHeld
from curbside.records import Asked, Filters
from curbside.store.files import explained, write_whole

FOLDER = "asked"
ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
"""How the id of a question looks; whatever else is asked for never becomes a path."""

_DAY_S = 86_400
_SUFFIX = ".json"


class AskedStore:
    """Keeps questions of a library for some days, under random ids."""

    def __init__(self, library: Path, days: int, clock: Callable[[], float] = time.time) -> None:
        """Keep questions in the folder of a library for `days` days; 0 never writes one down."""
        self._folder = library / FOLDER
        self._days = days
        self._clock = clock

    @property
    def keeps(self) -> bool:
        """Whether questions are kept at all."""
        return self._days > 0

    def keep(self, question: str, filters: Filters, digest: str) -> str:
        """Write a question down and return its id; "" where questions are not kept.

        Raises:
            LibraryFull: if the disk took no more.
            LibraryError: if it cannot be written for another reason.
        """
        if not self.keeps:
            return ""
        now = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        asked = Asked(secrets.token_urlsafe(16), question, filters, now, digest)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A power cut may cost the last questions their addresses; no answer waits for the disk because of that.
            write_whole(self._path(asked.id), msgspec.json.encode(asked), durable=False)
        except OSError as error:
            raise explained(error, "The question could not be kept") from error
        return asked.id

    def get(self, id: str) -> Asked:
        """Return a kept question.

        Raises:
            NotHeld: if there is none under that id, or it was forgotten, or its time is over.
            LibraryError: if its file cannot be read.
        """
        asked = self._read(self._path(id)) if ID.fullmatch(id) else None
        if asked is None or self._over(asked):
            raise NotHeld("No question is kept under this address. It was forgotten, or its time is over.")
        return asked

    def forget(self, id: str) -> bool:
        """Delete a kept question; False where there is none."""
        if not ID.fullmatch(id):
            return False
        try:
            self._path(id).unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise explained(error, "The question could not be forgotten") from error
        return True

    def sweep(self) -> int:
        """Delete the questions whose time is over and what killed processes left; return how many questions went."""
        gone = 0
        for path in sorted(self._folder.glob("*")) if self._folder.is_dir() else ():
            try:
                asked = self._read(path) if path.suffix == _SUFFIX else None
                old = self._clock() - path.stat().st_mtime > _DAY_S
                if (asked is not None and self._over(asked)) or (asked is None and old):
                    path.unlink()
                    gone += asked is not None
            except FileNotFoundError:
                continue  # somebody else sweeps or forgets at the same moment
        return gone

    def _path(self, id: str) -> Path:
        return self._folder / f"{id}{_SUFFIX}"

    def _read(self, path: Path) -> Asked | None:
        try:
            return msgspec.json.decode(path.read_bytes(), type=Asked)
        except FileNotFoundError:
            return None
        except msgspec.MsgspecError:
            return None  # damaged by the disk; nobody can answer it any more
        except OSError as error:
            raise LibraryError(f"{path.name} cannot be read ({error.strerror or error}).") from error

    def _over(self, asked: Asked) -> bool:
        age = self._clock() - datetime.fromisoformat(asked.time).timestamp()
        return age >= self._days * _DAY_S
