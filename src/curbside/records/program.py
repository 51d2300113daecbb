"""Programs that act for a person: the key that each has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class KeyScope(StrEnum):
    """What a key lets a program do, of all that its person may."""

    READ = "read"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class ProgramKey:
    """A key of a program; what it says itself is kept nowhere, only its SHA-256.

    Attributes:
        id: "k" and 16 lower-case letters and digits; random.
        person: id of the person for whom the program acts.
        name: of the program: lower-case letters, digits and hyphens; it stands in the audit log.
        scope: what it may do.
        made: ISO time, UTC.
        until: seconds since 1970 when it ends.
        used: seconds since 1970 of its last use, 0 for never; noted once a minute at most.
    """

    id: str
    person: str
    name: str
    scope: KeyScope
    made: str
    until: float
    used: float = 0.0
