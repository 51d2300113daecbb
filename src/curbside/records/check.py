"""What a count check compared, with both sides quoted and the arithmetic in full."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Quote


class CheckKind(StrEnum):
    """What is held against what; the value is the name in JSON and exports."""

    PERCENT = "percent"  # a percentage against its count
    PARTS = "parts"  # a number against its parts
    ARMS = "arms"  # sizes of arms against the number of people
    SHARES = "shares"  # percentages of categories that exclude each other against 100
    TOTALS = "totals"  # a table's totals against its rows or columns
    INTERVAL = "interval"  # an interval against the estimate that it is around
    SYMMETRY = "symmetry"  # the two halves of an interval against each other
    P_VALUE = "p value"  # a p value against the interval
    RATIO = "ratio"  # a relative risk, odds ratio or risk difference against its two counts
    WORDING = "wording"  # "significant" against the p value
    SPREAD = "spread"  # a standard deviation against a standard error
    MEAN = "mean"  # a mean against the number of people (GRIM)
    DEVIATION = "deviation"  # mean and standard deviation against the range
    DATES = "dates"  # dates against their order


class Verdict(StrEnum):
    """What came of a check."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NOT_CHECKED = "could not check"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing held against another.

    Attributes:
        kind: what was compared.
        verdict: what came of it.
        quotes: the words of both sides, the one that is doubted first; one side alone where the other is missing.
        arithmetic: the calculation in full ("34 / 120 = 28.33 %; printed 82.3 %"), "" where nothing was calculated.
        message: what that means, in plain words.
        why_not: why it could not be checked, or "".
    """

    kind: CheckKind
    verdict: Verdict
    quotes: tuple[Quote, ...]
    arithmetic: str
    message: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that was compared in one document.

    Attributes:
        document: its id.
        checks: in the order of the text.
    """

    document: str
    checks: tuple[Check, ...]

    def of(self, verdict: Verdict) -> tuple[Check, ...]:
        """Return the checks that came out so."""
        return tuple(check for check in self.checks if check.verdict is verdict)
