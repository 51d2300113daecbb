"""The other pages, and what holds for all of them: well formed, no scripts in them, links that lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import Page, browser

ADDRESSES = ("/", "/search", "/status", "/help", "/method", "/glossary", "/keys", "/help/tutorial", "/help/how-to")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_sound(pages: TestClient, address: str) -> None:
    """Well formed, one main heading, a way past the menu, no inline style or script, ids once."""
    answer = pages.get(address)
    assert answer.status_code == 200
    page = Page.of(answer.text)
    assert not page.faults
    assert answer.text.count("<h1") == 1
    assert page.hrefs[0] == "#main" and 'lang="en"' in answer.text


def test_links_between_pages_lead_somewhere(pages: TestClient) -> None:
    """Every address that these pages name is there, also the part of the page that it names."""
    seen: dict[str, Page] = {}
    waiting = list(ADDRESSES)
    while waiting:
        address = waiting.pop()
        if address in seen or address == "/add":
            continue
        answer = pages.get(address)
        assert answer.status_code == 200, address
        seen[address] = Page.of(answer.text)
        for href in seen[address].hrefs:
            path, _, anchor = href.partition("#")
            if path.startswith("/") and path not in seen:
                waiting.append(path)
            if path.startswith("/") and anchor and path in seen:
                assert anchor in seen[path].ids, href
    assert "/help/reference/query-language" in seen


def test_the_library_page_says_what_is_held_and_how_it_is(pages: TestClient) -> None:
    """Kinds, evidence, the index, and each problem with its file and its remedy."""
    page = Page.of(pages.get("/status").text)
    for words in ("Kinds of document", "randomised trial", "Index of words", "ready", "broken.xml"):
        assert words in page.text


def test_kinds_on_the_library_page_open_the_search(pages: TestClient) -> None:
    """Each is a button that searches for it."""
    html = pages.get("/status").text
    assert """name="words" value='kind:"article"'""" in html
    answer = pages.post("/search", data={"words": 'kind:"article"', "advanced": "1", "sort": "newest"})
    assert "documents match" in Page.of(answer.text).text


def test_problems_come_page_by_page(pages: TestClient) -> None:
    """A page that is none shows the nearest one."""
    for page in ("1", "99", "x", "-1", "٣"):
        assert pages.get("/status", params={"page": page}).status_code == 200


def test_documentation_takes_no_html_and_leads_to_nothing_outside_it(pages: TestClient) -> None:
    """Only files of the documentation have pages; a path out of it has none."""
    for name in ("../README", "..%2f..%2fREADME", "nothing", "reference/../../pyproject", "decisions/x"):
        assert pages.get(f"/help/{name}").status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("GET", "/nothing", 404), ("GET", "/ask", 405), ("POST", "/status", 405), ("GET", "/static/nothing.css", 404)],
)
def test_what_is_not_there_is_said_in_the_same_style(pages: TestClient, method: str, address: str, status: int) -> None:
    """What was wrong, and what to do."""
    answer = pages.request(method, address)
    assert answer.status_code == status
    page = Page.of(answer.text)
    assert not page.faults
    assert "To the question box" in page.text


def test_a_file_where_words_were_wanted_is_refused(pages: TestClient) -> None:
    """Uploads have a page of their own."""
    answer = pages.post("/ask", files={"question": ("a.txt", b"x")})
    assert answer.status_code in (400, 422)
    assert not Page.of(answer.text).faults


def test_a_library_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    """503, not a fault."""
    with browser(tmp_path / "nowhere") as client:
        answer = client.get("/")
    assert answer.status_code == 503
    assert not Page.of(answer.text).faults


def test_static_files_may_be_kept_and_pages_may_not(pages: TestClient) -> None:
    """An address with the file's hash for ever, one without not unasked; a page not at all."""
    html = pages.get("/").text
    style = html.split('rel="stylesheet" href="')[1].split('"')[0]
    kept = pages.get(style)
    assert "immutable" in kept.headers["cache-control"] and kept.headers["etag"]
    assert pages.get("/static/curbside.css").headers["cache-control"] == "no-cache"
    again = pages.get("/static/curbside.css", headers={"If-None-Match": kept.headers["etag"]})
    assert again.status_code == 304
    assert pages.get("/").headers["cache-control"] == "no-store"


def test_the_theme_is_what_the_cookie_says_and_nothing_else(pages: TestClient) -> None:
    """Light, dark, or the system's; other words are not put into the page."""
    for theme, shown in (("dark", True), ("light", True), ('"><script>', False), ("", False)):
        html = pages.get("/", headers={"Cookie": f"theme={theme}"}).text
        assert (f'data-theme="{theme}"' in html) is shown
        assert not Page.of(html).faults


def test_help_asks_for_no_picture_that_is_not_there(pages: TestClient) -> None:
    """The documentation shows pictures of the pages; the pages themselves need none."""
    for path in ("/help", "/help/tutorial", "/help/how-to", "/method"):
        assert "<img" not in pages.get(path).text
