"""Connections are shared out: whoever has fewer takes the next."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing

from curbside.serving.command import listen
from curbside.serving.sharing import Taker


class _Open(asyncio.Protocol):
    """A connection that says nothing and is counted while it is open."""

    def __init__(self, held: set[asyncio.Protocol]) -> None:
        self._held = held

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._held.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._held.discard(self)


def taker(listening: socket.socket, held: set[asyncio.Protocol]) -> Taker:
    """One that takes connections into a set."""
    return Taker(listening, lambda: _Open(held), lambda: len(held))


async def _until(met: object) -> None:
    for _ in range(24_000):  # two minutes at the least: only what never comes is a fault
        if met():  # type: ignore[operator]
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come to that")


def test_those_that_come_at_once_are_shared_out() -> None:
    """Two that listen at one socket end with about as many each, and none is lost."""

    async def run() -> tuple[int, int]:
        with closing(listen("127.0.0.1", 0)) as listening:
            twin = socket.socket(fileno=socket.dup(listening.fileno()))
            one, other = set[asyncio.Protocol](), set[asyncio.Protocol]()
            takers = [taker(listening, one), taker(twin, other)]
            clients = [socket.create_connection(listening.getsockname(), 5) for _ in range(16)]
            await _until(lambda: len(one) + len(other) == 16)
            shared = len(one), len(other)
            for each in takers:
                each.close()
            for client in (*clients, twin):
                client.close()
            return shared

    shared = asyncio.run(run())
    assert min(shared) >= 5


def test_one_that_is_loaded_takes_what_nobody_else_does() -> None:
    """Later, but it does; closed, it takes nothing."""

    async def run() -> None:
        with closing(listen("127.0.0.1", 0)) as listening:
            held = set[asyncio.Protocol]()
            busy = Taker(listening, lambda: _Open(held), lambda: 1_000)
            client = socket.create_connection(listening.getsockname(), 5)
            await _until(lambda: len(held) == 1)
            busy.close()
            late = socket.create_connection(listening.getsockname(), 5)
            await asyncio.sleep(0.1)
            assert len(held) == 1
            client.close()
            late.close()
            await _until(lambda: not held)

    asyncio.run(run())
