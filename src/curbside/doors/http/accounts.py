"""Accounts of a server: the desk that keeps them, and how letters go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from curbside.mail.base import Mailer
from curbside.store.base_desk import Desk
from curbside.store.inbox import Inbox


@dataclass(frozen=True, slots=True)
class Accounts:
    """What pages and operations of people work with.

    Attributes:
        desk: gives the desk, opened once; raises LibraryError where its database cannot be reached.
        mailer: sends letters.
        address: of the site, for links in letters.
        inbox: where what the journal publishes is laid for the library, or None for a server that adds nothing.
        posts: whether letters go by a mail server; those with news are not written where they would only be printed.
    """

    desk: Callable[[], Desk]
    mailer: Mailer
    address: str
    inbox: Inbox | None = None
    posts: bool = True
