"""Questions and answers: every sentence of an answer stands on quotes, or there is no sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.answer_beside import AnswerFacet, AnswerVerdict, Opposed, SearchDone, Superseded
from curbside.records.identifiers import Identifiers
from curbside.records.query import Expansion, Filters
from curbside.records.reading import Problem
from curbside.records.span import Quote
from curbside.records.study import Level


class Intent(StrEnum):
    """What a question wants to know."""

    USE = "use"
    EFFICACY = "efficacy"
    COMPARISON = "comparison"
    DOSE = "dose"
    SCHEDULE = "schedule"
    HARM = "harm"
    MONITORING = "monitoring"
    CONTRAINDICATION = "contraindication"
    INTERACTION = "interaction"
    PREGNANCY = "pregnancy"
    MECHANISM = "mechanism"
    LINE = "line of therapy"
    RECURRENCE = "recurrence"
    COUNT = "count"
    EFFECT = "effect size"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what Curbside understood of it.

    Attributes:
        text: as asked.
        intents: what it wants to know, most certain first; never empty.
        drugs, classes, conditions, procedures: concepts recognised, with the words they were read from.
        outcomes: conditions asked about as outcomes ("cause proteinuria", "risk of infection"), which a sentence must
            name; `conditions` holds the others.
        prior: treatments tried before ("after steroids failed"), which are not asked about.
        populations: age or other groups named ("child", "infant", "pregnant", "transplant recipient").
        routes: "oral", "topical", "intravenous" …
        words: content words that no concept, population, route or intent accounts for, lower case.
        filters: conditions on the sources.
    """

    text: str
    intents: tuple[Intent, ...]
    drugs: tuple[Expansion, ...] = ()
    classes: tuple[Expansion, ...] = ()
    conditions: tuple[Expansion, ...] = ()
    procedures: tuple[Expansion, ...] = ()
    outcomes: tuple[Expansion, ...] = ()
    prior: tuple[Expansion, ...] = ()
    populations: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    filters: Filters = Filters()

    @property
    def expansions(self) -> tuple[Expansion, ...]:
        """All concepts recognised."""
        return (*self.drugs, *self.classes, *self.conditions, *self.procedures, *self.outcomes)


@dataclass(frozen=True, slots=True)
class Derivation:
    """A number that is computed, not quoted.

    Attributes:
        value: as shown ("10").
        arithmetic: the calculation in full ("76.9 % of 13 = 9.997, rounded to 10").
    """

    value: str
    arithmetic: str


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of an answer.

    Attributes:
        text: as shown.
        quotes: the words it stands on; never empty.
        references: numbers of the reference list, one a document quoted, without repeats.
        derived: computed numbers in it.
        also: words of further sources that say the same, one or two a source; their numbers stand in `references` too.
        group: what it is about within its section ("topical", "psoriasis"), or "".
        extracted: what stood here before a language model reworded it, or "" where nothing was reworded.
    """

    text: str
    quotes: tuple[Quote, ...]
    references: tuple[int, ...]
    derived: tuple[Derivation, ...] = ()
    also: tuple[Quote, ...] = ()
    group: str = ""
    extracted: str = ""

    @property
    def cited(self) -> tuple[Quote, ...]:
        """All words that it opens, its own first."""
        return (*self.quotes, *self.also)


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """A headed group of sentences.

    Attributes:
        heading: as shown.
        sentences: never empty; those of one `group` stand together.
        facet: what it tells, for programs.
    """

    heading: str
    sentences: tuple[AnswerSentence, ...]
    facet: AnswerFacet = AnswerFacet.RESEARCH


@dataclass(frozen=True, slots=True)
class Absence:
    """What was looked for and not found: "not stated" as a value.

    Attributes:
        facet: what was looked for, in words ("oral dose of sirolimus for facial angiofibroma").
        documents: ids of the documents in which it was looked for.
        nearest: the quote that came nearest, or None.
        references: numbers of the reference list for `nearest` and for documents that are cited.
        asked: whether the question asks for it; else a reader would miss it.
    """

    facet: str
    documents: tuple[str, ...]
    nearest: Quote | None = None
    references: tuple[int, ...] = ()
    asked: bool = True


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """An entry of an answer's reference list.

    Attributes:
        number: from 1, in order of first citation.
        work, document: their ids.
        origin: the file or address the document came from.
        title: its title.
        year: or None where not known.
        kind: kind of evidence, in words.
        secondary: whether it reports what others found.
        citation: NLM style.
        ids: identifiers.
        level: of the study that it reports, as its design suggests, or None where it reports no study.
        people: how many took part, or None where it is not stated.
    """

    number: int
    work: str
    document: str
    origin: str
    title: str
    year: int | None
    kind: str
    secondary: bool
    citation: str
    ids: Identifiers
    level: Level | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a decline: no sections means that it declines.

    Attributes:
        question: what was understood.
        declined: whether it declines.
        sections: headed sentences.
        absences: what was looked for and not found.
        references: one numbering over all of it.
        notes: what the reader should know of the answering itself ("read 'siroliums' as sirolimus").
        searched: how many documents were looked at, of how many.
        problems: what could not be done.
        verdict: what the sources suggest on a yes/no question, or None where it is none or they suggest nothing.
        opposed: sources of it that disagree.
        superseded: sources of it that newer and stronger ones have answered since.
        level: of the body of studies cited, or None where none has a level.
        search: what was searched and when, or None where nobody says.
        suggested: follow-ups that the documents read hold something for, as one would type them.
        terms: what a language model suggests searching for besides: names of the vocabulary, held by the library.
    """

    question: Question
    declined: bool
    sections: tuple[AnswerSection, ...] = ()
    absences: tuple[Absence, ...] = ()
    references: tuple[ReferenceEntry, ...] = ()
    notes: tuple[str, ...] = ()
    searched: tuple[int, int] = (0, 0)
    problems: tuple[Problem, ...] = ()
    verdict: AnswerVerdict | None = None
    opposed: tuple[Opposed, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    level: Level | None = None
    search: SearchDone | None = None
    suggested: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[AnswerSentence, ...]:
        """All sentences, in order."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)
