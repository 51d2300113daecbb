"""Keys of programs: made, used, ended; what a program does is in the log with its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from article_makers import article
from curbside.errors import NotAllowed, NotHeld, TooMany, UsageError
from curbside.records import Role, fault_in
from curbside.records.program import KeyScope
from curbside.store.desk import SqlDesk
from curbside.workflows import people, programs
from curbside.workflows.articles import comment
from curbside.workflows.signing import TRIES_FROM
from desk_makers import Clock, person

ADA = person(1, Role.READER, Role.AUTHOR)
DAY = 86_400


@pytest.fixture
def clock() -> Clock:
    """A clock that stands."""
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[SqlDesk]:
    """A desk with Ada and a draft of hers."""
    made = SqlDesk.beside(tmp_path, clock)
    with made.writing() as change:
        change.put(ADA)
        change.articles.make(article(), change.at)
    yield made
    made.close()


def key(desk: SqlDesk, name: str = "sync", scope: KeyScope = KeyScope.ACT, days: int = 30) -> str:
    """A key of Ada's."""
    return programs.make_key(desk, ADA, name, scope, days)[1]


class TestHolding:
    """Until when a key holds."""

    def test_it_acts_for_its_person_and_is_kept_as_a_hash(self, desk: SqlDesk) -> None:
        """What it says stands nowhere in the database."""
        secret = key(desk)
        assert programs.program_of(desk, secret, "here").person == ADA
        assert secret.startswith("cbk_") and secret.encode() not in Path(desk.address).read_bytes()

    def test_it_ends_with_its_time(self, desk: SqlDesk, clock: Clock) -> None:
        """To the second; its name is then free again."""
        secret = key(desk, days=7)
        clock.now += 7 * DAY - 1
        assert programs.program_of(desk, secret, "here").key.used == 0
        clock.now += 1
        with pytest.raises(NotAllowed):
            programs.program_of(desk, secret, "here")
        assert key(desk) != secret

    @pytest.mark.parametrize("how", ["revoked", "closed", "erased"])
    def test_it_ends_at_once(self, desk: SqlDesk, how: str) -> None:
        """Revoked, or with the account; an account that is opened again has none of its keys."""
        secret = key(desk)
        match how:
            case "revoked":
                programs.revoke_key(desk, ADA, "sync")
            case "closed":
                people.set_roles(desk, None, ADA.id, ADA.roles, active=False)
                people.set_roles(desk, None, ADA.id, ADA.roles, active=True)
            case _:
                people.erase(desk, ADA, ADA.id)
        with pytest.raises(NotAllowed):
            programs.program_of(desk, secret, "here")

    def test_nobody_revokes_what_is_not_theirs(self, desk: SqlDesk) -> None:
        """There is none, for them."""
        key(desk)
        with pytest.raises(NotHeld):
            programs.revoke_key(desk, person(2), "sync")

    def test_its_use_is_noted_and_not_more_often_than_once_a_minute(self, desk: SqlDesk, clock: Clock) -> None:
        """So that reading does not write."""
        secret = key(desk)
        for seconds in (0, 59, 2):
            clock.now += seconds
            programs.program_of(desk, secret, "here")
        with desk.reading() as view:
            assert view.programs.of(ADA.id)[0].used == clock.now

    @pytest.mark.parametrize("wrong", ["", "cbk_", "cbk_" + "a" * 43, "x" * 500, "cbk_" + "ü" * 20])
    def test_guessing_is_stopped(self, desk: SqlDesk, wrong: str) -> None:
        """From where it comes; elsewhere the right key goes on."""
        secret = key(desk)
        for _ in range(TRIES_FROM):
            with pytest.raises(NotAllowed):
                programs.program_of(desk, wrong, "there")
        with pytest.raises(TooMany):
            programs.program_of(desk, secret, "there")
        assert programs.program_of(desk, secret, "here").person == ADA


class TestMaking:
    """What a key may be."""

    @pytest.mark.parametrize("name", ["", "Ada's laptop", "-x", "x" * 41, "a\nb", "ü"])
    def test_a_name_is_one_of_a_program(self, desk: SqlDesk, name: str) -> None:
        """It stands in the log, where no name of a person may."""
        with pytest.raises(UsageError):
            key(desk, name)

    def test_two_of_one_name_are_refused_and_so_are_too_many(self, desk: SqlDesk) -> None:
        """With what to do."""
        key(desk)
        with pytest.raises(UsageError, match="already"):
            key(desk)
        for number in range(programs.MOST_KEYS - 1):
            key(desk, f"other-{number}")
        with pytest.raises(UsageError, match="Revoke one"):
            key(desk, "more")

    @pytest.mark.parametrize("days", [0, 366, -1])
    def test_none_is_for_ever(self, desk: SqlDesk, days: int) -> None:
        """A year at most."""
        with pytest.raises(UsageError):
            key(desk, days=days)


class TestActing:
    """What is done with a key."""

    def test_it_is_in_the_log_under_the_person_with_the_keys_name(self, desk: SqlDesk) -> None:
        """In the transaction of the act; the chain holds."""
        program = programs.program_of(desk, key(desk), "here")
        comment(programs.ByProgram(desk, program), ADA, article().id, "Read.")
        with desk.reading() as view:
            entries = list(view.audit())
        told = [(each.who, each.action, each.detail) for each in entries][-2:]
        assert told == [(ADA.id, "article.comment", ""), (ADA.id, "program.acted", "sync")]
        assert fault_in(entries) is None

    def test_what_fails_is_not_in_it(self, desk: SqlDesk) -> None:
        """Neither the act nor the program."""
        program = programs.program_of(desk, key(desk), "here")
        with desk.reading() as view:
            before = view.head()
        with pytest.raises(NotHeld):
            comment(programs.ByProgram(desk, program), ADA, "a" + "z" * 16, "Read.")
        with desk.reading() as view:
            assert view.head() == before

    def test_a_key_to_read_with_changes_nothing(self, desk: SqlDesk) -> None:
        """Whatever its person may."""
        program = programs.program_of(desk, key(desk, scope=KeyScope.READ), "here")
        with pytest.raises(NotAllowed, match="only read"):
            comment(programs.ByProgram(desk, program), ADA, article().id, "Read.")

    def test_too_much_in_a_short_time_is_stopped(
        self, desk: SqlDesk, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Until some of it is long enough ago."""
        monkeypatch.setattr(programs, "ACTS", 2)
        acting = programs.ByProgram(desk, programs.program_of(desk, key(desk), "here"))
        for _ in range(2):
            comment(acting, ADA, article().id, "Read.")
        with pytest.raises(TooMany):
            comment(acting, ADA, article().id, "Read.")
        clock.now += 15 * 60 + 1
        comment(acting, ADA, article().id, "Read.")
