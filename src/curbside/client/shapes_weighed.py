"""What the API sends of evidence, as frozen records; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.client.shapes import Answer, SuggestedLevel
from curbside.client.shapes_library import Named


@dataclass(frozen=True, slots=True)
class Fact:
    """What a document states of a field, or does not state, with the words it stands on."""

    document: str
    field: str
    stated: bool
    text: str
    printed: dict[str, str]
    start: int
    end: int
    words: str
    outcome: str
    about: tuple[str, ...]
    arm: str
    hedges: tuple[str, ...]
    negated: bool
    serious: bool
    arithmetic: str


@dataclass(frozen=True, slots=True)
class ReportHeld:
    """A document that reports a study."""

    document: str
    work: str
    title: str
    year: int | None
    kind: str
    evidence: str
    citation: str
    secondary: bool
    text: bool
    standing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkFound:
    """What joins two reports of a study."""

    bond: str
    documents: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class StudyHeld:
    """A study with its reports, and what they state or do not."""

    study: str
    label: str
    title: str
    year: int | None
    design: str
    level: SuggestedLevel | None
    wider: bool
    several: bool
    beside: tuple[str, ...]
    reports: tuple[ReportHeld, ...]
    links: tuple[LinkFound, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CountOfStudy:
    """How many people of a study had an outcome or a harm."""

    study: str
    label: str
    k: int
    n: int
    low: float
    high: float
    method: str
    words: str
    counted: bool
    why: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Bounds:
    """An interval of a share, 0 to 1."""

    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class WeightOfStudy:
    """What part of a pooled share a study is."""

    label: str
    percent: float


@dataclass(frozen=True, slots=True)
class WithoutStudy:
    """A pooled share without one of its studies."""

    label: str
    estimate: float
    interval: Bounds


@dataclass(frozen=True, slots=True)
class PooledShare:
    """A share pooled across studies."""

    measure: str
    method: str
    estimate: float
    interval: Bounds
    prediction: Bounds | None
    tau2: float
    i2: float
    q: float
    q_df: int
    q_p: float
    weights: tuple[WeightOfStudy, ...]
    left_out: tuple[WithoutStudy, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TallyOfOutcome:
    """Counts of an outcome, or harm, at one time point."""

    outcome: str
    time: str
    serious: bool
    lines: tuple[CountOfStudy, ...]
    pooled: PooledShare | None
    not_pooled: str
    told: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class StatedBy:
    """What a study states."""

    study: str
    label: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class FieldStated:
    """What studies state of a field."""

    field: str
    values: tuple[StatedBy, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An attribute in which two studies differ."""

    attribute: str
    lower: str
    higher: str


@dataclass(frozen=True, slots=True)
class DisagreementFound:
    """Two studies whose intervals for one outcome do not meet."""

    outcome: str
    time: str
    lower: CountOfStudy
    higher: CountOfStudy
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class GapFound:
    """A field that studies do not state."""

    field: str
    studies: tuple[str, ...]
    of: int


@dataclass(frozen=True, slots=True)
class NewerFound:
    """Something newer, or a notice."""

    study: str
    words: str
    document: str


@dataclass(frozen=True, slots=True)
class OverlapFound:
    """Two studies that may share people."""

    studies: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class LicenceKnown:
    """A row of the table of licences; what the table does not have is unknown, not unlicensed."""

    drug: str
    condition: str
    indication: str
    route: str
    ages: str
    youngest: int | None
    place: str
    date: str
    source: str
    product: str
    file: str


@dataclass(frozen=True, slots=True)
class SaidOfClass:
    """What a source says of a class that the drug belongs to; it counts nowhere."""

    of: Named
    study: StudyHeld
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class EvidenceProfile:
    """What the library holds on a drug for a condition, weighed."""

    drug: Named
    condition: Named
    read: int
    matched: int
    searched: str
    level: SuggestedLevel | None
    n: int
    unsized: int
    newest: str
    licences: tuple[LicenceKnown, ...]
    studies: tuple[StudyHeld, ...]
    wider: tuple[StudyHeld, ...]
    syntheses: tuple[StudyHeld, ...]
    guidelines: tuple[StudyHeld, ...]
    planned: tuple[StudyHeld, ...]
    secondary: tuple[StudyHeld, ...]
    retracted: tuple[StudyHeld, ...]
    outcomes: tuple[TallyOfOutcome, ...]
    harms: tuple[TallyOfOutcome, ...]
    effects: tuple[StatedBy, ...]
    stated: tuple[FieldStated, ...]
    disagreements: tuple[DisagreementFound, ...]
    gaps: tuple[GapFound, ...]
    newer: tuple[NewerFound, ...]
    overlaps: tuple[OverlapFound, ...]
    notes: tuple[str, ...]
    classes: tuple[SaidOfClass, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerUse:
    """A use of a drug: where it is licensed, and what is held on it."""

    drug: Named
    condition: Named
    route: str
    ages: str
    licensed: str
    licences: tuple[LicenceKnown, ...]
    near: tuple[LicenceKnown, ...]
    design: str | None
    level: str
    n: int
    unsized: int
    studies: tuple[str, ...]
    searched: str


@dataclass(frozen=True, slots=True)
class LedgerShown:
    """The off-label ledger."""

    read: int
    matched: int
    searched: str
    rows: tuple[LedgerUse, ...]


@dataclass(frozen=True, slots=True)
class CitedStudy(StudyHeld):
    """A study that an answer cites."""

    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CitedEvidence:
    """What the studies that an answer cites weigh."""

    studies: tuple[CitedStudy, ...]
    profile: EvidenceProfile | None


@dataclass(frozen=True, slots=True)
class AnswerWeighed:
    """An answer, and what the studies that it cites weigh."""

    answer: Answer
    evidence: CitedEvidence
