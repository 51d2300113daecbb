"""Libraries to test with: in a file, in memory, and on PostgreSQL where a server is named, each empty."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from curbside.store.changing import SqlStore
from curbside.store.place import schema_of
from curbside.store.reading import SqlReader
from curbside.store.sqlite import SqliteReader
from curbside.store.writing import MemoryStore, SqliteStore

SERVER = "CURBSIDE_TEST_POSTGRES"
STORES = ("on disk", "in memory", "on postgresql")
LASTING = ("on disk", "on postgresql")
"""Stores that are still there when they are opened again."""


def standing() -> float:
    """A clock that stands in November 2023."""
    return 1_700_000_000.0


@dataclass(frozen=True)
class Place:
    """Where a library is to lie.

    Attributes:
        kind: one of `STORES`.
        folder: its folder.
        url: of the server, or "".
    """

    kind: str
    folder: Path
    url: str = ""

    def store(self, clock: Callable[[], float] = standing) -> SqlStore:
        """Open it for writing."""
        if self.url:
            from curbside.store.postgres_writing import PostgresStore

            return PostgresStore(self.folder, self.url, clock)
        return (MemoryStore if self.kind == "in memory" else SqliteStore)(self.folder, clock)

    def reader(self, paths: bool = True) -> SqlReader:
        """Open it for reading."""
        if self.url:
            from curbside.store.postgres import PostgresReader

            return PostgresReader(self.folder, self.url, paths)
        return SqliteReader(self.folder, paths)


@contextmanager
def place_of(kind: str, folder: Path) -> Iterator[Place]:
    """A place for a library, of which nothing is left on a server; skips where there is none."""
    if kind != "on postgresql":
        yield Place(kind, folder)
        return
    with server_for(folder) as url:
        yield Place(kind, folder, url)


@contextmanager
def server_for(*folders: Path) -> Iterator[str]:
    """The URL of a server for libraries that are to lie in folders, gone from it afterwards; skips without one."""
    url = os.environ.get(SERVER, "")
    if not url:
        pytest.skip(f"needs PostgreSQL: {SERVER}=$(tests/postgres.sh start)")
    try:
        yield url
    finally:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            for folder in folders:
                if schema := schema_of(folder):
                    connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE".encode())


@contextmanager
def store_of(kind: str, folder: Path, clock: Callable[[], float] = standing) -> Iterator[SqlStore]:
    """An empty store of a kind, whose clock stands."""
    with place_of(kind, folder) as place:
        store = place.store(clock)
        try:
            yield store
        finally:
            store.close()
