"""One process that answers: uvicorn on a socket that all of them share."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
import traceback
from multiprocessing.connection import Connection
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import STAGES, WORTH_TELLING, Upkeep
from curbside.serving.application import application
from curbside.serving.plan import GRACE_S, Plan
from curbside.serving.sharing import Taker
from curbside.workflows.progress import Progress, Stage

HEAD_S = 15.0
"""How long the head of a request may take to arrive on a new connection."""

_HEAD_BYTES = 16 << 10


class _Patient(H11Protocol):
    """Closes a connection on which no request arrives: its head, sent byte by byte, would hold it open for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(HEAD_S, self._late)

    def _late(self) -> None:
        if self.cycle is None and not self.transport.is_closing():  # pyright: ignore[reportUnnecessaryComparison]
            self.transport.close()


class _Server(uvicorn.Server):
    """Says when it is ready, and shares the connections with the other processes."""

    def __init__(self, config: uvicorn.Config, ready: Connection, upkeep: _Upkeep, alone: bool) -> None:
        super().__init__(config)
        self._ready, self._upkeep, self._alone = ready, upkeep, alone
        self._takers: list[Taker] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer."""
        if os.name == "posix":
            await super().startup([])
            self._takers = [Taker(each, self._protocol, self._open) for each in sockets or ()]
        else:
            await super().startup(sockets)
        if self.started:
            self._upkeep.up()
            self._ready.send(True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, and let those that are open end."""
        for each in self._takers:
            each.close()
        await super().shutdown(sockets)

    def _protocol(self) -> asyncio.Protocol:
        return _Patient(self.config, self.server_state, self.lifespan.state)

    def _open(self) -> int:
        return 0 if self._alone else len(self.server_state.connections)


class _Upkeep(Upkeep):
    """Says on standard error what is done to the library, and also to who waits until requests are answered."""

    def __init__(self, ready: Connection) -> None:
        super().__init__(Console(sys.stdout, sys.stderr))
        self._waiting: Connection | None = ready

    def __call__(self, stage: Stage, total: int, /) -> Progress:
        """Say what begins."""
        if self._waiting is not None and (not total or total >= WORTH_TELLING):
            self._waiting.send(STAGES[stage].format(total=total))
        return super().__call__(stage, total)

    def up(self) -> None:
        """Nobody waits any more."""
        self._waiting = None


class _NoWords(logging.Formatter):
    """Formats an exception by its kind and the lines it passed through: its message could hold a question."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """Return the way of an exception without its words."""
        return "".join(traceback.format_tb(ei[2])) + str(getattr(ei[0], "__name__", ei[0]))


def run(plan: Plan, listening: socket.socket, ready: Connection) -> None:
    """Answer requests until a signal says to stop; tell `ready` when it begins."""
    log_errors()
    upkeep = _Upkeep(ready)
    config = uvicorn.Config(
        application(plan, upkeep),
        http=_Patient,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=GRACE_S,
        h11_max_incomplete_event_size=_HEAD_BYTES,
    )
    _Server(config, ready, upkeep, plan.workers == 1).run([listening])


def log_errors() -> None:
    """Let what goes wrong inside be written to the standard error, without the words of requests."""
    handler = logging.StreamHandler()
    handler.setFormatter(_NoWords("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
