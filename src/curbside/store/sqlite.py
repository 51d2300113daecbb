"""The reading half of the store on SQLite: connections to a library's file, and what its file is."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from curbside.errors import LibraryError
from curbside.store.base import DATABASE
from curbside.store.reading import REVISIONS, SqlReader, known_revision

WAL_IS_SAFE_FROM = (3, 51, 3)
"""SQLite 3.7.0 to 3.51.2 can corrupt a database in write-ahead mode with several connections; fixed in 3.51.3."""

PATIENCE_S = 30.0
"""How long a reader waits while a writer commits; a commit takes milliseconds."""


def journal_mode(version: tuple[int, ...]) -> str:
    """Return the journal mode in which this version of SQLite keeps a shared database whole."""
    return "wal" if version >= WAL_IS_SAFE_FROM else "delete"


def connect(path: Path | None) -> sqlite3.Connection:
    """Open a database file, or one in memory where `path` is None, without implicit transactions.

    Raises:
        LibraryError: if the file is no database.
    """
    name = ":memory:" if path is None else str(path)
    connection = sqlite3.connect(name, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous=FULL")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise LibraryError(f"{name} cannot be read ({error}). Restore it from a backup.") from error
    return connection


def revision(connection: sqlite3.Connection) -> str:
    """Return the revision of the schema in a database, "" where it holds no tables yet.

    Raises:
        LibraryTooNew: if this version of Curbside does not know the revision.
        LibraryError: if the file is no database or is damaged.
    """
    try:
        tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchall()
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall() if tables else []
    except sqlite3.DatabaseError as error:
        raise LibraryError(f"{DATABASE} cannot be read ({error}). Restore it from a backup.") from error
    return known_revision(str(rows[0][0]) if rows else "")


def outdated(folder: Path) -> bool:
    """Tell whether the library in `folder` has to be opened for writing once, which upgrades it."""
    if not (folder / DATABASE).is_file():
        return False
    connection = connect(folder / DATABASE)
    try:
        return revision(connection) != REVISIONS[-1]
    finally:
        connection.close()


class SqliteReader(SqlReader):
    """Reads a library; every thread has a connection of its own, every call one short transaction."""

    def _open(self) -> None:
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        if not (self._folder / DATABASE).is_file():
            raise LibraryError(f"There is no library in {self._folder}. `curbside add` makes one.")
        if revision(self._connection) != REVISIONS[-1]:
            self.close()
            raise LibraryError(f"The library in {self._folder} was made by an earlier version. Open it for writing.")

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self._folder / DATABASE)
            connection.execute("PRAGMA query_only=ON")
            self._local.connection = connection
            with self._guard:
                self._connections.append(connection)
        return connection

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a SELECT to its end, so that its lock is let go at once."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            raise LibraryError(f"{self._folder / DATABASE} cannot be read ({error}).") from error
        except sqlite3.DatabaseError as error:
            raise LibraryError(f"{self._folder / DATABASE} is damaged ({error}). Restore it from a backup.") from error

    def close(self) -> None:
        """Let go of the database."""
        with self._guard:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()
