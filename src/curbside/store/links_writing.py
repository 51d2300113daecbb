"""Links that can be changed: what `curbside.store.links` reads, and taking new keys and what steps made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from sqlalchemy import Connection, bindparam, delete, select

from curbside.store import schema
from curbside.store.base import LIVE
from curbside.store.base_citing import Derived, Linkage
from curbside.store.gate import Rows
from curbside.store.known import among
from curbside.store.links import LinksReader
from curbside.store.rows import many
from curbside.store.saving import link

Writing = Callable[[], AbstractContextManager[Connection]]
"""Opens a transaction that nobody else writes beside."""


class SqlLinks(LinksReader):
    """Links in the store's database."""

    def __init__(self, rows: Rows, writing: Writing) -> None:
        super().__init__(rows)
        self._writing = writing

    def relink(self, made: Mapping[str, tuple[Linkage, Derived | None]], step: str) -> None:
        """Take, by document id, new keys and what `step` made, in place of the old; None: there is nothing to make."""
        d, derived = schema.documents.c, schema.derived
        with self._writing() as connection:
            shown = select(d.number, d.id).where(d.state == LIVE)
            numbers = {row.id: row.number for row in among(connection, shown, d.id, made)}
            if not numbers:
                return
            old = [{"n": number} for number in numbers.values()]
            for table in (schema.cites, schema.titles):
                connection.execute(delete(table).where(table.c.document == bindparam("n")), old)
            mine = (derived.c.document == bindparam("n")) & (derived.c.step == step)
            connection.execute(delete(derived).where(mine), old)
            link(connection, [(number, made[name][0]) for name, number in numbers.items()])
            rows = [
                {"document": number, "step": step, "made_by": each.made_by, "data": each.data}
                for name, number in numbers.items()
                if (each := made[name][1]) is not None
            ]
            many(connection, derived, rows)
