"""Audit bundles from the web: what is downloaded can be checked by anybody, and gives away no more than the page."""

from __future__ import annotations

import json

from test_web_articles import Newsroom, hired, room  # noqa: F401

from bundle_makers import alone
from curbside.wiring import open_library
from curbside.workflows import people
from curbside.workflows.verify import verify


def test_whoever_reads_an_article_can_check_it(room: Newsroom) -> None:  # noqa: F811
    """The file holds, against itself and against a library that has the papers."""
    address = room.approved()
    assert f'href="{address}/bundle.json" download' in room.nobody().get(address).text
    got = room.nobody().get(f"{address}/bundle.json")
    id = address.rpartition("/")[2]
    assert got.headers["content-disposition"] == f'attachment; filename="curbside-{id}-v1.bundle.json"'
    assert got.headers["content-type"] == "application/json" and got.headers["x-robots-tag"] == "noindex"
    done = alone(got.content)
    assert done.holds and not done.discrepancies and done.bundle is not None
    with open_library(room.library) as library:
        against = verify(got.content, library.vocabulary, library.store, room.desk, library.ask)
    assert against.holds and against.library is not None and against.again is not None
    assert against.library.stand == against.library.quotes > 0 and against.again.same


def test_it_tells_readers_what_the_page_tells_them(room: Newsroom) -> None:  # noqa: F811
    """Neither a version that was not approved nor what was said inside; a draft has none for who may not know of it."""
    address = room.under_review()
    for who in ("author", "editor", "reviewer"):
        assert alone(room[who].get(f"{address}/bundle.json").content).holds
    for client in (room.nobody(), room["reader"], room["other"]):
        assert client.get(f"{address}/bundle.json").status_code == 404
        assert client.get(f"{address}/versions/1/bundle.json").status_code == 404
    room.send("reviewer", address, do="comment", words="A word said inside.")
    for number in room.numbers(address):
        room.claim("reviewer", address, number, "sign")
    room.send("editor", address, do="approve")
    room.send("editor", address, do="reopen", words="A new trial, said inside.")
    first = room.numbers(address)[0]
    room.claim("editor", address, first, "change", text="Other words stand here now.", words="Clearer.")
    public = room.nobody().get(f"{address}/bundle.json")
    assert alone(public.content).holds
    assert "said inside" not in public.text and "Other words stand" not in public.text and "@" not in public.text
    assert room.nobody().get(f"{address}/versions/2/bundle.json").status_code == 404
    inside = room["editor"].get(f"{address}/versions/2/bundle.json")
    assert "Other words stand" in inside.text and alone(inside.content).holds


def test_whoever_was_erased_is_in_no_bundle(room: Newsroom) -> None:  # noqa: F811
    """What they signed is, under an id."""
    address = room.approved()
    people.erase(room.desk, None, room.people["reviewer"].id)
    got = room.nobody().get(f"{address}/bundle.json")
    names = {each["name"] for each in json.loads(got.text)["bundle"]["article"]["people"]}
    assert "(erased account)" in names and "Reviewer" not in names and alone(got.content).holds
