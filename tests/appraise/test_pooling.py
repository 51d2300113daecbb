"""Pooling equals published worked examples, says what it did, and refuses what should not be pooled."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace

import pytest

from curbside.appraise.overlaps import overlaps
from curbside.appraise.pooling import heterogeneity, pool_proportions, pool_ratios
from curbside.records import Pooled, PooledStudy, Pooling, Refusal

BCG = [
    ("Aronson 1948", 4, 119, 11, 128),
    ("Ferguson & Simes 1949", 6, 300, 29, 274),
    ("Rosenthal 1960", 3, 228, 11, 209),
    ("Hart & Sutherland 1977", 62, 13536, 248, 12619),
    ("Frimodt-Moller 1973", 33, 5036, 47, 5761),
    ("Stein & Aronson 1953", 180, 1361, 372, 1079),
    ("Vandiviere 1973", 8, 2537, 10, 619),
    ("TPT Madras 1980", 505, 87886, 499, 87892),
    ("Coetzee & Berjak 1968", 29, 7470, 45, 7232),
    ("Rosenthal 1961", 17, 1699, 65, 1600),
    ("Comstock 1974", 186, 50448, 141, 27197),
    ("Comstock & Webster 1969", 5, 2493, 3, 2338),
    ("Comstock 1976", 27, 16886, 29, 17825),
]
"""Tuberculosis with and without vaccine: positive and negative of each arm (Colditz and others 1994)."""


def bcg() -> list[PooledStudy]:
    """Return the 13 trials of the BCG vaccine."""
    return [PooledStudy(name, a, a + b, c, c + d) for name, a, b, c, d in BCG]


def pooled(result: Pooled | Refusal) -> Pooled:
    """Return a result that was pooled."""
    assert isinstance(result, Pooled), result
    return result


def single(*counts: tuple[int, int]) -> list[PooledStudy]:
    """Return studies of one arm."""
    return [PooledStudy(f"Study {place}", k, n) for place, (k, n) in enumerate(counts, 1)]


def test_risk_ratios_of_the_vaccine_trials() -> None:
    """As worked in the documentation of metafor (Viechtbauer 2010): REML, and the Knapp-Hartung interval."""
    found = pooled(pool_ratios(bcg()))
    assert round(math.log(found.estimate), 4) == -0.7145
    assert round(found.tau2, 4) == 0.3132
    assert (round(found.q, 3), found.q_df, round(found.i2, 2)) == (152.233, 12, 92.22)
    assert found.q_p < 0.0001
    assert [round(math.log(x), 4) for x in (found.interval.low, found.interval.high)] == [-1.1084, -0.3206]
    assert (found.pooling, found.measure, found.warnings) == (Pooling.RATIO, "RR", ())
    assert "Hartung and Knapp" in found.method
    assert found.prediction is not None and found.prediction.low < found.interval.low < found.interval.high


def test_odds_ratios_of_the_vaccine_trials() -> None:
    """The same trials on the log odds scale, REML: -0.7452, τ² 0.3378, Q 163.165 (van Houwelingen 2002's data)."""
    found = pooled(pool_ratios(bcg(), "OR"))
    assert (round(math.log(found.estimate), 4), round(found.tau2, 4), round(found.q, 3)) == (-0.7452, 0.3378, 163.165)
    first = found.studies[0]
    assert round(math.log(first.estimate), 4) == -0.9387  # its variance there is 0.3571
    half = (math.log(first.interval.high) - math.log(first.interval.low)) / 2
    assert round((half / 1.959964) ** 2, 4) == 0.3571


def test_a_fixed_effect_and_q_equal_statsmodels() -> None:
    """Q and the weights without τ² agree with statsmodels' meta-analysis of the same effects."""
    meta = pytest.importorskip("statsmodels.stats.meta_analysis")
    found = pooled(pool_ratios(bcg()))
    effects = [
        (math.log(w.estimate), (math.log(w.interval.high / w.estimate) / 1.959963984540054) ** 2) for w in found.studies
    ]
    numbers = pytest.importorskip("numpy")
    y, v = (numbers.array(values) for values in zip(*effects))
    theirs = meta.combine_effects(y, v, method_re="dl")
    assert heterogeneity(effects, 0.0)[0] == pytest.approx(float(theirs.q), rel=1e-9)
    assert heterogeneity(effects, 0.0)[1] == 0.0


def test_the_hartung_knapp_interval_equals_statsmodels() -> None:
    """With the τ² that both agree on, estimate and interval agree."""
    meta = pytest.importorskip("statsmodels.stats.meta_analysis")
    found = pooled(pool_ratios(bcg()))
    numbers = pytest.importorskip("numpy")
    y = numbers.array([math.log(w.estimate) for w in found.studies])
    own = [(math.log(w.interval.high / w.estimate) / 1.959963984540054) ** 2 for w in found.studies]
    v = numbers.array(own) + found.tau2
    theirs = meta.combine_effects(y, v, method_re="dl", use_t=True)
    frame = theirs.summary_frame().loc["fixed effect wls"]
    assert math.log(found.estimate) == pytest.approx(frame["eff"], abs=1e-9)
    assert math.log(found.interval.low) == pytest.approx(frame["ci_low"], abs=1e-9)
    assert math.log(found.interval.high) == pytest.approx(frame["ci_upp"], abs=1e-9)


def test_the_binomial_normal_likelihood_equals_plain_integration() -> None:
    """Adaptive quadrature gives what integrating each study's likelihood by brute force gives."""
    integrate, stats = pytest.importorskip("scipy.integrate"), pytest.importorskip("scipy.stats")
    import numpy as np

    from curbside.appraise.likelihood import log_likelihood

    k, n = np.array([0.0, 3, 40, 950]), np.array([15.0, 10, 41, 1000])
    for mean, tau2 in ((0.2, 0.5), (-1.0, 4.0), (2.0, 0.01)):

        def one(x: float, a: float, b: float, mean: float = mean, tau2: float = tau2) -> float:
            return float(np.exp(a * x - b * np.logaddexp(0, x)) * stats.norm.pdf(x, mean, tau2**0.5))

        whole = 0.0
        for a, b in zip(k, n):
            peak = np.log((a + 0.5) / (b - a + 0.5))
            points = sorted({float(peak), mean})
            value, _ = integrate.quad(one, mean - 60, mean + 60, args=(a, b), points=points, limit=2000, epsabs=0)
            whole += float(np.log(value))
        assert log_likelihood(k, n, mean, tau2) == pytest.approx(whole, rel=1e-7)


def test_proportions_that_do_not_vary_pool_to_their_sum() -> None:
    """Without heterogeneity the model is one binomial: the sum of events over the sum of people."""
    found = pooled(pool_proportions(single((5, 20), (10, 40), (20, 80))))
    assert found.tau2 == 0.0
    assert found.estimate == pytest.approx(35 / 140, abs=1e-9)
    assert found.i2 == 0.0 and found.q == pytest.approx(0.0, abs=1e-9)
    error = 1 / math.sqrt(140 * 0.25 * 0.75)
    assert math.log(found.interval.high / (1 - found.interval.high)) == pytest.approx(
        math.log(1 / 3) + 1.959964 * error, abs=1e-5
    )


def test_series_with_no_events_count_without_a_correction() -> None:
    """0 of 15 pulls the estimate down; its own interval is Wilson's; nothing leaves [0, 1]."""
    found = pooled(pool_proportions(single((10, 13), (8, 12), (0, 15), (3, 9))))
    assert 0 < found.interval.low < found.estimate < found.interval.high < 1
    assert found.prediction is not None and 0 <= found.prediction.low < found.prediction.high <= 1
    assert found.tau2 > 0.5
    without = next(each for each in found.left_out if each.label == "Study 3")
    assert without.estimate > found.estimate
    assert found.studies[2].estimate == 0.0 and found.studies[2].interval.low == 0.0
    assert sum(each.weight for each in found.studies) == pytest.approx(100)
    assert "binomial-normal" in found.method


def test_each_study_is_left_out_in_turn() -> None:
    """As many results as studies; the trial of Madras pulls the estimate towards 1."""
    found = pooled(pool_ratios(bcg()))
    assert [each.label for each in found.left_out] == [name for name, *_ in BCG]
    madras = next(each for each in found.left_out if each.label == "TPT Madras 1980")
    assert madras.estimate < found.estimate
    two = pooled(pool_ratios(bcg()[:2]))
    assert (two.left_out, two.prediction) == ((), None)


@pytest.mark.parametrize(
    ("studies", "reason"),
    [
        (single((1, 10)), "There are fewer than two studies."),
        (single((1, 10), (11, 10)), "The counts are not those of events among people."),
        (single((0, 10), (0, 20)), "None of 30 had the event: there is a bound, but no variation to pool."),
        (single((10, 10), (20, 20)), "All of 30 had the event: there is a bound, but no variation to pool."),
        (
            [replace(s, outcome=o) for s, o in zip(single((1, 10), (2, 10)), ("remission", "response"))],
            "The studies differ in outcome: remission, response.",
        ),
        (
            [replace(s, design=d) for s, d in zip(single((1, 10), (2, 10)), ("randomised trial", ""))],
            "The studies differ in design: not stated, randomised trial.",
        ),
    ],
)
def test_what_should_not_be_pooled_is_refused(studies: list[PooledStudy], reason: str) -> None:
    """With the reason and the studies that it is about."""
    found = pool_proportions(studies)
    assert isinstance(found, Refusal)
    assert found.reason == reason
    assert found.studies


def test_ratios_without_information_are_refused_or_left_out() -> None:
    """Studies without events say nothing of a ratio; one of many is left out and named."""
    none = PooledStudy("Empty 2001", 0, 20, 0, 20)
    found = pool_ratios([none, PooledStudy("Full 2002", 3, 20, 5, 20)])
    assert isinstance(found, Refusal) and found.studies == ("Empty 2001",)
    rest = pooled(pool_ratios([*bcg()[:4], none]))
    assert rest.warnings[0] == "Empty 2001 has no events in either arm and is left out."
    assert len(rest.studies) == 4
    refused = pool_ratios(single((1, 10), (2, 10)))
    assert isinstance(refused, Refusal) and "counts" in refused.reason
    with pytest.raises(ValueError, match="RR or OR"):
        pool_ratios(bcg(), "HR")


def test_a_study_with_one_empty_cell_is_kept() -> None:
    """0.5 is added to its cells: 0/20 against 4/20 is a risk ratio of (0.5/21)/(4.5/21)."""
    found = pooled(pool_ratios([PooledStudy("One", 0, 20, 4, 20), PooledStudy("Two", 3, 30, 6, 30)]))
    assert found.studies[0].estimate == pytest.approx(0.5 / 4.5)


def test_studies_that_agree_too_well_are_warned_of() -> None:
    """Hartung-Knapp gives a narrower interval than usual where the studies hardly differ."""
    same = [PooledStudy(f"S{n}", n, 10 * n, 2 * n, 10 * n) for n in (10, 20, 30)]
    assert any("narrower" in warning for warning in pooled(pool_ratios(same)).warnings)


def test_the_same_centre_in_the_same_years_is_warned_of() -> None:
    """Series of one hospital may count the same people twice."""
    one = PooledStudy("A 2010", 3, 10, centre="Leuven", years=(2001, 2008))
    two = PooledStudy("B 2012", 4, 12, centre="leuven ", years=(2006, 2011))
    three = PooledStudy("C 2020", 4, 12, centre="Leuven", years=(2012, 2019))
    four = PooledStudy("D 2021", 4, 12, centre="Leuven")
    assert overlaps([one, two, three]) == ("A 2010 and B 2012 are both from Leuven, 2006–2008; they may share people.",)
    assert len(overlaps([one, four])) == 1
    assert overlaps([one, PooledStudy("E", 1, 5), PooledStudy("F", 1, 5)]) == ()
    assert pooled(pool_proportions([one, two])).warnings == overlaps([one, two])


def test_numeric_libraries_are_loaded_only_when_something_is_pooled() -> None:
    """Answers use intervals; they must not pay for scipy."""
    code = (
        "import sys; import curbside.appraise.pooling, curbside.appraise.checks; "
        "sys.exit(any(name in sys.modules for name in ('numpy', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
