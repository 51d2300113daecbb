"""The databases of a library and its desk as a backup takes them, and as a restored one fills them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from curbside.errors import LibraryError
from curbside.settings import DeskSettings
from curbside.store.backup_tables import Frozen, frozen_postgres, frozen_sqlite
from curbside.store.base import DATABASE
from curbside.store.base_desk import DESK
from curbside.store.changing import SqlStore
from curbside.store.desk import SqlDesk
from curbside.store.place import schema_of
from curbside.wiring.desk import open_desk
from curbside.wiring.stores import outdated, writable


def frozen_library(folder: Path, settings: DeskSettings) -> Frozen:
    """Return what freezes the database of a library.

    Raises:
        LibraryError: if there is no library in `folder`, or an earlier version made it.
    """
    if outdated(folder):
        writable(folder).close()
    schema = schema_of(folder)
    if not schema:
        if not (folder / DATABASE).is_file():
            raise LibraryError(f"There is no library in {folder}.")
        return lambda scratch: frozen_sqlite(folder / DATABASE, scratch)
    return lambda _: _on_server(settings.database, schema)


def frozen_desk(folder: Path, settings: DeskSettings) -> Frozen | None:
    """Return what freezes the database of a library's desk, None where there is no desk.

    Raises:
        LibraryError: if it cannot be reached.
    """
    if not settings.database and not (folder / DESK).is_file():
        return None
    desk = open_desk(folder, settings)  # which brings its tables up to date
    assert isinstance(desk, SqlDesk)
    desk.close()
    if desk.on_server:
        return lambda _: _on_server(settings.database, "public")
    return lambda scratch: frozen_sqlite(Path(desk.address), scratch)


@contextmanager
def filled_library(staging: Path) -> Generator[Connection]:
    """Make the empty tables of a new library in a folder, and give the transaction that fills them."""
    store = writable(staging)
    assert isinstance(store, SqlStore)
    try:
        with store.writing() as connection:
            yield connection
    finally:
        store.close()


@contextmanager
def filled_desk(staging: Path, settings: DeskSettings) -> Generator[Connection]:
    """Make the empty tables of a library's desk, and give the transaction that fills them.

    Raises:
        UsageError: if its database holds a desk already.
    """
    desk = open_desk(staging, settings)
    assert isinstance(desk, SqlDesk)
    try:
        with desk.loading() as connection:
            yield connection
    finally:
        desk.close()


def _on_server(url: str, schema: str) -> AbstractContextManager[Connection]:
    from curbside.store.postgres import connect

    return frozen_postgres(lambda: connect(url, schema))
