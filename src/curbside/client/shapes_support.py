"""What comes back of support, as frozen records; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.client.shapes_stance import WordsPlaced


@dataclass(frozen=True, slots=True)
class PairAsked:
    """A sentence and the words that it is held against."""

    claim: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SupportReasonShown:
    """What was found in comparing a claim with its evidence."""

    factor: str
    said: str
    claim: tuple[WordsPlaced, ...]
    evidence: tuple[WordsPlaced, ...]


@dataclass(frozen=True, slots=True)
class SupportShown:
    """What evidence does for a claim: supports, refutes, not enough."""

    label: str
    probability: float
    reasons: tuple[SupportReasonShown, ...]
    maker: str


@dataclass(frozen=True, slots=True)
class SupportsMade:
    """One judgement a pair, in the order sent."""

    judgements: tuple[SupportShown, ...]
