"""What one follows: saved questions and articles, what is new in them, and how one is told."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.doors.web.audience import NAMES, audience_of
from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.pages import page, web_of
from curbside.doors.web.who import accounts_of, desk_of, signed_in, with_form
from curbside.errors import NotHeld, UsageError
from curbside.records.following import Digest, Followed
from curbside.workflows import following, telling
from curbside.workflows.signing import Current
from curbside.writers.news import Told, details, headline, href

_PRIVATE = {"X-Robots-Tag": "noindex"}

DIGESTS = {
    Digest.OFF: "No letters",
    Digest.WEEKLY: "A letter a week, if there is news",
    Digest.DAILY: "A letter a day, if there is news",
}
"""How often -> what the form says."""


def shown(request: Request) -> Response:
    """Show what one follows and what is new in it."""
    return _page(request, signed_in(request), done=request.query_params.get("done", ""))


def _page(
    request: Request, me: Current, fault: str = "", done: str = "", feed: str = "", status: int = 200
) -> Response:
    view = following.following(desk_of(request), me.person)
    told = Told({each.followed.id: each.title for each in view.things}, True)
    rows = [(each, headline(each, told), details(each, told), href(each)) for each in view.news]
    context = {
        "view": view,
        "fresh": [row for row in rows if row[0].number > view.telling.read],
        "earlier": [row for row in rows if row[0].number <= view.telling.read],
        "questions": [each for each in view.things if each.followed.saved is not None],
        "articles": [each for each in view.things if each.followed.saved is None],
        "audiences": {audience.value: words for audience, words in NAMES.items()},
        "digests": [(digest.value, words, digest is view.telling.digest) for digest, words in DIGESTS.items()],
        "feed": f"{accounts_of(request).address}/feeds/{feed}/news.atom" if feed else "",
        "posts": accounts_of(request).posts,
        "csrf": me.csrf,
        "fault": fault,
        "done": done,
    }
    return page(request, "following.html", context, status, _PRIVATE)


async def follow(request: Request) -> Response:
    """Follow the question of a kept answer, or an article."""
    form = await sent(request)
    return await run_in_threadpool(_follow, request, form)


def _follow(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    try:
        made = _followed(request, me, form)
    except UsageError as error:
        return _page(request, me, str(error), status=422)
    if made.article:
        return RedirectResponse(f"/articles/{made.article}", 303)
    return RedirectResponse(f"/following?done=saved#{made.id}", 303)


def _followed(request: Request, me: Current, form: Sent) -> Followed:
    desk, web = desk_of(request), web_of(request)
    if article := form.one("article"):
        return following.follow_article(desk, me.person, article)
    asked = web.asked.get(form.one("asked"))
    with web.pool.answering() as library:
        answer = library.anew(asked, web.asked.threads)
        return following.save_question(desk, me.person, answer, audience_of(request).value, library.vocabulary)


async def change(request: Request) -> Response:
    """Rename, pause, resume or drop one thing that is followed."""
    form = await sent(request)
    return await run_in_threadpool(_change, request, form)


def _change(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    desk, id = desk_of(request), request.path_params["id"]
    try:
        match form.one("do"):
            case "rename":
                following.rename(desk, me.person, id, form.one("name"))
            case "pause":
                following.pause(desk, me.person, id, True)
            case "resume":
                following.pause(desk, me.person, id, False)
            case "drop":
                gone = following.drop(desk, me.person, id)
                back = f"/articles/{gone.article}" if gone.article and form.one("back") else "/following?done=gone"
                return RedirectResponse(back, 303)
            case other:
                raise UsageError(f"{other[:40]!r} is nothing that can be done to what you follow.")
    except UsageError as error:
        return _page(request, me, str(error), status=422)
    return RedirectResponse(f"/following#{id}", 303)


async def read(request: Request) -> Response:
    """Mark what the page showed as read."""
    form = await sent(request)
    return await run_in_threadpool(_read, request, form)


def _read(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    telling.mark_read(desk_of(request), me.person, form.number("upto", 999_999_999) or 0)
    return RedirectResponse("/following?done=read", 303)


async def choose(request: Request) -> Response:
    """Choose how often one is told by letter, and what may stand in letters and the feed."""
    form = await sent(request)
    return await run_in_threadpool(_choose, request, form)


def _choose(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    try:
        digest = Digest(form.one("digest"))
    except ValueError:
        return _page(request, me, f"Letters come {', '.join(Digest)}; nothing else can be chosen.", status=422)
    telling.choose(desk_of(request), me.person, digest, form.one("words") == "1")
    return RedirectResponse("/following?done=chosen#told", 303)


async def feed(request: Request) -> Response:
    """Make the address of one's feed anew, or take it away."""
    form = await sent(request)
    return await run_in_threadpool(_feed, request, form)


def _feed(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    match form.one("do"):
        case "make":
            return _page(request, me, feed=telling.make_feed(desk_of(request), me.person))
        case "end":
            telling.end_feed(desk_of(request), me.person)
            return RedirectResponse("/following?done=feed#feed", 303)
        case other:
            return _page(request, me, f"{other[:40]!r} is nothing that can be done to a feed.", status=422)


def stop_page(request: Request) -> Response:
    """Ask whether letters should end; whether the link holds is told when it is used."""
    desk_of(request)
    return page(request, "unsubscribe.html", {"stopped": False, "fault": ""}, headers=_PRIVATE)


async def stop(request: Request) -> Response:
    """End letters by the link of one, signed in or not; programs of mail send the same by one click (RFC 8058)."""
    await sent(request)
    return await run_in_threadpool(_stop, request)


def _stop(request: Request) -> Response:
    try:
        telling.stop(desk_of(request), request.path_params["secret"])
    except NotHeld as error:
        return page(request, "unsubscribe.html", {"stopped": False, "fault": str(error)}, 404, _PRIVATE)
    return page(request, "unsubscribe.html", {"stopped": True, "fault": ""}, headers=_PRIVATE)
