"""Documents that mean harm: inert on every page, their text shown as text, their unseen signs as marks."""

from __future__ import annotations

import csv
import io
import json
from itertools import cycle
from typing import Any

import pytest
import rispy
from browsing import DESK, PHONE, Bridge

import hostile
from hostile import TRICKS, Trick
from nightly import often

HOWS = cycle(({**DESK, "script": True}, {**PHONE, "script": True}, {**DESK, "script": False}))
UPLOADS = 3
"""Uploads that all the tricks are sent in."""

EACH = [pytest.param(trick, next(HOWS), id=trick.name) for trick in TRICKS]


def _given(trick: Trick, **more: Any) -> dict[str, Any]:
    return {
        "name": trick.name,
        "question": hostile.question(trick),
        "words": trick.condition,
        "shown": trick.shown,
        "signs": trick.signs,
        "axe": True,
        **more,
    }


@pytest.mark.parametrize(("trick", "how"), EACH)
def test_an_answer_that_quotes_it_is_inert(browser: Bridge, trap: str, trick: Trick, how: dict[str, Any]) -> None:
    """The answer and documents that it cites: nothing runs, nothing is hidden, nothing is wider than the page."""
    said = browser.goes("trapped.answer", trap, given=_given(trick, shown=""), limit=120_000, **how)
    assert said["wrong"] == []
    assert said["documents"]


@pytest.mark.parametrize(("trick", "how"), EACH)
def test_a_search_that_finds_it_is_inert(browser: Bridge, trap: str, trick: Trick, how: dict[str, Any]) -> None:
    """The hits and every other document, at night each: its text is there as text, its unseen signs in boxes."""
    given = _given(trick, step=often(2, 1), turn=TRICKS.index(trick))
    said = browser.goes("trapped.search", trap, given=given, limit=180_000, **how)
    assert said["wrong"] == []
    assert len(said["documents"]) >= 5


@pytest.mark.parametrize("turn", range(UPLOADS))
def test_uploaded_under_their_own_names(browser: Bridge, trap: str, turn: int) -> None:
    """Names of files and problems with them are shown as text on the page of the upload."""
    files = [
        {"name": hostile.file_name(trick, ending), "text": maker(trick, number).decode("utf-8", "replace")}
        for number, trick in list(enumerate(TRICKS))[turn::UPLOADS]
        for ending, maker in hostile.MAKERS.items()
        if ending in ("plain.jsonl", "strange.xml", "note.md")
    ]
    said = browser.goes("adding.uploaded", trap, given={"files": files}, limit=120_000)
    assert said["wrong"] == []
    assert len(said["names"]) == len(files)


def test_problems_are_listed_inert(browser: Bridge, trap: str, width: dict[str, int]) -> None:
    """The page of the library lists what could not be read, with its hostile names."""
    paths = ["/status", *(f"/status?page={number}" for number in range(2, 6)), "/"]
    assert browser.goes("pages.sound", trap, given={"paths": paths}, limit=120_000, **width) == {}


def test_exports_hold_no_formula_and_no_field_of_their_own(browser: Bridge, trap: str) -> None:
    """No cell of the CSV begins like a formula; the RIS holds one record a hit, whatever line ends a value had."""
    said = browser.goes("searching.exported", trap, given={"words": ""}, limit=120_000)
    rows = list(csv.reader(io.StringIO(said["CSV"]["text"].lstrip("\ufeff"), newline="")))
    assert len(rows) == said["total"] + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    risky = [cell[:40] for row in rows for cell in row if cell.lstrip("\t\r\n ").startswith(("=", "+", "-", "@"))]
    assert [cell for cell in risky if not cell.lstrip("-").replace(".", "").isdigit()] == []
    records = rispy.loads(said["RIS"]["text"].lstrip("\ufeff"))
    assert len(records) == said["total"]
    assert not any(record.get("title", "").startswith(("Never written", "Nor this")) for record in records)


def test_an_answer_is_saved_whole(browser: Bridge, trap: str) -> None:
    """As JSON it is one object with the words as the source has them."""
    trick = next(each for each in TRICKS if each.name == "override")
    said = browser.goes("asking.downloads", trap, given=_given(trick))
    answer = json.loads(said["JSON"]["text"])
    assert "\u202e" in json.dumps(answer, ensure_ascii=False)
