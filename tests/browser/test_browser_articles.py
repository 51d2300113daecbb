"""An article's life in a browser, on SQLite and on PostgreSQL: drafted, returned, revised, approved, overtaken."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browsing import DESK, PHONE, Bridge, Desk

from desk_makers import KINDS, address_of

QUESTION = "Does topical sirolimus improve facial angiofibroma?"
PEOPLE = {
    "author": ("Ann Author", "author"),
    "reviewer": ("Rea Viewer", "reviewer"),
    "second": ("Sec Ond", "reviewer"),
    "editor": ("Ed Itor", "editor"),
    "admin": ("Ada Min", "admin"),
}
TRIAL = {
    "pmid": "77123456",
    "doi": "10.9999/larger.1",
    "title": "Topical sirolimus for facial angiofibroma: a larger trial",
    "abstract": "In this randomised trial facial angiofibroma improved with topical sirolimus in 81 of 90 patients.",
    "year": 2026,
}
PATIENCE_S = 60


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_life(browser: Bridge, tmp_path: Path, kind: str) -> None:
    """Five people: a claim is returned and mended, the article approved; a trial, then a retraction, overtake it."""
    window = DESK if kind == "sqlite" else PHONE
    with address_of(kind, tmp_path / "database") as url:
        desk = Desk(tmp_path, {"CURBSIDE_DATABASE": url} if kind == "postgresql" else {})
        desk.types("shelf")
        links, emails = {}, {}
        for who, (name, role) in PEOPLE.items():
            emails[who] = f"{who}@example.org"
            told = desk.types("people", "invite", emails[who], "--name", name, "--role", role, "--json")
            links[who] = urlsplit(json.loads(told)["link"]).path
        with desk.served() as base:
            given = {"links": links, "emails": emails, "question": QUESTION}
            said = browser.goes("articles.life", base, given=given, **window)
            assert said["wrong"] == []
            assert [each.partition(".")[0] for each in said["banners"]] == [
                "Draft", "Submitted", "Under review", "Returned to its author", "Approved", "Approved",
            ]  # fmt: skip
            assert "article.approve" in said["log"]
            given["address"] = said["address"]

            paper = tmp_path / "new.jsonl"
            paper.write_text(json.dumps(TRIAL), encoding="utf-8")
            desk.types("add", str(paper))
            news = _news(desk, browser, base, given["address"], "a larger trial", window)
            assert news["banner"].startswith("New evidence since approval. Approved.")
            again = browser.goes("articles.overtaken", base, given=given, **window)
            assert again["wrong"] == []
            assert [each.partition(".")[0] for each in again["banners"]] == ["New evidence since approval", "Approved"]
            assert "81 of 90" in again["added"]

            notices = tmp_path / "notices.csv"
            notices.write_text(f"doi,retractionwatch\n{TRIAL['doi']},Retraction\n", encoding="utf-8")
            desk.types("notices", "add", str(notices))
            news = _news(desk, browser, base, given["address"], "Retract", window)
            assert news["banner"].startswith("New evidence since approval. Approved.")
        assert json.loads(desk.types("audit", "verify", "--json"))["holds"]


def _news(desk: Desk, browser: Bridge, base: str, address: str, words: str, window: dict[str, Any]) -> dict[str, Any]:
    """Have the library's changes looked at, by the command or by the server's own hand, until the banner says so."""
    until = time.monotonic() + PATIENCE_S
    while True:
        desk.types("watch")
        read = browser.goes("articles.read", base, given={"address": address}, **window)
        assert read["wrong"] == []
        if words in read["news"]:
            return read
        assert time.monotonic() < until, read
        time.sleep(0.5)
