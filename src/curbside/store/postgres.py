"""The reading half of the store on PostgreSQL, on the driver alone.

The tables of a library lie in a schema of their own, whose name its folder keeps (`curbside.store.place`), so that
several libraries, and a desk, share a database without meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.types.string import StrDumperUnknown

from curbside.errors import LibraryError
from curbside.store.dialect import for_postgres
from curbside.store.place import schema_of
from curbside.store.reading import REVISIONS, SqlReader, known_revision

PATIENCE_S = 10
"""How long a server may take to be reached."""

_SETTINGS = """SELECT set_config('search_path', %s, false), set_config('default_transaction_read_only', %s, false),
set_config('jit', 'off', false)"""


class _Words(StrDumperUnknown):
    """Texts as PostgreSQL takes them: it has no NUL, which some files hold; the document itself keeps it."""

    def dump(self, obj: str) -> Buffer | None:
        """Return a text with another sign in the place of each NUL."""
        return super().dump(obj.replace("\0", "\ufffd") if "\0" in obj else obj)


def connect(url: str, schema: str, write: bool = False) -> psycopg.Connection[tuple[Any, ...]]:
    """Open a connection that sees one schema, each statement a transaction of its own.

    Raises:
        LibraryError: if the server cannot be reached or lets nobody in; what it says is told, the password is not.
    """
    try:
        connection = psycopg.connect(
            url, autocommit=True, connect_timeout=PATIENCE_S, client_encoding="UTF8", application_name="curbside"
        )
    except psycopg.OperationalError as error:
        raise _away(error) from None
    except psycopg.Error:
        # What libpq cannot parse it repeats, and the password may stand there.
        raise LibraryError(
            "CURBSIDE_DATABASE is no address that PostgreSQL understands. Set it as postgresql://user@host/name."
        ) from None
    try:
        connection.adapters.register_dumper(str, _Words)
        connection.execute(_SETTINGS, (schema, "off" if write else "on"))
    except psycopg.Error as error:
        connection.close()
        raise _away(error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def revision(connection: psycopg.Connection[tuple[Any, ...]], schema: str) -> str:
    """Return the revision of the tables in a schema, "" where it holds none yet.

    Raises:
        LibraryTooNew: if this version of Curbside does not know the revision.
        LibraryError: if there is no such schema, or it may not be read.
    """
    look = "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = %s), to_regclass(%s) IS NOT NULL"
    try:
        there, made = connection.execute(look, (schema, f"{schema}.alembic_version")).fetchall()[0]
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall() if made else []
    except psycopg.Error as error:
        raise LibraryError(f"The records in {schema!r} cannot be read ({_first_line(error)}).") from error
    if not there:
        name = connection.info.dbname
        raise LibraryError(
            f"The database {name!r} holds no schema {schema!r}, where the records of this library lie. "
            "Set CURBSIDE_DATABASE to the database they were made in, or restore a backup."
        )
    return known_revision(str(rows[0][0]) if rows else "")


def outdated(folder: Path, url: str) -> bool:
    """Tell whether the library in `folder` has to be opened for writing once, which upgrades it."""
    schema = schema_of(folder)
    if not schema:
        return False
    with connect(url, schema) as connection:
        return revision(connection, schema) != REVISIONS[-1]


class PostgresReader(SqlReader):
    """Reads a library; every call is a short transaction, on as many connections as there are calls at once."""

    def __init__(self, folder: Path, url: str, paths: bool = True) -> None:
        """Open for reading what a folder keeps in the database at `url`; see `SqlReader`.

        Raises:
            LibraryError: if there is no library, or the server cannot be reached.
            LibraryTooNew: if a later version made it.
        """
        self._url = url
        super().__init__(folder, paths)

    def _open(self) -> None:
        self._idle: list[psycopg.Connection[tuple[Any, ...]]] = []
        self._schema = schema_of(self._folder)
        if not self._schema:
            raise LibraryError(f"There is no library in {self._folder}. `curbside add` makes one.")
        connection = connect(self._url, self._schema)
        try:
            found = revision(connection, self._schema)
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        if found != REVISIONS[-1]:
            self.close()
            raise LibraryError(f"The library in {self._folder} was made by an earlier version. Open it for writing.")

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a SELECT to its end; once more on a new connection where the server has dropped an idle one."""
        with self._guard:
            waiting = self._idle.pop() if self._idle else None
        connection = waiting or connect(self._url, self._schema)
        try:
            rows = connection.execute(for_postgres(sql), tuple(values), binary=True).fetchall()
        except psycopg.OperationalError as error:
            connection.close()
            if waiting is not None:
                return self._rows(sql, values)
            raise LibraryError(f"The library in {self._folder} cannot be read ({_first_line(error)}).") from error
        except psycopg.Error as error:
            connection.close()
            raise LibraryError(f"The library in {self._folder} cannot be read ({_first_line(error)}).") from error
        except BaseException:
            connection.close()  # stopped in the middle: what it still has to say belongs to nobody
            raise
        with self._guard:
            self._idle.append(connection)
        return rows

    def close(self) -> None:
        """Let go of the connections."""
        with self._guard:
            while self._idle:
                self._idle.pop().close()


def _away(error: psycopg.Error) -> LibraryError:
    return LibraryError(f"PostgreSQL cannot be reached ({_first_line(error)}). CURBSIDE_DATABASE says where it is.")


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0][:300]
