"""What a question says of the sources it wants."""

from __future__ import annotations

import pytest
from small import VOCABULARY

from curbside.answer.question import analyse
from curbside.answer.source_words import kinds_called, source_words, told
from curbside.records import EvidenceKind, Filters
from growth import assert_linear

TRIALS = ("randomised trial", "non-randomised trial")


@pytest.mark.parametrize(
    ("words", "only"),
    [
        ("only trials", TRIALS),
        ("trials only, please", TRIALS),
        ("just randomised controlled trials", ("randomised trial",)),
        ("limit it to guidelines", ("guideline",)),
        ("only RCTs and cohort studies", ("randomised trial", "cohort")),
        ("and in trials?", TRIALS),
        ("show only systematic reviews", ("meta-analysis", "systematic review")),
    ],
)
def test_kinds_that_are_wanted_and_no_others(words: str, only: tuple[str, ...]) -> None:
    """By their everyday names."""
    assert source_words(words, following=True).only == only


@pytest.mark.parametrize("words", ["without case reports", "no case reports", "exclude the case reports, please"])
def test_kinds_that_are_not_wanted(words: str) -> None:
    """All others stay."""
    filters = source_words(words).over(Filters())
    assert set(filters.evidence) == {kind.value for kind in EvidenceKind} - {"case report"}
    assert told(filters) == (("without case report", "without case report"),)


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("since 2020", 2020, None),
        ("anything published after 2018?", 2019, None),
        ("evidence before 2010", None, 2009),
        ("studies between 2010 and 2015", 2010, 2015),
        ("2019 or later", 2019, None),
        ("in the last five years", 2021, None),
    ],
)
def test_years(words: str, since: int | None, until: int | None) -> None:
    """Both included; "the last years" are counted from the year that is given."""
    found = source_words(words, following=True, year=2026)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    "question",
    [
        "Was epilepsy more frequent between 1988 and 2012 in Barcelona?",
        "Does sirolimus only help in trials?",
        "Were patients treated since 1999 with sirolimus alive?",
        "What is not known of trials?",
    ],
)
def test_words_that_tell_of_patients_limit_no_sources(question: str) -> None:
    """Years of a study, or a kind of study in passing, are part of the question."""
    assert source_words(question).spans == ()


def test_an_earlier_limit_is_taken_back() -> None:
    """By asking for any kind, any year, or for no limits at all."""
    limited = Filters(evidence=("guideline",), since=2020)
    assert source_words("any kind of study", following=True).over(limited) == Filters(since=2020)
    assert source_words("any year", following=True).over(limited) == Filters(evidence=("guideline",))
    assert source_words("without any limits", following=True).over(limited) == Filters()


def test_a_plain_question_is_limited_by_its_words_unless_a_filter_is_set() -> None:
    """What is set beside the question is surer than what is read in it."""
    text = "Does sirolimus help psoriasis? Only trials since 2015."
    read = analyse(text, VOCABULARY)
    assert (read.filters.evidence, read.filters.since) == (TRIALS, 2015)
    assert analyse(text, VOCABULARY, Filters(since=2001)).filters.since == 2001


def test_names_of_kinds_for_options() -> None:
    """As `--only` takes them."""
    assert kinds_called("Cohort studies") == ("cohort",)
    assert kinds_called("trials of anything") == ()


@pytest.mark.parametrize("piece", ["only trials and ", "since 2020 ", "without the case reports, ", "no no not "])
def test_reading_takes_time_in_proportion_to_the_text(piece: str) -> None:
    """Whatever is repeated."""
    assert_linear(lambda n: lambda: source_words(piece * n, following=True, year=2026), 200)
