"""The desk on a database of its own: SQLite beside the library, or PostgreSQL by one setting.

It is not the library's database: signing in must not wait for whoever is adding, a rebuilt library keeps its people,
and what a person has erased lies in one place.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from curbside.errors import LibraryBusy, LibraryError, LibraryFull, LibraryTooNew, UsageError
from curbside.store import desk_schema
from curbside.store.base_desk import DESK
from curbside.store.desk_rows import DeskRows
from curbside.store.migrate import upgrade
from curbside.store.sqlite import journal_mode

REVISIONS = ("d0001", "d0002", "d0003", "d0004", "d0005", "d0006")
"""Revisions of the desk's tables, oldest first."""

SCRIPTS = "desk_migrations"

PATIENCE_S = 20.0
"""How long a change waits for another."""

_HELD = 12
"""Connections to a server that are kept open in a process: making one anew costs more than most questions to it."""

_EXTRA = "pip install 'curbside[postgres]'"

_LOCK = 0x6375726273  # PostgreSQL's advisory lock of whoever changes the desk: "curbs"


class SqlDesk:
    """Keeps a desk in a database that SQLAlchemy reaches; safe to share between threads."""

    def __init__(self, url: str, clock: Callable[[], float] = time.time) -> None:
        """Open the desk at a database's URL, as `sqlite:////srv/library/desk.sqlite`; makes its tables where needed.

        Raises:
            LibraryTooNew: if a later version made it.
            LibraryError: if the URL is none, its driver is not installed, or the database cannot be reached.
        """
        self._clock = clock
        self._engine = _engine(url)
        self._sqlite = self._engine.dialect.name == "sqlite"
        self._one = threading.RLock()
        try:
            with self._explained():
                self._upgrade()
        except BaseException:
            self.close()
            raise

    @staticmethod
    def beside(library: Path, clock: Callable[[], float] = time.time) -> SqlDesk:
        """Open the desk of a library's folder, on SQLite."""
        library.mkdir(parents=True, exist_ok=True)
        return SqlDesk(f"sqlite:///{(library / DESK).resolve()}", clock)

    @property
    def address(self) -> str:
        """The database's file, or its name on a server; holds no password."""
        return self._engine.url.database or ""

    @property
    def on_server(self) -> bool:
        """Whether the database is on a server, and not a file."""
        return not self._sqlite

    @contextmanager
    def reading(self) -> Generator[DeskRows]:
        """Open a transaction that reads; all of it is of one moment."""
        with self._explained(), self._engine.connect() as connection:
            # As SQLite has it anyway: a page, or a bundle, is put together by many questions.
            one = connection if self._sqlite else connection.execution_options(isolation_level="REPEATABLE READ")
            with one.begin():
                yield DeskRows(one, self._clock)

    @contextmanager
    def writing(self) -> Generator[DeskRows]:
        """Open a transaction that changes; whatever goes wrong inside, nothing of it is kept."""
        with self._explained(), self._one, self._engine.connect() as connection:
            changing = connection.execution_options(curbside_changes=True)
            with changing.begin():
                if not self._sqlite:
                    changing.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield DeskRows(changing, self._clock)

    @contextmanager
    def loading(self) -> Generator[Connection]:
        """Open a transaction that fills the tables of an empty desk from a backup.

        Raises:
            UsageError: if the desk holds anything.
        """
        with self._explained(), self._one, self._engine.connect() as connection:
            changing = connection.execution_options(curbside_changes=True)
            with changing.begin():
                if not self._sqlite:
                    changing.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                for each in desk_schema.metadata.sorted_tables:
                    if changing.execute(select(each).limit(1)).first() is not None:
                        raise UsageError(
                            f"The desk in {self.address} holds something already. Restore into an empty database."
                        )
                yield changing

    def close(self) -> None:
        """Let go of connections."""
        self._engine.dispose()

    def _upgrade(self) -> None:
        with self._engine.connect() as connection:
            changing = connection.execution_options(curbside_changes=True)
            with changing.begin():
                if not self._sqlite:
                    changing.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                found = _revision(changing)
                if found and found not in REVISIONS:
                    raise LibraryTooNew(
                        f"The desk has the schema {found!r}, which this version does not know. Use a later version."
                    )
                if found != REVISIONS[-1]:
                    upgrade(changing, REVISIONS[-1], desk_schema.metadata, SCRIPTS)

    @contextmanager
    def _explained(self) -> Generator[None]:
        try:
            yield
        except (DBAPIError, ImportError, OSError) as error:
            raise _explain(error, self._engine) from error


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise LibraryError(
            "CURBSIDE_DATABASE is no address of a database. Set it to postgresql://…, or unset it."
        ) from error
    name = parsed.get_backend_name()
    if name == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif name != "sqlite":
        raise LibraryError(f"Curbside keeps its desk on SQLite or PostgreSQL, not on {name}.")
    try:
        if name == "sqlite":
            _make_private(Path(parsed.database or ""))
            engine = create_engine(parsed, connect_args={"timeout": PATIENCE_S, "check_same_thread": False})
            event.listen(engine, "connect", _prepare)
            event.listen(engine, "begin", _begin)
            return engine
        return create_engine(parsed, pool_pre_ping=True, pool_size=_HELD, connect_args={"connect_timeout": 10})
    except ImportError as error:
        raise LibraryError("PostgreSQL needs a driver that is not installed: " + _EXTRA) from error
    except OSError as error:
        raise LibraryError(f"The desk cannot be kept in {parsed.database} ({error.strerror or error}).") from error


def _make_private(path: Path) -> None:
    """Make the file of a desk, readable by its owner alone: it holds addresses and hashes of passwords."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _prepare(connection: Any, _record: object) -> None:
    """Set a new connection to SQLite up; transactions are begun by `_begin` and by nothing else."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA journal_mode={journal_mode(sqlite3.sqlite_version_info)}")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that will change takes its place at once, so that none fails in its middle."""
    changes = connection.get_execution_options().get("curbside_changes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if changes else "BEGIN")


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _explain(error: Exception, engine: Engine) -> LibraryError:
    """Return what an error of the database means; its URL may hold a password and is not repeated."""
    where = engine.url.database or engine.dialect.name
    words = str(getattr(error, "orig", None) or error).partition("\n")[0][:200]
    if "database or disk is full" in words or "No space left" in words:
        return LibraryFull(f"The desk in {where} took no more: the disk is full. Make room, then try again.")
    if isinstance(error, OperationalError) and "locked" in words:
        return LibraryBusy(f"Somebody else is changing the desk in {where}. Try again in a moment.")
    return LibraryError(f"The desk in {where} cannot be used ({words}).")
