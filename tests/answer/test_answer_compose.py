"""What an answer says, and what it must not."""

from __future__ import annotations

import pytest
from small import answered, study, texts

from curbside.answer import drafting
from curbside.answer.guards import Failure, Sentence, failures
from curbside.answer.intents import GUIDELINES, REPLIES, SECONDARY
from curbside.records import Category, DocumentKind, PartRole

LM = study(
    "Sirolimus for lymphatic malformations in children",
    [
        (
            "Methods",
            Category.METHODS,
            "Fifteen children with lymphatic malformations took oral sirolimus 0.8 mg/m2 twice daily.",
        ),
        (
            "Results",
            Category.RESULTS,
            "Lesions became smaller in 12 of 15 children. Stomatitis occurred in 3 of 15 children and was an adverse event.",
        ),
        (
            "Conclusions",
            Category.CONCLUSIONS,
            "Sirolimus may be effective for lymphatic malformations, but controlled studies are needed.",
        ),
    ],
)
NO_DOSE = study(
    "Rapamycin in psoriasis",
    [
        (
            "Results",
            Category.RESULTS,
            "Sirolimus improved psoriasis in 4 of 10 patients. Dosing regimens of sirolimus varied.",
        )
    ],
)
EVEROLIMUS = study(
    "Everolimus for psoriasis",
    [("Results", Category.RESULTS, "Everolimus 10 mg daily cleared psoriasis in 9 of 10 patients.")],
)


def test_every_sentence_stands_on_words_of_its_document() -> None:
    """The promise of the whole: quotes hold, references resolve."""
    answer = answered("Does sirolimus help lymphatic malformations?", LM)
    assert not answer.declined
    numbers = {entry.number for entry in answer.references}
    for section in answer.sections:
        for sentence in section.sentences:
            assert sentence.quotes
            assert all(quote.holds_in(LM.document) for quote in sentence.quotes)
            assert set(sentence.references) <= numbers


def test_the_dose_asked_for_is_given_as_printed() -> None:
    """A dose is shown with unit and frequency, never without."""
    answer = answered("What dose of sirolimus is used for lymphatic malformations?", LM)
    assert any("0.8 mg/m2 twice daily" in text for text in texts(answer))


def test_a_dose_that_no_source_states_is_said_to_be_missing() -> None:
    """ "Not stated" is an answer, with the sentence that came nearest."""
    answer = answered("What dose of sirolimus is used for psoriasis?", NO_DOSE)
    assert [absence.facet for absence in answer.absences] == ["dose of sirolimus for psoriasis"]
    assert answer.absences[0].documents == (NO_DOSE.document.id,)
    assert any("Dosing regimens" in text for text in texts(answer))


def test_another_drug_never_answers() -> None:
    """Evidence about everolimus is not evidence about sirolimus."""
    answer = answered("What dose of sirolimus is used for psoriasis?", EVEROLIMUS)
    assert answer.declined
    assert not answer.sections


def test_a_sentence_on_the_class_is_marked_as_such() -> None:
    """A source may speak of the class; then the answer says "as a class"."""
    review = study(
        "Sirolimus and everolimus in psoriasis",
        [("", Category.NONE, "In psoriasis mTOR inhibitors reduce proliferation and are effective.")],
        types=("Review",),
    )
    shown = texts(answered("Does sirolimus help psoriasis?", review))
    assert shown == [
        "As a class (mTOR inhibitors): In psoriasis mTOR inhibitors reduce proliferation and are effective."
    ]


def test_what_somebody_was_given_before_is_no_answer() -> None:
    """A history of one patient, treated with the drug before another one, says nothing of whether it works."""
    words = "The girl with psoriasis had been treated with propranolol before sirolimus, which cleared her psoriasis."
    case = study(
        "Sirolimus in psoriasis: sirolimus after all else", [("", Category.NONE, words)], types=("Case Reports",)
    )
    assert answered("Does propranolol work in psoriasis?", case).declined
    assert not answered("Does sirolimus work in psoriasis?", case).declined


def test_what_is_not_held_is_declined_with_what_was_looked_for() -> None:
    """No sentence without a source; the decline says what comes nearest."""
    answer = answered("Does sirolimus cure migraine?", LM)
    assert answer.declined
    assert answer.absences[0].facet == "efficacy of sirolimus for migraine"
    assert answer.absences[0].nearest is not None


def test_an_unknown_word_in_the_place_of_a_condition_is_declined_too() -> None:
    """The vocabulary's ignorance is no licence to answer about something else."""
    assert answered("Can sirolimus be used for snoring?", LM).declined


def test_retracted_work_answers_nothing() -> None:
    """A retraction reaches every answer."""
    retracted = study(
        "Sirolimus for psoriasis",
        [("Results", Category.RESULTS, "Sirolimus cleared psoriasis in 10 of 10 patients.")],
        types=("Retracted Publication",),
    )
    assert answered("Does sirolimus help psoriasis?", retracted).declined


def test_a_question_asked_is_never_quoted() -> None:
    """What a parent writes is not evidence."""
    asked = study(
        "Sirolimus for psoriasis?",
        [("", Category.NONE, "My child takes sirolimus 2 mg daily for psoriasis and it is effective.")],
        role=PartRole.QUESTION,
        kind=DocumentKind.QUESTION_PAGE,
    )
    assert answered("Does sirolimus help psoriasis?", asked).declined


