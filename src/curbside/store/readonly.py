"""What a store answers that was opened for reading and is asked to change something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from curbside.errors import LibraryError
from curbside.records import Added, Profile
from curbside.store.base import Delivery, Jobs, Original, Progress


class ReadOnly:
    """The changing half of the `Store` contract, refused."""

    @property
    def jobs(self) -> Jobs:
        """Refuse: taking a job changes the store."""
        self._refuse()

    def keep(self, data: bytes) -> tuple[str, Path]:
        """Refuse."""
        self._refuse()

    def progress(self, original: Original) -> Progress | None:
        """Refuse: only who adds asks for it."""
        self._refuse()

    def put(self, deliveries: Sequence[Delivery]) -> Added:
        """Refuse."""
        self._refuse()

    def remove(self, texts: Sequence[str]) -> Added:
        """Refuse."""
        self._refuse()

    def stale(self, made_by: str, limit: int) -> list[str]:
        """Refuse: only who makes profiles again asks for it."""
        self._refuse()

    def reprofile(self, profiles: Mapping[str, Profile], made_by: str) -> None:
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise LibraryError("The library was opened for reading. Open it for writing to change it.")
