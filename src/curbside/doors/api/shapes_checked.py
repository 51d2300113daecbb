"""What the API shows of a count check; the shapes of `curbside check --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from curbside.doors.api.shapes_answer import Problem


class WordsChecked(BaseModel):
    """Words that were checked and where they stand in the text: code points, half open."""

    start: int
    end: int
    words: str = Field(examples=["34 of 120"])


class CheckMade(BaseModel):
    """One thing held against another."""

    kind: str = Field(description="What was compared.", examples=["percent"])
    verdict: str = Field(description='"agrees", "disagrees" or "could not check".')
    message: str = Field(description="What that means, in plain words.", examples=["34 of 120 is 28.3 %, not 82.3 %."])
    arithmetic: str = Field(
        description='The calculation in full, or "".', examples=["34 / 120 = 28.333 %; printed 82.3 %"]
    )
    why_not: str = Field(description='Why it could not be checked, or "".')
    quotes: list[WordsChecked] = Field(description="Both sides, the doubted one first.")


class TextChecked(BaseModel):
    """The checks of one document of the text; a text without a format of its own is one document."""

    document: str = Field(description="Id that the document would have.")
    title: str
    disagrees: int = Field(description="How many checks came out so.")
    agrees: int
    could_not_check: int
    checks: list[CheckMade] = Field(description="In the order of the text.")


class ChecksMade(BaseModel):
    """What became of the checks of a text."""

    documents: list[TextChecked]
    problems: list[Problem] = Field(description="What could not be read.")
