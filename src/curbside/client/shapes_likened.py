"""What the API sends of similar works and of summaries, as frozen records; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.client.shapes import Derivation, Quote


@dataclass(frozen=True, slots=True)
class SharedGround:
    """One thing that two texts share."""

    ground: str
    words: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarText:
    """A text that resembles the one asked about, with why."""

    document: str
    work: str
    kind: str
    evidence: str
    title: str
    year: int | None
    start: int
    end: int
    score: float
    why: tuple[SharedGround, ...]
    retracted: bool
    noticed: bool


@dataclass(frozen=True, slots=True)
class SimilarTexts:
    """Texts that keep to the subject, best first; `notes` say where they are fewer than wanted."""

    total: int
    wanted: int
    notes: tuple[str, ...]
    results: tuple[SimilarText, ...]


@dataclass(frozen=True, slots=True)
class SimilarFound:
    """Works, and posts and questions of pages, that resemble a work."""

    document: str
    works: SimilarTexts
    posts: SimilarTexts


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence and the words it stands on."""

    text: str
    quotes: tuple[Quote, ...]
    derived: tuple[Derivation, ...]


@dataclass(frozen=True, slots=True)
class SummarySection:
    """A headed group of sentences."""

    heading: str
    sentences: tuple[SummarySentence, ...]


@dataclass(frozen=True, slots=True)
class TermMeant:
    """A word of research and its meaning."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """The short of a work and a plain account of it; `generated` says how it was made."""

    document: str
    title: str
    basis: str
    generated: str
    notes: tuple[str, ...]
    tldr: tuple[SummarySentence, ...]
    no_tldr: str
    sections: tuple[SummarySection, ...]
    not_stated: tuple[str, ...]
    terms: tuple[TermMeant, ...]
