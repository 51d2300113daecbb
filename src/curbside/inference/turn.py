"""One installation at a time below a folder: a lock of the operating system, let go when the process dies."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_LOCK = ".lock"

if sys.platform == "win32":  # pragma: no cover - the other half runs on POSIX
    import msvcrt

    def _wait(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _wait(handle: IO[bytes]) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX)


@contextmanager
def turn(folder: Path) -> Generator[None]:
    """Wait until no other process has its turn below `folder`, and hold it meanwhile.

    The lock's file stays: removing it would let two in.
    """
    with (folder / _LOCK).open("ab") as handle:
        _wait(handle)
        yield
