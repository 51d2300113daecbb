"""One's programs: the keys with which they act, made once for each and revoked at once."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.pages import page
from curbside.doors.web.who import desk_of, signed_in, with_form
from curbside.errors import NotAllowed, UsageError
from curbside.records.program import KeyScope
from curbside.workflows import programs, signing
from curbside.workflows.signing import Current
from curbside.writers.people import key_json

PAGE = "/account/programs"

_WORDS = {KeyScope.READ: "read", KeyScope.ACT: "read and act"}


def listed(request: Request) -> Response:
    """Show the keys of one's programs, and the form to make another."""
    return _listed(request, signed_in(request))


def _listed(request: Request, me: Current, fault: str = "", status: int = 200, secret: str = "") -> Response:
    with desk_of(request).reading() as view:
        held, now = view.programs.of(me.person.id), view.now
    keys = [{**key_json(each), "may": _WORDS[each.scope], "over": each.until <= now} for each in held]
    scopes = [(scope.value, words) for scope, words in _WORDS.items()]
    context = {"keys": keys, "scopes": scopes, "days": programs.DAYS, "csrf": me.csrf, "fault": fault, "secret": secret}
    return page(request, "programs.html", context, status)


async def make(request: Request) -> Response:
    """Make a key; what it says is on the page that comes back, and never again."""
    form = await sent(request)
    return await run_in_threadpool(_make, request, form)


def _make(request: Request, form: Sent) -> Response:
    me, desk = with_form(signed_in(request), form), desk_of(request)
    try:
        scope = next((each for each in KeyScope if each == form.one("scope")), None)
        if scope is None:
            raise UsageError("Choose what the program may do.")
        signing.confirm(desk, me.person, form.one("password"))
        _, secret = programs.make_key(desk, me.person, form.one("name").strip(), scope, form.number("days") or 0)
    except (UsageError, NotAllowed) as error:
        return _listed(request, me, str(error), 403 if isinstance(error, NotAllowed) else 422)
    return _listed(request, me, secret=secret)


async def revoke(request: Request) -> Response:
    """End a key at once."""
    form = await sent(request)
    return await run_in_threadpool(_revoke, request, form)


def _revoke(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    programs.revoke_key(desk_of(request), me.person, request.path_params["id"])
    return RedirectResponse(PAGE, 303)
