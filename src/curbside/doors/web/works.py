"""A page for every work: its record, its abstract, how it was cited, what is like it, and how to cite it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.doors.web.pages import page, web_of
from curbside.doors.web.weighing import pairs_of
from curbside.errors import LibraryError, NotHeld
from curbside.records import Document
from curbside.records.cited import CitationsShown
from curbside.workflows.journal import article
from curbside.workflows.shelf import work as work_of
from curbside.writers.badge import badge_svg
from curbside.writers.citations import CITATIONS, copyable
from curbside.writers.html_cited import entry_view, statement_view
from curbside.writers.html_work import work_line, work_view
from curbside.writers.links import full_text
from curbside.writers.work_meta import coins, head

SIMILAR, STATEMENTS, ENTRIES = 6, 4, 8
"""Works like it, statements on it and works that it cites that its page shows; others have pages of their own."""

_MANUSCRIPT = re.compile(r"m[a-z0-9]{16}", re.ASCII)

_PAGE = 25
"""Statements of a page of them."""


def work(request: Request) -> Response:
    """Show a work; a document or an identifier leads to it."""
    name: str = request.path_params["id"]
    with web_of(request).pool.reading() as library:
        found = work_of(name, library.store)
        if name != found.id:
            return RedirectResponse(f"/works/{found.id}", 303)
        pairs = pairs_of(library, found.lead.profile.drugs[:1], found.lead.profile.conditions[:2])
        told = library.summary(found.lead.document.id)[1]
        cited = library.citations(found.id, STATEMENTS)
        alike, posts = library.similar(found.id, SIMILAR), library.posts(found.id)
    record = found.record
    address = str(request.url.replace(query="", fragment=""))
    context = {
        "view": work_view(found),
        "lead": work_line(found.documents),
        "documents": [
            (each.document.title or "Untitled", each.document.kind.value, each.document.id) for each in found.documents
        ],
        "copies": copyable(record),
        "files": [(form, told.label) for form, told in CITATIONS.items() if not told.line],
        "texts": full_text(record, f"/documents/{found.lead.document.id}", web_of(request).resolver),
        "pairs": pairs,
        "told": told,
        **_cited(cited),
        "alike": alike,
        "posts": posts,
        "address": address,
        "in_journal": _in_journal(request, record),
        "head": Markup(head(record, address)),
        "coins": Markup(coins(record)),
    }
    return page(request, "work.html", context, headers={"Cache-Control": "private, no-cache"})


def _in_journal(request: Request, record: Document) -> str:
    """Return the id under which a work appeared in this desk's own journal, "" for every other work.

    A file from elsewhere may name any id; only what has appeared under it, by this title, is led to.
    """
    accounts = web_of(request).accounts
    named = [value for scheme, value in record.ids.others if scheme == "publisher-id" and _MANUSCRIPT.fullmatch(value)]
    if accounts is None or not named:
        return ""
    with suppress(LibraryError):  # also where the desk cannot be reached: the work itself can
        found = article(accounts.desk(), named[0])
        return named[0] if found.document.title == record.title else ""
    return ""


def _cited(shown: CitationsShown, entries: int = ENTRIES) -> dict[str, Any]:
    """Return what a page needs of citations: tallies, statements, the works cited with how many are held."""
    held = sum(1 for each in shown.cited if each.link.work)
    first = sorted(shown.cited, key=lambda each: not each.link.work)[:entries]  # those that can be read come first
    return {
        "cited": shown,
        "statements": [statement_view(each) for each in shown.citing],
        "entries": [entry_view(each) for each in first],
        "held": held,
    }


def citations(request: Request) -> Response:
    """Show every statement about a work, page by page, with its tally by section and year."""
    typed = request.query_params.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 6 else 1
    with web_of(request).pool.reading() as library:
        found = work_of(request.path_params["id"], library.store)
        shown = library.citations(found.id, _PAGE, (max(number, 1) - 1) * _PAGE)
    context = {
        "view": work_view(found),
        "number": max(number, 1),
        "last": max(1, -(-shown.total // _PAGE)),
        **_cited(shown, 0),
    }
    return page(request, "citations.html", context, headers={"Cache-Control": "private, no-cache"})


def references(request: Request) -> Response:
    """Show everything that a work cites: what is held and what is not, and what it says of each."""
    with web_of(request).pool.reading() as library:
        found = work_of(request.path_params["id"], library.store)
        shown = library.citations(found.id, 0)
    listed = [entry_view(each) for each in shown.cited]
    context = {"view": work_view(found), **_cited(shown, 0), "entries": listed}
    return page(request, "cites.html", context, headers={"Cache-Control": "private, no-cache"})


def badge(request: Request) -> Response:
    """Send the badge of a work: how it was cited in this library."""
    with web_of(request).pool.reading() as library:
        found = work_of(request.path_params["id"], library.store)
        tallied = library.tally_of_work(found.id)
    svg = badge_svg(tallied.tally, found.record.retracted)
    return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=3600"})


def cite(request: Request) -> Response:
    """Send a work's citation as a file of the form asked for."""
    name, form = request.path_params["id"], request.path_params["form"]
    if form not in CITATIONS:
        raise NotHeld(f"There is no citation form “{form[:20]}”. It is one of: {', '.join(CITATIONS)}.")
    with web_of(request).pool.reading() as library:
        found = work_of(name, library.store)
    told = CITATIONS[form]
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{found.id}.{told.ending}"',
    }
    return Response(told.write([found.record]).encode("utf-8", "replace"), media_type=told.media, headers=headers)
