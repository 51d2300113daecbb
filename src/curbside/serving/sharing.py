"""Connections of one socket shared out among the processes that listen at it: the busier one is, the later it takes.

Left to themselves, whichever process looks first takes all that come at a time, and a browser or a program keeps its
connection: one process would answer everything while the others idle.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

STEP_S = 0.001
"""How much later a process takes a connection for each that it has; one without takes it at once."""

MOST_S = 0.02
"""How long a connection waits at the most."""

_EXHAUSTED_S = 1.0
"""How long nothing is taken where the system gives no more sockets."""


class Taker:
    """Takes connections for one process; on a loop that watches sockets (not the proactor of Windows)."""

    def __init__(
        self, listening: socket.socket, protocol: Callable[[], asyncio.Protocol], load: Callable[[], int]
    ) -> None:
        """Take from `listening`, talk by a `protocol` of its own on each; `load` counts those that are open."""
        self._listening, self._protocol, self._load = listening, protocol, load
        self._loop = asyncio.get_running_loop()
        self._coming: set[asyncio.Task[object]] = set()
        self._waiting: asyncio.TimerHandle | None = None
        self._closed = False
        listening.setblocking(False)
        self._watch()

    def close(self) -> None:
        """Take no more."""
        self._closed = True
        self._loop.remove_reader(self._listening.fileno())
        if self._waiting is not None:
            self._waiting.cancel()

    def _watch(self) -> None:
        if not self._closed:
            self._loop.add_reader(self._listening.fileno(), self._called)

    def _called(self) -> None:
        """Somebody is at the door: go at once, or leave it for a moment to those who have less to do."""
        has = self._load() + len(self._coming)
        if not has:
            self._take()
            return
        self._loop.remove_reader(self._listening.fileno())
        self._waiting = self._loop.call_later(min(has * STEP_S, MOST_S), self._late)

    def _late(self) -> None:
        self._watch()
        self._take()

    def _take(self) -> None:
        try:
            connection, _ = self._listening.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another process took it, or whoever came has gone
        except OSError:
            self._loop.remove_reader(self._listening.fileno())
            self._waiting = self._loop.call_later(_EXHAUSTED_S, self._watch)
            return
        connection.setblocking(False)
        task = self._loop.create_task(self._loop.connect_accepted_socket(self._protocol, connection))
        self._coming.add(task)
        task.add_done_callback(self._coming.discard)
