"""The inbox: uploads, received whole or not at all, until somebody adds them to the library.

An upload is a folder. While it is received it is called `<id>.partial` and locked by who receives it; once all of it
is safe on the disk it is renamed to `<id>`. The bytes of all its files lie one behind the other in one file, and
names stand in the manifest only, so that nothing a client sends is ever a path here.

| file | written |
|---|---|
| `bytes` | while receiving; deleted once everything is in the library |
| `manifest.json` | before the renaming |
| `progress.json` | while the files are added |
| `result.json` | last: the upload is done |
| `failed.json` | instead, where it cannot be added; the bytes stay |
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from curbside.errors import LibraryBusy, LibraryError, LibraryFull, NotHeld
from curbside.records import Upload, UploadedFile, UploadState
from curbside.store.files import explained, write_whole
from curbside.store.lock import WriterLock
from curbside.store.receiving import Bounds, Receiving

FOLDER = "inbox"
ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)

KEPT_DAYS = 30
"""How long the result of an upload can be looked at."""

ATTEMPTS = 5
"""How often an upload is begun whose adding never comes to an end; a file that brings down the process is one."""

_ROOM = 1 << 20
_DAY_S = 86_400
_PARTIAL = ".partial"

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class _Manifest:
    id: str
    time: str
    files: tuple[UploadedFile, ...]


@dataclass(frozen=True, slots=True)
class _Progress:
    attempts: int = 0
    why: str = ""
    at: dict[str, Any] = field(default_factory=dict[str, Any])


class Inbox:
    """Uploads of one library; any number of processes may receive while one adds."""

    def __init__(self, library: Path, bounds: Bounds | None = None, clock: Callable[[], float] = time.time) -> None:
        """Use the inbox of the library in this folder; it is made when the first upload comes."""
        self._folder = library / FOLDER
        self._clock = clock
        self.bounds = bounds or Bounds()

    def receive(self) -> Receiving:
        """Begin to receive an upload; use it in a `with`, which leaves nothing behind unless it is sealed.

        Raises:
            LibraryFull: if there is too little room on the disk.
            LibraryError: if the folder cannot be written.
        """
        id = secrets.token_urlsafe(16)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise explained(error, "The upload cannot be received") from error
        return Receiving(id, self._folder / f"{id}{_PARTIAL}", self._folder / id, self.bounds, self._clock)

    def get(self, id: str) -> Upload:
        """Return what is known of an upload.

        Raises:
            NotHeld: if there is none of that id, or its result is no longer kept.
        """
        folder = self._folder / id
        manifest = _load(folder / "manifest.json", _Manifest) if ID.fullmatch(id) else None
        if manifest is None:
            if ID.fullmatch(id) and (self._folder / f"{id}{_PARTIAL}").is_dir():
                return Upload(id, UploadState.RECEIVING)
            raise NotHeld("There is no upload under this address. It was never whole, or its result is no longer kept.")
        progress = _load(folder / "progress.json", _Progress) or _Progress()
        why = progress.why or self._full()
        known = Upload(id, UploadState.WAITING, manifest.files, manifest.time, progress.at, why=why)
        result = _load(folder / "result.json", dict[str, Any])
        if result is not None:
            return replace(known, state=UploadState.DONE, result=result, why="")
        failed = _load(folder / "failed.json", dict[str, Any])
        if failed is not None:
            return replace(known, state=UploadState.FAILED, why=str(failed.get("why", "")))
        return replace(known, state=UploadState.WORKING) if progress.at else known

    def waiting(self) -> list[str]:
        """Return the ids of the uploads that somebody has to add, oldest first."""
        found: list[tuple[str, str]] = []
        for folder in self._batches():
            if not any((folder / name).exists() for name in ("result.json", "failed.json")):
                manifest = _load(folder / "manifest.json", _Manifest)
                if manifest is not None:
                    found.append((manifest.time, manifest.id))
        return [id for _, id in sorted(found)]

    def recent(self, most: int = 20) -> list[Upload]:
        """Return the latest uploads, newest first."""
        found: list[Upload] = []
        for folder in self._batches():
            with suppress(NotHeld):
                found.append(self.get(folder.name))
        return sorted(found, key=lambda upload: (upload.time, upload.id), reverse=True)[:most]

    def begin(self, id: str) -> int:
        """Take note that somebody begins to add an upload; return how often that was done by now.

        After `ATTEMPTS` beginnings without an end the upload is marked failed instead, and 0 is returned.
        """
        progress = _load(self._folder / id / "progress.json", _Progress) or _Progress()
        if progress.attempts >= ATTEMPTS:
            self.fail(id, f"Adding it was begun {progress.attempts} times and never came to an end.")
            return 0
        self._write(id, "progress.json", _Progress(progress.attempts + 1, "", progress.at))
        return progress.attempts + 1

    def contents(self, id: str) -> Iterator[tuple[UploadedFile, bytes | None]]:
        """Yield each file of an upload with its bytes, None where they are no longer those that were received.

        Raises:
            LibraryError: if they cannot be read.
        """
        manifest = _load(self._folder / id / "manifest.json", _Manifest)
        if manifest is None:
            raise NotHeld(f"There is no upload {id}.")
        try:
            with (self._folder / id / "bytes").open("rb") as handle:
                for file in manifest.files:
                    data = handle.read(file.size)
                    yield file, data if hashlib.sha256(data).hexdigest() == file.sha256 else None
        except OSError as error:
            raise explained(error, f"The upload {id} cannot be read") from error

    def tell(self, id: str, at: Mapping[str, Any]) -> None:
        """Write down how far the adding is."""
        before = _load(self._folder / id / "progress.json", _Progress) or _Progress()
        self._write(id, "progress.json", _Progress(before.attempts, "", dict(at)))

    def put_off(self, id: str, why: str, *, attempted: bool = True) -> None:
        """Write down why the adding has to wait; where it was `attempted`, that does not count as an attempt."""
        before = _load(self._folder / id / "progress.json", _Progress) or _Progress()
        attempts = max(before.attempts - 1, 0) if attempted else before.attempts
        try:
            self._write(id, "progress.json", _Progress(attempts, why, before.at))
        except LibraryFull:
            # A full disk is waited for as long as it takes, even where there is no room to say so: no attempt counts.
            (self._folder / id / "progress.json").unlink(missing_ok=True)

    def finish(self, id: str, result: Mapping[str, Any]) -> None:
        """Write down what the adding did, then let go of the bytes: the library has its own."""
        self._write(id, "result.json", dict(result))
        (self._folder / id / "bytes").unlink(missing_ok=True)

    def fail(self, id: str, why: str) -> None:
        """Mark an upload as one that cannot be added; its bytes stay, for `again`."""
        self._write(id, "failed.json", {"why": why})

    def again(self, id: str) -> bool:
        """Let an upload that failed be tried once more; False where there is none such."""
        folder = self._folder / id
        if not ID.fullmatch(id) or not (folder / "failed.json").exists():
            return False
        (folder / "progress.json").unlink(missing_ok=True)
        (folder / "failed.json").unlink(missing_ok=True)
        return True

    def sweep(self) -> int:
        """Take away what was never received whole, and results that are no longer kept; return how many went."""
        gone = 0
        for path in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            if path.name.endswith(_PARTIAL):
                gone += self._sweep_partial(path)
            elif (path / "result.json").exists():
                (path / "bytes").unlink(missing_ok=True)  # the process was killed between the two
                manifest = _load(path / "manifest.json", _Manifest)
                received = datetime.fromisoformat(manifest.time).timestamp() if manifest else 0.0
                if self._clock() - received > KEPT_DAYS * _DAY_S:
                    shutil.rmtree(path, ignore_errors=True)
                    gone += 1
        return gone

    def _sweep_partial(self, path: Path) -> bool:
        """Take away an upload whose receiver is dead; one that lives holds the lock."""
        try:
            if not (path / "lock").exists() and self._clock() - path.stat().st_mtime < 60:
                return False  # its receiver is just about to lock it
            lock = WriterLock(path / "lock")
        except (LibraryBusy, FileNotFoundError):
            return False
        shutil.rmtree(path, ignore_errors=True)
        lock.release()
        return True

    def _full(self) -> str:
        """Return what to say where the disk has no room even for a word on why an upload waits, else ""."""
        if shutil.disk_usage(self._folder).free >= _ROOM:
            return ""
        return "The disk of the library is full. Make room; the adding then goes on by itself."

    def _batches(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return [path for path in self._folder.iterdir() if ID.fullmatch(path.name)]

    def _write(self, id: str, name: str, value: object) -> None:
        try:
            write_whole(self._folder / id / name, msgspec.json.encode(value))
        except OSError as error:
            raise explained(error, "The inbox cannot be written") from error


def _load(path: Path, kind: type[_Kind]) -> _Kind | None:
    """Return what a file holds, None where it is not there."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise LibraryError(f"{path}: it cannot be read ({error}).") from error
