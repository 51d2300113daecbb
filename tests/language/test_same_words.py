"""Words that may stand for each other, and words that may not."""

from __future__ import annotations

import pytest

from curbside.language.same_words import BEFORE_NUMBERS, FREE, PHRASES, SAME, same
from curbside.language.words import flat


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("patients", "people"),
        ("therapy", "treatment"),
        ("renal", "kidney"),
        ("fell", "decreased"),
        ("discontinued", "stopped"),
        ("durable", "lasting"),
        ("while", "whereas"),
    ],
)
def test_what_means_the_same_is_of_one_class(one: str, other: str) -> None:
    """In whatever form of the word."""
    assert same(one) == same(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("serious", "severe"),
        ("may", "can"),
        ("may", "is"),
        ("suggests", "shows"),
        ("suggests", "indicates"),
        ("children", "infants"),
        ("children", "child"),
        ("adults", "children"),
        ("most", "all"),
        ("some", "many"),
        ("few", "several"),
        ("increased", "decreased"),
        ("improved", "worsened"),
        ("oral", "topical"),
        ("acute", "chronic"),
        ("mean", "median"),
        ("daily", "weekly"),
        ("before", "after"),
        ("or", "and"),
        ("only", "also"),
        ("associated", "caused"),
        ("should", "may"),
        ("carcinoma", "tumor"),
        ("response", "remission"),
        ("trial", "study"),
        ("weeks", "weekly"),
        ("months", "monthly"),
    ],
)
def test_what_differs_in_strength_doubt_people_or_amount_is_not(one: str, other: str) -> None:
    """Each of these pairs would change what a sentence says."""
    assert same(one) != same(other)


def test_no_word_that_says_something_is_free() -> None:
    """What may come and go ties words together and says nothing alone."""
    telling = "not no without only all most some any or may might can should but than less more never if unless both"
    assert FREE.isdisjoint(telling.split())


def test_phrases_are_written_flat_and_have_one_class() -> None:
    """Tables are looked up in flat text; a phrase is free, or of a class."""
    assert all(phrase == flat(phrase) for phrase in PHRASES)
    assert all(phrase in SAME or phrase in FREE for phrase in PHRASES)
    assert set(BEFORE_NUMBERS.values()) <= {"about", "more than", "less than", "up to"}
