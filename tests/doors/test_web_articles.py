"""An article's whole life on the web, and who sees and does what at each step of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import SCRIPT, Page, browser

from curbside.doors.http.accounts import Accounts
from curbside.records import Person, Purpose, Role, fault_in
from curbside.store.base_desk import DESK
from curbside.store.desk import SqlDesk
from curbside.workflows import people, signing
from desk_makers import Clock, Letterbox

GOOD = "violet tram ladder"
QUESTION = "Does topical sirolimus improve facial angiofibroma?"


@dataclass
class Newsroom:
    """A library, a desk, and a browser for each of five people."""

    library: Path
    desk: SqlDesk
    box: Letterbox = field(default_factory=Letterbox)
    browsers: dict[str, TestClient] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def place(self) -> Path:
        """Where the desk's database lies."""
        return Path(self.desk.address)

    def __getitem__(self, name: str) -> TestClient:
        """Somebody's browser."""
        return self.browsers[name]

    def hire(self, name: str, *roles: Role) -> None:
        """Somebody who has signed in."""
        made, _ = people.invite(self.desk, self.box, None, f"{name}@example.org", name.title(), roles, "http://x.y")
        signing.join(self.desk, self.box.link, GOOD, Purpose.INVITE)
        self.people[name] = people.set_profile(self.desk, made, name.title(), "Dermatology", "", "None.")
        client = self.nobody()
        client.post("/account/sign-in", data={"email": made.email, "password": GOOD})
        self.browsers[name] = client

    def nobody(self) -> TestClient:
        """A browser of somebody who has not signed in."""
        return browser(self.library, accounts=Accounts(lambda: self.desk, self.box, "http://testserver"))

    def send(self, name: str, address: str, **data: object):
        """Send a form as somebody who read the page; `seen` may say that they read another."""
        if data.get("do") == "approve" and "seen" not in data:
            data["seen"] = self.seen(name, address)
        csrf = re.search(r'name="csrf" value="([^"]+)"', self[name].get("/account").text)
        assert csrf is not None
        return self[name].post(address, data={"csrf": csrf.group(1), **data})

    def seen(self, name: str, address: str) -> str:
        """How an article stands as somebody reads it, "" for who does not work on it."""
        found = re.search(r'name="seen" value="([0-9a-f]+)"', self[name].get(address).text)
        return found.group(1) if found else ""

    def claim(self, name: str, address: str, number: int, do: str, **data: object):
        """Do something to a claim as it stands."""
        html = self["editor"].get(address).text
        found = re.search(rf'/claims/{number}".*?name="key" value="([0-9a-f]+)"', html, re.DOTALL)
        return self.send(name, f"{address}/claims/{number}", do=do, key=found.group(1) if found else "", **data)

    def draft(self) -> str:
        """An article of the author's, as an address."""
        asked = self["author"].post("/ask", data={"question": QUESTION})
        assert "Make a draft article" in asked.text
        made = self.send("author", "/articles", asked=asked.url.path.rpartition("/")[2])
        assert made.status_code == 200, made.text
        return made.url.path

    def numbers(self, address: str) -> list[int]:
        """The claims of an article."""
        return [int(each) for each in re.findall(r'<li id="c(\d+)"', self["editor"].get(address).text)]

    def under_review(self) -> str:
        """An article that the reviewer reads."""
        address = self.draft()
        self.send("author", address, do="submit")
        self.send("editor", address, do="assign", reviewer=self.people["reviewer"].id)
        self.send("editor", address, do="send to review")
        return address

    def approved(self) -> str:
        """An article that was signed and approved."""
        address = self.under_review()
        for number in self.numbers(address):
            self.claim("reviewer", address, number, "sign")
        assert "Approved. Each claim" in self.send("editor", address, do="approve").text
        return address


