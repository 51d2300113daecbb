"""The store of a library's folder: its records lie in a file there, or in the database that is set."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from curbside.errors import LibraryError
from curbside.settings import read_settings
from curbside.store import sqlite
from curbside.store.base import Store
from curbside.store.place import records_file, schema_of


def readable(folder: Path, paths: bool = True) -> Store:
    """Open the store of a library for reading; without `paths` files of this machine are told by their names alone.

    Raises:
        LibraryError: if there is no library, or one that an earlier version made, or its server cannot be reached.
        LibraryTooNew: if a later version made it.
    """
    if not schema_of(folder):
        return sqlite.SqliteReader(folder, paths)
    url = _database(folder)
    from curbside.store.postgres import PostgresReader

    return PostgresReader(folder, url, paths)


def writable(folder: Path) -> Store:
    """Open the store of a library for writing, without its index.

    A library that is there stays where it is; a new one is made in the database that is set, else in its folder.

    Raises:
        LibraryBusy: if somebody else writes.
        LibraryError: if its server cannot be reached.
        LibraryTooNew: if a later version made it.
    """
    # Changing a library takes SQLAlchemy, whose import alone is most of what a first answer may take.
    url = "" if _lies_in_its_folder(folder) else _database(folder)
    if url:
        from curbside.store.postgres_writing import PostgresStore

        return PostgresStore(folder, url)
    from curbside.store.writing import SqliteStore

    return SqliteStore(folder)


def outdated(folder: Path) -> bool:
    """Tell whether the library in `folder` has to be opened for writing once, which upgrades it."""
    if not schema_of(folder):
        return sqlite.outdated(folder)
    url = _database(folder)
    from curbside.store import postgres

    return postgres.outdated(folder, url)


def _lies_in_its_folder(folder: Path) -> bool:
    return records_file(folder).is_file() and not schema_of(folder)


def _database(folder: Path) -> str:
    """Return the address of the PostgreSQL server that is set, "" for none.

    Raises:
        LibraryError: if none is set and the records of `folder` lie on one, or if its driver is not installed.
    """
    url = read_settings(os.environ, Path.home()).desk.database
    if url.startswith("postgresql://"):
        try:
            import_module("psycopg")
        except ImportError as error:
            raise LibraryError(
                "PostgreSQL needs a driver that is not installed: pip install 'curbside[postgres]'"
            ) from error
        return url
    if schema_of(folder):
        raise LibraryError(f"The records of the library in {folder} lie in PostgreSQL. Set CURBSIDE_DATABASE to where.")
    return ""
