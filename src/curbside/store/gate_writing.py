"""A gate that can be changed: lists of notices in and out, each in one transaction with all that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, delete, insert, select

from curbside.errors import NotHeld
from curbside.records import Listed, NoticeList, Problem
from curbside.store import schema
from curbside.store.gate import GateReader, Rows
from curbside.store.links_writing import Writing
from curbside.store.originals import Originals
from curbside.store.rows import many, plain
from curbside.store.saving import flag, record

_l = schema.lists.c


class SqlGate(GateReader):
    """The gate of the store's database."""

    def __init__(self, rows: Rows, writing: Writing, originals: Originals, now: Callable[[], str]) -> None:
        super().__init__(rows)
        self._writing, self._originals, self._now = writing, originals, now

    def put(self, given: NoticeList, data: bytes, words: Sequence[Listed], problems: Sequence[Problem]) -> int:
        """Take a list in place of the one of its name; return how many works held change their standing."""
        with self._changing() as (connection, gone):
            sha, _ = self._originals.keep(data)
            self._originals.sync((sha,))
            now = self._now()
            before = _take(connection, given.name, gone)
            gone.discard(sha)
            _keep(connection, sha, len(data), given, now)
            counts = {"rows": given.rows, "problems": given.problems}
            told = {"name": given.name, "origin": given.origin, "format": given.format, "sha": sha, "added": now}
            number = connection.execute(insert(schema.lists).values(**told, **counts).returning(_l.number)).scalar_one()
            rows = [
                {"list": number, "key": word.key, "kind": word.kind.value, "date": word.date, "notice": word.notice}
                | {"reason": word.reason, "line": word.line}
                for word in words
            ]
            many(connection, schema.listed, rows)
            _complain(connection, sha, given, problems, now)
            changed = self._weigh(connection, before | _named(connection, number))
        self._originals.settle((sha,))
        self._originals.sweep(gone)
        return changed

    def drop(self, name: str) -> int:
        """Go by a list no more; return how many works held change their standing."""
        with self._changing() as (connection, gone):
            if connection.execute(select(_l.number).where(_l.name == name)).first() is None:
                raise NotHeld(f"There is no list of notices {name!r}. `curbside notices lists` shows those there are.")
            changed = self._weigh(connection, _take(connection, name, gone))
        self._originals.sweep(gone)
        return changed

    def _weigh(self, connection: Connection, works: set[str]) -> int:
        record(connection, (), self._now())
        return flag(connection, works, self._now())

    @contextmanager
    def _changing(self) -> Generator[tuple[Connection, set[str]]]:
        """Open a transaction; bytes of what goes are put where they can be swept, and back if it fails."""
        gone: set[str] = set()
        try:
            with self._writing() as connection:
                yield connection, gone
                self._originals.unsettle(gone)
        except BaseException:
            self._originals.settle(gone)
            raise


def _take(connection: Connection, name: str, gone: set[str]) -> set[str]:
    """Take a list away; return the works it named, and add the hash of its bytes to `gone` where nobody needs them."""
    found = connection.execute(select(_l.number, _l.sha).where(_l.name == name)).first()
    if found is None:
        return set()
    named = _named(connection, found.number)
    problems = schema.problems
    connection.execute(delete(schema.listed).where(schema.listed.c.list == found.number))
    connection.execute(delete(schema.lists).where(_l.number == found.number))
    connection.execute(delete(problems).where(problems.c.origin == _place(name)))
    uses = (schema.lists, schema.files, schema.sightings, schema.origins)
    used = any(connection.execute(select(t.c.sha).where(t.c.sha == found.sha).limit(1)).first() for t in uses)
    if not used:
        connection.execute(delete(schema.originals).where(schema.originals.c.sha == found.sha))
        gone.add(found.sha)
    return named


def _named(connection: Connection, number: int) -> set[str]:
    """Return the works held that a list names."""
    sql = "SELECT DISTINCT k.work FROM listed l CROSS JOIN keys k ON k.key = l.key WHERE l.list = ?"
    return {str(row[0]) for row in plain(connection)(sql, (number,))}


def _keep(connection: Connection, sha: str, size: int, given: NoticeList, now: str) -> None:
    originals = schema.originals
    if connection.execute(select(originals.c.sha).where(originals.c.sha == sha)).first() is None:
        row = {"sha": sha, "size": size, "format": given.format, "added": now}
        connection.execute(insert(originals).values(**row))


def _place(name: str) -> str:
    """Return the origin under which the problems of a list are kept; no file has such a name."""
    return f"notices:{name}"


def _complain(connection: Connection, sha: str, given: NoticeList, problems: Sequence[Problem], now: str) -> None:
    rows = [
        {
            "sha": sha,
            "origin": _place(given.name),
            "place": problem.where or given.origin,
            "line": problem.line,
            "what": problem.what,
            "remedy": problem.remedy,
            "lost": problem.lost,
            "broken": False,
            "document": None,
            "at": now,
        }
        for problem in problems
    ]
    many(connection, schema.problems, rows)
