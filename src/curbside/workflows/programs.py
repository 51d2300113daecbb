"""Programs: keys with which they act for a person. A key is never more than its person, and ends with the account."""

from __future__ import annotations

import re
import secrets
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from curbside.desk.rights import Act, may
from curbside.errors import NotAllowed, NotHeld, UsageError
from curbside.records import OPERATOR, Person
from curbside.records.program import KeyScope, ProgramKey
from curbside.store.base_desk import Desk, DeskChange, DeskView
from curbside.workflows.signing import SEEN_EVERY_S, TRIES_FROM, key_of, not_too_many, tries_key

MARK = "cbk_"
"""What every key begins with, so that whoever looks for secrets in files finds it."""

DAYS = (7, 30, 90, 365)
"""How long a key may hold; the operator may choose any number of days up to the last."""

MOST_KEYS = 20
ACTS = 300
"""Acts of one key that are taken in the time in which tries count."""

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Program:
    """A program that sends a request.

    Attributes:
        person: for whom it acts.
        key: with which.
    """

    person: Person
    key: ProgramKey


def make_key(
    desk: Desk, who: Person, name: str, scope: KeyScope, days: int, *, operator: bool = False
) -> tuple[ProgramKey, str]:
    """Make a key for a program of a person; return it and what it says, which is kept nowhere.

    Args:
        desk: where keys are kept.
        who: for whom the program acts.
        name: of the program; it stands in the audit log, which outlives the account.
        scope: what it may do.
        days: how long it holds.
        operator: whether whoever runs this server makes it.

    Raises:
        NotAllowed: if the account is closed.
        UsageError: if the name is none, is taken, the time is none, or there are too many keys.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            "Name the program in lower-case letters, digits and hyphens, at most 40, as “journal-sync”: the name "
            "stands in the audit log."
        )
    if not 1 <= days <= DAYS[-1]:
        raise UsageError(f"A key holds from 1 to {DAYS[-1]} days.")
    secret = MARK + secrets.token_urlsafe(32)
    with desk.writing() as change:
        person = change.person(who.id)
        if not may(person, Act.SIGN_IN):
            raise NotAllowed("The account is closed.")
        held = change.programs.of(who.id)
        # What is over makes room for what comes, also under its name.
        for each in held:
            if each.until <= change.now:
                change.programs.end(each.id)
        held = [each for each in held if each.until > change.now]
        if any(each.name == name for each in held):
            raise UsageError(f"There is a key with the name {name} already. Revoke it, or choose another name.")
        if len(held) >= MOST_KEYS:
            raise UsageError(f"There are {MOST_KEYS} keys already. Revoke one that is not used any more.")
        id = "k" + "".join(secrets.choice(_ALPHABET) for _ in range(16))
        made = ProgramKey(id, who.id, name, scope, change.at, change.now + days * 86_400)
        change.programs.put(made, key_of(secret))
        change.log(OPERATOR if operator else who.id, "program.key made", who.id, f"{name}, {scope}, {days} days")
    return made, secret


def revoke_key(desk: Desk, who: Person, id: str, *, operator: bool = False) -> None:
    """End a key of a person's at once; `id` is its id or its name.

    Raises:
        NotHeld: if they have no such key.
    """
    with desk.writing() as change:
        found = next((each for each in change.programs.of(who.id) if id in (each.id, each.name)), None)
        if found is None:
            raise NotHeld("There is no such key.")
        change.programs.end(found.id)
        change.log(OPERATOR if operator else who.id, "program.key revoked", who.id, found.name)


def program_of(desk: Desk, secret: str, place: str) -> Program:
    """Return the program that a key belongs to.

    `place` is where the request comes from, an IP address; only its hash is kept, and only where the key is wrong.

    Raises:
        NotAllowed: if the key does not hold, any more or at all; says no more.
        TooMany: if too many wrong ones came from there; also where this one would have been right.
    """
    wrong = tries_key("key from", place)
    with desk.reading() as view:
        not_too_many(view, {wrong: TRIES_FROM}, view.now)
        found = _held(view, secret)
        now = view.now
    if found is None:
        with desk.writing() as change:
            change.tried(wrong)
        raise NotAllowed("This key does not hold: it is none, has ended, or was revoked.")
    if now - found.key.used > SEEN_EVERY_S:
        with desk.writing() as change:
            change.programs.see(found.key.id)
    return found


def _held(view: DeskView, secret: str) -> Program | None:
    if not secret.startswith(MARK) or len(secret) > 100:
        return None
    key = view.programs.at(key_of(secret))
    if key is None or key.until <= view.now:
        return None
    person = view.person(key.person)
    return Program(person, key) if may(person, Act.SIGN_IN) else None


class ByProgram:
    """A desk as a program changes it: what it did is followed in the log by its key's name, in the same transaction."""

    def __init__(self, desk: Desk, program: Program) -> None:
        self._desk = desk
        self._program = program

    def reading(self) -> AbstractContextManager[DeskView]:
        """Open a transaction that reads."""
        return self._desk.reading()

    @contextmanager
    def writing(self) -> Generator[DeskChange]:
        """Open a transaction that changes, and count it.

        Raises:
            NotAllowed: if the key may only read.
            TooMany: if the program does too much in a short time.
        """
        key = self._program.key
        if key.scope is not KeyScope.ACT:
            raise NotAllowed(f"The key {key.name} may only read.")
        acts = tries_key("acts of", key.id)
        with self._desk.writing() as change:
            not_too_many(change, {acts: ACTS}, change.now)
            change.tried(acts)
            yield change
            change.log(self._program.person.id, "program.acted", self._program.person.id, key.name)

    def close(self) -> None:
        """Leave the desk open: it is not this program's."""
