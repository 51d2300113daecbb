"""What is held on a drug for a condition, weighed across studies."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.records.appraisal import Interval, Pooled
from curbside.records.fact import Fact, Field
from curbside.records.ledger import Licence
from curbside.records.study import Level, Overlap, Study


@dataclass(frozen=True, slots=True)
class Pair:
    """A drug and a condition, with the ids that answer for each (itself and narrower ones)."""

    drug: str
    drug_name: str
    drugs: frozenset[str]
    condition: str
    condition_name: str
    conditions: frozenset[str]


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many people of one study had an outcome or a harm.

    Attributes:
        study: id of the study.
        label: how the study is called.
        fact: what states it, with its quote.
        k, n: the count.
        interval: of the share k/n.
        words: count, share and interval as a clinician writes them.
        counted: whether it is the study's figure for those who had the drug; else `why` says what it is.
        why: "comparison arm", "arm not stated", "part of the study's people", "with other drugs", or "".
    """

    study: str
    label: str
    fact: Fact
    k: int
    n: int
    interval: Interval
    words: str
    counted: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one outcome, or harm, at one time point.

    Attributes:
        outcome: as the first source words it.
        time: "3 month", or "" where no source states it.
        lines: largest study first, what is not counted behind.
        pooled: the pooled share, or None.
        why: why nothing was pooled, or "".
        serious: whether a source calls it serious (harms).
        told: facts that report it without a count.
    """

    outcome: str
    time: str
    lines: tuple[CountLine, ...]
    pooled: Pooled | None = None
    why: str = ""
    serious: bool = False
    told: tuple[Fact, ...] = ()

    @property
    def counted(self) -> tuple[CountLine, ...]:
        """The lines that count."""
        return tuple(line for line in self.lines if line.counted)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a study states of a field."""

    study: str
    label: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two studies whose intervals for one outcome do not meet.

    Attributes:
        outcome, time: of what.
        lower, higher: the two lines.
        differences: (attribute, of the lower, of the higher), "not stated" where it is not.
    """

    outcome: str
    time: str
    lower: CountLine
    higher: CountLine
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that studies do not state.

    Attributes:
        field: which.
        studies: labels of those that were read for it and do not state it.
        of: how many were read.
    """

    field: Field
    studies: tuple[str, ...]
    of: int


@dataclass(frozen=True, slots=True)
class Newer:
    """Something newer than what is listed.

    Attributes:
        label: what it replaces, or adds to.
        words: by what.
        document: id of the newer document, or "".
    """

    label: str
    words: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class ClassSaid:
    """What a source says of a class of drugs that the drug belongs to; it counts nowhere.

    Attributes:
        concept: id of the class.
        name: of the class.
        study: the source.
        facts: sentences that name the class, the condition beside it or in the title; at most three.
    """

    concept: str
    name: str
    study: Study
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class EvidenceProfile:
    """What the library holds on a drug for a condition.

    Attributes:
        pair: the drug and the condition.
        studies: studies of people with this condition given this drug, newest first; retracted ones are not here.
        wider: studies of a wider group, of which this condition is a part; what they say of the part counts only
            where a sentence names it, and their size does not count at all.
        syntheses, guidelines, planned, secondary: reviews; guidelines; protocols and registrations; pages and replies
            that report what others found. Their figures are never counted beside the studies they come from.
        retracted: retracted work on the pair, left out of everything.
        classes: what sources not listed above say of a class that the drug belongs to, "as a class".
        n: people in `studies` that state a number.
        unsized: how many of `studies` state none.
        outcomes, harms: counts across studies, those of most studies first.
        effects: effect sizes stated.
        stated: doses, routes, schedules and the like, by field.
        disagreements: studies that contradict each other.
        gaps: what is not stated.
        newest: label of the newest study, or "".
        newer: what is superseded.
        overlaps: studies that may share people.
        level: suggested for the body of studies, or None where there is none.
        licences: rows of the table of licences on drug and condition, or on a part of it.
        read, matched: documents read, and how many match in all.
        searched: ISO time of the library's last change, or "".
        notes: what a reader should know of how this was made.
    """

    pair: Pair
    studies: tuple[Study, ...]
    wider: tuple[Study, ...] = ()
    syntheses: tuple[Study, ...] = ()
    guidelines: tuple[Study, ...] = ()
    planned: tuple[Study, ...] = ()
    secondary: tuple[Study, ...] = ()
    retracted: tuple[Study, ...] = ()
    n: int = 0
    unsized: int = 0
    outcomes: tuple[Tally, ...] = ()
    harms: tuple[Tally, ...] = ()
    effects: tuple[Stated, ...] = ()
    stated: tuple[tuple[Field, tuple[Stated, ...]], ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    gaps: tuple[Gap, ...] = ()
    newest: str = ""
    newer: tuple[Newer, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    level: Level | None = None
    licences: tuple[Licence, ...] = ()
    read: int = 0
    matched: int = 0
    searched: str = ""
    notes: tuple[str, ...] = ()
    classes: tuple[ClassSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedEvidence:
    """What the studies that an answer cites weigh.

    Attributes:
        studies: (numbers of the answer's reference list, study), in order of the first number.
        profile: those of them on the question's drug and condition, weighed together; None where the question does
            not name one of each. It says nothing of what the library holds beside them.
    """

    studies: tuple[tuple[tuple[int, ...], Study], ...]
    profile: EvidenceProfile | None = None
