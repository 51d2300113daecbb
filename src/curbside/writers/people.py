"""People as JSON: for themselves and who manages accounts, and for everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from curbside.records import Person
from curbside.records.program import ProgramKey


def person_json(person: Person) -> dict[str, Any]:
    """Return all that is kept of a person but their password; for them, and for who manages accounts."""
    return {
        "id": person.id,
        "name": person.signs_as,
        "email": person.email,
        "roles": [role.value for role in person.roles],
        "department": person.department,
        "about": person.about,
        "conflicts": person.conflicts,
        "board": person.board,
        "active": person.active,
        "joined": person.joined,
    }


def profile_json(person: Person) -> dict[str, Any]:
    """Return what everybody may see of a person: no address, no state of the account."""
    return {key: value for key, value in person_json(person).items() if key not in ("email", "active", "joined")}


def key_json(key: ProgramKey) -> dict[str, Any]:
    """Return what is kept of a program's key: all but what it says, which is kept nowhere."""
    return {
        "id": key.id,
        "name": key.name,
        "scope": key.scope.value,
        "made": key.made,
        "until": _moment(key.until),
        "used": _moment(key.used) if key.used else "",
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
