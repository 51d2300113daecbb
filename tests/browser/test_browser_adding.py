"""Adding in a real browser: three files at once, a pasted text, nothing at all; then asking about them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browsing import HERE, Bridge, Desk

sys.path.append(str(HERE.parent / "journeys"))
from journey import PAPER, pubmed_set

QUESTION = "Does oral sirolimus help adults with pyoderma gangrenosum?"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served library that holds nothing yet."""
    with Desk(tmp_path_factory.mktemp("empty")).served() as base:
        yield base


def test_an_empty_library_says_how_to_begin(browser: Bridge, empty: str) -> None:
    """The first page leads to adding; status and search are sound with nothing in them."""
    assert browser.goes("pages.sound", empty, given={"paths": ["/", "/status", "/search", "/add"]}) == {}
    browser.goes("pages.missing", empty, given={"paths": ["/"], "find": "The library is empty"})


def test_three_files_are_uploaded_and_asked_about(browser: Bridge, empty: str, how: dict[str, Any], turn: int) -> None:
    """PubMed XML, RIS and NBIB; what was added is listed, and the answer stands on all three."""
    papers = [
        replace(PAPER, pmid=str(99001000 + 10 * turn + n), doi=f"10.5555/up.{turn}.{n}", year=2018 + n)
        for n in range(3)
    ]
    files = [
        {"name": f"first {turn}.xml", "text": pubmed_set(replace(papers[0], title=f"Cohort A{turn}.").pubmed())},
        {"name": f"second-{turn}.ris", "text": replace(papers[1], title=f"Cohort B{turn}.").ris()},
        {"name": f"dritte–{turn}.nbib", "text": replace(papers[2], title=f"Cohort C{turn}.").nbib()},
    ]
    said = browser.goes("adding.uploaded", empty, given={"files": files, "question": QUESTION}, **how)
    assert said["heading"] == "Added"
    assert sorted(said["documents"]) == [f"Cohort {letter}{turn}." for letter in "ABC"]
    assert said["names"] == [file["name"] for file in files]
    assert "9 of 14 adults (64.3%)" in said["answer"]
    assert said["wrong"] == []


def test_a_text_is_pasted(browser: Bridge, empty: str, how: dict[str, Any], turn: int) -> None:
    """A record copied from elsewhere, and the question that it answers."""
    paper = replace(PAPER, pmid=str(99002000 + turn), doi=f"10.5555/paste.{turn}", title=f"Pasted cohort {turn}.")
    given = {"kind": "RIS", "text": paper.ris(), "question": QUESTION}
    assert browser.goes("adding.pasted", empty, given=given, **how)["heading"] == "Added"


def test_nothing_was_chosen(browser: Bridge, empty: str, how: dict[str, Any]) -> None:
    """The page says what to do."""
    said = browser.goes("adding.empty", empty, **how)
    assert "Choose a file" in said["fault"] and said["wrong"] == []


def test_what_cannot_be_read_is_said(browser: Bridge, empty: str, how: dict[str, Any], tmp_path: Path) -> None:
    """A file of no use and one that breaks off: what, where and what to do; the rest is added."""
    files = [
        {"name": "table.csv", "text": "a,b\n1,2\n"},
        {"name": "torn.xml", "text": pubmed_set(PAPER.pubmed())[:700]},
        {"name": "whole.xml", "text": pubmed_set(PAPER.pubmed())},
    ]
    said = browser.goes("adding.uploaded", empty, given={"files": files}, **how)
    assert said["heading"] == "Added, with problems"
    assert said["wrong"] == []
