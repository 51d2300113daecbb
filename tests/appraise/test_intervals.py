"""Intervals beside counts equal the reference libraries, keep to their scale, and read as a clinician writes them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.appraise.distributions import beta_share, normal_quantile, normal_tails, t_tails
from curbside.appraise.intervals import (
    clopper_pearson,
    none_of,
    odds_ratio,
    proportion_words,
    risk_difference,
    risk_ratio,
    rule_of_three,
    wilson,
)

COUNTS = [(0, 1), (1, 1), (0, 15), (10, 13), (15, 15), (1, 2), (3, 1000), (999, 1000), (37, 80), (2500, 100_000)]


@st.composite
def counted(draw: st.DrawFn) -> tuple[int, int]:
    """Return how many, of how many."""
    n = draw(st.integers(1, 5000))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(("k", "n"), COUNTS)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_intervals_of_a_proportion_equal_statsmodels(k: int, n: int, level: float) -> None:
    """Wilson and Clopper-Pearson agree with statsmodels to 1e-9."""
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    for ours, method in ((wilson(k, n, level), "wilson"), (clopper_pearson(k, n, level), "beta")):
        low, high = proportion.proportion_confint(k, n, 1 - level, method=method)
        assert ours.low == pytest.approx(max(0.0, low), abs=1e-9)
        assert ours.high == pytest.approx(min(1.0, high), abs=1e-9)
        assert ours.level == level


def test_distributions_equal_scipy() -> None:
    """The incomplete beta function, Student's t and the normal distribution agree with scipy to 1e-9."""
    special, stats = pytest.importorskip("scipy.special"), pytest.importorskip("scipy.stats")
    for a, b, x in [
        (0.5, 0.5, 0.3),
        (3, 11, 0.2),
        (900, 1100, 0.45),
        (40_000, 60_000, 0.401),
        (1, 1, 0.0),
        (2, 2, 1.0),
    ]:
        assert beta_share(a, b, x) == pytest.approx(special.betainc(a, b, x), abs=1e-9)
    for t, df in [(0.0, 5), (2.1, 3.7), (-4.0, 60), (12.0, 400)]:
        assert t_tails(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), abs=1e-12)
    assert normal_tails(1.96) == pytest.approx(2 * stats.norm.sf(1.96), abs=1e-12)
    assert normal_quantile(0.975) == pytest.approx(stats.norm.ppf(0.975), abs=1e-12)
    with pytest.raises(ValueError, match="between 0 and 1"):
        normal_quantile(1.0)


@given(counted(), st.sampled_from([0.5, 0.9, 0.95, 0.999]))
@settings(max_examples=60, deadline=None)
def test_no_bound_leaves_its_scale(count: tuple[int, int], level: float) -> None:
    """Bounds lie in [0, 1] around the share that was seen, and the exact interval is no narrower than it may be."""
    k, n = count
    for interval in (wilson(k, n, level), clopper_pearson(k, n, level)):
        assert 0 <= interval.low <= k / n <= interval.high <= 1
    assert 0 < none_of(n, level).high <= 1


@given(counted(), counted())
@settings(max_examples=60, deadline=None)
def test_comparisons_hold_their_estimate(one: tuple[int, int], two: tuple[int, int]) -> None:
    """A difference stays in [-1, 1], its interval holds it; ratios are told only where no cell stands in the way."""
    difference = risk_difference(*one, *two)
    assert -1 <= difference.interval.low <= difference.estimate <= difference.interval.high <= 1
    for ratio in (risk_ratio(*one, *two), odds_ratio(*one, *two)):
        assert ratio is None or 0 < ratio.interval.low <= ratio.estimate <= ratio.interval.high


@pytest.mark.parametrize("four", [(7, 34, 1, 34), (56, 70, 48, 80), (10, 10, 0, 20)])
def test_difference_of_proportions_equals_statsmodels(four: tuple[int, int, int, int]) -> None:
    """Newcombe's interval agrees with statsmodels; 56/70 against 48/80 is his own worked example."""
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    low, high = proportion.confint_proportions_2indep(*four, compare="diff", method="newcomb")
    ours = risk_difference(*four)
    assert (ours.interval.low, ours.interval.high) == pytest.approx((low, high), abs=1e-9)


def test_newcombe_1998_worked_example() -> None:
    """56/70 less 48/80: 0.2000, 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    ours = risk_difference(56, 70, 48, 80)
    assert (round(ours.estimate, 4), round(ours.interval.low, 4), round(ours.interval.high, 4)) == (0.2, 0.0524, 0.3339)
    assert ours.arithmetic == "56/70 - 48/80 = 0.8000 - 0.6000 = 0.2000"


def test_ratios_equal_statsmodels() -> None:
    """Risk ratio (Katz) and odds ratio (Woolf) agree with statsmodels' table."""
    tables = pytest.importorskip("statsmodels.stats.contingency_tables")
    table = tables.Table2x2([[12, 38], [20, 32]])
    risk, odds = risk_ratio(12, 50, 20, 52), odds_ratio(12, 50, 20, 52)
    assert risk is not None and odds is not None
    for ours, estimate, bounds in (
        (risk, table.riskratio, table.riskratio_confint()),
        (odds, table.oddsratio, table.oddsratio_confint()),
    ):
        assert ours.estimate == pytest.approx(estimate, abs=1e-9)
        assert (ours.interval.low, ours.interval.high) == pytest.approx(tuple(bounds), abs=1e-9)
    assert odds.arithmetic == "(12 × 32) / (38 × 20) = 0.5053"
    assert risk_ratio(0, 50, 20, 52) is None
    assert odds_ratio(50, 50, 20, 52) is None


@pytest.mark.parametrize(
    ("k", "n", "words"),
    [
        (10, 13, "10 of 13, 77 %, 95 % CI 50–92"),
        (0, 15, "0 of 15, 0 %, up to about 20 %"),
        (0, 100, "0 of 100, 0 %, up to about 3 %"),
        (0, 1000, "0 of 1000, 0 %, up to about 0.3 %"),
        (0, 1, "0 of 1, 0 %, up to about 95 %"),
        (15, 15, "15 of 15, 100 %, at least about 80 %"),
        (3, 1000, "3 of 1000, 0.3 %, 95 % CI 0.1–0.9"),
    ],
)
def test_counts_read_as_a_clinician_writes_them(k: int, n: int, words: str) -> None:
    """Small numbers come with their interval, none and all with a bound."""
    assert proportion_words(k, n) == words


def test_bounds_for_what_nobody_had() -> None:
    """The exact bound is preferred; the rule of three is named where it is used."""
    assert none_of(15).high == pytest.approx(0.1810, abs=5e-5)
    assert rule_of_three(15).high == pytest.approx(0.2)
    assert "rule of three" in rule_of_three(15).method
    assert rule_of_three(2).high == 1.0


@pytest.mark.parametrize(("k", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_what_is_no_proportion_is_refused(k: int, n: int) -> None:
    """A count that is no part of its whole is an error, said with the numbers."""
    for call in (wilson, clopper_pearson, proportion_words):
        with pytest.raises(ValueError, match=f"{k} of {n}"):
            call(k, n)
    with pytest.raises(ValueError, match="level"):
        wilson(1, 2, 1.0)
