"""What the API takes and shows of support; the shapes of `curbside support`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from curbside.doors.api.shapes import Sent, Words
from curbside.doors.api.shapes_stance import WordsPlaced

MOST_PAIRS = 200
"""Pairs of one request."""

LONGEST_SIDE = 10_000
"""Characters of a claim or its evidence."""

_Text = Annotated[Words, Field(max_length=LONGEST_SIDE)]


class PairAsked(Sent):
    """A sentence and the words that it is held against."""

    claim: _Text = Field(examples=["Sirolimus reduces bleeding."])
    evidence: _Text = Field(examples=["Bleeding was reduced by sirolimus in 10 of 13 children."])


class SupportAsked(Sent):
    """Pairs whose support is asked."""

    pairs: list[PairAsked] = Field(min_length=1, max_length=MOST_PAIRS)
    rules: bool = Field(default=False, description="Go by rules instead of trained weights.")


class SupportReasonShown(BaseModel):
    """What was found in comparing a claim with its evidence."""

    factor: str = Field(description='"words", "numbers", "negation", "direction", "hedges", "entities" or "score".')
    said: str = Field(description="What came of it, in a line.")
    claim: list[WordsPlaced] = Field(description="The words it stands on in the claim.")
    evidence: list[WordsPlaced] = Field(description="The words it stands on in the evidence.")


class SupportShown(BaseModel):
    """What evidence does for a claim."""

    label: str = Field(description='"supports", "refutes" or "not enough".', examples=["supports"])
    probability: float = Field(description="Of that label.", examples=[0.71])
    reasons: list[SupportReasonShown] = Field(description="What was found, what decided first.")
    maker: str = Field(description="What judged, with its version.", examples=["support model 2"])


class SupportsMade(BaseModel):
    """One judgement a pair, in the order sent."""

    judgements: list[SupportShown]
