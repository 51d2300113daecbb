"""A language model over HTTP: one client for every shape of server, bounded in time, size and tries.

It follows no redirect, so that the key goes to the address that was set and to no other. What came back is never put
into an error: a server may send back what it was sent.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, cast

from curbside.errors import ModelError
from curbside.inference.language_model_shapes import SHAPES, malformed
from curbside.records.completion import Completion, Prompt

if TYPE_CHECKING:
    import httpx2

LARGEST = 512 * 1024
"""Bytes of a reply, its wrapping included."""

TRIES = 3
"""How often a request is sent before it is given up."""

PAUSE_S = 0.5
"""First wait before another try; each further one is twice as long."""

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_KEY = frozenset({401, 403})
_EXTRA = "pip install 'curbside[model]'"


class HttpLanguageModel:
    """A language model behind an address."""

    def __init__(
        self,
        url: str,
        kind: str,
        model: str,
        *,
        host: str,
        key: str = "",
        seconds: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Ask `model` at `url`, a server of `kind` (`SHAPES`), with `seconds` for each reply, waits included.

        Raises:
            KeyError: if there is no such kind.
        """
        self._shape = SHAPES[kind]
        self._url = url if url.endswith(self._shape.path) else _joined(url, self._shape.path)
        self._model, self._host, self._key, self._seconds = model, host, key, seconds
        self._clock, self._sleep, self._now = clock, sleep, now

    @property
    def name(self) -> str:
        """Model and host."""
        return f"{self._model} at {self._host}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    def complete(self, prompt: Prompt) -> Completion:
        """Return its reply; see `inference.base.LanguageModel`."""
        try:
            import httpx2
        except ImportError:
            raise ModelError(f"A language model needs a library that is not installed: {_EXTRA}", "fault") from None
        end = self._clock() + self._seconds
        options, tries = True, 0
        limits = httpx2.Timeout(self._seconds)
        with httpx2.Client(follow_redirects=False, timeout=limits) as http:
            while True:
                tries += 1
                status, after, content = self._sent(http, prompt, options, end)
                if status == 200:
                    return self._read(content)
                if status == 400 and options:
                    options = False  # a server that does not know an option is asked without
                    continue
                wait = self._wait(status, after, tries)
                if wait is None or tries >= TRIES or self._clock() + wait >= end:
                    raise self._fault(status)
                self._sleep(wait)

    def _sent(self, http: httpx2.Client, prompt: Prompt, options: bool, end: float) -> tuple[int, str, bytes]:
        """Return status (0: no connection), `Retry-After` and the body of one try."""
        import httpx2

        body = self._shape.body(self._model, prompt, options)
        headers = {"User-Agent": "curbside", **self._shape.headers(self._key)}
        left = max(0.05, end - self._clock())
        try:
            with http.stream("POST", self._url, json=body, headers=headers, timeout=left) as response:
                kept = bytearray()
                for piece in response.iter_bytes():
                    kept += piece
                    if len(kept) > LARGEST:
                        raise ModelError(f"The reply of {self._host} is larger than {LARGEST:,} bytes.", "too long")
                    if self._clock() > end:
                        raise self._late()
                return response.status_code, response.headers.get("retry-after", ""), bytes(kept)
        except httpx2.TimeoutException:
            raise self._late() from None
        except httpx2.TransportError:
            return 0, "", b""
        except (httpx2.InvalidURL, httpx2.DecodingError):
            raise malformed() from None

    def _read(self, content: bytes) -> Completion:
        try:
            reply = json.loads(content)
        except (ValueError, RecursionError):
            raise malformed() from None
        if not isinstance(reply, dict):
            raise malformed()
        return self._shape.reply(cast("dict[str, Any]", reply))

    def _wait(self, status: int, after: str, tries: int) -> float | None:
        """Return how long to wait before another try, or None where none would help."""
        if status and status not in _AGAIN:
            return None
        asked = _seconds_of(after, self._now())
        return asked if asked is not None else PAUSE_S * 2 ** (tries - 1)

    def _late(self) -> ModelError:
        return ModelError(
            f"The language model at {self._host} did not reply within {self._seconds:g} seconds.", "timed out"
        )

    def _fault(self, status: int) -> ModelError:
        where = f"The language model's server at {self._host}"
        if status == 0:
            return ModelError(f"{where} cannot be reached.", "unreachable")
        if status == 429:
            return ModelError(f"{where} takes no more requests for now (429).", "rate limit")
        if status == 451:
            return ModelError(f"{where} refused the request (451).", "refused")
        if status in _KEY:
            return ModelError(f"{where} does not accept the key, or asks for one ({status}).", "key")
        return ModelError(f"{where} answered with status {status}.", "fault")


def _joined(url: str, path: str) -> str:
    """Put a path behind an address that may hold the beginning of it already ("…/v1" and "/v1/messages")."""
    head, _, tail = path[1:].partition("/")
    return f"{url}/{tail}" if tail and url.endswith(f"/{head}") else f"{url}{path}"


def _seconds_of(after: str, now: float) -> float | None:
    """Read a `Retry-After` (RFC 9110, 10.2.3): seconds, or a date."""
    after = after.strip()
    if after.isascii() and after.isdigit():
        return float(after[:9])
    try:
        return max(0.0, parsedate_to_datetime(after).timestamp() - now) if after else None
    except (ValueError, TypeError, OverflowError):
        return None
