"""Names written one way, and figures of what two texts claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.support_claims import claimed
from curbside.language.support_names import plainly
from curbside.language.support_reading import paired
from curbside.language.support_rules import seen
from curbside.language.vocabulary import Vocabulary

ALL = Vocabulary.shipped()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rapamycin was given.", "sirolimus was given."),
        ("Tylenol for SARS-CoV-2", "paracetamol for coronavirus"),
        ("the novel coronavirus (2019-nCoV) spread", "coronavirus spread"),
        ("COVID-19, covid and coronavirus disease 2019", "coronavirus, coronavirus and coronavirus"),
        ("Nothing is named here.", "Nothing is named here."),
        ("", ""),
    ],
)
def test_names_are_written_one_way(text: str, expected: str) -> None:
    """As the vocabulary has them; younger names as what they were named after."""
    assert plainly(text, ALL).lower() == expected.lower()


@given(st.text(max_size=200))
def test_writing_names_raises_for_no_text(text: str) -> None:
    """And a text without names stays as it is."""
    made = plainly(text, ALL)
    if not ALL.mentions(text) and "cov" not in text.lower() and "corona" not in text.lower():
        assert made == text


def figures(claim: str, evidence: str) -> dict[str, float]:
    """What both claim."""
    return claimed(claim, evidence, paired(claim, evidence, {}))


def test_what_is_claimed_is_told_by_classes_and_not_by_words() -> None:
    """The same sentence of another subject has the same figures."""
    one = figures("Zinc may reduce colds.", "Zinc did not reduce colds.")
    other = figures("Iron may reduce warts.", "Iron did not reduce warts.")
    assert one == other
    assert one["m:one denies"] == one["m:claim hedged"] == one["m:near negated"] == 1
    assert "m:decreased near no difference" in one


def test_names_and_form_are_looked_at() -> None:
    """Only what is there is a figure."""
    made = claimed("Yes, can it?", "To ask whether", paired("Yes, can it?", "To ask whether", {}), lambda _: {})
    assert made["m:yes"] == made["m:asks"] == made["m:aim"] == made["m:whether"] == made["m:no stop"] == 1
    assert "m:same names" not in made


def test_a_pair_without_words_has_no_features() -> None:
    """As for the figures that they are added to."""
    assert seen("", "Zinc reduces colds.", {}) == seen("Zinc reduces colds.", "", {}) == {}
    assert {name[0] for name in seen("Zinc reduces colds.", "Zinc reduces colds.", {})} == {"g", "m", "o"}


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_have_figures(claim: str, evidence: str) -> None:
    """All of them numbers that are no nothing."""
    assert all(value != 0 for value in figures(claim, evidence).values())
