"""What a document states of one field of a study, as printed, with the words it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Quote


class Field(StrEnum):
    """What a reader looks for in a source; the value is the name in JSON, on pages and in exports."""

    TITLE = "title"
    ARTICLE_TYPE = "article_type"
    ISSUE_LINE = "issue_line"
    ISSN = "issn"
    AFFILIATIONS = "affiliations"
    KEYWORDS = "keywords"
    DATE_ONLINE = "date_online"
    DATE_UPDATED = "date_updated"
    DATE_ASKED = "date_asked"
    DATE_REPLIED = "date_replied"
    ASKER = "asker"
    RESPONDER = "responder"
    REVIEW_BANNER = "review_banner"

    DESIGN = "design"
    PHASE = "phase"
    BLINDING = "blinding"
    SETTING = "setting"
    ENROLMENT = "enrolment"  # dates between which people were enrolled
    REGISTRATION = "registration"
    FUNDING = "funding"
    CONFLICTS = "conflicts"
    N = "n"
    N_ANALYSED = "n_analysed"
    ARM = "arm"  # name and size
    POPULATION = "population"
    AGE = "age"
    SEX = "sex"
    PRIOR_TREATMENT = "prior_treatment"
    LINE_OF_THERAPY = "line_of_therapy"
    FIRST_LINE = "first_line"
    FOLLOW_UP = "follow_up"
    CONDITION = "condition"
    COMPARATOR = "comparator"

    DRUG = "drug"
    SYNONYM = "synonym"
    MECHANISM = "mechanism"
    DOSE = "dose"
    ROUTE = "route"
    FORM = "form"
    CONCENTRATION = "concentration"
    TROUGH = "trough"  # target level in blood
    SCHEDULE = "schedule"
    DURATION = "duration"
    COMBINATION = "combination"

    OUTCOME = "outcome"
    EFFECT = "effect"
    SUBGROUP = "subgroup"
    DURABILITY = "durability"
    RECURRENCE_SIGN = "recurrence_sign"
    ADVERSE_EVENT = "adverse_event"
    WARNING = "warning"
    CONTRAINDICATION = "contraindication"
    INTERACTION = "interaction"
    MONITORING = "monitoring"
    EVIDENCE_LEVEL = "evidence_level"
    LAB = "lab"


@dataclass(frozen=True, slots=True)
class Terms:
    """Words of the source, normalised where the vocabulary knows them.

    Attributes:
        terms: at least one.
        concepts: ids of those that the vocabulary knows.
    """

    terms: tuple[str, ...]
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number.

    Attributes:
        printed: digits as printed; for a number in words ("Fifteen") its digits.
    """

    printed: str


@dataclass(frozen=True, slots=True)
class Date:
    """A date.

    Attributes:
        iso: YYYY-MM-DD, or YYYY-MM or YYYY where the source says no more.
    """

    iso: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its unit.

    Attributes:
        amount: as printed.
        unit: singular ("mg", "month", "tablet", "%").
        per: what it is per ("kg", "m2", "day"), several joined by "/", or "".
        frequency: "2/day", or "".
    """

    amount: str
    unit: str
    per: str = ""
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """A range, with what stands in its middle; every part may be missing (""), and an end may bring its own unit.

    Attributes:
        low, high, mean, median, sd: as printed, a unit of its own behind it ("28 day", "8 year 9 month").
        unit: of the ends that bring none; "date" for dates.
        per, frequency: as of a `Quantity`, for a range of doses.
    """

    low: str = ""
    high: str = ""
    mean: str = ""
    median: str = ""
    sd: str = ""
    unit: str = ""
    per: str = ""
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many; what the source does not print is "" unless it follows from the rest.

    Attributes:
        k, n, percent: as printed, or computed (see `Fact.arithmetic`).
        time: "3 month", or "".
    """

    k: str = ""
    n: str = ""
    percent: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect size with its interval.

    Attributes:
        measure: HR, OR, RR, RD, MD, SMD, IRR.
        estimate, low, high: as printed, bounds "" where none is given.
        level: of the interval in percent, or "".
        p: as printed with its sign ("<0.001"), or "".
        outcome: in the source's words.
    """

    measure: str
    estimate: str
    low: str = ""
    high: str = ""
    level: str = ""
    p: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """On and off treatment in turn.

    Attributes:
        on, off: "3 month", "1 month".
    """

    on: str
    off: str


@dataclass(frozen=True, slots=True)
class Change:
    """Which way something went.

    Attributes:
        outcome: in the source's words.
        direction: "increase", "decrease" or "no change".
    """

    outcome: str
    direction: str


@dataclass(frozen=True, slots=True)
class IssueLine:
    """Where a work was printed; year in Arabic digits, volume too."""

    journal: str
    year: str
    volume: str = ""
    issue: str = ""
    first: str = ""
    last: str = ""


FactValue = Terms | Number | Date | Quantity | Range | Count | Effect | Schedule | Change | IssueLine


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document states, or does not state, of one field.

    Attributes:
        field: of what.
        value: or None: the source was read for it and does not state it.
        quote: the words it stands on; for None the words where a reader would have looked.
        outcome: what was counted or measured, in the source's words ("complete response"), or "".
        about: ids of the drugs and conditions it is about, the drug first; empty where the source does not say.
        arm: whom it is about as the source names it ("sirolimus group"), or "".
        hedges: words of doubt that govern it ("may", "approximately").
        negated: whether it is denied ("no severe toxicity").
        serious: whether an adverse event is called serious, severe or fatal, or graded 3 or more.
        arithmetic: the calculation in full where part of the value was computed ("61.5 % of 13 = 8"), else "".
    """

    field: Field
    value: FactValue | None
    quote: Quote
    outcome: str = ""
    about: tuple[str, ...] = ()
    arm: str = ""
    hedges: tuple[str, ...] = ()
    negated: bool = False
    serious: bool = False
    arithmetic: str = ""


@dataclass(frozen=True, slots=True)
class StudyCard:
    """What one document states of its study, with what it does not state said.

    Attributes:
        document: its id.
        facts: in the order of `Field`, within a field in the order of the text; every field that a reader of this
            kind of document would look for stands there at least once, with value None where it is not stated.
    """

    document: str
    facts: tuple[Fact, ...]

    def of(self, *fields: Field) -> tuple[Fact, ...]:
        """Return the facts stated of `fields`."""
        return tuple(fact for fact in self.facts if fact.field in fields and fact.value is not None)

    def not_stated(self) -> tuple[Field, ...]:
        """Return the fields that the source was read for and does not state."""
        return tuple(fact.field for fact in self.facts if fact.value is None)
