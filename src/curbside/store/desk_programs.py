"""What one transaction sees of the keys of programs, and does to them, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from curbside.records.program import KeyScope, ProgramKey
from curbside.store.desk_schema import program_keys

_k = program_keys.c
_KEY = (_k.id, _k.person, _k.name, _k.scope, _k.made, _k.until, _k.used)


class ProgramRows:
    """Keys of programs in one transaction; see `curbside.store.base_programs`."""

    def __init__(self, connection: Connection, clock: Callable[[], float]) -> None:
        self._rows = connection
        self._clock = clock

    def at(self, hashed: str) -> ProgramKey | None:
        """Return the key whose words have a SHA-256, or None."""
        row = self._rows.execute(select(*_KEY).where(_k.hashed == hashed)).first()
        return _key(row) if row is not None else None

    def of(self, person: str) -> list[ProgramKey]:
        """Return the keys of a person, by name."""
        return [_key(row) for row in self._rows.execute(select(*_KEY).where(_k.person == person).order_by(_k.name))]

    def put(self, key: ProgramKey, hashed: str) -> None:
        """Keep a new key."""
        fields = {"id": key.id, "person": key.person, "name": key.name, "scope": key.scope.value}
        times = {"made": key.made, "until": key.until, "used": key.used}
        self._rows.execute(insert(program_keys).values(hashed=hashed, **fields, **times))

    def see(self, id: str) -> None:
        """Note that a key is used, now."""
        self._rows.execute(update(program_keys).where(_k.id == id).values(used=self._clock()))

    def end(self, id: str) -> None:
        """Forget a key."""
        self._rows.execute(delete(program_keys).where(_k.id == id))

    def end_all(self, person: str) -> None:
        """Forget all keys of a person."""
        self._rows.execute(delete(program_keys).where(_k.person == person))


def _key(row: Sequence[Any]) -> ProgramKey:
    id, person, name, scope, made, until, used = row
    return ProgramKey(id, person, name, KeyScope(scope), made, until, used)
