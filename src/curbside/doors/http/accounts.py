"""Accounts of a server: the desk that keeps them, and how letters go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from curbside.mail.base import Mailer
from curbside.store.base_desk import Desk


@dataclass(frozen=True, slots=True)
class Accounts:
    """What pages and operations of people work with.

    Attributes:
        desk: gives the desk, opened once; raises LibraryError where its database cannot be reached.
        mailer: sends letters.
        address: of the site, for links in letters.
    """

    desk: Callable[[], Desk]
    mailer: Mailer
    address: str
