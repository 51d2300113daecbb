"""Audit bundles to take along: an article, or a version of it, with all that its readers can check it by."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.web.pages import web_of
from curbside.doors.web.who import current, desk_of
from curbside.workflows.bundle import bundle_of_article
from curbside.writers.bundle import bundle_name, bundle_text


def bundle(request: Request) -> Response:
    """Send the bundle of a version that whoever asks may read, as its readers see it."""
    me = current(request)
    id, number = request.path_params["id"], request.path_params.get("number", 0)
    person = me.person if me is not None else None
    with web_of(request).pool.reading() as library:
        made = bundle_of_article(desk_of(request), library.store, library.vocabulary, person, id, number)
    headers = {
        "Content-Disposition": f'attachment; filename="{bundle_name(made)}"',
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
    return Response(bundle_text(made), media_type="application/json", headers=headers)
