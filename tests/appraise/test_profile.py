"""The evidence profile: what counts, what stands apart, what is not stated, and where studies disagree."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hand_made import ITP, SIROLIMUS, WORDS, counted, reported, stated

from curbside.appraise.outcome_names import harm_name, key_of, outcome_name
from curbside.appraise.profile import evidence_profile, pair_of
from curbside.appraise.studies import Reported
from curbside.records import (
    Count,
    DocumentKind,
    EvidenceKind,
    EvidenceProfile,
    Field,
    PooledStudy,
    Refusal,
    Terms,
)

PAIR = pair_of(SIROLIMUS, ITP, WORDS)
ASKED: list[Sequence[PooledStudy]] = []


def pool(studies: Sequence[PooledStudy]) -> Refusal:
    """Refuse, and remember what was asked."""
    ASKED.append(studies)
    return Refusal("no")


def profile(*given: Reported) -> EvidenceProfile:
    """What these documents hold on sirolimus for immune thrombocytopenia."""
    ASKED.clear()
    return evidence_profile(PAIR, given, WORDS, pool)


def test_each_kind_of_source_has_its_own_list() -> None:
    """And only studies of people count."""
    found = profile(
        reported("1", counted(9, 12), stated(Field.N, "12")),
        reported("2", counted(90, 120), stated(Field.N, "120"), kind=EvidenceKind.META_ANALYSIS),
        reported("3", kind=EvidenceKind.GUIDELINE),
        reported("4", kind=EvidenceKind.PROTOCOL),
        reported("5", counted(5, 5), document=DocumentKind.ANSWER_PAGE, kind=EvidenceKind.SECONDARY),
        reported("6", counted(8, 8), retracted=True, types=("Retracted Publication",)),
    )
    lists = (found.studies, found.syntheses, found.guidelines, found.planned, found.secondary, found.retracted)
    assert [[study.id for study in each] for each in lists] == [["w1"], ["w2"], ["w3"], ["w4"], ["w5"], ["w6"]]
    assert (found.n, found.unsized) == (12, 0)
    assert [(line.k, line.n) for tally in found.outcomes for line in tally.lines] == [(9, 12)]


def test_another_drug_is_never_counted() -> None:
    """Neither a work on another drug, nor a fact about one, nor the comparison arm, nor drugs together."""
    found = profile(
        reported("1", title="Everolimus for immune thrombocytopenia", drugs=("d:everolimus", SIROLIMUS)),
        reported(
            "2",
            counted(9, 12, about=("d:everolimus", ITP)),
            counted(3, 40, arm="placebo group"),
            counted(30, 40, arm="sirolimus group"),
            counted(20, 40, arm="sirolimus and dexamethasone"),
            counted(11, 80),
            stated(Field.N, "80"),
            kind=EvidenceKind.RANDOMISED,
        ),
        reported("3", counted(7, 9), title="Sirolimus with dexamethasone for immune thrombocytopenia"),
    )
    lines = {(line.k, line.n): line.why for tally in found.outcomes for line in tally.lines}
    assert lines == {
        (30, 40): "",
        (3, 40): "comparison arm",
        (20, 40): "with other drugs",
        (11, 80): "arm not stated",
        (7, 9): "with or beside other treatments",
    }


def test_the_size_of_an_arm_says_whom_a_count_is_about() -> None:
    """Where one arm alone has it, whatever the sentence seemed to say; and a percent that agrees says of how many."""
    sizes = [
        stated(Field.ARM, Count(n="79"), arm="sirolimus"),
        stated(Field.ARM, Count(n="39"), arm="placebo"),
    ]
    counts = [
        counted(38, 79, "stomatitis", field=Field.ADVERSE_EVENT, arm="placebo"),
        stated(Field.OUTCOME, Count("33", percent="42"), outcome="tumour response", arm="sirolimus"),
        stated(Field.OUTCOME, Count("5", percent="42"), outcome="remission", arm="sirolimus"),
    ]
    found = profile(reported("1", *sizes, *counts, kind=EvidenceKind.RANDOMISED))
    assert [(line.k, line.n, line.counted) for tally in found.harms for line in tally.lines] == [(38, 79, True)]
    (line,) = (line for tally in found.outcomes for line in tally.lines)
    assert (line.k, line.n) == (33, 79)
    assert "33/79 = 41.8 %" in line.fact.arithmetic


def test_a_part_of_the_people_is_shown_and_not_counted() -> None:
    """Nor is a study counted twice."""
    found = profile(reported("1", stated(Field.N, "30"), counted(2, 6), counted(20, 30), counted(19, 28)))
    (tally,) = found.outcomes
    assert [(line.n, line.counted) for line in tally.lines] == [(30, True), (28, False), (6, False)]


def test_a_wider_group_speaks_only_where_it_names_the_condition() -> None:
    """And its people are not counted."""
    wide = reported(
        "1",
        counted(50, 90, words="50 of 90 responded"),
        counted(4, 9, words="of those with immune thrombocytopenia 4 of 9 responded"),
        stated(Field.N, "90"),
        title="Sirolimus for autoimmune disease",
        conditions=("c:autoimmune-disease", "c:systemic-lupus-erythematosus", ITP),
    )
    found = profile(wide)
    assert (found.studies, [study.id for study in found.wider], found.n) == ((), ["w1"], 0)
    assert [(line.k, line.n, line.why) for tally in found.outcomes for line in tally.lines] == [
        (4, 9, "of a wider group")
    ]


def test_only_groups_of_one_sort_are_pooled() -> None:
    """With what the pooling is to know of them."""
    found = profile(
        reported("1", counted(9, 12), authors=("Marsh",)),
        reported("2", counted(30, 40), kind=EvidenceKind.TRIAL, authors=("Ito",)),
        reported("3", counted(5, 6), kind=EvidenceKind.CASE_SERIES, authors=("Weber",)),
    )
    assert [[(each.label, each.events, each.total) for each in asked] for asked in ASKED] == [
        [("Ito 2020", 30, 40), ("Marsh 2020", 9, 12)]
    ]
    assert found.outcomes[0].why == "no"


def test_times_are_not_put_together() -> None:
    """A response at three months is not one at twelve."""
    found = profile(reported("1", counted(9, 12, time="3 month")), reported("2", counted(5, 12, time="12 month")))
    assert [(tally.time, len(tally.lines)) for tally in found.outcomes] == [("12 month", 1), ("3 month", 1)]


def test_studies_disagree_where_their_intervals_do_not_meet() -> None:
    """With what else differs between them."""
    found = profile(
        reported("1", counted(2, 40), stated(Field.ROUTE, "oral"), year=2015),
        reported("2", counted(38, 40), stated(Field.ROUTE, "topical"), year=2020),
    )
    (each,) = found.disagreements
    assert (each.lower.study, each.higher.study) == ("w1", "w2")
    assert each.differences == (("route", "oral", "topical"), ("year", "2015", "2020"))
    assert not profile(reported("1", counted(8, 12)), reported("2", counted(9, 12))).disagreements


def test_what_is_not_stated_is_said_of_what_was_read() -> None:
    """A title alone was not read."""
    found = profile(reported("1", stated(Field.AGE, "adult")), reported("2"), reported("3", text=False))
    gaps = {gap.field: (gap.studies, gap.of) for gap in found.gaps}
    assert gaps[Field.AGE] == (("Sirolimus for immune thrombocytopenia 2020",), 2)
    assert gaps[Field.DOSE][1] == 2


def test_none_of_them_has_a_bound() -> None:
    """A zero is not nothing."""
    found = profile(reported("1", counted(0, 15, "severe infection", field=Field.ADVERSE_EVENT, serious=True)))
    assert found.harms[0].lines[0].words == "0 of 15, 0 %, up to about 20 %"
    assert found.harms[0].serious


def test_harms_without_a_count_are_told() -> None:
    """Each under its own name; figures that were read into a list are no harm."""
    fact = stated(Field.ADVERSE_EVENT, Terms(("mouth ulcers", "acne-like rash", "8%, respectively)")))
    assert [tally.outcome for tally in profile(reported("1", fact)).harms] == [
        "acne or acne-like rash",
        "stomatitis or mouth ulcers",
    ]


@pytest.mark.parametrize(
    ("words", "around", "name"),
    [
        ("CR", "", "complete response"),
        ("achieved a complete remission", "", "complete response"),
        ("responded", "4 (23.5 %) did not respond", "no response"),
        ("overall response rate", "", "response"),
        ("angiomyolipoma response rate", "", "angiomyolipoma response rate"),
        ("in the placebo group (P = 0.02)", "", ""),
        ("respectively)", "", ""),
        ("p = 0.03)", "", ""),
        ("were neonates", "", ""),
        ("epilepsy", "", ""),
        ("completely in 2", "Lesions became smaller in 46 of 58 patients, completely in 2", "Lesions became smaller"),
    ],
)
def test_an_outcome_tells_of_something_that_became_of_people(words: str, around: str, name: str) -> None:
    """Scraps of sentences, figures and what people were like before are none."""
    assert outcome_name(words, around) == name


def test_two_wordings_of_one_outcome_are_one() -> None:
    """Order, plural and small words do not matter; the harm itself does."""
    assert key_of("rate of infections") == key_of("infection rate")
    assert harm_name("Oral mucositis (grade 1)") == harm_name("mouth ulcers")
    assert harm_name("12 of 30") == ""


def test_those_who_got_better_stand_together_under_a_name_that_says_so() -> None:
    """Each study words it alike or not; one symptom, another time and a complete response are not among them."""
    found = profile(
        reported("1", counted(9, 12, "improved")),
        reported("2", counted(5, 10, "response"), counted(2, 10, "complete response")),
        reported("3", counted(8, 8, "pain improved")),
        reported("4", counted(4, 12, "response", time="12 month")),
    )
    first = next(tally for tally in found.outcomes if "as each study defines it" in tally.outcome)
    assert [(line.study, line.k, line.n) for line in first.lines] == [("w1", 9, 12), ("w2", 5, 10)]
    assert {(study.events, study.total) for study in next(each for each in ASKED if len(each) == 2)} == {
        (9, 12),
        (5, 10),
    }


def test_what_is_put_on_the_skin_is_not_pooled_with_what_is_swallowed() -> None:
    """The reason is said."""
    found = profile(
        reported("1", counted(9, 12), stated(Field.ROUTE, "topical")),
        reported("2", counted(5, 10), stated(Field.ROUTE, "oral")),
    )
    assert "different sorts" in found.outcomes[0].why
    assert "topical" in found.outcomes[0].why
