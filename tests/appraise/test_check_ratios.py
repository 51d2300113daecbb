"""A ratio against the two counts of its own sentence: what follows, what does not, what is not looked at."""

from __future__ import annotations

import pytest

from curbside.appraise.checks import sentence_checks
from curbside.records import Check, CheckKind, Verdict


def ratio(words: str) -> list[Check]:
    """Return the checks of ratios in a sentence."""
    return [check for check in sentence_checks("d" + "0" * 20, words) if check.kind is CheckKind.RATIO]


@pytest.mark.parametrize(
    "words",
    [
        "Response came in 24 of 60 patients and in 3 of 30 (odds ratio 6.0, 95% CI 1.6-22.0).",
        "Response came in 3 of 30 patients against 24 of 60 (relative risk 4.0).",
        "It was 40% against 20% (relative risk 2.0; 95% CI 1.2 to 3.3).",
        "Relapse came in 12/60 and 24/60 (risk difference 20%, 95% CI 4-36%).",
    ],
)
def test_what_follows_from_the_counts_agrees(words: str) -> None:
    """In either order of the arms, from counts or from shares."""
    (check,) = ratio(words)
    assert check.verdict is Verdict.AGREES
    assert "printed" in check.arithmetic


@pytest.mark.parametrize(
    "words",
    [
        "Response came in 24 of 60 patients and in 3 of 30 (relative risk 9.0).",
        "It was 40% against 20% (relative risk 5.0; 95% CI 3.2 to 7.7).",
    ],
)
def test_what_does_not_is_doubted_with_both_counts_quoted(words: str) -> None:
    """The ratio first."""
    (check,) = ratio(words)
    assert check.verdict is Verdict.DISAGREES
    assert len(check.quotes) == 3


@pytest.mark.parametrize(
    "words",
    [
        "Response came in 24 of 60 patients and in 3 of 30 (adjusted odds ratio 9.0).",
        "In a logistic model 24 of 60 against 3 of 30 gave an odds ratio of 9.0.",
        "Response came in 24 of 60, 10 of 40 and 3 of 30 (odds ratio 9.0).",
        "Survival was 40% against 20% (hazard ratio 0.4).",
        "It fell from 50% to 25%, a risk reduction of 50%.",
        "Response came in 24 of 60 patients and in 3 of 30 (relative risk 6.0).",
    ],
)
def test_what_may_be_another_analysis_is_not_doubted(words: str) -> None:
    """Adjusted, of more groups, of time, a relative reduction, or an odds ratio by another name."""
    assert [check for check in ratio(words) if check.verdict is Verdict.DISAGREES] == []
