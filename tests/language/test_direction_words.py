"""Words and figures of a reported comparison."""

from __future__ import annotations

import pytest

from curbside.language.direction_words import ALIKE, SAYING, intervals, kind, p_values, ratios


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lower (p < 0.001)", [True]),
        ("lower (P = .04) and alike (P=0.21)", [True, False]),
        ("no difference (p > 0.05)", [False]),
        ("p-value of 0.03", [True]),
        ("alike (P value = 0·62)", [False]),
        ("alike (NS)", [False]),
        ("a pH of 7.4 in 5 patients", []),
    ],
)
def test_p_values(words: str, expected: list[bool]) -> None:
    """Each p value with whether it is below one in twenty."""
    assert [p.significant for p in p_values(words)] == expected


def test_ratios_lie_above_below_or_across_one() -> None:
    """The interval decides; without one the estimate says only which side is likelier."""
    assert [side for _, side in ratios("HR 0.43, 95% CI 0.24–0.78")] == ["below"]
    assert [side for _, side in ratios("(OR 1.8; 95% CI, 0.9 – 3.5)")] == ["across"]
    assert [side for _, side in ratios("relative risk 2.10 (1.30 to 3.40)")] == ["above"]
    assert [side for _, side in ratios("an odds ratio of 1.4")] == ["maybe above"]


def test_intervals_of_differences_lie_on_one_side_of_nought() -> None:
    """Both bounds on one side say which way."""
    assert list(intervals("mean difference −3.1 (95% CI −5.0 to −1.2)")) == ["below"]
    assert list(intervals("difference 5 (95 % CI: 1.2 to 8.8)")) == ["above"]
    assert list(intervals("difference 0.2 (95 % CI: -0.4 to 0.8)")) == ["across"]


def test_what_words_do() -> None:
    """Words of direction by their stem; others do nothing."""
    expected = {"reduced": "DOWN", "higher": "UP", "improvement": "GOOD", "worsened": "BAD", "similar": "SAME"}
    assert {word: kind(word) for word in expected} == expected
    assert kind("than") == "THAN" and kind("patient") == "" and kind("Highlands") == ""


def test_denials_and_likeness() -> None:
    """ "Did not differ", "no significant difference" and "similar" say that arms were alike."""
    for words in ("did not differ", "no statistically significant difference", "were similar", "nonsignificant"):
        assert ALIKE.search(words), words
    assert not ALIKE.search("pain was lower")


def test_patterns_take_linear_time() -> None:
    """Ten thousand repeats of what a pattern begins with are read at once."""
    for piece in ("no a ", "p (", "OR 1.1 (", "95% CI 1.1 ", "randomised "):
        words = piece * 10_000
        for pattern in SAYING.values():
            pattern.search(words)
        p_values(words)
        list(ratios(words))
        list(intervals(words))
