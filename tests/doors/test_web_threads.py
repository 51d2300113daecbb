"""Threads on the web: the box under an answer, what is carried over, what is taken away, and what is forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import Page, browser

QUESTION = "Does topical sirolimus improve facial angiofibroma?"


def first(client: TestClient) -> str:
    """Ask, and return the page of the answer."""
    return client.post("/ask", data={"question": QUESTION}).text


def followed(client: TestClient, page: str, **given: str) -> str:
    """Ask on under a page and return the next one."""
    action = re.findall(r'action="(/answers/[A-Za-z0-9_-]{22}/follow)"', page)[0]
    answer = client.post(action, data=given)
    assert answer.status_code == 200, answer.text
    assert not Page.of(answer.text).faults
    return answer.text


def chips(page: str) -> dict[str, str]:
    """Chips of a page that can be taken away: id -> what it is called."""
    found = re.findall(r'name="chip" value="([^"]+)" aria-label="Ask again without ([^"]+)"', page)
    return dict(found)


def test_a_question_follows_an_answer(pages: TestClient) -> None:
    """What is carried over stands under it; the turn before is folded, with a link to its page."""
    page = followed(pages, first(pages), question="which concentration?")
    assert "Which" not in re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0]
    assert chips(page) == {
        "drug:d:sirolimus": "sirolimus (drug)",
        "condition:c:facial-angiofibroma": "facial angiofibroma (condition)",
        "route:topical": "topical (route)",
    }
    folded = re.findall(r'<details class="earlier">.*?</details>', page, re.S)[0]
    assert QUESTION in folded and 'href="/answers/' in folded


def test_a_chip_is_taken_away_by_a_button(pages: TestClient) -> None:
    """The same question is asked again without it, in the place of the one before."""
    page = followed(pages, first(pages), question="which concentration?")
    action = re.findall(r'action="(/answers/[A-Za-z0-9_-]{22})/drop"', page)[0]
    again = pages.post(f"{action}/drop", data={"chip": "route:topical"}).text
    assert "route:topical" not in chips(again) and "topical (route) (taken away)" in Page.of(again).text
    assert pages.get(action).status_code == 404
    action = re.findall(r'action="(/answers/[A-Za-z0-9_-]{22})/drop"', again)[0]
    further = pages.post(f"{action}/drop", data={"chip": "drug:d:sirolimus"}).text
    assert chips(further) == {"condition:c:facial-angiofibroma": "facial angiofibroma (condition)"}
    assert pages.post(f"{action}/drop", data={"chip": "drug:d:sirolimus"}).status_code == 404


@pytest.mark.parametrize("chip", ["", "drug:d:everolimus", "<script>"])
def test_what_is_not_carried_cannot_be_taken_away(pages: TestClient, chip: str) -> None:
    """The page says so."""
    page = followed(pages, first(pages), question="which concentration?")
    action = re.findall(r'action="(/answers/[A-Za-z0-9_-]{22}/drop)"', page)[0]
    assert pages.post(action, data={"chip": chip}).status_code in (400, 422)


def test_suggestions_are_buttons(pages: TestClient) -> None:
    """Each asks by itself."""
    page = first(pages)
    suggested = re.findall(r'name="next" value="([^"]+)"', page)
    assert suggested
    assert suggested[0] in Page.of(followed(pages, page, next=suggested[0])).text


def test_no_words_stand_in_an_address(pages: TestClient) -> None:
    """Nor can a follow-up be asked by one."""
    page = followed(pages, first(pages), question="and in quixotropic adults?")
    for address in [*Page.of(page).hrefs, *re.findall(r'(?:action|src)="([^"]+)"', page)]:
        assert "quixotropic" not in address and "angiofibroma" not in address
    action = re.findall(r'action="(/answers/[A-Za-z0-9_-]{22}/follow)"', page)[0]
    assert pages.get(action).status_code == 405


def test_a_blank_follow_up_is_refused(pages: TestClient) -> None:
    """As a blank question is."""
    action = re.findall(r'action="(/answers/[A-Za-z0-9_-]{22}/follow)"', first(pages))[0]
    assert pages.post(action, data={"question": "  "}).status_code in (400, 422)


def test_asking_on_under_an_earlier_answer_takes_the_place_of_what_followed(pages: TestClient) -> None:
    """The page says so before; the later pages are gone after."""
    second = followed(pages, first(pages), question="which concentration?")
    third = followed(pages, second, question="and in adults?")
    earlier = re.findall(r'<a href="(/answers/[A-Za-z0-9_-]{22})">', third)
    back = pages.get(earlier[1]).text
    assert "a question asked here takes their place" in back
    other = followed(pages, back, question="what about side effects?")
    assert re.findall(r"<summary>(\d) earlier", other) == ["2"]
    gone = re.findall(r'action="(/answers/[A-Za-z0-9_-]{22})/follow"', third)[0]
    assert pages.get(gone).status_code == 404


def test_downloads_and_audiences_know_the_turn(pages: TestClient) -> None:
    """They answer what the turn asks, not its bare words."""
    page = followed(pages, first(pages), question="which concentration?")
    at = re.findall(r'action="(/answers/[A-Za-z0-9_-]{22})/follow"', page)[0]
    assert pages.get(f"{at}/answer.json").json()["understood"]["drugs"][0]["concept"] == "d:sirolimus"
    assert "sirolimus" in pages.get(f"{at}/answer.md").text


def test_forgetting_a_thread_leaves_nothing(web_library: Path, pages: TestClient) -> None:
    """No page of it answers, no byte of it is left."""
    page = followed(pages, first(pages), question="and in zanthoform adults?")
    addresses = re.findall(r'<a href="(/answers/[A-Za-z0-9_-]{22})">', page)
    at = re.findall(r'action="(/answers/[A-Za-z0-9_-]{22})/forget"', page)[0]
    assert "Forget this thread" in page
    assert pages.post(f"{at}/forget").status_code == 200
    assert {pages.get(address).status_code for address in [at, *addresses]} == {404}
    assert not [f for f in web_library.rglob("*") if f.is_file() and b"zanthoform" in f.read_bytes()]


def test_where_questions_are_not_kept_none_can_follow(web_library: Path) -> None:
    """There is no box for it."""
    with browser(web_library, days=0) as client:
        assert "/follow" not in first(client)
