"""Attacks on every route at once: hosts, redirects and fields that no form has. Others stand beside what they attack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from asgi import scope_of, sent
from matrix import GOOD, OPEN, ROWS, Cell
from matrix_world import HELD, NAMED, QUESTION, VISITORS, World, world
from starlette.testclient import TestClient
from test_matrix import CHANGES, filled

from curbside.desk import passwords
from curbside.doors.http.limits import Bounds
from curbside.records import Filters
from curbside.serving.application import API, guarded
from curbside.serving.plan import Plan
from curbside.store.asked import AskedStore
from curbside.store.base_desk import DeskChange
from curbside.store.desk import SqlDesk
from curbside.workflows.signing import TRIES
from desk_makers import Clock

EVIL = "evil.example"
ELSEWHERE = (f"https://{EVIL}/x", f"//{EVIL}/x", f"/\\{EVIL}", f"javascript:alert('{EVIL}')")
NAMES = ("next", "back", "to", "url", "return", "redirect", "continue", "path")
"""What a page might take for where to go on to."""

BETTER: Mapping[str, str] = {
    "role": "admin", "roles": "admin", "board": "1", "active": "1", "email": "thief@example.org", "joined": "1999",
    "author": NAMED["reader"].id, "state": "approved", "approved": "1", "reviewers": NAMED["reader"].id,
    "person": NAMED["admin"].id, "who": NAMED["admin"].id, "at": "1999-01-01T00:00:00Z", "news": "None.",
    "editor": NAMED["reader"].id, "until": "9999999999", "used": "0", "number": "99", "version": "99",
}  # fmt: skip
"""Fields of records, which somebody might add to a form that has them not."""


@pytest.fixture(scope="module")
def served(web_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world of the matrix, everybody with their password."""
    desk = SqlDesk.beside(tmp_path_factory.mktemp("attacks"), Clock())
    with world(web_library, desk) as made:
        with desk.writing() as change:
            for visitor in VISITORS[1:]:
                change.set_password(visitor.id, passwords.hashed(GOOD))
        yield made
    desk.close()


@pytest.fixture(scope="module")
def words(served: World, web_library: Path) -> Mapping[str, str]:
    """What rows name and only a world knows."""
    found = {"{asked}": AskedStore(web_library, 30).keep(QUESTION, Filters(), "")}
    with served.desk.reading() as view:
        for line in view.articles.lines()[0]:
            found[f"{{key {line.id}}}"] = view.articles.get(line.id).version.claims[0].key
    return found


