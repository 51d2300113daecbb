"""What weighing gives: intervals, comparisons of two arms, pooled results, and refusals to pool with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval around an estimate.

    Attributes:
        low, high: the bounds, in the estimate's own scale (a share from 0 to 1, a ratio, a difference).
        level: of confidence, 0.95 for 95 %.
        method: by name, with its source ("Wilson 1927").
    """

    low: float
    high: float
    level: float
    method: str


@dataclass(frozen=True, slots=True)
class TwoArms:
    """Two proportions compared.

    Attributes:
        measure: "RR", "OR" or "RD", first arm against second.
        estimate: the ratio, or the difference of the shares (-1 to 1).
        interval: around it.
        arithmetic: the calculation in full.
    """

    measure: str
    estimate: float
    interval: Interval
    arithmetic: str


class Pooling(StrEnum):
    """How studies are pooled."""

    PROPORTION = "proportion"  # binomial-normal model on the logit scale
    RATIO = "ratio"  # restricted maximum likelihood on the log scale, Hartung-Knapp interval


@dataclass(frozen=True, slots=True)
class PooledStudy:
    """One study that goes into pooling; the caller says what it is, nothing is guessed.

    Attributes:
        label: how it is called on the plot ("Author 2019").
        events, total: of the single arm (proportions) or of the first arm (ratios).
        control_events, control_total: of the second arm; -1 where there is none.
        outcome, design: in the caller's normalised words; studies that differ are not pooled.
        centre: where it was done, or "".
        years: first and last year of enrolment, or None where not stated.
        document: id of its document, or "".
    """

    label: str
    events: int
    total: int
    control_events: int = -1
    control_total: int = -1
    outcome: str = ""
    design: str = ""
    centre: str = ""
    years: tuple[int, int] | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A study as it stands in a pooled result.

    Attributes:
        study: as given.
        estimate: its own share or ratio; for a study with an empty cell after 0.5 was added to each cell.
        interval: its own.
        weight: its part of the pooled estimate in percent; for a binomial-normal model that of its information.
    """

    study: PooledStudy
    estimate: float
    interval: Interval
    weight: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The pooled estimate without one study.

    Attributes:
        label: of the study that is left out.
        estimate, interval: of the rest.
    """

    label: str
    estimate: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled result.

    Attributes:
        pooling: which kind.
        measure: "proportion", "RR" or "OR".
        method: of estimate and interval, with sources.
        studies: in the order given.
        estimate: the pooled share or ratio.
        interval: its confidence interval.
        prediction: where the result of a further study would lie, or None with fewer than three studies.
        tau2: variance between studies on the logit or log scale.
        q, q_df, q_p: Cochran's Q, its degrees of freedom and p value.
        i2: share of the variation that is between studies, in percent.
        left_out: the result without each study in turn; empty with two studies.
        warnings: overlap and whatever else a reader must know, in plain words.
    """

    pooling: Pooling
    measure: str
    method: str
    studies: tuple[Weighed, ...]
    estimate: float
    interval: Interval
    prediction: Interval | None
    tau2: float
    q: float
    q_df: int
    q_p: float
    i2: float
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why studies were not pooled.

    Attributes:
        reason: a sentence.
        studies: those that it is about, by label.
    """

    reason: str
    studies: tuple[str, ...] = ()
