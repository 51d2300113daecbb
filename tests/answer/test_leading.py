"""What an answer opens with: the fact that is asked for, in the words in which people ask."""

from __future__ import annotations

import pytest
from small import VOCABULARY, answered, study, texts

from curbside.answer.question import analyse
from curbside.language.species import names_animals
from curbside.records import Category, Intent


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("How is sirolimus applied in psoriasis?", Intent.SCHEDULE),
        ("What sirolimus level is aimed for in psoriasis?", Intent.MONITORING),
        ("Which drugs come first in psoriasis?", Intent.LINE),
        ("What predicts stomatitis on sirolimus?", Intent.HARM),
    ],
)
def test_how_people_ask(question: str, intent: Intent) -> None:
    """Levels that are aimed for are monitoring, how something is applied is its schedule."""
    assert analyse(question, VOCABULARY).intents[0] is intent


def first(question: str, *sentences: str) -> str:
    """The first sentence of an answer from a trial with these results."""
    held = study("Sirolimus in psoriasis: a trial", [("Results", Category.RESULTS, " ".join(sentences))])
    return texts(answered(question, held))[0]


def test_whether_it_helps_is_answered_with_figures() -> None:
    """A general word of praise stands behind the result."""
    said = first(
        "Does sirolimus help psoriasis?",
        "Sirolimus was generally useful and promising in psoriasis of adults and children.",
        "Psoriasis improved with sirolimus in 33 of 79 patients (42%) at 24 weeks.",
    )
    assert "33 of 79" in said


def test_who_died_is_answered_with_deaths() -> None:
    """However many other harms are counted."""
    said = first(
        "Did anyone die of stomatitis on sirolimus?",
        "Stomatitis on sirolimus was seen in 20 of 79 patients (25%) with psoriasis.",
        "One death from stomatitis was reported on sirolimus in psoriasis.",
    )
    assert said.startswith("One death")


def test_an_organ_is_met_by_what_befalls_it() -> None:
    """The brain is met by seizures, the kidneys by creatinine."""
    said = first(
        "What are the harms of sirolimus for the kidneys in psoriasis?",
        "Adverse events of sirolimus in psoriasis were rash in 20 of 79 patients (25%).",
        "Adverse events of sirolimus in psoriasis were raised creatinine in 4 of 79 patients.",
    )
    assert "creatinine" in said


def test_a_dose_for_dogs_is_nobodys() -> None:
    """An animal study gives no dose, no harm and no form, unless animals are asked about."""
    dogs = study(
        "Sirolimus in dogs with psoriasis",
        [
            (
                "Results",
                Category.RESULTS,
                "Sirolimus 2 mg/kg daily was given to 10 dogs with psoriasis, and 6 dogs improved.",
            )
        ],
        types=("Animals", "Research Support"),
    )
    people = study(
        "Sirolimus in psoriasis: a trial",
        [("Results", Category.RESULTS, "Psoriasis improved with sirolimus in 33 of 79 patients (42%) at 24 weeks.")],
    )
    answer = answered("What is known about sirolimus for psoriasis?", people, dogs)
    dosed = [part for part in answer.sections if part.heading == "Doses and schedules"]
    assert not any("dogs" in sentence.text for part in dosed for sentence in part.sentences)
    assert "33 of 79" in answer.sections[0].sentences[0].text
    assert names_animals("Is it safe for my dog?")
    assert not names_animals("Is it safe for my daughter?")
