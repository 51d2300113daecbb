"""What one text suggests as the answer to a yes/no question, and the sentences that speak for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Quote


class YesNo(StrEnum):
    """An answer to a yes/no question."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class Deciding:
    """A sentence that a verdict stands on.

    Attributes:
        quote: the sentence.
        why: what is read in it that bears on the question.
        weight: by how much the probability of the verdict would fall without it, from 0 to 1.
    """

    quote: Quote
    why: str
    weight: float


@dataclass(frozen=True, slots=True)
class YesNoVerdict:
    """What one text suggests as the answer to a yes/no question; a machine's reading, never more than a suggestion.

    Attributes:
        question: as asked.
        says: the answer suggested, or None where the text does not let one be suggested.
        likeliest: the answer that would be given if one had to be; `says` where that is not None.
        probability: of `likeliest`, from 0 to 1, calibrated on held-out questions.
        shares: a probability for every answer, in the order of `YesNo`; they add up to 1.
        reasons: the sentences that decided, weightiest first; none where nothing is suggested.
        abstains: why nothing is suggested, or "".
        hedged: words of doubt that the deciding sentences hold, as printed.
        maker: name and version of what judged.
    """

    question: str
    says: YesNo | None
    likeliest: YesNo
    probability: float
    shares: tuple[float, ...]
    reasons: tuple[Deciding, ...] = ()
    abstains: str = ""
    hedged: tuple[str, ...] = ()
    maker: str = ""
