"""Beside the counts of an answer stand their intervals; its words stay."""

from __future__ import annotations

import pytest

from curbside.appraise.beside import with_intervals
from curbside.records import Answer, AnswerSection, AnswerSentence, Derivation, Intent, Question, Quote, Span


def beside(text: str) -> list[Derivation]:
    """Return what is computed beside a sentence."""
    sentence = AnswerSentence(text, (Quote("d0", Span(0, len(text)), text),), (1,))
    answer = Answer(Question("?", (Intent.GENERAL,)), False, (AnswerSection("From research", (sentence,)),))
    made = with_intervals(answer).sections[0].sentences[0]
    assert (made.text, made.quotes, made.references) == (sentence.text, sentence.quotes, sentence.references)
    return list(made.derived)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A response was seen in 10 of 13 patients.", ["10 of 13, 77 %, 95 % CI 50–92"]),
        ("Ten of 13 patients responded (77 %).", ["10 of 13, 77 %, 95 % CI 50–92"]),
        ("Of 13 patients who stopped, 4 relapsed.", ["4 of 13, 31 %, 95 % CI 13–58"]),
        ("Infections occurred in 0 of 15 patients.", ["0 of 15, 0 %, up to about 20 %"]),
        ("Responses: 10/13 and 4/13.", ["10 of 13, 77 %, 95 % CI 50–92", "4 of 13, 31 %, 95 % CI 13–58"]),
    ],
)
def test_each_count_gets_its_interval(text: str, expected: list[str]) -> None:
    """In digits or words, with or without its share, once each; none of them get a bound."""
    assert [each.value for each in beside(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Patients improved.",
        "The rate was 61.5%.",
        "The rate was 10 of 13 (95% CI 50 to 92).",
        "It happened in 1 of 1 patient.",
        "The dose was 1 mg of sirolimus in 13 patients.",
    ],
)
def test_what_is_no_count_or_has_an_interval_gets_none(text: str) -> None:
    """A share alone, a printed interval, a group of one, a dose."""
    assert beside(text) == []


def test_how_it_was_computed_is_said() -> None:
    """The method is named with the numbers it took."""
    assert "Wilson" in beside("10 of 13 responded.")[0].arithmetic
    assert "one-sided" in beside("0 of 15 responded.")[0].arithmetic
