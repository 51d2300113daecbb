"""Each guard stops what it is for, and lets the source's own words through."""

from __future__ import annotations

import pytest
from small import VOCABULARY, study

from curbside.answer.guards import GUARDS, Sentence, failures
from curbside.records import Category, Quote, Span

WORDS = (
    "Sirolimus 2 mg daily may not reduce psoriasis in children: 4 of 13 improved (HR 0.43, 95% CI 0.24-0.78), "
    "while everolimus might."
)
HELD = study("Trial", [("Results", Category.RESULTS, WORDS)])
START = HELD.document.text.index(WORDS)
QUOTE = Quote(HELD.document.id, Span(START, START + len(WORDS)), WORDS)


def trial(text: str, quotes: tuple[Quote, ...] = (QUOTE,), subjects: tuple[frozenset[str], ...] = ()) -> set[str]:
    """Names of the guards that `text` does not pass."""
    sentence = Sentence(text, quotes, {HELD.document.id: HELD.document}, subjects, (), VOCABULARY)
    return {failure.guard for failure in failures(sentence)}


def test_the_sources_own_words_pass() -> None:
    """Untouched sentences are never dropped."""
    assert trial(WORDS) == set()


@pytest.mark.parametrize(
    ("old", "new", "guard"),
    [
        ("4 of 13", "5 of 13", "number"),
        ("0.24-0.78", "0.24-0.87", "number"),
        ("2 mg daily", "2 g daily", "quantity"),
        ("2 mg daily", "2 mg weekly", "quantity"),
        ("may not reduce", "may reduce", "negation"),
        ("may not reduce", "not reduce", "hedge"),
        ("Sirolimus", "Everolimus", "subject"),
        ("psoriasis", "migraine", "subject"),
        ("in children", "in adults", "order"),
        ("reduce", "increase", "order"),
    ],
)
def test_a_change_of_meaning_is_stopped_by_the_guard_that_is_for_it(old: str, new: str, guard: str) -> None:
    """Not only by the one that compares all words."""
    changed = WORDS.replace(old, new, 1)
    assert changed != WORDS
    assert guard in trial(changed)


def test_swapped_drugs_are_stopped() -> None:
    """Both drugs stand in the quote; their order tells which did what."""
    swapped = WORDS.replace("Sirolimus", "X").replace("everolimus", "sirolimus").replace("X", "Everolimus")
    assert "subject" in trial(swapped)


def test_a_quote_that_does_not_hold_stops_everything() -> None:
    """The words must stand in the document at the place that is named."""
    moved = Quote(QUOTE.document, Span(START + 1, START + 1 + len(WORDS)), WORDS)
    assert trial(WORDS, (moved,)) == {"quote"}
    assert trial(WORDS, ()) == {"quote"}


def test_the_passage_must_name_what_was_asked() -> None:
    """Drug and condition asked about are those of the quoted passage."""
    assert trial(WORDS, subjects=(frozenset({"d:sirolimus"}), frozenset({"c:psoriasis"}))) == set()
    assert "asked" in trial(WORDS, subjects=(frozenset({"c:migraine"}),))


def test_every_guard_is_named_and_described() -> None:
    """The table is the list that people read."""
    assert all(guard.__doc__ for guard in GUARDS.values())
