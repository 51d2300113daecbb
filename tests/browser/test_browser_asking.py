"""Asking in a real browser: on a desk and on a phone, with the page's script and without."""

from __future__ import annotations

import json
from typing import Any

import pytest
from browsing import Bridge

QUESTION = "Does sirolimus help children with refractory autoimmune cytopenias?"
HARMS = "What are the harms of topical tacrolimus?"
UNANSWERED = "What is the capital of France?"


@pytest.fixture
def asks(browser: Bridge, shelf: str, how: dict[str, Any]) -> Any:
    """Carry out a journey of asking, with what it is given."""

    def carried_out(journey: str, question: str = QUESTION, **given: Any) -> Any:
        return browser.goes(f"asking.{journey}", shelf, given={"question": question, **given}, **how)

    return carried_out


@pytest.mark.parametrize("question", [QUESTION, HARMS])
def test_each_sentence_opens_on_its_words(asks: Any, question: str) -> None:
    """The address holds no word of the question; each citation leads to a passage whose lit words hold the sentence."""
    said = asks("answered", question)
    assert said["sentences"] >= 3
    assert said["citations"] >= said["sentences"] - 1
    assert said["references"] >= 2
    assert "documents" in said["holds"] and "Last changed" in said["holds"]


def test_a_citation_is_opened_with_the_mouse(asks: Any) -> None:
    """Beside the answer on a desk, below it on a phone, words lit, with a way back."""
    asks("mouse")


def test_a_citation_is_opened_by_keyboard(asks: Any) -> None:
    """Tab reaches it before much else, Enter lights the words."""
    assert len(asks("keyboard")["stops"]) <= 10


def test_through_all_citations(asks: Any) -> None:
    """One after the other; the place is said to readers of the screen."""
    assert len(asks("through")["lit"]) >= 3


@pytest.mark.parametrize("key", [False, True], ids=["mouse", "key"])
def test_the_document_opens_at_the_words(asks: Any, how: dict[str, Any], key: bool) -> None:
    """The same words are lit there, and in sight."""
    if key and not how["script"]:
        pytest.skip("keys of one letter need the script")
    asks("document", key=key)


def test_declining(asks: Any) -> None:
    """No sentence, but what was looked for, and the box to ask again."""
    said = asks("declined", UNANSWERED)
    assert "does not hold an answer" in said["words"]
    assert said["absences"] >= 1


def test_a_permalink_is_opened_again_and_forgotten(asks: Any) -> None:
    """Its page answers until the question is forgotten; then nothing tells what was asked."""
    assert "forgotten" in asks("permalink")["words"]


def test_the_answer_as_a_file(asks: Any) -> None:
    """Markdown and JSON carry the same sentences."""
    said = asks("downloads")
    answer = json.loads(said["JSON"]["text"])
    sentences = [each["text"] for section in answer["sections"] for each in section["sentences"]]
    assert sentences and all(sentence in said["Markdown"]["text"] for sentence in sentences)
    assert (said["JSON"]["name"], said["Markdown"]["name"]) == ("curbside-answer.json", "curbside-answer.md")


def test_limited_to_guidelines(asks: Any) -> None:
    """The references are what was asked for, and the page says the limits."""
    assert asks("limited", "Which treatments do guidelines suggest for vitiligo?")["kinds"]


def test_a_limit_that_is_none(asks: Any) -> None:
    """The fault stands at the box; what was typed is still in it."""
    said = asks("misunderstood")
    assert "soon" in said["fault"] and said["wrong"] == []


def test_an_example_is_one_click(asks: Any) -> None:
    """Examples come from what the library holds, so they are answered."""
    assert asks("example")["sentences"] >= 1


def test_on_paper(asks: Any) -> None:
    """Print leaves the navigation out and the quoted words in; so does a PDF."""
    said = asks("printed")
    assert said["bytes"] > 20_000 and said["sheets"] >= 1
