"""What the API sends, as frozen records under the names that its OpenAPI gives them; see `docs/reference/api.md`.

A test holds them against the OpenAPI. Fields that a later server adds are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass

from curbside.client.shapes_audience import PatientTold, ResearcherTold
from curbside.client.shapes_thread import ThreadPlace


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be done with an input."""

    what: str
    where: str
    line: int
    remedy: str
    lost: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document and where they stand: code points, half open."""

    document: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A concept recognised in a question."""

    name: str
    concept: str
    start: int
    end: int
    corrected: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on the sources; empty means no condition, several values mean any of them.

    Drugs and conditions may be given by name or id; the server answers with ids.
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
class Understood:
    """What was understood of a question."""

    intents: tuple[str, ...]
    drugs: tuple[Recognised, ...]
    classes: tuple[Recognised, ...]
    conditions: tuple[Recognised, ...]
    procedures: tuple[Recognised, ...]
    populations: tuple[str, ...]
    routes: tuple[str, ...]
    words: tuple[str, ...]
    filters: Filters


@dataclass(frozen=True, slots=True)
class Derivation:
    """A number that was computed, not quoted."""

    value: str
    arithmetic: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer and the words that it stands on."""

    text: str
    quotes: tuple[Quote, ...]
    also: tuple[Quote, ...]
    references: tuple[int, ...]
    derived: tuple[Derivation, ...]
    group: str
    extracted: str


@dataclass(frozen=True, slots=True)
class Section:
    """A headed group of sentences."""

    heading: str
    facet: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """One section of an answer in progress: its number, from 1, of how many."""

    heading: str
    facet: str
    sentences: tuple[Sentence, ...]
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Absence:
    """What was looked for and not found."""

    facet: str
    documents: tuple[str, ...]
    nearest: Quote | None
    references: tuple[int, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """A reason to trust evidence less, or more."""

    domain: str
    steps: int
    words: str


@dataclass(frozen=True, slots=True)
class SuggestedLevel:
    """A level of evidence that a machine suggests; a person decides."""

    aim: str
    level: int | None
    certainty: str
    words: str
    reasons: tuple[ReasonGiven, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of an answer's reference list."""

    number: int
    work: str
    document: str
    origin: str
    title: str
    year: int | None
    kind: str
    secondary: bool
    citation: str
    ids: dict[str, str]
    level: SuggestedLevel | None
    people: int | None


@dataclass(frozen=True, slots=True)
class Read:
    """How many documents were looked at, of how many."""

    documents: int
    of: int


@dataclass(frozen=True, slots=True)
class SourceSays:
    """What one source suggests on a yes/no question."""

    says: str
    quote: Quote
    why: str
    reference: int


@dataclass(frozen=True, slots=True)
class AnswerVerdict:
    """What the sources of an answer suggest together on a yes/no question."""

    says: str
    words: str
    sources: tuple[SourceSays, ...]


@dataclass(frozen=True, slots=True)
class OpposedSide:
    """One side where sources disagree."""

    text: str
    quote: Quote
    reference: int


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two sources that say opposite things of one matter."""

    about: str
    sides: tuple[OpposedSide, ...]
    decided: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Superseded:
    """An older source whose matter newer and stronger ones have answered since."""

    reference: int
    by: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class SearchStep:
    """One way in which the index was asked."""

    words: str
    matched: int
    taken: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why documents that were read are not cited."""

    why: str
    documents: int


@dataclass(frozen=True, slots=True)
class SearchDone:
    """What was searched and when."""

    changed: str
    held: int
    steps: tuple[SearchStep, ...]
    filters: tuple[str, ...]
    read: int
    fitting: int
    quoted: int
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a decline: no sections means that it declines."""

    question: str
    understood: Understood
    declined: bool
    sections: tuple[Section, ...]
    absences: tuple[Absence, ...]
    references: tuple[Reference, ...]
    notes: tuple[str, ...]
    searched: Read
    problems: tuple[Problem, ...]
    verdict: AnswerVerdict | None
    opposed: tuple[Opposed, ...]
    superseded: tuple[Superseded, ...]
    level: SuggestedLevel | None
    search: SearchDone | None
    suggested: tuple[str, ...]
    terms: tuple[str, ...]
    thread: ThreadPlace | None
    audience: str = "clinician"
    patient: PatientTold | None = None
    researcher: ResearcherTold | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that is kept, with an answer from the library as it is now."""

    id: str
    asked: str
    changed: bool
    answer: Answer


@dataclass(frozen=True, slots=True)
class Searched:
    """The index was asked once: documents that match, and how many are chosen so far."""

    matched: int
    chosen: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents chosen are being read, of how many that the library shows."""

    documents: tuple[str, ...]
    of: int
