"""The glossary: enough words, each once, each in words that are easier than itself."""

from __future__ import annotations

import pytest

from curbside.language.glossary import Term, explained, glossary, terms_in
from curbside.language.readability import grade, syllables

HARDEST = 9.0
"""Grade that no explanation may exceed."""
KNOWN = {"sirolimus", "tacrolimus", "psoriasis", "melanoma", "malaria", "bacteria", "antibodies", "cholesterol",
         "potassium", "everyone", "somebody"}  # fmt: skip
"""Words of four syllables that explanations may use: everyday ones, and names that are explained themselves."""


def test_there_are_at_least_three_hundred_terms_in_order() -> None:
    """A reader can look a word up on the page, from a to z."""
    terms = [each.term.casefold() for each in glossary()]
    assert len(terms) >= 300
    assert terms == sorted(terms)


def test_no_form_stands_under_two_terms() -> None:
    """A word has one explanation."""
    forms = [form.casefold() for each in glossary() for form in each.forms]
    assert sorted(set(forms)) == sorted(forms)


@pytest.mark.parametrize("term", glossary(), ids=lambda each: each.term)
def test_an_explanation_is_short_and_easier_than_what_it_explains(term: Term) -> None:
    """One or two sentences, grade 9 at most, no word of four syllables but a few that everybody meets."""
    found = grade([term.means])
    assert found is not None
    assert found.flesch_kincaid <= HARDEST
    assert found.sentences <= 2
    assert found.words <= 32
    words = [word.strip(".,:;'").lower() for word in term.means.split()]
    assert [word for word in words if syllables(word) > 3 and word not in KNOWN] == []
    assert term.term.lower() not in words, "a word is not explained by itself"


def test_terms_are_found_as_whole_words_the_longest_first() -> None:
    """ "Adverse events" is one term; "plaque" is not found in "plaquette"."""
    text = "Adverse events of topical sirolimus; plaquette."
    assert [(span.of(text), term.term) for span, term in terms_in(text)] == [
        ("Adverse events", "adverse event"),
        ("topical", "topical"),
        ("sirolimus", "sirolimus"),
    ]


def test_short_forms_are_found_in_capitals_only() -> None:
    """ "OR" is an odds ratio, "or" is not."""
    assert [term.term for _, term in terms_in("the OR was 2")] == ["odds ratio"]
    assert list(terms_in("one or two")) == []


def test_terms_of_several_texts_come_once_in_their_order() -> None:
    """A list of words under a page explains each of them once."""
    found = explained(["Remission of psoriasis.", "Psoriasis came back: relapse."])
    assert [each.term for each in found] == ["remission", "psoriasis", "relapse"]
