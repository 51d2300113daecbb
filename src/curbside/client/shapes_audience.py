"""What the server adds to an answer for an audience."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retold:
    """How a sentence of the patient view came about; `said` is the clinician's sentence."""

    claim: str
    beside: tuple[str, ...]
    telling: str
    said: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A word of the glossary that the answer uses."""

    term: str
    means: str


@dataclass(frozen=True, slots=True)
class Legibility:
    """School grades of a text; SMOG is None for fewer than three sentences."""

    flesch_kincaid: float
    smog: float | None


@dataclass(frozen=True, slots=True)
class PatientTold:
    """What stands beside an answer that is told to a patient; `sentences` are those of all sections in order."""

    sentences: tuple[Retold, ...]
    terms: tuple[Explained, ...]
    grade: Legibility | None
    clinician: Legibility | None


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study that the answer cites; cells are words of its card, empty where it states nothing."""

    references: tuple[int, ...]
    document: str
    label: str
    year: int | None
    design: str
    level: str
    people: tuple[str, ...]
    arms: tuple[str, ...]
    given: tuple[str, ...]
    comparator: tuple[str, ...]
    outcomes: tuple[str, ...]
    effects: tuple[str, ...]
    harms: tuple[str, ...]
    follow_up: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step from the library to the sources cited, and how many documents were left after it."""

    words: str
    documents: int


@dataclass(frozen=True, slots=True)
class ResearcherTold:
    """What stands beside an answer that is laid out for a researcher."""

    studies: tuple[StudyRow, ...]
    flow: tuple[FlowStep, ...]
