"""Texts of policies: as they stand, as they stood, what changed, and changing them."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.desk.rights import Act, may
from curbside.desk.texts import changes_of, title_of, written
from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.leaflets import laid_out
from curbside.doors.web.pages import page
from curbside.doors.web.who import current, desk_of, with_form, with_right
from curbside.errors import NotHeld, UsageError
from curbside.records import OPERATOR
from curbside.records.policy import PolicyText
from curbside.store.base_desk import Desk
from curbside.workflows import texts
from curbside.workflows.signing import Current

_OLD = {"X-Robots-Tag": "noindex"}


def text(request: Request) -> Response:
    """Show a text as it stands."""
    return _shown(request, texts.text(desk_of(request), request.path_params["name"]), old=False)


def version(request: Request) -> Response:
    """Show a text as it stood."""
    found = texts.text(desk_of(request), request.path_params["name"], request.path_params["number"])
    return _shown(request, found, old=True)


def _shown(request: Request, found: PolicyText, old: bool) -> Response:
    me, desk = current(request), desk_of(request)
    held = texts.history(desk, found.name)
    context = {
        "text": found,
        "html": laid_out(found.body),
        "old": old,
        "history": [(each, _who(desk, each.who)) for each in reversed(held)],
        "edits": may(me.person if me is not None else None, Act.MANAGE_TEXTS),
    }
    return page(request, "policy.html", context, headers=_OLD if old else {})


def differences(request: Request) -> Response:
    """Show what changed between two versions, word by word."""
    desk, name = desk_of(request), request.path_params["name"]
    later = texts.text(desk, name, request.path_params["number"])
    earlier = texts.text(desk, name, request.path_params["since"])
    found = changes_of(earlier.body, later.body)
    context = {"earlier": earlier, "later": later, "who": _who(desk, later.who), "found": found}
    return page(request, "policy_changes.html", context, headers=_OLD)


def edit(request: Request) -> Response:
    """Show the form in which a text is changed."""
    me = with_right(request, Act.MANAGE_TEXTS)
    found = texts.text(desk_of(request), request.path_params["name"])
    return _form(request, me, found.name, found.body, found.number)


def _form(
    request: Request,
    me: Current,
    name: str,
    body: str,
    after: int,
    why: str = "",
    fault: str = "",
    preview: bool = False,
) -> Response:
    context = {
        "name": name,
        "title": title_of(name),
        "body": body,
        "after": after,
        "why": why,
        "fault": fault,
        "preview": laid_out(body) if preview else None,
        "csrf": me.csrf,
    }
    return page(request, "policy_edit.html", context, 422 if fault else 200, _OLD)


async def change(request: Request) -> Response:
    """Show a changed text as it would look, or keep it."""
    form = await sent(request)
    return await run_in_threadpool(_change, request, form)


def _change(request: Request, form: Sent) -> Response:
    me = with_form(with_right(request, Act.MANAGE_TEXTS), form)
    name, body, why = request.path_params["name"], form.one("body"), form.one("why")
    title_of(name)
    try:
        after = form.number("after", 999_999) or 0
    except UsageError as error:
        return _form(request, me, name, body, 0, why, str(error))
    try:
        if form.one("do") == "preview":
            return _form(request, me, name, written(body), after, why, preview=True)
        texts.change_text(desk_of(request), me.person, name, body, why, after)
    except UsageError as error:
        return _form(request, me, name, body, after, why, str(error))
    return RedirectResponse(f"/policies/{name}", 303)


def _who(desk: Desk, id: str) -> str:
    """Return the name of whoever wrote a version; "" where Curbside came with it."""
    if not id or id == OPERATOR:
        return "whoever runs this site" if id else ""
    try:
        with desk.reading() as view:
            return view.person(id).signs_as
    except NotHeld:
        return id
