"""Signing in and out, and passwords. Each change is one transaction with its entry in the audit log."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from curbside.desk import passwords
from curbside.desk.rights import Act, may
from curbside.errors import NotAllowed, NotHeld, TooMany
from curbside.mail.base import Mailer
from curbside.records import Letter, Person, Purpose, Session
from curbside.store.base_desk import Desk, DeskView

IDLE_S = 12 * 3_600
"""A session that was not used for so long is over."""

LONGEST_S = 14 * 86_400
"""A session is over after this time, used or not."""

SEEN_EVERY_S = 60
"""A session's use is noted at most so often: reading pages should not write."""

LINK_S = {Purpose.INVITE: 7 * 86_400, Purpose.RESET: 3_600}
"""How long a link in a letter holds."""

TRIES = 5
TRIES_FROM = 30
WINDOW_S = 15 * 60
"""Failed tries to sign in that are taken for one address, and from one place, in this time."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who has just signed in.

    Attributes:
        person: who.
        secret: what their browser keeps; kept nowhere else.
        csrf: what their forms carry.
    """

    person: Person
    secret: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Current:
    """Whoever a request comes from.

    Attributes:
        person: who.
        csrf: what their forms carry.
        key: hash of their session's secret.
    """

    person: Person
    csrf: str
    key: str


def key_of(secret: str) -> str:
    """Return the SHA-256 of a secret, as which it is kept; 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def join(desk: Desk, secret: str, password: str, purpose: Purpose) -> Person:
    """Set a password by a link from a letter, once; every session of the person ends, and after a reset every key.

    Raises:
        UsageError: if the password may not be one.
        NotAllowed: if the link does not hold, any more or at all.
    """
    key = key_of(secret)
    with desk.writing() as change:
        id = change.take_token(key, purpose)
        person = change.person(id) if id else None
        if person is None or not person.active:
            raise NotAllowed("This link does not hold any more. Ask for a new one.")
        kept = passwords.hashed(passwords.checked(password, person.name, person.email))
        change.set_password(person.id, kept)
        change.end_sessions(person.id)
        if purpose is Purpose.RESET:  # whoever had the account in their hands may have made keys that act
            change.programs.end_all(person.id)
        change.forget_tries(tries_key("at", person.email))
        change.log(person.id, "person.password", person.id, f"by a link of {purpose.value}")
    return person


def sign_in(desk: Desk, email: str, password: str, place: str) -> SignedIn:
    """Sign somebody in with a new secret, whatever session their browser had before.

    `place` is where the request comes from, an IP address; only its hash is kept, for as long as tries count.

    Raises:
        NotAllowed: if address and password do not belong together, or the account is closed; says no more.
        TooMany: if there were too many failed tries; also where the password would have been right.
    """
    plain = " ".join(email.split()).lower()
    keys = {tries_key("at", plain): TRIES, tries_key("from", place): TRIES_FROM}
    with desk.reading() as view:
        not_too_many(view, keys, view.now)
        person = view.person_at(plain)
        kept = view.password_of(person.id) if person else ""
    # Outside any transaction: a hash takes its time, and nobody else should wait for it.
    right = passwords.matches(password, kept)
    if person is None or not right or not may(person, Act.SIGN_IN):
        with desk.writing() as change:
            for key in keys:
                change.tried(key)
            if person is not None:
                change.log(person.id, "person.refused", person.id, "wrong password" if not right else "account closed")
        raise NotAllowed("E-mail address and password do not belong together.")
    secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    with desk.writing() as change:
        change.forget_tries(tries_key("at", plain))
        change.sweep(change.now - LONGEST_S, change.now - WINDOW_S)
        change.open_session(key_of(secret), Session(person.id, csrf, change.now, change.now))
        change.log(person.id, "person.signed in", person.id)
    return SignedIn(person, secret, csrf)


def current(desk: Desk, secret: str) -> Current | None:
    """Return whoever a session's secret belongs to; None where it is over, unknown, or the account is closed."""
    if not secret or len(secret) > 200:
        return None
    key = key_of(secret)
    with desk.reading() as view:
        now, session = view.now, view.session(key)
        if session is None or now - session.seen > IDLE_S or now - session.begun > LONGEST_S:
            return None
        try:
            person = view.person(session.person)
        except NotHeld:
            return None
    if not may(person, Act.SIGN_IN):
        return None
    if now - session.seen > SEEN_EVERY_S:
        with desk.writing() as change:
            change.see_session(key)
    return Current(person, session.csrf, key)


