"""Stored scripts: traps in every field of every form, and in titles of what was added, come to life on no page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from browsing import DESK, PHONE, Bridge, Desk
from form_walk import TRAPS, Walk, signed_in

import hostile
from curbside.records import Role

STARTS = ("/account", "/articles", "/account/programs", "/people", "/board", "/audit", "/add", "/check", "/search")
EVERY_ROLE = [word for role in Role for word in ("--role", role.value)]


def _invited(desk: Desk, name: str, *roles: str) -> tuple[str, str]:
    email = f"{name}@example.org"
    told = desk.types("people", "invite", email, "--name", f"{name} {TRAPS[1]}", *roles, "--board", "--json")
    return email, json.loads(told)["link"]


def test_traps_in_every_field_come_to_life_nowhere(browser: Bridge, tmp_path: Path) -> None:
    """Left by an author and by somebody with every role, seen by both and by the public."""
    desk = Desk(tmp_path)
    trick = hostile.TRICKS[0]
    papers = tmp_path / "papers"
    papers.mkdir()
    for each, name, content in hostile.files():
        if each is trick:
            (papers / name).write_bytes(content)
    desk.types("add", str(papers))
    author, boss = _invited(desk, "ann", "--role", "author"), _invited(desk, "bo", *EVERY_ROLE)
    with desk.served() as base:
        ann, bo = Walk(signed_in(base, author[1], author[0])), Walk(signed_in(base, boss[1], boss[0]))
        article = _draft(ann.http, f"{hostile.question(trick)} {TRAPS[1]}")
        ann.from_("/account", article)
        bo.from_(article, "/manuscripts/new", "/journal/settings", "/policies/privacy/edit", "/following", *STARTS)
        paths = list(dict.fromkeys([*bo.visited, *ann.visited]))
        filled = {name for _, name in (*ann.filled, *bo.filled)}
        assert {"name", "about", "conflicts", "words", "text"} <= filled, filled
        given: dict[str, Any] = {"paths": paths, "email": boss[0]}
        for how in ({**DESK, "script": True}, {**PHONE, "script": False}):
            said = browser.goes("stored.visited", base, given=given, limit=120_000, **how)
            assert said["wrong"] == []
            assert said["shown"] >= 3, "the traps are nowhere to be seen"
            given = {"paths": ["/articles", "/board", article], "email": author[0]}
            said = browser.goes("stored.visited", base, given=given, limit=120_000, **how)
            assert said["wrong"] == []
            given = {"paths": paths[::4], "email": boss[0]}


def _draft(http: Any, question: str) -> str:
    """Ask, and make a draft of the answer; return its address."""
    asked = http.post("/ask", data={"question": question})
    csrf = re.search(r'name="csrf" value="([^"]+)"', asked.text)
    assert csrf is not None and "Make a draft article" in asked.text
    made = http.post("/articles", data={"csrf": csrf.group(1), "asked": asked.url.path.rpartition("/")[2]})
    assert made.url.path.startswith("/articles/a"), made.text[:500]
    return made.url.path
