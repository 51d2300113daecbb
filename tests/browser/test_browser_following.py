"""Following in a browser, on SQLite and on PostgreSQL: a saved question, news of it, letters, a feed; and the texts."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from browsing import DESK, PHONE, Bridge, Desk

from desk_makers import KINDS, address_of

QUESTION = "Does topical sirolimus improve facial angiofibroma?"
PAPER = {
    "pmid": "77123456",
    "title": "Topical sirolimus for facial angiofibroma: a larger trial",
    "abstract": "In this randomised trial facial angiofibroma improved with topical sirolimus in 81 of 90 patients.",
    "year": 2026,
}
PATIENCE_S = 60


def link_of(desk: Desk, email: str, role: str) -> str:
    """The path of an invitation's link."""
    told = desk.types("people", "invite", email, "--name", role.title(), "--role", role, "--json")
    return urlsplit(json.loads(told)["link"]).path


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_followed_and_told_of(browser: Bridge, tmp_path: Path, kind: str) -> None:
    """From its answer, by page and feed; the feed names no question."""
    window = DESK if kind == "sqlite" else {**PHONE, "scheme": "dark"}
    pictures = os.environ.get("CURBSIDE_PICTURES", "")  # where whoever looks wants to find them
    given = {"email": "ada@example.org", "question": QUESTION, "pictures": pictures and f"{pictures}/{kind}"}
    with address_of(kind, tmp_path / "database") as url:
        desk = Desk(tmp_path, {"CURBSIDE_DATABASE": url} if kind == "postgresql" else {})
        desk.types("shelf")
        given["link"] = link_of(desk, given["email"], "reader")
        editor = link_of(desk, "ed@example.org", "editor")
        with desk.served() as base:
            saved = browser.goes("following.follow", base, given=given, **window)
            assert saved["wrong"] == []
            paper = tmp_path / "new.jsonl"
            paper.write_text(json.dumps(PAPER), encoding="utf-8")
            desk.types("add", str(paper))
            feed = _told(desk, base + urlsplit(saved["feed"]).path)
            assert "A question that you follow has news" in feed and "bed 4" not in feed
            told = browser.goes("following.read", base, given=given, **window)
            assert told["wrong"] == [] and told["asked"] == QUESTION
            assert told["news"].startswith("The boy of bed 4") and "a larger trial" in told["news"]
            texts = browser.goes(
                "following.policies", base, given={**given, "link": editor, "email": "ed@example.org"}, **window
            )
            assert texts["wrong"] == [] and texts["added"].startswith("This site is run by")
        log = (tmp_path / "serve.log").read_text(errors="replace")
        assert "sirolimus" not in log and "bed 4" not in log and urlsplit(saved["feed"]).path.split("/")[2] not in log
        assert json.loads(desk.types("audit", "verify", "--json"))["holds"]


def _told(desk: Desk, feed: str) -> str:
    """Have the library's changes looked at, by the command or by the server's own hand, until a feed has an entry."""
    until = time.monotonic() + PATIENCE_S
    while True:
        desk.types("watch")
        with urlopen(feed) as answer:  # noqa: S310 (our own server)
            said = answer.read().decode()
        if "<entry>" in said or time.monotonic() > until:
            return said
        time.sleep(0.5)