def sign_out(desk: Desk, current: Current) -> None:
    """End a session."""
    with desk.writing() as change:
        change.end_session(current.key)
        change.log(current.person.id, "person.signed out", current.person.id)


def ask_reset(desk: Desk, mailer: Mailer, email: str, place: str, base: str) -> None:
    """Send a link to choose a new password, if there is such an account; nobody learns whether there is.

    Raises:
        TooMany: if links were asked for too often.
        MailError: if the letter could not be sent.
    """
    plain = " ".join(email.split()).lower()
    keys = {tries_key("reset at", plain): 3, tries_key("reset from", place): TRIES_FROM}
    secret = secrets.token_urlsafe(32)
    with desk.writing() as change:
        not_too_many(change, keys, change.now)
        for key in keys:
            change.tried(key)
        person = change.person_at(plain)
        if person is None or not person.active:
            return
        purpose = Purpose.RESET
        change.put_token(key_of(secret), person.id, purpose, change.now + LINK_S[purpose])
        change.log(person.id, "person.reset asked", person.id)
    mailer.send(_reset(person, f"{base.rstrip('/')}/account/reset/{secret}"))


def confirm(desk: Desk, who: Person, password: str, otherwise: str = "The password is not right.") -> None:
    """Have whoever is signed in say their password again; wrong ones count as those at signing in do.

    Raises:
        NotAllowed: if it is not right; says `otherwise`.
        TooMany: if there were too many wrong ones; also where this one would have been right.
    """
    key = tries_key("at", who.email)
    with desk.reading() as view:
        not_too_many(view, {key: TRIES}, view.now)
        kept = view.password_of(who.id)
    if not passwords.matches(password, kept):
        with desk.writing() as change:
            change.tried(key)
            change.log(who.id, "person.refused", who.id, "wrong password, signed in")
        raise NotAllowed(otherwise)


def change_password(desk: Desk, current: Current, old: str, new: str) -> None:
    """Set another password; all other sessions of the person end.

    Raises:
        NotAllowed: if the old one is not right.
        TooMany: if there were too many wrong ones.
        UsageError: if the new one may not be one.
    """
    confirm(desk, current.person, old, "The old password is not right.")
    made = passwords.hashed(passwords.checked(new, current.person.name, current.person.email))
    with desk.writing() as change:
        change.set_password(current.person.id, made)
        change.end_sessions(current.person.id, but=current.key)
        change.log(current.person.id, "person.password", current.person.id, "by the person")


def tries_key(what: str, of: str) -> str:
    """Return the key under which tries are counted: a hash, for addresses and places are nobody's business."""
    return hashlib.sha256(f"{what} {of}".encode()).hexdigest()


def not_too_many(view: DeskView, keys: Mapping[str, int], now: float) -> None:
    """Look whether another try may be made; `keys` gives how many are taken in `WINDOW_S` for each key.

    Raises:
        TooMany: if there were as many for one of them.
    """
    for key, most in keys.items():
        made = view.tries(key, now - WINDOW_S)
        if len(made) >= most:
            wait = max(1, ceil(made[-most] + WINDOW_S - now))
            raise TooMany(f"Too many tries. The next may be made in {-(-wait // 60)} minutes.", wait)


def _reset(person: Person, link: str) -> Letter:
    body = (
        f"Hello {person.name},\n\n"
        "somebody asked for a new password for your account. Choose one here, within one hour:\n\n"
        f"{link}\n\n"
        "If it was not you, do nothing: your password stays as it is.\n"
    )
    return Letter(person.email, "A new password for Curbside", body)
