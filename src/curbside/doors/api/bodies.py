"""How large the body of a request may be."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from curbside.doors.api.problems import Refused, told

LARGEST = 65_536
"""Bytes of a body of JSON."""

LARGER = {"/check": 1 << 20, "/stance": 1 << 20, "/support": 1 << 20}
"""End of an address -> bytes of its body, where a whole text is sent."""


def _is_upload(scope: Scope) -> bool:
    """Tell whether files are sent; the inbox has bounds of its own for those."""
    return scope["method"] == "POST" and str(scope["path"]).endswith("/documents")


class BodyLimit:
    """Refuses a body that is too large, as soon as that is known and before it is read whole."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count its bytes."""
        if scope["type"] != "http" or _is_upload(scope):
            await self._app(scope, receive, send)
            return
        most = next((size for end, size in LARGER.items() if str(scope["path"]).endswith(end)), LARGEST)
        refusal = Refused("too-large", f"The body has more than {most:,} bytes.")
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > most:
            await told(refusal)(scope, receive, send)
            return
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b"")) if message["type"] == "http.request" else 0
            if size > most:
                raise refusal
            return message

        await self._app(scope, counted, send)
