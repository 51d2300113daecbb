"""Numbers as printed and what they are worth."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.numbers import Number, numbers


def read(text: str) -> list[tuple[str, float]]:
    """Return what is printed and its value, for every number of a text."""
    return [(number.printed, number.value) for number in numbers(text)]


def forms(text: str) -> list[tuple[str, str]]:
    """Return what is printed and its form."""
    return [(number.printed, number.form) for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234 women", [("1,234", 1234)]),
        ("12\u2009345 and 6\u00a0789", [("12\u2009345", 12345), ("6\u00a0789", 6789)]),
        ("12,5", [("12", 12), ("5", 5)]),
        ("a hazard of 0·43", [("0·43", 0.43)]),
        ("P=.05", [(".05", 0.05)]),
        ("P<0.001", [("0.001", 0.001)]),
        ("HR 0.43,95% CI 0.24–0.78", [("0.43", 0.43), ("95", 95), ("0.24", 0.24), ("0.78", 0.78)]),
        ("8/13", [("8", 8), ("13", 13)]),
        ("5±2", [("5", 5), ("2", 2)]),
        ("1:1", [("1", 1), ("1", 1)]),
        ("1½ tablets", [("1½", 1.5)]),
        ("1.5 million", [("1.5 million", 1.5e6)]),
        ("30 × 10^9/L", [("30 × 10^9", 30e9)]),
        ("120 x 10(9)/L", [("120 x 10(9)", 120e9)]),
        ("10⁻³ and 10^9", [("10⁻³", 1e-3), ("10^9", 1e9)]),
        ("5mg, 6months and 10-mg tablets", [("5", 5), ("6", 6), ("10", 10)]),
        ("a 12-week trial in 2-year-olds", [("12", 12), ("2", 2)]),
        ("week-12, grade-3", [("12", 12), ("3", 3)]),
        ("95%CI", [("95", 95)]),
    ],
)
def test_print(text: str, expected: list[tuple[str, float]]) -> None:
    """Each way of printing a number keeps its print and gives its value."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("−3 to −1", [-3, -1]),
        ("(–5)", [-5]),
        ("CI, -3.0 to -1.2", [-3.0, -1.2]),
        ("-12±2 ml", [-12, 2]),
        ("0.24–0.78", [0.24, 0.78]),
        ("0.24 -0.78", [0.24, 0.78]),
        ("0.1%–1%", [0.1, 1]),
        ("1--2", [1, 2]),
        ("from 3-61", [3, 61]),
        ("change=-4", [-4]),
    ],
)
def test_minus_and_range(text: str, expected: list[float]) -> None:
    """A dash is a minus sign only where no number stands before it."""
    assert [value for _, value in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fifteen", [15]),
        ("twenty-two of ninety", [22, 90]),
        ("two hundred and six", [206]),
        ("three thousand four hundred", [3400]),
        ("one-third and two thirds", [1 / 3, 2 / 3]),
        ("a third of them", [1 / 3]),
        ("half of the eyes", [1 / 2]),
        ("ten, eleven or twelve", [10, 11, 12]),
        ("twice daily, once a week", [2, 1]),
        ("one patient and one of the others", [1, 1]),
    ],
)
def test_words(text: str, expected: list[float]) -> None:
    """Numbers written out are read with their value."""
    assert [value for _, value in read(text)] == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "IL-2", "CD4", "B12", "NCT00392951", "COVID-19", "HER2", "PIK3CA", "p38", "mTORC1", "T-cell", "G6PD", "TSC1/2",
        "CYP3A4/5", "5-FU", "5-fluorouracil", "17β-estradiol", "1,25-dihydroxyvitamin D", "FEV(1)", "mg/m(2)", "3D",
        "1st, 2nd and 21st", "second-line and a third patient", "phase II", "version 1.2.3", "10.1001/jama.2018.12",
        "https://example.org/2020/12", "PMID: 12345678", "no one", "one another", "once the drug was stopped",
        "half-life", "weight, often, none, stone", "previously1,2 we", "galectin-3", "6-MP",
    ],
)  # fmt: skip
def test_names_are_no_numbers(text: str) -> None:
    """Digits inside names, ordinals, addresses and subscripts are skipped, and so are words that only look so."""
    assert read(text) == []


def test_forms() -> None:
    """Percentages, dates, references, labels and powers say what they are."""
    assert forms("61.5% and 5 %") == [("61.5", "percent"), ("5", "percent")]
    assert forms("on 2022/10/18") == [("2022/10/18", "date")]
    assert numbers("18/10/2022")[0].value == 20221018
    assert forms("as shown [3–6], [12]") == [("3", "citation"), ("6", "citation"), ("12", "citation")]
    assert forms("5 [3–6]; 95% CI [2, 9]")[1:3] == [("3", "digits"), ("6", "digits")]
    assert forms("previously.1,2 We") == [("1", "citation"), ("2", "citation")]
    assert forms("Table 2 and Fig. 3") == [("2", "label"), ("3", "label")]
    assert forms("twice daily in six") == [("twice", "times"), ("six", "word")]


ODD = st.lists(
    st.sampled_from([*"0123456789.,·-–−% ()[]/^xX×⁹½aZβ\u2009\u00a0\n", "one", " hundred", "10", "once"]), max_size=60
).map("".join)


@given(st.one_of(st.text(max_size=100), ODD))
def test_print_is_what_the_span_covers(text: str) -> None:
    """For any text: printed is text[span], in order, none overlapping, every value finite."""
    found: list[Number] = numbers(text)
    assert all(number.printed == number.span.of(text) for number in found)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    assert all(number.value == number.value for number in found)


@given(st.integers(0, 999_999), st.sampled_from(["{} patients", "n={}", "({})", "{}%", "was {}.", "of {}, and"]))
def test_an_integer_is_read_back(value: int, frame: str) -> None:
    """Plain and grouped integers come back with their value wherever they stand."""
    for printed in (str(value), f"{value:,}"):
        assert [(number.printed, number.value) for number in numbers(frame.format(printed))] == [(printed, value)]
