"""A needle in a draft: nobody who may not know of it finds it, and nothing that they see is a byte different for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from matrix import OPEN, OPEN_API, PUBLIC, ROWS
from matrix_world import NEEDLE, QUESTION, STANDINGS, Held, World, put_article, world
from test_matrix import filled

from curbside.serving.application import API
from curbside.store.desk import SqlDesk
from desk_makers import Clock

STRANGERS = ("nobody", "other author", "admin")
"""Some of those who may not know of what is not approved: of none of it are they author, reviewer or editor."""

ASKED = (
    ("POST", "/search", {"q": "topical sirolimus facial angiofibroma", "query": "topical sirolimus"}),
    ("POST", f"{API}/search", {"query": "facial angiofibroma", "facets": True}),
    ("POST", f"{API}/search", {"query": NEEDLE}),
    ("POST", f"{API}/ask", {"question": QUESTION}),
    ("POST", f"{API}/ask", {"question": f"What does {NEEDLE} do?"}),
    ("GET", "/robots.txt", None),
    ("GET", "/sitemap.xml", None),
    ("GET", "/feed.atom", None),
)
"""What is asked beside every page: searches, questions, and what machines look for."""

ELSEWHERE = ("/static", "/documents", "/works", "/account/sign-out", "/help")
"""Where links are not followed: pages of the library, which know nothing of the desk."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlDesk]:
    """A desk of this module's own."""
    made = SqlDesk.beside(tmp_path_factory.mktemp("needle"), Clock())
    yield made
    made.close()


@pytest.fixture(scope="module")
def served(web_library: Path, desk: SqlDesk) -> Iterator[World]:
    """The world of the matrix."""
    with world(web_library, desk) as made:
        yield made


def addresses() -> list[str]:
    """Every address that is read, with what the rows of the matrix put into it."""
    found = [filled(path, {}) for method, path in sorted(OPEN | OPEN_API) if method == "GET"]
    for (method, path), row in ROWS.items():
        if method == "GET":
            some = row[: max(4, len(row) // 2)]  # what the author wrote; the editor's articles are the same
            found += [filled(path, cell.fills) + (cell.name if cell.name.startswith("?") else "") for cell in some]
    # What is laid out for paper is made of the same sheet as the rest, takes long, and cannot be searched for words.
    return [each for each in dict.fromkeys(found) if not each.endswith((".pdf", ".docx"))]


def seen(served: World, who: str) -> dict[str, tuple[int, str]]:
    """Everything that somebody can see: each address, each link on the pages of people, and what they ask."""
    told: dict[str, tuple[int, str]] = {}
    waiting = addresses()
    for address in waiting:
        answer = served.send(who, "GET", address)
        told[address] = (answer.status_code, steady(answer.text))
        if address.startswith(("/articles", "/board", "/people", "/journal")) and answer.status_code == 200:
            for href in re.findall(r'href="(/[^"#]*)', answer.text):
                path = urlsplit(href).path
                if not path.startswith(ELSEWHERE) and not path.endswith((".pdf", ".docx")) and path not in waiting:
                    waiting.append(path)
    for method, path, given in ASKED:
        answer = served.send(who, method, path, given)
        told[f"{method} {path} {given}"] = (answer.status_code, steady(answer.text))
    return told


def but_own(text: str, who: str) -> str:
    """A text without the question that they follow themselves, which names them."""
    return text.replace(f"{NEEDLE} of {who}", "").replace(f"{NEEDLE} for {who}", "")


def steady(text: str) -> str:
    """A text without what differs from one asking to the next whatever the desk holds: ids of kept questions."""
    return re.sub(r"/answers/[\w-]{22}", "/answers/…", text)


@pytest.mark.parametrize("who", ["reader", "clinician", "other reviewer", "moderator"])
def test_no_stranger_finds_it(served: World, who: str) -> None:
    """At no address of people and their articles, whatever role they have."""
    for path in addresses():
        if not path.startswith(API) or "/articles" in path:
            assert NEEDLE not in but_own(served.send(who, "GET", path).text, who), path


@pytest.mark.parametrize("who", STRANGERS)
def test_nothing_that_strangers_see_is_different_for_it(served: World, desk: SqlDesk, who: str) -> None:
    """In no page, file, list, feed or answer; and one more draft changes not a byte of what they see."""
    before = seen(served, who)
    echoed = {key for key in before if NEEDLE in key}
    found = [key for key, (_, text) in before.items() if NEEDLE in but_own(text, who) and key not in echoed]
    assert not found
    with desk.writing() as change:
        for standing in STANDINGS:
            if standing.name not in PUBLIC:
                put_article(change, Held("author", standing, 1 + STRANGERS.index(who)), served.answer)
    after = seen(served, who)
    assert [key for key in before if before[key] != after.get(key)] == []
    assert set(after) == set(before)


def test_those_who_work_on_it_do(served: World) -> None:
    """So that the test above does not pass by looking nowhere: at each address of an article."""
    for who in ("author", "editor"):
        there = [path for path in addresses() if NEEDLE in served.send(who, "GET", path).text]
        assert sum(path.startswith("/articles/") for path in there) >= len(STANDINGS)
        assert sum(path.startswith(f"{API}/articles/") for path in there) >= len(STANDINGS)
