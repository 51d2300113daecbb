"""The shelf in a browser: lists lead on, a citation is copied by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import DESK, PHONE, Bridge


def test_a_citation_is_copied_by_keyboard(browser: Bridge, shelf: str) -> None:
    """What the clipboard holds is what the page shows, and a reader of the screen is told."""
    said = browser.goes("shelf.copied", shelf, given={"work": "/works/26504182"}, **DESK)
    assert said["held"] == said["shown"] != ""
    assert said["said"] == "Copied."


@pytest.mark.parametrize("how", [{**DESK, "script": False}, {**PHONE, "script": True}], ids=["desk", "phone"])
def test_a_work_leads_to_lists_and_a_list_to_works(browser: Bridge, shelf: str, how: dict[str, Any]) -> None:
    """Without a script too."""
    headings = browser.goes("shelf.browsed", shelf, given={"document": "/documents/99000001"}, **how)
    assert len(headings) == 3 and all(headings)
