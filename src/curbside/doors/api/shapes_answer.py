"""What the API answers a question with; the shapes of `curbside ask --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from curbside.doors.api.shapes_audience import PatientTold, ResearcherTold
from curbside.doors.api.shapes_thread import ThreadPlace


class Problem(BaseModel):
    """What could not be done with an input, as data."""

    what: str = Field(description="One sentence: what is wrong and what was done about it.")
    where: str = Field(description="File or address.")
    line: int = Field(description="Line in it, from 1; 0 where lines mean nothing.")
    remedy: str = Field(description='What you can do, or "".')
    lost: bool = Field(description="Whether something of the input did not get into the library; false for a remark.")


class Quote(BaseModel):
    """Words of a document and where they stand in its text: code points, half open."""

    document: str = Field(description="Id of the document.", examples=["d0c1f6a53f0e4cf6b1a2"])
    start: int
    end: int
    words: str = Field(description="Exactly what stands there.")


class Recognised(BaseModel):
    """A concept recognised in a question."""

    name: str = Field(description="Preferred name.", examples=["sirolimus"])
    concept: str = Field(description="Id of the concept.", examples=["d:sirolimus"])
    start: int = Field(description="Where it stands in the question.")
    end: int
    corrected: str = Field(description='The misspelt words as typed, or "".')


class FiltersSet(BaseModel):
    """The filters that are set; the others are left out. Names of concepts have become ids."""

    kinds: list[str] = []
    evidence: list[str] = []
    since: int | None = None
    until: int | None = None
    drugs: list[str] = []
    conditions: list[str] = []
    ages: list[str] = []
    noticed: bool | None = None
    shelves: list[str] = []


class Understood(BaseModel):
    """What was understood of a question."""

    intents: list[str] = Field(description="What it wants, most certain first.", examples=[["efficacy"]])
    drugs: list[Recognised]
    classes: list[Recognised]
    conditions: list[Recognised]
    procedures: list[Recognised]
    populations: list[str] = Field(description="People named.")
    routes: list[str] = Field(description="Routes named.")
    words: list[str] = Field(description="Other words of content.")
    filters: FiltersSet


class Derivation(BaseModel):
    """A number that was computed, not quoted."""

    value: str = Field(description="As shown.")
    arithmetic: str = Field(description="The calculation in full.")


class Sentence(BaseModel):
    """A sentence of an answer and the words that it stands on."""

    text: str = Field(description="As shown.")
    quotes: list[Quote] = Field(description="Never empty.")
    also: list[Quote] = Field(description="Words of further sources that say the same.")
    references: list[int] = Field(description="Numbers of the reference list.")
    derived: list[Derivation]
    group: str = Field(description='What it is about within its section, or "".', examples=["topical"])
    extracted: str = Field(description='The source\'s words, where a language model reworded them; else "".')


class Section(BaseModel):
    """A headed group of sentences."""

    heading: str = Field(examples=["From the research"])
    facet: str = Field(description="What it tells, for programs.", examples=["research"])
    sentences: list[Sentence]


class Absence(BaseModel):
    """What was looked for and not found."""

    facet: str = Field(description="What was looked for.")
    documents: list[str] = Field(description="Ids of the documents looked at.")
    nearest: Quote | None = Field(description="The quote that came nearest.")
    references: list[int] = Field(description="Numbers of the reference list.")
    asked: bool = Field(description="Whether the question asks for it; else a reader would miss it.")


class ReasonGiven(BaseModel):
    """A reason to trust evidence less, or more."""

    domain: str = Field(examples=["imprecision"])
    steps: int = Field(description="-2, -1, 0 or 1; 0 where it changes nothing or could not be judged.")
    words: str


class SuggestedLevel(BaseModel):
    """A level of evidence that a machine suggests; a person decides."""

    aim: str = Field(examples=["treatment benefit"])
    level: int | None = Field(description="1 (best) to 5 by OCEBM 2011, or null.")
    certainty: str = Field(description='"high", "moderate", "low", "very low", or "".')
    words: str = Field(examples=["OCEBM level 4, low certainty (suggested)"])
    reasons: list[ReasonGiven]


class Reference(BaseModel):
    """An entry of an answer's reference list."""

    number: int = Field(description="From 1, in order of first citation.")
    work: str
    document: str
    origin: str = Field(description="The file or address that the document came from.")
    title: str
    year: int | None
    kind: str = Field(description="Kind of evidence, in words.")
    secondary: bool = Field(description="Whether it reports what others found.")
    citation: str = Field(description="NLM style.")
    ids: dict[str, str] = Field(description="`pmid`, `pmcid`, `doi`, `nct` and others, as far as known.")
    level: SuggestedLevel | None = Field(description="Of the study that it reports; null where it reports none.")
    people: int | None = Field(description="How many took part; null where it is not stated.")


