"""Threads: what a question carried over from those before it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThreadChip:
    """Something that was carried over, and the turn that brought it in."""

    id: str
    kind: str
    value: str
    words: str
    turn: int


@dataclass(frozen=True, slots=True)
class ThreadLeft:
    """Something that the turn before was about and this one is not."""

    id: str
    kind: str
    value: str
    words: str
    turn: int
    why: str


@dataclass(frozen=True, slots=True)
class ThreadTurn:
    """How a turn was read."""

    turn: int
    text: str
    read_as: str
    time: str
    carried: tuple[ThreadChip, ...]
    dropped: tuple[ThreadLeft, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreadPlace:
    """How a turn was read, and the id of the thread that it belongs to."""

    id: str
    turn: int
    text: str
    read_as: str
    time: str
    carried: tuple[ThreadChip, ...]
    dropped: tuple[ThreadLeft, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreadKept:
    """A thread that is kept; answers are not."""

    id: str
    turns: tuple[ThreadTurn, ...]
