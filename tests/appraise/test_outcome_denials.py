"""An outcome that is denied is another outcome: no relapse is not counted among relapses."""

from __future__ import annotations

import pytest

from curbside.appraise.outcome_names import key_of, outcome_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("relapse", "relapse or recurrence"),
        ("no relapse", "no relapse or recurrence"),
        ("without recurrence", "no relapse or recurrence"),
        ("did not relapse", "no relapse or recurrence"),
        ("responded", "response"),
        ("did not respond", "no response"),
        ("failed to respond", "no response"),
        ("no change", "no change"),
        ("improvement", "improvement"),
        ("no improvement", "no improvement"),
        ("discontinued for lack of effect", "stopping treatment"),
    ],
)
def test_a_denial_stays_with_its_outcome(words: str, name: str) -> None:
    """In front of it, in any form; a denial behind it gives a reason and denies nothing."""
    assert outcome_name(words) == name


def test_an_outcome_and_its_denial_are_never_set_beside_each_other() -> None:
    """Their keys differ."""
    assert key_of(outcome_name("no relapse")) != key_of(outcome_name("relapse"))
