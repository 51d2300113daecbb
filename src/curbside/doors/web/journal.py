"""The journal of this desk on the web: archive, issues, articles with their citations, and how it is called."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.desk.manuscripts import banner, date_of
from curbside.desk.rights import Act, may
from curbside.doors.web.forms import Sent, sent
from curbside.doors.web.manuscripts import stretches_of
from curbside.doors.web.pages import page, web_of
from curbside.doors.web.who import current, desk_of, with_form, with_right
from curbside.errors import NotHeld, UsageError
from curbside.records import Blinding, Document, Journal, JournalSettings, ManuscriptState
from curbside.workflows import journal
from curbside.workflows.journal import Published
from curbside.workflows.signing import Current
from curbside.writers.citations import CITATIONS, copyable
from curbside.writers.fields import abstract_pieces
from curbside.writers.html_flow import cited
from curbside.writers.links import reuse
from curbside.writers.work_meta import coins, head

JOURNAL = "/journal"

_FRESH = {"Cache-Control": "private, no-cache"}


def archive(request: Request) -> Response:
    """Show how the journal is called and which issues there are."""
    me = current(request)
    settings, issues = journal.archive(desk_of(request))
    edits = me is not None and may(me.person, Act.EDIT)
    context = {
        "settings": settings,
        "issues": [(_printed(each.volume, each.issue), _href(each.volume, each.issue), each) for each in issues],
        "edits": edits,
    }
    return page(request, "journal.html", context, headers=_FRESH)


def issue(request: Request) -> Response:
    """Show the contents of an issue."""
    volume, number = request.path_params["volume"], request.path_params.get("issue", "")
    found = journal.issue(desk_of(request), volume, number)
    context = {
        "journal": found[-1].placed.journal.title if found[-1].placed else "",
        "printed": _printed(volume, number),
        "lines": [
            {
                "id": each.id,
                "content": each.versions[-1].content,
                "pages": each.placed.journal.pages if each.placed else "",
                "retracted": each.state is ManuscriptState.RETRACTED,
            }
            for each in found
        ],
    }
    return page(request, "journal_issue.html", context, headers=_FRESH)


def article(request: Request) -> Response:
    """Show an article."""
    found = journal.article(desk_of(request), request.path_params["id"])
    return page(request, "journal_article.html", _shown(request, found), headers=_FRESH)


def _shown(request: Request, found: Published) -> dict[str, Any]:
    manuscript, document = found.manuscript, found.document
    held = _held(request, document)
    address = str(request.url.replace(query="", fragment=""))
    placed = document.journal
    dates = [(event, date_of(manuscript, event)) for event in ("received", "revised", "accepted")]
    dates.append(("published", manuscript.placed.date if manuscript.placed else ""))
    licence = reuse(document.licence)
    return {
        "id": manuscript.id,
        "document": document,
        "content": manuscript.versions[-1].content,
        "version": len(manuscript.versions),
        "banner": banner(manuscript) if manuscript.state is ManuscriptState.RETRACTED else None,
        "retraction": manuscript.moves[-1].words if manuscript.state is ManuscriptState.RETRACTED else "",
        "retracted_on": manuscript.moves[-1].at,
        "printed": _printed(placed.volume, placed.issue),
        "issue": _href(placed.volume, placed.issue),
        "abstract": abstract_pieces(document),
        "stretches": stretches_of(document)[1:],
        "references": cited(document),
        "dates": [(event, day) for event, day in dates if day],
        "licence": (document.licence, licence.address),
        "copies": copyable(document),
        "files": [(form, told.label) for form, told in CITATIONS.items() if not told.line],
        "address": address,
        "held": held,
        "head": Markup(head(document, address)),
        "coins": Markup(coins(document)),
    }


def _held(request: Request, document: Document) -> str:
    """Return the work of the library that an article is, "" where it holds none (yet)."""
    with web_of(request).pool.reading() as library:
        for name in filter(None, (document.id, document.ids.doi)):
            with suppress(NotHeld):
                return library.store.holdings(library.store.resolve(name))[0].work
    return ""


def cite(request: Request) -> Response:
    """Send an article's citation as a file of the form asked for."""
    form = request.path_params["form"]
    found = journal.article(desk_of(request), request.path_params["id"])
    if form not in CITATIONS:
        raise NotHeld(f"There is no citation form “{form[:20]}”. It is one of: {', '.join(CITATIONS)}.")
    told = CITATIONS[form]
    name = f"{found.manuscript.id}.{told.ending}"
    return _file(told.write([found.document]).encode("utf-8", "replace"), name, told.media)


def jats(request: Request) -> Response:
    """Send an article as JATS XML."""
    found = journal.article(desk_of(request), request.path_params["id"])
    return _file(found.jats, f"{found.manuscript.id}.xml", "application/xml")


def _file(data: bytes, name: str, media: str) -> Response:
    headers = {**_FRESH, "Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type=media, headers=headers)


def settings(request: Request) -> Response:
    """Show how the journal is called, to editors."""
    me = with_right(request, Act.EDIT)
    return _settings(request, me, journal.archive(desk_of(request))[0])


async def set_settings(request: Request) -> Response:
    """Change how the journal is called."""
    form = await sent(request)
    return await run_in_threadpool(_set, request, form)


def _set(request: Request, form: Sent) -> Response:
    me = with_form(with_right(request, Act.EDIT), form)
    named = Journal(form.one("title"), form.one("abbreviation"), form.one("issn"), form.one("eissn"))
    blinding = Blinding(form.one("hides-authors") == "1", form.one("hides-reviewers") == "1")
    typed = JournalSettings(named, form.one("publisher"), form.one("licence"), blinding)
    try:
        journal.set_journal(desk_of(request), me.person, typed)
    except UsageError as error:
        return _settings(request, me, typed, str(error), 422)
    return RedirectResponse(f"{JOURNAL}/settings?done=1", 303)


def _settings(request: Request, me: Current, shown: JournalSettings, fault: str = "", status: int = 200) -> Response:
    done = request.query_params.get("done", "") if status == 200 else ""
    context = {"settings": shown, "fault": fault, "csrf": me.csrf, "done": done}
    return page(request, "journal_settings.html", context, status, {"X-Robots-Tag": "noindex"})


def _printed(volume: str, issue: str) -> str:
    return f"{volume}({issue})" if issue else volume


def _href(volume: str, issue: str) -> str:
    path = f"{JOURNAL}/issues/{quote(volume, safe='')}"
    return f"{path}/{quote(issue, safe='')}" if issue else path
