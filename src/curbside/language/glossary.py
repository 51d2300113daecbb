"""Words of medicine and of research in plain words of ours, for readers who are no clinicians.

The words of the project itself are another thing (`docs/glossary.md`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from curbside.language.phrases import Phrases
from curbside.language.words import flat
from curbside.records import Span


@dataclass(frozen=True, slots=True)
class Term:
    """A word with what it means.

    Attributes:
        term: as it is headed.
        also: other forms and names that are explained by the same words.
        means: one or two short sentences.
    """

    term: str
    also: tuple[str, ...]
    means: str

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms, the heading first."""
        return (self.term, *self.also)


@lru_cache(maxsize=1)
def glossary() -> tuple[Term, ...]:
    """Return all terms, in the order of the alphabet, capitals as small letters."""
    text = (files("curbside.language") / "data" / "glossary.json").read_text(encoding="utf-8")
    return tuple(Term(row["term"], tuple(row["also"]), row["means"]) for row in json.loads(text))


def terms_in(text: str) -> Iterator[tuple[Span, Term]]:
    """Yield where terms stand in a text, whole words only, the longest first where several begin at one place.

    A form in capitals ("OR", "CI", "LAM") is found only in capitals.
    """
    phrases, forms = _table()
    for span, phrase in phrases.find(flat(text)):
        words = span.of(text)
        for form, term in forms[phrase]:
            if not _is_short_form(form) or _is_short_form(words):
                yield span, term
                break


def explained(texts: list[str], most: int = 40) -> tuple[Term, ...]:
    """Return the terms that texts use, in the order of their first coming, at most `most`."""
    found: dict[str, Term] = {}
    for text in texts:
        for _, term in terms_in(text):
            found.setdefault(term.term, term)
    return tuple(found.values())[:most]


def _is_short_form(form: str) -> bool:
    letters = [each for each in form if each.isalpha()]
    return len(letters) > 1 and sum(each.isupper() for each in letters) > len(letters) / 2


@lru_cache(maxsize=1)
def _table() -> tuple[Phrases, dict[str, list[tuple[str, Term]]]]:
    forms: dict[str, list[tuple[str, Term]]] = {}
    for term in glossary():
        for form in term.forms:
            forms.setdefault(flat(form), []).append((form, term))
    return Phrases(forms), forms
