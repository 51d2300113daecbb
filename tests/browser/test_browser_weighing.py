"""Evidence in a browser: each number of a profile leads back to its words, and "not stated" is in plain sight."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import DESK, PHONE, Bridge


@pytest.mark.parametrize("how", [{**DESK, "script": False}, {**PHONE, "script": True}], ids=["desk", "phone"])
def test_each_value_of_a_profile_opens_its_words(browser: Bridge, shelf: str, how: dict[str, Any]) -> None:
    """By the form, without a script too."""
    given = {"drug": "everolimus", "condition": "tuberous sclerosis", "most": 6}
    said = browser.goes("weighing.traced", shelf, given=given, limit=120_000, **how)
    assert said["followed"] == 6
    assert said["astray"] == []


def test_a_study_card_says_what_is_stated_and_what_is_not(browser: Bridge, shelf: str) -> None:
    """From the document to the card."""
    said = browser.goes("weighing.card", shelf, given={"path": "/documents/26504182"}, **PHONE)
    assert said["values"] >= 8
    assert said["unstated"] >= 2
    assert said["suggested"] >= 1
