"""What goes wrong, as `application/problem+json` (RFC 9457), each kind with a code that programs can rely on."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from curbside.errors import (
    CurbsideError,
    IndexBroken,
    LibraryBusy,
    LibraryError,
    LibraryFull,
    NotAllowed,
    NotHeld,
    QuerySyntaxError,
    TooLarge,
    TooMany,
    UnknownValue,
    UsageError,
)

MEDIA_TYPE = "application/problem+json"
RETRY_S = 2
"""Seconds after which a request that met a busy library may be sent again."""

_LOG = logging.getLogger("curbside.api")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem.

    Attributes:
        status: HTTP status.
        words: what it means.
        detail: an example of what it says.
        more: an example of its further fields.
    """

    status: int
    words: str
    detail: str
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "malformed": Kind(400, "The body is not JSON, or no multipart form.", "The body is not JSON."),
        "query-syntax": Kind(
            400,
            "An advanced query cannot be parsed; `position` is the code point at which it fails.",
            "This parenthesis is never closed.",
            {"query": "drug:sirolimus AND (child", "position": 19},
        ),
        "no-key": Kind(
            401,
            "The operation wants a key of a program, or the one that was sent does not hold.",
            "Send a key of a program, as “Authorization: Bearer …”.",
        ),
        "not-allowed": Kind(
            403, "The key, or the person for whom its program acts, may not do that.", "The key sync may only read."
        ),
        "cross-site": Kind(
            403, "A page of another site sent the request.", "The request came from a page of another site."
        ),
        "not-found": Kind(404, "There is nothing at this address.", "There is nothing at this address."),
        "not-held": Kind(
            404, "The library shows nothing under this id.", "The library holds nothing under 'd0123456789abcdef0123'."
        ),
        "method-not-allowed": Kind(
            405, "The address does not take this method; the header `Allow` says which it takes.", "Use POST here."
        ),
        "not-acceptable": Kind(
            406,
            "The header `Accept` asks for a form in which there is no answer.",
            "This address answers in application/json.",
        ),
        "not-kept": Kind(409, "Questions are not kept here.", "Questions are not kept here; use POST /ask."),
        "too-slow": Kind(408, "The body came too slowly, or not at all.", "Nothing more came for a while."),
        "too-large": Kind(413, "The body is larger than is taken here.", "The body has more than 65,536 bytes."),
        "unsupported-media-type": Kind(
            415, "The body is sent in a form that is not taken here.", "Send the body as application/json."
        ),
        "unknown-host": Kind(
            421, "The server does not answer under this name.", "This server does not answer under that name."
        ),
        "invalid": Kind(
            422,
            "Something in the request is not as described; `errors` says what and where.",
            "The request is not as described. /question: Field required.",
            {"errors": [{"place": "/question", "detail": "Field required"}]},
        ),
        "unknown-value": Kind(
            422,
            "A filter names something that does not exist.",
            'filters.drugs: the vocabulary does not know "xyz". Ask without it, in words.',
            {"errors": [{"place": "/filters/drugs", "detail": 'The vocabulary does not know "xyz".'}]},
        ),
        "too-many": Kind(
            429,
            "Too many requests or tries; try again after `Retry-After` seconds.",
            "Too many tries. The next may be made in 5 minutes.",
        ),
        "internal": Kind(500, "Something went wrong inside.", "Something went wrong inside; the server's log has it."),
        "busy": Kind(
            503,
            "Another process is writing, or the server is overloaded; try again after `Retry-After` seconds.",
            "Another process is writing to the library.",
        ),
        "unavailable": Kind(503, "The library cannot be read.", "There is no library yet."),
        "full": Kind(507, "The disk took no more; nothing of this request was kept.", "The disk took no more."),
    }
)
"""Code -> what it means; `docs/reference/api.md` lists the same."""

_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""Phrases of RFC 9110 for which older versions of Python have older ones."""

ALWAYS = ("not-acceptable", "unknown-host", "internal", "busy", "unavailable")
"""Codes that every operation on the library may answer with."""

WITH_BODY = ("malformed", "cross-site", "too-slow", "too-large", "unsupported-media-type", "invalid")
"""Codes that every operation with a body may answer with besides."""

_BY_STATUS = {400: "malformed", 404: "not-found", 405: "method-not-allowed", 406: "not-acceptable", 413: "too-large"}


class Refused(HTTPException):
    """A request that is answered with a problem.

    It is an `HTTPException` so that the framework lets it through wherever it is raised.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(KINDS[code].status, detail, dict(headers or {}))
        self.code = code
        self.more = more


