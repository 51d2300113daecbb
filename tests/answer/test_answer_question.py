"""What is understood of a question."""

from __future__ import annotations

import pytest
from small import VOCABULARY

from curbside.answer.question import analyse, notes, subject_words
from curbside.records import Intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What is the hazard ratio for death?", Intent.EFFECT),
        ("Is sirolimus safe in pregnancy?", Intent.PREGNANCY),
        ("Does sirolimus interact with grapefruit?", Intent.INTERACTION),
        ("Who should not take sirolimus?", Intent.CONTRAINDICATION),
        ("Which trough level is wanted?", Intent.MONITORING),
        ("What is the intermittent schedule?", Intent.SCHEDULE),
        ("What dose of sirolimus?", Intent.DOSE),
        ("How many patients responded?", Intent.COUNT),
        ("Is it a first-line treatment?", Intent.LINE),
        ("Do lesions recur?", Intent.RECURRENCE),
        ("What are the side effects?", Intent.HARM),
        ("By what mechanism?", Intent.MECHANISM),
        ("Is sirolimus better than propranolol?", Intent.COMPARISON),
        ("What is sirolimus used for?", Intent.USE),
        ("Does sirolimus help?", Intent.EFFICACY),
        ("What is known about sirolimus for migraine?", Intent.GENERAL),
        ("How is psoriasis treated?", Intent.GENERAL),
        ("How is sirolimus used before sclerotherapy?", Intent.GENERAL),
    ],
)
def test_each_intent_is_read_from_its_own_words(text: str, intent: Intent) -> None:
    """Every row of the table of intents has a question that leads with it."""
    assert analyse(text, VOCABULARY).intents[0] is intent


def test_a_drug_for_a_condition_asks_for_what_is_known_of_that_use() -> None:
    """People type "Rapamune for psoriasis" and mean: does it work?"""
    question = analyse("Rapamune for psoriasis", VOCABULARY)
    assert question.intents[0] is Intent.EFFICACY
    assert [e.concept for e in question.drugs] == ["d:sirolimus"]
    assert [e.concept for e in question.conditions] == ["c:psoriasis"]


def test_people_and_route_are_read() -> None:
    """Groups of people and routes narrow what may answer."""
    question = analyse("topical rapamycin in children with psoriasis", VOCABULARY)
    assert question.populations == ("child",)
    assert question.routes == ("topical",)


def test_a_class_widens_only_when_any_or_all_of_it_is_asked_for() -> None:
    """Everolimus answers for the class, not the class for everolimus, unless somebody asks for any of them."""
    narrow = analyse("Do mTOR inhibitors help psoriasis?", VOCABULARY).classes[0]
    wide = analyse("Which mTOR inhibitors help psoriasis?", VOCABULARY).classes[0]
    assert narrow.ids == ("k:mtor-inhibitors",)
    assert {"d:sirolimus", "d:everolimus"} <= set(wide.ids)


def test_a_misspelt_drug_is_met_and_said_aloud() -> None:
    """A typo is no reason to answer nothing, nor to hide what was read."""
    question = analyse("sirolimsu for psoriasis", VOCABULARY)
    assert [e.concept for e in question.drugs] == ["d:sirolimus"]
    assert notes(question) == ("Read “sirolimsu” as sirolimus.",)


def test_words_that_nothing_accounts_for_stand_for_the_subject() -> None:
    """What the vocabulary does not know must still be found in the passage."""
    assert subject_words(analyse("Can sirolimus be used for snoring?", VOCABULARY)) == ("snoring",)


def test_a_known_condition_leaves_no_subject_words() -> None:
    """A condition that is known is checked as a concept, not as a word."""
    assert subject_words(analyse("Does sirolimus help psoriasis?", VOCABULARY)) == ()


def test_a_question_after_a_plain_fact_asks_for_anything_in_its_words() -> None:
    """ "When" and "at what age" have no row in the table: the words decide."""
    assert analyse("At what age did children start sirolimus?", VOCABULARY).intents == (Intent.GENERAL,)
