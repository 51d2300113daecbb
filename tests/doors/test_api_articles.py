"""Articles over the API: a program's way from a question to an approved article, entity tags, keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from api_room import APPROVED, ARTICLE, PEOPLE, QUESTION, RETURNED, Room, bearer, room

from curbside.client import Busy, Client, Refused
from curbside.doors.api import callers
from curbside.doors.api.app import PREFIX
from curbside.errors import TooMany
from curbside.records import fault_in
from curbside.workflows.signing import TRIES_FROM


@pytest.fixture
def press(small: Path) -> Iterator[Room]:
    """A room whose desk is this test's own."""
    with room(small) as made:
        yield made


def test_the_whole_life_by_programs(press: Room) -> None:
    """Draft, submit, review with a claim returned, change, sign, approve; the log names each program behind its act."""
    made = press.by("author", "POST", "/articles", json={"question": QUESTION})
    draft = made.json()
    assert made.status_code == 201 and made.headers["location"].endswith(f"/articles/{draft['id']}")
    path = f"/articles/{draft['id']}"
    assert press.get(path).status_code == 404 and draft["steps"] == ["submit", "withdraw"]
    claims = [claim for section in draft["sections"] for claim in section["claims"]]
    assert claims and all(claim["quotes"] for claim in claims)

    press.by("author", "POST", f"{path}/steps", json={"step": "submit"})
    press.by("editor", "POST", f"{path}/reviewers", json={"reviewers": [PEOPLE["reviewer"].id]})
    assert press.by("editor", "POST", f"{path}/steps", json={"step": "send to review"}).json()["waiting"]
    first = claims[0]
    back = {"do": "return", "key": first["key"], "words": "Say when."}
    press.by("reviewer", "POST", f"{path}/claims/{first['number']}", json=back)
    assert press.by("editor", "POST", f"{path}/steps", json={"step": "approve"}).status_code == 422
    change = {"do": "change", "key": first["key"], "text": "Everybody was cured by 2031.", "words": "Shorter."}
    changed = press.by("editor", "POST", f"{path}/claims/{first['number']}", json=change).json()
    claims = [claim for section in changed["sections"] for claim in section["claims"]]
    assert changed["version"] == 2 and claims[0]["own_words"] and claims[0]["key"] != first["key"]
    for claim in claims:
        signed = {"do": "sign", "key": claim["key"]}
        assert press.by("reviewer", "POST", f"{path}/claims/{claim['number']}", json=signed).status_code == 200
    press.by("author", "POST", f"{path}/comments", json={"words": "Thank you."})
    for seen in ({}, {"seen": "0" * 32}):
        assert press.by("editor", "POST", f"{path}/steps", json={"step": "approve", **seen}).status_code == 422
    read = press.by("editor", "GET", path).json()["seen"]
    approved = press.by("editor", "POST", f"{path}/steps", json={"step": "approve", "seen": read}).json()
    assert approved["banner"] == {
        "words": "Approved. Each claim was signed by a named reviewer, or removed.", "grave": False,
    }  # fmt: skip

    public = press.get(path).json()
    assert [claim["number"] for section in public["sections"] for claim in section["claims"]] == [
        claim["number"] for claim in claims
    ]
    assert not public["inside"] and not public["comments"] and not public["reviewers"] and not public["seen"]
    assert draft["id"] in [line["id"] for line in press.get("/articles").json()["articles"]]
    with press.desk.reading() as view:
        entries = list(view.audit())
    assert fault_in(entries) is None
    assert [(each.action, each.detail) for each in entries][-2:] == [
        ("article.approve", "version 2"), ("program.acted", "editor"),
    ]  # fmt: skip


def test_a_tag_changes_with_what_is_said_and_how_it_stands(press: Room) -> None:
    """And with nothing else; who may see more has another."""
    path = f"{PREFIX}/articles/{APPROVED}"
    first = press.http.get(path)
    tag = first.headers["etag"]
    assert press.http.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert press.http.get(path, headers=bearer("author")).headers["etag"] != tag
    assert "noindex" not in first.headers.get("x-robots-tag", "")
    press.by("editor", "POST", f"/articles/{APPROVED}/steps", json={"step": "reopen", "words": "A new trial."})
    again = press.http.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 200 and again.json()["banner"]["words"].startswith("Under review.")
    assert again.headers["x-robots-tag"] == "noindex" and "A new trial." not in again.text


