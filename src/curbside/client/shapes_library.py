"""What the API sends of documents, searches, the library and uploads, as frozen records; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.client.shapes import Filters, Problem


@dataclass(frozen=True, slots=True)
class Notice:
    """An editorial notice that a work received or that a document issues."""

    kind: str
    issued: bool
    ids: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a document."""

    document: str
    work: str
    origin: str
    line: int
    kind: str
    evidence: str
    secondary: bool
    title: str
    year: int | None
    citation: str
    ids: dict[str, str]
    n: int | None
    drugs: tuple[str, ...]
    conditions: tuple[str, ...]
    ages: tuple[str, ...]
    types: tuple[str, ...]
    retracted: bool
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document in which one voice speaks."""

    role: str
    group: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A titled or labelled stretch of a document."""

    heading: str
    category: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document(Record):
    """A document with its text, into which all offsets point."""

    text: str
    parts: tuple[Part, ...]
    sections: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """All documents of a work, oldest first."""

    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document and where they stand."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document with what stands around it."""

    document: str
    work: str
    title: str
    citation: str
    start: int
    end: int
    words: str
    passage: Passage
    headings: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of a document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit(Record):
    """A document found and the passage that matched best."""

    score: float
    start: int
    end: int
    passage: str
    snippet: Range


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept recognised in a search and the ids that answer for it."""

    name: str
    concept: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the documents found have which property."""

    total: int
    kinds: dict[str, int]
    evidence: dict[str, int]
    ages: dict[str, int]
    years: dict[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits; `next` is the offset of the page after it, or None."""

    query: str
    advanced: bool
    filters: Filters
    concepts: tuple[Concept, ...]
    notes: tuple[str, ...]
    total: int
    order: str
    facets: Facets | None
    offset: int
    next: int | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the library's documents, oldest first; `next` is the cursor of the page after it, or None."""

    total: int
    next: str | None
    documents: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """What the library holds and how it is."""

    folder: str
    works: int
    documents: int
    originals: int
    kinds: dict[str, int]
    evidence: dict[str, int]
    updated: str
    passages: int
    index: str
    legs: tuple[str, ...]
    encoder: str
    embedded: int
    retracted: int
    tombstones: int
    jobs: int
    problems: int
    vocabulary: dict[str, int]


@dataclass(frozen=True, slots=True)
class Problems:
    """A page of the problems of past adds; `next` is the offset of the page after it, or None."""

    total: int
    next: int | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A concept by id and name."""

    concept: str
    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of the vocabulary."""

    concept: str
    kind: str
    name: str
    names: tuple[str, ...]
    brands: tuple[str, ...]
    mesh: str
    broader: tuple[Named, ...]
    narrower: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of an upload."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the adding of an upload is."""

    files: int
    files_total: int
    records: int
    size: int
    size_total: int
    seconds: float
    rate: float
    left: float | None


@dataclass(frozen=True, slots=True)
class Brought:
    """A document that an upload brought."""

    document: str
    work: str
    title: str
    kind: str
    origin: str


@dataclass(frozen=True, slots=True)
class Result:
    """What adding an upload did."""

    added: int
    joined: int
    replaced: int
    deleted: int
    present: int
    files: int
    problems: tuple[Problem, ...]
    documents: tuple[Brought, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """An upload and how far it is: "receiving", "waiting", "working", "done" or "failed"."""

    id: str
    state: str
    time: str
    files: tuple[SentFile, ...]
    progress: Progress | None
    result: Result | None
    why: str

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed")
