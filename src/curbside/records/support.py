"""Whether a quote supports a sentence, and what decided it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Span


class SupportLabel(StrEnum):
    """What a quote does for a sentence."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NOT_ENOUGH = "not enough"


class SupportFactor(StrEnum):
    """What two texts were compared in."""

    WORDS = "words"
    NUMBERS = "numbers"
    NEGATION = "negation"
    DIRECTION = "direction"
    HEDGES = "hedges"
    ENTITIES = "entities"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class SupportReason:
    """A thing that was found in comparing a claim with its evidence.

    Attributes:
        factor: what was compared.
        said: what came of it, in a line.
        claim, evidence: the words it stands on in each text, in order; none where the other text lacks them.
    """

    factor: SupportFactor
    said: str
    claim: tuple[Span, ...] = ()
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """A judgement of one claim against one piece of evidence.

    Attributes:
        label: what the evidence does for the claim.
        probability: of that label, from 0 to 1.
        reasons: what was found, what decided first.
        maker: what judged, with its version.
    """

    label: SupportLabel
    probability: float
    reasons: tuple[SupportReason, ...]
    maker: str
