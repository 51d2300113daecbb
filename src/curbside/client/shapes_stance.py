"""What is sent and what comes back of stances, as frozen records; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkerPlace:
    """Where in a statement the in-text citation stands: code points, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StatementAsked:
    """A sentence about a cited work; without a marker the first that looks like one is judged."""

    text: str
    marker: MarkerPlace | None = None
    before: str = ""
    after: str = ""
    section: str | None = None


@dataclass(frozen=True, slots=True)
class WordsPlaced:
    """Words and where they stand in the statement: code points, half open."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class StanceMade:
    """How a statement stands to what it cites: supporting, contrasting or mentioning."""

    stance: str
    probability: float
    deciding: tuple[WordsPlaced, ...]
    reason: str
    marker: WordsPlaced | None
    maker: str


@dataclass(frozen=True, slots=True)
class StancesMade:
    """One judgement a statement, in the order sent."""

    judgements: tuple[StanceMade, ...]
