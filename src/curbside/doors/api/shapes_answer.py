"""What the API answers a question with; the shapes of `curbside ask --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Problem(BaseModel):
    """What could not be done with an input, as data."""

    what: str = Field(description="One sentence: what is wrong and what was done about it.")
    where: str = Field(description="File or address.")
    line: int = Field(description="Line in it, from 1; 0 where lines mean nothing.")
    remedy: str = Field(description='What you can do, or "".')
    lost: bool = Field(description="Whether something of the input did not get into the library; false for a remark.")


class Quote(BaseModel):
    """Words of a document and where they stand in its text: code points, half open."""

    document: str = Field(description="Id of the document.", examples=["d0c1f6a53f0e4cf6b1a2"])
    start: int
    end: int
    words: str = Field(description="Exactly what stands there.")


class Recognised(BaseModel):
    """A concept recognised in a question."""

    name: str = Field(description="Preferred name.", examples=["sirolimus"])
    concept: str = Field(description="Id of the concept.", examples=["d:sirolimus"])
    start: int = Field(description="Where it stands in the question.")
    end: int
    corrected: str = Field(description='The misspelt words as typed, or "".')


class FiltersSet(BaseModel):
    """The filters that are set; the others are left out. Names of concepts have become ids."""

    kinds: list[str] = []
    evidence: list[str] = []
    since: int | None = None
    until: int | None = None
    drugs: list[str] = []
    conditions: list[str] = []
    ages: list[str] = []
    noticed: bool | None = None
    shelves: list[str] = []


class Understood(BaseModel):
    """What was understood of a question."""

    intents: list[str] = Field(description="What it wants, most certain first.", examples=[["efficacy"]])
    drugs: list[Recognised]
    classes: list[Recognised]
    conditions: list[Recognised]
    procedures: list[Recognised]
    populations: list[str] = Field(description="People named.")
    routes: list[str] = Field(description="Routes named.")
    words: list[str] = Field(description="Other words of content.")
    filters: FiltersSet


class Derivation(BaseModel):
    """A number that was computed, not quoted."""

    value: str = Field(description="As shown.")
    arithmetic: str = Field(description="The calculation in full.")


class Sentence(BaseModel):
    """A sentence of an answer and the words that it stands on."""

    text: str = Field(description="As shown.")
    quotes: list[Quote] = Field(description="Never empty.")
    references: list[int] = Field(description="Numbers of the reference list.")
    derived: list[Derivation]


class Section(BaseModel):
    """A headed group of sentences."""

    heading: str = Field(examples=["From the research"])
    sentences: list[Sentence]


class Absence(BaseModel):
    """What was looked for and not found."""

    facet: str = Field(description="What was looked for.")
    documents: list[str] = Field(description="Ids of the documents looked at.")
    nearest: Quote | None = Field(description="The quote that came nearest.")
    references: list[int] = Field(description="Numbers of the reference list.")


class Reference(BaseModel):
    """An entry of an answer's reference list."""

    number: int = Field(description="From 1, in order of first citation.")
    work: str
    document: str
    origin: str = Field(description="The file or address that the document came from.")
    title: str
    year: int | None
    kind: str = Field(description="Kind of evidence, in words.")
    secondary: bool = Field(description="Whether it reports what others found.")
    citation: str = Field(description="NLM style.")
    ids: dict[str, str] = Field(description="`pmid`, `pmcid`, `doi`, `nct` and others, as far as known.")


class Read(BaseModel):
    """How many documents were looked at, of how many."""

    documents: int
    of: int


class Answer(BaseModel):
    """An answer, or a decline: no sections means that it declines."""

    question: str = Field(description="As asked.")
    understood: Understood
    declined: bool = Field(description="True where there is no answer; then `sections` is empty.")
    sections: list[Section]
    absences: list[Absence]
    references: list[Reference]
    notes: list[str] = Field(description="What to know of the answering itself.")
    searched: Read
    problems: list[Problem]


class Kept(BaseModel):
    """A question that is kept, with an answer from the library as it is now."""

    id: str = Field(description="22 random characters.")
    asked: str = Field(description="When it was first asked, ISO 8601, UTC.")
    changed: bool = Field(description="Whether the answer differs from the one first given.")
    answer: Answer


class Searched(BaseModel):
    """Event `searching`: the index was asked once."""

    matched: int = Field(description="Documents that match.")
    chosen: int = Field(description="Documents chosen so far.")


class Reading(BaseModel):
    """Event `reading`: the documents chosen are being read."""

    documents: list[str] = Field(description="Their ids, most relevant first.")
    of: int = Field(description="Documents that the library shows.")


class NumberedSection(Section):
    """Event `section`: one section of the answer."""

    number: int = Field(description="From 1.")
    of: int = Field(description="How many there are.")
