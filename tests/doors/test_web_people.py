"""Accounts on the web: signing in and out, links, profiles, managing people; and each attack that there is on these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient
from web_desk import SCRIPT, Page, browser

from curbside.doors.http.accounts import Accounts
from curbside.doors.web.app import PEOPLE
from curbside.records import Person, Purpose, Role
from curbside.store.desk import SqlDesk
from curbside.wiring import open_library
from curbside.workflows import people, signing
from desk_makers import Clock, Letterbox

GOOD, OTHER = "violet tram ladder", "ladder violet tram"
BASE = "https://desk.example.org"


@dataclass
class Site:
    """A site with a desk, and people to try it with."""

    library: Path
    desk: SqlDesk
    box: Letterbox
    clock: Clock

    def person(self, name: str, *roles: Role) -> Person:
        """Somebody who has chosen a password."""
        made, _ = people.invite(self.desk, self.box, None, f"{name.lower()}@example.org", name, roles, BASE)
        signing.join(self.desk, self.box.link, GOOD, Purpose.INVITE)
        return made

    def client(self) -> TestClient:
        """A browser of its own; pages over plain HTTP, so that it keeps the cookie."""
        return browser(self.library, accounts=Accounts(lambda: self.desk, self.box, "http://testserver"))

    def signed_in(self, name: str, *roles: Role) -> TestClient:
        """A browser in which a new person has signed in."""
        self.person(name, *roles)
        client = self.client()
        answer = sign_in(client, name)
        assert answer.status_code == 200 and answer.url.path == "/account", answer.text
        return client


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site with an empty library."""
    library = tmp_path / "library"
    open_library(library, write=True).close()
    clock = Clock()
    desk = SqlDesk.beside(library, clock)
    yield Site(library, desk, Letterbox(), clock)
    desk.close()


def sign_in(client: TestClient, name: str, password: str = GOOD, to: str = "/account"):
    """Sign in by the form."""
    return client.post(
        "/account/sign-in", data={"email": f"{name.lower()}@example.org", "password": password, "next": to}
    )


