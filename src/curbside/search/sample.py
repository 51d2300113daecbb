"""A text as a question: which of its words and concepts are looked for when its like is wanted.

"More like this" with weighed terms: a word counts by how often the text says it (dampened as BM25 dampens the words of
long questions, k3; Robertson and Zaragoza 2009), four times more where the title has it, and only the most telling
words are looked for, by that weight times their rarity in the index. The numbers were chosen on 350 works with MeSH
headings held back, another draw than that of `python -m evals works_alike`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from curbside.records import Document, Span
from curbside.search.analysis import stems
from curbside.search.passages import cut

MOST_WORDS = 30
"""Words of a text that are looked for; further ones cost time and change little."""

MOST_CONCEPTS = 12
"""Concepts of a text that are looked for by their ids."""

IN_TITLE = 4
"""How many times more a word or concept of the title counts."""

K3 = 8.0
"""How soon repeats of a word stop counting (BM25's k3)."""

CONCEPT = 1.0
"""Weight of a concept beside a word that is as rare."""

READ = 6_000
"""Code points of a text without abstract that are read."""

_SHORTEST = 2
_FIGURES = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Sample:
    """What a text is looked up by.

    Attributes:
        words: stems, each with how often it counts.
        concepts: concept ids, likewise.
        kinds: kinds of documents wanted; empty for any.
    """

    words: Mapping[str, float]
    concepts: Mapping[str, float] = field(default_factory=dict[str, float])
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word or concept to be looked for.

    Attributes:
        field: "text" or "concepts".
        value: stem or concept id.
        weight: of its BM25 score.
    """

    field: str
    value: str
    weight: float


def leading(document: Document) -> tuple[Span, str]:
    """Return the words that stand for a document, and where: its abstract, else its first words."""
    lead = cut(document).lead
    if lead.text:
        return lead.span, lead.text
    span = Span(0, min(len(document.text), READ))
    return span, span.of(document.text)


def sample(title: str, text: str, titled: Sequence[str], named: Sequence[str], kinds: Sequence[str] = ()) -> Sample:
    """Return what a text is looked up by.

    Args:
        title: its title, counted `IN_TITLE` times.
        text: its words.
        titled: ids of the concepts that the title names, repeats kept.
        named: those that the text names, repeats kept.
        kinds: kinds of documents wanted.
    """
    words, concepts = Counter[str](), Counter[str]()
    for stem in stems(text):
        words[stem] += 1
    for stem in stems(title):
        words[stem] += IN_TITLE
    for concept in named:
        concepts[concept] += 1
    for concept in titled:
        concepts[concept] += IN_TITLE
    kept = {word: float(count) for word, count in words.items() if len(word) >= _SHORTEST and word[0] not in _FIGURES}
    return Sample(kept, {concept: float(count) for concept, count in concepts.items()}, tuple(kinds))


def chosen(sample: Sample, frequency: Callable[[str, str], int], total: int) -> list[Term]:
    """Return the terms to be looked for, the most telling first; what the index does not hold is left out.

    Args:
        sample: the text.
        frequency: (field, value) -> entries of the index that hold it.
        total: entries of the index.
    """
    found: list[Term] = []
    for name, counts, most, share in (
        ("text", sample.words, MOST_WORDS, 1.0),
        ("concepts", sample.concepts, MOST_CONCEPTS, CONCEPT),
    ):
        weighed: list[tuple[float, str, float]] = []
        for value, count in counts.items():
            held = frequency(name, value)
            if held:
                weight = share * (K3 + 1) * count / (K3 + count)
                weighed.append((-weight * rarity(held, total), value, weight))
        weighed.sort()
        found += [Term(name, value, round(weight, 4)) for _, value, weight in weighed[:most]]
    return found


def rarity(held: int, total: int) -> float:
    """Return BM25's inverse document frequency of what `held` of `total` entries hold."""
    return math.log(1 + (max(total - held, 0) + 0.5) / (held + 0.5))
