"""Tables in a backup: rows in a form that every database takes, so that what lay on one can be restored on another.

A table is frames, each four bytes of length and a msgpack array: first the names of the columns, then a row each, in
the order of the primary key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

import msgspec
from sqlalchemy import Connection, MetaData, Table, column, create_engine, insert, inspect, select, table
from sqlalchemy import func as sql
from sqlalchemy.exc import DBAPIError

from curbside.errors import BackupBroken, LibraryError, LibraryFull, LibraryTooNew
from curbside.store import schema
from curbside.store.backup_file import BackupReader, BackupWriter
from curbside.store.desk import REVISIONS as DESK_REVISIONS
from curbside.store.desk import SCRIPTS as DESK_SCRIPTS
from curbside.store.desk_following import forget_what_was_told
from curbside.store.desk_schema import tellings
from curbside.store.migrate import SCRIPTS, migrate
from curbside.store.reading import REVISIONS

SECRETS = frozenset({"sessions", "tokens", "tries", "program_keys", "outbox"})
"""Tables of the desk that no backup holds: who was signed in, and which links and keys held, must not come back;
nor letters that waited then, for they were sent since."""

LONGEST_ROW = 512 << 20
"""Bytes of a row at most; more is no row of ours."""

Frozen = Callable[[Path], AbstractContextManager[Connection]]
"""Given the name of a file to use meanwhile, a connection to one state of a database."""

Filled = Callable[[Path], AbstractContextManager[Connection]]
"""Given the folder of a library that is being made, the transaction that fills its tables."""

_STEP, _STEP_BYTES = 500, 16 << 20
"""Rows, and bytes in them, that are put into a table at once."""

_FETCHED = 25
"""Rows that are read at once; one of a manuscript's file may be megabytes."""

_decoder = msgspec.msgpack.Decoder(list[Any])


class Sink(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take some."""
        ...


@contextmanager
def frozen_sqlite(path: Path, scratch: Path) -> Generator[Connection]:
    """Give a connection to one state of an SQLite database: a copy of it in `scratch`, gone afterwards.

    Copied page by page, which keeps who writes waiting no longer than that takes; rows are read at leisure.

    Raises:
        LibraryError: if it cannot be read.
    """
    try:
        scratch.touch(mode=0o600)
        # `closing`, for a connection's own `with` ends a transaction and leaves it open.
        with closing(sqlite3.connect(path, timeout=60.0)) as source, closing(sqlite3.connect(scratch)) as copy:
            source.backup(copy)
        engine = create_engine(f"sqlite:///{scratch}")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()
    except (sqlite3.Error, DBAPIError) as error:
        if "full" in str(error):
            raise LibraryFull(f"{scratch.parent}: the disk took no more. Make room, then try again.") from error
        raise LibraryError(f"{path} cannot be read ({_first_line(error)}).") from error
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            scratch.with_name(f"{scratch.name}{ending}").unlink(missing_ok=True)


@contextmanager
def frozen_postgres(connect: Callable[[], Any]) -> Generator[Connection]:
    """Give a connection to one state of a database on a server; `connect` opens the driver's connection to it."""

    def one_state() -> Any:
        connection = connect()
        connection.autocommit = False
        connection.isolation_level, connection.read_only = _REPEATABLE_READ, True
        return connection

    engine = create_engine("postgresql+psycopg://", creator=one_state)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise LibraryError(f"The database cannot be read ({_first_line(error)}).") from error
    finally:
        engine.dispose()


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).partition("\n")[0][:200]


_REPEATABLE_READ = 3  # as the driver numbers it


def write_table(connection: Connection, of: Table, file: Sink) -> int:
    """Write a table into a part of a backup; return how many rows it has."""
    _write(file, [str(each.name) for each in of.columns])
    rows = connection.execution_options(yield_per=_FETCHED).execute(select(of).order_by(*of.primary_key.columns))
    count = 0
    for row in rows:
        _write(file, list(row))
        count += 1
    return count


def read_rows(file: IO[bytes], what: str) -> Iterator[list[Any]]:
    """Yield the frames of a table: the names of its columns, then its rows.

    Raises:
        BackupBroken: if it is not what `write_table` writes; `what` names it.
    """
    width = -1
    while length := file.read(4):
        size = int.from_bytes(length, "big")
        data = file.read(size) if len(length) == 4 and size <= LONGEST_ROW else b""
        try:
            row = _decoder.decode(data)
        except msgspec.MsgspecError as error:
            raise BackupBroken(f"{what} holds what is no row of a table.") from error
        if width >= 0 and (len(row) != width or not all(isinstance(each, _VALUES) for each in row)):
            raise BackupBroken(f"{what} holds a row that does not fit its table.")
        width = len(row)
        yield row


