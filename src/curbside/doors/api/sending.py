"""How requests are accepted and answers sent: media types, JSON, entity tags."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.api.problems import Refused
from curbside.doors.http.tags import has_tag

JSON = "application/json"
NEVER_KEPT = "no-store"
"""`Cache-Control` of everything that a question or the moment is part of."""

ASKED_AGAIN = "private, no-cache"
"""`Cache-Control` of what a client may keep, but shows only after asking whether it still holds."""


def accepting(*forms: str) -> Callable[[Request], Awaitable[str]]:
    """Return a dependency that gives the best of `forms` by the header `Accept` (RFC 9110, 12.5.1), or refuses.

    Without the header, or with all of equal weight, it is the first.
    """

    async def choose(request: Request) -> str:
        header = ",".join(request.headers.getlist("accept")) or "*/*"
        ranges = list(_ranges(header))
        weights = {form: _weight(form, ranges) for form in forms}
        best = max(forms, key=lambda form: weights[form])
        if not weights[best]:
            raise Refused("not-acceptable", f"This address answers in {', '.join(forms)}.")
        return best

    return choose


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for part in header[:2_000].split(","):
        name, *parameters = [piece.strip().lower() for piece in part.split(";")]
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    weight = float(parameter[2:])
                except ValueError:
                    weight = 0.0
        yield name, weight if 0.0 <= weight <= 1.0 else 0.0


def _weight(form: str, ranges: list[tuple[str, float]]) -> float:
    """Return the weight that the most specific range gives to a form, 0 where none has it."""
    for wanted in (form, f"{form.split('/', maxsplit=1)[0]}/*", "*/*"):
        weights = [weight for name, weight in ranges if name == wanted]
        if weights:
            return max(weights)
    return 0.0


def sending(form: str) -> Callable[[Request], Awaitable[None]]:
    """Return a dependency that refuses a body in another form than `form`."""

    async def check(request: Request) -> None:
        given = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if given != form:
            raise Refused("unsupported-media-type", f"Send the body as {form}.")

    return check


def encoded(value: Mapping[str, Any]) -> bytes:
    """Return JSON in UTF-8; what is no text in it, of which a file name may have some, becomes question marks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def sent(value: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a response of JSON that nobody keeps."""
    return Response(encoded(value), status, {"Cache-Control": NEVER_KEPT, **(headers or {})}, JSON)


def tagged(request: Request, name: str, value: Mapping[str, Any]) -> Response:
    """Return a response with an entity tag, or 304 where the client has it already.

    The tag is the document's id, which is the hash of its text, and a hash of what is sent of it: a retraction changes
    what is known of a document and not its text.
    """
    body = encoded(value)
    tag = f'"{name}-{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"Cache-Control": ASKED_AGAIN, "ETag": tag}
    if has_tag(request, tag):
        return Response(None, 304, headers)
    return Response(body, 200, headers, JSON)
