"""Signing in and out, links in letters, passwords: what holds, what does not, and what is logged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from curbside.errors import NotAllowed, TooMany, UsageError
from curbside.records import Person, Purpose, Role, fault_in
from curbside.records.program import KeyScope
from curbside.store.desk import SqlDesk
from curbside.workflows import people, programs, signing
from desk_makers import Clock, Letterbox, desk_of

BASE = "https://desk.example.org"
GOOD, OTHER = "violet tram ladder", "ladder violet tram"
HERE = "192.0.2.7"


@pytest.fixture
def clock() -> Clock:
    """A clock to turn."""
    return Clock()


@pytest.fixture
def box() -> Letterbox:
    """Where letters end."""
    return Letterbox()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[SqlDesk]:
    """An empty desk."""
    with desk_of("sqlite", tmp_path, clock) as made:
        yield made


@pytest.fixture
def ada(desk: SqlDesk, box: Letterbox) -> Person:
    """A reviewer who has chosen a password."""
    made, _ = people.invite(desk, box, None, "ada@example.org", "Ada", [Role.REVIEWER], BASE)
    signing.join(desk, box.link, GOOD, Purpose.INVITE)
    return made


def actions(desk: SqlDesk) -> list[str]:
    """What was logged, in order; the chain holds."""
    with desk.reading() as view:
        entries = list(view.audit())
    assert fault_in(entries) is None
    return [entry.action for entry in entries]


def test_an_invited_person_chooses_a_password_and_signs_in(desk: SqlDesk, ada: Person) -> None:
    """However they type their address."""
    signed = signing.sign_in(desk, " Ada@Example.org ", GOOD, HERE)
    found = signing.current(desk, signed.secret)
    assert found is not None and found.person == ada and found.csrf == signed.csrf
    assert actions(desk) == ["person.invited", "person.password", "person.signed in"]


def test_the_secret_itself_is_kept_nowhere(desk: SqlDesk, ada: Person, tmp_path: Path) -> None:
    """Whoever reads the database signs in as nobody."""
    signed = signing.sign_in(desk, ada.email, GOOD, HERE)
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert signed.secret.encode() not in data and GOOD.encode() not in data and HERE.encode() not in data
    assert (tmp_path / "desk.sqlite").stat().st_mode & 0o077 == 0


def test_signing_out_ends_it(desk: SqlDesk, ada: Person) -> None:
    """What the browser kept is worth nothing afterwards."""
    signed = signing.sign_in(desk, ada.email, GOOD, HERE)
    found = signing.current(desk, signed.secret)
    assert found is not None
    signing.sign_out(desk, found)
    assert signing.current(desk, signed.secret) is None


def test_each_signing_in_has_a_secret_of_its_own(desk: SqlDesk, ada: Person) -> None:
    """Nobody can be made to use one that somebody else knows."""
    first, second = (signing.sign_in(desk, ada.email, GOOD, HERE) for _ in range(2))
    assert first.secret != second.secret and first.csrf != second.csrf


def test_a_session_ends_when_it_was_not_used(desk: SqlDesk, ada: Person, clock: Clock) -> None:
    """And by itself after two weeks, however much it was used."""
    signed = signing.sign_in(desk, ada.email, GOOD, HERE)
    for _ in range(40):
        clock.now += signing.IDLE_S - 1
        if clock.now - 1_800_000_000.0 > signing.LONGEST_S:
            break
        assert signing.current(desk, signed.secret) is not None
    assert signing.current(desk, signed.secret) is None
    again = signing.sign_in(desk, ada.email, GOOD, HERE)
    clock.now += signing.IDLE_S + 1
    assert signing.current(desk, again.secret) is None


@pytest.mark.parametrize("secret", ["", "x", "x" * 5_000, "' OR 1=1 --"])
def test_what_is_no_secret_is_nobody(desk: SqlDesk, ada: Person, secret: str) -> None:
    """Whatever a browser sends."""
    assert signing.current(desk, secret) is None


def test_a_wrong_password_and_an_unknown_address_say_the_same(desk: SqlDesk, ada: Person) -> None:
    """So nobody learns who has an account."""
    with pytest.raises(NotAllowed) as known:
        signing.sign_in(desk, ada.email, OTHER, HERE)
    with pytest.raises(NotAllowed) as unknown:
        signing.sign_in(desk, "eve@example.org", OTHER, HERE)
    assert str(known.value) == str(unknown.value)
    assert actions(desk)[-1] == "person.refused"


def test_too_many_wrong_ones_close_the_door_for_a_while(desk: SqlDesk, ada: Person, clock: Clock) -> None:
    """Also to the right one; the message says when it opens."""
    for _ in range(signing.TRIES):
        with pytest.raises(NotAllowed):
            signing.sign_in(desk, ada.email, OTHER, HERE)
    with pytest.raises(TooMany, match="15 minutes") as error:
        signing.sign_in(desk, ada.email, GOOD, HERE)
    assert 0 < error.value.seconds <= signing.WINDOW_S + 1
    clock.now += signing.WINDOW_S + 1
    signing.sign_in(desk, ada.email, GOOD, HERE)


def test_many_addresses_from_one_place_close_it_too(desk: SqlDesk) -> None:
    """Trying one password on everybody is the same attack."""
    for number in range(signing.TRIES_FROM):
        with pytest.raises(NotAllowed):
            signing.sign_in(desk, f"person{number}@example.org", OTHER, HERE)
    with pytest.raises(TooMany):
        signing.sign_in(desk, "another@example.org", OTHER, HERE)
    with pytest.raises(NotAllowed):
        signing.sign_in(desk, "another@example.org", OTHER, "192.0.2.8")


class TestLinks:
    """Links in letters: once, in time, for one purpose."""

    def test_a_link_is_good_once(self, desk: SqlDesk, box: Letterbox, ada: Person) -> None:
        """The second time somebody else may hold it."""
        with pytest.raises(NotAllowed, match="does not hold"):
            signing.join(desk, box.link, OTHER, Purpose.INVITE)
        signing.sign_in(desk, ada.email, GOOD, HERE)

    def test_a_bad_password_leaves_the_link(self, desk: SqlDesk, box: Letterbox) -> None:
        """Or a person would need another letter for each try."""
        people.invite(desk, box, None, "bo@example.org", "Bo", [], BASE)
        with pytest.raises(UsageError):
            signing.join(desk, box.link, "short", Purpose.INVITE)
        signing.join(desk, box.link, GOOD, Purpose.INVITE)

    def test_a_reset_ends_keys_of_programs(self, desk: SqlDesk, box: Letterbox, ada: Person) -> None:
        """Whoever had the account in their hands may have made one."""
        programs.make_key(desk, ada, "theirs", KeyScope.ACT, 30)
        signing.ask_reset(desk, box, ada.email, HERE, BASE)
        signing.join(desk, box.link, OTHER, Purpose.RESET)
        with desk.reading() as view:
            assert view.programs.of(ada.id) == []

    def test_a_reset_sets_another_and_ends_every_session(self, desk: SqlDesk, box: Letterbox, ada: Person) -> None:
        """Somebody may have had the old one."""
        signed = signing.sign_in(desk, ada.email, GOOD, HERE)
        signing.ask_reset(desk, box, ada.email, HERE, BASE)
        signing.join(desk, box.link, OTHER, Purpose.RESET)
        assert signing.current(desk, signed.secret) is None
        signing.sign_in(desk, ada.email, OTHER, HERE)
        with pytest.raises(NotAllowed):
            signing.sign_in(desk, ada.email, GOOD, HERE)

    def test_a_reset_holds_for_an_hour(self, desk: SqlDesk, box: Letterbox, ada: Person, clock: Clock) -> None:
        """And is no invitation."""
        signing.ask_reset(desk, box, ada.email, HERE, BASE)
        with pytest.raises(NotAllowed):
            signing.join(desk, box.link, OTHER, Purpose.INVITE)
        clock.now += 3_601
        with pytest.raises(NotAllowed):
            signing.join(desk, box.link, OTHER, Purpose.RESET)

    def test_asking_for_a_stranger_sends_nothing_and_says_nothing(self, desk: SqlDesk, box: Letterbox) -> None:
        """The page looks the same."""
        signing.ask_reset(desk, box, "eve@example.org", HERE, BASE)
        assert box.letters == []

    def test_letters_cannot_be_asked_for_without_end(self, desk: SqlDesk, box: Letterbox, ada: Person) -> None:
        """Somebody's letterbox is no toy."""
        for _ in range(3):
            signing.ask_reset(desk, box, ada.email, HERE, BASE)
        with pytest.raises(TooMany):
            signing.ask_reset(desk, box, ada.email, HERE, BASE)
        assert len(box.letters) == 1 + 3

    def test_the_link_goes_to_the_address_that_was_set(self, desk: SqlDesk, box: Letterbox, ada: Person) -> None:
        """Never to one that a request names."""
        signing.ask_reset(desk, box, ada.email, HERE, BASE)
        assert f"{BASE}/account/reset/" in box.letters[-1].body


def test_changing_ones_password_ends_the_other_sessions(desk: SqlDesk, ada: Person) -> None:
    """This one stays; the old password is asked for."""
    other = signing.sign_in(desk, ada.email, GOOD, HERE)
    mine = signing.current(desk, signing.sign_in(desk, ada.email, GOOD, HERE).secret)
    assert mine is not None
    with pytest.raises(NotAllowed, match="old password"):
        signing.change_password(desk, mine, OTHER, OTHER)
    signing.change_password(desk, mine, GOOD, OTHER)
    assert signing.current(desk, other.secret) is None
    with desk.reading() as view:
        assert view.session(mine.key) is not None


def test_whoever_is_closed_out_is_out_at_once(desk: SqlDesk, ada: Person) -> None:
    """Also where their browser still holds a session, or somebody a link."""
    signed = signing.sign_in(desk, ada.email, GOOD, HERE)
    people.set_roles(desk, None, ada.id, ada.roles, active=False)
    assert signing.current(desk, signed.secret) is None
    with pytest.raises(NotAllowed):
        signing.sign_in(desk, ada.email, GOOD, HERE)
