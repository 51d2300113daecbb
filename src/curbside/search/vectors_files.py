"""Vectors on disk: two files that only grow, and a manifest that says how far they hold.

A folder for each version of an encoder. `rows` has a record for each vector (which document, which span), `codes` its
eight-bit codes. New ones are written behind the last and made durable, then the manifest is replaced in one step: a
process that is killed leaves rows that no manifest counts, and the next one writes over them. What is removed is
wiped in place, so that nothing of it stays on the disk. Read without numpy, so that `curbside status` costs nothing.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from curbside.errors import IndexBroken, LibraryBusy, LibraryError, LibraryFull
from curbside.store.lock import WriterLock

SCHEME = 1
"""Raised whenever the files or what is embedded change; a folder of another scheme is begun anew."""

FOLDER = "vectors"
"""Folder of a library in which the folders of the encoders lie."""

MANIFEST = "manifest.json"
PATIENCE_S = 20.0
"""How long a commit waits for another process that writes; commits take fractions of a second."""

REMEDY = "They are made anew by: curbside work"

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a commit says of itself.

    Attributes:
        scheme: `SCHEME` of its making.
        version: of the encoder.
        dimensions: of a vector; 0 before the first.
        reach: the value that the highest code stands for; the lowest stands for its opposite.
        generation: number of the pair of files; another one after each clearing or tidying.
        rows: how many rows count, wiped ones included.
        wiped: how many of them are wiped.
        documents: how many documents have rows.
        seq: last change of the store that is held.
        lists: name of the file with inverted lists, or "".
        listed: the rows from the first on that are in it.
    """

    scheme: int
    version: str
    dimensions: int = 0
    reach: float = 0.0
    generation: int = 0
    rows: int = 0
    wiped: int = 0
    documents: int = 0
    seq: int = 0
    lists: str = ""
    listed: int = 0

    @property
    def rows_file(self) -> str:
        """Name of the file of records."""
        return f"rows-{self.generation}"

    @property
    def codes_file(self) -> str:
        """Name of the file of codes."""
        return f"codes-{self.generation}"


def folder_of(library: Path, version: str) -> Path:
    """Return the folder for the vectors of a version of an encoder, whatever signs its name has."""
    return library / FOLDER / (re.sub(r"[^A-Za-z0-9._-]+", "-", version).strip(".-")[:80] or "encoder")


def read_manifest(folder: Path, version: str) -> Manifest | None:
    """Return what the last commit in `folder` says; None where there is none, or one of another scheme or encoder.

    Raises:
        IndexBroken: if it cannot be understood.
    """
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
        manifest = Manifest(**found)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise IndexBroken(f"The vectors in {folder} cannot be read ({error}). {REMEDY}") from error
    if manifest.scheme != SCHEME or manifest.version != version:
        return None
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step, durably."""
    new = folder / f"{MANIFEST}.new"
    with new.open("wb") as handle:
        handle.write(json.dumps(asdict(manifest)).encode())
        handle.flush()
        os.fsync(handle.fileno())
    new.replace(folder / MANIFEST)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "posix":
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def append(path: Path, at: int, data: bytes) -> None:
    """Write behind the first `at` bytes of a file, durably; what a killed process left there is written over."""
    with path.open("r+b" if path.exists() else "w+b") as handle:
        handle.truncate(at)
        handle.seek(at)
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def tidy(folder: Path, manifest: Manifest) -> None:
    """Delete the files that a manifest does not name; readers who have them open keep them."""
    kept = {MANIFEST, manifest.rows_file, manifest.codes_file, manifest.lists}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def forget_others(folder: Path) -> None:
    """Delete the vectors of other encoders, once those in `folder` have taken their place."""
    for path in folder.parent.iterdir():
        if path.is_dir() and path != folder:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def writing(folder: Path) -> Generator[None]:
    """Hold the one writer's place for the vectors of a library, and turn the system's errors into ours.

    Raises:
        LibraryBusy: if another process holds it for longer than a commit may take.
        LibraryFull: if the disk took no more.
        IndexBroken: if the files cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = _patient(folder.parent / "lock")
        try:
            yield
        finally:
            lock.release()
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise LibraryFull(
                f"The disk took no more of the vectors in {folder}. Free some space; `curbside work` goes on then."
            ) from error
        raise LibraryError(f"The vectors in {folder} cannot be written ({error.strerror or error}).") from error


def _patient(path: Path) -> WriterLock:
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            return WriterLock(path)
        except LibraryBusy:
            if time.monotonic() >= end:
                raise
            time.sleep(0.02)
