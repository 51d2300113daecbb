"""Accounts: who may make and change them, and what being forgotten leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from curbside.desk.rights import RIGHTS, Act, may
from curbside.errors import MailError, NotAllowed, NotHeld, UsageError
from curbside.records import OPERATOR, Letter, Person, Role
from curbside.store.desk import SqlDesk
from curbside.workflows import people
from desk_makers import Clock, Letterbox, desk_of, person

BASE = "https://desk.example.org/"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SqlDesk]:
    """An empty desk."""
    with desk_of("sqlite", tmp_path, Clock()) as made:
        yield made


def made(desk: SqlDesk, number: int, *roles: Role) -> Person:
    """Somebody who is there already."""
    with desk.writing() as change:
        change.put(person(number, *roles))
        return change.person(person(number).id)


class TestRights:
    """One table says who may do what."""

    def test_every_act_has_a_row(self) -> None:
        """An act that nobody thought of is allowed to nobody."""
        assert set(RIGHTS) == set(Act)

    @pytest.mark.parametrize("act", list(Act))
    def test_nobody_and_the_closed_out_may_do_nothing(self, act: Act) -> None:
        """Whatever roles they have."""
        assert not may(None, act)
        assert not may(person(1, *Role, active=False), act)

    def test_an_admin_decides_on_no_article(self) -> None:
        """Who gives roles takes one by the log, where all can see it."""
        admin = person(1, Role.ADMIN)
        assert may(admin, Act.MANAGE_PEOPLE) and not may(admin, Act.EDIT) and not may(admin, Act.REVIEW)

    def test_a_reader_reads(self) -> None:
        """And does nothing of what needs a right but signing in."""
        assert [act for act in Act if may(person(1, Role.READER), act)] == [Act.SIGN_IN]


class TestInviting:
    """Accounts are made by whoever may, with a link to choose a password."""

    def test_the_first_admin_comes_from_the_command_line(self, desk: SqlDesk) -> None:
        """Its operator can read the database anyway."""
        ada, link = people.invite(desk, None, None, "ada@example.org", " Ada ", [Role.ADMIN], BASE)
        assert (ada.name, ada.roles) == ("Ada", (Role.READER, Role.ADMIN))
        assert link.startswith("https://desk.example.org/account/join/")
        with desk.reading() as view:
            assert [(each.who, each.action, each.about) for each in view.audit()] == [
                (OPERATOR, "person.invited", ada.id)
            ]

    def test_whoever_may_not_manage_people_invites_nobody(self, desk: SqlDesk) -> None:
        """An editor neither."""
        with pytest.raises(NotAllowed, match="invite people"):
            people.invite(desk, None, made(desk, 1, Role.EDITOR), "x@example.org", "X", [Role.ADMIN], BASE)

    def test_an_address_is_one_account(self, desk: SqlDesk) -> None:
        """However it is written."""
        people.invite(desk, None, None, "ada@example.org", "Ada", [], BASE)
        with pytest.raises(UsageError, match="already"):
            people.invite(desk, None, None, "ADA@example.org", "Ada again", [], BASE)

    @pytest.mark.parametrize(("email", "name"), [("ada", "Ada"), ("ada@example.org", " \u200b "), ("", "")])
    def test_a_person_has_an_address_and_a_name(self, desk: SqlDesk, email: str, name: str) -> None:
        """A name stands beside what they sign."""
        with pytest.raises(UsageError):
            people.invite(desk, None, None, email, name, [], BASE)

    def test_where_no_letter_can_be_sent_the_account_waits(self, desk: SqlDesk) -> None:
        """And the link can be sent again; the one before is void."""

        class Broken:
            def send(self, letter: Letter) -> None:
                raise MailError("no server")

        with pytest.raises(MailError):
            people.invite(desk, Broken(), None, "ada@example.org", "Ada", [], BASE)
        with desk.reading() as view:
            ada = view.person_at("ada@example.org")
        assert ada is not None
        box = Letterbox()
        assert people.resend(desk, box, None, ada.id, BASE).endswith(box.link)


class TestRoles:
    """Who gives and takes roles."""

    def test_an_admin_changes_them_and_the_log_says_so(self, desk: SqlDesk) -> None:
        """By ids; names of people never stand in the log."""
        admin, ada = made(desk, 1, Role.ADMIN), made(desk, 2)
        after = people.set_roles(desk, admin, ada.id, [Role.EDITOR], board=True)
        assert after.roles == (Role.READER, Role.EDITOR) and after.board
        with desk.reading() as view:
            head = view.head()
        assert head is not None and (head.who, head.about) == (admin.id, ada.id)
        assert head.detail == "reader, editor; active; board" and ada.name not in head.detail

    def test_nobody_gives_themselves_roles(self, desk: SqlDesk) -> None:
        """Nor others, without the right."""
        ada = made(desk, 1, Role.REVIEWER)
        with pytest.raises(NotAllowed):
            people.set_roles(desk, ada, ada.id, [Role.ADMIN])

    def test_the_last_admin_stays(self, desk: SqlDesk) -> None:
        """Or nobody could make another."""
        admin = made(desk, 1, Role.ADMIN)
        for change in (
            lambda: people.set_roles(desk, admin, admin.id, [Role.READER]),
            lambda: people.set_roles(desk, None, admin.id, [Role.ADMIN], active=False),
            lambda: people.erase(desk, admin, admin.id),
        ):
            with pytest.raises(NotAllowed, match="last admin"):
                change()
        made(desk, 2, Role.ADMIN)
        people.erase(desk, admin, admin.id)


class TestProfiles:
    """What people say of themselves, and being forgotten."""

    def test_a_person_changes_what_is_theirs_and_nothing_else(self, desk: SqlDesk) -> None:
        """Roles are not theirs to change."""
        ada = made(desk, 1, Role.REVIEWER)
        after = people.set_profile(desk, ada, "Ada L.", "Dermatology", "Line one.\nLine two.", "None.")
        assert (after.name, after.department, after.about) == ("Ada L.", "Dermatology", "Line one.\nLine two.")
        assert (after.roles, after.email) == (ada.roles, ada.email)
        with desk.reading() as view:
            head = view.head()
        assert head is not None and head.detail == "name, department, about, conflicts"

    def test_a_field_too_long_changes_nothing(self, desk: SqlDesk) -> None:
        """And says how long it may be."""
        ada = made(desk, 1)
        with pytest.raises(UsageError, match="4,000"):
            people.set_profile(desk, ada, "Ada", "", "x" * 4_001, "")
        with desk.reading() as view:
            assert view.person(ada.id) == ada

    def test_whoever_asks_is_forgotten(self, desk: SqlDesk, tmp_path: Path) -> None:
        """By themselves or by an admin; not by others. No byte of their address stays."""
        made(desk, 9, Role.ADMIN)
        ada, bo = made(desk, 1), made(desk, 2)
        with pytest.raises(NotAllowed):
            people.erase(desk, bo, ada.id)
        people.erase(desk, ada, ada.id)
        with pytest.raises(NotHeld):
            people.erase(desk, None, ada.id)
        with pytest.raises(NotHeld):
            people.resend(desk, None, None, ada.id, BASE)
        assert ada.email.encode() not in (tmp_path / "desk.sqlite").read_bytes()
