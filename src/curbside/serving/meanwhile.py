"""Who answers while nobody can yet: each request gets 503 and why, instead of a connection that hangs."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

RETRY_S = 15
"""When to try again."""

_LOOK_S = 0.2
_PATIENCE_S = 2.0
_HEAD_BYTES = 16 << 10


class Meanwhile:
    """Takes connections in a thread of this process, from the first reason given until it is over."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self._why = ""
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def say(self, why: str) -> None:
        """Answer with this reason from now on: a sentence or two for whoever asks."""
        self._why = why
        if self._thread is None:
            self._thread = threading.Thread(target=self._take, name="meanwhile", daemon=True)
            self._thread.start()

    def over(self) -> None:
        """Take no more connections; what was taken is answered."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _take(self) -> None:
        with self._listening.dup() as door:
            door.settimeout(_LOOK_S)
            while not self._over.is_set():
                with suppress(OSError):  # nobody came, or whoever came has gone
                    connection, _ = door.accept()
                    with connection:
                        self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(_PATIENCE_S)
        head = b""
        with suppress(TimeoutError):
            while b"\r\n\r\n" not in head and len(head) < _HEAD_BYTES:
                if not (more := connection.recv(4096)):
                    return
                head += more
        body = f"Curbside cannot answer yet. {self._why}\n".encode()
        lines = (
            "HTTP/1.1 503 Service Unavailable",
            "Content-Type: text/plain; charset=utf-8",
            f"Content-Length: {len(body)}",
            f"Retry-After: {RETRY_S}",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "Connection: close",
        )
        told = b"" if head.startswith(b"HEAD ") else body
        connection.sendall("\r\n".join((*lines, "", "")).encode() + told)
