"""Who sends a request: the session behind its cookie, what their forms must carry, and where signing in leads."""

from __future__ import annotations

import hmac
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from curbside.desk.rights import Act, may
from curbside.doors.http.accounts import Accounts
from curbside.doors.web.forms import Sent
from curbside.doors.web.pages import web_of
from curbside.errors import LibraryError, NotAllowed, NotHeld
from curbside.store.base_desk import Desk
from curbside.workflows import signing
from curbside.workflows.signing import Current

COOKIE = "curbside_session"

SIGN_IN = "/account/sign-in"


class SignInFirst(NotAllowed):
    """The page is for people who have signed in; `back` is where they wanted to go."""

    def __init__(self, back: str) -> None:
        super().__init__("Sign in first.")
        self.back = back


def accounts_of(request: Request) -> Accounts:
    """Return what the pages of people work with.

    Raises:
        NotHeld: if this server has no accounts.
    """
    found = web_of(request).accounts
    if found is None:
        raise NotHeld("This server has no accounts.")
    return found


def desk_of(request: Request) -> Desk:
    """Return the desk of this server.

    Raises:
        NotHeld: if it has none.
        LibraryError: if its database cannot be reached.
    """
    return accounts_of(request).desk()


class Recognise:
    """Looks up, before any page does, whoever sends a request, and keeps them in its state."""

    def __init__(self, app: ASGIApp) -> None:
        """Look up for `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with whom it comes from; one without the cookie costs nothing."""
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            request = Request(scope)
            secret = request.cookies.get(COOKIE, "")
            if secret and web_of(request).accounts is not None:
                request.state.current = await run_in_threadpool(_found, request, secret)
        await self._app(scope, receive, send)


def _found(request: Request, secret: str) -> Current | None:
    """Look somebody up; where the desk cannot be reached they are nobody, and pages that need them say why."""
    try:
        return signing.current(desk_of(request), secret)
    except LibraryError:
        return None


def current(request: Request) -> Current | None:
    """Return whoever sends a request, None where nobody is signed in."""
    found: Current | None = getattr(request.state, "current", None)
    return found


def signed_in(request: Request) -> Current:
    """Return whoever sends a request.

    Raises:
        SignInFirst: if nobody is signed in.
    """
    found = current(request)
    if found is None:
        raise SignInFirst(request.url.path if request.method == "GET" else "/account")
    return found


def with_right(request: Request, act: Act) -> Current:
    """Return whoever sends a request, if they may do something.

    Raises:
        SignInFirst: if nobody is signed in.
        NotHeld: if they may not: whoever may not see a page is not told that there is one.
    """
    found = signed_in(request)
    if not may(found.person, act):
        raise NotHeld("Nothing is held under this address.")
    return found


def with_form(found: Current, form: Sent) -> Current:
    """Return whoever sent a form, if it is one that we gave them.

    Raises:
        NotAllowed: if it does not carry what our forms carry.
    """
    if not hmac.compare_digest(form.one("csrf").encode(), found.csrf.encode()):
        raise NotAllowed("The form is not one of this session's. Reload the page, and send it from there.")
    return found


def keep(response: Response, request: Request, secret: str) -> Response:
    """Give a browser the secret of a session; "" takes it away. Over HTTPS it is never sent without."""
    safe = request.url.scheme == "https" or accounts_of(request).address.startswith("https://")
    if secret:
        age = signing.LONGEST_S
        response.set_cookie(COOKIE, secret, max_age=age, path="/", secure=safe, httponly=True, samesite="lax")
    else:
        response.delete_cookie(COOKIE, path="/", secure=safe, httponly=True, samesite="lax")
    return response


def place_of(request: Request) -> str:
    """Return the address that a request comes from."""
    return request.client.host if request.client else ""


def back_to(path: str) -> str:
    """Return a path of this site to lead on to; "/account" for whatever might lead elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if plain and len(path) <= 300 else "/account"


def to_sign_in(_: Request, error: Exception) -> Response:
    """Lead to the page for signing in, and from there back."""
    assert isinstance(error, SignInFirst)
    return RedirectResponse(f"{SIGN_IN}?next={quote(back_to(error.back))}", 303)
