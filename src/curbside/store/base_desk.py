"""What every desk promises: people, sessions, tokens, tries, the audit log, articles; contract in `tests/contracts/`.

A desk is opened for one transaction at a time: `reading` sees one state of it, `writing` changes it as a whole or not
at all. What is changed and the log's entry of it are one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from curbside.records import (
    Article,
    ArticleComment,
    ArticleLine,
    ArticleState,
    ArticleVersion,
    AuditEntry,
    Move,
    Person,
    Purpose,
    Session,
    Signature,
)
from curbside.records.desk_job import DeskJob, DeskJobs
from curbside.store.base_following import Following, Policies
from curbside.store.base_manuscripts import Manuscripts
from curbside.store.base_programs import Programs

DESK = "desk.sqlite"
"""The desk's database in a library's folder, where no other is set."""


class Articles(Protocol):
    """Articles, in one transaction; the changing half only where the transaction is one that changes."""

    def get(self, id: str) -> Article:
        """Return an article with its latest version and everything said of it.

        Raises:
            NotHeld: if there is none under that id.
        """
        ...

    def version(self, id: str, number: int) -> ArticleVersion:
        """Return a version of an article.

        Raises:
            NotHeld: if there is no such version.
        """
        ...

    def lines(
        self,
        states: Iterable[ArticleState] = (),
        author: str = "",
        reviewer: str = "",
        limit: int = 200,
        offset: int = 0,
    ) -> tuple[list[ArticleLine], int]:
        """Return articles that meet all that is given, last changed first, and how many there are in all."""
        ...

    def make(self, article: Article, at: str) -> None:
        """Keep a new article with its first version and its moves."""
        ...

    def put(self, article: Article, at: str) -> None:
        """Keep an article's state, reviewers, news and approval."""
        ...

    def add_version(self, article: Article, at: str) -> None:
        """Keep a further version, and what `put` keeps."""
        ...

    def say(self, id: str, words: Sequence[Signature | ArticleComment | Move]) -> None:
        """Keep signatures, comments and moves behind those that are there."""
        ...

    def forget_drafts(self, author: str) -> None:
        """Forget what somebody drafted and never submitted."""
        ...

    def set_keys(self, id: str, keys: Iterable[str]) -> None:
        """Keep what an article stands on and asks for, each key at most 160 characters, in the place of what was."""
        ...

    def at_keys(self, keys: Iterable[str]) -> list[str]:
        """Return the ids of articles that have any of `keys`, in order."""
        ...

    def with_keys(self) -> list[str]:
        """Return the ids of all articles that have keys, in order."""
        ...


class JobTable(Protocol):
    """What is to be done later, in one transaction; a piece of work is known by its kind and its subject.

    All but `due` and `standing` only where the transaction is one that changes.
    """

    def put(self, kind: str, subjects: Iterable[str]) -> None:
        """Queue a piece of work for each subject (at most 80 characters), due now.

        One that waits already waits as before; one that somebody holds is taken from them, since what they do may be
        out of date: it will be done once more.
        """
        ...

    def due(self, kinds: Sequence[str]) -> bool:
        """Tell whether a piece of these kinds could be taken now."""
        ...

    def take(self, kinds: Sequence[str], seconds: float, most: int = 1) -> list[DeskJob]:
        """Lease up to `most` pieces of work that are due and nobody holds, for `seconds`, the longest due first.

        What was begun before and never ended is leased alone, and given up after many times.
        """
        ...

    def finish(self, job: DeskJob) -> bool:
        """Take a piece that is done off the table; False where the lease was lost, and what was done must not count."""
        ...

    def release(self, job: DeskJob) -> bool:
        """Give a piece back undone, for whoever comes next; False where the lease was lost."""
        ...

    def fail(self, job: DeskJob, why: str) -> bool:
        """Give a piece back with what went wrong, to be tried again later, each time after longer; False if lost."""
        ...

    def standing(self) -> DeskJobs:
        """Tell how much waits, and what was given up."""
        ...


