"""Two findings are held against each other by their figures, or it is said why they are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.appraise.findings import compared
from curbside.records.citation import FindingsCompared
from curbside.records.fact import Count, Effect, Fact, FactValue, Field, Number
from curbside.records.span import Quote, Span


def fact(value: FactValue | None, outcome: str = "", about: tuple[str, ...] = ()) -> Fact:
    """Return a fact that stands on nothing in particular."""
    return Fact(Field.EFFECT, value, Quote("d", Span(0, 1), "x"), outcome, about)


def ratio(estimate: str, low: str = "", high: str = "", measure: str = "HR", level: str = "95") -> Fact:
    """Return an effect on mortality."""
    return fact(Effect(measure, estimate, low, high, level, outcome="mortality"))


@pytest.mark.parametrize(
    ("one", "two", "same", "overlap"),
    [
        (ratio("0.62", "0.48", "0.80"), ratio("0.71", "0.55", "0.92"), True, True),
        (ratio("0.62", "0.48", "0.80"), ratio("1.40", "1.10", "1.78"), False, False),
        (ratio("0.9", "0.6", "1.3"), ratio("1.1", "0.8", "1.5"), False, True),
        (ratio("0.40", "0.30", "0.50"), ratio("0.80", "0.70", "0.91"), True, False),
        (ratio("−2.1", "−3.0", "−1.2", "MD"), ratio("-0.4", "-1.3", "0.5", "MD"), True, True),
        (ratio("2·1", "1·0", "3·2", "MD"), ratio("-1.4", "-2.3", "-0.5", "MD"), False, False),
        (ratio("0.62", "0.48", "0.80"), ratio("0.90", "0.80", "1.0"), True, True),
    ],
)
def test_effects_of_one_measure(one: Fact, two: Fact, same: bool, overlap: bool) -> None:
    """Ratios point by 1 and differences by 0; intervals that share one value overlap."""
    found = compared(one, two)
    assert (found.same_direction, found.overlap, found.why_not) == (same, overlap, "")
    assert ("same direction" in found.words) is same
    assert ("intervals overlap" in found.words) is overlap


def test_figures_stand_as_printed() -> None:
    """The line carries the digits of the sources."""
    words = compared(ratio("0.60", "0.50", "0.70"), ratio("0.9")).words
    assert "HR 0.60 (0.50 to 0.70)" in words
    assert "HR 0.9:" in words


def test_no_effect_points_nowhere() -> None:
    """An estimate at the value of no effect has no direction."""
    found = compared(ratio("1.00", "0.8", "1.2"), ratio("0.7", "0.5", "0.9"))
    assert found.same_direction is None
    assert found.overlap is True


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        (ratio("0.6", "0.5", "0.7"), ratio("0.6"), "no interval"),
        (ratio("0.6", "0.5", "0.7"), ratio("0.6", "0.7", "0.5"), "no interval"),
        (ratio("0.6", "0.5", "0.7"), ratio("0.6", "0.5", "0.7", level="99"), "different levels"),
    ],
)
def test_overlap_that_is_not_known(one: Fact, two: Fact, why: str) -> None:
    """Direction is told all the same, and why overlap is not."""
    found = compared(one, two)
    assert found.same_direction is True
    assert found.overlap is None
    assert why in found.why_not
    assert why in found.words


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        (ratio("0.6"), ratio("0.6", measure="OR"), "not on one scale"),
        (ratio("0.6"), ratio("0.6/0.7"), "no number"),
        (ratio("nan"), ratio("inf"), "no number"),
        (ratio("12", measure="RRR"), ratio("13", measure="RRR"), "not known of RRR"),
        (ratio("0.6"), fact(Count("3", "9")), "an effect and the other a count"),
        (ratio("0.6"), fact(Number("7")), "neither"),
        (ratio("0.6"), fact(None), "not stated"),
        (fact(Effect("HR", "0.6", outcome="relapse")), fact(Effect("HR", "0.6", outcome="death")), "outcomes differ"),
        (fact(Effect("HR", "0.6"), about=("a",)), fact(Effect("HR", "0.6"), about=("b",)), "different drugs"),
        (fact(Count("3", "9", time="3 month")), fact(Count("3", "9", time="1 year")), "time points"),
        (fact(Count(percent="30")), fact(Count("3", "9")), "how many of how many"),
        (fact(Count("10", "9")), fact(Count("3", "9")), "how many of how many"),
    ],
)
def test_what_cannot_be_compared(one: Fact, two: Fact, why: str) -> None:
    """Nothing is said of direction or overlap, and the reason is given."""
    found = compared(one, two)
    assert (found.same_direction, found.overlap) == (None, None)
    assert why in found.why_not
    assert found.words.startswith("Could not compare")


def test_counts_by_their_shares() -> None:
    """A share points nowhere; its interval is Wilson's."""
    assert compared(fact(Count("10", "13")), fact(Count("11", "20"))) == FindingsCompared(
        None, True, "", "10 of 13 (77 %) and 11 of 20 (55 %) (95 % intervals by Wilson): intervals overlap."
    )
    assert compared(fact(Count("95", "100")), fact(Count("5", "1,00"))).overlap is False


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_whatever_is_printed(estimate: str, low: str, high: str) -> None:
    """Any figures give a line, and what holds of one order holds of the other."""
    one, two = ratio(estimate, low, high), ratio("0.7", "0.5", "0.9")
    there, back = compared(one, two), compared(two, one)
    assert there.words
    assert (there.same_direction, there.overlap) == (back.same_direction, back.overlap)
