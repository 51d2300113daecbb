"""Manuscripts on the web: lists, one as author, reviewer or editor sees it, its versions, and what each may do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.desk import manuscripts as life
from curbside.desk.manuscripts import Seat, Step
from curbside.desk.rights import Act, may
from curbside.doors.web.checking import outcome_of
from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.manuscript_form import MANUSCRIPTS
from curbside.doors.web.pages import page, web_of
from curbside.doors.web.who import accounts_of, desk_of, signed_in, with_form
from curbside.errors import LibraryError, MailError, NotAllowed, NotHeld, UsageError
from curbside.records import (
    Blinding,
    Document,
    Manuscript,
    ManuscriptContent,
    ManuscriptReview,
    ManuscriptState,
    PartRole,
    Person,
    Recommendation,
    Role,
)
from curbside.store.base_desk import DeskView
from curbside.workflows import journal
from curbside.workflows import manuscripts as work
from curbside.workflows.check import CheckedDocument
from curbside.workflows.manuscript_text import article_of, checks_of, differences, names_in, text_of
from curbside.writers.fields import abstract_pieces
from curbside.writers.html_flow import Item, cited, items

_SHOWN = 100
_HIDDEN = {"X-Robots-Tag": "noindex"}
_ON_DESK = (
    ManuscriptState.SUBMITTED,
    ManuscriptState.UNDER_REVIEW,
    ManuscriptState.RETURNED,
    ManuscriptState.ACCEPTED,
)
_FIRST = "Title and abstract"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section of the text, as reviewers comment on it.

    Attributes:
        number: from 0, which is title and abstract.
        heading: its first heading, or "Text".
        items: its pieces, none of title and abstract.
    """

    number: int
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review as somebody may read it.

    Attributes:
        who: the reviewer's name, or a number in its place.
        version, advice, at, conflicts: as said.
        paragraphs, aside: words for the authors, and for the editor alone.
        sections: (heading, words).
    """

    who: str
    version: int
    advice: str
    at: str
    conflicts: str
    paragraphs: tuple[str, ...]
    aside: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]


def listed(request: Request) -> Response:
    """Show a person the manuscripts that they write, review, and decide on."""
    me = signed_in(request)
    with desk_of(request).reading() as view:
        mine = view.manuscripts.lines(author=me.person.id, limit=_SHOWN)[0]
        asked = view.manuscripts.lines(reviewer=me.person.id, limit=_SHOWN)[0]
        reviews = [each for each in asked if _seen(view, each.id, me.person) is Seat.REVIEWER]
        desk = view.manuscripts.lines(_ON_DESK, limit=_SHOWN)[0] if may(me.person, Act.EDIT) else []
        edited = [each for each in desk if _seen(view, each.id, me.person) is Seat.EDITOR]
    context = {
        "mine": [(each, each.title) for each in mine],
        "reviews": [(each, each.submitted) for each in reviews if each.state is ManuscriptState.UNDER_REVIEW],
        "reviewed": [(each, each.submitted) for each in reviews if each.state is not ManuscriptState.UNDER_REVIEW],
        "edited": [(each, each.submitted) for each in edited],
        "writes": may(me.person, Act.DRAFT),
        "edits": may(me.person, Act.EDIT),
    }
    return page(request, "manuscripts.html", context, headers=_HIDDEN)


def _seen(view: DeskView, id: str, person: Person) -> Seat | None:
    return life.seat_of(view.manuscripts.get(id), person)


def manuscript(request: Request) -> Response:
    """Show a manuscript as it stands."""
    me = signed_in(request)
    found, seat = _inside(request, me.person)
    if seat is Seat.AUTHOR and not found.versions and life.may_write(found, me.person):
        return RedirectResponse(f"{MANUSCRIPTS}/{found.id}/edit", 303)
    return _page(request, me.person, found, seat)


def version(request: Request) -> Response:
    """Show a version as it was submitted."""
    me = signed_in(request)
    found, seat = _inside(request, me.person)
    return _page(request, me.person, found, seat, number=request.path_params["number"])


def _inside(request: Request, person: Person) -> tuple[Manuscript, Seat]:
    """Return a manuscript to somebody who works on it.

    Raises:
        NotHeld: to everybody else, also where it has appeared: that has a page of its own.
    """
    found, seat = work.read(desk_of(request), person, request.path_params["id"])
    if seat is Seat.PUBLIC:
        raise NotHeld("There is no such manuscript.")
    return found, seat


def _page(
    request: Request,
    person: Person,
    found: Manuscript,
    seat: Seat,
    fault: str = "",
    status: int = 200,
    number: int = 0,
    typed: Sent | None = None,
) -> Response:
    desk = desk_of(request)
    shown = number or len(found.versions)
    _, _, jats = work.text_bytes(desk, person, found.id, shown)
    content = work.version_of(found, seat, shown)
    with web_of(request).pool.answering():  # in its turn, as an answer: a long text takes as long as one
        document, checked = article_of(jats), checks_of(jats)
    hidden = life.hides_authors(found, seat)
    old = shown != len(found.versions)
    with desk.reading() as view:
        called = _called(view, found, seat, person)
        others = (each for each in view.people() if each.id not in (found.author, person.id))
        people = [(each.id, each.signs_as, each.id in found.reviewers) for each in others if each.has(Role.REVIEWER)]
        reviews = [_review(each, called) for each in life.reviews_for(found, person)]
        history = [
            (move.at, move.state, move.version, called(move.who), move.words if seat is not Seat.REVIEWER else "")
            for move in found.moves
            if seat is not Seat.REVIEWER or move.version
        ]
        settings = journal.settings_of(view)
        body = _body(view, found.id, content) if not hidden else None
    context: dict[str, Any] = {
        "found": found,
        "seat": seat,
        "content": content,
        "number": shown,
        "old": old,
        "banner": life.banner(found),
        "fault": fault,
        "hidden": hidden,
        "abstract": abstract_pieces(document),
        "stretches": stretches_of(document),
        "references": cited(document),
        "outcome": outcome_of(CheckedDocument(document, checked)),
        "reviews": reviews,
        "history": history,
        "letter": found.moves[-1].words if seat is Seat.AUTHOR and found.state in life.DECIDED and not old else "",
        "steps": () if old else life.steps_of(found, person),
        "writes": not old and life.may_write(found, person),
        "reviewing": not old and life.may_review(found, person),
        "assigns": not old and life.may_assign(found, person),
        "people": people,
        "named": names_in(content, body) if seat is not Seat.REVIEWER and found.blinding.authors else (),
        "advices": tuple(Recommendation),
        "conflicts": person.conflicts,
        "typed": typed or Sent({}),
        "journal": settings.journal.title,
    }
    return page(request, "manuscript.html", context, status, _HIDDEN)


def _body(view: DeskView, id: str, content: ManuscriptContent) -> Document | None:
    if content.file is None:
        return None
    return text_of(view.manuscripts.file(id, content.file.sha256), content.file.format)


def _called(view: DeskView, found: Manuscript, seat: Seat, me: Person) -> Callable[[str], str]:
    """Return what gives the name of a person as somebody in that seat may learn it."""
    numbers = life.reviewer_numbers(found)

    def called(id: str) -> str:
        if id == me.id:
            return "you"
        if id == found.author and life.hides_authors(found, seat):
            return "the author"
        if (id in numbers or id in found.reviewers) and life.hides_reviewers(found, seat):
            return f"reviewer {numbers[id]}" if id in numbers else "a reviewer"
        with suppress(NotHeld):
            return view.person(id).signs_as
        return id

    return called


def _review(each: ManuscriptReview, called: Callable[[str], str]) -> ReviewView:
    return ReviewView(
        called(each.who),
        each.version,
        each.advice,
        each.at,
        each.conflicts,
        tuple(line for line in each.to_authors.splitlines() if line),
        tuple(line for line in each.to_editor.splitlines() if line),
        each.sections,
    )


def stretches_of(document: Document) -> list[Stretch]:
    """Return the text section by section; title and abstract are the first, and stand elsewhere."""
    abstract = {n for n, part in enumerate(document.parts) if part.role is PartRole.ABSTRACT}
    rest = replace(document, blocks=tuple(each for each in document.blocks if each.part not in abstract))
    found: list[list[Item]] = []
    for item in items(rest) if rest.blocks else ():
        if item.form == "voice":
            continue
        if not found or (item.form == "heading" and item.level == 2):
            found.append([])
        found[-1].append(item)
    sections = [Stretch(n, _heading(each[0]), tuple(each)) for n, each in enumerate(found, 1)]
    return [Stretch(0, _FIRST, ()), *sections]


def _heading(first: Item) -> str:
    return "".join(run.words for run in first.runs) if first.form == "heading" else "Text"


def changed(request: Request) -> Response:
    """Show what changed between two versions, word by word."""
    me = signed_in(request)
    found, seat = _inside(request, me.person)
    desk, hidden = desk_of(request), life.hides_authors(found, seat)
    numbers = (request.path_params["since"], request.path_params["number"])
    contents = [work.version_of(found, seat, number) for number in numbers]
    with desk.reading() as view:
        bodies = [_body(view, found.id, content) for content in contents]
    with web_of(request).pool.answering():
        told = differences((contents[0], bodies[0]), (contents[1], bodies[1]), authors=not hidden)
    context = {"found": found, "since": numbers[0], "number": numbers[1], "told": told, "content": contents[1]}
    return page(request, "manuscript_changes.html", context, headers=_HIDDEN)


def file(request: Request) -> Response:
    """Send the file of a version as it was sent in; where names are hidden, its text as it was read, and no more."""
    me = signed_in(request)
    found, seat = _inside(request, me.person)
    number = request.path_params["number"]
    neutral = f"{found.id}-version-{number}"
    if life.hides_authors(found, seat):
        _, _, jats = work.text_bytes(desk_of(request), me.person, found.id, number)
        return _download(article_of(jats).text.encode("utf-8", "replace"), f"{neutral}.txt")
    kept, data = work.sent_file(desk_of(request), me.person, found.id, number)
    endings = {"docx": "docx", "markdown": "md", "html": "html", "jats": "xml"}
    return _download(data, f"{neutral}.{endings.get(kept.format, 'txt')}")


def _download(data: bytes, name: str) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type="application/octet-stream", headers=headers)


async def act(request: Request) -> Response:
    """Take a step, name reviewers, say what one thinks of it, publish, or retract."""
    form = await sent(request)
    return await run_in_threadpool(_acted, request, form)


def _acted(request: Request, form: Sent) -> Response:
    me = with_form(signed_in(request), form)
    before, _ = _inside(request, me.person)
    try:
        _act(request, form, me.person, before)
    except (UsageError, NotAllowed, MailError) as error:
        found, seat = _inside(request, me.person)
        status = 403 if isinstance(error, NotAllowed) else 502 if isinstance(error, MailError) else 422
        return _page(request, me.person, found, seat, str(error), status, typed=form)
    return RedirectResponse(f"{MANUSCRIPTS}/{before.id}", 303)


def _act(request: Request, form: Sent, me: Person, before: Manuscript) -> None:
    accounts, id, words = accounts_of(request), before.id, form.one("words")
    desk, post = accounts.desk(), work.Post(accounts.mailer, accounts.address)
    match form.one("do"):
        case "assign":
            blinding = Blinding(form.one("hides-authors") == "1", form.one("hides-reviewers") == "1")
            work.assign(desk, me, id, form.all("reviewer"), blinding, post)
        case "review":
            _said(request, form, me, before)
        case Step.PUBLISH.value:
            place = journal.Place(form.one("volume"), form.one("issue"), form.one("pages"), form.one("doi"))
            _hand(request, journal.publish(desk, me, id, place, accounts.address))
        case Step.RETRACT.value:
            _hand(request, journal.retract(desk, me, id, words, accounts.address))
        case "hand over":
            _hand(request, journal.again(desk, me, id))
        case do if do in tuple(Step):
            work.take(desk, me, id, Step(do), words, post)
        case other:
            raise UsageError(f"{other[:40]!r} is nothing that can be done to a manuscript.")


def _hand(request: Request, published: journal.Published) -> None:
    """Hand an article to the library.

    Raises:
        UsageError: if it has appeared, and the library cannot take it now.
    """
    inbox = accounts_of(request).inbox
    if inbox is None:
        return
    try:
        journal.hand_over(inbox, published)
    except LibraryError as error:
        raise UsageError(f"It is done, but the library has not got it: {error} Then hand it over once more.") from error


def _said(request: Request, form: Sent, me: Person, before: Manuscript) -> None:
    number = form.number("version") or 0
    sections: list[tuple[str, str]] = []
    if life.may_review(before, me):
        _, _, jats = work.text_bytes(desk_of(request), me, before.id, number)
        sections = [(each.heading, form.one(f"on-{each.number}")) for each in stretches_of(article_of(jats))]
    known = {each.value: each for each in Recommendation}
    if form.one("advice") not in known:
        raise UsageError("Say what you recommend.")
    work.review(
        desk_of(request),
        me,
        before.id,
        number,
        known[form.one("advice")],
        form.one("to-authors"),
        form.one("to-editor"),
        sections,
        form.one("conflicts"),
    )