_VALUES = (str, bytes, bool, int, float, type(None))


def load_table(connection: Connection, of: Table, rows: Iterator[list[Any]]) -> int:
    """Put the rows of a backup into an empty table; return how many there are.

    Raises:
        BackupBroken: if they are of other columns.
    """
    names = next(rows, list[Any]())
    known = {each.name for each in of.columns}
    if not names or len(set(names)) != len(names) or not set(names) <= known:
        raise BackupBroken(f"The backup's table {of.name} has columns that this version does not know.")
    plain = insert(table(of.name, *map(column, names)))
    count, size, batch = 0, 0, list[dict[str, Any]]()
    for row in rows:
        batch.append(dict(zip(names, row)))
        count += 1
        size += sum(len(each) for each in row if isinstance(each, str | bytes))
        if len(batch) >= _STEP or size >= _STEP_BYTES:
            connection.execute(plain, batch)
            batch.clear()
            size = 0
    if batch:
        connection.execute(plain, batch)
    return count


def follow_numbers(connection: Connection, metadata: MetaData) -> None:
    """Let columns that number themselves go on behind the highest number that was restored; SQLite does so itself."""
    if connection.dialect.name != "postgresql":
        return
    for each in metadata.sorted_tables:
        for key in each.primary_key.columns:
            name = connection.exec_driver_sql(
                "SELECT pg_get_serial_sequence(%s, %s)", (each.name, key.name)
            ).scalar() if key.autoincrement is not False and len(each.primary_key.columns) == 1 else None  # fmt: skip
            highest = connection.execute(select(sql.max(key))).scalar() if name else None
            if highest is not None:
                connection.exec_driver_sql("SELECT setval(%s, %s)", (name, highest))


def write_tables(connection: Connection, metadata: MetaData, name: str, writer: BackupWriter) -> str:
    """Write the tables of a database into a backup, all but `SECRETS`; return their revision."""
    for each in sorted(metadata.tables.values(), key=lambda table: table.name):
        if each.name not in SECRETS:
            with writer.part(f"tables/{name}/{each.name}") as part:
                part.rows = write_table(connection, each, part)
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def last_change(connection: Connection) -> int:
    """Return the number of a library's last change, 0 in an empty one."""
    return int(connection.execute(select(sql.coalesce(sql.max(schema.changes.c.seq), 0))).scalar_one())


def originals_in(connection: Connection) -> list[str]:
    """Return the SHA-256 of a library's originals, in order."""
    sha = schema.originals.c.sha
    return list(connection.execute(select(sha).order_by(sha)).scalars())


def load_tables(connection: Connection, metadata: MetaData, name: str, reader: BackupReader) -> None:
    """Put the tables of a backup into a database whose tables are there and empty; the caller holds the transaction.

    Rows of an earlier version go into the tables of that version; whoever opens the database next brings them up to
    date.

    Raises:
        LibraryTooNew: if a later version made them.
        BackupBroken: if they do not fit.
    """
    scripts, revisions = (DESK_SCRIPTS, DESK_REVISIONS) if name == "desk" else (SCRIPTS, REVISIONS)
    found = reader.manifest.desk if name == "desk" else reader.manifest.library
    if found not in revisions:
        raise LibraryTooNew(f"The backup has the schema {found!r}, which this version does not know. Use a later one.")
    if found != revisions[-1]:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        migrate(connection, found, scripts)
    for part in reader.manifest.parts:
        top, _, of = part.name.removeprefix("tables/").partition("/")
        if part.name.startswith("tables/") and top == name:
            if of not in metadata.tables or of in SECRETS:
                raise BackupBroken(f"The backup holds a table {of!r}, which this version does not know.")
            with reader.part(part) as file:
                load_table(connection, metadata.tables[of], read_rows(file, part.name))
    follow_numbers(connection, metadata)
    if name == "desk" and inspect(connection).has_table(tellings.name):
        forget_what_was_told(connection)


def _write(file: Sink, row: list[Any]) -> None:
    data = msgspec.msgpack.encode(row)
    file.write(len(data).to_bytes(4, "big"))
    file.write(data)
