"""One's own account: signing in and out, choosing a password, what one says of oneself, being forgotten."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.pages import page
from curbside.doors.web.who import accounts_of, back_to, current, desk_of, keep, place_of, signed_in, with_form
from curbside.errors import NotAllowed, TooMany, UsageError
from curbside.records import Purpose
from curbside.workflows import people, signing


def account(request: Request) -> Response:
    """Show one's own account."""
    me = signed_in(request)
    return page(request, "account.html", {"fault": "", "done": request.query_params.get("done", ""), "csrf": me.csrf})


def sign_in_page(request: Request) -> Response:
    """Show the form to sign in, or lead on whoever has."""
    to = back_to(request.query_params.get("next", "/account"))
    if current(request) is not None:
        return RedirectResponse(to, 303)
    desk_of(request)
    context = {"fault": "", "email": "", "next": to, "done": request.query_params.get("done", "")}
    return page(request, "sign_in.html", context)


async def sign_in(request: Request) -> Response:
    """Sign somebody in, and lead on to where they wanted to go."""
    form = await sent(request)
    return await run_in_threadpool(_sign_in, request, form)


def _sign_in(request: Request, form: Sent) -> Response:
    to = back_to(form.one("next", "/account"))
    try:
        signed = signing.sign_in(desk_of(request), form.one("email"), form.one("password"), place_of(request))
    except (NotAllowed, TooMany) as error:
        context = {"fault": str(error), "email": form.one("email")[:200], "next": to, "done": ""}
        many = isinstance(error, TooMany)
        headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooMany) else {}
        return page(request, "sign_in.html", context, 429 if many else 403, headers)
    return keep(RedirectResponse(to, 303), request, signed.secret)


async def sign_out(request: Request) -> Response:
    """End the session."""
    form = await sent(request)
    return await run_in_threadpool(_sign_out, request, form)


def _sign_out(request: Request, form: Sent) -> Response:
    found = current(request)
    if found is not None:
        signing.sign_out(desk_of(request), with_form(found, form))
    return keep(RedirectResponse("/account/sign-in?done=out", 303), request, "")


def join_page(request: Request) -> Response:
    """Show the form to choose a first password by a link; whether the link holds is told when it is used."""
    return page(request, "choose_password.html", {"fault": "", "new": True})


def reset_page(request: Request) -> Response:
    """Show the form to choose another password by a link."""
    return page(request, "choose_password.html", {"fault": "", "new": False})


async def join(request: Request) -> Response:
    """Choose a first password by the link of an invitation."""
    return await run_in_threadpool(_choose, request, await sent(request), Purpose.INVITE)


async def reset(request: Request) -> Response:
    """Choose another password by the link that was asked for."""
    return await run_in_threadpool(_choose, request, await sent(request), Purpose.RESET)


def _choose(request: Request, form: Sent, purpose: Purpose) -> Response:
    try:
        _same(form)
        signing.join(desk_of(request), request.path_params["secret"], form.one("password"), purpose)
    except (UsageError, NotAllowed) as error:
        status = 403 if isinstance(error, NotAllowed) else 422
        context = {"fault": str(error), "new": purpose is Purpose.INVITE}
        return page(request, "choose_password.html", context, status)
    return keep(RedirectResponse("/account/sign-in?done=password", 303), request, "")


def forgotten_page(request: Request) -> Response:
    """Show the form that asks for a link to choose a new password."""
    desk_of(request)
    return page(request, "forgotten.html", {"fault": "", "sent": False})


async def forgotten(request: Request) -> Response:
    """Send a link to choose a new password; the page says the same whether there is such an account or not."""
    form = await sent(request)
    return await run_in_threadpool(_forgotten, request, form)


def _forgotten(request: Request, form: Sent) -> Response:
    accounts = accounts_of(request)
    try:
        signing.ask_reset(accounts.desk(), accounts.mailer, form.one("email"), place_of(request), accounts.address)
    except TooMany as error:
        context = {"fault": str(error), "sent": False}
        return page(request, "forgotten.html", context, 429, {"Retry-After": str(error.seconds)})
    return page(request, "forgotten.html", {"fault": "", "sent": True})


async def profile(request: Request) -> Response:
    """Change what one says of oneself."""
    form = await sent(request)
    return await run_in_threadpool(_profile, request, form)


def _profile(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    fields = (form.one(each) for each in ("name", "department", "about", "conflicts"))
    try:
        people.set_profile(desk_of(request), me.person, *fields)
    except UsageError as error:
        return page(request, "account.html", {"fault": str(error), "done": "", "csrf": me.csrf}, 422)
    return RedirectResponse("/account?done=profile", 303)


async def password(request: Request) -> Response:
    """Set another password."""
    form = await sent(request)
    return await run_in_threadpool(_password, request, form)


def _password(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    try:
        _same(form)
        signing.change_password(desk_of(request), me, form.one("old"), form.one("password"))
    except (UsageError, NotAllowed) as error:
        status = 403 if isinstance(error, NotAllowed) else 422
        return page(request, "account.html", {"fault": str(error), "done": "", "csrf": me.csrf}, status)
    return RedirectResponse("/account?done=password", 303)


async def erase(request: Request) -> Response:
    """Forget who one was."""
    form = await sent(request)
    return await run_in_threadpool(_erase, request, form)


def _erase(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    if form.one("sure") != me.person.email:
        context = {"fault": "Type your e-mail address as it stands above to be forgotten.", "done": "", "csrf": me.csrf}
        return page(request, "account.html", context, 422)
    try:
        people.erase(desk_of(request), me.person, me.person.id)
    except NotAllowed as error:
        return page(request, "account.html", {"fault": str(error), "done": "", "csrf": me.csrf}, 403)
    return keep(RedirectResponse("/account/sign-in?done=erased", 303), request, "")


def _same(form: Sent) -> None:
    if form.one("password") != form.one("again"):
        raise UsageError("The password and its repetition differ. Type both again.")
