"""Which methods an address takes, all of its operations together: HEAD where there is GET, OPTIONS everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.responses import Response
from starlette.routing import BaseRoute, Route, compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from curbside.doors.api.problems import Refused, told

_ORDER = ("GET", "HEAD", "POST", "DELETE", "OPTIONS")


class Methods:
    """Answers OPTIONS, answers HEAD as GET without its body, and refuses a method that no operation here takes."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        """Look after the addresses of `routes`; each of them names its methods."""
        self._app = app
        found: dict[str, set[str]] = {}
        for route in routes:
            if isinstance(route, Route):
                found.setdefault(route.path, set()).update(route.methods or ())
        # A line break is a character of an id like any other, and `.` in the framework's own pattern is not.
        self._paths = [(re.compile(compile_path(path)[0].pattern, re.DOTALL), found[path]) for path in found]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what an operation takes."""
        path = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
        allowed = self._allowed(path) if scope["type"] == "http" else set[str]()
        method = str(scope.get("method", ""))
        if not allowed or method in allowed - {"HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        listed = ", ".join(each for each in _ORDER if each in allowed)
        if method == "HEAD" and "HEAD" in allowed:
            await self._app({**scope, "method": "GET"}, receive, _bodiless(send))
        elif method == "OPTIONS":
            await Response(None, 204, {"Allow": listed})(scope, receive, send)
        else:
            refusal = Refused("method-not-allowed", f"This address takes {listed}.", {"Allow": listed})
            await told(refusal)(scope, receive, send)

    def _allowed(self, path: str) -> set[str]:
        methods = {method for pattern, methods in self._paths if pattern.match(path) for method in methods}
        if not methods:
            return methods
        return methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())


def _bodiless(send: Send) -> Send:
    async def sending(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sending
