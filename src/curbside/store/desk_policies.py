"""What one transaction sees of the texts of policies, and does to them, in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select

from curbside.records.policy import PolicyText
from curbside.store.desk_schema import policies


class PolicyRows:
    """Texts of policies in one transaction; see `curbside.store.base_following.Policies`."""

    def __init__(self, connection: Connection) -> None:
        self._rows = connection

    def versions(self, name: str) -> list[PolicyText]:
        """Return the versions of a text that are kept, first to last, their titles left empty."""
        rows = self._rows.execute(select(policies).where(policies.c.name == name).order_by(policies.c.number))
        return [_text(row) for row in rows]

    def add(self, text: PolicyText) -> None:
        """Keep a version."""
        fields = {name: getattr(text, name) for name in ("name", "number", "at", "who", "why", "body")}
        self._rows.execute(insert(policies).values(**fields))


def _text(row: Any) -> PolicyText:
    return PolicyText(row.name, "", row.number, row.at, row.who, row.why, row.body)
