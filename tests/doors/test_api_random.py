"""Strings that nobody types: no 500, and none that takes long; `python -m bench api-strings` sends 10,000."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # bench is a folder of the checkout, not of the package

from bench.api_strings import LONGEST, SLOWEST_S, measured, strings


def test_the_strings_are_what_they_are_called() -> None:
    """Of every length up to the longest question, with halves of characters, noughts and query syntax among them."""
    made = list(strings(2_000, 1))
    assert made == list(strings(2_000, 1)) != list(strings(2_000, 2))
    assert {len(text) for text in made} >= {1, LONGEST}
    for sign in ("\0", "\ud800", "\u202e", "(", '"', "\n", "NOT"):
        assert any(sign in text for text in made)


@pytest.mark.slow
def test_no_string_breaks_the_api_or_holds_it_up(small: Path) -> None:
    """Each is answered, or refused with a place."""
    result = measured(small, list(strings(300, 7)))
    assert set(result["statuses"]) <= {200, 400}
    # The processor's time, since other tests run beside this one.
    assert result["most_work_ms"] < SLOWEST_S * 1000, result["slowest"]
