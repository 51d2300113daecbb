"""The writer's place: a lock of the operating system on a file of the library, let go when the process dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from curbside.errors import LibraryBusy

if sys.platform == "win32":  # pragma: no cover - the other half runs on POSIX
    import msvcrt

    def _grab(handle: IO[str]) -> None:
        # The lock lies far behind the text, since Windows also bars reading what is locked.
        handle.seek(1 << 30)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _grab(handle: IO[str]) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """Holds the one writer's place of a library folder until `release`."""

    def __init__(self, path: Path) -> None:
        """Take the place.

        Raises:
            LibraryBusy: if another process, or another store of this one, has it; names its process id.
        """
        # Opened for appending, so that whoever comes too late does not wipe out the holder's id.
        self._handle = path.open("a+", encoding="ascii")
        try:
            _grab(self._handle)
        except OSError:
            self._handle.seek(0)
            holder = self._handle.read(20).strip()
            self._handle.close()
            who = f"process {holder}" if holder.isdigit() else "another process"
            raise LibraryBusy(
                f"{path.parent}: {who} is writing to this library. Wait until it has finished, then try again."
            ) from None
        self._handle.truncate(0)
        self._handle.write(str(os.getpid()))
        self._handle.flush()

    def release(self) -> None:
        """Give the place back; the file stays, since removing it would let two writers in."""
        self._handle.close()
