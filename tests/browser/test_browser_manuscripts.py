"""A manuscript in a browser, on SQLite and on PostgreSQL: from the first draft to the page of an issue."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import DESK, PHONE, Bridge, Desk

from desk_makers import KINDS, address_of

PEOPLE = {
    "author": ("Ann Author", "author"),
    "reviewer": ("Rea Viewer", "reviewer"),
    "second": ("Sec Ond", "reviewer"),
    "editor": ("Ed Itor", "editor"),
}
TEXT = """# Introduction

Sirolimus was given to children before [1].

# Results

Remission was seen in 34 of 120 children (82.3 %). Nobody died.

| Group | Remission |
|---|---|
| Sirolimus | 34/120 |

# References

1. Smith J. A first look. J Nothing. 2010;1:1-2.
"""
PATIENCE_S = 60


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_life(browser: Bridge, tmp_path: Path, kind: str) -> None:
    """Two reviewers who learn no names, one revision, an issue; then everybody reads it, and so does the library."""
    window = DESK if kind == "sqlite" else PHONE
    pictures = os.environ.get("CURBSIDE_PICTURES", "")
    with address_of(kind, tmp_path / "database") as url:
        desk = Desk(tmp_path, {"CURBSIDE_DATABASE": url} if kind == "postgresql" else {})
        desk.types("status")
        links, emails = {}, {}
        for who, (name, role) in PEOPLE.items():
            emails[who] = f"{who}@example.org"
            told = desk.types("people", "invite", emails[who], "--name", name, "--role", role, "--json")
            links[who] = urlsplit(json.loads(told)["link"]).path
        with desk.served() as base:
            given = {"links": links, "emails": emails, "text": TEXT, "pictures": pictures}
            said = browser.goes("manuscripts.life", base, given=given, **window)
            assert said["wrong"] == []
            assert [each.partition(".")[0] for each in said["banners"]] == [
                "Submitted", "Under review", "Returned for another version", "Accepted", "Published",
            ]  # fmt: skip
            until = time.monotonic() + PATIENCE_S
            read = browser.goes("manuscripts.read", base, given={"pictures": pictures}, **window)
            while not read["held"] and time.monotonic() < until:
                time.sleep(0.5)
                read = browser.goes("manuscripts.read", base, given={"pictures": pictures}, **window)
        assert read["wrong"] == [] and read["held"]
        assert "Ada Quillfeather" in read["names"]
        assert "Sirolimus in children with refractory cytopenia" in desk.types("search", "sirolimus cytopenia")
        assert json.loads(desk.types("audit", "verify", "--json"))["holds"]
