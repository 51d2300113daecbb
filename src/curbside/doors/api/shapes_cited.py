"""What the API sends of citations; the shapes of `curbside citations --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from curbside.doors.api.shapes_answer import Quote


class StanceCounts(BaseModel):
    """How many citations of a year or a section support, contrast, mention."""

    supporting: int
    contrasting: int
    mentioning: int


class SectionCounts(StanceCounts):
    """The counts of a section of the citing works."""

    section: str = Field(examples=["discussion"])


class YearCounts(StanceCounts):
    """The counts of a year of the citing works."""

    year: int | None


class StanceTally(StanceCounts):
    """How often something was cited, and how; citations by retracted works are counted in `retracted` alone."""

    total: int
    by_section: list[SectionCounts]
    by_year: list[YearCounts] = Field(description="Latest first.")
    own: int = Field(description="By an author of the cited work.")
    others: int
    works: int = Field(description="Citing works.")
    retracted: int


class WorkLink(BaseModel):
    """How an entry of a reference list was joined to a work."""

    reference: int = Field(description="Index of the entry in its document's list.")
    work: str = Field(description='Id of the work, "" where the library holds none.')
    by: str = Field(description='"identifier", "title, year and first author", or "" where the entry names neither.')
    score: float = Field(description="1 by identifier, by description from 0 to 1.")
    flagged: bool = Field(description="Whether somebody should look.")


class CitedMarker(BaseModel):
    """An in-text citation as printed."""

    start: int
    end: int
    words: str = Field(examples=["[3–6]"])


class FiguresBeside(BaseModel):
    """Findings of two works on one outcome, held against each other; they do not change the stance."""

    citing: Quote = Field(description="The finding of the citing work.")
    cited: Quote = Field(description="The finding of the cited work.")
    same_direction: bool | None
    overlap: bool | None = Field(description="Whether the intervals share a value.")
    why_not: str = Field(description='What could not be compared, and why, or "".')
    words: str = Field(
        examples=["HR 0.70 (0.50 to 0.90) and HR 0.80 (0.60 to 1.10): same direction; intervals overlap."]
    )


class CitationMade(BaseModel):
    """A statement of one document about one work."""

    id: str = Field(examples=["d0c1f6a53f0e4cf6b1a2:1042-1047:12"])
    work: str = Field(description="Id of the citing work.")
    document: str = Field(description="Id of the citing document.")
    title: str
    year: int | None
    section: str
    stance: str = Field(description='"supporting", "contrasting" or "mentioning".')
    probability: float
    reason: str = Field(description="The words that decided, or why it abstains to mentioning.")
    maker: str = Field(description="What judged, or who.", examples=["stance rules 1"])
    changed_by: list[str] = Field(description="Reviewers who changed the stance.")
    deciding: list[Quote]
    self_citation: bool
    marker: CitedMarker
    repeat: bool = Field(description="Whether the marker is a name that repeats an earlier citation.")
    sentence: Quote
    before: Quote | None
    after: Quote | None
    entry: str = Field(description="The cited entry as printed.")
    link: WorkLink
    retracted: bool = Field(description="Whether the citing work is retracted.")
    figures: FiguresBeside | None = Field(description="Where they were asked for and both works have such.")


class CitedStub(BaseModel):
    """A cited work that the library does not hold: what the list prints of it."""

    key: str = Field(description='Joining key, or key of the title, or "".')
    title: str
    year: str
    authors: list[str]
    ids: dict[str, str]
    text: str
    works: int = Field(description="Works of the library that cite it.")


class CitedEntry(BaseModel):
    """An entry of a work's reference list."""

    label: str
    text: str
    link: WorkLink
    title: str = Field(description='Title of the work held, or "".')
    retracted: bool = Field(description="Whether the work held is retracted.")
    stub: CitedStub | None = Field(description="Where the library does not hold the work.")
    citations: list[CitationMade] = Field(description="What the work says about it, in the order of the text.")


class CitationsShown(BaseModel):
    """Who cites a work or an author, and what the work cites."""

    name: str = Field(description="Id of the work, or the author's key.")
    title: str
    documents: list[str] = Field(description="Documents whose lists were read.")
    tally: StanceTally
    total: int = Field(description="Statements about it in all.")
    offset: int
    citing: list[CitationMade] = Field(description="Contrasting first, then supporting, then mentioning; latest first.")
    unstated: list[str] = Field(description="Works that have it in their list and no statement that is known.")
    cited: list[CitedEntry]
