"""Every pattern and every reader of the language room is linear in the length of the text, hostile text included."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import curbside.language
from curbside.language.counts import counts
from curbside.language.cues import certainty, directions, hedges, negations
from curbside.language.effects import effects
from curbside.language.numbers import numbers
from curbside.language.quantities import quantities
from curbside.language.sentences import sentences
from curbside.language.words import content_words, flat, tokens
from linear_time import compiled, finds_all, is_linear

HOSTILE = [
    "a", "A", " ", "\n", "1", ".", "0.1", "1,", "1,111", "1 ", "1-", "1–", "(", ")", "[1,", "[1-2] ", "a.", "A. ", "e.g. ",
    "Fig. 1 ", "10^", "x10(", "1 × 10", "mg/", "1 mg/kg/", "twice ", "every 2 ", "1 to ", "%", "1% (", "1/", "Of 1, ",
    "not ", "no ", "may ", "level ", "level 4 ", "one ", "hundred ", "twenty-", "HR ", "HR 1 (95% CI ", "P<", "www.",
    "10.1234/", "PMID:", "hazard ratio ", "week 1, ", "aged ", "\u00a0", "é", "İ", "α-", "-", "–", "'", "\"", "…", "...",
    "a\n", "- a\n", "1. ", "|", "#", "U.S. ", "a-", "ae", "is", "our", "ised", "\u20091", "½", "and ", "1 and ", "b.i.d.",
    "a.B", "1.A", "(a. B) ", "?\"", "between 1 and ", "n = ", "age ", "increase ", "no increase ",
]  # fmt: skip
"""Repeated, these make the text on which patterns that backtrack go quadratic or worse."""

PATTERNS = compiled(curbside.language)

READERS: dict[str, Callable[[str], object]] = {
    "sentences": sentences,
    "sentences with markers": lambda text: sentences(text, glued=range(len(text))),
    "numbers": numbers,
    "quantities": quantities,
    "effects": effects,
    "counts": counts,
    "negations": negations,
    "hedges": hedges,
    "directions": directions,
    "certainty": certainty,
    "content_words": content_words,
    "tokens": tokens,
    "flat": flat,
}


def test_patterns_are_found() -> None:
    """The room's patterns are discovered, not listed by hand, so that a new one is tested too."""
    assert len(PATTERNS) > 40
    assert any("numbers.NUMBER" in name for name in PATTERNS)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_pattern_is_linear(name: str) -> None:
    """Finding all matches in 4n characters takes about four times as long as in n, for every hostile text."""
    run = finds_all(PATTERNS[name])
    assert [piece for piece in HOSTILE if not is_linear(run, piece)] == []


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_reader_is_linear(name: str) -> None:
    """The same of every function that reads a text."""
    assert [piece for piece in HOSTILE if not is_linear(READERS[name], piece)] == []


def test_the_measure_sees_a_quadratic_pattern() -> None:
    """A pattern with adjacent unbounded quantifiers fails the measure, so that passing it means something."""
    bad = re.compile(r"a*a*c")
    assert not is_linear(bad.match, "a")
