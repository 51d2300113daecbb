"""What stands beside an answer: verdicts together, newer evidence, levels of its sources."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import VOCABULARY, study

from curbside.answer.question import analyse
from curbside.answer.references import entry
from curbside.answer.since import superseded
from curbside.answer.verdicts import together
from curbside.appraise.brief import levels_of, study_of
from curbside.records import (
    Aim,
    Category,
    EvidenceKind,
    Filters,
    Holding,
    Quote,
    Says,
    SearchDone,
    SearchStep,
    SourceSays,
    Span,
)
from curbside.workflows.answer_beside import filter_words
from curbside.writers.beside_words import search_lines

QUESTION = analyse("Does sirolimus help psoriasis?", VOCABULARY)


def source(number: int, says: Says) -> SourceSays:
    """What a source suggests."""
    return SourceSays(says, Quote("d1", Span(0, 4), "Text"), "names what is asked about", number)


def report(title: str, year: int, kind: EvidenceKind, words: str = "Sirolimus helps psoriasis in most.") -> Holding:
    """A document on sirolimus in psoriasis, of a year and kind."""
    made = study(f"{title}: sirolimus for psoriasis", [("Results", Category.RESULTS, words)])
    document = replace(made.document, dates=(), journal=made.document.journal)
    profile = replace(made.profile, evidence=kind)
    return replace(made, document=document, profile=profile, work=f"w{year:012}")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((Says.YES, Says.YES), Says.YES),
        ((Says.NO,), Says.NO),
        ((Says.YES, Says.YES, Says.YES, Says.NO), Says.MIXED),
        ((Says.YES, Says.MAYBE, Says.MAYBE), Says.MAYBE),
        ((Says.MAYBE,), Says.MAYBE),
    ],
)
def test_sources_together_are_never_surer_than_they_are(said: tuple[Says, ...], expected: Says) -> None:
    """One that says no among many that say yes makes it mixed; the undecided outweigh."""
    verdict = together([source(number, says) for number, says in enumerate(said, 1)], frozenset())
    assert verdict is not None and verdict.says is expected
    assert all(f"[{number}]" in verdict.words for number in range(1, len(said) + 1))


def test_what_all_only_hold_possible_is_maybe() -> None:
    """Words of doubt survive."""
    verdict = together([source(1, Says.YES), source(2, Says.YES)], frozenset({1, 2}))
    assert verdict is not None and verdict.says is Says.MAYBE


def test_nothing_said_is_no_verdict() -> None:
    """And no guess."""
    assert together([], frozenset()) is None


def references(*holdings: tuple[Holding, int]) -> tuple[list, dict[str, Holding]]:
    """A reference list with years, and its documents."""
    entries = [replace(entry(holding, number), year=year) for number, (holding, year) in enumerate(holdings, 1)]
    return entries, {holding.document.id: holding for holding, _ in holdings}


def test_an_old_review_is_answered_by_later_trials() -> None:
    """The sentence names kinds, years and numbers."""
    listed, held = references(
        (report("Old", 2008, EvidenceKind.REVIEW), 2008),
        (report("Trial", 2011, EvidenceKind.RANDOMISED), 2011),
        (report("Summed up", 2025, EvidenceKind.SYSTEMATIC_REVIEW), 2025),
    )
    (found,) = superseded(QUESTION, listed, held)
    assert found.reference == 1 and found.by == (3, 2)
    assert found.words == (
        "[1] is a review of 2008; a systematic review of 2025 [3] and a randomised trial of 2011 [2] have answered this "
        "since."
    )


def test_a_trial_is_not_superseded_by_what_sums_it_up() -> None:
    """It is what the review stands on."""
    listed, held = references(
        (report("Trial", 2011, EvidenceKind.RANDOMISED), 2011),
        (report("Summed up", 2025, EvidenceKind.SYSTEMATIC_REVIEW), 2025),
    )
    assert superseded(QUESTION, listed, held) == ()


def test_newer_is_not_enough() -> None:
    """A later case report answers nothing for others."""
    listed, held = references(
        (report("Cohort", 2008, EvidenceKind.COHORT), 2008), (report("Case", 2024, EvidenceKind.CASE_REPORT), 2024)
    )
    assert superseded(QUESTION, listed, held) == ()


def test_levels_are_of_studies_and_suggested() -> None:
    """A randomised trial has one, a review of its own words has none, the body has that of its best design."""
    trial = report("Trial", 2011, EvidenceKind.RANDOMISED, "Sirolimus was compared with placebo, double-blind.")
    listed, held = references((trial, 2011), (report("Words", 2020, EvidenceKind.REVIEW), 2020))
    levels, body = levels_of(listed, held, Aim.TREATMENT)
    assert set(levels) == {1} and levels[1].level == 2
    assert body is not None and "suggested" in body.words
    assert any(reason.words == "blinded" for reason in levels[1].reasons)
    assert all(fact.quote.holds_in(trial.document) for fact in study_of(trial).facts)


def test_the_search_is_told_from_the_library_alone() -> None:
    """The same library gives the same words: its last change, never the clock."""
    search = SearchDone("2026-01-02T03:04:05Z", 9, (SearchStep("the words of the question", 5, 3),), (), 3, 2, 1)
    lines = search_lines(search)
    assert lines[0] == "The library as it stands, last changed 2026-01-02 03:04:05 UTC: 9 documents."
    assert "5 documents matched, 3 taken" in lines[1]


def test_conditions_on_the_sources_are_told() -> None:
    """What was left out by filter is part of what was searched."""
    assert filter_words(Filters(since=2020)) == ("since 2020",)
    assert filter_words(Filters()) == ()