def csrf_of(client: TestClient, address: str = "/account") -> str:
    """What the forms of a page carry."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(address).text)
    assert found is not None
    return found.group(1)


class TestSigningIn:
    """The form, where it leads, and what it tells."""

    def test_from_the_letter_to_ones_account(self, site: Site) -> None:
        """A link, a password, signing in, and one's name at the head of each page."""
        people.invite(site.desk, site.box, None, "ada@example.org", "Ada Ek", [Role.REVIEWER], BASE)
        client = site.client()
        link = f"/account/join/{site.box.link}"
        assert not Page.of(client.get(link).text).faults
        assert "differ" in client.post(link, data={"password": GOOD, "again": OTHER}).text
        assert "password is set" in client.post(link, data={"password": GOOD, "again": GOOD}).text
        assert sign_in(client, "ada").url.path == "/account"
        assert "Ada Ek" in client.get("/").text
        assert "does not hold" in client.post(link, data={"password": OTHER, "again": OTHER}).text

    def test_a_page_that_needs_it_leads_there_and_back(self, site: Site) -> None:
        """So nobody has to find their way again."""
        site.person("Ada", Role.ADMIN)
        client = site.client()
        answer = client.get("/people")
        assert answer.url.path == "/account/sign-in" and 'name="next" value="/people"' in answer.text
        assert sign_in(client, "ada", to="/people").url.path == "/people"

    def test_wrong_words_say_little(self, site: Site) -> None:
        """The same for an unknown address and a wrong password; what was typed as a password is not shown."""
        site.person("Ada")
        client = site.client()
        known, unknown = sign_in(client, "ada", OTHER), sign_in(client, "eve", OTHER)
        assert known.status_code == unknown.status_code == 403
        assert known.text.replace("ada@", "x@") == unknown.text.replace("eve@", "x@")
        assert OTHER not in known.text

    def test_brute_force_is_stopped(self, site: Site) -> None:
        """With when to come back; the right password is stopped too."""
        site.person("Ada")
        client = site.client()
        for _ in range(signing.TRIES):
            sign_in(client, "ada", OTHER)
        answer = sign_in(client, "ada")
        assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0

    def test_a_cookie_is_kept_from_scripts_and_from_other_sites(self, site: Site) -> None:
        """And over HTTPS from plain HTTP."""
        site.person("Ada")
        client = site.client()
        cookie = (
            client.post("/account/sign-in", data={"email": "ada@example.org", "password": GOOD}, follow_redirects=False)
            .headers["set-cookie"]
            .lower()
        )
        assert "httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie and "secure" not in cookie
        safe = browser(site.library, accounts=Accounts(lambda: site.desk, site.box, BASE))
        answer = safe.post(
            "/account/sign-in", data={"email": "ada@example.org", "password": GOOD}, follow_redirects=False
        )
        assert "secure" in answer.headers["set-cookie"].lower()

    @pytest.mark.parametrize(
        "to",
        [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "\\\\evil",
            "javascript:alert(1)",
            "/a\r\nX: y",
            "",
        ],
    )
    def test_signing_in_never_leads_to_another_site(self, site: Site, to: str) -> None:
        """Whatever the address asks for."""
        site.person("Ada")
        client = site.client()
        data = {"email": "ada@example.org", "password": GOOD, "next": to}
        assert client.post("/account/sign-in", data=data, follow_redirects=False).headers["location"] == "/account"
        assert (
            client.get("/account/sign-in", params={"next": to}, follow_redirects=False).headers["location"]
            == "/account"
        )

    def test_the_session_is_another_after_signing_in(self, site: Site) -> None:
        """A cookie that was planted before is worth nothing afterwards."""
        site.person("Ada")
        client = site.client()
        client.cookies.set("curbside_session", "planted")
        sign_in(client, "ada")
        assert client.cookies.get("curbside_session", domain="testserver.local") != "planted"
        planted = site.client()
        planted.cookies.set("curbside_session", "planted")
        assert planted.get("/account").url.path == "/account/sign-in"

    def test_what_was_signed_out_cannot_be_replayed(self, site: Site) -> None:
        """The cookie that a thief copied ends with the session."""
        client = site.signed_in("Ada")
        thief = site.client()
        thief.cookies.set("curbside_session", client.cookies["curbside_session"])
        assert thief.get("/account").url.path == "/account"
        client.post("/account/sign-out", data={"csrf": csrf_of(client)})
        assert thief.get("/account").url.path == "/account/sign-in"

    def test_a_new_password_by_letter(self, site: Site) -> None:
        """The page says the same to a stranger; the link is good once and goes to the address that was set."""
        site.person("Ada")
        client = site.client()
        client.headers["host"] = "evil.example"
        known = client.post("/account/forgotten", data={"email": "ada@example.org"})
        unknown = client.post("/account/forgotten", data={"email": "eve@example.org"})
        assert known.text == unknown.text and "evil" not in site.box.letters[-1].body
        link = f"/account/reset/{site.box.link}"
        client = site.client()
        client.post(link, data={"password": OTHER, "again": OTHER})
        assert client.post(link, data={"password": GOOD, "again": GOOD}).status_code == 403
        assert sign_in(client, "ada", OTHER).url.path == "/account"


