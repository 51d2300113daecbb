"""What a request may take: bytes, time, company. Beyond that it gets a clear word and costs nothing more."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from curbside.doors.http.refusal import refuse

_RUN_OUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a request may take.

    Attributes:
        head: bytes of its address and headers.
        body: bytes of its body.
        larger: method, path and bytes where more is taken.
        seconds: until the response begins; the time in which the body arrives does not count.
        silence: seconds between two pieces of a body, or until a piece of the response is read.
        slowest: bytes a second at which a body must arrive on average, once it took longer than `silence`.
        at_once: requests of one process under way.
    """

    head: int = 16 << 10
    body: int = 1 << 20
    larger: tuple[tuple[str, str, int], ...] = ()
    seconds: float = 30.0
    silence: float = 20.0
    slowest: int = 2_000
    at_once: int = 64


class _Refused(BaseException):
    """Ends a request whose body is not taken.

    No `Exception`, as a task's cancellation is none: it passes through whatever the application makes of errors while
    it reads the body, and reaches `Limits`, which alone knows it.
    """

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


class Limits:
    """Holds requests to `Bounds`.

    Bodies that are compressed are refused with 415: a small one could be a large one, and no browser sends any.
    Beyond the bounds: 431 (long head), 413 (too large), 408 (too slow), 503 with `Retry-After` (too
    long under way, or too many).
    """

    def __init__(self, app: ASGIApp, bounds: Bounds | None = None) -> None:
        self._app = app
        self._bounds = bounds or Bounds()
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on within its bounds."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        long = len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"")
        if long + sum(len(name) + len(value) for name, value in headers.raw) > self._bounds.head:
            await refuse(scope, send, 431, "The head of the request is too long.", [(b"connection", b"close")])
            return
        if "content-length" in headers and "transfer-encoding" in headers:
            # Two lengths: a proxy before this server may have believed the other one.
            await refuse(scope, send, 400, "The request has two lengths.", [(b"connection", b"close")])
            return
        if any(each.strip().lower() not in ("", "identity") for each in headers.getlist("content-encoding")):
            await refuse(scope, send, 415, "Compressed requests are not taken. Send it as it is; files may be gzipped.")
            return
        if self._running >= self._bounds.at_once:
            detail = "Too many requests are being answered at the moment. Try again in a few seconds."
            await refuse(scope, send, 503, detail, [(b"retry-after", b"2")])
            return
        self._running += 1
        try:
            await _Bounded(self._app, self._bounds, scope, receive, send).run(headers)
        finally:
            self._running -= 1


class _Bounded:
    """One request under way."""

    def __init__(self, app: ASGIApp, bounds: Bounds, scope: Scope, receive: Receive, send: Send) -> None:
        self._app, self._bounds, self._scope = app, bounds, scope
        self._receive, self._send = receive, send
        method, path = str(scope["method"]), str(scope["path"])
        larger = (most for at, place, most in bounds.larger if (at, place) == (method, path))
        self._most = next(larger, bounds.body)
        self._size = 0
        self._begun = time.monotonic()
        self._whole = self._started = False
        self._timeout: asyncio.Timeout | None = None

    async def run(self, headers: Headers) -> None:
        """Carry the request out, or refuse it."""
        try:
            length = headers.get("content-length", "0")
            if not (length.isascii() and length.isdigit()):
                raise _Refused(400, "The length of the request cannot be understood.")
            self._within(int(length))
            async with asyncio.timeout(self._bounds.seconds) as self._timeout:
                await self._app(self._scope, self._body, self._head)
        except _Refused as refused:
            await self._end(refused.status, refused.detail)
        except TimeoutError:
            if self._timeout is None or not self._timeout.expired():
                raise
            await self._end(503, "This took too long and was given up. Try again, or ask something narrower.")

    async def _end(self, status: int, detail: str) -> None:
        if self._started:
            # The response has begun: all that is left is to break it off, which closes the connection.
            raise ConnectionAbortedError(detail)
        if status == 413:
            await self._run_out()
        headers = [(b"connection", b"close")] if not self._whole else []
        if status == 503:
            headers.append((b"retry-after", b"2"))
        await refuse(self._scope, self._send, status, detail, headers)

    async def _run_out(self) -> None:
        """Let what is still sent run out for a moment; closed on while it sends, a browser never sees the answer."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_RUN_OUT_S):
                while not self._whole:
                    message = await self._receive()
                    self._whole = message["type"] != "http.request" or not message.get("more_body", False)

    def _within(self, size: int) -> None:
        if size > self._most:
            raise _Refused(413, f"More was sent than is taken at once, which is {_shown(self._most)}.")

    async def _body(self) -> Message:
        if self._whole:
            return await self._receive()
        assert self._timeout is not None
        self._timeout.reschedule(None)
        try:
            async with asyncio.timeout(self._bounds.silence):
                message = await self._receive()
        except TimeoutError:
            raise _Refused(408, "Nothing more came for a while. Send it again.") from None
        finally:
            self._timeout.reschedule(asyncio.get_running_loop().time() + self._bounds.seconds)
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
            self._within(self._size)
            took = time.monotonic() - self._begun
            if not self._whole and took > self._bounds.silence and self._size < took * self._bounds.slowest:
                raise _Refused(408, "It came too slowly. Send it again over a better line.")
        return message

    async def _head(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._started = True
            if self._timeout is not None:
                self._timeout.reschedule(None)
        try:
            async with asyncio.timeout(self._bounds.silence):
                await self._send(message)
        except TimeoutError:
            raise ConnectionAbortedError("Nobody reads the response.") from None


def _shown(size: int) -> str:
    return f"{size >> 20} MB" if size >= 1 << 20 else f"{size >> 10} kB"
