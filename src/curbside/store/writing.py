"""The whole store on SQLite: what `curbside.store.sqlite` reads, this also changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from curbside.errors import LibraryError
from curbside.store.base import DATABASE
from curbside.store.changing import SqlStore
from curbside.store.migrate import upgrade
from curbside.store.reading import REVISIONS
from curbside.store.sqlite import SqliteReader, connect, journal_mode, revision

_FULL = ("full", "disk I/O error")
"""What SQLite says when the disk takes no more: out of space, or past a limit on the size of files."""


class SqliteStore(SqlStore, SqliteReader):
    """Keeps a library in the file of its folder, on one connection for reading and changing."""

    _shared: sqlite3.Connection | None = None

    def _database(self) -> Path | None:
        return self._folder / DATABASE

    def _open(self) -> None:
        try:
            shared = self._shared = connect(self._database())
            found = revision(shared)
            shared.execute(f"PRAGMA journal_mode={journal_mode(sqlite3.sqlite_version_info)}")
            # A transaction that spills from memory would shut readers out before its end.
            shared.execute("PRAGMA cache_size=-65536")
            shared.execute("PRAGMA cache_spill=OFF")
            # What a person removes must not linger in pages that are free.
            shared.execute("PRAGMA secure_delete=ON")
            self._engine = create_engine("sqlite://", creator=lambda: shared, poolclass=StaticPool)
            event.listen(self._engine, "begin", _begin)
            if found != REVISIONS[-1]:
                with self.writing() as connection:
                    upgrade(connection, REVISIONS[-1])
            self._originals.open(self._is_original)
        except (OSError, sqlite3.Error) as error:
            raise self._explained(error) from error

    def _is_full(self, error: BaseException) -> bool:
        return isinstance(error, sqlite3.OperationalError) and any(mark in str(error) for mark in _FULL)

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._shared is None:
            raise LibraryError(f"The library in {self._folder} is closed.")
        return self._shared

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._one:
            return super()._rows(sql, values)

    def close(self) -> None:
        """Let go of the database and of the writer's place."""
        if self._shared is not None:
            self._shared.close()
        super().close()


class MemoryStore(SqliteStore):
    """The store with its database in memory, for tests: gone when it is closed, save for the originals."""

    def _database(self) -> Path | None:
        return None


def _begin(connection: Connection) -> None:
    # Asking for the writer's lock at once; a transaction that asks half-way can be refused.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
