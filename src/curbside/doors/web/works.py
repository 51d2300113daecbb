"""A page for every work: its record, its abstract, how it was cited, what is like it, and how to cite it."""

from __future__ import annotations

import re

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.doors.web.pages import page, web_of
from curbside.errors import NotHeld
from curbside.records.work import Work
from curbside.wiring import Library
from curbside.workflows.shelf import work as work_of
from curbside.writers.citations import CITATIONS, copyable
from curbside.writers.html_work import work_line, work_view
from curbside.writers.links import full_text
from curbside.writers.work_meta import coins, head

_ID = re.compile(r"w[0-9a-f]{12}", re.ASCII)

SIMILAR = 6
"""Works like it that a page shows."""


def work(request: Request) -> Response:
    """Show a work; a document or an identifier leads to it."""
    name: str = request.path_params["id"]
    with web_of(request).pool.reading() as library:
        found = work_of(name, library.store)
        if name != found.id:
            return RedirectResponse(f"/works/{found.id}", 303)
        pairs = _pairs(library, found)
        told = library.summary(found.lead.document.id)[1]
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
        "texts": full_text(record, f"/documents/{found.lead.document.id}"),
        "pairs": pairs,
        "told": told,
        "alike": alike,
        "posts": posts,
        "address": address,
        "head": Markup(head(record, address)),
        "coins": Markup(coins(record)),
    }
    return page(request, "work.html", context, headers={"Cache-Control": "private, no-cache"})


def _pairs(library: Library, found: Work) -> list[tuple[str, str]]:
    """Return the profiles that the work belongs to."""
    names, profile = library.vocabulary.names, found.lead.profile
    return [
        (f"{names(drug)[0]} for {names(condition)[0]}", f"/evidence?drug={drug}&condition={condition}")
        for drug in profile.drugs[:1]
        for condition in profile.conditions[:2]
        if names(drug) and names(condition)
    ]


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
