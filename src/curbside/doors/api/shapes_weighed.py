"""What the API shows of evidence: facts, studies, profiles, the ledger; the shapes of the command line's `--json`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from curbside.doors.api.shapes_answer import Answer, SuggestedLevel
from curbside.doors.api.shapes_record import Named


class Fact(BaseModel):
    """What a document states of a field, or does not state, with the words it stands on."""

    document: str = Field(description="Id of the document.")
    field: str = Field(description="Of what.", examples=["dose"])
    stated: bool = Field(description="False: the document was read for it and does not state it.")
    text: str = Field(description="The value in words.", examples=["0.8 mg/m2 twice a day"])
    printed: dict[str, str] = Field(
        description="The value's parts as printed; several terms with semicolons between them.",
        examples=[{"amount": "0.8", "unit": "mg", "per": "m2", "frequency": "2/day"}],
    )
    start: int = Field(description="Where the words stand: code points, half open.")
    end: int
    words: str = Field(description="Exactly what stands there.")
    outcome: str = Field(description='What was counted or measured, as the source words it, or "".')
    about: list[str] = Field(description="Ids of the drugs and conditions that it is about.")
    arm: str = Field(description='Whom it is about, or "".')
    hedges: list[str] = Field(description="Words of doubt that govern it.")
    negated: bool = Field(description="Whether it is denied.")
    serious: bool = Field(description="Whether a harm is called serious, severe or fatal.")
    arithmetic: str = Field(description='The calculation where a part of it was computed, or "".')


class ReportHeld(BaseModel):
    """A document that reports a study."""

    document: str
    work: str
    title: str
    year: int | None
    kind: str = Field(description="Kind of document.")
    evidence: str = Field(description="Kind of evidence.")
    citation: str = Field(description="NLM style.")
    secondary: bool = Field(description="Whether it is a note on another text.")
    text: bool = Field(description="Whether it has words beyond its title.")
    standing: list[str] = Field(description="Notices on the work.")


class LinkFound(BaseModel):
    """What joins two reports of a study."""

    bond: str = Field(examples=["registration number"])
    documents: list[str]
    words: str = Field(description="What they share.")


class StudyHeld(BaseModel):
    """A study with its reports, and what they state or do not."""

    study: str = Field(description="Work id of the leading report.")
    label: str
    title: str
    year: int | None
    design: str
    level: SuggestedLevel | None
    wider: bool = Field(description="Whether the condition is a part of what it studied.")
    several: bool = Field(description="Whether the drug is one of several treatments that it tells of.")
    beside: list[str] = Field(description="Other drugs that its titles name.")
    reports: list[ReportHeld]
    links: list[LinkFound]
    facts: list[Fact]


class CountOfStudy(BaseModel):
    """How many people of a study had an outcome or a harm."""

    study: str
    label: str
    k: int
    n: int
    low: float = Field(description="Lower bound of the share's 95 % interval, 0 to 1.")
    high: float
    method: str = Field(description="How the interval was made.")
    words: str = Field(examples=["10 of 13, 77 %, 95 % CI 50–92"])
    counted: bool = Field(description="Whether it is the study's figure for those who had the drug.")
    why: str = Field(description='What it is otherwise, or "".')
    fact: Fact


class Bounds(BaseModel):
    """An interval of a share, 0 to 1."""

    low: float
    high: float
    level: float


class WeightOfStudy(BaseModel):
    """What part of a pooled share a study is."""

    label: str
    percent: float


class WithoutStudy(BaseModel):
    """A pooled share without one of its studies."""

    label: str
    estimate: float
    interval: Bounds


class PooledShare(BaseModel):
    """A share pooled across studies."""

    measure: str
    method: str
    estimate: float
    interval: Bounds
    prediction: Bounds | None = Field(description="Where a further study would lie.")
    tau2: float
    i2: float = Field(description="Heterogeneity in percent.")
    q: float
    q_df: int
    q_p: float
    weights: list[WeightOfStudy]
    left_out: list[WithoutStudy]
    warnings: list[str]


class TallyOfOutcome(BaseModel):
    """Counts of an outcome, or harm, at one time point."""

    outcome: str
    time: str
    serious: bool
    lines: list[CountOfStudy]
    pooled: PooledShare | None
    not_pooled: str = Field(description='Why nothing, or not all, was pooled, or "".')
    told: list[Fact] = Field(description="Reported without a count.")


class StatedBy(BaseModel):
    """What a study states."""

    study: str
    label: str
    fact: Fact


class FieldStated(BaseModel):
    """What studies state of a field."""

    field: str
    values: list[StatedBy]


class Difference(BaseModel):
    """An attribute in which two studies differ."""

    attribute: str
    lower: str
    higher: str


class DisagreementFound(BaseModel):
    """Two studies whose intervals for one outcome do not meet."""

    outcome: str
    time: str
    lower: CountOfStudy
    higher: CountOfStudy
    differences: list[Difference]


class GapFound(BaseModel):
    """A field that studies do not state."""

    field: str
    studies: list[str]
    of: int


class NewerFound(BaseModel):
    """Something newer, or a notice."""

    study: str
    words: str
    document: str


class OverlapFound(BaseModel):
    """Two studies that may share people."""

    studies: list[str]
    words: str


class LicenceKnown(BaseModel):
    """A row of the table of licences; what the table does not have is unknown, not unlicensed."""

    drug: str
    condition: str
    indication: str
    route: str
    ages: str
    youngest: int | None
    place: str = Field(examples=["US"])
    date: str
    source: str = Field(examples=["FDA NDA 213478"])
    product: str
    file: str = Field(description='The user\'s own file and line, or "".')


class SaidOfClass(BaseModel):
    """What a source says of a class that the drug belongs to; it counts nowhere."""

    of: Named = Field(description="The class.")
    study: StudyHeld
    facts: list[Fact] = Field(description="Sentences that name the class, at most three.")


class EvidenceProfile(BaseModel):
    """What the library holds on a drug for a condition, weighed."""

    drug: Named
    condition: Named
    read: int = Field(description="Documents read.")
    matched: int = Field(description="Documents that name drug and condition.")
    searched: str = Field(description="Time of the library's last change.")
    level: SuggestedLevel | None
    n: int = Field(description="People in the studies that state a number.")
    unsized: int = Field(description="Studies that state none.")
    newest: str
    licences: list[LicenceKnown]
    studies: list[StudyHeld]
    wider: list[StudyHeld] = Field(description="Studies of a wider group or of several treatments.")
    syntheses: list[StudyHeld]
    guidelines: list[StudyHeld]
    planned: list[StudyHeld]
    secondary: list[StudyHeld]
    retracted: list[StudyHeld] = Field(description="Left out of everything else.")
    outcomes: list[TallyOfOutcome]
    harms: list[TallyOfOutcome]
    effects: list[StatedBy]
    stated: list[FieldStated]
    disagreements: list[DisagreementFound]
    gaps: list[GapFound]
    newer: list[NewerFound]
    overlaps: list[OverlapFound]
    notes: list[str]
    classes: list[SaidOfClass] = Field(description="Said of a class that the drug belongs to; counted nowhere.")


class LedgerUse(BaseModel):
    """A use of a drug: where it is licensed, and what is held on it."""

    drug: Named
    condition: Named
    route: str
    ages: str
    licensed: str = Field(description='In words; "not in our table" means unknown.')
    licences: list[LicenceKnown]
    near: list[LicenceKnown] = Field(description="For another route, other ages, or a part of it.")
    design: str | None = Field(description="Best design held.")
    level: str
    n: int
    unsized: int
    studies: list[str]
    searched: str


class LedgerShown(BaseModel):
    """The off-label ledger."""

    read: int
    matched: int
    searched: str
    rows: list[LedgerUse]


class CitedStudy(StudyHeld):
    """A study that an answer cites."""

    references: list[int] = Field(description="Numbers of the answer's reference list.")


class CitedEvidence(BaseModel):
    """What the studies that an answer cites weigh."""

    studies: list[CitedStudy] = Field(description="In the order of their references.")
    profile: EvidenceProfile | None = Field(
        description="Those of them on the question's drug and condition, weighed together; null where it does not "
        "name one of each. It says nothing of what is held beside them."
    )


class AnswerWeighed(BaseModel):
    """An answer, and what the studies that it cites weigh."""

    answer: Answer
    evidence: CitedEvidence
