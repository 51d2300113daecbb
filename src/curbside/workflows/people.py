"""People: inviting, roles, profiles, being forgotten; each change is one transaction with its audit entry."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace

from curbside.desk.naming import address, line, lines
from curbside.desk.rights import Act, may
from curbside.errors import NotAllowed, NotHeld, UsageError
from curbside.mail.base import Mailer
from curbside.records import OPERATOR, Letter, Person, Purpose, Role
from curbside.store.base_desk import Desk, DeskChange
from curbside.workflows.signing import LINK_S, key_of

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_PROFILE = ("name", "department", "about", "conflicts")


def invite(
    desk: Desk, mailer: Mailer | None, who: Person | None, email: str, name: str, roles: Iterable[Role], base: str
) -> tuple[Person, str]:
    """Make an account and send a link to choose a password; return the person and the link.

    Args:
        desk: where accounts are kept.
        mailer: sends the link; None where whoever runs the command hands it on.
        who: who invites; None for the operator of the command line.
        email, name: of the new person.
        roles: what they are to be; a reader at least.
        base: address of the site, for the link.

    Raises:
        NotAllowed: if `who` may not manage people.
        UsageError: if the address is none or is taken.
        MailError: if the letter could not be sent; the account then exists, and the link can be sent again.
    """
    _must(who, Act.MANAGE_PEOPLE)
    secret = secrets.token_urlsafe(32)
    held = tuple(role for role in Role if role in {Role.READER, *roles})
    called = line(name, "name")
    if not called:
        raise UsageError("Give the person's name: it stands beside what they sign.")
    with desk.writing() as change:
        id = "p" + "".join(secrets.choice(_ALPHABET) for _ in range(16))
        person = Person(id, called, address(email), held, joined=change.at)
        if change.person_at(person.email) is not None:
            raise UsageError("An account has this e-mail address already.")
        change.put(person)
        change.put_token(key_of(secret), id, Purpose.INVITE, change.now + LINK_S[Purpose.INVITE])
        change.log(_id(who), "person.invited", id, ", ".join(held))
    link = f"{base.rstrip('/')}/account/join/{secret}"
    if mailer is not None:
        mailer.send(_invitation(person, link))
    return person, link


def resend(desk: Desk, mailer: Mailer | None, who: Person | None, id: str, base: str) -> str:
    """Send a new link to choose a password; earlier ones are void; return the link.

    Raises:
        NotAllowed: if `who` may not manage people.
        NotHeld: if there is no such person.
        MailError: if the letter could not be sent.
    """
    _must(who, Act.MANAGE_PEOPLE)
    secret = secrets.token_urlsafe(32)
    with desk.writing() as change:
        person = change.person(id)
        if person.erased:
            raise NotHeld("There is no such account.")
        change.put_token(key_of(secret), id, Purpose.INVITE, change.now + LINK_S[Purpose.INVITE])
        change.log(_id(who), "person.invited again", id)
    link = f"{base.rstrip('/')}/account/join/{secret}"
    if mailer is not None:
        mailer.send(_invitation(person, link))
    return link


def set_profile(desk: Desk, who: Person, name: str, department: str, about: str, conflicts: str) -> Person:
    """Change what a person says of themselves.

    Raises:
        UsageError: if a field is too long, or the name empty.
    """
    called = line(name, "name")
    if not called:
        raise UsageError("The name cannot be empty: it stands beside what you sign.")
    with desk.writing() as change:
        before = change.person(who.id)
        after = replace(
            before,
            name=called,
            department=line(department, "department"),
            about=lines(about, "about"),
            conflicts=lines(conflicts, "conflicts"),
        )
        change.put(after)
        fields = [
            each
            for each in ("name", "department", "about", "conflicts")
            if getattr(before, each) != getattr(after, each)
        ]
        change.log(who.id, "person.profile", who.id, ", ".join(fields))
    return after


def set_roles(
    desk: Desk, who: Person | None, id: str, roles: Iterable[Role], *, active: bool = True, board: bool = False
) -> Person:
    """Change what somebody may do; who may not sign in any more is signed out at once.

    Raises:
        NotAllowed: if `who` may not manage people, or would take the last admin away.
        NotHeld: if there is no such person.
    """
    _must(who, Act.MANAGE_PEOPLE)
    wanted = {Role.READER, *roles}
    held = tuple(role for role in Role if role in wanted)
    with desk.writing() as change:
        before = change.person(id)
        if before.erased:
            raise NotHeld("There is no such account.")
        after = replace(before, roles=held, active=active, board=board)
        if before.has(Role.ADMIN) and not after.has(Role.ADMIN):
            _another_admin(change, id)
        change.put(after)
        if not active:
            change.end_sessions(id)
            change.programs.end_all(id)
        words = [", ".join(held), "active" if active else "closed", *(["board"] if board else [])]
        change.log(_id(who), "person.roles", id, "; ".join(words))
    return after


def erase(desk: Desk, who: Person | None, id: str) -> None:
    """Forget who somebody was; what they signed stays, without their name.

    Raises:
        NotAllowed: if `who` is neither the person nor may manage people, or they are the last admin.
        NotHeld: if there is no such person.
    """
    if who is None or who.id != id:
        _must(who, Act.MANAGE_PEOPLE)
    with desk.writing() as change:
        person = change.person(id)
        if person.erased:
            raise NotHeld("There is no such account.")
        if person.has(Role.ADMIN):
            _another_admin(change, id)
        change.erase(id)
        change.log(_id(who), "person.erased", id)


def _must(who: Person | None, act: Act) -> None:
    """Let whoever has the right pass; None is the operator of the command line, who can read the database anyway."""
    if who is not None and not may(who, act):
        raise NotAllowed(f"Your account may not do that: {act.value}.")


def _id(who: Person | None) -> str:
    return who.id if who is not None else OPERATOR


def _another_admin(change: DeskChange, id: str) -> None:
    if not any(each.id != id and each.has(Role.ADMIN) for each in change.people()):
        raise NotAllowed("This is the last admin. Make another one first.")


def _invitation(person: Person, link: str) -> Letter:
    body = (
        f"Hello {person.name},\n\n"
        "an account was made for you on this Curbside. Choose a password here, within seven days:\n\n"
        f"{link}\n\n"
        "If you did not expect this, do nothing: the account stays without a password, and nobody can use it.\n"
    )
    return Letter(person.email, "Your Curbside account", body)
