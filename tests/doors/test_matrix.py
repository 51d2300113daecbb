"""Every route against everybody: who sees what, who does what, and what a form must carry. The rows are in `matrix.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from matrix import DEFAULTS, FREE, GOOD, OPEN, OPEN_API, ROWS, SIGN_IN, Cell, known
from matrix_world import NAMED, QUESTION, VISITORS, World, world

from curbside.desk import passwords
from curbside.desk.articles import reading
from curbside.records import Filters
from curbside.serving.application import API
from curbside.store.asked import AskedStore
from desk_makers import KINDS, Clock, desk_of

CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@pytest.fixture(scope="module", params=KINDS)
def served(
    request: pytest.FixtureRequest, web_library: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world on SQLite, and where a server is named on PostgreSQL."""
    folder = tmp_path_factory.mktemp("matrix")
    with desk_of(request.param, folder, Clock()) as desk, world(web_library, desk) as made:
        made.step = 1 if request.param == "sqlite" else 7
        with desk.writing() as change:
            hashed = passwords.hashed(GOOD)
            for visitor in VISITORS[1:]:
                change.set_password(visitor.id, hashed)
        yield made


@pytest.fixture(scope="module")
def known_words(served: World, web_library: Path) -> Mapping[str, str]:
    """What rows name and only a world knows: a question that is kept, the keys of claims, how articles are read."""
    words = {"{asked}": AskedStore(web_library, 30).keep(QUESTION, Filters(), "")}
    with served.desk.reading() as view:
        for line in view.articles.lines()[0]:
            held = view.articles.get(line.id)
            words[f"{{key {line.id}}}"], words[f"{{seen {line.id}}}"] = held.version.claims[0].key, reading(held)
    return words


def filled(path: str, fills: Mapping[str, str]) -> str:
    """An address with values in the places of its parameters."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: {**DEFAULTS, **fills}[found.group(1)], path)


def sends(served: World, who: str, route: tuple[str, str], cell: Cell, words: Mapping[str, str], **more: Any):
    """Send what a cell tries."""
    form = cell.sent(NAMED[who])
    plain = {name: words.get(str(value), value) for name, value in form.items()} if form else None
    query = cell.name if cell.name.startswith("?") else ""
    return served.send(who, route[0], filled(route[1], cell.fills) + query, plain, **more)


def got(response: Any) -> int:
    """The status, or `SIGN_IN`."""
    to = response.headers.get("location", "")
    return SIGN_IN if response.status_code == 303 and to.startswith("/account/sign-in?next=") else response.status_code


def test_each_route_has_its_row(served: World) -> None:
    """So that nobody forgets to say who may use it."""
    missing = sorted(served.routes - set(known()))
    assert not missing, f"add a row to tests/doors/matrix.py (its first words say how) for: {missing}"
    over = sorted(set(known()) - served.routes)
    assert not over, f"take these rows out of tests/doors/matrix.py, the routes are gone: {over}"


@pytest.mark.parametrize("route", ROWS, ids=" ".join)
def test_each_gets_what_the_table_says(served: World, known_words: Mapping[str, str], route: tuple[str, str]) -> None:
    """By who they are and how the object stands; who is refused has done nothing."""
    wrong: list[str] = []
    for cell in ROWS[route][:: served.step]:
        for visitor in cell.by:
            status, wanted = got(sends(served, visitor.name, route, cell, known_words)), cell.expects(visitor)
            if status != wanted:
                wrong.append(f"{visitor.name}: {cell.name} {dict(cell.fills)}: {status}, not {wanted}")
            elif cell.vanishes and status == 404 and not served.desk.done:
                wrong.append(f"{visitor.name}: {cell.name}: nothing was made")
            elif served.desk.done and status not in (200, 201, 303) and not cell.vanishes:
                wrong.append(f"{visitor.name}: {cell.name} {dict(cell.fills)}: refused, and yet {served.desk.done}")
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize(
    "route", [each for each in ROWS if each[0] in CHANGES and API not in each[1] and each not in FREE], ids=" ".join
)
def test_a_form_without_our_token_does_nothing(
    served: World, known_words: Mapping[str, str], route: tuple[str, str]
) -> None:
    """Nor one with the token of somebody else's session: that is all that a page of another site can send."""
    for cell in ROWS[route][:: served.step]:
        who = next((each for each in VISITORS if each.counts and cell.expects(each) in (200, 303)), None)
        if who is None:
            continue
        assert sends(served, who.name, route, cell, known_words).status_code == cell.expects(who)
        assert served.desk.done, f"{route}: {cell.name} is to do something, or the next lines show nothing"
        for csrf in ("", NAMED["reader" if who.name != "reader" else "admin"].csrf, NAMED["expired"].csrf):
            assert sends(served, who.name, route, cell, known_words, csrf=csrf).status_code == 403, cell.name
            assert not served.desk.done


def test_nothing_is_done_by_following_a_link(served: World, known_words: Mapping[str, str]) -> None:
    """Where a form is taken and no page is, a GET is told so; where a page is, it only reads."""
    for method, path in ROWS:
        if method not in CHANGES:
            continue
        for cell in ROWS[method, path][:1]:
            answer = served.send("admin", "GET", filled(path, cell.fills))
            assert answer.status_code in ((200, 404, 303) if ("GET", path) in ROWS else (404, 405)), path
            assert not served.desk.done


def test_a_head_tells_no_more_than_a_get(served: World) -> None:
    """Of an article that one may not know of, neither tells anything."""
    for (method, path), row in ROWS.items():
        for cell in row if method == "GET" else ():
            address = filled(path, cell.fills)
            assert (
                served.send("nobody", "HEAD", address).status_code == served.send("nobody", "GET", address).status_code
            )


@pytest.mark.parametrize("route", sorted(OPEN | OPEN_API), ids=" ".join)
def test_what_knows_nothing_of_accounts_is_the_same_for_all(served: World, route: tuple[str, str]) -> None:
    """Signed in or not."""
    method, path = route
    form: Mapping[str, str] | None = {} if method in CHANGES else None
    found = {who: got(served.send(who, method, filled(path, {}), form)) for who in ("nobody", "reader", "admin")}
    assert len(set(found.values())) == 1 and found["nobody"] < 500, found
    assert not served.desk.done
