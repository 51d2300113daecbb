"""The page that checks a pasted text: what disagrees with both sides quoted, and nothing of the text anywhere else."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import SCRIPT, Page, browser

from curbside.doors.web.checking import LONGEST
from curbside.wiring import open_library

REPLY = "Of 120 patients, 34 (82.3%) responded. A response was seen in 10 of 13 (77%).\n\nBest wishes"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that holds nothing."""
    made = tmp_path_factory.mktemp("checking") / "library"
    with open_library(made, write=True):
        return made


@pytest.fixture(scope="module")
def web(folder: Path) -> TestClient:
    """A browser at it."""
    return browser(folder)


def checked(web: TestClient, text: str, status: int = 200) -> tuple[Page, str]:
    """The page that checks a text, read by a strict eye."""
    response = web.post("/check", data={"text": text})
    assert response.status_code == status
    page = Page.of(response.text)
    assert page.faults == []
    assert response.headers["cache-control"] == "no-store"
    return page, response.text


def test_the_page_asks_for_a_text(web: TestClient) -> None:
    """By POST, so that it never stands in an address."""
    html = web.get("/check").text
    assert '<form method="post" action="/check"' in html and 'aria-current="page">Check numbers<' in html
    assert '<a href="/check">' in web.get("/evidence").text


def test_what_disagrees_stands_with_its_arithmetic_and_both_sides(web: TestClient) -> None:
    """Below how many came out how; the text stays in the box to be mended."""
    page, html = checked(web, REPLY)
    assert "1 disagrees; 1 agrees; 0 could not be checked." in html
    assert "34 / 120 = 28.333 %; printed 82.3 %" in html
    assert page.marks[0] == "82.3%" and "34" in page.marks[1]
    assert "Best wishes</textarea>" in html.replace("\n</textarea>", "</textarea>")


def test_what_could_not_be_checked_says_why(web: TestClient) -> None:
    """In its own list."""
    _, html = checked(web, "The hazard ratio was 0.71 (95% CI 0.85 to 1.12).\n\nIt fell by 3.2 (SE 0.4) and 7 % of 0.")
    assert "Does not agree: 1" in html
    _, html = checked(web, "Of 40 patients, 12 (30%) improved; 9 (22%, 95% CI 35 to 11) did not.")
    assert "Could not be checked: " in html or "Does not agree: " in html


def test_a_text_without_numbers_and_one_that_is_no_text(web: TestClient) -> None:
    """Both are told."""
    assert "Nothing was found that could be held against each other." in checked(web, "All is well.")[1]
    assert "There is no text." in checked(web, " \n ", 422)[1]
    assert "at most 200,000" in checked(web, "1 " * (LONGEST // 2 + 1), 422)[1]


def test_a_page_has_a_bound(web: TestClient) -> None:
    """What it does not show it counts."""
    response = web.post("/check", data={"text": "Of 120 patients, 34 (82.3%) responded.\n\n" * 150})
    assert "Does not agree: 150" in response.text and "50 more are not shown here" in response.text


def test_a_text_is_escaped_and_nothing_of_it_is_kept_or_logged(
    web: TestClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in the library's folder nor in the log."""
    secret = "Zebrafinch"
    with caplog.at_level(logging.DEBUG, logger="curbside"):
        _, html = checked(web, f"{secret} {SCRIPT}: of 120 patients, 34 (82.3%) responded.")
    assert SCRIPT not in html and secret in html
    assert secret not in caplog.text
    for path in folder.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes()