def test_a_claim_that_changed_meanwhile_is_not_signed(press: Room) -> None:
    """The key says which words were read."""
    answer = press.by("reviewer", "POST", f"/articles/{ARTICLE}/claims/1", json={"do": "sign", "key": "0" * 32})
    assert answer.status_code == 422 and "changed meanwhile" in answer.json()["detail"]


def test_a_cookie_counts_for_nothing(press: Room) -> None:
    """So no page of another site can use somebody's session here."""
    press.http.cookies.set("curbside_session", "cbk_editor")
    assert press.get(f"/articles/{ARTICLE}").status_code == 404
    assert press.post(f"/articles/{ARTICLE}/comments", {"words": "x"}).status_code == 401


@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Bearer cbk_x", "cbk_author", "Bearer ü"])
def test_a_key_that_does_not_hold_is_told_so(press: Room, given: str) -> None:
    """Also where none is needed: a program should notice that its key is over."""
    answer = press.http.get(f"{PREFIX}/articles", headers={"Authorization": given.encode("utf-8")})
    assert (answer.status_code, answer.json()["code"]) == (401, "no-key")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_password_that_a_proxy_asks_for_is_no_key(press: Room) -> None:
    """It comes on with each request; whoever sends no key besides is nobody, and none the worse for it."""
    basic = {"Authorization": "Basic Y2JrX2VkaXRvcjpjYmtfZWRpdG9y"}
    assert press.http.get(f"{PREFIX}/articles", headers=basic).status_code == 200
    assert press.http.get(f"{PREFIX}/me", headers=basic).status_code == 401


def test_guessing_keys_is_stopped(press: Room) -> None:
    """With when to come back."""
    for _ in range(TRIES_FROM):
        press.http.get(f"{PREFIX}/me", headers=bearer("nobody"))
    answer = press.http.get(f"{PREFIX}/me", headers=bearer("author"))
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many")
    assert int(answer.headers["retry-after"]) > 0


def test_a_key_has_a_pace() -> None:
    """Other keys, and the next minute, are not stopped by it."""
    now = [0.0]
    pace = callers.Pace(lambda: now[0])
    for _ in range(callers.READS):
        pace.step("k1")
    pace.step("k2")
    with pytest.raises(TooMany) as stopped:
        pace.step("k1")
    assert stopped.value.seconds == 60
    now[0] = 60.0
    pace.step("k1")


def test_fields_that_are_not_described_are_refused(press: Room) -> None:
    """Nobody sets a state, an author or a role by adding a field."""
    for more in ("state", "author", "approved", "reviewers", "person", "scope"):
        body = {"question": QUESTION, more: "approved"}
        assert press.by("author", "POST", "/articles", json=body).status_code == 422, more


def test_the_client_acts_with_a_key(press: Room) -> None:
    """What goes wrong comes as an exception with its code."""
    press.http.headers.clear()
    http = press.http
    http.base_url = f"http://localhost{PREFIX}/"  # type: ignore[assignment]
    curbside = Client(http=http, key="cbk_author")  # type: ignore[arg-type]
    assert curbside.me().scope == "act"
    assert {line.id for line in curbside.every_article("mine", page=1)} == {APPROVED, ARTICLE, RETURNED}
    assert curbside.article_changes(APPROVED, 2, 1).claims[0].change == "changed"
    assert curbside.comment_article(ARTICLE, "Read it again.").comments[-1].words == "Read it again."
    with pytest.raises(Refused) as refused:
        curbside.step_article(ARTICLE, "approve")
    assert refused.value.code == "not-allowed"
    stranger = Client(http=http, key="cbk_none", patience=0)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        stranger.me()
    assert (refused.value.status, refused.value.code) == (401, "no-key")
    for _ in range(TRIES_FROM):
        with pytest.raises((Refused, Busy)):
            stranger.me()
    with pytest.raises(Busy) as busy:
        stranger.me()
    assert busy.value.after > 0
