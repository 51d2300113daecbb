"""How English names a study's design and the number of its participants."""

from __future__ import annotations

import pytest

from curbside.language.design import design_of, participants
from curbside.language.groups import populations, routes
from curbside.records import EvidenceKind


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Guidelines for the management of acne", "", EvidenceKind.GUIDELINE),
        ("Rapamycin: a systematic review and meta-analysis", "", EvidenceKind.META_ANALYSIS),
        ("Rapamycin: a systematic review", "", EvidenceKind.SYSTEMATIC_REVIEW),
        ("Rapamycin: protocol for a randomised trial", "", EvidenceKind.PROTOCOL),
        ("Rapamycin gel: a randomized, placebo-controlled trial", "", EvidenceKind.RANDOMISED),
        ("Rapamycin", "Patients were randomly assigned to rapamycin or placebo.", EvidenceKind.RANDOMISED),
        ("Rapamycin", "This was an open-label study.", EvidenceKind.TRIAL),
        ("Rapamycin", "We ran a phase II trial in adults.", EvidenceKind.TRIAL),
        ("Rapamycin", "The charts of 200 patients were studied in this cohort study.", EvidenceKind.COHORT),
        ("Rapamycin", "We retrospectively analysed 12 patients who took rapamycin.", EvidenceKind.CASE_SERIES),
        ("Rapamycin", "We report three patients who took rapamycin.", EvidenceKind.CASE_SERIES),
        ("Rapamycin in a child: a case report", "", EvidenceKind.CASE_REPORT),
        ("Rapamycin", "A 7-year-old girl took rapamycin.", EvidenceKind.CASE_REPORT),
        ("Rapamycin: a review", "", EvidenceKind.REVIEW),
        ("Rapamycin", "In this review we look at trials of rapamycin.", EvidenceKind.REVIEW),
        ("Rapamycin in mice", "", EvidenceKind.LABORATORY),
        ("Retraction: Rapamycin", "", EvidenceKind.NOTICE),
        ("Rapamycin", "Rapamycin is a macrolide.", EvidenceKind.STUDY),
    ],
)
def test_a_design_is_read_from_title_then_text(title: str, text: str, kind: EvidenceKind) -> None:
    """Each kind by words that really name it; a study that names none is just a study."""
    assert design_of(title, text).kind is kind


def test_a_publication_type_goes_before_words() -> None:
    """An indexer has read the paper; "clinical trial" alone leaves room for what the words say."""
    assert design_of("Rapamycin: a review", "", ["Randomized Controlled Trial"]).kind is EvidenceKind.RANDOMISED
    text = "Patients were randomly assigned."
    assert design_of("Rapamycin", text, ["Clinical Trial"]).kind is EvidenceKind.RANDOMISED


def test_the_deciding_words_are_named() -> None:
    """A kind of evidence can be opened like any other claim."""
    text = "Background. Patients were randomly assigned."
    span = design_of("Rapamycin", text).span
    assert span is not None
    assert "randomly" in span.of(text)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("A total of 1,234 patients were enrolled.", 1234),
        ("Fifteen pediatric patients were analyzed.", 15),
        ("Twenty-five patients with HHT were enrolled.", 25),
        ("The groups (n = 62) did not differ.", 62),
        ("It works.", None),
    ],
)
def test_participants_are_counted_as_stated(text: str, n: int | None) -> None:
    """Digits or words; nothing where nothing is stated."""
    counted = participants(text)
    assert (counted[0] if counted else None) == n


def test_groups_of_people_are_named_by_their_words() -> None:
    """Infants are not children, and children not adults."""
    assert populations("newborns") == ("infant",)
    assert populations("paediatric patients and adults") == ("child", "adult")


def test_routes_are_named_by_their_words() -> None:
    """Systemic treatment is oral for this purpose; systemic lupus is a disease."""
    assert routes("0.1% ointment") == ("topical",)
    assert routes("systemic administration") == ("oral",)
    assert routes("systemic lupus erythematosus") == ()