def tried(words: Mapping[str, str], methods: frozenset[str]) -> Iterator[tuple[str, str, str, Cell, dict[str, Any]]]:
    """Yield (who, method, address, cell, form): for some cells of each row of the pages, somebody who may."""
    for (method, path), row in ROWS.items():
        if method not in methods or path.startswith(API):
            continue
        for cell in row[:: max(1, len(row) // 6)]:
            who = next((each for each in VISITORS if each.counts and cell.expects(each) in (200, 303)), None)
            if who is not None:
                form = {name: words.get(str(value), value) for name, value in (cell.sent(who) or {}).items()}
                yield who.name, method, filled(path, cell.fills), cell, form


def test_nothing_leads_to_another_site(served: World, words: Mapping[str, str]) -> None:
    """Whatever a form or an address asks for."""
    seen = 0
    for number, (who, method, path, _, form) in enumerate(tried(words, CHANGES | {"GET"})):
        wish = dict.fromkeys(NAMES, ELSEWHERE[number % len(ELSEWHERE)])
        if method == "GET":
            answer = served.send(who, "GET", f"{path}?{'&'.join(f'{name}={wish[name]}' for name in NAMES)}")
        else:
            answer = served.send(who, method, path, {**wish, **form})
        to = urlsplit(answer.headers.get("location", "/"))
        assert not to.scheme and not to.netloc and "\\" not in to.path and EVIL not in to.path, (path, to)
        seen += "location" in answer.headers
    assert seen > 20


def test_no_page_believes_the_host_that_it_is_asked_under(served: World, words: Mapping[str, str]) -> None:
    """Links in pages, feeds, letters and data lead to the address that was set; no header changes that."""
    heads = {"host": EVIL, "x-forwarded-host": EVIL, "forwarded": f"host={EVIL}", "x-original-url": f"//{EVIL}/"}
    session = {"cookie": f"curbside_session={NAMED['editor'].secret}"}
    paths = [path for _, _, path, _, _ in tried(words, frozenset({"GET"}))]
    paths += [filled(path, {}) for method, path in OPEN if method == "GET"]
    for path in dict.fromkeys(paths):
        if path.endswith((".pdf", ".docx")):
            continue
        answer = served.http.get(path, headers={**heads, **session}, follow_redirects=False)
        assert EVIL not in answer.text and EVIL not in str(answer.headers), path
    served.http.post("/account/forgotten", data={"email": "author@example.org"}, headers=heads)
    assert served.box.letters and EVIL not in served.box.letters[-1].body


def kept(change: DeskChange) -> list[object]:
    """What somebody would gain by: who may do what, whose articles are whose and how they stand, how long keys hold.

    Of what is new its id is left out, which is a random one.
    """
    known = {each.id for each in VISITORS} | {each.id for each in HELD}
    people = [(each.id, each.email, each.roles, each.board, each.active, each.joined) for each in change.people()]
    articles = [
        (
            each.id,
            each.author,
            each.state,
            each.approved,
            each.news,
            each.versions,
            change.articles.get(each.id).reviewers,
        )
        for each in change.articles.lines()[0]
    ]
    keys = [
        (key.person, key.name, key.scope, key.until) for each in VISITORS[1:] for key in change.programs.of(each.id)
    ]
    rows: list[tuple[object, ...]] = [*people, *articles]
    return [*sorted((row if row[0] in known else ("new", *row[1:]) for row in rows), key=str), *keys]


def test_fields_that_a_form_has_not_change_nothing(served: World, words: Mapping[str, str]) -> None:
    """Nobody becomes more, takes what is another's, or approves, by adding a field of a record to a form."""
    served.desk.look, changed = kept, 0
    for who, method, path, cell, form in tried(words, CHANGES):
        more = {name: value for name, value in BETTER.items() if name not in form}
        if path.startswith(("/people", "/articles/")) and form.get("do") in ("roles", "assign"):
            more = {name: value for name, value in more.items() if name not in ("role", "board", "active", "reviewer")}
        if path == "/people/invite":
            more = {name: value for name, value in more.items() if name != "role"}
        plain = served.send(who, method, path, form)
        before = served.desk.looked
        again = served.send(who, method, path, {**more, **form})
        assert again.status_code == plain.status_code, (path, cell.name)
        assert served.desk.looked == before, (path, cell.name)
        changed += before is not None
    served.desk.look = None
    assert changed > 20


def test_no_form_is_taken_from_another_site(served: World, web_library: Path, words: Mapping[str, str]) -> None:
    """Not even those of who has not signed in, which carry no token: nobody is signed in as somebody else unawares."""
    app = guarded(served.http.app, Plan(web_library), Bounds())
    for route in sorted({*ROWS, *OPEN}):
        method, path = route
        if method in CHANGES:
            heads = [("origin", f"https://{EVIL}"), ("content-type", "application/x-www-form-urlencoded")]
            assert sent(app, scope_of(method, filled(path, {}), heads)).status == 403, path


@pytest.mark.parametrize("path", ["/account/password", "/account/programs"])
def test_a_stolen_session_guesses_no_password(web_library: Path, tmp_path: Path, path: str) -> None:
    """Wrong ones count as at signing in; then the right one is stopped too."""
    desk = SqlDesk.beside(tmp_path, Clock())
    with world(web_library, desk) as made:
        with desk.writing() as change:
            change.set_password(NAMED["author"].id, passwords.hashed(GOOD))
        made.desk.keeps = True
        form = {"name": "mine", "scope": "act", "days": "7", "again": "other tram ladder"}
        for number in range(TRIES):
            guess = {"old": f"guess {number}", "password": f"guess {number}"}
            guess |= {"password": "other tram ladder"} if path.endswith("password") else {}
            assert made.send("author", "POST", path, {**form, **guess}).status_code == 403
        right = {"old": GOOD, "password": "other tram ladder"} if path.endswith("password") else {"password": GOOD}
        assert made.send("author", "POST", path, {**form, **right}).status_code == 429
    desk.close()


def test_hostile_client(served: World) -> None:
    """A session's secret that is none is nobody, whatever it looks like."""
    http: TestClient = served.http
    for secret in ("", "x" * 5_000, "../../desk.sqlite", "' OR 1=1 --", "\x00", "curbside_session"):
        answer = http.get("/account", headers={"cookie": f"curbside_session={secret}"}, follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/account/sign-in")
