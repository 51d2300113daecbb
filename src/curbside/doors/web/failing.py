"""Pages for what went wrong: what it was, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.web.pages import page
from curbside.errors import (
    CurbsideError,
    DeskError,
    FormMissing,
    IndexBroken,
    LibraryBusy,
    LibraryError,
    LibraryFull,
    MailError,
    NotHeld,
    TooLarge,
    TooMany,
    UsageError,
)

WORDS: Mapping[int, tuple[str, str, str]] = MappingProxyType(
    {
        400: (
            "That cannot be read",
            "What the browser sent is not what this page takes.",
            "Go back, reload the page, and try again.",
        ),
        403: (
            "Not from here",
            "The request came from another site, under a name that this server does not answer to, or without the "
            "right to do this.",
            "Open the page itself, sign in where that is needed, and do it there.",
        ),
        404: (
            "Not in this library",
            "Nothing is held under this address.",
            "Check the address, or search for it.",
        ),
        405: (
            "Not this way",
            "This address does not take that kind of request.",
            "Start from the question box; questions and searches are sent by their forms.",
        ),
        413: ("Too much at once", "More was sent than this page takes.", "Send less, or in several goes."),
        422: ("That is not understood", "A value means nothing where it stands.", "Go back and change it."),
        429: ("Too many tries", "There were too many tries in a short time.", "Wait for some minutes."),
        501: (
            "Not made here",
            "What writes this form is not installed on this server.",
            "Take another form, or tell whoever runs this server.",
        ),
        502: (
            "The letter did not go",
            "The mail server could not be reached, or refused the letter.",
            "Tell whoever runs this server, and try again later.",
        ),
        500: (
            "A fault of Curbside",
            "Something here failed that should not have. Nothing that was kept is lost.",
            "Try again. If it stays, please report it, with what you did and the lines that the server printed.",
        ),
        503: (
            "The library cannot serve just now",
            "It is being written, made anew, or cannot be opened.",
            "Wait a moment, then reload the page. If it stays, run: curbside status",
        ),
        507: (
            "The disk is full",
            "The disk of the library took no more. Nothing of this request was kept; what was stored before stays.",
            "Tell whoever runs this server. Once there is room, do it again.",
        ),
    }
)
"""Status -> heading, what is wrong, what to do."""

_STATUS: tuple[tuple[type[CurbsideError], int], ...] = (
    (NotHeld, 404),
    (TooLarge, 413),
    (UsageError, 422),
    (TooMany, 429),
    (DeskError, 403),
    (FormMissing, 501),
    (MailError, 502),
    (LibraryBusy, 503),
    (LibraryFull, 507),
    (LibraryError, 503),
    (IndexBroken, 503),
)


def refused(request: Request, error: Exception) -> Response:
    """Answer an error that Curbside raises on purpose; its own words say what is wrong."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    return _page(request, status, str(error))


def http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: no such address, not this method, a form it cannot read."""
    assert isinstance(error, HTTPException)
    return _page(request, error.status_code, "", error.headers)


def fault(request: Request, _: Exception) -> Response:
    """Answer a fault of ours; what it was goes to the server's log, never to the page."""
    return _page(request, 500, "")


def _page(request: Request, status: int, what: str, headers: Mapping[str, str] | None = None) -> Response:
    heading, usual, deed = WORDS.get(status) or WORDS[400 if status < 500 else 500]
    context = {"status": status, "heading": heading, "what": what or usual, "deed": deed}
    more = {"Retry-After": "5"} if status == 503 else {}
    return page(request, "fault.html", context, status, {**more, **(headers or {})})