class DeskView(Protocol):
    """A desk as one transaction sees it."""

    @property
    def now(self) -> float:
        """Seconds since 1970."""
        ...

    @property
    def at(self) -> str:
        """The same as ISO time, UTC."""
        ...

    @property
    def articles(self) -> Articles:
        """The articles."""
        ...

    @property
    def following(self) -> Following:
        """What people follow, news, and letters that wait."""
        ...

    @property
    def policies(self) -> Policies:
        """The texts of policies."""
        ...

    @property
    def manuscripts(self) -> Manuscripts:
        """The manuscripts."""
        ...

    @property
    def programs(self) -> Programs:
        """Keys of programs."""
        ...

    @property
    def jobs(self) -> JobTable:
        """What is to be done later."""
        ...

    def person(self, id: str) -> Person:
        """Return a person.

        Raises:
            NotHeld: if there is none under that id.
        """
        ...

    def persons(self, ids: Iterable[str]) -> dict[str, Person]:
        """Return id -> person, of those that there are."""
        ...

    def person_at(self, email: str) -> Person | None:
        """Return the person with an address, as `curbside.desk.naming.address` writes it, or None."""
        ...

    def people(self) -> list[Person]:
        """Return everybody who was not erased, by name, then id."""
        ...

    def password_of(self, id: str) -> str:
        """Return the hash of a person's password, "" where none was set yet."""
        ...

    def session(self, key: str) -> Session | None:
        """Return the session under a key's hash, whatever its age, or None."""
        ...

    def tries(self, key: str, since: float) -> list[float]:
        """Return when something was tried under a key since a moment, in seconds since 1970, oldest first."""
        ...

    def value(self, name: str) -> str:
        """Return what is kept under a name, "" for nothing."""
        ...

    def audit(self, after: int = 0, upto: int | None = None) -> Iterator[AuditEntry]:
        """Yield the log's entries behind a number, up to and with another where one is given, in their order."""
        ...

    def audit_of(self, about: str) -> list[AuditEntry]:
        """Return the log's entries about something, in their order."""
        ...

    def head(self) -> AuditEntry | None:
        """Return the log's last entry, or None."""
        ...

    def head_number(self) -> int:
        """Return the number of the log's last entry, 0 for none."""
        ...


class DeskChange(DeskView, Protocol):
    """A desk that is being changed; nothing is kept until the transaction ends well."""

    def put(self, person: Person) -> None:
        """Keep a person, new or changed.

        Raises:
            UsageError: if another has their address.
        """
        ...

    def set_password(self, id: str, hashed: str) -> None:
        """Keep the hash of a person's password."""
        ...

    def erase(self, id: str) -> None:
        """Forget a person's name, address, words, drafts, password, sessions, keys, tokens and what they follow.

        Their id stays where it was used.
        """
        ...

    def open_session(self, key: str, session: Session) -> None:
        """Keep a session under a key's hash."""
        ...

    def see_session(self, key: str) -> None:
        """Note that a session was used now."""
        ...

    def end_session(self, key: str) -> None:
        """Forget a session."""
        ...

    def end_sessions(self, person: str, but: str = "") -> None:
        """Forget all sessions of a person, except that under `but`."""
        ...

    def put_token(self, key: str, person: str, purpose: Purpose, until: float) -> None:
        """Keep a token under its hash; those of the person for the same purpose are void from now on."""
        ...

    def take_token(self, key: str, purpose: Purpose) -> str:
        """Use a token up; return whose it was, "" where it does not hold (any more)."""
        ...

    def tried(self, key: str) -> None:
        """Note a try under a key, now."""
        ...

    def forget_tries(self, key: str) -> None:
        """Forget the tries under a key."""
        ...

    def sweep(self, sessions_before: float, tries_before: float) -> None:
        """Forget sessions last used, and tries made, before a moment, and tokens whose time is over."""
        ...

    def set_value(self, name: str, value: str) -> None:
        """Keep something under a name, in the place of what was."""
        ...

    def log(self, who: str, action: str, about: str = "", detail: str = "") -> AuditEntry:
        """Append to the audit log; return the entry as it was chained."""
        ...


class Desk(Protocol):
    """Where people and what they do are kept."""

    def reading(self) -> AbstractContextManager[DeskView]:
        """Open a transaction that reads.

        Raises:
            LibraryError: if the database cannot be reached.
        """
        ...

    def writing(self) -> AbstractContextManager[DeskChange]:
        """Open a transaction that changes; one at a time, the others wait.

        Raises:
            LibraryBusy: if another changes it for too long.
            LibraryFull: if the disk took no more.
            LibraryError: if the database cannot be reached.
        """
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
