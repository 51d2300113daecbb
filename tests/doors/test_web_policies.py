"""Texts of policies on the web: read by all, changed by who may, every version readable, hostile words harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import SCRIPT, Page, browser

from curbside.desk.texts import TITLES
from curbside.doors.http.accounts import Accounts
from curbside.records import Person, Role, Session
from curbside.store.desk import SqlDesk
from curbside.workflows.signing import key_of
from desk_makers import Clock, Letterbox, person

READER, EDITOR = person(1), person(2, Role.EDITOR)
HOSTILE = f"""# A first heading

{SCRIPT} <img src=x onerror=alert(2)> ![a picture](http://evil.example/p.png)

[a](javascript:alert(1)) [b](https://example.org) [c](data:text/html,x) [main](#main)

main
====

| a | b |
|---|---|
| 1 | <svg onload=alert(3)> |
"""


class Site:
    """Pages over a desk, with a reader and an editor who have signed in."""

    def __init__(self, library: Path, desk: SqlDesk) -> None:
        self.library, self.desk = library, desk
        with desk.writing() as change:
            for each in (READER, EDITOR):
                change.put(each)
                change.open_session(key_of(each.name), Session(each.id, f"csrf {each.id}", change.now, change.now))

    def browser(self, who: Person | None = None) -> TestClient:
        """A browser of somebody."""
        client = browser(self.library, accounts=Accounts(lambda: self.desk, Letterbox(), "https://desk.example.org"))
        if who is not None:
            client.cookies.set("curbside_session", who.name)
        return client

    def send(self, who: Person, name: str, body: str, why: str = "Because.", after: int = 1, do: str = "keep"):
        """Send the form of a text."""
        data = {"csrf": f"csrf {who.id}", "body": body, "why": why, "after": str(after), "do": do}
        return self.browser(who).post(f"/policies/{name}/edit", data=data)


@pytest.fixture
def site(web_library: Path, tmp_path: Path) -> Iterator[Site]:
    """A site with a desk of its own."""
    desk = SqlDesk.beside(tmp_path, Clock())
    yield Site(web_library, desk)
    desk.close()


@pytest.mark.parametrize("name", TITLES)
def test_each_text_is_there_from_the_beginning(site: Site, name: str) -> None:
    """As Curbside comes with it, as version 1."""
    page = Page.of(site.browser().get(f"/policies/{name}").text)
    assert not page.faults and TITLES[name] in page.text and "Version 1, 2026-11-22" in page.text
    assert "Change this text" not in page.text
    assert site.browser().get(f"/policies/{name}/versions/1").status_code == 200
    assert site.browser().get(f"/policies/{name}/versions/2").status_code == 404


def test_every_page_leads_to_them(site: Site) -> None:
    """From its foot."""
    html = site.browser().get("/").text
    for name in ("editorial-policy", "disclaimer", "privacy"):
        assert f'href="/policies/{name}"' in html
    assert site.browser().get("/policies/other").status_code == 404


def test_a_change_is_a_version_with_who_and_why(site: Site) -> None:
    """The earlier ones stay at their addresses, and what changed is told word by word."""
    before = re.search(
        r"<textarea[^>]*>(.*?)</textarea>", site.browser(EDITOR).get("/policies/privacy/edit").text, re.S
    )
    assert before and "Whoever runs this site" in before[1]
    kept = site.send(EDITOR, "privacy", "We run this site.\n\n- One item\n- Another item", "Who we are.")
    page = Page.of(kept.text)
    assert not page.faults and kept.url.path == "/policies/privacy"
    assert "Version 2, 2027-01-15 08:00 UTC, Person 2: Who we are." in page.text
    again = site.send(EDITOR, "privacy", "We run this site.\n\n- One thing\n- Another item", "A word.", after=2)
    assert "Version 3" in again.text
    old = site.browser().get("/policies/privacy/versions/1")
    assert "This is version 1" in old.text and "Whoever runs this site" in old.text and old.headers["x-robots-tag"]
    changed = Page.of(site.browser().get("/policies/privacy/versions/3/since/2").text)
    html = site.browser().get("/policies/privacy/versions/3/since/2").text
    assert not changed.faults and "<del>item</del>" in html and "<ins>thing</ins>" in html
    with site.desk.reading() as view:
        last = view.head()
        assert last and (last.who, last.action, last.about, last.detail) == (
            EDITOR.id, "text.changed", "privacy", "version 3",
        )  # fmt: skip


def test_a_preview_keeps_nothing(site: Site) -> None:
    """It shows what was written as it would look, and the form with the same words."""
    page = site.send(EDITOR, "disclaimer", "## A heading\n\nWords.", why="", do="preview")
    assert not Page.of(page.text).faults and '<h2 id="t-a-heading">A heading</h2>' in page.text
    assert "## A heading" in page.text and "Version 2" not in site.browser().get("/policies/disclaimer").text


@pytest.mark.parametrize(
    ("body", "why", "after", "said"),
    [
        ("", "Because.", 1, "The text is empty"),
        ("Words.", "", 1, "Say what changed"),
        ("Words.", "Because.", 7, "changed meanwhile"),
        ("x" * 40_001, "Because.", 1, "may have 40,000"),
    ],
)
def test_what_cannot_be_kept_is_not_lost(site: Site, body: str, why: str, after: int, said: str) -> None:
    """The form comes back with what was written and what is wrong with it."""
    page = site.send(EDITOR, "privacy", body, why, after)
    assert page.status_code == 422 and said in page.text and f">{body[:50]}" in page.text
    assert "Version 2" not in site.browser().get("/policies/privacy").text


def test_hostile_words_do_nothing_on_the_page(site: Site) -> None:
    """Neither in the text nor in its preview, its form or its differences; nothing is loaded from elsewhere."""
    shown = site.send(EDITOR, "reviewing", HOSTILE, f"Because {SCRIPT}")
    preview = site.send(EDITOR, "reviewing", HOSTILE, SCRIPT, after=2, do="preview")
    differs = site.browser().get("/policies/reviewing/versions/2/since/1")
    for page in (shown, preview, differs):
        assert page.status_code == 200
        read = Page.of(page.text)
        assert [each for each in read.faults if "leads to http:" not in each] == []
        assert SCRIPT not in page.text and "<img" not in page.text and "<svg" not in page.text
        assert not any(each.startswith(("javascript:", "data:")) for each in read.hrefs)
    assert shown.text.count("<h1") == 1 and 'href="https://example.org" rel="noreferrer noopener"' in shown.text


def test_who_may_not_change_texts_is_told_of_no_such_page(site: Site) -> None:
    """And changes nothing."""
    assert site.browser(READER).get("/policies/privacy/edit").status_code == 404
    assert site.send(READER, "privacy", "Words.").status_code == 404
    assert site.browser().get("/policies/privacy/edit").url.path == "/account/sign-in"
    assert "Version 2" not in site.browser().get("/policies/privacy").text
