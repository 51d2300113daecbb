"""Work of the desk that waits: what is to be done to what, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeskJob:
    """A piece of work that somebody holds on a lease.

    Attributes:
        kind: what is to be done.
        subject: id of what it is done to.
        attempts: how often it was begun, this time included.
        lease: what the holder shows to finish it.
    """

    kind: str
    subject: str
    attempts: int
    lease: str


@dataclass(frozen=True, slots=True)
class DeskJobs:
    """How the work of the desk stands.

    Attributes:
        waiting: pieces that wait or are being done.
        failed: pieces that were given up, each (kind, subject, why) in the order of kinds and subjects.
    """

    waiting: int
    failed: tuple[tuple[str, str, str], ...]
