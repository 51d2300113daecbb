"""What the evals of similar works and of summaries count, on cases small enough to be counted by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from evals.summaries import faults, figures, lost, plain
from evals.works_alike import page, scored

from curbside.language.vocabulary import Vocabulary
from curbside.records import AnswerSentence, Quote, Span

WORDS = Vocabulary.shipped()


@pytest.mark.parametrize(("printed", "same"), [("1,204", "1204"), ("0.50", "0.5"), ("61·5", "61.5"), ("007", "7")])
def test_a_number_is_compared_by_its_worth(printed: str, same: str) -> None:
    """As different journals print it."""
    assert plain(printed) == same


def test_numbers_in_words_count_as_printed() -> None:
    """Up to nine hundred and ninety-nine."""
    assert {"171", "46", "15"} <= figures("One hundred seventy-one patients, forty-six women; Fifteen left.")


def test_a_number_or_a_drug_that_the_source_has_not_is_a_fault() -> None:
    """And one that it has, under any name, is none."""
    source = "Fifteen children took rapamycin 2 mg."
    named = frozenset(mention.concept for mention in WORDS.mentions(source))
    assert faults("15 took sirolimus, 2 mg.", source, named, WORDS) == []
    assert faults("16 took it.", source, named, WORDS) == ["number 16"]
    assert faults("15 took tacrolimus.", source, named, WORDS) == ["d:tacrolimus (tacrolimus)"]


def test_a_word_of_doubt_that_is_left_out_is_lost() -> None:
    """Each as often as it stands in what is quoted."""
    quote = Quote("d1", Span(0, 30), "It may help, and may not cure.")
    assert lost(AnswerSentence("It may help.", (quote,), ())) == ["may"]
    assert lost(AnswerSentence("It may help, and may not cure.", (quote,), ())) == []


def test_a_place_left_empty_is_a_miss() -> None:
    """Of the five, two share a topic and three are shown."""
    of = {"a": frozenset({"Gout"}), "b": frozenset({"Lupus"}), "c": frozenset({"Gout", "Pain"})}
    assert scored(["a", "b", "c"], frozenset({"Gout"}), of) == (2, 3)


def test_a_question_stands_as_a_page() -> None:
    """Title, question and reply, as a library holds them."""
    made = page("What is gout?", "A disease of joints.", 1, WORDS)
    assert made.document.kind.value == "question page"
    assert "c:gout" in made.profile.conditions