def test_only_a_guideline_stands_under_guidelines() -> None:
    """A page that reports a guideline is a secondary source, a doctor's reply is a reply."""
    words = "Sirolimus is recommended as second-line treatment of psoriasis."
    guideline = study(
        "Psoriasis guideline",
        [("", Category.NONE, words + " It is a strong recommendation.")],
        kind=DocumentKind.GUIDELINE,
    )
    page = study(
        "Uses of sirolimus",
        [("", Category.NONE, "Guidelines mention sirolimus for psoriasis as an option.")],
        PartRole.GUIDELINES,
        DocumentKind.ANSWER_PAGE,
    )
    reply = study(
        "Psoriasis",
        [("", Category.NONE, "I would consider sirolimus for psoriasis a late option.")],
        PartRole.REPLY,
        DocumentKind.QUESTION_PAGE,
    )
    answer = answered("Is sirolimus used for psoriasis?", guideline, page, reply)
    kinds = {entry.number: entry.kind for entry in answer.references}
    for section in answer.sections:
        for sentence in section.sentences:
            kind = kinds[sentence.references[0]]
            if section.heading == GUIDELINES:
                assert kind == "guideline"
            if section.heading == SECONDARY:
                assert kind == "secondary source"
            if section.heading == REPLIES:
                assert kind == "clinician's reply"
    assert {entry.secondary for entry in answer.references if entry.kind == "secondary source"} == {True}


def test_items_of_one_list_are_said_in_one_sentence_with_their_lead_in() -> None:
    """A list item means nothing without the line that introduces it."""
    page = study(
        "What is sirolimus used for?",
        [
            (
                "Uses",
                Category.NONE,
                "Sirolimus has several uses, including:\n• Treatment of psoriasis\n• Treatment of lymphatic malformations",
            )
        ],
        PartRole.RESEARCH,
        DocumentKind.ANSWER_PAGE,
    )
    shown = texts(answered("What are the uses of sirolimus?", page))
    assert (
        shown[0]
        == "Sirolimus has several uses, including: Treatment of psoriasis; Treatment of lymphatic malformations"
    )


def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it() -> None:
    """ "It" alone is no evidence about anything."""
    page = study(
        "Sirolimus in psoriasis",
        [
            (
                "",
                Category.NONE,
                "Sirolimus has been given for psoriasis. However, it is generally considered a second-line treatment.",
            )
        ],
    )
    shown = texts(answered("Is sirolimus a first-line treatment of psoriasis?", page))
    assert any(text.startswith("Sirolimus has been given") and "second-line" in text for text in shown)


def test_evidence_on_adults_does_not_answer_for_children() -> None:
    """Another group of people is another question."""
    adults = study(
        "Sirolimus in adults with psoriasis", [("Results", Category.RESULTS, "In adults sirolimus improved psoriasis.")]
    )
    assert answered("Does sirolimus help children with psoriasis?", adults).declined


def test_oral_evidence_does_not_answer_for_the_skin() -> None:
    """Another route is another question."""
    oral = study(
        "Sirolimus in psoriasis",
        [("Results", Category.RESULTS, "Oral sirolimus caused stomatitis in psoriasis as an adverse event.")],
    )
    assert answered("What are the side effects of topical sirolimus in psoriasis?", oral).declined


def test_the_same_question_gives_the_same_answer() -> None:
    """Byte for byte, whatever the order of sets in memory."""
    assert answered("Does sirolimus help lymphatic malformations?", LM) == answered(
        "Does sirolimus help lymphatic malformations?", LM
    )


def test_the_class_that_is_named_is_the_class_of_the_drug_asked_about() -> None:
    """A sentence may name several classes; only one of them is that of the drug."""
    review = study(
        "Treatment of psoriasis",
        [("", Category.NONE, "In psoriasis steroids and mTOR inhibitors are effective.")],
        types=("Review",),
    )
    assert texts(answered("Does sirolimus help psoriasis?", review)) == [
        "As a class (mTOR inhibitors): In psoriasis steroids and mTOR inhibitors are effective."
    ]


def test_what_guards_stop_leaves_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sentence once, however often it was tried, with the guard that stopped it; shown it is nowhere."""

    def strict(trial: Sentence) -> tuple[Failure, ...]:
        return (Failure("hedge", "it says more"),) if "Stomatitis" in trial.text else failures(trial)

    assert answered("Does sirolimus help lymphatic malformations?", LM).problems == ()
    monkeypatch.setattr(drafting, "failures", strict)
    answer = answered("Does sirolimus help lymphatic malformations?", LM)
    (problem,) = answer.problems
    assert problem.what == "1 sentence was found and left out, stopped by guards (hedge 1)."
    assert not problem.lost
    assert not any("Stomatitis" in text for text in texts(answer))


def test_a_decline_says_what_guards_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence has its reason."""
    monkeypatch.setattr(drafting, "failures", lambda trial: (Failure("number", "another number"),))
    answer = answered("Does sirolimus help lymphatic malformations?", LM)
    assert answer.declined
    assert "stopped by guards (number " in answer.problems[0].what


def test_what_came_nearest_is_not_said_twice() -> None:
    """The words stand in one sentence, though another document has them too."""
    words = "Dosing regimens of sirolimus for psoriasis varied between patients."
    twins = [study(f"Psoriasis, part {n}", [("Results", Category.RESULTS, words)]) for n in (1, 2)]
    shown = texts(answered("What dose of sirolimus is used for psoriasis?", *twins))
    assert len(shown) == len(set(shown))
