"""What a sentence has to be about: settings beside drugs and diseases, and a class with its own forms."""

from __future__ import annotations

from small import ROWS, VOCABULARY, answered, study, texts

from curbside.answer.eligible import wanted
from curbside.answer.question import analyse
from curbside.language.vocabulary import Vocabulary
from curbside.records import Category

FIELDS = "c:neoplasm\tneoplasm\tcancer\t\t\t\n" + "".join(
    f"c:tumour-{n}\ttumour number {n}\t\t\tc:neoplasm\t\n" for n in range(310)
)
FORMS = "k:topical-steroids\ttopical steroids\t\t\tk:steroids\t\nd:clobetasol\tclobetasol\t\t\tk:topical-steroids\t\n"
WIDE = Vocabulary([ROWS + FIELDS + FORMS])


def test_a_procedure_beside_a_drug_is_a_setting() -> None:
    """Before, with or after it; a comparison is about both, and a question without a drug is about the procedure."""
    setting = wanted(analyse("How is sirolimus used before sclerotherapy?", VOCABULARY), VOCABULARY)
    assert setting.treatments == (frozenset({"d:sirolimus"}),)
    compared = wanted(analyse("Is sirolimus better than sclerotherapy?", VOCABULARY), VOCABULARY)
    assert len(compared.treatments) == 2
    alone = wanted(analyse("Does sclerotherapy help?", VOCABULARY), VOCABULARY)
    assert alone.treatments == (frozenset({"p:sclerotherapy"}),)


def test_a_field_beside_a_disease_is_a_setting() -> None:
    """Psoriasis in cancer patients is psoriasis; cancer alone is what is asked about."""
    both = wanted(analyse("Does sirolimus help psoriasis in cancer patients?", WIDE), WIDE)
    assert both.conditions == (frozenset({"c:psoriasis"}),)
    alone = wanted(analyse("Does sirolimus help in cancer?", WIDE), WIDE)
    two = wanted(analyse("Does sirolimus help stomatitis in psoriasis?", WIDE), WIDE)
    assert len(two.conditions) == 2
    assert len(alone.conditions) == 1
    assert "c:neoplasm" in alone.conditions[0]


def test_a_class_is_answered_for_by_its_forms() -> None:
    """Topical steroids are steroids; a single member is not asked about."""
    (steroids,) = wanted(analyse("Do steroids help in psoriasis?", WIDE), WIDE).treatments
    assert {"k:steroids", "k:topical-steroids"} <= steroids
    assert "d:clobetasol" not in steroids


def test_a_disease_may_be_called_by_what_takes_it_in() -> None:
    """The next broader one, where it is no whole field."""
    narrow = wanted(analyse("Does sirolimus help a macrocystic lymphatic malformation?", VOCABULARY), VOCABULARY)
    assert narrow.nearest == {"c:lymphatic-malformation"}
    of_a_field = wanted(analyse("Does sirolimus help tumour number 7?", WIDE), WIDE)
    assert of_a_field.broader == {"c:neoplasm"}
    assert not of_a_field.nearest


def test_a_dose_of_another_indication_is_none() -> None:
    """A study of psoriasis that mentions migraine gives no dose for migraine."""
    held = study(
        "Sirolimus in psoriasis",
        [
            ("Patients", Category.METHODS, "Migraine was noted in some. Migraine was rated."),
            ("Methods", Category.METHODS, "People took sirolimus 3 mg daily."),
        ],
    )
    assert not any("3 mg" in text for text in texts(answered("What dose of sirolimus is used for migraine?", held)))
    assert any("3 mg" in text for text in texts(answered("What dose of sirolimus is used for psoriasis?", held)))


def test_drugs_given_together_are_one_treatment() -> None:
    """What is said of one of them alone says nothing of both; "and" leaves it open."""
    assert wanted(analyse("Does sirolimus with propranolol help psoriasis?", VOCABULARY), VOCABULARY).together
    assert not wanted(analyse("Do sirolimus and propranolol help psoriasis?", VOCABULARY), VOCABULARY).together
    alone = study("Propranolol", [("Results", Category.RESULTS, "Propranolol cleared psoriasis in 9 of 10 patients.")])
    both = study(
        "Two drugs",
        [("Results", Category.RESULTS, "Sirolimus with propranolol cleared psoriasis in 4 of 10 patients.")],
    )
    said = texts(answered("Does sirolimus with propranolol help psoriasis?", alone, both))
    assert any("4 of 10" in text for text in said)
    assert not any("9 of 10" in text for text in said)
