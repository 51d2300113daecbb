"""Telling a sentence to a patient takes time in proportion to its length, whatever stands in it."""

from __future__ import annotations

import pytest

from curbside.answer.patient_cuts import shorter
from curbside.answer.patient_figures import chance, names_dose, plain_ratios
from curbside.answer.patient_words import changes
from curbside.writers.html_terms import Glossing
from growth import Work, assert_linear

PIECES = {
    "brackets": "patients (mean age 3; ",
    "arms": "12 of 20 on sirolimus and ",
    "ratios": "HR 0.44, 95% CI 0.30-0.63, ",
    "clauses": "it helped, but it was ; and its effect may, ",
    "opens": "(((((((( ",
    "percents": "12.5% of patients, p < 0.001, ",
    "lists": "it included fever, pain, rash, a cough, ",
    "leads": "it has uses, including: Treatment, such as ",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_work_grows_with_the_text(piece: str) -> None:
    """Words, cuts, ratios, p values, doses and explained words."""

    def prepare(size: int) -> Work:
        text = piece * size

        def work() -> None:
            for change in changes(text):
                change.make(text)
            list(shorter(text))
            plain_ratios(text)
            chance(text)
            names_dose((text,))
            Glossing(["sirolimus"])(text)

        return work

    assert_linear(prepare, 20)
