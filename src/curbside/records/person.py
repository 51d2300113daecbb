"""People: who they are, what they may be, and letters to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NOBODY = ""
"""Id of whoever has not signed in."""

OPERATOR = "operator"
"""Who acts on the command line: whoever can read and write the library's folder."""


class Role(StrEnum):
    """What a person does here; one may have several. `curbside.desk.rights` says what each may."""

    READER = "reader"
    CLINICIAN = "clinician"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Purpose(StrEnum):
    """What a token sent by letter is good for, once."""

    INVITE = "invite"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Person:
    """An account.

    Attributes:
        id: "p" and 16 lower-case letters and digits; random, never used again.
        name: as shown beside what they sign; "" once erased.
        email: where letters go; seen by the person and by who manages accounts, and by nobody else; "" once erased.
        roles: in the order of `Role`.
        department: where a clinician works, in words.
        about: what their profile page says of them, plain text.
        conflicts: standing statement of conflicts of interest.
        board: whether they are shown on the page of the medical advisory board.
        active: whether they may sign in.
        joined: ISO time, UTC.
    """

    id: str
    name: str
    email: str
    roles: tuple[Role, ...] = (Role.READER,)
    department: str = ""
    about: str = ""
    conflicts: str = ""
    board: bool = False
    active: bool = True
    joined: str = ""

    @property
    def erased(self) -> bool:
        """Whether the person asked to be forgotten; what they signed stays, without their name."""
        return not self.email

    @property
    def signs_as(self) -> str:
        """The name to show, also where there is none any more."""
        return self.name or "(erased account)"

    def has(self, *roles: Role) -> bool:
        """Tell whether the person is active and has one of `roles`."""
        return self.active and any(role in self.roles for role in roles)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in.

    Attributes:
        person: their id.
        csrf: what every form of theirs carries.
        begun, seen: seconds since 1970.
    """

    person: str
    csrf: str
    begun: float
    seen: float


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person, plain text.

    Attributes:
        to: address.
        subject: one line.
        body: lines of text; a link stands on a line of its own.
        stop: address that ends letters of this kind, "" for none (RFC 2369; by one click, RFC 8058).
    """

    to: str
    subject: str
    body: str
    stop: str = ""
