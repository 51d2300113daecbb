"""A text's own abbreviations: where pairs stand, which letters make a pair, and what is none."""

from __future__ import annotations

import pytest

from curbside.language.short_forms import definitions, is_short, listed
from curbside.records import Span
from growth import assert_linear


def pairs(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a text as printed."""
    return [(each.short.of(text), each.long.of(text)) for each in definitions(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Patients with immune thrombocytopenia (ITP) bled.", "ITP", "immune thrombocytopenia"),
        ("treated with methotrexate (MTX) weekly", "MTX", "methotrexate"),
        ("the mammalian target of rapamycin (mTOR)", "mTOR", "mammalian target of rapamycin"),
        ("randomised controlled trials (RCTs) of", "RCTs", "randomised controlled trials"),
        ("by reverse transcription-polymerase chain reaction (RT-PCR)", "RT-PCR",
         "reverse transcription-polymerase chain reaction"),
        ("a granulocyte colony stimulating factor [G-CSF] dose", "G-CSF", "granulocyte colony stimulating factor"),
        ("tumour necrosis factor α (TNF-α) fell", "TNF-α", "tumour necrosis factor α"),
        ("given 2,3-diaminonaphthalene (DAN) in", "DAN", "2,3-diaminonaphthalene"),
        ("in three-dimensional (3D) views", "3D", "three-dimensional"),
        ("all-trans retinoic acid (ATRA; 45 mg/m2)", "ATRA", "all-trans retinoic acid"),
        ("of the Ministry (quality of life, QoL) rose", "QoL", "quality of life"),
        ("The EMLA (eutectic mixture of local anaesthetics) cream", "EMLA", "eutectic mixture of local anaesthetics"),
        ("levels (CBZ = carbamazepine) rose", "CBZ", "carbamazepine"),
        ("retinoic acid (hereafter RA) was", "RA", "retinoic acid"),
        ("activity of glutathione peroxidase (EC 1.11.1.9; GPX) fell", "GPX", "glutathione peroxidase"),
        ("a dose of progesterone (P) was", "P", "progesterone"),
    ],
)  # fmt: skip
def test_a_definition_is_found_where_it_stands(text: str, short: str, long: str) -> None:
    """Initials, letters inside words, plurals, Greek, numbers; round and square brackets; either side first."""
    assert (short, long) in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pain fell (P < 0.001) in all (n = 12).",
        "as reported before (see Table 2) and (Fig. 3)",
        "The drug (which was dear) helped.",
        "in Boston (USA) and London (UK)",
        "a benzo(a)pyrene adduct",
        "men (27%) and women (73%)",
        "compound maleimide (2b) was made",
        "(",
        "",
    ],
)
def test_what_defines_nothing_gives_nothing(text: str) -> None:
    """Statistics, references, places and asides are no definitions."""
    assert pairs(text) == []


def test_the_long_form_stays_in_its_sentence_and_behind_the_pair_before_it() -> None:
    """A bracket by itself closes what is before it: the next long form begins behind it."""
    text = (
        "We gave ovariectomised rats estradiol (E2), interleukin-6 (IL-6) and interleukin-10 (IL-10). Sirolimus (SRL)."
    )
    assert pairs(text)[1:] == [("IL-6", "interleukin-6"), ("IL-10", "interleukin-10"), ("SRL", "Sirolimus")]


def test_the_first_letter_of_a_long_form_begins_a_word() -> None:
    """A run of words that only holds the letters somewhere is no long form."""
    assert pairs("the parameter was normal (ARM)") == []


def test_costs_tell_sure_pairs_from_less_sure_ones() -> None:
    """Initials cost nothing; each letter from inside a word costs."""
    (sure,) = definitions("blood pressure (BP)")
    (less,) = definitions("carbamazepine (CBZ)")
    assert sure.cost == 0 < less.cost


def test_lists_of_abbreviations_are_read() -> None:
    """Notes of tables and sections of abbreviations name pairs one after another."""
    text = "Abbreviations: EVR, early virologic response; SVR = sustained virologic response. CI: confidence interval"
    found = [(each.short.of(text), each.long.of(text)) for each in listed(text, Span(0, len(text)))]
    assert found == [
        ("EVR", "early virologic response"),
        ("SVR", "sustained virologic response"),
        ("CI", "confidence interval"),
    ]


def test_the_shape_of_a_short_form() -> None:
    """Few letters, at most three parts, no signs of statistics."""
    assert all(map(is_short, ("ITP", "5-FU", "cAMP", "IL-2Rα", "MHC II", "bpm")))
    assert not any(map(is_short, ("", "n = 5", "12", "range", "a b c d", "significantly better than")))


@pytest.mark.parametrize(
    "piece", ["(", ")", "(A", "(A)", "a (AB) ", "(A, B", "[A; ", "(A = b; ", "a" * 9 + " (AAAA) ", "(a"]
)
def test_reading_is_linear(piece: str) -> None:
    """Four times the text takes about four times as long, brackets without end included."""

    assert_linear(lambda size: lambda: definitions((piece * size)[:size]), 2_000)
