"""What the API adds to an answer for an audience; the shapes of `curbside ask --audience … --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Retold(BaseModel):
    """How a sentence of the patient view came about."""

    claim: str = Field(description="What it says, in the easiest words that passed the guards.")
    beside: list[str] = Field(description="Fixed sentences behind it: shares in ten, how sure it is, to ask first.")
    telling: str = Field(
        description="`built from figures`, `plainer words`, or `the source's words` where no easier form passed."
    )
    said: str = Field(description="The sentence as a clinician is shown it.")


class Explained(BaseModel):
    """A word of the glossary that the answer uses."""

    term: str
    means: str


class Legibility(BaseModel):
    """School grades of a text."""

    flesch_kincaid: float
    smog: float | None = Field(description="Null for fewer than three sentences.")


class PatientTold(BaseModel):
    """What stands beside an answer that is told to a patient."""

    sentences: list[Retold] = Field(description="Of all `sections`, one after another.")
    terms: list[Explained]
    grade: Legibility | None = Field(description="How hard its sentences are to read.")
    clinician: Legibility | None = Field(description="The same of the sentences as a clinician is shown them.")


class StudyRow(BaseModel):
    """A study that the answer cites; cells are words of its card, empty where it states nothing."""

    references: list[int]
    document: str = Field(description="Id of its leading report; its card holds the quotes.")
    label: str
    year: int | None
    design: str
    level: str = Field(description='Suggested level in words, or "".')
    people: list[str]
    arms: list[str]
    given: list[str]
    comparator: list[str]
    outcomes: list[str] = Field(description="Counts with their intervals first.")
    effects: list[str]
    harms: list[str] = Field(description="Counts with their intervals first.")
    follow_up: list[str]
    notices: list[str]


class FlowStep(BaseModel):
    """A step from the library to the sources cited."""

    words: str
    documents: int


class ResearcherTold(BaseModel):
    """What stands beside an answer that is laid out for a researcher."""

    studies: list[StudyRow]
    flow: list[FlowStep]
