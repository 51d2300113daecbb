"""Follow-ups that are suggested: only what the documents read hold something for."""

from __future__ import annotations

from small import VOCABULARY, answered, study

from curbside.answer.thread import begin, follow
from curbside.records import Category

RESULTS = Category.RESULTS


def test_what_the_sentences_hold_is_suggested_and_nothing_else() -> None:
    """A dose and harms stand there; nobody speaks of pregnancy or of stopping."""
    held = study(
        "Sirolimus for psoriasis",
        [
            (
                "Results",
                RESULTS,
                "Sirolimus helped psoriasis in 9 of 12 adults. Sirolimus was given at 2 mg daily.\n"
                "Adverse events of sirolimus in psoriasis were mild.",
            )
        ],
    )
    found = answered("How many patients with psoriasis responded to sirolimus?", held).suggested
    assert "Which dose?" in found and "What about side effects?" in found
    assert not {"And in pregnancy?", "What happens after stopping?", "Only trials"} & set(found)


def test_what_is_asked_or_told_is_not_suggested() -> None:
    """A question on the dose is not followed by one on the dose."""
    held = study("Sirolimus for psoriasis", [("Results", RESULTS, "Sirolimus 2 mg daily cleared psoriasis.")])
    assert "Which dose?" not in answered("What dose of sirolimus for psoriasis?", held).suggested


def test_other_people_another_drug_and_trials() -> None:
    """From what the documents read are about."""
    trial = study(
        "Sirolimus for psoriasis in adults: a randomised trial",
        [("Results", RESULTS, "Sirolimus improved psoriasis in 20 of 40 adults of a randomised trial.")],
        types=("Randomized Controlled Trial",),
    )
    child = study(
        "Everolimus and sirolimus for psoriasis: a child",
        [("Results", RESULTS, "Psoriasis of a child of 7 years improved with sirolimus, and with everolimus.")],
        types=("Case Reports",),
    )
    found = answered("Does sirolimus help psoriasis?", trial, child).suggested
    assert "And everolimus?" in found
    assert "Only trials" in found


def test_a_decline_suggests_nothing() -> None:
    """There is nothing to go on from."""
    assert answered("Does sirolimus help migraine?", study("Sirolimus", [("", RESULTS, "It is old.")])).suggested == ()


def test_each_suggestion_is_understood_as_a_follow_up() -> None:
    """It carries the drug and the condition."""
    held = study(
        "Sirolimus for psoriasis",
        [("Results", RESULTS, "Sirolimus helped psoriasis in 9 of 12 adults at 2 mg daily; adverse events were mild.")],
    )
    before = begin("Does sirolimus help psoriasis?", VOCABULARY)
    for text in answered(before.text, held).suggested:
        carried = {chip.words for chip in follow(before, 2, text, VOCABULARY).carried(2)}
        assert carried >= {"psoriasis"}, text
