"""Reading grades: what is counted, and by which formula."""

from __future__ import annotations

import pytest

from curbside.language.readability import grade, syllables

SAID = """
1: moved tried helped heat meat breathe beat head does toe George skin week child plaque tongue queue whole while role times
1: scores rates lives caused point joint eye eyes dye type types hour our year years tear ear guide field month dose the
2: patient patients treatment little handled safely needed ended wanted doctor clinic immune disease study studies value
2: carried tissue rescue equal liquid language guidance ruin react fluid million region special social react fatigue onion
2: steroid steroids thyroid lymphoid poet surgeon pigeon people client science diet hygiene relief believe species
2: series babies infant children oral level levels trial improved reduced changes judges boxes washes dishes doses noses
2: muscles apples able movement useful likeness careless enzyme lupus transplant kidney cancer lesion version tension mission
2: question ointment avoid going being playing crying drying voyage loyal royal layer player higher fewer lower hearing
2: appear union vision
3: sodium infection infections religion delicious serious various previous clinical vascular video
3: medium opium calcium nucleus museum continue quality actual annual usual influence area nausea urea reaction reactions
3: biopsy allergies therapies biopsies hospital medicine mosaic heroic courageous topical placebo randomised molecule
3: vehicle particle possible completely extremely lysosome interval confidence median average guardian
3: opinion communion companion remission digestion studying idea ratio audio radio cereal ileal suicide skeleton igneous
3: neonate initial essential efficient audience clinician therapy
4: anemia malformation malformations capillary radiation bacteria medication situation evaluate variety society anxiety
4: experience ingredient cutaneous psoriasis sirolimus rapamycin carcinoma melanoma leukemia mucositis stomatitis erythema
4: anxiety cholesterol triglycerides calcineurin inhibitor measurable responsible biology neonatal duodenal diabetes
5: association corticosteroid simultaneous evaluation subcutaneous
6: angiofibroma immunosuppressive
7: thrombocytopenia hyperlipidemia
9: hemangioendothelioma
"""
"""Syllables: words, as dictionaries part them."""


def _list() -> list[tuple[str, int]]:
    rows = [line.split(":") for line in SAID.strip().splitlines()]
    return [(word, int(count)) for count, words in rows for word in words.split()]


def test_syllables_of_a_list_are_counted_as_dictionaries_part_them() -> None:
    """At most three words in a hundred are miscounted, and none by more than one syllable."""
    wrong = [(word, count, syllables(word)) for word, count in _list() if syllables(word) != count]
    assert len(_list()) > 250
    assert len(wrong) <= len(_list()) * 0.03, wrong
    assert all(abs(count - found) <= 1 for _, count, found in wrong)


@pytest.mark.parametrize(("word", "count"), [("12", 1), ("0.1", 1), ("HIV", 3), ("CT", 2), ("A", 1), ("x", 1)])
def test_figures_are_one_syllable_and_capitals_are_spelt_out(word: str, count: int) -> None:
    """Conventions that every tool must choose for itself."""
    assert syllables(word) == count


def test_the_grade_is_the_printed_formula() -> None:
    """Flesch-Kincaid of "The cat sat on the mat." is 0.39 * 6 + 11.8 * 1 - 15.59."""
    found = grade(["The cat sat on the mat."])
    assert found is not None
    assert (found.words, found.sentences) == (6, 1)
    assert found.flesch_kincaid == pytest.approx(0.39 * 6 + 11.8 - 15.59, abs=0.01)
    assert found.smog is None, "SMOG says nothing of fewer than three sentences"


def test_smog_counts_words_of_three_syllables_and_more() -> None:
    """Three hard words in three sentences: 1.043 * sqrt(3 * 30 / 3) + 3.1291."""
    found = grade(["The hospital is near.", "The hospital is far.", "The hospital is here."])
    assert found is not None
    assert found.smog == pytest.approx(1.0430 * 30**0.5 + 3.1291, abs=0.01)


def test_short_words_in_short_sentences_are_easier() -> None:
    """The same said twice: the plain words lie more than four grades below."""
    hard = grade(["Discontinuation of immunosuppressive pharmacotherapy was necessitated by pulmonary complications."])
    easy = grade(["Some people had to stop the drug.", "They had lung problems."])
    assert hard is not None and easy is not None
    assert hard.flesch_kincaid > easy.flesch_kincaid + 4


def test_a_text_without_words_has_no_grade() -> None:
    """Nothing to read is not easy to read."""
    assert grade([]) is None
    assert grade(["…", ""]) is None
