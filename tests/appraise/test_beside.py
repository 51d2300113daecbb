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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of 57 patients, 47 had a partial response, 3 had stable disease and 7 had progressive disease.", 3),
        ("Symptoms improved in 9 of the 9 patients who had symptoms.", 1),
        ("A response was seen, after three months, in 10 of 13.", 1),
        ("Toxicity of grade 3 or more was seen in 0 of 58 patients.", 1),
        ("Ten of 13 responded; 9 of 13 were girls.", 1),
        ("9 of 12 women responded.", 1),
        ("Of 57 children with relapsed or refractory disease, 4 relapsed.", 1),
        ("Sirolimus was stopped in 5 of 17 children.", 1),
    ],
)
def test_an_outcome_or_a_harm_gets_one(text: str, expected: int) -> None:
    """Whatever else the sentence counts."""
    assert len(beside(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Of 17 children, 6 had Evans syndrome.",
        "The lesions lay in the head and neck in 25 of 58 (43.1%).",
        "25 of 58 (43.1%) had them in the head and neck.",
        "Of 17 children who responded, 9 were girls.",
        "Among responders, 6 of 17 had Evans syndrome.",
        "Of 17 children, 9 (53%) female, all responded.",
        "Two of 3 authors found a benefit.",
        "A benefit was seen in 1 of 4 groups.",
        "A response was reported in 4 of 5 studies.",
        "31 of 40 lesions improved.",
        "Of 40 patients, 31 were enrolled.",
        "12 of 17 had failed corticosteroids.",
        "12 of 17 had a history of infections.",
        "6 of 17 had relapsed or refractory disease.",
        "Bleeding at baseline resolved in 4 of 9 was seen at baseline in 4 of 9.",
    ],
)
def test_who_took_part_gets_none(text: str) -> None:
    """Sex, disease, place, what came before, what is no person: an interval would say what nobody asked."""
    assert beside(text) == []


def test_how_it_was_computed_is_said() -> None:
    """The method is named with the numbers it took."""
    assert "Wilson" in beside("10 of 13 responded.")[0].arithmetic
    assert "one-sided" in beside("0 of 15 responded.")[0].arithmetic
