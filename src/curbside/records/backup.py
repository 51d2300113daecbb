"""A backup: what one file holds of a library and its desk, and how each part of it is known to be whole."""

from __future__ import annotations

from dataclasses import dataclass

FORMAT = 1
"""Raised whenever what stands in a backup changes its form."""


@dataclass(frozen=True, slots=True)
class BackupPart:
    """A part of a backup.

    Attributes:
        name: "tables/library/works", "files/originals/ab/ab12…"; never a path of the machine it was made on.
        size: bytes.
        sha256: of those, 64 hexadecimal digits.
        rows: how many rows, for a part that is a table.
    """

    name: str
    size: int
    sha256: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself; `parts` are all that it holds beside this.

    Attributes:
        format: `FORMAT` of its making.
        made: ISO time, UTC.
        version: of Curbside that made it.
        library: revision of the library's tables.
        desk: revision of the desk's tables; "" where there was no desk.
        seq: number of the library's last change.
        parts: in the order of their names.
        damaged: names of parts that were damaged already when they were put in; kept as they were.
    """

    format: int
    made: str
    version: str
    library: str
    desk: str
    seq: int
    parts: tuple[BackupPart, ...]
    damaged: tuple[str, ...] = ()

    def rows(self, name: str) -> int:
        """Return how many rows a table has, "desk/articles" for one; 0 where there is no such table."""
        return sum(part.rows for part in self.parts if part.name == f"tables/{name}")

    @property
    def size(self) -> int:
        """Bytes of all parts together."""
        return sum(part.size for part in self.parts)
