"""What a rewording may change, and what it may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from small import VOCABULARY, study

from curbside.answer.guards import Sentence
from curbside.answer.guards_reworded import LONGEST, MOST_LETTERS, REWORDED, refusals
from curbside.answer.rewording_moves import MOST_WORDS, moved
from curbside.answer.rewording_read import read
from curbside.records import Category, Quote, Span
from growth import assert_linear

SAID = (
    "In children with psoriasis, sirolimus 2 mg daily reduced itching in 4 of 13 patients (31%) and may cause stomatitis; "
    "everolimus did not."
)


def why(said: str, text: str) -> set[str]:
    """Names of the guards that `text` does not pass in the place of `said`."""
    held = study("Trial", [("Results", Category.RESULTS, said)])
    at = held.document.text.index(said)
    quote = Quote(held.document.id, Span(at, at + len(said)), said)
    trial = Sentence(said, (quote,), {held.document.id: held.document}, (), (), VOCABULARY)
    return {failure.guard for failure in refusals(trial, text)}


def changed(old: str, new: str) -> str:
    """The sentence with other words in one place."""
    assert old in SAID
    return SAID.replace(old, new, 1)


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        changed("daily", "every day"),
        changed("reduced itching", "decreased pruritus"),
        changed("stomatitis; everolimus", "stomatitis. Everolimus"),
        changed("patients", "people"),
        changed("did not", "didn't"),
        changed("In children", "In addition, in children"),
    ],
)
def test_words_of_one_class_joiners_and_stops_may_change(text: str) -> None:
    """The sentence says the same."""
    assert why(SAID, text) == set()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("In children, sirolimus reduced itching.", "Sirolimus reduced itching in children."),
        ("Sirolimus reduced itching after 4 weeks.", "After 4 weeks, sirolimus reduced itching."),
        ("Sirolimus reduced itching in children.", "Itching was reduced by sirolimus in children."),
        ("Itching was caused by the ointment.", "The ointment caused itching."),
        ("The volume of the lesion fell.", "The lesion volume fell."),
        ("Lesions improved slowly.", "Lesions slowly improved."),
        ("It was given to adults and children.", "It was given to children and adults."),
        ("The most common harm was itching.", "Itching was the most common harm."),
        ("The note does not state a dose.", "The note states no dose."),
        ("Of the children who responded, 3 had pain.", "3 of the children who responded had pain."),
    ],
)
def test_the_few_changes_of_order_that_say_the_same_pass(said: str, text: str) -> None:
    """Each is a row of `rewording_moves`."""
    assert why(said, text) == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("4 of 13", "5 of 13"),
        ("(31%)", ""),
        ("2 mg", "2 g"),
        ("daily", "weekly"),
        ("children", "adults"),
        ("children", "infants"),
        ("psoriasis", "migraine"),
        ("sirolimus", "everolimus"),
        ("reduced", "increased"),
        ("reduced", "abolished"),
        ("may cause", "causes"),
        ("may cause", "can cause"),
        ("did not", "did"),
        ("did not", "did too"),
        ("itching", "severe itching"),
        ("and may", "or may"),
        ("; everolimus did not", ""),
        ("everolimus did not.", "everolimus did not. It is safe."),
        ("everolimus did not.", "everolimus did not. Ask your doctor for it."),
        ("In children with psoriasis, s", "S"),
        ("reduced itching", "led to less itching because of its strength"),
    ],
)
def test_what_says_something_else_is_refused(old: str, new: str) -> None:
    """Numbers, units, people, drugs, directions, doubts, denials, what is added and what is left out."""
    assert why(SAID, changed(old, new))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Sirolimus reduced infections.", "Infections reduced sirolimus."),
        ("Sirolimus reduced infections.", "Sirolimus was reduced by infections."),
        ("Sirolimus was better than placebo.", "Placebo was better than sirolimus."),
        ("Patients changed from sirolimus to everolimus.", "Patients changed to sirolimus from everolimus."),
        ("It rose in adults and fell in children.", "It fell in adults and rose in children."),
        ("10% on sirolimus and 20% on placebo relapsed.", "20% on sirolimus and 10% on placebo relapsed."),
        ("Itching fell but pain did not fall.", "Pain fell but itching did not fall."),
        ("It helped in children, but not in adults.", "It helped, but not in children in adults."),
        ("It did not help all patients.", "It helped not all patients."),
        ("Sirolimus, not placebo, reduced pain.", "Sirolimus did not; placebo reduced pain."),
        ("Sirolimus, not placebo, reduced pain.", "Sirolimus did not, placebo reduced pain."),
        ("Sirolimus was not as effective as placebo.", "Sirolimus was not effective with placebo."),
        ("Volume fell in 30%.", "Volume fell to 30%."),
        ("Pain fell for 4 weeks.", "Pain fell within 4 weeks."),
        ("Sirolimus for psoriasis caused itching.", "Psoriasis for sirolimus caused itching."),
        ("Itching fell and pain rose in adults.", "In adults, itching fell and pain rose."),
        ("The drugs gave 4% and 7%, respectively, in adults.", "In adults, the drugs gave 4% and 7%, respectively."),
    ],
)
def test_an_order_that_says_something_else_is_refused(said: str, text: str) -> None:
    """Arms, sides, denials and scopes cannot be changed by moving what is there."""
    assert why(said, text)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Itching improved in the group.", "Itching improves in the group."),
        ("The effect was strong.", "The effect is strong."),
        ("A patient improved.", "Patients improved."),
        ("This study found itching.", "Studies found itching."),
    ],
)
def test_what_was_seen_once_is_not_said_in_general(said: str, text: str) -> None:
    """Neither by the tense nor by the plural."""
    assert why(said, text)


@pytest.mark.parametrize(
    "more",
    [
        "<b>x</b>", "<script>x</script>", "&lt;b", "[here](x)", "https://x.org", "www.x.org", "x.com", "a@x", "`x`", "[3]",
        "\u202e", "\u200b", "\x07", "\ufeff", "\U000e0041", "\u0430", "👍", "\n", "{x}",
    ],
)  # fmt: skip
def test_markup_addresses_and_signs_are_refused_before_anything_is_read(more: str) -> None:
    """By the guard of form alone, which looks first."""
    assert why(SAID, f"{SAID[:-1]} {more} .") == {"form"}


def test_nothing_and_far_too_much_are_refused() -> None:
    """A rewording is one line of about the same length."""
    assert why(SAID, "") == why(SAID, " ") == {"form"}
    assert why(SAID, f"{SAID} " * (int(LONGEST) + 2)) == {"form"}


def test_kinds_of_a_concept_are_not_the_same() -> None:
    """Acute and chronic rejection are one concept of the vocabulary, and two things."""
    one, other = (read(f"{kind} graft-versus-host disease", VOCABULARY).keys for kind in ("acute", "chronic"))
    assert one != other


def test_each_guard_says_why_in_words() -> None:
    """The table is the documentation's too."""
    assert set(REWORDED) == {"form", "words", "moves", "tense", "part", "figure", "joint"}
    assert all(guard.__doc__ for guard in REWORDED.values())


def test_work_grows_with_the_length_of_a_text_and_no_faster() -> None:
    """Whatever a document and a model together hold; and what is longer than any sentence is not looked at."""
    words = ("sirolimus reduced itching in children", "and pain", "of 4 weeks", "not", "or")

    def prepare(size: int) -> Callable[[], object]:
        said, text = (" ".join(words[(n + turn) % len(words)] for n in range(size)) for turn in (0, 1))
        return lambda: moved(read(said, VOCABULARY), read(text, VOCABULARY), (said, text))

    assert_linear(prepare, MOST_WORDS)
    assert why(("Itching fell. " * MOST_LETTERS).strip(), "Itching fell.") == {"form"}
