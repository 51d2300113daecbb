"""Facets beside what was asked: what counts as a harm, and what stands beside a dose."""

from __future__ import annotations

from small import answered, study

from curbside.records import Category

HARMED = study(
    "Sirolimus for psoriasis",
    [
        ("Methods", Category.METHODS, "Patients with psoriasis took sirolimus 2 mg daily."),
        (
            "Results",
            Category.RESULTS,
            "Psoriasis cleared in 12 of 20 patients. Migraine developed in 4 of 20 patients.",
        ),
        ("Discussion", Category.CONCLUSIONS, "Trough levels of sirolimus should be monitored in psoriasis."),
    ],
)


def under(question: str) -> dict[str, str]:
    """What an answer says under each heading."""
    answer = answered(question, HARMED)
    return {part.heading: " ".join(one.text for one in part.sentences) for part in answer.sections}


def test_what_befell_people_is_a_harm() -> None:
    """Another condition than the one treated, counted; the treated one is none."""
    first, *_ = under("Which side effects does sirolimus have in psoriasis?").values()
    assert "Migraine developed in 4 of 20" in first
    assert "cleared" not in first


def test_a_dose_comes_with_what_is_to_be_watched() -> None:
    """Who asks how much is told what to look at."""
    said = under("What dose of sirolimus is used for psoriasis?")
    assert "2 mg" in " ".join(said.values())
    assert any("monitored" in words for words in said.values())
