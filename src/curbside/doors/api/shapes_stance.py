"""What the API takes and shows of stances; the shapes of `curbside stance`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from curbside.doors.api.shapes import Sent, Words

MOST_STATEMENTS = 200
"""Statements of one request."""

LONGEST_STATEMENT = 10_000
"""Characters of a statement."""

_Text = Annotated[Words, Field(max_length=LONGEST_STATEMENT)]
Section = Literal["abstract", "introduction", "methods", "results", "discussion", "conclusion", "other"]
"""Values of `records.CitingSection`."""


class MarkerPlace(Sent):
    """Where in the text the in-text citation stands: code points, half open."""

    start: int = Field(ge=0, le=LONGEST_STATEMENT, examples=[42])
    end: int = Field(ge=0, le=LONGEST_STATEMENT, examples=[45])


class StatementAsked(Sent):
    """A sentence about a cited work."""

    text: _Text = Field(examples=["Our results are in agreement with those of an earlier trial [7]."])
    marker: MarkerPlace | None = Field(default=None, description="Absent: the first that looks like one.")
    before: _Text = Field(default="", description="The sentence before it.")
    after: _Text = Field(default="", description="The sentence after it.")
    section: Section | None = Field(default=None, description="Where it stands.", examples=["discussion"])


class StanceAsked(Sent):
    """Statements whose stance is asked."""

    statements: list[StatementAsked] = Field(min_length=1, max_length=MOST_STATEMENTS)
    rules: bool = Field(default=False, description="Go by rules instead of trained weights.")


class WordsPlaced(BaseModel):
    """Words and where they stand in the statement: code points, half open."""

    start: int
    end: int
    words: str = Field(examples=["in agreement with"])


class StanceMade(BaseModel):
    """How a statement stands to what it cites."""

    stance: str = Field(description='"supporting", "contrasting" or "mentioning".', examples=["supporting"])
    probability: float = Field(description="Of that class, calibrated on articles that were held out.", examples=[0.87])
    deciding: list[WordsPlaced] = Field(description="The words that decided, in order; none where nothing did.")
    reason: str = Field(description='Why, in a line; begins with "abstains" where there is nothing to go by.')
    marker: WordsPlaced | None = Field(description="The in-text citation that was judged, or null.")
    maker: str = Field(description="What judged, with its version.", examples=["stance model 2"])


class StancesMade(BaseModel):
    """One judgement a statement, in the order sent."""

    judgements: list[StanceMade]
