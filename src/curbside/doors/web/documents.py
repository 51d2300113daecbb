"""A document in full, with the quoted words lit, and its exports."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from curbside.answer.references import entry
from curbside.doors.web.pages import page, web_of
from curbside.errors import NotHeld, UsageError
from curbside.records import Holding, Span
from curbside.wiring import Library
from curbside.workflows.export import marked
from curbside.workflows.show import show
from curbside.writers import CITATIONS, WRITERS
from curbside.writers.html_document import document_view
from curbside.writers.markdown_document import document_markdown

_AT = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_PAGE = re.compile(r"\d{1,6}", re.ASCII)
_ID = re.compile(r"d[0-9a-f]{20}", re.ASCII)

EXPORTS = {
    **{
        name: (name, form.label, f"{form.media}; charset=utf-8", form.ending)
        for name, form in CITATIONS.items()
        if name in WRITERS and not form.line
    },
    "md": ("", "Markdown", "text/markdown; charset=utf-8", "md"),
}
"""Name in the address -> writer ("" for markdown), label, media type, ending of the file; records as in `CITATIONS`."""


def document(request: Request) -> Response:
    """Show a document; a work or an identifier leads to its document, or to a list of them."""
    web = web_of(request)
    name: str = request.path_params["id"]
    with web.pool.reading() as library:
        holdings = show(name, library.store)
        if not _ID.fullmatch(name):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/documents/{holdings[0].document.id}{query}", 303)
        others = _others(holdings[0], library)
    holding = holdings[0]
    view = document_view(holding, _place(request, holding), _page(request))
    about = entry(holding, 1)
    facts = {
        "kind": holding.document.kind.value,
        "evidence": about.kind,
        "secondary": about.secondary,
        "year": about.year,
    }
    exports = [(name, label) for name, (_, label, _, _) in EXPORTS.items()]
    context = {"view": view, "facts": facts, "others": others, "exports": exports}
    return page(request, "document.html", context, headers={"Cache-Control": "private, no-cache"})


def _others(holding: Holding, library: Library) -> list[tuple[str, str, str]]:
    names = [name for name in library.store.documents_of(holding.work) if name != holding.document.id]
    return [
        (each.document.title or "Untitled", each.document.kind.value, f"/documents/{each.document.id}")
        for each in library.store.holdings(names)
    ]


def _place(request: Request, holding: Holding) -> Span | None:
    typed = request.query_params.get("at", "")
    if not typed:
        return None
    match = _AT.fullmatch(typed)
    span = Span(int(match[1]), int(match[2])) if match and int(match[1]) < int(match[2]) else None
    if span is None or span.end > len(holding.document.text):
        size = len(holding.document.text)
        raise UsageError(f"“at” names no place in this document, which has {size:,} characters: give START-END.")
    return span


def _page(request: Request) -> int:
    typed = request.query_params.get("page", "")
    return int(typed) if _PAGE.fullmatch(typed) else 0


def export(request: Request) -> Response:
    """Send a document's record as a file."""
    name, form = request.path_params["id"], request.path_params["form"]
    if form not in EXPORTS:
        raise NotHeld(f"There is no export “{form[:20]}”. It is one of: {', '.join(EXPORTS)}.")
    with web_of(request).pool.reading() as library:
        holdings = show(name, library.store)
    writer, _, media, ending = EXPORTS[form]
    text = "".join(WRITERS[writer](marked(holdings[:1]))) if writer else document_markdown(holdings[0])
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{holdings[0].document.id}.{ending}"',
    }
    return Response(text.encode("utf-8", "replace"), media_type=media, headers=headers)