class TestOnesOwn:
    """What people change of themselves."""

    def test_a_profile_is_kept_and_shown_inert(self, site: Site) -> None:
        """Scripts and turned words are words."""
        client = site.signed_in("Ada", Role.REVIEWER)
        with site.desk.reading() as view:
            id = view.people()[0].id
        fields = {
            "name": f"Ada {SCRIPT}",
            "department": SCRIPT,
            "about": f"{SCRIPT}\n\u202eturned",
            "conflicts": '"><img src=x>',
        }
        client.post("/account/profile", data={**fields, "csrf": csrf_of(client)})
        for address in ("/account", f"/people/{id}", "/"):
            html = client.get(address).text
            assert SCRIPT not in html and "<img src=x" not in html and "\u202e" not in html
            assert not Page.of(html).faults

    def test_fields_that_a_form_has_not_change_nothing(self, site: Site) -> None:
        """Nobody becomes an admin by adding a field."""
        client = site.signed_in("Ada")
        more = {"roles": "admin", "role": "admin", "board": "1", "active": "0", "email": "x@y.zz", "id": "p1"}
        client.post("/account/profile", data={"name": "Ada", "csrf": csrf_of(client), **more})
        with site.desk.reading() as view:
            ada = view.people()[0]
        assert (ada.roles, ada.board, ada.active, ada.email) == ((Role.READER,), False, True, "ada@example.org")

    def test_being_forgotten_wants_the_address(self, site: Site) -> None:
        """Then everything goes, and the session with it."""
        client = site.signed_in("Ada")
        csrf = csrf_of(client)
        assert client.post("/account/erase", data={"csrf": csrf, "sure": "yes"}).status_code == 422
        answer = client.post("/account/erase", data={"csrf": csrf, "sure": "ada@example.org"})
        assert "Your account is erased" in answer.text
        assert client.get("/account").url.path == "/account/sign-in"


class TestManaging:
    """Who has an account, and what they may."""

    def test_an_admin_invites_and_gives_roles(self, site: Site) -> None:
        """By letter, with each change in the log."""
        client = site.signed_in("Ada", Role.ADMIN)
        csrf = csrf_of(client, "/people")
        client.post("/people/invite", data={"csrf": csrf, "name": "Bo", "email": "bo@example.org", "role": "reviewer"})
        assert site.box.letters[-1].to == "bo@example.org"
        with site.desk.reading() as view:
            bo = view.person_at("bo@example.org")
        assert bo is not None and bo.roles == (Role.READER, Role.REVIEWER)
        client.post(f"/people/{bo.id}", data={"csrf": csrf, "do": "roles", "role": ["editor"], "active": "1"})
        with site.desk.reading() as view:
            assert view.person(bo.id).roles == (Role.READER, Role.EDITOR)
        html = client.get("/audit").text
        assert "each as it was written" in html and "person.roles" in html

    def test_a_profile_page_is_for_those_who_sign(self, site: Site) -> None:
        """Readers have none, and no page shows an address."""
        reader, editor = site.person("Rea"), site.person("Edi", Role.EDITOR)
        client = site.client()
        assert client.get(f"/people/{reader.id}").status_code == 404
        html = client.get(f"/people/{editor.id}").text
        assert "Edi" in html and "edi@example.org" not in html

    def test_the_board_shows_its_members_with_their_conflicts(self, site: Site) -> None:
        """Or that they stated none."""
        edi = site.person("Edi", Role.EDITOR)
        people.set_roles(site.desk, None, edi.id, edi.roles, board=True)
        html = site.client().get("/board").text
        assert "Edi" in html and "not stated" in html


class TestEveryRoute:
    """What holds for each page of people, from the table of routes itself; who may do what is in `test_matrix.py`."""

    def routes(self) -> Iterator[tuple[str, str]]:
        """Each method and path; ids of nobody in them."""
        for route in PEOPLE:
            assert isinstance(route, Route)
            path = re.sub(r"\{\w+:int\}", "1", route.path.replace("{secret}", "x" * 43)).replace("{id}", "p" + "a" * 16)
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield method, path

    def test_a_server_without_accounts_has_none_of_them(self, site: Site) -> None:
        """And no link to them."""
        client = browser(site.library)
        for method, path in self.routes():
            assert client.request(method, path).status_code in (404, 405), path
        assert "/account/sign-in" not in client.get("/").text

    def test_where_the_desk_is_gone_reading_goes_on(self, site: Site) -> None:
        """Pages that need nobody know nobody; the others say what is wrong."""
        from curbside.errors import LibraryError

        def gone() -> SqlDesk:
            raise LibraryError("The desk in desk.sqlite cannot be used (disk I/O error).")

        client = browser(site.library, accounts=Accounts(gone, site.box, BASE))
        client.cookies.set("curbside_session", "x")
        assert client.get("/").status_code == 200
        assert client.get("/account/sign-in").status_code == 503
