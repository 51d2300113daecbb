"""Where the records of a library's folder lie: in a file of the folder, or on a server under a name that it keeps."""

from __future__ import annotations

import re
from pathlib import Path

from curbside.errors import LibraryError
from curbside.store.base import DATABASE
from curbside.store.files import write_whole

ELSEWHERE = "library.postgresql"
"""File of a folder whose records lie in PostgreSQL; it holds the name of their schema there."""

_SCHEMA = re.compile(r"curbside_[0-9a-f]{16}", re.ASCII)


def records_file(folder: Path) -> Path:
    """Return the file that stands for the records of the library in `folder`; it is there once they are."""
    elsewhere = folder / ELSEWHERE
    return elsewhere if elsewhere.is_file() else folder / DATABASE


def schema_of(folder: Path) -> str:
    """Return the name of the PostgreSQL schema with a folder's records, "" where they do not lie there.

    Raises:
        LibraryError: if the file that names it is damaged.
    """
    path = folder / ELSEWHERE
    try:
        named = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path} cannot be read ({error}). Restore it from a backup.") from error
    if not _SCHEMA.fullmatch(named):
        raise LibraryError(f"{path} does not name where the records of this library lie. Restore it from a backup.")
    return named


def settle(folder: Path, schema: str) -> None:
    """Note, safely on the disk, that the records of a folder lie in a schema."""
    write_whole(folder / ELSEWHERE, f"{schema}\n".encode(), 0o644)
