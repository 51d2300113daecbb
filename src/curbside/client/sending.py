"""Requests of the client: sent, sent again where the server is busy, and their problems raised as errors."""

from __future__ import annotations

import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self, TypeVar, cast
from urllib.parse import quote as escaped

import httpx2

from curbside.client.errors import ApiError, Busy, Unexpected, Unreachable, error_of
from curbside.client.shapes import Filters
from curbside.client.taking import taken

_PREFIX = "api/v1"
_Shape = TypeVar("_Shape")


class Sender:
    """Sends requests to a server; what its subclasses call is the API."""

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        timeout: float = 60.0,
        patience: float = 10.0,
        key: str = "",
        http: httpx2.Client | None = None,
    ) -> None:
        """Make a client of the server at `address`.

        Args:
            address: where the server's pages are; the API is below it.
            timeout: seconds after which a silent server is given up.
            patience: seconds for which a busy server is asked again.
            key: of a program, for articles and what is done to them; sent with every request, so use https.
            http: what sends the requests, with a base address of its own; by default a new one.
        """
        base = f"{address.rstrip('/')}/{_PREFIX}/"
        self._http = http or httpx2.Client(base_url=base, timeout=timeout, headers={"User-Agent": "curbside-client"})
        self._patience = patience
        self._key = {"Authorization": f"Bearer {key}"} if key else {}

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _taken(self, shape: type[_Shape], method: str, path: str, **given: Any) -> _Shape:
        response = self._sent(method, path, **given)
        try:
            return taken(response.json(), shape)
        except ValueError as error:
            raise Unexpected(f"{response.url}: what came is no JSON; is this Curbside?") from error

    def _sent(self, method: str, path: str, **given: Any) -> httpx2.Response:
        with self._streamed(method, path, **given) as response:
            response.read()
        return response

    @contextmanager
    def _streamed(self, method: str, path: str, **given: Any) -> Generator[httpx2.Response]:
        """Lend a response that is no problem; a busy server is asked again, unless files were sent."""
        end = time.monotonic() + (self._patience if "files" not in given else 0.0)
        if self._key:
            given["headers"] = {**self._key, **given.get("headers", {})}
        try:
            while True:
                with self._http.stream(method, path, **given) as response:
                    if response.is_success:
                        yield response
                        return
                    error = _problem(response)
                if not isinstance(error, Busy) or time.monotonic() + max(error.after, 0.1) > end:
                    raise error
                time.sleep(max(error.after, 0.1))
        except httpx2.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: no answer ({error or type(error).__name__}).") from error


def set_of(filters: Filters) -> dict[str, Any]:
    """Return the conditions that are set."""
    return {name: value for name, value in asdict(filters).items() if value not in ((), None)}


def segment(text: str) -> str:
    """Return text as one segment of a path."""
    return escaped(text, safe="", errors="replace")


def _problem(response: httpx2.Response) -> ApiError | Unexpected:
    """Return the error that a response stands for."""
    response.read()
    try:
        problem: Any = json.loads(response.content)
    except ValueError:
        problem = None
    if not isinstance(problem, dict) or not response.headers.get("content-type", "").startswith(
        "application/problem+json"
    ):
        return Unexpected(f"{response.url}: status {response.status_code}, and no word why; is this Curbside?")
    after = response.headers.get("retry-after", "")
    seconds = float(after) if after.isascii() and after.isdigit() else 0.0
    return error_of(response.status_code, cast(dict[str, Any], problem), seconds)
