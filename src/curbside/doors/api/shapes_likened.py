"""What the API sends of similar works and of summaries; the shapes of `curbside similar` and `summary --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from curbside.doors.api.shapes_answer import Derivation, Quote


class SharedGround(BaseModel):
    """One thing that two texts share."""

    ground: str = Field(description="What kind of thing.", examples=["drug"])
    words: str = Field(examples=["also on sirolimus"])
    concepts: list[str] = Field(description="Ids of what is shared.", examples=[["d:sirolimus"]])


class SimilarText(BaseModel):
    """A text that resembles the one asked about."""

    document: str
    work: str
    kind: str = Field(description="Kind of document.", examples=["article"])
    evidence: str = Field(description="Kind of evidence.", examples=["case series"])
    title: str = Field(description="Of the document, or the words of a post or question.")
    year: int | None
    start: int = Field(description="Where the passage, post or question stands that resembles most.")
    end: int
    score: float = Field(description="From 0 to 1; comparable within one list only.")
    why: list[SharedGround] = Field(description="Strongest first; never empty.")
    retracted: bool
    noticed: bool = Field(description="Whether the work carries an editorial notice.")


class SimilarTexts(BaseModel):
    """Texts that keep to the subject, best first; retracted works last."""

    total: int = Field(description="How many of those looked at keep to the subject.")
    wanted: int = Field(description="How many were asked for.")
    notes: list[str] = Field(description="That there are fewer, or what was left out.")
    results: list[SimilarText]


class SimilarFound(BaseModel):
    """What resembles a work."""

    document: str = Field(description="Id of the document that was compared.")
    works: SimilarTexts
    posts: SimilarTexts = Field(description="Questions and posts of pages.")


class SummarySentence(BaseModel):
    """A sentence and the words it stands on."""

    text: str
    quotes: list[Quote]
    derived: list[Derivation] = Field(description="Numbers that were computed, or spelt out in the source.")


class SummarySection(BaseModel):
    """A headed group of sentences."""

    heading: str = Field(examples=["Who was studied"])
    sentences: list[SummarySentence]


class TermMeant(BaseModel):
    """A word of research and its meaning."""

    term: str
    meaning: str


class WorkSummary(BaseModel):
    """The short of a work and a plain account of it."""

    document: str
    title: str
    basis: str = Field(description="What was there to be read.", examples=["abstract only"])
    generated: str = Field(description="How it was made.")
    notes: list[str] = Field(description="What to know before reading it.")
    tldr: list[SummarySentence] = Field(description="One or two sentences of the source, word for word, or none.")
    no_tldr: str = Field(description='Why there is none, or "".')
    sections: list[SummarySection]
    not_stated: list[str] = Field(description="What a reader would look for and the source does not state.")
    terms: list[TermMeant]
