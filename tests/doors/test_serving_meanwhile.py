"""While no process answers yet, whoever asks is told why."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from curbside.serving.command import listen
from curbside.serving.meanwhile import RETRY_S, Meanwhile

WHY = "1,200 documents are read again for what they cite: what reads them has changed."


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A socket that listens, on which nobody answers."""
    with listen("127.0.0.1", 0) as one:
        yield one


def said(listening: socket.socket, head: bytes) -> tuple[str, str]:
    """Send the head of a request; return the head and the body of what is answered."""
    with socket.create_connection(listening.getsockname(), 60) as raw:
        raw.sendall(head)
        got = b""
        while more := raw.recv(4096):
            got += more
    answered, _, body = got.decode().partition("\r\n\r\n")
    return answered, body


def test_why_and_when_to_try_again(listening: socket.socket) -> None:
    """503 with a reason in words, for whatever is asked; the reason may change."""
    meanwhile = Meanwhile(listening)
    meanwhile.say("Soon.")
    meanwhile.say(WHY)
    for head in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /api/v1/ask HTTP/1.1\r\nContent-Length: 0\r\n\r\n"):
        answered, body = said(listening, head)
        assert answered.startswith("HTTP/1.1 503 ")
        assert f"Retry-After: {RETRY_S}" in answered
        assert f"Content-Length: {len(body.encode())}" in answered
        assert body == f"Curbside cannot answer yet. {WHY}\n"
    assert said(listening, b"HEAD / HTTP/1.1\r\n\r\n")[1] == ""
    meanwhile.over()


def test_who_goes_away_or_sends_without_end_harms_nobody(listening: socket.socket) -> None:
    """The next one is answered all the same."""
    meanwhile = Meanwhile(listening)
    meanwhile.say(WHY)
    socket.create_connection(listening.getsockname(), 60).close()
    with socket.create_connection(listening.getsockname(), 60) as raw:
        raw.sendall(b"x" * 16_384)
        assert raw.recv(12) == b"HTTP/1.1 503"
    assert WHY in said(listening, b"GET / HTTP/1.1\r\n\r\n")[1]
    meanwhile.over()


def test_over_it_takes_nothing(listening: socket.socket) -> None:
    """Who comes then waits for a process that answers; with nothing said it never took any."""
    meanwhile = Meanwhile(listening)
    meanwhile.over()
    late = Meanwhile(listening)
    late.say(WHY)
    late.over()
    with socket.create_connection(listening.getsockname(), 60) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\n\r\n")
        connection, _ = listening.accept()
        connection.close()
