"""Small files that are kept for some days under random ids, readable by the library's owner alone."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from curbside.errors import LibraryError
from curbside.store.files import explained, write_whole

ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
"""How an id looks; whatever else is asked for never becomes a path."""

_DAY_S = 86_400
_SUFFIX = ".json"

Record = TypeVar("Record")


def new_id() -> str:
    """Return 22 url-safe random characters, the first no dash: a command line would take that for an option."""
    return next(id for id in iter(lambda: secrets.token_urlsafe(16), "") if not id.startswith("-"))


class KeptFiles(Generic[Record]):
    """Keeps records of one type in a folder, one file each, for some days."""

    def __init__(
        self,
        folder: Path,
        days: int,
        record: type[Record],
        time_of: Callable[[Record], str],
        what: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep records in `folder`.

        Args:
            folder: where; made with the first record.
            days: for how long; 0 never writes one down.
            record: their type.
            time_of: returns the ISO time from which a record's days are counted.
            what: how one is called in messages ("question").
            clock: seconds since 1970.
        """
        self._folder = folder
        self._days = days
        self._record = record
        self._time_of = time_of
        self._what = what
        self._clock = clock

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._days > 0

    def now(self) -> str:
        """Return the time as it is written down."""
        return datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def write(self, id: str, record: Record) -> None:
        """Put a record under an id; another that was there is gone.

        Raises:
            LibraryFull: if the disk took no more.
            LibraryError: if it cannot be written for another reason.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A power cut may cost the last ones their addresses; no answer waits for the disk because of that.
            write_whole(self._path(id), msgspec.json.encode(record), durable=False)
        except OSError as error:
            raise explained(error, f"The {self._what} could not be kept") from error

    def read(self, id: str) -> Record | None:
        """Return a record; None where there is none under that id, or it was forgotten, or its time is over.

        Raises:
            LibraryError: if its file cannot be read.
        """
        record = self._read(self._path(id)) if ID.fullmatch(id) else None
        return None if record is None or self._over(record) else record

    def forget(self, id: str) -> bool:
        """Delete a record; False where there is none."""
        if not ID.fullmatch(id):
            return False
        try:
            self._path(id).unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise explained(error, f"The {self._what} could not be forgotten") from error
        return True

    def sweep(self) -> int:
        """Delete the records whose time is over and what killed processes left; return how many records went."""
        gone = 0
        for path in sorted(self._folder.glob("*")) if self._folder.is_dir() else ():
            try:
                record = self._read(path) if path.suffix == _SUFFIX else None
                old = self._clock() - path.stat().st_mtime > _DAY_S
                if (record is not None and self._over(record)) or (record is None and old):
                    path.unlink()
                    gone += record is not None
            except FileNotFoundError:
                continue  # somebody else sweeps or forgets at the same moment
        return gone

    def _path(self, id: str) -> Path:
        return self._folder / f"{id}{_SUFFIX}"

    def _read(self, path: Path) -> Record | None:
        try:
            return msgspec.json.decode(path.read_bytes(), type=self._record)
        except FileNotFoundError:
            return None
        except msgspec.MsgspecError:
            return None  # damaged by the disk; nobody can answer it any more
        except OSError as error:
            raise LibraryError(f"{path.name} cannot be read ({error.strerror or error}).") from error

    def _over(self, record: Record) -> bool:
        age = self._clock() - datetime.fromisoformat(self._time_of(record)).timestamp()
        return age >= self._days * _DAY_S
