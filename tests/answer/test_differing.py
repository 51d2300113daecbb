"""Why a reference disagrees: what it says, what the others say, how the studies differ, each in their own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curbside.answer.differing import differing
from curbside.records import (
    Answer,
    AnswerSection,
    AnswerSentence,
    CitedEvidence,
    DocumentKind,
    EvidenceKind,
    Fact,
    Field,
    Identifiers,
    Intent,
    Number,
    Question,
    Quote,
    ReferenceEntry,
    Report,
    Span,
    Study,
)

ASKED = Question("why does [2] disagree?", (Intent.EFFICACY,))


def quote(document: str, words: str, start: int = 0) -> Quote:
    """Words of a document at a place."""
    return Quote(document, Span(start, start + len(words)), words)


def entry(number: int, document: str, kind: str, year: int) -> ReferenceEntry:
    """A reference."""
    return ReferenceEntry(number, f"w{document}", document, "", "", year, kind, False, "", Identifiers())


def study(document: str, *facts: Fact) -> Study:
    """A study with one report."""
    report = Report(document, f"w{document}", "", 2000, DocumentKind.ARTICLE, EvidenceKind.STUDY)
    return Study(f"w{document}", (report,), facts=facts)


def sentence(words: str, document: str, number: int) -> AnswerSentence:
    """A sentence that is a document's words."""
    return AnswerSentence(words, (quote(document, words),), (number,))


BEFORE = Answer(
    Question("Does it help?", (Intent.EFFICACY,)),
    False,
    (
        AnswerSection(
            "From the research",
            (sentence("It helped.", "a", 1), sentence("It did not help.", "b", 2), sentence("It may help.", "c", 3)),
        ),
    ),
    references=(entry(1, "a", "cohort", 2010), entry(2, "b", "randomised trial", 2020), entry(3, "c", "review", 2021)),
    searched=(3, 9),
)
CITED = CitedEvidence(
    (
        ((1,), study("a", Fact(Field.N, Number("12"), quote("a", "twelve children", 40)))),
        (
            (2,),
            study(
                "b",
                Fact(Field.N, Number("80"), quote("b", "80 adults", 60)),
                Fact(Field.ROUTE, None, quote("b", "It", 0)),
            ),
        ),
    )
)


@pytest.fixture
def told() -> Answer:
    """The answer on [2]."""
    return differing(ASKED, (2,), BEFORE, CITED)


def test_it_sets_what_is_said_side_by_side(told: Answer) -> None:
    """The reference asked about, then the others."""
    assert [section.heading for section in told.sections][:2] == ["What [2] says", "What the others say"]
    assert [each.text for each in told.sections[0].sentences] == ["It did not help."]
    assert [each.text for each in told.sections[1].sentences] == ["It helped.", "It may help."]


def test_differences_are_quotes(told: Answer) -> None:
    """Only where they differ, each value in the words that state it."""
    (differ,) = told.sections[2:]
    assert differ.heading == "They differ: how many"
    assert [(each.text, each.references) for each in differ.sentences] == [
        ("80 adults", (2,)),
        ("twelve children", (1,)),
    ]
    assert all(each.quotes[0].words == each.text for each in differ.sentences)


def test_references_keep_their_numbers(told: Answer) -> None:
    """ "[2]" is the same work as in the answer before."""
    assert [(each.number, each.document) for each in told.references] == [(1, "a"), (2, "b"), (3, "c")]


def test_it_does_not_claim_a_contradiction_that_was_not_found(told: Answer) -> None:
    """It says that none was found, and of which kinds and years the sources are."""
    assert any("was found to contradict" in note for note in told.notes)
    assert any("[2] randomised trial, 2020" in note for note in told.notes)
    asked = replace(ASKED, text="what does [2] say?")
    assert not any("contradict" in note for note in differing(asked, (2,), BEFORE, CITED).notes)


def test_a_number_that_is_not_there_is_said() -> None:
    """And nothing is told of another reference in its place."""
    told = differing(ASKED, (7,), BEFORE, CITED)
    assert told.declined and told.sections == ()
    assert told.notes == ("The answer before has the references [1] to [3]; there is no [7] in it.",)


def test_what_the_reference_does_not_state_is_an_absence() -> None:
    """Where the others state it."""
    cited = CitedEvidence(
        (
            ((1,), study("a", Fact(Field.N, Number("12"), quote("a", "twelve children", 40)))),
            ((2,), study("b")),
        )
    )
    told = differing(ASKED, (2,), BEFORE, cited)
    assert [each.facet for each in told.absences] == ["how many, in [2]"]
