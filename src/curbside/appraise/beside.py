"""What stands beside the counts of an answer: share and interval, computed from the numbers the source gives."""

from __future__ import annotations

from dataclasses import replace

from curbside.appraise.intervals import proportion_words
from curbside.language.counts import Count, counts
from curbside.language.linear import linear
from curbside.language.numbers import numbers
from curbside.records import Answer, AnswerSentence, Derivation

_HAS_INTERVAL = linear(r"(?i)\bCI\b|\bconfidence interval|\bcredible interval")
_FEWEST = 2
"""People below which a share says nothing."""


def with_intervals(answer: Answer) -> Answer:
    """Return the answer with the interval of each "k of n" beside its sentence.

    A sentence that prints intervals of its own gets none of ours. Nothing is computed where the count is not of whole
    numbers or not within its group; the words of the answer stay as they are.
    """
    sections = tuple(
        replace(section, sentences=tuple(_beside(sentence) for sentence in section.sentences))
        for section in answer.sections
    )
    return answer if sections == answer.sections else replace(answer, sections=sections)


def _beside(sentence: AnswerSentence) -> AnswerSentence:
    if _HAS_INTERVAL.search(sentence.text) is not None:
        return sentence
    found = dict.fromkeys(made for count in counts(sentence.text) if (made := _interval(count)) is not None)
    return replace(sentence, derived=(*sentence.derived, *found)) if found else sentence


def _interval(count: Count) -> Derivation | None:
    k, n = _whole(count.k), _whole(count.n)
    if k is None or n is None or not 0 <= k <= n or n < _FEWEST:
        return None
    if 0 < k < n:
        how = f"Wilson's score interval of {k}/{n}, at 95 %"
    else:
        how = f"exact one-sided bound of {k}/{n}, at 95 % (Clopper and Pearson)"
    return Derivation(proportion_words(k, n), how)


def _whole(printed: str) -> int | None:
    """Return what a printed or spelt whole number is worth, None for anything else."""
    read = numbers(printed) if printed else []
    return int(read[0].value) if len(read) == 1 and read[0].value == int(read[0].value) else None
