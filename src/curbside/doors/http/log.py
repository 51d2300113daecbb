"""A line for each request, for whoever runs the server: never what was asked, never an address that opens it."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECRET = re.compile(r"[A-Za-z0-9_-]{22}|[A-Za-z0-9_-]{43}", re.ASCII)
"""Ids of kept questions and uploads: who knows one sees the question; and secrets of links in letters and of feeds."""


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


class RequestLog:
    """Writes time, method, path without its query and its ids, status and milliseconds."""

    def __init__(self, app: ASGIApp, write: Callable[[str], None] = _to_stderr) -> None:
        self._app = app
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and write its line when it is over."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            took = (time.perf_counter() - begun) * 1000
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._write(f"{now} {scope['method']} {masked(scope['path'])} {status or '-'} {took:.0f} ms")


def masked(path: str) -> str:
    """Return a path as it may be written down: ids as dots, nothing that could look like another line."""
    path = "/".join("…" if _SECRET.fullmatch(part) else part for part in path.split("/"))
    return path[:200].encode("unicode_escape").decode("ascii").replace("\\u2026", "…")
