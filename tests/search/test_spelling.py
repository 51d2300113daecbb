"""Other spellings of a word, and the plan that a question becomes."""

from __future__ import annotations

import pytest

from curbside.records import Expansion, Query, Span
from curbside.search.analysis import exact, stems
from curbside.search.expand import MOST_WORDS, planned
from curbside.search.spelling import BRITISH, GREEK, spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tumour", "tumor"),
        ("haemangioma", "hemangioma"),
        ("anaemia", "anemia"),
        ("leukaemia", "leukemia"),
        ("oedema", "edema"),
        ("oesophagus", "esophagus"),
        ("paediatric", "pediatric"),
        ("diarrhoea", "diarrhea"),
        ("randomised", "randomized"),
        ("randomisation", "randomization"),
        ("centre", "center"),
        ("ageing", "aging"),
        ("α", "alpha"),
        ("κ", "kappa"),
    ],
)
def test_spellings_go_both_ways(one: str, other: str) -> None:
    """British to American and back; a Greek letter and its name."""
    assert other in spellings(one)
    assert one in spellings(other)


@pytest.mark.parametrize("word", ["for", "or", "sirolimus", "itp", "2", "", "лимус"])
def test_a_word_without_another_spelling_has_none(word: str) -> None:
    """Short words are left alone."""
    assert spellings(word) == ()


def test_no_word_is_its_own_other_spelling() -> None:
    """Neither is anything twice."""
    for word in [form for pair in BRITISH for form in pair] + list(GREEK):
        found = spellings(word)
        assert word not in found
        assert len(found) == len(set(found))


def test_a_plan_holds_each_word_once_in_order() -> None:
    """Words of asking and repeats are left out."""
    plan = planned(Query("What is the dose of sirolimus, and is the DOSE safe?"))
    assert [word.stem for word in plan.words] == ["dose", "sirolimus", "safe"]


def test_an_abbreviation_in_capitals_is_no_word_of_asking() -> None:
    """ALL is a leukaemia."""
    assert [word.stem for word in planned(Query("ALL or all")).words] == ["all"]


def test_the_words_of_a_concept_belong_to_it() -> None:
    """A concept takes its words out of the rest."""
    text = "Does rapamycin shrink the tumour?"
    plan = planned(Query(text, (Expansion(Span(5, 14), "d:sirolimus", "sirolimus", ("d:sirolimus",)),)))
    assert [word.stem for word in plan.words] == ["shrink", "tumour"]
    assert [(word.stem for word in named.words) and named.ids for named in plan.named] == [("d:sirolimus",)]
    assert plan.words[1].others == ("tumor",)
    assert plan.ids() == ("d:sirolimus",)
    assert plan.stems() == ("shrink", "tumour", "tumor", "rapamycin")


def test_a_very_long_question_is_searched_by_its_first_words() -> None:
    """The plan is bounded."""
    assert len(planned(Query(" ".join(f"w{n}" for n in range(5_000)))).words) == MOST_WORDS


def test_analysis_keeps_what_figures_need() -> None:
    """Digits, letters with digits and accents are words; phrases keep their small words."""
    assert stems("The IL-2 receptors of naïve cells, p53") == ["il", "2", "receptor", "naiv", "cell", "p53"]
    assert exact("Line of Therapy") == ["line", "of", "therapy"]
    assert stems("lone \ud800 surrogate")[:1] == ["lone"]
