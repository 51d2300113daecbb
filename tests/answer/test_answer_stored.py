"""What a profile knows of a text spares reading it; the answer is the same as without."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import VOCABULARY, answered, study
from test_answer_compose import EVEROLIMUS, LM, NO_DOSE

from curbside.answer.context import can_be_quoted, candidates
from curbside.answer.eligible import fit, may_speak, may_treat, wanted
from curbside.answer.guards import Sentence, asked_guard
from curbside.answer.naming import Mentions
from curbside.answer.question import analyse
from curbside.records import Category, Holding, Quote, Span

QUESTIONS = (
    "Does sirolimus help lymphatic malformations?",
    "What dose of sirolimus is used for psoriasis?",
    "Which side effects does everolimus have?",
    "Does propranolol help migraine?",
    "Do mTOR inhibitors help psoriasis?",
    "Is snoring treated with sirolimus?",
)
EMPTY = study("A list", [("Results", Category.RESULTS, "Doses were:")])


def forgetful(holding: Holding) -> Holding:
    """The same document with a profile of an earlier version."""
    return replace(holding, profile=replace(holding.profile, places=()))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_the_same_with_and_without(question: str) -> None:
    """An older library answers as one added today."""
    held = (LM, NO_DOSE, EVEROLIMUS, EMPTY)
    assert answered(question, *held) == answered(question, *map(forgetful, held))


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("holding", [LM, NO_DOSE, EVEROLIMUS])
def test_a_document_that_is_passed_over_has_nothing_that_fits(question: str, holding: Holding) -> None:
    """By what it names, it is told which documents cannot speak; a no is never wrong."""
    asked = analyse(question, VOCABULARY)
    want = wanted(asked, VOCABULARY)
    fits = [
        one for one in candidates(holding, None, Span(0, 0), VOCABULARY) if fit(one, want, asked.intents) is not None
    ]
    assert may_speak(holding, want, VOCABULARY) or not fits
    assert may_treat(holding, want, VOCABULARY) or not any(
        one.named.treatments & ids for one in fits for ids in want.treatments
    )


def test_some_documents_are_passed_over() -> None:
    """Else nothing would be gained; one whose names are not known is read."""
    want = wanted(analyse("Does propranolol help migraine?", VOCABULARY), VOCABULARY)
    assert not may_speak(LM, want, VOCABULARY)
    assert may_speak(forgetful(LM), want, VOCABULARY)


@pytest.mark.parametrize("holding", [LM, NO_DOSE, EVEROLIMUS, EMPTY])
def test_whether_there_is_a_sentence_to_quote(holding: Holding) -> None:
    """Told without making all of them."""
    found = candidates(holding, None, Span(0, 0), VOCABULARY)
    assert can_be_quoted(holding, None, Span(0, 0), VOCABULARY) == bool(found)


def test_names_are_found_where_the_profile_saw_them() -> None:
    """In any stretch of the text, as reading it again would find them."""
    text = LM.document.text
    stored, read = Mentions.of(LM.document, LM.profile, VOCABULARY), Mentions.read(text, VOCABULARY)
    for start in range(0, len(text), 7):
        span = Span(start, min(len(text), start + 60))
        assert stored.within(span) == read.within(span)
        assert stored.listed(span) == tuple(read.listed(span))


def test_the_guard_takes_what_the_whole_text_names_from_where_it_is_known() -> None:
    """And reads the text where it is not."""
    document = LM.document
    words = "Lesions became smaller in 12 of 15 children."
    quote = Quote(document.id, Span(at := document.text.index(words), at + len(words)), words)
    for known in ({}, {document.id: LM.profile.named}):
        for ids, held in ((frozenset({"d:sirolimus"}), True), (frozenset({"d:everolimus"}), False)):
            sentence = Sentence(words, (quote,), {document.id: document}, (ids,), (), VOCABULARY, known)
            assert (asked_guard(sentence) == "") is held
