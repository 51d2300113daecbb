"""The kind of a study by title and abstract alone."""

from __future__ import annotations

import pytest

from curbside.language.design_reading import CUES, KINDS, features, likely, shipped
from curbside.language.linear import linear


@pytest.mark.parametrize(
    ("title", "abstract", "kind"),
    [
        (
            "Sirolimus or placebo in children with immune thrombocytopenia.",
            "METHODS: In this double-blind trial 60 children were randomly assigned to receive sirolimus or placebo for "
            "12 weeks. RESULTS: Response was seen in 18 of 30 patients on sirolimus and 9 of 30 on placebo (P = 0.02).",
            "randomised trial",
        ),
        (
            "Risk factors for asthma in a birth cohort.",
            "We followed 2,311 children for eight years. The prevalence of asthma was 9%. Odds ratios were calculated by "
            "logistic regression. Maternal smoking was associated with asthma.",
            "observational",
        ),
        ("Sirolimus for everyone?", "", "comment"),
    ],
)
def test_kinds_of_plain_records(title: str, abstract: str, kind: str) -> None:
    """Plain cases are told as a reader would tell them."""
    told, share = likely(title, abstract)
    assert told == kind
    assert 1 / len(KINDS) < share <= 1


def test_animals_at_random_are_no_trial_of_patients() -> None:
    """Rats assigned at random make no randomised trial of people."""
    abstract = "Twenty rats were randomly assigned to receive magnesium or saline. Brain mRNA was measured. Rats on magnesium did better."
    assert likely("Magnesium protects the rat brain.", abstract)[0] == "observational"


def test_nothing_but_words_is_looked_at() -> None:
    """Features are of the words; a record without an abstract is told from its title."""
    found = features("A case of pain.", "")
    assert found["no abstract"] and "t:case" in found and not any(name.startswith("x:") for name in found)
    assert set(shipped().labels) <= set(KINDS)


def test_cues_take_linear_time() -> None:
    """Ten thousand repeats of what a pattern begins with are read at once."""
    for piece in ("randomised ", "received ", "we report a ", "published controlled "):
        for pattern in CUES.values():
            linear(pattern).search(piece * 10_000)
