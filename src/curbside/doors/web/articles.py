"""Articles on the web: lists, an article with its claims and signatures, its versions, and what each may do to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.desk import articles as life
from curbside.desk.differing import changes
from curbside.desk.rights import Act, may
from curbside.doors.web.article_files import offered, sheet_for
from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.pages import page, web_of
from curbside.doors.web.who import current, desk_of, signed_in, with_form
from curbside.errors import NotAllowed, UsageError
from curbside.records import (
    Article,
    ArticleClaim,
    ArticleLine,
    ArticleState,
    Person,
    ReviewWord,
    Role,
    Signature,
)
from curbside.records.article_sheet import Signer
from curbside.records.article_view import ArticleView
from curbside.store.base_desk import Desk
from curbside.workflows import articles as work
from curbside.workflows.article_views import ListOf, lines_of, view_of
from curbside.workflows.following import follows_article
from curbside.workflows.watching import keys_of
from curbside.writers.article_meta import article_head

_SHOWN = 50

_READ_ONLY: Mapping[str, object] = MappingProxyType(
    {
        "inside": False,
        "fault": "",
        "steps": (),
        "changes": False,
        "reviews": False,
        "assigns": False,
        "reviewers": (),
        "waiting": (),
        "follow": "",
        "old": True,
        "head": "",
        "seen": "",
        "typed": Sent({}),
        "typed_on": 0,
    }
)
"""What a page of an old version offers: nothing."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with what was said of it as it stands.

    Attributes:
        claim: its words and quotes.
        said: (who, signature) of each reviewer's latest word on it.
        comments: (who, words, time) on it, for those who work on the article.
    """

    claim: ArticleClaim
    said: tuple[tuple[Signer, Signature], ...]
    comments: tuple[tuple[Signer, str, str], ...]

    @property
    def signed(self) -> bool:
        """Whether it is signed, and returned by nobody."""
        return bool(self.said) and all(each.word is ReviewWord.SIGNED for _, each in self.said)


def listed(request: Request) -> Response:
    """Show the articles that everybody may read, and to who is signed in those that they work on."""
    me = current(request)
    person = me.person if me is not None else None

    def lines(wanted: ListOf) -> list[ArticleLine]:
        return [each for each, _ in lines_of(desk_of(request), person, wanted, _SHOWN, 0)[0]]

    approved, total = lines_of(desk_of(request), person, ListOf.APPROVED, _SHOWN, 0)
    public = [each for each, _ in approved]
    mine = lines(ListOf.MINE) if person else []
    reviews = lines(ListOf.REVIEWS) if person else []
    edited = lines(ListOf.DESK) if may(person, Act.EDIT) else []
    context = {"public": public, "total": total, "mine": mine, "reviews": reviews, "edited": edited}
    return page(request, "articles.html", context)


async def make(request: Request) -> Response:
    """Make an article of the answer to a kept question."""
    form = await sent(request)
    return await run_in_threadpool(_make, request, form)


def _make(request: Request, form: Sent) -> Response:
    me, web = with_form(signed_in(request), form), web_of(request)
    asked = web.asked.get(form.one("asked"))
    with web.pool.answering() as library:
        answer = library.anew(asked, web.asked.threads)
        made = work.draft(desk_of(request), me.person, answer, library.store)
    return RedirectResponse(f"/articles/{made.id}", 303)


def article(request: Request) -> Response:
    """Show an article as it stands, or as it was approved last to who may not see more."""
    return _article(request, _view(request))


def _view(request: Request, number: int = 0) -> ArticleView:
    """Return the article that a request names, or a version of it, as whoever sends it may read it."""
    me = current(request)
    return view_of(desk_of(request), me.person if me is not None else None, request.path_params["id"], number)


def _article(
    request: Request, view: ArticleView, fault: str = "", status: int = 200, typed: Sent | None = None
) -> Response:
    me = current(request)
    person = me.person if me is not None else None
    found, inside = view.article, view.inside
    assigns = life.is_editor(found, person) and found.state in (ArticleState.SUBMITTED, ArticleState.UNDER_REVIEW)
    context = {
        **_shown(view),
        "head": Markup(article_head(sheet_for(request, found.id))) if found.state is ArticleState.APPROVED else "",
        "inside": inside,
        "fault": fault,
        "steps": view.steps,
        "changes": inside and life.may_change(found, person),
        "reviews": life.is_reviewer(found, person) and found.state is ArticleState.UNDER_REVIEW,
        "assigns": assigns,
        "reviewers": _reviewers(desk_of(request), found) if assigns else (),
        "waiting": view.waiting,
        "follow": _follow(request, found, person),
        "old": False,
        "seen": view.seen,
        "typed": typed or Sent({}),
        "typed_on": request.path_params.get("claim", 0) if typed is not None else 0,
    }
    open_to_all = found.state in life.PUBLIC
    return page(request, "article.html", context, status, {} if open_to_all else {"X-Robots-Tag": "noindex"})


def _reviewers(desk: Desk, found: Article) -> list[tuple[str, str, bool]]:
    """Return id and name of who may review an article, and whether they do."""
    with desk.reading() as view:
        people = view.people()
    some = (each for each in people if each.has(Role.REVIEWER) and each.id != found.author)
    return [(each.id, each.signs_as, each.id in found.reviewers) for each in some]


def _follow(request: Request, found: Article, person: Person | None) -> str:
    """Return what a person follows an article as, "may" where they could, "" where there is nothing to follow."""
    if person is None or not found.approved:
        return ""
    followed = follows_article(desk_of(request), person, found.id)
    if followed is not None:
        return followed.id
    return "may" if found.state is not ArticleState.WITHDRAWN else ""


def version(request: Request) -> Response:
    """Show a version as it was."""
    view = _view(request, request.path_params["number"])
    return page(request, "article.html", {**_shown(view), **_READ_ONLY}, headers={"X-Robots-Tag": "noindex"})


def differences(request: Request) -> Response:
    """Show what changed between two versions, word by word."""
    view, earlier = _view(request, request.path_params["number"]), _view(request, request.path_params["since"]).version
    context = {
        "id": view.article.id,
        "earlier": earlier,
        "later": view.version,
        "who": view.people[view.version.who],
        "found": changes(earlier, view.version),
    }
    return page(request, "article_changes.html", context, headers={"X-Robots-Tag": "noindex"})


async def on_claim(request: Request) -> Response:
    """Change, remove, sign, return or comment on a claim."""
    form = await sent(request)
    return await run_in_threadpool(_acted, request, form, _claim)


async def on_article(request: Request) -> Response:
    """Take a step, name reviewers, or comment on the whole."""
    form = await sent(request)
    return await run_in_threadpool(_acted, request, form, _whole)


def _acted(request: Request, form: Sent, act: Callable[[Request, Sent, Person], Article]) -> Response:
    me = with_form(signed_in(request), form)
    try:
        done = act(request, form, me.person)
    except (UsageError, NotAllowed) as error:
        view = _view(request)
        return _article(request, view, str(error), 403 if isinstance(error, NotAllowed) else 422, form)
    anchor = f"#c{request.path_params['claim']}" if "claim" in request.path_params else ""
    return RedirectResponse(f"/articles/{done.id}{anchor}", 303)


def _claim(request: Request, form: Sent, me: Person) -> Article:
    desk, id, number = desk_of(request), request.path_params["id"], request.path_params["claim"]
    key, words = form.one("key"), form.one("words")
    match form.one("do"):
        case "change":
            with web_of(request).pool.reading() as library:
                text, store, vocabulary = form.one("text"), library.store, library.vocabulary
                return work.edit_claim(desk, me, id, number, key, text, words, store, vocabulary)
        case "remove":
            return work.remove_claim(desk, me, id, number, key, words)
        case "sign":
            return work.sign(desk, me, id, number, key, ReviewWord.SIGNED, words)
        case "return":
            return work.sign(desk, me, id, number, key, ReviewWord.RETURNED, words)
        case "comment":
            return work.comment(desk, me, id, words, number)
        case other:
            raise UsageError(f"{other[:40]!r} is nothing that can be done to a claim.")


def _whole(request: Request, form: Sent, me: Person) -> Article:
    desk, id, words, do = desk_of(request), request.path_params["id"], form.one("words"), form.one("do")
    if do == "comment":
        return work.comment(desk, me, id, words)
    if do == "assign":
        return work.assign(desk, me, id, form.all("reviewer"))
    if do == "redraw":
        found = work.read(desk, me, id)
        with web_of(request).pool.answering() as library:
            answer = library.ask(found.version.question, found.version.filters)
            done = work.redraw(desk, me, id, answer, library.store, words)
        if done.versions == found.versions:
            raise UsageError("The library answers with what the article says already.")
        return done
    if do not in tuple(life.Step):
        raise UsageError(f"{do[:40]!r} is nothing that can be done to an article.")
    keys: frozenset[str] = frozenset()
    if do == life.Step.APPROVE:
        found = work.read(desk, me, id)
        with web_of(request).pool.reading() as library:
            keys = keys_of(found.version, library.vocabulary)
    return work.take(desk, me, id, life.Step(do), words, sorted(keys), form.one("seen"))


def _shown(view: ArticleView) -> Mapping[str, object]:
    """Return what a page shows of a version; who is not inside sees no comments and no removed claims."""
    found, held, inside, people = view.article, view.version, view.inside, view.people
    views = [
        ClaimView(
            claim,
            tuple((people[each.who], each) for each in view.words[claim.number]),
            tuple((people[c.who], c.words, c.at) for c in found.comments if c.claim == claim.number) if inside else (),
        )
        for claim in (held.claims if inside else held.standing)
    ]
    sections = [(heading, list(group)) for heading, group in groupby(views, key=lambda each: each.claim.heading)]
    approved = [move for move in found.moves if move.state is ArticleState.APPROVED and move.version == held.number]
    return {
        "article": found,
        "version": held,
        "forms": offered(),
        "banner": {"words": view.banner, "grave": view.grave},
        "sections": sections,
        "author": people[found.author],
        "approved_by": [(people[move.who], move.at) for move in approved],
        "history": [(people[move.who], move) for move in found.moves if inside or move.state in life.PUBLIC],
        "remarks": [(people[c.who], c.words, c.at) for c in found.comments if not c.claim] if inside else [],
        "versions": view.versions,
    }
