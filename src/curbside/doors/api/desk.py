"""What every operation works with, made once for an application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request

from curbside.doors.http.accounts import Accounts
from curbside.doors.http.pool import LibraryPool
from curbside.store.asked import AskedStore
from curbside.store.inbox import Inbox


@dataclass(frozen=True, slots=True)
class Desk:
    """What operations are carried out with.

    Attributes:
        pool: opened libraries.
        asked: kept questions.
        inbox: uploads.
        accounts: people, or None for a server without.
    """

    pool: LibraryPool
    asked: AskedStore
    inbox: Inbox
    accounts: Accounts | None = None


async def desk_of(request: Request) -> Desk:
    """Return the desk of the application that a request came to."""
    return cast(Desk, request.app.state.desk)


TheDesk = Annotated[Desk, Depends(desk_of)]
"""A parameter of an operation that is the desk."""
