"""The whole store on PostgreSQL: what `curbside.store.postgres` reads, this also changes.

One connection changes and holds the writer's place, so that whoever lost the place has lost the connection too.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from curbside.errors import LibraryBusy, LibraryError
from curbside.store.changing import SqlStore
from curbside.store.migrate import upgrade
from curbside.store.place import schema_of, settle
from curbside.store.postgres import PostgresReader, connect, revision
from curbside.store.reading import REVISIONS


class PostgresStore(SqlStore, PostgresReader):
    """Keeps a library's records in PostgreSQL and its originals in its folder."""

    _errors = (psycopg.Error,)
    _writer: psycopg.Connection[tuple[Any, ...]] | None = None

    def __init__(self, folder: Path, url: str, clock: Callable[[], float] = time.time) -> None:
        """Open for writing, in the database at `url`; see `SqlStore`.

        Raises:
            LibraryBusy: if another process writes to it, on this machine or another.
            LibraryTooNew: if a later version made it.
            LibraryFull: if the disk took no more.
            LibraryError: if the server cannot be reached, or does not keep texts as Unicode.
        """
        self._url = url
        self._idle = []
        SqlStore.__init__(self, folder, clock)

    def _open(self) -> None:
        named = schema_of(self._folder)
        schema = self._schema = named or f"curbside_{secrets.token_hex(8)}"
        try:
            writer = self._writer = connect(self._url, schema, write=True)
            if writer.info.parameter_status("server_encoding") != "UTF8":
                raise LibraryError(
                    f"The database {writer.info.dbname!r} is not in UTF8. Make one with ENCODING 'UTF8'."
                )
            if not writer.execute("SELECT pg_try_advisory_lock(%s)", (_place(schema),)).fetchall()[0][0]:
                raise LibraryBusy(
                    f"{self._folder}: somebody on another machine is writing to this library. "
                    "Wait until it has finished, then try again."
                )
            if not named:
                _make(writer, schema)
            found = revision(writer, schema)
            writer.autocommit = False
            self._engine = create_engine("postgresql+psycopg://", creator=lambda: writer, poolclass=StaticPool)
            if found != REVISIONS[-1]:
                with self.writing() as connection:
                    upgrade(connection, REVISIONS[-1])
            if not named:
                # Only now: the name in the folder says that its tables are there.
                settle(self._folder, schema)
            self._originals.open(self._is_original)
        except (OSError, psycopg.Error) as error:
            raise self._explained(error) from error

    def _is_full(self, error: BaseException) -> bool:
        return isinstance(error, psycopg.errors.DiskFull)

    def close(self) -> None:
        """Let go of the connections and of the writer's place."""
        if self._writer is not None:
            self._writer.close()
        PostgresReader.close(self)
        SqlStore.close(self)


def _make(writer: psycopg.Connection[tuple[Any, ...]], schema: str) -> None:
    try:
        writer.execute(f"CREATE SCHEMA {schema}".encode())
    except psycopg.errors.InsufficientPrivilege as error:
        user, name = writer.info.user, writer.info.dbname
        raise LibraryError(
            f"{user} may make no library in the database {name!r}. "
            f"Have its owner say: GRANT CREATE ON DATABASE {name} TO {user}"
        ) from error


def _place(schema: str) -> int:
    """Return the number of PostgreSQL's advisory lock on a library's schema, signed, 64 bits."""
    return int.from_bytes(hashlib.sha256(schema.encode()).digest()[:8], "big", signed=True)
