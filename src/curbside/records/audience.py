"""Who an answer is for, and the same answer told to somebody who is no clinician."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.answer import Answer, AnswerSentence


class Audience(StrEnum):
    """Whom an answer is told to: the same claims on the same quotes, in other words and order."""

    CLINICIAN = "clinician"
    RESEARCHER = "researcher"
    PATIENT = "patient"  # or a carer, a parent


class Telling(StrEnum):
    """How a sentence of the patient view came about."""

    FIGURES = "built from figures"  # counts of the source, put into a fixed form
    PLAINER = "plainer words"  # the clinician's sentence with easier words, or in shorter sentences
    SOURCE = "the source's words"  # no easier form passed the guards


@dataclass(frozen=True, slots=True)
class Retold:
    """A sentence as a patient is told it.

    Attributes:
        said: the clinician's sentence, whose quotes it stands on.
        claim: what it says, in the easiest words that passed the guards.
        beside: fixed sentences behind it: the share in ten, how far it may be off, how sure it is, to ask first.
        telling: how the claim came about.
    """

    said: AnswerSentence
    claim: str
    beside: tuple[str, ...]
    telling: Telling

    @property
    def text(self) -> str:
        """The claim with what stands beside it."""
        return " ".join((self.claim, *self.beside))


@dataclass(frozen=True, slots=True)
class Legibility:
    """School grades of a text by two formulas (`curbside.language.readability`).

    Attributes:
        flesch_kincaid: grade.
        smog: grade, or None where there are too few sentences.
    """

    flesch_kincaid: float
    smog: float | None


@dataclass(frozen=True, slots=True)
class PatientView:
    """An answer told to a patient or a carer.

    Attributes:
        answer: the same answer with other words, in another order; its quotes are the same, one by one.
        retold: section by section of `answer` its sentences with how they came about.
        terms: words that are explained: (word, meaning), in the order of their first coming.
        grade, clinician: how hard the sentences are to read here, and as a clinician is shown them; None without any.
    """

    answer: Answer
    retold: tuple[tuple[Retold, ...], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    grade: Legibility | None = None
    clinician: Legibility | None = None


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study in the table that a researcher is shown; every cell is words of the study card, "" where not stated.

    Attributes:
        references: numbers of the answer's reference list.
        document: id of its leading report, whose card holds the quotes.
        label: how it is called.
        year: or None.
        design: kind of evidence.
        level: as the design suggests, in words, or "".
        people, arms, given, comparator, follow_up: what is stated of them.
        outcomes, harms: counts with their intervals, then what is stated without a count.
        effects: effect sizes with their intervals.
        notices: retraction, expression of concern, correction, in words.
    """

    references: tuple[int, ...]
    document: str
    label: str
    year: int | None
    design: str
    level: str
    people: tuple[str, ...] = ()
    arms: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    comparator: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step from the library to the sources cited, and how many documents were left after it."""

    words: str
    documents: int


@dataclass(frozen=True, slots=True)
class ResearcherView:
    """An answer with the table, the search and the flow behind it.

    Attributes:
        answer: as a clinician is shown it.
        studies: what it cites, a row a study.
        flow: documents held, matched, read, quoted.
    """

    answer: Answer
    studies: tuple[StudyRow, ...] = ()
    flow: tuple[FlowStep, ...] = ()
