"""How long work tells how far it is, without knowing who listens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Step:
    """How far an add is.

    Attributes:
        files, files_total: files dealt with, of how many.
        records: records read so far in this run.
        size, size_total: bytes of the files dealt with, of how many.
        seconds: since the start.
        origin: the file at hand, or "".
    """

    files: int
    files_total: int
    records: int
    size: int
    size_total: int
    seconds: float
    origin: str = ""

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.records / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that are left if bytes go on at the rate so far, or None while nothing can be said."""
        if not self.size or not self.seconds:
            return None
        return self.seconds * max(self.size_total - self.size, 0) / self.size


class Progress(Protocol):
    """Is told how far the work is, some times a second at most."""

    def __call__(self, step: Step, /) -> None:
        """Take note of `step`."""
        ...


def silent(step: Step, /) -> None:
    """Listen to nothing."""
    del step


class Stage(StrEnum):
    """What may have to be done to a library before it serves, in this order."""

    TABLES = "tables"
    PROFILES = "profiles"
    CITATIONS = "citations"
    INDEX = "index"
    CHANGES = "changes"


class Upkeep(Protocol):
    """Is told of each stage that has anything to do, as it begins."""

    def __call__(self, stage: Stage, total: int, /) -> Progress:
        """Take note of a stage with `total` documents (or changes; 0: not known); return what is told how far it is."""
        ...


def unheard(stage: Stage, total: int, /) -> Progress:
    """Listen to no stage."""
    del stage, total
    return silent
