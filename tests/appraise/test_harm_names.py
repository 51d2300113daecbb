"""Harms by name: what "adverse events" were is told by the words around them."""

from __future__ import annotations

import pytest
from hand_made import ITP, SIROLIMUS, WORDS, counted, reported, stated

from curbside.appraise.counting import counted_of, tallied
from curbside.appraise.harm_names import harm_names, tells_of_harm
from curbside.appraise.outcome_names import harm_name, outcome_name
from curbside.appraise.studies import joined
from curbside.records import Count, Fact, Field, Pair

PAIR = Pair(SIROLIMUS, "sirolimus", ITP, "itp", frozenset({SIROLIMUS}), frozenset({ITP}))


def harm(outcome: str, words: str, k: str = "2", n: str = "61", percent: str = "", **more: object) -> Fact:
    """A harm that stands on words."""
    value = Count(k, n, percent)
    return stated(Field.ADVERSE_EVENT, value, words=words, outcome=outcome, **more)


@pytest.mark.parametrize(
    ("outcome", "words", "name"),
    [
        ("adverse events", "Adverse events led to discontinuation in two (2%)", "stopping because of adverse events"),
        ("adverse effects", "Two were taken off study drug for adverse effects", "stopping because of adverse events"),
        ("adverse events", "Grade 3 or 4 adverse events occurred in 13 (11%)", "adverse event of grade 3 or more"),
        ("adverse events", "Serious adverse events were reported in three (3%)", "serious adverse event"),
        ("Adverse effects", "Adverse effects were reported in 61 of 64", "any adverse event"),
        ("toxicity", "No toxicity-related deaths occurred", "death"),
        ("toxicity", "and metabolic/laboratory toxicity in 3%", "metabolic/laboratory toxicity"),
        ("adverse event", "Mouth ulcer was the most frequent adverse event, in 49%", harm_name("mouth ulcer")),
        ("adverse events", "The most common adverse events, in 49%", "the commonest adverse event"),
        ("grade 4 pneumonitis", "reversible grade 4 pneumonitis in 3 patients", "pneumonitis"),
        ("life-threatening", "life-threatening conditions in two patients", "life-threatening event"),
        ("developed new seizures during the study", "No participant developed new seizures", "new seizures"),
    ],
)
def test_a_harm_is_called_by_what_happened(outcome: str, words: str, name: str) -> None:
    """Stopping, dying and grades are figures of their own, never those of "any adverse event"."""
    assert harm_names(harm(outcome, words)) == [name]


def test_what_is_less_is_no_harm() -> None:
    """Fewer with a disease is good news."""
    assert harm_names(harm("fewer with uncontrolled epilepsy", "fewer with uncontrolled epilepsy")) == []


def test_laboratory_abnormalities_are_harms_wherever_they_were_read() -> None:
    """And are called by what was abnormal."""
    words = "common laboratory abnormalities were increased cholesterol"
    assert tells_of_harm(stated(Field.OUTCOME, Count("", "", "41"), outcome=words))
    assert not tells_of_harm(counted(3, 9))
    assert harm_name(words) == harm_name("increased cholesterol")


def test_an_outcome_says_what_became_of_it() -> None:
    """Symptoms alone are none; what they were compared with is no part of the name."""
    assert outcome_name("symptoms", "Symptoms improved in 9 of 9 patients") == "symptoms improved"
    assert outcome_name("symptoms", "9 of 9 patients had symptoms") == ""
    assert outcome_name("reduction in seizures compared with the months before") == "reduction in seizures"


def test_a_share_that_is_a_bound_is_no_count() -> None:
    """ "Above 80 %" of 126 are not 101 people."""
    (study,) = joined([reported("1", stated(Field.N, "126"))])
    made = {"arithmetic": "80 % of 126", "outcome": "response"}
    above = stated(Field.OUTCOME, Count("101", "126", "80"), words="response rates were above 80% in some", **made)
    exact = stated(Field.OUTCOME, Count("101", "126", "80"), words="80% responded, by more than 20 %", **made)
    assert counted_of(above, study, PAIR, WORDS) is None
    assert counted_of(exact, study, PAIR, WORDS) is not None


def test_what_one_study_tells_without_a_count_stands_beside_the_counts_of_others() -> None:
    """A harm that is only told is not left out because another study counts it."""
    one, two = joined(
        [
            reported("1", harm("acne", "acne in 2 of 61", k="2")),
            reported("2", harm("acne", "acne in some", k="", n="", percent="30"), title="Other people, other place"),
        ]
    )
    facts = [(study, fact) for study in (one, two) for fact in study.of(Field.ADVERSE_EVENT)]
    (tally,) = tallied(facts, PAIR, WORDS, harms=True)
    assert [line.k for line in tally.lines] == [2]
    assert [fact.quote.words for fact in tally.told] == ["acne in some"]
