"""Articles to take along: each version that somebody may read, in each form."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.http.tags import has_tag
from curbside.doors.web.pages import web_of
from curbside.doors.web.who import accounts_of, current, desk_of
from curbside.errors import NotHeld
from curbside.records.article_sheet import ArticleSheet
from curbside.workflows.article_files import ARTICLE_FORMS, article_file, file_key, file_name
from curbside.workflows.article_sheets import sheet_of


def sheet_for(request: Request, id: str, number: int = 0) -> ArticleSheet:
    """Return a version of an article as whoever asks may read it, 0 for the one that stands.

    Raises:
        NotHeld: if there is none, or they may not know of it.
    """
    me, web = current(request), web_of(request)

    def name(concept: str) -> str:
        with web.pool.reading() as library:
            found = library.vocabulary.get(concept)
        return found.name if found is not None else concept

    site = accounts_of(request).address
    return sheet_of(desk_of(request), me.person if me is not None else None, id, number, site, name)


def file(request: Request) -> Response:
    """Send an article, or a version of it, as a file; whoever has it already is only told so."""
    form = request.path_params["form"]
    if form not in ARTICLE_FORMS:
        raise NotHeld(f"An article leaves as one of: {', '.join(ARTICLE_FORMS)}.")
    sheet = sheet_for(request, request.path_params["id"], request.path_params.get("number", 0))
    key = file_key(sheet, form)
    tag = f'W/"{key}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache" if sheet.approvals else "no-store"}
    headers |= {} if sheet.stands else {"X-Robots-Tag": "noindex"}
    if has_tag(request, tag):
        return Response(status_code=304, headers=headers)
    content = web_of(request).press.file(key, lambda: article_file(sheet, form))
    headers["Content-Disposition"] = f'attachment; filename="{file_name(sheet, form)}"'
    return Response(content, media_type=ARTICLE_FORMS[form].media, headers=headers)


def offered() -> tuple[list[tuple[str, str]], list[str]]:
    """Return the forms that are made here, as (ending, label) pairs, and the labels of those that are not."""
    there = [(ending, form.label) for ending, form in ARTICLE_FORMS.items() if form.there]
    return there, [form.label for form in ARTICLE_FORMS.values() if not form.there]
