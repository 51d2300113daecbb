"""What the API sends of citations, as frozen records; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.client.shapes import Quote


@dataclass(frozen=True, slots=True)
class SectionCounts:
    """The counts of a section of the citing works."""

    supporting: int
    contrasting: int
    mentioning: int
    section: str


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The counts of a year of the citing works."""

    supporting: int
    contrasting: int
    mentioning: int
    year: int | None


@dataclass(frozen=True, slots=True)
class StanceTally:
    """How often something was cited, and how; citations by retracted works are counted in `retracted` alone."""

    supporting: int
    contrasting: int
    mentioning: int
    total: int
    by_section: tuple[SectionCounts, ...]
    by_year: tuple[YearCounts, ...]
    own: int
    others: int
    works: int
    retracted: int


@dataclass(frozen=True, slots=True)
class WorkLink:
    """How an entry of a reference list was joined to a work; one that is `flagged` wants looking at."""

    reference: int
    work: str
    by: str
    score: float
    flagged: bool


@dataclass(frozen=True, slots=True)
class CitedMarker:
    """An in-text citation as printed."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class FiguresBeside:
    """Findings of two works on one outcome, held against each other; they do not change the stance."""

    citing: Quote
    cited: Quote
    same_direction: bool | None
    overlap: bool | None
    why_not: str
    words: str


@dataclass(frozen=True, slots=True)
class CitationMade:
    """A statement of one document about one work."""

    id: str
    work: str
    document: str
    title: str
    year: int | None
    section: str
    stance: str
    probability: float
    reason: str
    maker: str
    changed_by: tuple[str, ...]
    deciding: tuple[Quote, ...]
    self_citation: bool
    marker: CitedMarker
    repeat: bool
    sentence: Quote
    before: Quote | None
    after: Quote | None
    entry: str
    link: WorkLink
    retracted: bool
    figures: FiguresBeside | None


@dataclass(frozen=True, slots=True)
class CitedStub:
    """A cited work that the library does not hold: what the list prints of it."""

    key: str
    title: str
    year: str
    authors: tuple[str, ...]
    ids: dict[str, str]
    text: str
    works: int


@dataclass(frozen=True, slots=True)
class CitedEntry:
    """An entry of a work's reference list, with the work held or a stub."""

    label: str
    text: str
    link: WorkLink
    title: str
    retracted: bool
    stub: CitedStub | None
    citations: tuple[CitationMade, ...]


@dataclass(frozen=True, slots=True)
class CitationsShown:
    """Who cites a work or an author, and what the work cites."""

    name: str
    title: str
    documents: tuple[str, ...]
    tally: StanceTally
    total: int
    offset: int
    citing: tuple[CitationMade, ...]
    unstated: tuple[str, ...]
    cited: tuple[CitedEntry, ...]
