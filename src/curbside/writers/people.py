"""People as JSON: for themselves and who manages accounts, and for everybody."""

from __future__ import annotations

from typing import Any

from curbside.records import Person


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
