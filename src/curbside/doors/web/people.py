"""Other people: their profiles, the advisory board, and managing who has an account."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.desk.rights import Act, is_shown
from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.pages import page
from curbside.doors.web.who import accounts_of, desk_of, with_form, with_right
from curbside.errors import MailError, NotAllowed, NotHeld, UsageError
from curbside.records import Role, fault_in
from curbside.workflows import people
from curbside.workflows.signing import Current

_ENTRIES = 200


def profile(request: Request) -> Response:
    """Show what a person who signs says of themselves; nobody else has a page."""
    with desk_of(request).reading() as view:
        person = view.person(request.path_params["id"])
    if not is_shown(person):
        raise NotHeld("Nothing is held under this address.")
    return page(request, "person.html", {"person": person})


def board(request: Request) -> Response:
    """Show the advisory board."""
    with desk_of(request).reading() as view:
        members = [each for each in view.people() if each.board and each.active]
    return page(request, "board.html", {"members": members})


def managed(request: Request) -> Response:
    """Show who has an account, to whoever manages them."""
    me = with_right(request, Act.MANAGE_PEOPLE)
    return _managed(request, me)


def _managed(request: Request, me: Current, fault: str = "", status: int = 200) -> Response:
    with desk_of(request).reading() as view:
        everybody = view.people()
    context = {"people": everybody, "roles": tuple(Role), "csrf": me.csrf, "fault": fault}
    return page(request, "managing.html", context, status)


async def invite(request: Request) -> Response:
    """Make an account and send the link to choose a password."""
    form = await sent(request)
    return await run_in_threadpool(_invite, request, form)


def _invite(request: Request, form: Sent) -> Response:
    me = with_form(with_right(request, Act.MANAGE_PEOPLE), form)
    accounts = accounts_of(request)
    desk, mailer, address = accounts.desk(), accounts.mailer, accounts.address
    try:
        people.invite(desk, mailer, me.person, form.one("email"), form.one("name"), _roles(form), address)
    except UsageError as error:
        return _managed(request, me, str(error), status=422)
    except MailError as error:
        return _managed(request, me, f"The account is made, and {_lower(str(error))}", status=502)
    return RedirectResponse("/people", 303)


async def change(request: Request) -> Response:
    """Give and take roles, close and open, send another link, or erase."""
    form = await sent(request)
    return await run_in_threadpool(_change, request, form)


def _change(request: Request, form: Sent) -> Response:
    me = with_form(with_right(request, Act.MANAGE_PEOPLE), form)
    id, accounts = request.path_params["id"], accounts_of(request)
    desk = accounts.desk()
    try:
        match form.one("do"):
            case "roles":
                active, on_board = form.one("active") == "1", form.one("board") == "1"
                people.set_roles(desk, me.person, id, _roles(form), active=active, board=on_board)
            case "link":
                people.resend(desk, accounts.mailer, me.person, id, accounts.address)
            case "erase":
                people.erase(desk, me.person, id)
            case other:
                raise UsageError(f"{other[:40]!r} is nothing that can be done to an account.")
    except (UsageError, NotAllowed) as error:
        return _managed(request, me, str(error), status=403 if isinstance(error, NotAllowed) else 422)
    except MailError as error:
        return _managed(request, me, str(error), status=502)
    return RedirectResponse("/people", 303)


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry of the log as it is shown."""

    number: int
    at: str
    who: str
    action: str
    about: str
    detail: str


_HIDDEN = "not shown: you wrote it"
"""Beside what was done to a manuscript of one's own: its reviewers may be unknown to its author."""


def audit(request: Request) -> Response:
    """Show the end of the audit log and whether all of it holds."""
    me = with_right(request, Act.READ_AUDIT).person
    with desk_of(request).reading() as view:
        entries = list(view.audit())
        names = {each.id: each.signs_as for each in view.people()}
        mine = {line.id for line in view.manuscripts.lines(author=me.id)[0]}
    hidden = {each.number for each in entries if each.about in mine and each.who != me.id}
    rows = [
        _Row(
            each.number,
            each.at,
            _HIDDEN if each.number in hidden else names.get(each.who, each.who),
            each.action,
            "" if each.about == each.who else names.get(each.about, each.about),
            _HIDDEN if each.number in hidden else each.detail,
        )
        for each in entries[-_ENTRIES:][::-1]
    ]
    head = entries[-1].hash if entries else ""
    return page(request, "audit.html", {"rows": rows, "count": len(entries), "fault": fault_in(entries), "head": head})


def _roles(form: Sent) -> list[Role]:
    known = {role.value: role for role in Role}
    for each in form.all("role"):
        if each not in known:
            raise UsageError(f"{each[:40]!r} is no role. Roles are {', '.join(Role)}.")
    return [known[each] for each in form.all("role")]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
