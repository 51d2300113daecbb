"""Who may send a request: a page of another site may not, whatever name it gives this machine.

A server on loopback is reachable from every page that a browser on the same machine has open. Two checks keep such
pages out. The name in `Host` must be one of ours, so that a name which another site points at this machine (DNS
rebinding) gets no answer; an address of digits cannot be pointed elsewhere and is always taken. And a request that
changes something must come from our own pages, or from a program that is no browser.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from curbside.doors.http.refusal import refuse

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

LOOPBACK = "localhost"


class HostGuard:
    """Refuses requests for a host that is not ours with 421."""

    def __init__(self, app: ASGIApp, names: Iterable[str] = ()) -> None:
        """Take requests for `names` beside `localhost`, names below it, and addresses."""
        self._app = app
        self._names = frozenset(name.lower().rstrip(".") for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if its host is ours."""
        if scope["type"] == "http" and not self._ours(Headers(scope=scope).getlist("host")):
            detail = (
                "This server does not answer under that name. If it should, whoever runs it names the host in "
                "CURBSIDE_HOSTS."
            )
            await refuse(scope, send, 421, detail, [(b"connection", b"close")])
            return
        await self._app(scope, receive, send)

    def _ours(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        name = host_name(hosts[0])
        if name in self._names or name == LOOPBACK or name.endswith(f".{LOOPBACK}"):
            return True
        try:
            ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        except ValueError:
            return False
        return True


class OriginGuard:
    """Refuses what a page of another site sends to change something with 403."""

    def __init__(self, app: ASGIApp, allowed: Iterable[str] = (), below: str = "/") -> None:
        """Take requests from pages of the origins `allowed` too, for addresses below a path."""
        self._app = app
        self._allowed = frozenset(allowed)
        self._below = f"{below.rstrip('/')}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if it changes nothing, comes from our pages or those allowed, or from no browser."""
        if scope["type"] == "http" and scope["method"] not in SAFE and not self._taken(scope):
            detail = "The request came from a page of another site. Send it from this site's own pages."
            await refuse(scope, send, 403, detail)
            return
        await self._app(scope, receive, send)

    def _taken(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origins = headers.getlist("origin")
        if len(origins) == 1 and origins[0] in self._allowed and str(scope["path"]).startswith(self._below):
            return True
        return _from_us(headers)


def host_name(host: str) -> str:
    """Return the name in a `Host` header, lower case, without port and final dot; "" where it is none."""
    host = host.strip().lower()
    if host.startswith("["):
        end = host.find("]")
        rest = host[end + 1 :]
        return host[: end + 1] if end > 0 and (not rest or _is_port(rest)) else ""
    name, colon, port = host.partition(":")
    return name.rstrip(".") if not colon or _is_port(f":{port}") else ""


def _is_port(text: str) -> bool:
    return text[:1] == ":" and text[1:].isascii() and text[1:].isdigit()


def _from_us(headers: Headers) -> bool:
    """Tell by what browsers add, and pages cannot change, where a request comes from.

    `Sec-Fetch-Site` is sent to secure origins and loopback; `Origin` with every unsafe request. Other ports of the
    same machine are "same-site" and not us. Neither is sent by programs.
    """
    origins = headers.getlist("origin")
    for site in headers.getlist("sec-fetch-site"):
        if site not in ("same-origin", "none"):
            return False
    if "sec-fetch-site" in headers and all(origin == "null" for origin in origins):
        return True
    host = headers.get("host", "").strip().lower()
    return all(origin.lower() in (f"http://{host}", f"https://{host}") for origin in origins)
