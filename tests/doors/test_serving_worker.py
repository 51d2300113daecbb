"""The process that answers: connections on which no request comes are closed, and faults are told without words."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from asgi import counting

from curbside.serving import worker
from curbside.serving.command import address_of, listen
from curbside.serving.worker import _NoWords, _Patient

made: list[_Patient] = []
"""Connections of the server at hand, as it sees them."""


class _Seen(_Patient):
    """A connection that the tests can look at."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        made.append(self)


@pytest.fixture(params=[3_600.0])
def address(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server in a thread; how many seconds it waits for the head of a request is the test's to say."""
    monkeypatch.setattr(worker, "HEAD_S", request.param)
    made.clear()
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(counting, http=_Seen, lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.mark.parametrize("address", [0.2], indirect=True)
@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"G"])
def test_a_head_that_never_ends(address: tuple[str, int], begun: bytes) -> None:
    """The connection is closed, so that a thousand of them hold nothing."""
    with socket.create_connection(address, 60) as raw:
        raw.sendall(begun)
        assert raw.recv(100) == b""


def test_a_head_in_pieces_that_ends(address: tuple[str, int]) -> None:
    """Slow is no fault, up to a point; a second request on the connection may come later."""
    with socket.create_connection(address, 60) as raw:
        for _ in range(2):
            for piece in (b"POST / HTTP/1.1\r\nHost: ", b"localhost\r\nContent-Length: 3\r\n", b"\r\n", b"abc"):
                raw.sendall(piece)
                time.sleep(0.02)
            got = b""
            while b"3" not in got.partition(b"\r\n\r\n")[2]:
                got += raw.recv(1000)
            assert got.startswith(b"HTTP/1.1 200")
            made[0].loop.call_soon_threadsafe(made[0]._late)  # the time for the first head is over


def test_a_fault_is_told_by_its_way_and_not_by_its_words() -> None:
    """The message of an exception may hold what somebody asked."""
    asked = "Is my neighbour's lupus bad?"
    try:
        raise ValueError(asked)
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "It failed", (), (type(error), error, error.__traceback__)
        )
    said = _NoWords("%(message)s").format(record)
    assert "neighbour" not in said
    assert "ValueError" in said
    assert "test_serving_worker" in said


def test_answers_are_sent_without_delay(address: tuple[str, int]) -> None:
    """The head of a response and its body leave at once, one after the other: none waits for an acknowledgement."""
    with listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
    with socket.create_connection(address, 60) as raw:
        raw.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")
        assert raw.recv(1000)
        there = made[0].transport.get_extra_info("socket")
        assert there.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(("host", "expected"), [("127.0.0.1", "http://127.0.0.1:"), ("0.0.0.0", "http://127.0.0.1:")])
def test_the_address_that_a_browser_opens(host: str, expected: str) -> None:
    """A server that listens everywhere is opened here."""
    with listen(host, 0) as listening:
        assert address_of(listening).startswith(expected)
