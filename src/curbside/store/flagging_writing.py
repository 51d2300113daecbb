"""Flags that can be raised and spoken of: what `curbside.store.flagging` reads, and appending to it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import insert, select

from curbside.records import Flag
from curbside.store import schema
from curbside.store.flagging import FlagsReader, packed_flag
from curbside.store.gate import Rows
from curbside.store.links_writing import Writing


class SqlFlags(FlagsReader):
    """Flags in the store's database; nothing in them is ever changed or taken away."""

    def __init__(self, rows: Rows, writing: Writing, now: Callable[[], str]) -> None:
        super().__init__(rows)
        self._writing, self._now = writing, now

    def put(self, flag: Flag) -> Flag:
        """Keep a flag under the next number, with the time; return it as kept."""
        d, table = schema.documents.c, schema.flags
        with self._writing() as connection:
            work = connection.execute(select(d.work).where(d.id == flag.document)).scalar() or ""
            values = {"document": flag.document, "work": work, "at": self._now(), "data": packed_flag(flag)}
            number = connection.execute(insert(table).values(**values).returning(table.c.number)).scalar_one()
        return self.get(number)

    def say(self, number: int, who: str, agrees: bool, why: str = "") -> Flag:
        """Keep what a reviewer says of a flag; return it with that. Their latest word counts, all are kept."""
        self.get(number)
        with self._writing() as connection:
            values = {"flag": number, "who": who, "agrees": agrees, "why": why, "at": self._now()}
            connection.execute(insert(schema.verdicts).values(**values))
        return self.get(number)
