"""Receiving one upload piece by piece, within bounds; it becomes visible in one step or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from curbside.errors import LibraryFull, TooLarge, UsageError
from curbside.records import UploadedFile
from curbside.store.files import explained, sync_folder, write_whole
from curbside.store.lock import WriterLock

_MB = 1 << 20
_LOOK_EVERY = 16 * _MB
"""Bytes after which the room on the disk is looked at again."""

LONGEST_NAME = 400
"""Code points of a file's name; a longer one loses its middle, and shows that."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much an upload may be.

    Attributes:
        file: bytes of the largest file; an add reads none larger.
        whole: bytes of all its files together.
        files: how many files.
        room: bytes of the disk that stay free.
    """

    file: int = 256 * _MB
    whole: int = 1024 * _MB
    files: int = 10_000
    room: int = 256 * _MB


class Receiving:
    """An upload on its way in: `file`, `write` …, `file`, `write` …, `seal`."""

    def __init__(self, id: str, partial: Path, whole: Path, bounds: Bounds, clock: Callable[[], float]) -> None:
        """Make the partial folder and lock it.

        Raises:
            LibraryFull: if there is too little room on the disk.
            LibraryError: if the folder cannot be written.
        """
        self.id = id
        self._partial, self._whole, self._bounds, self._clock = partial, whole, bounds, clock
        self._files: list[UploadedFile] = []
        self._name = self._format = self._place = ""
        self._hash = hashlib.sha256()
        self._size = self._total = 0
        self._looked = -_LOOK_EVERY
        self._open = False
        try:
            self._look()
            partial.mkdir(mode=0o700)
            self._lock = WriterLock(partial / "lock")
            self._handle = os.fdopen(os.open(partial / "bytes", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except OSError as error:
            shutil.rmtree(partial, ignore_errors=True)
            raise explained(error, "The upload cannot be received") from error

    def file(self, name: str, format: str = "", place: str = "") -> None:
        """Begin the next file; `place` is where it comes from, "" for what somebody sent.

        Raises:
            TooLarge: if there are too many.
        """
        self._close()
        if len(self._files) >= self._bounds.files:
            raise TooLarge(f"More than {self._bounds.files:,} files were sent at once. Send fewer at a time.")
        self._name, self._format, self._place, self._open = shortened(name), format, place, True
        self._hash, self._size = hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        """Take the next bytes of the file at hand.

        Raises:
            TooLarge: if the file, or all of them together, become larger than is taken.
            LibraryFull: if the disk takes no more.
        """
        self._size += len(data)
        self._total += len(data)
        if self._size > self._bounds.file:
            raise TooLarge(f"A file is larger than {self._bounds.file // _MB} MB. Split it into smaller ones.")
        if self._total > self._bounds.whole:
            raise TooLarge(f"More than {self._bounds.whole // _MB} MB were sent at once. Send fewer files at a time.")
        if self._total - self._looked >= _LOOK_EVERY:
            self._look()
        try:
            self._handle.write(data)
        except OSError as error:
            raise explained(error, "The upload cannot be received") from error
        self._hash.update(data)

    def seal(self) -> str:
        """Make the upload visible, once all of it is safe on the disk; return its id.

        Raises:
            UsageError: if it holds no file.
            LibraryFull: if the disk takes no more.
        """
        self._close()
        if not self._files:
            raise UsageError("Nothing was sent. Choose a file or paste a text.")
        now = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        manifest = {"id": self.id, "time": now, "files": self._files}
        try:
            self._handle.flush()
            os.fsync(self._handle.fileno())
            self._handle.close()
            write_whole(self._partial / "manifest.json", msgspec.json.encode(manifest))
            self._partial.rename(self._whole)
            sync_folder(self._whole.parent)
        except OSError as error:
            raise explained(error, "The upload cannot be received") from error
        return self.id

    def close(self) -> None:
        """Let go; what was not sealed is taken away."""
        with suppress(OSError):  # a full disk refuses the last bytes; they are of no use any more
            self._handle.close()
        shutil.rmtree(self._partial, ignore_errors=True)
        (self._whole / "lock").unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _close(self) -> None:
        if self._open:
            self._files.append(UploadedFile(self._name, self._size, self._hash.hexdigest(), self._format, self._place))
        self._open = False

    def _look(self) -> None:
        """Refuse while there is still room for those who write to the library."""
        self._looked = self._total
        if shutil.disk_usage(self._partial.parent).free < self._bounds.room:
            raise LibraryFull(
                f"The upload cannot be received: less than {self._bounds.room // _MB} MB are free on the disk of the "
                "library. Make room, then send it again."
            )


def shortened(name: str) -> str:
    """Return a file's name as it is kept: as sent, text that can be written, the middle of a very long one left out."""
    name = name.encode("utf-8", "backslashreplace").decode("utf-8")
    if len(name) > LONGEST_NAME:
        return f"{name[: LONGEST_NAME // 2]} … {name[-LONGEST_NAME // 2 :]}"
    return name
