"""Finding a table's phrases, beside the plainest way of doing it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.cue_words import DIRECTIONS, HEDGES, NEGATIONS
from curbside.language.number_words import number_words
from curbside.language.phrases import Phrases
from curbside.language.words import NUMBER_WORDS, flat


def naive(phrases: list[str], text: str) -> list[tuple[int, int]]:
    """Find whole phrases, longest first at each place, by trying them all."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        best = 0
        for phrase in phrases:
            end = at + len(phrase)
            if not text.startswith(phrase, at):
                continue
            left = at > 0 and text[at - 1].isalnum() and text[at].isalnum()
            right = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
            if not left and not right:
                best = max(best, len(phrase))
        if best:
            found.append((at, at + best))
        at += best or 1
    return found


WORDS = ["no", "not", "no evidence", "evidence of", "of", "may", "may be", "<", "no."]


@given(st.lists(st.sampled_from([*WORDS, " ", " ", "x", "é", ".", "evidence"]), max_size=30).map("".join))
def test_same_as_trying_them_all(text: str) -> None:
    """The automaton finds what the plain search finds, in the same order."""
    assert [(span.start, span.end) for span, _ in Phrases(WORDS).find(text)] == naive(WORDS, text)


@pytest.mark.parametrize("table", [NEGATIONS, HEDGES, DIRECTIONS], ids=["negations", "hedges", "directions"])
def test_every_phrase_is_found_in_a_sentence(table: dict[str, str]) -> None:
    """Each phrase of the tables is found where it stands, in capitals and over a line break too."""
    finder = Phrases(table)
    for phrase in table:
        for written in (phrase, phrase.upper(), phrase.replace(" ", "\n")):
            text = flat(f"xx {written} yy")
            assert phrase in [found for _, found in finder.find(text)], written


def test_a_phrase_is_known_by_its_table_once() -> None:
    """Repeats in a table do not repeat in the text."""
    assert [phrase for _, phrase in Phrases(["may", "may"]).find("may")] == ["may"]


@pytest.mark.parametrize("word", sorted(NUMBER_WORDS))
def test_every_number_word_is_read(word: str) -> None:
    """Alone, each number word has its value."""
    ((_, value, form),) = number_words(f"{word} of them")
    assert (value, form) == (NUMBER_WORDS[word], "word")


UNITS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelt(value: int, hyphen: str, joiner: str) -> str:
    """Write a number from 1 to 999,999 in words."""
    if value >= 1000:
        rest = f" {spelt(value % 1000, hyphen, joiner)}" if value % 1000 else ""
        return f"{spelt(value // 1000, hyphen, joiner)} thousand{rest}"
    if value >= 100:
        rest = f"{joiner}{spelt(value % 100, hyphen, joiner)}" if value % 100 else ""
        return f"{UNITS[value // 100]} hundred{rest}"
    if value >= 20:
        return TENS[value // 10] + (f"{hyphen}{UNITS[value % 10]}" if value % 10 else "")
    return TEENS[value - 10] if value >= 10 else UNITS[value]


@given(st.integers(1, 999_999), st.sampled_from("- "), st.sampled_from([" and ", " "]))
def test_numbers_in_words_are_read_back(value: int, hyphen: str, joiner: str) -> None:
    """Any number up to a million, in the British and the American manner."""
    words = spelt(value, hyphen, joiner)
    found = list(number_words(f"in {words} patients"))
    assert [(number, span.of(f"in {words} patients")) for span, number, _ in found] == [(value, words)]


@pytest.mark.parametrize("text", ["one of two", "one, two", "one or two", "four to six", "one and two"])
def test_two_numbers_stay_two(text: str) -> None:
    """Words that do not make one number are read apart."""
    assert len(list(number_words(text))) == len(re.findall(r"one|two|four|six", text))
