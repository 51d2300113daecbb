"""What every desk promises of the keys with which programs act for people."""

from __future__ import annotations

from typing import Protocol

from curbside.records.program import ProgramKey


class Programs(Protocol):
    """Keys of programs, in one transaction; the changing half only where the transaction is one that changes."""

    def at(self, hashed: str) -> ProgramKey | None:
        """Return the key whose words have a SHA-256, whatever its age, or None."""
        ...

    def of(self, person: str) -> list[ProgramKey]:
        """Return the keys of a person, by name."""
        ...

    def put(self, key: ProgramKey, hashed: str) -> None:
        """Keep a new key under the SHA-256 of its words."""
        ...

    def see(self, id: str) -> None:
        """Note that a key is used, now."""
        ...

    def end(self, id: str) -> None:
        """Forget a key."""
        ...

    def end_all(self, person: str) -> None:
        """Forget all keys of a person."""
        ...
