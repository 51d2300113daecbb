"""What one transaction sees of the desk, and does to it, in SQL."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from curbside.errors import NotHeld, UsageError
from curbside.records import AuditEntry, Person, Purpose, Role, Session, chained
from curbside.store.desk_articles import ArticleRows
from curbside.store.desk_following import FollowingRows
from curbside.store.desk_jobs import JobRows
from curbside.store.desk_manuscripts import ManuscriptRows
from curbside.store.desk_policies import PolicyRows
from curbside.store.desk_programs import ProgramRows
from curbside.store.desk_schema import audit, people, sessions, tokens, tries, values

_PERSON = (
    people.c.id,
    people.c.name,
    people.c.email,
    people.c.roles,
    people.c.department,
    people.c.about,
    people.c.conflicts,
    people.c.board,
    people.c.active,
    people.c.joined,
)


class DeskRows:
    """A desk in one transaction; see `curbside.store.base_desk`."""

    def __init__(self, connection: Connection, clock: Callable[[], float]) -> None:
        self._rows = connection
        self._clock = clock
        self._now = clock()

    @property
    def now(self) -> float:
        """Seconds since 1970; one moment for the whole transaction, so that a deed and its log entry agree."""
        return self._now

    @property
    def articles(self) -> ArticleRows:
        """The articles."""
        return ArticleRows(self._rows)

    @property
    def manuscripts(self) -> ManuscriptRows:
        """The manuscripts."""
        return ManuscriptRows(self._rows)

    @property
    def following(self) -> FollowingRows:
        """What people follow, news, and letters that wait."""
        return FollowingRows(self._rows)

    @property
    def policies(self) -> PolicyRows:
        """The texts of policies."""
        return PolicyRows(self._rows)

    @property
    def programs(self) -> ProgramRows:
        """Keys of programs."""
        return ProgramRows(self._rows, self._clock)

    @property
    def jobs(self) -> JobRows:
        """What is to be done later."""
        return JobRows(self._rows, self._clock)

    @property
    def at(self) -> str:
        """Now, as ISO time, UTC."""
        return datetime.fromtimestamp(self.now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def person(self, id: str) -> Person:
        """Return a person."""
        row = self._rows.execute(select(*_PERSON).where(people.c.id == id)).first()
        if row is None:
            raise NotHeld("There is no such account.")
        return _person(row)

    def persons(self, ids: Iterable[str]) -> dict[str, Person]:
        """Return id -> person, of those that there are."""
        wanted, found = sorted(set(ids)), dict[str, Person]()
        for start in range(0, len(wanted), 400):
            some = wanted[start : start + 400]
            rows = self._rows.execute(select(*_PERSON).where(people.c.id.in_(some)))
            found |= {each.id: each for each in map(_person, rows)}
        return found

    def person_at(self, email: str) -> Person | None:
        """Return the person with an address, or None."""
        row = self._rows.execute(select(*_PERSON).where(people.c.email == email)).first()
        return _person(row) if row is not None else None

    def people(self) -> list[Person]:
        """Return everybody who was not erased, by name, then id."""
        rows = self._rows.execute(select(*_PERSON).where(people.c.email.is_not(None)))
        return sorted(map(_person, rows), key=lambda each: (each.name.casefold(), each.id))

    def password_of(self, id: str) -> str:
        """Return the hash of a person's password, "" where none was set yet."""
        return str(self._rows.execute(select(people.c.password).where(people.c.id == id)).scalar() or "")

    def session(self, key: str) -> Session | None:
        """Return the session under a key's hash, or None."""
        s = sessions.c
        row = self._rows.execute(select(s.person, s.csrf, s.begun, s.seen).where(s.key == key)).first()
        return Session(*row) if row is not None else None

    def tries(self, key: str, since: float) -> list[float]:
        """Return when something was tried under a key since a moment, oldest first."""
        t = tries.c
        return list(self._rows.execute(select(t.at).where(t.key == key, t.at >= since).order_by(t.at)).scalars())

    def value(self, name: str) -> str:
        """Return what is kept under a name, "" for nothing."""
        return str(self._rows.execute(select(values.c.value).where(values.c.name == name)).scalar() or "")

    def audit(self, after: int = 0, upto: int | None = None) -> Iterator[AuditEntry]:
        """Yield the log's entries behind a number, up to and with another where one is given, in their order."""
        wanted = [audit.c.number > after, *([audit.c.number <= upto] if upto is not None else [])]
        for row in self._rows.execute(select(audit).where(*wanted).order_by(audit.c.number)):
            yield AuditEntry(*row)

    def audit_of(self, about: str) -> list[AuditEntry]:
        """Return the log's entries about something, in their order."""
        rows = self._rows.execute(select(audit).where(audit.c.about == about).order_by(audit.c.number))
        return [AuditEntry(*row) for row in rows]

    def head(self) -> AuditEntry | None:
        """Return the log's last entry, or None."""
        row = self._rows.execute(select(audit).order_by(audit.c.number.desc()).limit(1)).first()
        return AuditEntry(*row) if row is not None else None

    def head_number(self) -> int:
        """Return the number of the log's last entry, 0 for none."""
        return int(self._rows.execute(select(func.max(audit.c.number))).scalar() or 0)

    def put(self, person: Person) -> None:
        """Keep a person, new or changed."""
        fields = _values(person)
        try:
            done = self._rows.execute(update(people).where(people.c.id == person.id).values(**fields))
            if not done.rowcount:
                self._rows.execute(insert(people).values(id=person.id, password="", **fields))
        except IntegrityError as error:
            raise UsageError("Another account has this e-mail address.") from error

    def set_password(self, id: str, hashed: str) -> None:
        """Keep the hash of a person's password."""
        self._rows.execute(update(people).where(people.c.id == id).values(password=hashed))

    def erase(self, id: str) -> None:
        """Forget who a person was."""
        joined = self.person(id).joined
        self.put(Person(id, "", "", (), active=False, joined=joined))
        self.set_password(id, "")
        self.end_sessions(id)
        self.programs.end_all(id)
        self.articles.forget_drafts(id)
        self.manuscripts.forget_unsubmitted(id)
        self._rows.execute(delete(tokens).where(tokens.c.person == id))
        self.following.forget(id)

    def open_session(self, key: str, session: Session) -> None:
        """Keep a session under a key's hash."""
        fields = {"person": session.person, "csrf": session.csrf, "begun": session.begun, "seen": session.seen}
        self._rows.execute(insert(sessions).values(key=key, **fields))

    def see_session(self, key: str) -> None:
        """Note that a session was used now."""
        self._rows.execute(update(sessions).where(sessions.c.key == key).values(seen=self.now))

    def end_session(self, key: str) -> None:
        """Forget a session."""
        self._rows.execute(delete(sessions).where(sessions.c.key == key))

    def end_sessions(self, person: str, but: str = "") -> None:
        """Forget all sessions of a person, except that under `but`."""
        self._rows.execute(delete(sessions).where(sessions.c.person == person, sessions.c.key != but))

    def put_token(self, key: str, person: str, purpose: Purpose, until: float) -> None:
        """Keep a token under its hash; earlier ones of the person for the same purpose are void."""
        self._rows.execute(delete(tokens).where(tokens.c.person == person, tokens.c.purpose == purpose.value))
        self._rows.execute(insert(tokens).values(key=key, person=person, purpose=purpose.value, until=until))

    def take_token(self, key: str, purpose: Purpose) -> str:
        """Use a token up; return whose it was, "" where it does not hold."""
        mine = (tokens.c.key == key, tokens.c.purpose == purpose.value)
        row = self._rows.execute(select(tokens.c.person, tokens.c.until).where(*mine)).first()
        if row is None or row[1] <= self.now:
            return ""
        done = self._rows.execute(delete(tokens).where(*mine))
        return str(row[0]) if done.rowcount else ""

    def tried(self, key: str) -> None:
        """Note a try under a key, now."""
        self._rows.execute(insert(tries).values(key=key, at=self.now))

    def forget_tries(self, key: str) -> None:
        """Forget the tries under a key."""
        self._rows.execute(delete(tries).where(tries.c.key == key))

    def sweep(self, sessions_before: float, tries_before: float) -> None:
        """Forget what is over."""
        self._rows.execute(delete(sessions).where(sessions.c.seen < sessions_before))
        self._rows.execute(delete(tries).where(tries.c.at < tries_before))
        self._rows.execute(delete(tokens).where(tokens.c.until <= self.now))

    def set_value(self, name: str, value: str) -> None:
        """Keep something under a name, in the place of what was."""
        done = self._rows.execute(update(values).where(values.c.name == name).values(value=value))
        if not done.rowcount:
            self._rows.execute(insert(values).values(name=name, value=value))

    def log(self, who: str, action: str, about: str = "", detail: str = "") -> AuditEntry:
        """Append to the audit log; return the entry as it was chained."""
        entry = AuditEntry(0, self.at, who, action, about, detail, "", "", secrets.token_hex(16))
        entry = chained(entry, self.head())
        names: Sequence[str] = [column.name for column in audit.c]
        self._rows.execute(insert(audit).values(**{name: getattr(entry, name) for name in names}))
        return entry


def _person(row: Sequence[Any]) -> Person:
    id, name, email, roles, department, about, conflicts, board, active, joined = row
    held = tuple(Role(each) for each in str(roles).split(",") if each)
    return Person(id, name, email or "", held, department, about, conflicts, board, active, joined)


def _values(person: Person) -> dict[str, Any]:
    ordered = sorted(set(person.roles), key=list(Role).index)
    return {
        "name": person.name,
        "email": person.email or None,
        "roles": ",".join(ordered),
        "department": person.department,
        "about": person.about,
        "conflicts": person.conflicts,
        "board": person.board,
        "active": person.active,
        "joined": person.joined,
    }
