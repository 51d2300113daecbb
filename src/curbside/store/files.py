"""What stores of plain files share: writing so that a file is whole or not there, and what errors of a disk mean."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from curbside.errors import LibraryError, LibraryFull

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a system says when a disk, a quota or a limit on files takes no more."""


def write_whole(path: Path, data: bytes, mode: int = 0o600, *, durable: bool = True) -> None:
    """Put `data` in the place of `path`, so that a killed process leaves the old file or the new one.

    Where it is `durable`, so does a power cut; else that may leave an empty file, and nobody waits for the disk.

    Raises:
        OSError: if the disk does not take it; the old file stays.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Return when what was made and renamed in a folder is safe on the disk."""
    if os.name != "posix":  # Windows has no handle on a folder and needs none
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def explained(error: OSError, what: str) -> LibraryError:
    """Return what an error of the disk means to the user; `what` says what could not be done."""
    if error.errno in NO_ROOM:
        return LibraryFull(f"{what}: the disk took no more. Make room, then try again.")
    return LibraryError(f"{what} ({error.strerror or error}).")