class Read(BaseModel):
    """How many documents were looked at, of how many."""

    documents: int
    of: int


class SourceSays(BaseModel):
    """What one source suggests on a yes/no question."""

    says: str = Field(description="`yes`, `no` or `maybe`.")
    quote: Quote = Field(description="The sentence that decided.")
    why: str = Field(description="What is read in it.")
    reference: int


class AnswerVerdict(BaseModel):
    """What the sources of an answer suggest together on a yes/no question."""

    says: str = Field(description="`yes`, `no`, `maybe`, or `mixed` where sources point both ways.")
    words: str = Field(description="It and its reason in one sentence.")
    sources: list[SourceSays]


class OpposedSide(BaseModel):
    """One side where sources disagree."""

    text: str = Field(description="Its sentence as shown.")
    quote: Quote
    reference: int


class Opposed(BaseModel):
    """Two sources that say opposite things of one matter."""

    about: str = Field(description="The matter, in words.")
    sides: list[OpposedSide] = Field(description="Two.")
    decided: str = Field(description="The words that stand against each other.")
    why: list[str] = Field(description="How the two sources differ, which may explain it.")


class Superseded(BaseModel):
    """An older source whose matter newer and stronger ones have answered since."""

    reference: int
    by: list[int] = Field(description="Numbers of the newer ones.")
    words: str


class SearchStep(BaseModel):
    """One way in which the index was asked."""

    words: str
    matched: int = Field(description="Documents that match.")
    taken: int = Field(description="Documents that it added to those read.")


class LeftOut(BaseModel):
    """Why documents that were read are not cited."""

    why: str
    documents: int


class SearchDone(BaseModel):
    """What was searched and when."""

    changed: str = Field(description="When the library last changed, ISO 8601, UTC.")
    held: int = Field(description="Documents that the library shows.")
    steps: list[SearchStep]
    filters: list[str] = Field(description="Conditions on the sources, in words.")
    read: int = Field(description="Documents read.")
    fitting: int = Field(description="Those with a sentence that may speak to the question.")
    quoted: int = Field(description="Those cited.")
    left_out: list[LeftOut]


class Answer(BaseModel):
    """An answer, or a decline: no sections means that it declines."""

    question: str = Field(description="As asked.")
    understood: Understood
    declined: bool = Field(description="True where there is no answer; then `sections` is empty.")
    sections: list[Section]
    absences: list[Absence]
    references: list[Reference]
    notes: list[str] = Field(description="What to know of the answering itself.")
    searched: Read
    problems: list[Problem]
    verdict: AnswerVerdict | None = Field(description="Null where the question is none of yes or no, or none is told.")
    opposed: list[Opposed] = Field(description="Sources that disagree.")
    superseded: list[Superseded] = Field(description="Older sources that newer ones have answered since.")
    level: SuggestedLevel | None = Field(description="Of the body of studies cited; null where none has a level.")
    search: SearchDone | None
    suggested: list[str] = Field(description="Follow-ups that the documents read hold something for.")
    terms: list[str] = Field(description="What a language model suggests searching for besides; held by the library.")
    thread: ThreadPlace | None = Field(description="How it was read as a turn of a thread; null where it is none.")
    audience: str = Field(default="clinician", description="Whom it is told to; left out for clinicians.")
    patient: PatientTold | None = Field(default=None, description="There where it is told to a patient.")
    researcher: ResearcherTold | None = Field(default=None, description="There where it is laid out for a researcher.")


class Kept(BaseModel):
    """A question that is kept, with an answer from the library as it is now."""

    id: str = Field(description="22 random characters.")
    asked: str = Field(description="When it was first asked, ISO 8601, UTC.")
    changed: bool = Field(description="Whether the answer differs from the one first given.")
    answer: Answer


class Searched(BaseModel):
    """Event `searching`: the index was asked once."""

    matched: int = Field(description="Documents that match.")
    chosen: int = Field(description="Documents chosen so far.")


class Reading(BaseModel):
    """Event `reading`: the documents chosen are being read."""

    documents: list[str] = Field(description="Their ids, most relevant first.")
    of: int = Field(description="Documents that the library shows.")


class NumberedSection(Section):
    """Event `section`: one section of the answer."""

    number: int = Field(description="From 1.")
    of: int = Field(description="How many there are.")