def details(code: str, detail: str, **more: Any) -> dict[str, Any]:
    """Return a problem as a plain object; `more` are fields beyond those of every problem."""
    status = KINDS[code].status
    return {
        "type": "about:blank",
        "title": _TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }


def told(refused: Refused) -> Response:
    """Return the response for a problem; all of it is ASCII, so that no string of the request can break it."""
    body = json.dumps(details(refused.code, refused.detail, **refused.more)).encode()
    headers = {**(refused.headers or {}), "Cache-Control": "no-store"}
    return Response(body, refused.status_code, headers, MEDIA_TYPE)


def refused(error: CurbsideError) -> Refused:
    """Return what an error of Curbside is to a client."""
    match error:
        case QuerySyntaxError():
            return Refused("query-syntax", str(error.args[0]), query=error.query, position=error.position)
        case UnknownValue():
            name = {"designs": "evidence"}.get(error.field, error.field)
            place = [{"place": f"/filters/{name}", "detail": f"{str(error)[:1].upper()}{str(error)[1:]}"}]
            return Refused("unknown-value", f"filters.{name}: {error}", errors=place)
        case TooLarge():
            return Refused("too-large", str(error))
        case UsageError():
            return Refused("invalid", str(error), errors=[])
        case NotHeld():
            return Refused("not-held", str(error))
        case NotAllowed():
            return Refused("not-allowed", str(error))
        case TooMany():
            return Refused("too-many", str(error), {"Retry-After": str(error.seconds)})
        case LibraryBusy():
            return Refused("busy", str(error), {"Retry-After": str(RETRY_S)})
        case LibraryFull():
            return Refused("full", str(error))
        case LibraryError() | IndexBroken():
            _LOG.error("%s: %s", type(error).__name__, error)
            return Refused("unavailable", _UNAVAILABLE[type(error) is IndexBroken], {"Retry-After": "60"})
        case _:
            noted(error)
            return Refused("internal", KINDS["internal"].detail)


_UNAVAILABLE = (
    "The library cannot be read; the server's log says why.",
    "The index cannot be read; it wants `curbside rebuild`.",
)
"""What is said of a library and of an index that cannot serve: their folders are nobody's business."""


def _invalid(errors: Iterable[Mapping[str, Any]]) -> Refused:
    faults = list(errors)
    if any(fault["type"] == "json_invalid" for fault in faults):
        return Refused("malformed", "The body is not JSON.")
    listed = [{"place": _place(fault["loc"]), "detail": str(fault["msg"])} for fault in faults[:20]]
    first = f"{listed[0]['place']}: {listed[0]['detail']}." if listed else ""
    return Refused("invalid", f"The request is not as described. {first}".rstrip(), errors=listed)


def _place(where: Iterable[str | int]) -> str:
    """Return where a fault lies: a JSON Pointer (RFC 6901) into the body, or the name of a parameter."""
    source, *steps = where
    if source == "body":
        return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
    return ".".join(str(step) for step in steps)


async def _on_refused(request: Request, error: Exception) -> Response:
    return told(cast(Refused, error))


async def _on_ours(request: Request, error: Exception) -> Response:
    return told(refused(cast(CurbsideError, error)))


async def _on_invalid(request: Request, error: Exception) -> Response:
    return told(_invalid(cast(RequestValidationError, error).errors()))


async def _on_http(request: Request, error: Exception) -> Response:
    http = cast(HTTPException, error)
    code = _BY_STATUS.get(http.status_code, "internal")
    allowed = (http.headers or {}).get("Allow", "") if http.headers else ""
    detail = f"This address takes {allowed}." if code == "method-not-allowed" and allowed else KINDS[code].detail
    return told(Refused(code, detail, http.headers))


def handled(app: FastAPI) -> None:
    """Have an application answer everything that goes wrong with a problem."""
    app.add_exception_handler(Refused, _on_refused)
    app.add_exception_handler(CurbsideError, _on_ours)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_middleware(Unfailing)


class Unfailing:
    """Answers what nobody foresaw with a problem that tells nothing, and logs where it happened."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and watch over it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the rim: everything else would reach the log with its message
            noted(error)
            if started:
                raise ConnectionAbortedError("The response broke off.") from None
            await told(Refused("internal", KINDS["internal"].detail))(scope, receive, send)


def noted(error: BaseException) -> None:
    """Log where an error nobody foresaw happened, without its message and values: they may hold a question."""
    places = " < ".join(
        f"{each.filename}:{each.lineno}" for each in reversed(traceback.extract_tb(error.__traceback__))
    )
    _LOG.error("unforeseen %s at %s", type(error).__name__, places)
