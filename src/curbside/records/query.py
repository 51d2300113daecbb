"""What is asked of the index, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Span


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that every hit must meet; empty means no condition, several values mean any of them.

    Attributes:
        kinds: document kinds ("article").
        evidence: evidence kinds ("randomised trial").
        since, until: years, both included.
        drugs, conditions: concept ids, narrower concepts included.
        ages: age groups.
        noticed: only works with (True) or without (False) an editorial notice.
        shelves: keys of the shelf (`curbside.records.shelf`).
    """

    kinds: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    drugs: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    noticed: bool | None = None
    shelves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept found in the query and the other names it is searched under.

    Attributes:
        span: the words in the query.
        concept: concept id.
        name: preferred name.
        ids: concept ids that answer for it: itself and narrower ones, for a class its members only when asked.
        corrected: the misspelt words as typed, or "" where they were spelt as known.
    """

    span: Span
    concept: str
    name: str
    ids: tuple[str, ...]
    corrected: str = ""


class Order(StrEnum):
    """The order of a result list; documents without a year come last in both orders of years."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Query:
    """A search: words, the concepts among them, and filters.

    Attributes:
        text: as typed.
        expansions: concepts recognised in it.
        filters: conditions.
        advanced: whether `text` is in the advanced language.
        limit: hits wanted.
        offset: hits to skip.
        order: best first, or by year of publication and then by document id.
        among: ids of the only documents wanted, where there are any; which they are never changes a score.
    """

    text: str
    expansions: tuple[Expansion, ...] = ()
    filters: Filters = Filters()
    advanced: bool = False
    limit: int = 10
    offset: int = 0
    among: tuple[str, ...] = ()
    order: Order = Order.BEST


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked result.

    Attributes:
        document: document id.
        work: work id.
        span: the passage that matched best (the whole text for a short document).
        score: BM25 score, or with vectors the weighted sum of both legs; comparable within one result list only.
    """

    document: str
    work: str
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of results.

    Attributes:
        query: what was asked.
        hits: best first.
        total: how many documents matched in all.
        notes: what the reader should know of the searching (that meaning could not be searched, and why).
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the documents that match have which property; what none of them has is left out.

    Attributes:
        total: documents counted.
        kinds, evidence, ages: (value, documents) pairs, most first.
        years: (year, documents) pairs, latest first.
    """

    total: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    evidence: tuple[tuple[str, int], ...] = ()
    ages: tuple[tuple[str, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
