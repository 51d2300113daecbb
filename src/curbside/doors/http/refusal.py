"""A request that gets no further than the rim: a short page for people, problem+json for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from http import HTTPStatus

from starlette.types import Scope, Send

API = "/api/"

CODES: dict[int, str] = {
    400: "malformed",
    403: "cross-site",
    408: "too-slow",
    413: "too-large",
    415: "unsupported-media-type",
    421: "unknown-host",
    431: "too-large",
    503: "busy",
    507: "full",
}
"""Status -> the code that the API's problems carry."""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} - Curbside</title></head>
<body><main><h1>{title}</h1><p>{detail}</p><p><a href="/">Ask a question</a></p></main></body></html>
"""


async def refuse(
    scope: Scope, send: Send, status: int, detail: str, headers: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    """Send a refusal; `detail` says in a sentence what was wrong and what to do."""
    title = HTTPStatus(status).phrase
    if str(scope.get("path", "")).startswith(API):
        kind = b"application/problem+json"
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": CODES[status]}
        body = json.dumps(problem, ensure_ascii=False).encode()
    else:
        kind = b"text/html; charset=utf-8"
        body = _PAGE.format(title=escape(title), detail=escape(detail)).encode()
    if scope.get("method") == "HEAD":
        body = b""
    head = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
