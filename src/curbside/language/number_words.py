"""Numbers written as words: fifteen, twenty-two, two hundred and six, one-third, twice (daily)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curbside.language.phrases import Phrases
from curbside.language.words import (
    FRACTIONS_IN_WORDS,
    SCALES_IN_WORDS,
    TENS_IN_WORDS,
    TIMES_IN_WORDS,
    UNITS_IN_WORDS,
)
from curbside.records import Span

_VALUES: dict[str, float] = {
    **UNITS_IN_WORDS,
    **TENS_IN_WORDS,
    **SCALES_IN_WORDS,
    **FRACTIONS_IN_WORDS,
    **TIMES_IN_WORDS,
}
_LONGEST = 9  # words of one number: "nine hundred thousand two hundred and thirty-one" has seven
_WORDS = Phrases(_VALUES)
_FREQUENCY = re.compile(r"[ -](?:a|per|each|every|daily|weekly|monthly|yearly|annually|nightly|in)\b|[.,;)]|$")
_PART = re.compile(r" (?:of|the|an?|as)\b")
_PRONOUN = re.compile(r" another\b|'s\b|self\b")


def number_words(flattened: str) -> Iterator[tuple[Span, float, str]]:
    """Yield span, value and form ("word" or "times") of the number words of a flattened text, in order.

    Ordinals are left out ("second-line", "a third patient"); so is "one" where it is a pronoun ("no one",
    "one another") and "once" where it is a conjunction.
    """
    run: list[tuple[Span, str]] = []
    for span, word in _WORDS.find(flattened):
        if run and not _continues(flattened, run, span, word):
            yield from _worth(flattened, run)
            run = []
        run.append((span, word))
    yield from _worth(flattened, run)


def _continues(flattened: str, run: list[tuple[Span, str]], span: Span, word: str) -> bool:
    """Tell whether `word` belongs to the number that the words of `run` have begun."""
    last_span, last = run[-1]
    gap = flattened[last_span.end : span.start] if span.start - last_span.end <= 5 else "?"
    if len(run) >= _LONGEST:
        return False
    if gap in {" ", "-"}:
        if word in FRACTIONS_IN_WORDS:
            return len(run) == 1 and last in UNITS_IN_WORDS
        return (
            (last in TENS_IN_WORDS and 0 < UNITS_IN_WORDS.get(word, 10) < 10)
            or (word in SCALES_IN_WORDS and last not in FRACTIONS_IN_WORDS and last not in TIMES_IN_WORDS)
            or (last in SCALES_IN_WORDS and (word in UNITS_IN_WORDS or word in TENS_IN_WORDS))
        )
    return gap == " and " and last in SCALES_IN_WORDS and (word in UNITS_IN_WORDS or word in TENS_IN_WORDS)


def _worth(flattened: str, run: list[tuple[Span, str]]) -> Iterator[tuple[Span, float, str]]:
    if not run:
        return
    words = [word for _, word in run]
    span = Span(run[0][0].start, run[-1][0].end)
    if words[-1] in FRACTIONS_IN_WORDS:
        if len(words) == 2:
            yield span, _VALUES[words[0]] * FRACTIONS_IN_WORDS[words[1]], "word"
        elif _is_part(flattened, span, words[0]):
            yield span, FRACTIONS_IN_WORDS[words[0]], "word"
    elif words[0] in TIMES_IN_WORDS:
        if words[0] != "once" or _FREQUENCY.match(flattened, span.end):
            yield span, TIMES_IN_WORDS[words[0]], "times"
    elif not (words == ["one"] and _is_pronoun(flattened, span)):
        yield span, _total(words), "word"


def _is_part(flattened: str, span: Span, word: str) -> bool:
    """Tell whether a lone fraction word is a share ("a third of", "half the") and no ordinal or prefix."""
    if word == "half":
        return _PART.match(flattened, span.end) is not None
    return flattened.endswith((" a ", "a "), 0, span.start) and flattened.startswith(" of", span.end)


def _is_pronoun(flattened: str, span: Span) -> bool:
    return (
        flattened.endswith("no ", max(0, span.start - 3), span.start) or _PRONOUN.match(flattened, span.end) is not None
    )


def _total(words: list[str]) -> float:
    """Return the value of number words in order, e.g. two hundred (and) six -> 206."""
    total = 0.0
    current = 0.0
    for word in words:
        scale = SCALES_IN_WORDS.get(word)
        if scale is None:
            current += _VALUES[word]
        elif scale == 100:
            current = max(current, 1) * 100
        else:
            total += max(current, 1) * scale
            current = 0
    return total + current
