"""What links, gate and flags answer that were opened for reading and are asked to change something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from curbside.errors import LibraryError
from curbside.records import Flag, Listed, NoticeList, Problem
from curbside.store.base_citing import Derived, Linkage


def refuse() -> NoReturn:
    """Say how to come by a change.

    Raises:
        LibraryError: always.
    """
    raise LibraryError("The library was opened for reading. Open it for writing to change it.")


class RefusingLinks:
    """The changing half of `Links`, refused."""

    def relink(self, made: Mapping[str, tuple[Linkage, Derived | None]], step: str) -> None:
        """Refuse."""
        refuse()


class RefusingGate:
    """The changing half of `Gate`, refused."""

    def put(self, given: NoticeList, data: bytes, words: Sequence[Listed], problems: Sequence[Problem]) -> int:
        """Refuse."""
        refuse()

    def drop(self, name: str) -> int:
        """Refuse."""
        refuse()


class RefusingFlags:
    """The changing half of `Flags`, refused."""

    def put(self, flag: Flag) -> Flag:
        """Refuse."""
        refuse()

    def say(self, number: int, who: str, agrees: bool, why: str = "") -> Flag:
        """Refuse."""
        refuse()
