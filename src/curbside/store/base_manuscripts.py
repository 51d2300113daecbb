"""What every desk promises of manuscripts; contract in `tests/contracts/`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from curbside.records import (
    JournalIssue,
    Manuscript,
    ManuscriptLine,
    ManuscriptMove,
    ManuscriptReview,
    ManuscriptState,
)


class Manuscripts(Protocol):
    """Manuscripts, in one transaction; the changing half only where the transaction is one that changes."""

    def get(self, id: str) -> Manuscript:
        """Return a manuscript with all versions and everything said of it.

        Raises:
            NotHeld: if there is none under that id.
        """
        ...

    def lines(
        self,
        states: Iterable[ManuscriptState] = (),
        author: str = "",
        reviewer: str = "",
        limit: int = 200,
    ) -> tuple[list[ManuscriptLine], int]:
        """Return manuscripts that meet all that is given, last changed first, and how many there are in all."""
        ...

    def issues(self) -> list[JournalIssue]:
        """Return the issues that something appeared in, latest first."""
        ...

    def in_issue(self, volume: str, issue: str) -> list[str]:
        """Return the ids of what appeared in an issue, in the order of appearing."""
        ...

    def make(self, manuscript: Manuscript, at: str) -> None:
        """Keep a new manuscript with its moves."""
        ...

    def put(self, manuscript: Manuscript, at: str) -> None:
        """Keep a manuscript's state, content, reviewers, blinding and place, and versions that are not kept yet."""
        ...

    def say(self, id: str, words: Sequence[ManuscriptReview | ManuscriptMove]) -> None:
        """Keep reviews and moves behind those that are there."""
        ...

    def keep_file(self, id: str, sha256: str, data: bytes) -> None:
        """Keep a file of a manuscript; the same bytes twice are one."""
        ...

    def file(self, id: str, sha256: str) -> bytes:
        """Return a file of a manuscript.

        Raises:
            NotHeld: if it has none of that hash.
        """
        ...

    def drop_files(self, id: str, but: Iterable[str]) -> None:
        """Forget a manuscript's files other than those of the hashes `but`."""
        ...

    def forget_unsubmitted(self, author: str) -> None:
        """Forget what somebody wrote and never submitted, with its files."""
        ...
