"""Turns a question into a plan: which words, in which spellings, and which concepts answer for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from curbside.records import Filters, Query
from curbside.search.analysis import is_asking, sound, stems, surface
from curbside.search.base import Concepts
from curbside.search.spelling import spellings

MOST_WORDS = 400
"""Different words of a question that are looked up; a text longer than that is searched by its first words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question.

    Attributes:
        stem: as the index knows it.
        others: stems of its other spellings, without repeats; they count only where the index holds them.
    """

    stem: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A concept of a question: either its words or its id must be found, whichever scores more.

    Attributes:
        words: the words it was read from.
        ids: concept ids that answer for it.
    """

    words: tuple[Word, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A question ready to be looked up; no words and no concepts find nothing.

    Attributes:
        words: words outside concepts, each once, in the order of the question.
        named: concepts in the order of the question.
    """

    words: tuple[Word, ...]
    named: tuple[Named, ...]

    def stems(self) -> tuple[str, ...]:
        """Return all stems that can match, without repeats."""
        words = [*self.words, *(word for named in self.named for word in named.words)]
        return tuple(dict.fromkeys(stem for word in words for stem in (word.stem, *word.others)))

    def ids(self) -> tuple[str, ...]:
        """Return all concept ids that can match, without repeats."""
        return tuple(dict.fromkeys(identifier for named in self.named for identifier in named.ids))


def planned(query: Query) -> Plan:
    """Return the plan of a plain question; every string has one.

    A word that occurs twice counts once. Words of asking are left out unless a concept was read from them.
    """
    text = query.text
    words = surface(text)
    taken: set[str] = set()
    named: list[Named] = []
    spans = [expansion.span for expansion in query.expansions]
    for expansion in query.expansions:
        inside = [word for start, word in words if expansion.span.start <= start < expansion.span.end]
        named.append(Named(_words(inside, taken), expansion.ids))
    outside = [
        word
        for start, word in words
        if not is_asking(word) and not any(span.start <= start < span.end for span in spans)
    ]
    return Plan(_words(outside, taken), tuple(named))


def _words(surface_words: Iterable[str], taken: set[str]) -> tuple[Word, ...]:
    """Return the words not in `taken` yet, and take them."""
    found: list[Word] = []
    for word in surface_words:
        if len(taken) >= MOST_WORDS:
            break
        for stem in stems(word):
            if stem in taken:
                continue
            taken.add(stem)
            others = [other for spelling in spellings(sound(word).lower()) for other in stems(spelling)]
            found.append(Word(stem, tuple(dict.fromkeys(other for other in others if other != stem))))
    return tuple(found)


def closed(filters: Filters, concepts: Concepts) -> Filters:
    """Return the filters with every drug and condition joined by its narrower concepts."""

    def wide(identifiers: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each for one in identifiers for each in (one, *concepts.narrower(one))))

    return replace(filters, drugs=wide(filters.drugs), conditions=wide(filters.conditions))
