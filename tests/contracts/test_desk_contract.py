"""What every desk promises, on SQLite and on PostgreSQL."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from article_makers import article, claim, version, word
from curbside.errors import LibraryTooNew, NotHeld, UsageError
from curbside.records import (
    ArticleComment,
    ArticleState,
    AuditEntry,
    Move,
    Person,
    Purpose,
    Role,
    Session,
    fault_in,
)
from curbside.store.base_desk import Desk
from curbside.store.desk import REVISIONS, SqlDesk
from desk_makers import KINDS, Clock, address_of, desk_of, person


@pytest.fixture
def clock() -> Clock:
    """A clock that stands."""
    return Clock()


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """An empty desk."""
    with desk_of(request.param, tmp_path, clock) as made:
        yield made


def test_a_person_is_kept_as_put(desk: Desk) -> None:
    """Every field comes back; roles in the order of `Role`, whatever the order of giving."""
    kept = person(1, Role.REVIEWER, Role.READER, department="Dermatology", about="Two\nlines", board=True)
    with desk.writing() as change:
        change.put(kept)
    with desk.reading() as view:
        assert view.person(kept.id) == replace(kept, roles=(Role.READER, Role.REVIEWER))  # in the order of `Role`
        assert view.person_at(kept.email) == view.person(kept.id)
        assert view.password_of(kept.id) == ""
        assert view.person_at("nobody@example.org") is None
        nobody = "p" + "9" * 16
        assert view.persons([nobody, kept.id, kept.id]) == {kept.id: view.person(kept.id)}
        with pytest.raises(NotHeld):
            view.person(nobody)


def test_two_people_never_share_an_address(desk: Desk) -> None:
    """Letters and signing in go by the address, so the database itself refuses a second."""
    with desk.writing() as change:
        change.put(person(1))
    with pytest.raises(UsageError, match="Another account"), desk.writing() as change:
        change.put(replace(person(2), email=person(1).email))
    with desk.reading() as view:
        assert [each.id for each in view.people()] == [person(1).id]


def test_what_goes_wrong_inside_a_change_leaves_nothing_of_it(desk: Desk) -> None:
    """Neither the change nor its entry in the log is there afterwards."""
    with pytest.raises(RuntimeError), desk.writing() as change:
        change.put(person(1))
        change.log("operator", "person.invited", person(1).id)
        raise RuntimeError("the power went")
    with desk.reading() as view:
        assert view.people() == [] and view.head() is None and view.head_number() == 0


def test_people_come_by_name(desk: Desk) -> None:
    """Case makes no difference to the order."""
    with desk.writing() as change:
        for number, name in enumerate(("zoe", "Ada", "Émile")):
            change.put(replace(person(number), name=name))
    with desk.reading() as view:
        assert [each.name for each in view.people()] == ["Ada", "zoe", "Émile"]


def test_an_erased_person_keeps_an_id_and_nothing_else(desk: Desk, clock: Clock) -> None:
    """What they signed still points somewhere; their address is free again."""
    who = person(1, Role.EDITOR, department="Dermatology")
    with desk.writing() as change:
        change.put(who)
        change.set_password(who.id, "$argon2id$…")
        change.open_session("k" * 64, Session(who.id, "c", clock.now, clock.now))
        change.put_token("t" * 64, who.id, Purpose.RESET, clock.now + 60)
        change.erase(who.id)
    with desk.writing() as change:
        assert change.person(who.id) == Person(who.id, "", "", (), active=False, joined=who.joined)
        assert change.person(who.id).erased and change.person(who.id).signs_as == "(erased account)"
        assert change.password_of(who.id) == "" and change.people() == []
        assert change.session("k" * 64) is None and change.take_token("t" * 64, Purpose.RESET) == ""
        change.put(replace(person(2), email=who.email))  # the address is free again


def test_who_is_erased_leaves_no_draft_of_an_article_behind(desk: Desk) -> None:
    """What was submitted, and what others drafted, stays."""
    kept = (("b", ArticleState.SUBMITTED, 1), ("c", ArticleState.DRAFT, 2))
    with desk.writing() as change:
        for each in (person(1), person(2)):
            change.put(each)
        for letter, state, author in (("a", ArticleState.DRAFT, 1), *kept):
            made = replace(article(state), id="a" + letter * 16, author=person(author).id)
            change.articles.make(made, change.at)
        change.erase(person(1).id)
    with desk.reading() as view:
        assert {each.id for each in view.articles.lines()[0]} == {"a" + letter * 16 for letter, _, _ in kept}
        with pytest.raises(NotHeld):
            view.articles.get("a" * 17)
        assert view.articles.get("a" + "b" * 16).version.claims


def test_what_is_read_in_one_transaction_is_of_one_moment(desk: Desk) -> None:
    """What others change meanwhile is seen by the next."""
    assert isinstance(desk, SqlDesk)
    if not desk.on_server:
        pytest.skip("on a file whoever changes waits for who reads")
    with desk.writing() as change:
        change.put(person(1, department="Before"))
    with desk.reading() as view:
        assert view.person(person(1).id).department == "Before"
        with desk.writing() as change:
            change.put(person(1, department="After"))
            change.log("operator", "person.profile", person(1).id)
        assert view.person(person(1).id).department == "Before" and view.head() is None
    with desk.reading() as view:
        assert view.person(person(1).id).department == "After" and view.head() is not None


def test_several_people_may_be_erased(desk: Desk) -> None:
    """No address at all is no shared address."""
    with desk.writing() as change:
        for number in (1, 2):
            change.put(person(number))
            change.erase(person(number).id)


def test_a_session_is_found_by_its_key_and_ends(desk: Desk, clock: Clock) -> None:
    """Alone, or with all others of the person; those of other people stay."""
    mine, other = Session("p1", "csrf", clock.now, clock.now), Session("p1", "else", clock.now, clock.now)
    with desk.writing() as change:
        change.open_session("a" * 64, mine)
        change.open_session("b" * 64, other)
        change.open_session("c" * 64, replace(other, person="p2"))
    clock.now += 30
    with desk.writing() as change:
        change.see_session("a" * 64)
        change.end_sessions("p1", but="a" * 64)
    with desk.reading() as view:
        assert view.session("a" * 64) == replace(mine, seen=clock.now)
        assert view.session("b" * 64) is None
        assert view.session("c" * 64) is not None
        assert view.session("d" * 64) is None


def test_a_token_is_good_once_for_its_purpose_and_time(desk: Desk, clock: Clock) -> None:
    """A link that was used, replaced, of another purpose, or late is nothing."""
    with desk.writing() as change:
        change.put_token("a" * 64, "p1", Purpose.RESET, clock.now + 60)
        assert change.take_token("a" * 64, Purpose.INVITE) == ""
        assert change.take_token("a" * 64, Purpose.RESET) == "p1"
        assert change.take_token("a" * 64, Purpose.RESET) == ""
        change.put_token("b" * 64, "p1", Purpose.RESET, clock.now + 60)
        change.put_token("c" * 64, "p1", Purpose.RESET, clock.now + 60)
        assert change.take_token("b" * 64, Purpose.RESET) == ""  # a later one voids those before
    clock.now += 60
    with desk.writing() as change:
        assert change.take_token("c" * 64, Purpose.RESET) == ""


def test_tries_are_counted_by_key_and_time(desk: Desk, clock: Clock) -> None:
    """Older ones neither count nor stay."""
    for _ in range(3):
        with desk.writing() as change:
            change.tried("k" * 64)
        clock.now += 10
    with desk.writing() as change:
        assert change.tries("k" * 64, clock.now - 20) == [clock.now - 20, clock.now - 10]
        assert change.tries("x" * 64, 0) == []
        change.sweep(0, clock.now - 15)
        assert change.tries("k" * 64, 0) == [clock.now - 10]
        change.forget_tries("k" * 64)
        assert change.tries("k" * 64, 0) == []


def test_what_is_over_is_swept(desk: Desk, clock: Clock) -> None:
    """A session goes by when it was last used."""
    with desk.writing() as change:
        change.open_session("a" * 64, Session("p1", "c", clock.now - 100, clock.now - 100))
        change.open_session("b" * 64, Session("p1", "c", clock.now - 100, clock.now - 1))
        change.sweep(clock.now - 50, 0)
        assert change.session("a" * 64) is None and change.session("b" * 64) is not None


def test_the_log_is_chained_in_the_order_of_doing(desk: Desk, clock: Clock) -> None:
    """Read as a whole or from a number on, it is what was written."""
    for number in range(5):
        with desk.writing() as change:
            change.log("p1", "person.profile", "p1", f"field {number}, with “marks”")
        clock.now += 1
    with desk.reading() as view:
        entries = list(view.audit())
        assert [each.number for each in entries] == [1, 2, 3, 4, 5]
        assert fault_in(entries) is None
        assert view.head() == entries[-1] and view.head_number() == 5
        assert list(view.audit(after=3)) == entries[3:]
        assert list(view.audit(after=1, upto=3)) == entries[1:3]


def test_the_log_is_found_by_what_it_is_about(desk: Desk) -> None:
    """In order, and nothing else; each entry has a salt of its own."""
    with desk.writing() as change:
        for number in range(6):
            change.log("p1", "article.comment", f"a{number % 2}", str(number))
    with desk.reading() as view:
        assert [each.detail for each in view.audit_of("a1")] == ["1", "3", "5"]
        assert view.audit_of("a2") == []
        assert len({each.salt for each in view.audit()}) == 6


@pytest.mark.parametrize("kind", KINDS)
def test_one_changed_byte_in_any_column_of_any_entry_is_found(kind: str, tmp_path: Path, clock: Clock) -> None:
    """As is an entry left out, put in or turned round; a cut end is found by whoever noted the head."""
    from sqlalchemy import create_engine, delete, insert, select, update
    from sqlalchemy.engine import make_url

    from curbside.store.desk_schema import audit

    with address_of(kind, tmp_path) as url:
        desk = SqlDesk(url, clock)
        with desk.writing() as change:
            for number in range(3):
                change.log("p1", "person.profile", f"p{number}", "words “marks”\n")
            head = change.head()
        parsed = make_url(url)
        engine = create_engine(parsed.set(drivername="postgresql+psycopg") if kind == "postgresql" else parsed)

        def holds(*statements: Any, noted: str = "") -> bool:
            with engine.connect() as connection, connection.begin() as transaction:
                for statement in statements:
                    connection.execute(statement)
                found = [AuditEntry(*row) for row in connection.execute(select(audit).order_by(audit.c.number))]
                transaction.rollback()
            return fault_in(found, noted) is None

        with engine.connect() as connection:
            rows = [dict(row._mapping) for row in connection.execute(select(audit).order_by(audit.c.number))]
        assert holds() and head is not None and holds(noted=head.hash)
        for row in rows:
            mine = audit.c.number == row["number"]
            for column, value in row.items():
                if column == "number":
                    assert not holds(update(audit).where(mine).values(number=99))
                    continue
                for place in range(len(value)):
                    other = value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
                    assert not holds(update(audit).where(mine).values({column: other})), (row["number"], column, place)
                assert not holds(update(audit).where(mine).values({column: value[:-1]}))
            gone = delete(audit).where(mine)
            if row is rows[-1]:
                assert holds(gone) and not holds(gone, noted=head.hash)
            else:
                assert not holds(gone)
        assert not holds(insert(audit).values({**rows[-1], "number": 4}))
        turned = [
            update(audit).where(audit.c.number == old).values(number=new) for old, new in ((1, 9), (2, 1), (9, 2))
        ]
        assert not holds(*turned)
        engine.dispose()
        desk.close()


def test_many_who_log_at_once_make_one_chain(desk: Desk) -> None:
    """Whoever changes the desk waits for whoever does so already."""

    def work() -> None:
        for _ in range(5):
            with desk.writing() as change:
                change.log("p1", "person.profile")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.reading() as view:
        entries = list(view.audit())
    assert len(entries) == 20 and fault_in(entries) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_desk_opened_again_holds_what_it_held(kind: str, tmp_path: Path, clock: Clock) -> None:
    """Opening makes tables only where there are none."""
    with address_of(kind, tmp_path) as url:
        for again in (False, True):
            desk = SqlDesk(url, clock)
            with desk.writing() as change:
                if again:
                    assert change.person(person(1).id).name == "Person 1"
                else:
                    change.put(person(1))
            desk.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_desk_of_a_later_version_is_left_alone(kind: str, tmp_path: Path, clock: Clock) -> None:
    """It is neither changed nor read by guess."""
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    with address_of(kind, tmp_path) as url:
        SqlDesk(url, clock).close()
        parsed = make_url(url)
        engine = create_engine(parsed.set(drivername="postgresql+psycopg") if kind == "postgresql" else parsed)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'd9999'")
        engine.dispose()
        with pytest.raises(LibraryTooNew, match="d9999"):
            SqlDesk(url, clock)


@pytest.mark.parametrize("kind", KINDS)
def test_the_migrations_lead_to_the_tables_as_they_are(kind: str, tmp_path: Path) -> None:
    """A new desk and one that went through all revisions are the same."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    from curbside.store.desk_schema import metadata
    from curbside.store.migrate import migrate

    with address_of(kind, tmp_path) as url:
        parsed = make_url(url)
        engine = create_engine(parsed.set(drivername="postgresql+psycopg") if kind == "postgresql" else parsed)
        with engine.begin() as connection:
            migrate(connection, "head", "desk_migrations")
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        engine.dispose()
        assert found == REVISIONS[-1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("changed", [0, 2])
def test_a_log_of_before_seals_is_chained_anew(kind: str, tmp_path: Path, clock: Clock, changed: int) -> None:
    """It holds as it held; what was changed before is found at the same place afterwards."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url

    from curbside.store.migrate import migrate

    with address_of(kind, tmp_path) as url:
        parsed = make_url(url)
        engine = create_engine(parsed.set(drivername="postgresql+psycopg") if kind == "postgresql" else parsed)
        with engine.begin() as connection:
            migrate(connection, "d0001", "desk_migrations")
            last = "0" * 64
            for number in (1, 2, 3):
                words = [number, "2027-01-15T08:00:00Z", "p1", "person.profile", "", "é"]
                previous, last = last, _hash_of_before([*words, last])
                row = dict(zip(("number", "at", "who", "action", "about", "detail"), words))
                row |= {"previous": previous, "hash": last}
                names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO audit ({names}) VALUES ({places})"), row)
            connection.execute(text("UPDATE audit SET detail = 'e' WHERE number = :n"), {"n": changed})
        engine.dispose()
        desk = SqlDesk(url, clock)
        with desk.writing() as change:
            change.log("p2", "person.profile")
        with desk.reading() as view:
            entries = list(view.audit())
        desk.close()
    fault = fault_in(entries)
    assert (fault.number if fault else 0) == changed
    assert (entries[3].action, entries[3].detail) == ("audit.chained anew", f"The head was {last}.")
    assert len(entries) == 5


def _hash_of_before(fields: list[object]) -> str:
    """How entries were hashed before they had seals."""
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


class TestArticles:
    """Articles, their versions and what was said of them."""

    def test_an_article_is_kept_whole(self, desk: Desk) -> None:
        """Claims, quotes, references, moves: what comes back is what was put."""
        made = article()
        with desk.writing() as change:
            change.articles.make(made, "2027-01-15T08:00:00Z")
        with desk.reading() as view:
            assert view.articles.get(made.id) == made
            with pytest.raises(NotHeld):
                view.articles.get("a" + "z" * 16)
            with pytest.raises(NotHeld):
                view.articles.version(made.id, 2)

    def test_versions_stay_as_they_were(self, desk: Desk) -> None:
        """A further one stands behind them."""
        made = article()
        second = replace(made, version=version(2, claim(1, "Other words.", edited="Clearer.")), versions=2)
        with desk.writing() as change:
            change.articles.make(made, "2027-01-15T08:00:00Z")
            change.articles.add_version(second, "2027-01-15T09:00:00Z")
        with desk.reading() as view:
            assert view.articles.get(made.id) == second
            assert view.articles.version(made.id, 1) == made.version

    def test_what_was_said_keeps_its_order(self, desk: Desk) -> None:
        """Signatures, comments and moves, in one numbering of their own."""
        made = article(ArticleState.UNDER_REVIEW, reviewers=("p0000000000000002", "p0000000000000003"))
        signature = word(made.version.claims[0], 2)
        remark = ArticleComment(1, 1, 1, "p0000000000000003", "Which dose?", "2027-01-15T08:00:00Z")
        moved = Move("2027-01-15T09:00:00Z", "p0000000000000004", ArticleState.RETURNED, 1, "See the comment.")
        with desk.writing() as change:
            change.articles.make(made, "2027-01-15T08:00:00Z")
            change.articles.say(made.id, (signature,))
            change.articles.say(made.id, (remark, moved))
            change.articles.put(replace(made, state=ArticleState.RETURNED, news="A study."), "2027-01-15T09:00:00Z")
        with desk.reading() as view:
            held = view.articles.get(made.id)
        assert (held.signatures, held.comments, held.moves) == ((signature,), (remark,), (*made.moves, moved))
        assert (held.state, held.news, held.reviewers) == (ArticleState.RETURNED, "A study.", made.reviewers)

    def test_lists_hold_what_is_asked_for_last_changed_first(self, desk: Desk) -> None:
        """By state, author and reviewer, page by page, with how many there are."""
        with desk.writing() as change:
            for number in range(5):
                state = ArticleState.APPROVED if number % 2 else ArticleState.DRAFT
                reviewers = (f"p{number:016d}",) if number else ()
                made = replace(article(state, reviewers=reviewers), id=f"a{number:016d}", author=f"p{number % 2:016d}")
                change.articles.make(made, f"2027-01-15T0{number}:00:00Z")
        with desk.reading() as view:
            lines, total = view.articles.lines(limit=2)
            assert [line.id[-1] for line in lines] == ["4", "3"] and total == 5
            assert [line.id[-1] for line in view.articles.lines(limit=2, offset=4)[0]] == ["0"]
            assert [line.id[-1] for line in view.articles.lines([ArticleState.APPROVED])[0]] == ["3", "1"]
            assert [line.id[-1] for line in view.articles.lines(author="p0000000000000001")[0]] == ["3", "1"]
            assert [line.id[-1] for line in view.articles.lines(reviewer="p0000000000000004")[0]] == ["4"]
            assert view.articles.lines(reviewer="%")[0] == []

    def test_a_change_finds_what_stands_on_it(self, desk: Desk) -> None:
        """By keys, however many; those of an article are replaced as a whole."""
        ids = [f"a{number:016d}" for number in range(3)]
        with desk.writing() as change:
            change.articles.set_keys(ids[0], ["w:w1", "c:sirolimus psoriasis"])
            change.articles.set_keys(ids[1], ["w:w2"])
            change.articles.set_keys(ids[2], ["w:w1"])
            change.articles.set_keys(ids[2], ["w:w3"])
            many = [f"w:none{number}" for number in range(900)]
            assert change.articles.at_keys(["w:w1", *many, "w:w3"]) == [ids[0], ids[2]]
            assert change.articles.at_keys([]) == []
