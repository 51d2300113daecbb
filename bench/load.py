"""A light client for HTTP: connections that stay open, one question after the other on each, times of every answer."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass
class Taken:
    """What requests took, in milliseconds.

    Attributes:
        first: until the first byte of the response.
        whole: until its last.
        sizes: bytes of the bodies.
        wrong: statuses that were not 200.
    """

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Reply:
    """A response: status, value of Location, body."""

    status: int
    location: str
    body: bytes
    first: float


class Connection:
    """One connection to a server, opened anew where the server closes it."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, head: str, body: bytes = b"") -> Reply:
        """Send a request ("POST /ask" and further header lines) and read its response."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        begun = time.perf_counter()
        line, *more = head.split("\r\n")
        fixed = f"{line} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nContent-Length: {len(body)}\r\n"
        writer.write((fixed + "".join(f"{each}\r\n" for each in more) + "\r\n").encode() + body)
        received = await reader.readuntil(b"\r\n\r\n")
        first = time.perf_counter() - begun
        lines = received.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines[1:])}
        content = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return Reply(int(lines[0].split()[1]), headers.get("location", ""), content, first)

    async def close(self) -> None:
        """Close it."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


Asking = Callable[[Connection, str], "asyncio.Future[Reply]"]


async def load(
    host: str, port: int, clients: int, questions: Sequence[str], ask: Callable[..., object]
) -> tuple[Taken, float, float]:
    """Have `clients` ask `questions`, each asked once; return times, seconds passed, and this process's own share."""
    taken = Taken()
    coming = iter(questions)

    async def client() -> None:
        connection = Connection(host, port)
        for question in coming:
            begun = time.perf_counter()
            reply: Reply = await ask(connection, question)  # type: ignore[misc]
            taken.whole.append((time.perf_counter() - begun) * 1000)
            taken.first.append(reply.first * 1000)
            taken.sizes.append(len(reply.body))
            if reply.status != 200:
                taken.wrong.append(reply.status)
        await connection.close()

    cpu, begun = time.process_time(), time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    passed = time.perf_counter() - begun
    return taken, passed, (time.process_time() - cpu) / passed


def quantiles(values: Sequence[float]) -> dict[str, float]:
    """Return p50, p95, p99 and the most."""
    cuts = statistics.quantiles(values, n=100)
    named = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "most": max(values)}
    return {name: round(value, 1) for name, value in named.items()}
