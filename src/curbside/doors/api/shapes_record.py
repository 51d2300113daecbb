"""What the API shows of documents and searches; the shapes of `curbside show --json` and `curbside search --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from curbside.doors.api.shapes_answer import FiltersSet, Problem


class Notice(BaseModel):
    """An editorial notice that a work received or that a document issues."""

    kind: str = Field(examples=["retraction"])
    issued: bool = Field(description="True where this document is the notice.")
    ids: dict[str, str] = Field(description="Identifiers of the other side.")
    text: str


class Record(BaseModel):
    """What is known of a document."""

    document: str = Field(description="Id of the document.", examples=["d0c1f6a53f0e4cf6b1a2"])
    work: str = Field(description="Id of the work that it is a document of.", examples=["w0c1f6a53f0e4"])
    origin: str = Field(description="The file or address that it came from.")
    line: int = Field(description="Line in it, or 0.")
    kind: str = Field(description="Kind of document.", examples=["article"])
    evidence: str = Field(description="Kind of evidence.", examples=["randomised trial"])
    secondary: bool = Field(description="Whether it reports what others found.")
    title: str
    year: int | None
    citation: str = Field(description="NLM style.")
    ids: dict[str, str] = Field(description="`pmid`, `pmcid`, `doi`, `nct` and others, as far as known.")
    n: int | None = Field(description="Number of participants.")
    drugs: list[str] = Field(description="Ids of the drugs that it is about.")
    conditions: list[str] = Field(description="Ids of the conditions that it is about.")
    ages: list[str] = Field(description="Age groups studied.")
    types: list[str] = Field(description="Publication types as the source names them.")
    retracted: bool = Field(description="Whether the work is retracted.")
    notices: list[Notice]


class Part(BaseModel):
    """A stretch of a document in which one voice speaks."""

    role: str = Field(description="Who speaks.", examples=["abstract"])
    group: int = Field(description="Parts of one group are about one subject; 0 is the main one.")
    start: int
    end: int


class Stretch(BaseModel):
    """A titled or labelled stretch of a document."""

    heading: str
    category: str = Field(description='What it does ("results"), or "".')
    level: int = Field(description="1 for the outermost.")
    start: int
    end: int


class Document(Record):
    """A document with its text, into which all offsets point."""

    text: str
    parts: list[Part]
    sections: list[Stretch]


class Work(BaseModel):
    """All documents of a work, oldest first."""

    documents: list[Document]


class Passage(BaseModel):
    """Words of a document and where they stand: code points, half open."""

    start: int
    end: int
    words: str


class Place(BaseModel):
    """A place in a document with what stands around it."""

    document: str
    work: str
    title: str
    citation: str
    start: int
    end: int
    words: str = Field(description="Exactly what stands there.")
    passage: Passage = Field(description="Whole blocks around it.")
    headings: list[str] = Field(description="Headings above, outermost first.")
    role: str = Field(description='Who speaks there, or "".')


class Range(BaseModel):
    """A stretch of a document: code points, half open."""

    start: int
    end: int


class Hit(Record):
    """A document found and the passage that matched best."""

    score: float = Field(description="Comparable within one list only.")
    start: int = Field(description="Where the passage stands.")
    end: int
    passage: str
    snippet: Range = Field(description="The words of it that tell most.")


class Concept(BaseModel):
    """A concept recognised in a search and the ids that answer for it."""

    name: str
    concept: str
    ids: list[str]


class Facets(BaseModel):
    """How many of the documents that share words with the query have which property."""

    total: int = Field(description="Documents counted.")
    kinds: dict[str, int] = Field(description="By kind of document, most first.", examples=[{"note": 62}])
    evidence: dict[str, int] = Field(description="By kind of evidence, most first.")
    ages: dict[str, int] = Field(description="By age group studied, most first.")
    years: dict[str, int] = Field(description="By year, latest first.", examples=[{"2024": 7}])


class Found(BaseModel):
    """A page of hits, best first."""

    query: str
    advanced: bool
    filters: FiltersSet
    concepts: list[Concept]
    notes: list[str] = Field(description="What to know of the search itself.")
    total: int = Field(description="How many documents match.")
    order: str = Field(description='"best", "newest" or "oldest".')
    facets: Facets | None = Field(description="Where they were asked for.")
    offset: int
    next: int | None = Field(description="Offset of the next page; null on the last one that can be had.")
    hits: list[Hit]


class Listing(BaseModel):
    """A page of the library's documents, oldest first."""

    total: int
    next: str | None = Field(description="Cursor of the next page, null on the last.")
    documents: list[Record]


class Status(BaseModel):
    """What the library holds and how it is."""

    folder: str = Field(description="Name of the library's folder.")
    works: int
    documents: int
    originals: int = Field(description="Files kept as they came.")
    kinds: dict[str, int] = Field(description="Documents by kind.")
    evidence: dict[str, int] = Field(description="Documents by kind of evidence.")
    updated: str = Field(description='Time of the last change, ISO 8601, UTC, or "".')
    passages: int = Field(description="Passages in the index.")
    index: str = Field(description='"ready", "behind", "missing" or "broken".')
    legs: list[str] = Field(description='What search stands on: "words", "meaning".')
    encoder: str = Field(description='The encoder that meaning is searched with, or "".')
    embedded: int = Field(description="Documents that have vectors of it.")
    retracted: int = Field(description="Works marked retracted.")
    tombstones: int = Field(description="Records deleted or removed.")
    jobs: int = Field(description="Jobs waiting.")
    problems: int = Field(description="Problems of past adds that still stand.")
    vocabulary: dict[str, int] = Field(description="Concepts by kind.")


class Problems(BaseModel):
    """A page of the problems of past adds that still stand, by file and line."""

    total: int
    next: int | None = Field(description="Offset of the next page, null on the last.")
    problems: list[Problem]


class Named(BaseModel):
    """A concept by id and name."""

    concept: str
    name: str


class Term(BaseModel):
    """A concept of the vocabulary."""

    concept: str = Field(description="Its id.", examples=["d:sirolimus"])
    kind: str = Field(examples=["drug"])
    name: str = Field(description="Preferred name.")
    names: list[str] = Field(description="All names, the preferred one first.")
    brands: list[str] = Field(description="Those of the names that are brands.")
    mesh: str = Field(description='MeSH descriptor id, or "".')
    broader: list[Named] = Field(description="Broader concepts, nearest first.")
    narrower: list[Named] = Field(description="Narrower concepts.")
