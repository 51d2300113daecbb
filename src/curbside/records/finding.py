"""What a study found: values as printed, the words around them, the arms they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Quote


class Measure(StrEnum):
    """What a value is of an arm's outcome."""

    COUNT = "count"  # how many had it
    TOTAL = "total"  # of how many: the number analysed, else the size of the arm
    PERCENT = "percent"
    MEAN = "mean"
    SD = "standard deviation"
    SE = "standard error"
    MEDIAN = "median"
    CI = "confidence interval"  # a bound; low and high come as two values, in this order
    QUARTILE = "quartile"  # likewise
    RANGE = "range"  # likewise
    RATE = "rate"  # events per person-time
    NUMBER = "number"  # the source does not say what


class Axis(StrEnum):
    """Where a label of a value stands."""

    COLUMN = "column"
    ROW = "row"
    GROUP = "group"  # a row that heads the rows below it
    STUB = "stub"  # what heads the column of the row labels
    CAPTION = "caption"
    WORDS = "words"  # a sentence's own words


class LabelRole(StrEnum):
    """What a label names."""

    ARM = "arm"
    TIME = "time"
    STATISTIC = "statistic"
    COMPARISON = "comparison"  # a p value, a difference, a test: no arm's value stands there
    TOTAL = "total"  # all arms together
    TOPIC = "topic"  # an outcome, a subgroup, a unit


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a finding.

    Attributes:
        measure: what it is.
        printed: as the source printed it ("0.40"); for a computed value as we print it.
        number: what it is worth.
        quotes: the words it stands on; for a computed value those it was computed from.
        arithmetic: the calculation in full where it is computed ("SE 0.4 × √36 = 2.4"), else "".
    """

    measure: Measure
    printed: str
    number: float
    quotes: tuple[Quote, ...]
    arithmetic: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Words that say what a value is of.

    Attributes:
        text: without size and footnote marks.
        quote: as printed.
        axis, level: where it stands; labels with the same axis and level are alternatives to each other.
        role: what it names.
    """

    text: str
    quote: Quote
    axis: Axis
    level: int
    role: LabelRole = LabelRole.TOPIC


@dataclass(frozen=True, slots=True)
class Finding:
    """What one study reported for one outcome, arm and time point.

    Attributes:
        values: at least one; several of one measure only for the two bounds of an interval.
        labels: what says of what, outermost first; never empty.
        place: index of the table in `Document.tables`, or -1 for a sentence.
        reported: whether it stands in the abstract, the results or their tables.
        quote: the cell or the sentence's piece that holds the first value.
    """

    values: tuple[Value, ...]
    labels: tuple[Label, ...]
    place: int
    reported: bool
    quote: Quote

    def value(self, *measures: Measure) -> Value | None:
        """Return the first value of one of `measures`, those named first preferred, or None."""
        for measure in measures:
            for value in self.values:
                if value.measure is measure:
                    return value
        return None

    def all_of(self, measure: Measure) -> tuple[Value, ...]:
        """Return every value of `measure`."""
        return tuple(value for value in self.values if value.measure is measure)


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm of a trial.

    Attributes:
        name: as the source calls it most often.
        names: other names it goes by, short forms included.
        sizes: its sizes as stated, the most often stated first.
    """

    name: str
    names: tuple[str, ...] = ()
    sizes: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison to look for.

    Attributes:
        outcome, intervention, comparator: in anybody's words.
        counted: True where counts of people are wanted, False where means are.
    """

    outcome: str
    intervention: str
    comparator: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What was found of one arm; a value that the source does not give is None.

    Attributes:
        finding: where it comes from, or None where nothing was found.
        total, count, mean, deviation: printed or derived.
    """

    finding: Finding | None = None
    total: Value | None = None
    count: Value | None = None
    mean: Value | None = None
    deviation: Value | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """An answer to a `Comparison`.

    Attributes:
        intervention, comparator: the two sides.
        score: how well the words match, from 0; 0 where nothing was found.
        why: what was not found, or "".
    """

    intervention: Side
    comparator: Side
    score: float = 0.0
    why: str = ""
