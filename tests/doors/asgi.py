"""One request to an ASGI application, taken apart: the pieces of its body, and when they come, are the test's to say."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_T = TypeVar("_T")


class _Jumping(selectors.DefaultSelector):
    """Waits for nobody: where nothing is ready it lets the clock of its loop jump by as long as it should wait."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready; wait only where nobody has set a time."""
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        ready = super().select(0)
        if not ready:
            self.now += timeout
        return ready


class _Loop(asyncio.SelectorEventLoop):
    """A loop whose clock stands still while something is done, however busy the machine is."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds that were waited for."""
        return self._jumping.now


def at_once(what: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine to its end without waiting: time passes only while nothing is to be done, and then in jumps."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(what)


@dataclass
class Answered:
    """What came back: status, headers in lower case, body."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def scope_of(
    method: str = "GET", path: str = "/", headers: Iterable[tuple[str, str]] = (), scheme: str = "http"
) -> Scope:
    """The scope of a request; its `Host` is loopback unless `headers` has one."""
    given = list(headers)
    if not any(name.lower() == "host" for name, _ in given):
        given.insert(0, ("host", "127.0.0.1:8000"))
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in given],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8000),
    }


def sent(app: ASGIApp, scope: Scope, pieces: Sequence[bytes] = (b"",), pause: float = 0.0) -> Answered:
    """Send a request, its pieces `pause` seconds apart by the clock of `at_once`, and return what is answered."""
    return at_once(sending(app, scope, pieces, pause))


async def sending(app: ASGIApp, scope: Scope, pieces: Sequence[bytes] = (b"",), pause: float = 0.0) -> Answered:
    """Do the same inside a loop that runs."""
    answered = Answered()
    coming = _pieces(pieces, pause)

    async def receive() -> Message:
        async for message in coming:
            return message
        await asyncio.Event().wait()
        raise AssertionError

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            assert answered.status == 0, "a response begins once"
            answered.status = message["status"]
            answered.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
        else:
            answered.body += message.get("body", b"")

    await app(scope, receive, take)
    return answered


async def _pieces(pieces: Sequence[bytes], pause: float) -> AsyncIterator[Message]:
    for number, piece in enumerate(pieces, 1):
        await asyncio.sleep(pause)
        yield {"type": "http.request", "body": piece, "more_body": number < len(pieces)}


async def counting(scope: Scope, receive: Receive, reply: Send) -> None:
    """An application that answers with the length of what it got."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await reply({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await reply({"type": "http.response.body", "body": str(size).encode()})
