"""Where two sources say opposite things of the same, and where they only seem to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.answer.opposing import opposed, opposing
from curbside.language.vocabulary import Vocabulary
from curbside.records import AnswerSentence, Quote, Span

ALL = Vocabulary.shipped()


@pytest.mark.parametrize(
    ("one", "other", "about", "decided"),
    [
        (
            "Sirolimus reduced kidney volume in polycystic kidney disease.",
            "In polycystic kidney disease sirolimus did not reduce kidney volume.",
            "volume",
            '"reduced" against "did not reduce"',
        ),
        (
            "Sirolimus was effective in psoriasis.",
            "In psoriasis, topical sirolimus was not effective.",
            "whether it works",
            '"effective" against "not effective"',
        ),
        (
            "Sirolimus is ineffective in psoriasis.",
            "Sirolimus is effective in psoriasis.",
            "whether it works",
            '"ineffective" against "effective"',
        ),
        (
            "Sirolimus increased forced expiratory volume in lymphangioleiomyomatosis.",
            "Sirolimus decreased forced expiratory volume in lymphangioleiomyomatosis.",
            "forced expiratory volume",
            '"increased" against "decreased"',
        ),
    ],
)
def test_opposite_things_of_one_matter_are_found(one: str, other: str, about: str, decided: str) -> None:
    """With the matter and the words that decided it, either way round."""
    found = opposing(one, other, ALL)
    assert found is not None
    assert (found.about, found.decided) == (about, decided)
    assert f'"{found.one.of(one)}" against "{found.other.of(other)}"' == decided
    assert opposing(other, one, ALL) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sirolimus was effective in psoriasis.", "Everolimus was not effective in psoriasis."),
        ("Sirolimus was effective in psoriasis.", "Sirolimus was not effective in migraine."),
        (
            "Sirolimus was effective in children with psoriasis.",
            "Sirolimus was not effective in adults with psoriasis.",
        ),
        (
            "Sirolimus was effective in psoriasis.",
            "Evidence for sirolimus in psoriasis is mixed; it was not effective.",
        ),
        ("Sirolimus reduced pain in psoriasis.", "Sirolimus increased cholesterol in psoriasis."),
        ("Sirolimus reduced plaque thickness in psoriasis.", "Sirolimus lowered plaque thickness in psoriasis."),
        (
            "Sirolimus reduced plaque thickness compared with placebo in psoriasis.",
            "Plaque thickness did not differ between sirolimus and usual care in psoriasis.",
        ),
        ("We aimed to find whether sirolimus is effective in psoriasis.", "Sirolimus was not effective in psoriasis."),
        ("", "Sirolimus was effective."),
    ],
)
def test_what_only_seems_opposite_is_not(one: str, other: str) -> None:
    """Another drug, condition, people, comparator, outcome; a doubt; an aim."""
    assert opposing(one, other, ALL) is None
    assert opposing(other, one, ALL) is None


def test_an_answers_sentences_of_different_references_are_held_against_each_other() -> None:
    """Never two of one reference, and no more than asked for."""
    texts = ("Sirolimus was effective in psoriasis.", "Sirolimus was not effective in psoriasis.")
    made = [
        AnswerSentence(text, (Quote(f"d{at}", Span(0, len(text)), text),), (at,)) for at, text in enumerate(texts, 1)
    ]
    found = opposed(made, ALL)
    assert [side.reference for side in found[0].sides] == [1, 2]
    assert opposed([made[0], AnswerSentence(texts[1], made[1].quotes, (1,))], ALL) == ()
    assert opposed(made, ALL, most=0) == ()


@given(st.text(max_size=200))
def test_no_text_is_against_itself(text: str) -> None:
    """Whatever it says."""
    assert opposing(text, text, ALL) is None
