"""The folder of originals: the bytes of every file as given, under the SHA-256 of their content.

A file first lies in `new/`. It moves to its shard once a committed row speaks for it, so that whatever lies in the
shards is known, and what a killed process left in `new/` is either moved or swept at the next opening.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_SYNC_THREADS = 8
"""fsync waits for the disk, not for the processor; several at once let the disk order them."""


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(path: Path) -> None:
    if os.name == "posix":  # Windows has no handle on a folder and needs none
        _sync(path)


class Originals:
    """Keeps files by content hash in two levels of folders."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new = folder / "new"
        self._unsynced: set[str] = set()

    def path(self, sha: str) -> Path:
        """Return where the original lies, or will lie once it is committed."""
        return self._folder / sha[:2] / sha

    def open(self, known: Callable[[str], bool]) -> None:
        """Make the folders and settle what a killed process left: move what is `known`, sweep the rest."""
        self._new.mkdir(parents=True, exist_ok=True)
        for left in sorted(self._new.iterdir()):
            if known(left.name):
                self.settle((left.name,))
            else:
                left.unlink()

    def keep(self, data: bytes) -> tuple[str, Path]:
        """Write the bytes where they are not yet; return their SHA-256 and where they lie now."""
        sha = hashlib.sha256(data).hexdigest()
        for path in (self.path(sha), self._new / sha):
            if path.exists():
                return sha, path
        path = self._new / sha
        part = self._new / f"{sha}.part"
        try:
            part.write_bytes(data)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        self._unsynced.add(sha)
        return sha, path

    def sync(self, shas: Iterable[str]) -> None:
        """Return when the bytes of `shas` are safe on the disk."""
        waiting = sorted(self._unsynced.intersection(shas))
        paths = [self._new / sha for sha in waiting]
        if len(paths) > 1:
            with ThreadPoolExecutor(_SYNC_THREADS) as pool:
                list(pool.map(_sync, paths))
        else:
            for path in paths:
                _sync(path)
        if paths:
            _sync_folder(self._new)
        self._unsynced.difference_update(waiting)

    def settle(self, shas: Iterable[str]) -> None:
        """Move originals for which there now is a committed row to their shards."""
        for sha in shas:
            source = self._new / sha
            if source.exists():
                target = self.path(sha)
                target.parent.mkdir(exist_ok=True)
                source.replace(target)

    def unsettle(self, shas: Iterable[str]) -> None:
        """Move originals whose rows are about to go out of their shards, for `sweep`, or `settle` after all."""
        for sha in shas:
            source = self.path(sha)
            if source.exists():
                source.replace(self._new / sha)

    def sweep(self, shas: Iterable[str]) -> None:
        """Take away originals that `unsettle` moved and that no row speaks for any more."""
        for sha in shas:
            (self._new / sha).unlink(missing_ok=True)
