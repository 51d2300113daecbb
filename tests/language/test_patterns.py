"""Every pattern and every reader of the language room is linear in the length of the text, hostile text included."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import time
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

HOSTILE = [
    "a", "A", " ", "\n", "1", ".", "0.1", "1,", "1,111", "1 ", "1-", "1–", "(", ")", "[1,", "[1-2] ", "a.", "A. ", "e.g. ",
    "Fig. 1 ", "10^", "x10(", "1 × 10", "mg/", "1 mg/kg/", "twice ", "every 2 ", "1 to ", "%", "1% (", "1/", "Of 1, ",
    "not ", "no ", "may ", "level ", "level 4 ", "one ", "hundred ", "twenty-", "HR ", "HR 1 (95% CI ", "P<", "www.",
    "10.1234/", "PMID:", "hazard ratio ", "week 1, ", "aged ", "\u00a0", "é", "İ", "α-", "-", "–", "'", "\"", "…", "...",
    "a\n", "- a\n", "1. ", "|", "#", "U.S. ", "a-", "ae", "is", "our", "ised", "\u20091", "½", "and ", "1 and ", "b.i.d.",
    "a.B", "1.A", "(a. B) ", "?\"", "between 1 and ", "n = ", "age ", "increase ", "no increase ",
]  # fmt: skip
"""Repeated, these make the text on which patterns that backtrack go quadratic or worse."""

SHORT, LONG = 1_500, 6_000  # n and 4n characters
MOST = 9.0  # times longer that 4n may take: 4 is linear, 16 quadratic; the rest is a busy machine's noise
NOISE = 0.004  # seconds below which nothing is concluded
ATTEMPTS = 8


def compiled() -> dict[str, object]:
    """Return every compiled pattern (`re` or RE2) that a module of the room holds, by its name."""
    found: dict[str, object] = {}
    for module in pkgutil.walk_packages(curbside.language.__path__, "curbside.language."):
        for name, value in vars(importlib.import_module(module.name)).items():
            members = (
                value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else [value]
            )
            for position, member in enumerate(members):
                if isinstance(member, re.Pattern) or type(member).__module__ == "re2":
                    found[f"{module.name}.{name}[{position}]"] = member
    return found


def seconds(run: Callable[[str], object], text: str, times: int) -> float:
    """Return the least processor time of several runs; other processes and the garbage collector do not count."""
    least = float("inf")
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(times):
            start = time.thread_time()
            run(text)
            least = min(least, time.thread_time() - start)
    finally:
        if collecting:
            gc.enable()
    return least


def repeated(piece: str, length: int) -> str:
    """Return `length` characters of a repeated piece, ending in something that matches nothing."""
    return (piece * (length // len(piece) + 1))[:length] + "\x00"


def is_linear(run: Callable[[str], object], piece: str) -> bool:
    """Tell whether 4n takes less than `MOST` times as long as n; the least times of all attempts are compared.

    The least of several runs is what the machine can do undisturbed; a busy machine only adds to it.
    """
    short_text, long_text = repeated(piece, SHORT), repeated(piece, LONG)
    short = long = float("inf")
    for _ in range(ATTEMPTS):
        long = min(long, seconds(run, long_text, 2))
        if long < NOISE:
            return True
        short = min(short, seconds(run, short_text, 4))
        if long < MOST * max(short, NOISE / 4):
            return True
    return False


PATTERNS = compiled()

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
    pattern = PATTERNS[name]

    def run(text: str) -> object:
        return sum(1 for _ in pattern.finditer(text))  # type: ignore[attr-defined]

    assert [piece for piece in HOSTILE if not is_linear(run, piece)] == []


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_reader_is_linear(name: str) -> None:
    """The same of every function that reads a text."""
    assert [piece for piece in HOSTILE if not is_linear(READERS[name], piece)] == []


def test_the_measure_sees_a_quadratic_pattern() -> None:
    """A pattern with adjacent unbounded quantifiers fails the measure, so that passing it means something."""
    bad = re.compile(r"a*a*c")
    assert not is_linear(bad.match, "a")