@pytest.fixture(scope="module")
def hired(web_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A newsroom of five, made once."""
    desk = SqlDesk.beside(tmp_path_factory.mktemp("newsroom"), Clock())
    made = Newsroom(web_library, desk)
    made.hire("author", Role.AUTHOR)
    made.hire("reviewer", Role.REVIEWER)
    made.hire("editor", Role.EDITOR)
    made.hire("other", Role.AUTHOR, Role.REVIEWER)
    made.hire("reader", Role.READER)
    desk.close()
    return made


@pytest.fixture
def room(hired: Newsroom, tmp_path: Path) -> Iterator[Newsroom]:
    """The newsroom with a desk of its own; the browsers of its people are signed in there as they were."""
    shutil.copy(hired.place, tmp_path / DESK)
    desk = SqlDesk.beside(tmp_path, Clock())
    made = Newsroom(hired.library, desk, people=hired.people)
    for name, browser_ in hired.browsers.items():
        client = made.browsers[name] = made.nobody()
        client.cookies.set("curbside_session", browser_.cookies["curbside_session"])
    yield made
    desk.close()


def banner(html: str) -> str:
    """The words over an article."""
    found = re.search(r'class="banner[^"]*" role="status"><p>([^<]+)', html)
    return found.group(1) if found else ""


def test_the_whole_life(room: Newsroom) -> None:
    """Ask, draft, submit, review with one claim returned, revise, sign again, approve; the log holds."""
    address = room.draft()
    page = Page.of(room["author"].get(address).text)
    assert not page.faults
    assert banner(room["author"].get(address).text) == "Draft. Nobody has reviewed it."
    assert banner(room.send("author", address, do="submit").text).startswith("Submitted.")
    assert "at least one reviewer" in room.send("editor", address, do="send to review").text
    room.send("editor", address, do="assign", reviewer=room.people["reviewer"].id)
    assert banner(room.send("editor", address, do="send to review").text).startswith("Under review.")
    assert address in room["reviewer"].get("/articles").text

    first, *rest = room.numbers(address)
    room.claim("reviewer", address, first, "return", words="Say how many.")
    for number in rest:
        room.claim("reviewer", address, number, "sign", words="Read against the paper.")
    answer = room.send("editor", address, do="approve")
    assert answer.status_code == 422 and f"neither signed nor removed: {first}." in answer.text
    room.send("editor", address, do="return", words="One claim waits.")
    assert banner(room["author"].get(address).text).startswith("Returned")

    html = room["author"].get(address).text
    words = re.search(rf'id="c{first}".*?<span dir="auto">(.*?)</span>', html, re.DOTALL)
    assert words is not None
    changed = room.claim("author", address, first, "change", text="Everybody was cured by 2031.", words="Shorter.")
    assert "Editor&#39;s words" in changed.text or "Editor's words" in changed.text
    room.send("author", address, do="submit")
    room.send("editor", address, do="send to review")
    room.claim("reviewer", address, first, "return", words="That is not in the paper.")
    room.claim("editor", address, first, "remove", words="Not in the paper.")
    done = room.send("editor", address, do="approve")
    assert banner(done.text) == "Approved. Each claim was signed by a named reviewer, or removed."

    public = room.nobody().get(address).text
    assert "Signed by" in public and "Reviewer" in public and "Conflicts of interest: None." in public
    assert "Everybody was cured" not in public and "Say how many" not in public and "One claim waits" not in public
    assert not Page.of(public).faults
    assert address in room.nobody().get("/articles").text
    with room.desk.reading() as view:
        entries = list(view.audit())
    assert fault_in(entries) is None
    assert [e.action for e in entries if e.action.startswith("article.")][-1] == "article.approve"


def test_what_is_not_approved_is_nowhere_for_who_may_not_know(room: Newsroom) -> None:
    """In no list, at no address, in no version; the answer is that there is nothing, as for what never was."""
    for make in (room.draft, room.under_review):
        address = make()
        for client in (room.nobody(), room["reader"], room["other"]):
            missing = client.get("/articles/a" + "z" * 16)
            for path in (address, f"{address}/versions/1", f"{address}/versions/1/since/1"):
                answer = client.get(path)
                assert answer.status_code == missing.status_code == 404
            assert address not in client.get("/articles").text
            assert "topical sirolimus" not in client.get(address).text.lower()
        for do in ("submit", "approve", "withdraw", "comment", "assign"):
            assert room.send("other", address, do=do, words="x").status_code == 404
        assert room.claim("other", address, 1, "sign").status_code == 404


@pytest.mark.parametrize("who", ["author", "reviewer", "editor", "other", "reader"])
@pytest.mark.parametrize("do", ["submit", "send to review", "return", "approve", "withdraw", "reopen", "assign"])
def test_steps_are_for_those_whom_the_table_names(room: Newsroom, who: str, do: str) -> None:
    """While under review: an editor returns, sends on, withdraws; the author withdraws; nobody else does anything."""
    address = room.under_review()
    answer = room.send(who, address, do=do, words="Because.")
    allowed = {("editor", "send to review"), ("editor", "return"), ("editor", "withdraw"), ("author", "withdraw")}
    if (who, do) in allowed or (who, do) == ("editor", "assign"):
        assert answer.status_code == 200
    elif (who, do) == ("editor", "approve"):
        assert answer.status_code == 422
    else:
        assert answer.status_code in (403, 404)


def test_a_reviewer_never_signs_their_own(room: Newsroom) -> None:
    """Not even if an editor names them; an editor decides on nothing that they review."""
    address = room.draft()
    room.send("author", address, do="submit")
    people.set_roles(room.desk, None, room.people["author"].id, [Role.AUTHOR, Role.REVIEWER])
    people.set_roles(room.desk, None, room.people["editor"].id, [Role.EDITOR, Role.REVIEWER])
    for who in ("author", "editor"):
        answer = room.send("editor", address, do="assign", reviewer=room.people[who].id)
        assert answer.status_code == 422
    assert room.send("editor", address, do="assign", reviewer=room.people["reader"].id).status_code == 422


def test_an_edit_that_comes_too_late_changes_nothing(room: Newsroom) -> None:
    """Two who edit one claim do not write over each other; a signature is never on words that were not read."""
    address = room.under_review()
    number = room.numbers(address)[0]
    html = room["editor"].get(address).text
    key = re.search(rf'/claims/{number}".*?name="key" value="([0-9a-f]+)"', html, re.DOTALL)
    assert key is not None
    room.claim("editor", address, number, "change", text="Other words stand here now.", words="Clearer.")
    late = room.send("reviewer", f"{address}/claims/{number}", do="sign", key=key.group(1))
    assert late.status_code == 422 and "changed meanwhile" in late.text
    lost = room.send("reviewer", f"{address}/claims/{number}", do="return", key=key.group(1), words="Say of how many.")
    assert lost.status_code == 422 and "Say of how many." in lost.text, "nothing that was typed is lost"
    assert f"claim {number}" in room["editor"].get(address).text


def test_nobody_approves_what_they_have_not_seen(room: Newsroom) -> None:
    """Approving ends an article's news; news that came while the editor read are told first."""
    address = room.under_review()
    for number in room.numbers(address):
        room.claim("reviewer", address, number, "sign")

    before = room.seen("editor", address)
    with room.desk.writing() as change:
        held = change.articles.get(address.rpartition("/")[2])
        change.articles.put(replace(held, news="Retracted: “A trial” (2018) [1]."), change.at)
    late = room.send("editor", address, do="approve", seen=before, words="All of it was read.")
    assert late.status_code == 422 and "Read it as it stands now" in late.text and "Retracted: “A trial”" in late.text
    assert "All of it was read." in late.text, "nothing that was typed is lost"
    assert banner(room.send("editor", address, do="approve").text).startswith("Approved.")


def test_who_reviews_no_more_is_told_of_nothing(room: Newsroom) -> None:
    """An admin took the role away: neither the article nor its title is there for them."""
    address = room.under_review()
    assert address in room["reviewer"].get("/articles").text
    people.set_roles(room.desk, None, room.people["reviewer"].id, [Role.READER])
    assert room["reviewer"].get(address).status_code == 404
    assert address not in room["reviewer"].get("/articles").text


def test_old_versions_stay_readable_at_their_address(room: Newsroom) -> None:
    """With what changed, word by word; the public reads those that were approved."""
    address = room.approved()
    room.send("editor", address, do="reopen", words="A new trial.")
    assert room.nobody().get(address).status_code == 200
    number = room.numbers(address)[0]
    room.claim("editor", address, number, "change", text="Other words stand here now.", words="Clearer.")
    public = room.nobody().get(address)
    assert "Other words stand" not in public.text
    assert banner(public.text).startswith("Under review")
    assert "Other words stand" in room["editor"].get(f"{address}/versions/2").text
    assert room.nobody().get(f"{address}/versions/1").status_code == 200
    assert room.nobody().get(f"{address}/versions/2").status_code == 404
    differ = room["editor"].get(f"{address}/versions/2/since/1").text
    assert "<ins>" in differ and "<del>" in differ and not Page.of(differ).faults
    assert room.nobody().get(f"{address}/versions/2/since/1").status_code == 404


@pytest.mark.parametrize("field_", ["text", "words"])
def test_what_people_write_is_words(room: Newsroom, field_: str) -> None:
    """Scripts, tags and turned words are inert wherever they are shown."""
    address = room.under_review()
    number = room.numbers(address)[0]
    data = {"text": f"{SCRIPT} \u202e turned", "words": "Reason.", field_: f"{SCRIPT} \u202e turned"}
    room.claim("editor", address, number, "change", **data)
    room.claim("editor", address, number, "comment", words=data["words"])
    room.send("editor", address, do="comment", words=data["words"])
    for path in (address, f"{address}/versions/2", f"{address}/versions/2/since/1"):
        html = room["editor"].get(path).text
        assert SCRIPT not in html and "\u202e" not in html and not Page.of(html).faults


def test_whoever_is_erased_leaves_their_signature_without_a_name(room: Newsroom) -> None:
    """What was signed stays signed."""
    address = room.approved()
    people.erase(room.desk, None, room.people["reviewer"].id)
    html = room.nobody().get(address).text
    assert "Signed by (erased account)" in html and ">Reviewer<" not in html
