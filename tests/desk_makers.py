"""Desks to test with: one on SQLite, one on PostgreSQL where a server is named, each empty, with a clock to turn."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from curbside.desk import passwords
from curbside.records import Letter, Person, Role
from curbside.store.desk import SqlDesk

passwords._hasher = cache(lambda: PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
"""Passwords of tests are hashed as all others are, in a hundredth of the time; `tests/desk` tries the real cost."""

SERVER = "CURBSIDE_TEST_POSTGRES"
KINDS = ("sqlite", "postgresql")


class Clock:
    """A clock that stands until it is turned."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


class Letterbox:
    """A mailer that keeps letters; the fake beside the real ones."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        """Keep a letter."""
        self.letters.append(letter)

    @property
    def link(self) -> str:
        """The secret of the last letter's link."""
        lines = self.letters[-1].body.splitlines()
        return next(line for line in lines if line.startswith("http")).rpartition("/")[2]


@contextmanager
def address_of(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database of a kind; skips where there is no server for it."""
    if kind == "sqlite":
        folder.mkdir(parents=True, exist_ok=True)
        yield f"sqlite:///{folder / 'desk.sqlite'}"
        return
    server = os.environ.get(SERVER, "")
    if not server:
        pytest.skip(f"needs PostgreSQL: {SERVER}=$(tests/postgres.sh start)")
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    url = make_url(server).set(drivername="postgresql+psycopg")
    name = f"curbside_{uuid.uuid4().hex}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    try:
        yield url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        engine.dispose()


@contextmanager
def desk_of(kind: str, folder: Path, clock: Clock) -> Iterator[SqlDesk]:
    """An empty desk of a kind."""
    with address_of(kind, folder) as url:
        desk = SqlDesk(url, clock)
        try:
            yield desk
        finally:
            desk.close()


def person(number: int, *roles: Role, **fields: object) -> Person:
    """A person to keep."""
    values: dict[str, object] = {"joined": "2027-01-15T08:00:00Z", "roles": roles or (Role.READER,), **fields}
    return Person(f"p{number:016d}", f"Person {number}", f"person{number}@example.org", **values)  # type: ignore[arg-type]
