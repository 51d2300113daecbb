"""Who sends a request: nobody, or a program that acts for a person by a key. A cookie counts for nothing here."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, Any

from fastapi import Depends
from fastapi.security import HTTPBearer
from starlette.requests import Request

from curbside.doors.api.desk import TheDesk
from curbside.doors.api.problems import KINDS, Refused
from curbside.errors import NotAllowed, TooMany
from curbside.records import Person
from curbside.records.program import KeyScope
from curbside.store.base_desk import Desk
from curbside.workflows.programs import ByProgram, Program, program_of

READS = 600
WINDOW_S = 60.0
"""Requests of one key that one process takes in this time."""

_KEYS = 4_096

_scheme = HTTPBearer(
    scheme_name="key",
    description="A key of a program, made on the page of one's account or by `curbside people key`.",
    auto_error=False,
)


class Pace:
    """Counts the requests of each key; beyond `READS` in `WINDOW_S` one is told to wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guard = Lock()
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def step(self, key: str) -> None:
        """Count a request.

        Raises:
            TooMany: if there were too many.
        """
        with self._guard:
            now = self._clock()
            begun, made = self._seen.pop(key, (now, 0))
            if now - begun >= WINDOW_S:
                begun, made = now, 0
            self._seen[key] = (begun, made + 1)
            if len(self._seen) > _KEYS:
                self._seen.popitem(last=False)
        if made >= READS:
            wait = max(1, round(begun + WINDOW_S - now))
            raise TooMany(f"More than {READS} requests in a minute. The next may be sent in {wait} seconds.", wait)


PACE = Pace()
"""Of this process."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sends a request.

    Attributes:
        desk: of the server; what is changed through it is noted with the program's key.
        program: that sends it, None for nobody who is known.
        site: address of the site.
    """

    desk: Desk
    program: Program | None = None
    site: str = field(default="", kw_only=True)

    @property
    def person(self) -> Person | None:
        """For whom the program acts."""
        return self.program.person if self.program is not None else None


def _caller(request: Request, held: TheDesk) -> Caller:
    if held.accounts is None:
        raise Refused("not-held", "This server has no accounts, and so no articles.")
    desk = held.accounts.desk()
    # A proxy before this server may have asked for a password of its own; that is none of ours.
    given = [each for each in request.headers.getlist("authorization") if not each.lower().startswith("basic ")]
    if not given:
        return Caller(desk, site=held.accounts.address)
    scheme, _, secret = given[0].partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer":
        raise without_key("Send one key, as “Authorization: Bearer …”.")
    try:
        program = program_of(desk, secret.strip(), request.client.host if request.client else "")
    except NotAllowed as error:
        raise without_key(str(error)) from error
    PACE.step(program.key.id)
    return Caller(ByProgram(desk, program), program, site=held.accounts.address)


def without_key(detail: str) -> Refused:
    """Return the refusal of a request whose key does not hold, or that wants one and has none."""
    return Refused("no-key", detail, {"WWW-Authenticate": 'Bearer realm="curbside"'})


async def _known(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
    if caller.program is None:
        raise without_key(KINDS["no-key"].detail)
    return caller


async def _acting(caller: Annotated[Caller, Depends(_known)]) -> Caller:
    if caller.program is not None and caller.program.key.scope is not KeyScope.ACT:
        raise Refused("not-allowed", f"The key {caller.program.key.name} may only read.")
    return caller


KEY = Depends(_scheme)
"""A dependency that tells the OpenAPI of the key; it refuses nothing."""

AnyCaller = Annotated[Caller, Depends(_caller)]
"""A parameter of an operation: whoever sends the request, perhaps nobody."""

KnownCaller = Annotated[Caller, Depends(_known)]
"""A parameter of an operation: a program with a key."""

ActingCaller = Annotated[Caller, Depends(_acting)]
"""A parameter of an operation: a program with a key that lets it act."""

OPTIONAL: dict[str, Any] = {"security": [{}]}
"""What `openapi_extra` says beside `KEY` where a key is not needed."""


def person_of(caller: Caller) -> Person:
    """Return for whom a program that is known acts."""
    assert caller.person is not None
    return caller.person
