"""The form in which authors write a manuscript: kept at any time, what is wrong beside its field, and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.desk.manuscripts import Step, faults, may_write
from curbside.desk.rights import Act
from curbside.doors.web.forms import Sent
from curbside.doors.web.pages import page
from curbside.doors.web.who import accounts_of, desk_of, signed_in, with_form, with_right
from curbside.errors import NotHeld, UsageError
from curbside.records import ARTICLE_TYPES, STATEMENTS, Contributor, Manuscript, ManuscriptContent
from curbside.workflows import manuscripts as work
from curbside.workflows.manuscript_text import MOST_BYTES, TAKEN, SentFile, file_of
from curbside.workflows.signing import Current

MANUSCRIPTS = "/manuscripts"

MOST_SENT = MOST_BYTES + (1 << 20)
"""Bytes of the form with its file."""

_MOST_FIELDS = 600
_LABELS = ("Background", "Methods", "Results", "Conclusions")

HINTS: Mapping[str, str] = {
    "ethics": "Which committee approved it, under which number, and who consented. Reviewers read this: so that it "
    "does not name you, say “the ethics committee of our hospital”.",
    "funding": "Who paid, and what they had a say in; “none” where nobody did.",
    "conflicts": "Of each author; “none” where there are none.",
    "data": "Where the data can be had, or why not. Reviewers read this too.",
}
"""Statement -> what it should say."""


def new(request: Request) -> Response:
    """Show the form, empty."""
    me = with_right(request, Act.DRAFT)
    return _form(request, me, None, ManuscriptContent(), {})


def edit(request: Request) -> Response:
    """Show the form with what is kept, and what it still needs before it can be submitted."""
    me = signed_in(request)
    found = _mine(request, me, request.path_params["id"])
    return _form(request, me, found, found.content, {})


async def save(request: Request) -> Response:
    """Keep what the form holds, and submit it where that was asked for."""
    me = signed_in(request)  # before the body is read: nobody else sends eight megabytes
    form, sent = await _sent(request)
    return await run_in_threadpool(_save, request, with_form(me, form), form, sent)


async def _sent(request: Request) -> tuple[Sent, tuple[str, bytes] | None]:
    """Return the words of a form, and its file (name, bytes) where one was chosen."""
    values: dict[str, list[str]] = {}
    file: tuple[str, bytes] | None = None
    async with request.form(max_files=1, max_fields=_MOST_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                data = await value.read() if value.filename else b""
                file = (value.filename or "", data) if value.filename else file
            else:
                values.setdefault(name, []).append(value.encode("utf-8", "replace").decode("utf-8"))
    return Sent(values), file


def _save(request: Request, me: Current, form: Sent, sent: tuple[str, bytes] | None) -> Response:
    desk, id = desk_of(request), form.one("id")
    found = _mine(request, me, id) if id else None
    content, wrong = work.tidied(_typed(form))
    kept: SentFile | None = None
    if sent is not None:
        try:
            kept = file_of(*sent)
        except UsageError as error:
            wrong["file"] = str(error)
    if wrong:
        return _form(request, me, found, content, wrong, "Nothing was kept yet: see below.", form.one("key"), 422)
    try:
        done = work.save(desk, me.person, id, content, kept, form.one("key"))
    except UsageError as error:
        return _form(request, me, found, content, {}, str(error), form.one("key"), 422)
    if form.one("do") != "submit":
        return RedirectResponse(f"{MANUSCRIPTS}/{done.id}/edit?done=1", 303)
    missing = faults(done.content, bool(done.versions))
    if missing:
        words = "It is kept, and cannot be submitted yet: see what is missing below."
        return _form(request, me, done, done.content, missing, words, done.content.key, 422)
    accounts = accounts_of(request)
    work.take(desk, me.person, done.id, Step.SUBMIT, "", work.Post(accounts.mailer, accounts.address))
    return RedirectResponse(f"{MANUSCRIPTS}/{done.id}", 303)


def _mine(request: Request, me: Current, id: str) -> Manuscript:
    """Return a manuscript that the person writes.

    Raises:
        NotHeld: if there is none, or it cannot be written by them now.
    """
    found, _ = work.read(desk_of(request), me.person, id)
    if not may_write(found, me.person):
        raise NotHeld("There is no such manuscript to write at.")
    return found


def _typed(form: Sent) -> ManuscriptContent:
    """Return a form as it was typed."""
    abstract = tuple(
        (form.one(f"label-{n}"), form.one(f"words-{n}"))
        for n in range(1, work.MOST_SECTIONS + 2)
        if form.one(f"label-{n}").strip() or form.one(f"words-{n}").strip()
    )
    authors = tuple(
        Contributor(
            form.one(f"author-{n}-given"),
            form.one(f"author-{n}-family"),
            form.one(f"author-{n}-orcid"),
            tuple(each for each in form.one(f"author-{n}-affiliations").splitlines() if each.strip()),
        )
        for n in range(1, work.MOST_AUTHORS + 2)
    )
    return ManuscriptContent(
        form.one("title"),
        form.one("type"),
        abstract,
        tuple(each for each in form.one("keywords").replace(";", ",").split(",") if each.strip()),
        tuple(author for author in authors if not author.blank),
        form.one("ethics"),
        form.one("funding"),
        form.one("conflicts"),
        form.one("data"),
        reply=form.one("reply"),
    )


def _form(
    request: Request,
    me: Current,
    found: Manuscript | None,
    content: ManuscriptContent,
    wrong: Mapping[str, str],
    fault: str = "",
    key: str = "",
    status: int = 200,
) -> Response:
    revised = found is not None and bool(found.versions)
    kept = found.content if found is not None else ManuscriptContent()
    context: dict[str, Any] = {
        "found": found,
        "content": content,
        "file": kept.file,
        "key": key or (kept.key if found is not None else ""),
        "abstract": [*content.abstract, ("", "")] if content.abstract else [(label, "") for label in _LABELS],
        "authors": [*content.authors, Contributor()],
        "wrong": wrong,
        "fault": fault,
        "missing": list(faults(kept, revised).values()) if found is not None and not wrong else [],
        "revised": revised,
        "types": tuple(ARTICLE_TYPES),
        "statements": [(name, heading, HINTS[name]) for name, heading in STATEMENTS.items()],
        "formats": ", ".join(TAKEN.values()),
        "most": MOST_BYTES >> 20,
        "done": request.query_params.get("done", "") if status == 200 else "",
        "csrf": me.csrf,
        "letter": found.moves[-1].words if found is not None and revised else "",
    }
    return page(request, "manuscript_form.html", context, status, {"X-Robots-Tag": "noindex"})
