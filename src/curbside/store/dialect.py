"""SELECTs as the other database takes them: they are written in SQLite's words, with its hints."""

from __future__ import annotations

from functools import lru_cache

_IN_POSTGRES = (
    ("%", "%%"),  # the driver's own sign
    ("?", "%s"),
    ("CROSS JOIN", "JOIN"),  # to SQLite a word on the order of the loops; PostgreSQL finds that itself
    (" +", " "),  # to SQLite a word on which index not to take
)


@lru_cache(maxsize=512)
def for_postgres(sql: str) -> bytes:
    """Return one of our SELECTs, whose values are question marks, as psycopg takes it."""
    for ours, theirs in _IN_POSTGRES:
        sql = sql.replace(ours, theirs)
    return sql.encode()
