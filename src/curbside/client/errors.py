"""What a call may raise, as a tree.

ClientError
├── Unreachable         there is no answer: no server, no network, too long
├── Unexpected          there is an answer, and it is none of Curbside's
└── ApiError            the server says what was wrong
    ├── NotUnderstood       the request is not as described (400, 422)
    │   └── QueryFault          an advanced query, with the place of the fault
    ├── NotFound            nothing is held under that id (404)
    ├── TooMuch             more was sent than is taken (408, 413)
    ├── Busy                try again later (429, 503)
    ├── ServerFault         something went wrong at the server (500, 507)
    └── Refused             everything else: the form, the host, the site, the key (401, 403, 405, 406, 409, 415, 421)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from curbside.errors import CurbsideError


class ClientError(CurbsideError):
    """Root of all errors of the client."""


class Unreachable(ClientError):
    """No answer came."""


class Unexpected(ClientError):
    """What came is no answer of Curbside's API."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a request.

    Attributes:
        place: JSON Pointer into the body, or the name of a parameter.
        detail: what is wrong with it.
    """

    place: str
    detail: str


class ApiError(ClientError):
    """The server answered with a problem.

    Attributes:
        status: HTTP status.
        code: kind of problem, as `docs/reference/api.md` lists them.
        faults: what was wrong where, if the server says so.
    """

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        """Take over what the server says."""
        super().__init__(str(problem.get("detail", "")) or f"The server answers with status {status}.")
        self.status = status
        self.code = str(problem.get("code", ""))
        self.faults = tuple(
            Fault(str(each.get("place", "")), str(each.get("detail", ""))) for each in problem.get("errors") or ()
        )


class NotUnderstood(ApiError):
    """The request is not as described."""


class QueryFault(NotUnderstood):
    """An advanced query cannot be parsed; `position` is the code point of `query` at which it fails."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        """Take over what the server says."""
        super().__init__(status, problem)
        self.query = str(problem.get("query", ""))
        self.position = int(problem.get("position") or 0)


class NotFound(ApiError):
    """Nothing is held under that id."""


class TooMuch(ApiError):
    """More was sent than is taken, or it came too slowly."""


class Busy(ApiError):
    """The server cannot answer at the moment; `after` seconds later it may."""

    def __init__(self, status: int, problem: Mapping[str, Any], after: float = 0.0) -> None:
        """Take over what the server says."""
        super().__init__(status, problem)
        self.after = after


class ServerFault(ApiError):
    """Something went wrong at the server."""


class Refused(ApiError):
    """The server does not take such a request."""


_BY_STATUS: Mapping[int, type[ApiError]] = {
    400: NotUnderstood,
    404: NotFound,
    408: TooMuch,
    413: TooMuch,
    422: NotUnderstood,
}


def error_of(status: int, problem: Mapping[str, Any], after: float = 0.0) -> ApiError:
    """Return the error that a problem stands for."""
    if status in (429, 503):
        return Busy(status, problem, after)
    if problem.get("code") == "query-syntax":
        return QueryFault(status, problem)
    return _BY_STATUS.get(status, ServerFault if status >= 500 else Refused)(status, problem)
