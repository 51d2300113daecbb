"""An article's life in a browser, on SQLite and on PostgreSQL: drafted, returned, revised, approved, overtaken."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import DESK, PHONE, Bridge, Desk

from desk_makers import KINDS, address_of

QUESTION = "Does topical sirolimus improve facial angiofibroma?"
PEOPLE = {"author": ("Ann Author", "author"), "reviewer": ("Rea Viewer", "reviewer"), "editor": ("Ed Itor", "editor")}


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_life(browser: Bridge, tmp_path: Path, kind: str) -> None:
    """One claim is returned and removed; approval, and new evidence, each change what stands over the article."""
    window = DESK if kind == "sqlite" else PHONE
    with address_of(kind, tmp_path / "database") as url:
        desk = Desk(tmp_path, {"CURBSIDE_DATABASE": url} if kind == "postgresql" else {})
        desk.types("shelf")
        links, emails = {}, {}
        for role, (name, given_role) in PEOPLE.items():
            emails[role] = f"{role}@example.org"
            told = desk.types("people", "invite", emails[role], "--name", name, "--role", given_role, "--json")
            links[role] = urlsplit(json.loads(told)["link"]).path
        with desk.served() as base:
            given = {"links": links, "emails": emails, "question": QUESTION}
            said = browser.goes("articles.life", base, given=given, **window)
            assert said["wrong"] == []
            assert [each.partition(".")[0] for each in said["banners"]] == [
                "Draft", "Submitted", "Under review", "Returned to its author", "Approved", "Approved",
            ]  # fmt: skip
            new = {
                "pmid": "77123456",
                "title": "Topical sirolimus for facial angiofibroma: a larger trial",
                "abstract": "In this randomised trial facial angiofibroma improved with topical sirolimus in 81 of 90 patients.",
                "year": 2026,
            }
            paper = tmp_path / "new.jsonl"
            paper.write_text(json.dumps(new), encoding="utf-8")
            desk.types("add", str(paper))
            desk.types("watch")
            later = browser.goes("articles.read", base, given={"address": said["address"]}, **window)
        assert later["wrong"] == []
        assert later["banner"].startswith("New evidence since approval. Approved.")
        assert "a larger trial" in later["news"]
        assert json.loads(desk.types("audit", "verify", "--json"))["holds"]
