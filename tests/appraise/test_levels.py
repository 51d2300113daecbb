"""Suggested levels: the rows of OCEBM 2011, and the reasons to go up or down that a machine can see."""

from __future__ import annotations

import pytest
from hand_made import reported, stated

from curbside.appraise.levels import TABLE, level_of, level_of_body, size_of
from curbside.appraise.studies import joined
from curbside.records import Aim, EvidenceKind, Field, Interval, Study

K = EvidenceKind


def made(kind: EvidenceKind, *facts: object, name: str = "1") -> Study:
    """A study of a kind."""
    (study,) = joined([reported(name, *facts, kind=kind)])  # type: ignore[arg-type]
    return study


@pytest.mark.parametrize(
    ("aim", "kind", "level"),
    [
        (Aim.TREATMENT, K.META_ANALYSIS, None),
        (Aim.TREATMENT, K.RANDOMISED, 2),
        (Aim.TREATMENT, K.CASE_SERIES, 4),
        (Aim.TREATMENT, K.LABORATORY, 5),
        (Aim.TREATMENT, K.REVIEW, None),
        (Aim.TREATMENT, K.STUDY, None),
        (Aim.PROGNOSIS, K.COHORT, 3),
        (Aim.PREVALENCE, K.SYSTEMATIC_REVIEW, 2),
        (Aim.PREVALENCE, K.RANDOMISED, None),
        (Aim.DIAGNOSIS, K.CROSS_SECTIONAL, 2),
        (Aim.DIAGNOSIS, K.CASE_CONTROL, 4),
        (Aim.SCREENING, K.RANDOMISED, 2),
    ],
)
def test_the_level_follows_from_question_and_design(aim: Aim, kind: EvidenceKind, level: int | None) -> None:
    """As the table of 2011 has it."""
    found = level_of(made(kind), aim)
    assert found.level == level
    assert found.words.endswith("(suggested)")


def test_level_three_asks_for_a_comparison() -> None:
    """A cohort of treated people alone is a case series, whatever it calls itself."""
    assert level_of(made(K.COHORT)).level == 4
    assert level_of(made(K.COHORT, stated(Field.COMPARATOR, "placebo"))).level == 3
    assert level_of(made(K.TRIAL, stated(Field.COMPARATOR, "vehicle"))).level == 3


def test_few_people_and_open_labels_go_down() -> None:
    """Each with its reason."""
    level = level_of(made(K.RANDOMISED, stated(Field.N, "12"), stated(Field.BLINDING, "open-label")))
    assert {(reason.domain, reason.steps) for reason in level.reasons} >= {("risk of bias", -1), ("imprecision", -1)}
    assert level.certainty == "low"
    blind = level_of(made(K.RANDOMISED, stated(Field.N, "120"), stated(Field.BLINDING, "double-blind")))
    assert blind.certainty == "moderate"


def test_a_review_counts_as_what_it_reviews() -> None:
    """Level 1 is for reviews of randomised trials; how certain they are, nobody can say from the review's kind."""
    reviewed = joined([reported("1", title="A meta-analysis of randomised trials of sirolimus", kind=K.META_ANALYSIS)])
    cases = joined([reported("1", title="A systematic review of cases", kind=K.SYSTEMATIC_REVIEW)])
    assert [level_of(study).level for study in (*reviewed, *cases)] == [1, None]
    assert all(level_of(study).certainty == "" for study in (*reviewed, *cases))
    assert "counts as what it reviews" in " ".join(reason.words for reason in level_of(cases[0]).reasons)


def test_one_study_is_never_high() -> None:
    """Whether others agree with it cannot be judged from it; three that do may be."""
    facts = (stated(Field.N, "120"), stated(Field.BLINDING, "double-blind"))
    assert level_of(made(K.RANDOMISED, *facts)).certainty == "moderate"


def test_what_could_not_be_judged_is_never_high() -> None:
    """A trial that does not say whether it was blinded."""
    level = level_of(made(K.RANDOMISED, stated(Field.N, "120")))
    assert level.certainty == "moderate"
    assert any("could not be judged" in reason.words for reason in level.reasons)


def test_a_body_has_the_level_of_its_best_studies_and_reasons_of_its_own() -> None:
    """Intervals that do not meet are inconsistent; nothing but cases may be a choice of the lucky ones."""
    trial = made(K.RANDOMISED, stated(Field.N, "80"))
    series = made(K.CASE_SERIES, stated(Field.N, "9"), name="2")
    apart = [Interval(0.1, 0.3, 0.95, ""), Interval(0.5, 0.8, 0.95, "")]
    body = level_of_body([trial, series], apart)
    assert body is not None and body.level == 2
    assert ("inconsistency", -1) in {(reason.domain, reason.steps) for reason in body.reasons}
    cases = [made(K.CASE_REPORT, name=str(number)) for number in range(3)]
    few = level_of_body(cases)
    assert few is not None and few.certainty == "very low"
    assert "publication bias" in {reason.domain for reason in few.reasons if reason.steps < 0}
    assert level_of_body([]) is None


def test_a_case_report_is_one_person() -> None:
    """Other studies that state no number have none."""
    assert size_of(made(K.CASE_REPORT)) == 1
    assert size_of(made(K.COHORT)) is None


def test_every_question_has_its_row() -> None:
    """And every level in it is one of five."""
    assert set(TABLE) == set(Aim)
    assert all(1 <= level <= 5 for row in TABLE.values() for level in row.values())
