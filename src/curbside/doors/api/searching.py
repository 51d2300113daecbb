"""Search and export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from curbside.doors.api.described import problems
from curbside.doors.api.desk import Desk, TheDesk
from curbside.doors.api.sending import JSON, NEVER_KEPT, accepting, sending, sent
from curbside.doors.api.shapes import DEEPEST, ExportAsked, Format, SearchAsked
from curbside.doors.api.shapes_record import Found
from curbside.records import Filters, Holding, Order, Query
from curbside.store.base import Store
from curbside.workflows.export import export
from curbside.workflows.find import EVERYTHING, every, find
from curbside.workflows.plain import facets_json, found_json
from curbside.workflows.show import show

router = APIRouter(tags=["search"])

FORMS = {
    "jsonl": "application/jsonl",
    "ris": "application/x-research-info-systems",
    "nbib": "application/nbib",
    "bibtex": "application/x-bibtex",
    "csl": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv",
}
"""Form of an export -> its media type."""

ENDINGS = {"csl": "json", "bibtex": "bib"}
"""Form of an export -> ending of a file in it, where that is not its name."""


def _query(body: SearchAsked | ExportAsked, filters: Filters) -> Query:
    """Return what the index is asked; blanks alone stand for everything."""
    text = body.query.strip()
    return Query(text, (), filters, body.advanced) if text else Query(EVERYTHING, (), filters, advanced=True)


@router.post(
    "/search",
    operation_id="search",
    summary="Search the library",
    responses={200: {"model": Found}, **problems("query-syntax", "unknown-value", body=True)},
    dependencies=[Depends(sending(JSON)), Depends(accepting(JSON))],
)
def search(body: SearchAsked, desk: TheDesk) -> Response:
    """Return documents, best first, each with the passage that matched best."""
    with desk.pool.reading() as library:
        filters = body.filters.meant(library.vocabulary)
        query = replace(_query(body, filters), limit=body.limit, offset=body.offset, order=Order(body.order))
        found = find(query, library.store, library.index, library.vocabulary, body.widen)
        facets = facets_json(library.index.facets(found.query)) if body.facets else None
    following = body.offset + body.limit
    more = following < found.total and following <= DEEPEST
    asked = {"query": body.query, "advanced": body.advanced, "order": body.order}
    return sent({**found_json(found), **asked, "facets": facets, "next": following if more else None})


_Form = Annotated[Format, Path(description="Form of the export.")]


async def _form_taken(request: Request) -> None:
    """Refuse a request that takes no answer in the form that its address names."""
    media = FORMS.get(str(request.path_params["form"]))
    if media is not None:
        await accepting(media)(request)


def _written() -> dict[int | str, dict[str, object]]:
    content: dict[str, object] = {media: {"schema": {"type": "string"}} for media in FORMS.values()}
    content[FORMS["csl"]] = {"schema": {"type": "array", "items": {"type": "object"}}}
    return {200: {"description": "The records, in the form asked for.", "content": content}}


@router.post(
    "/export/{form}",
    operation_id="export",
    summary="Export what a search finds, or all of the library",
    response_class=StreamingResponse,
    responses={**_written(), **problems("query-syntax", "unknown-value", body=True)},
    dependencies=[Depends(sending(JSON)), Depends(_form_taken)],
)
def export_found(form: _Form, body: ExportAsked, desk: TheDesk) -> Response:
    """Write one record for each work, in the order of the search, in a form of reference managers.

    An empty `query` without filters exports all of the library.
    """
    with desk.pool.reading() as library:
        filters = body.filters.meant(library.vocabulary)
        holdings: Iterable[Holding] | None = None
        if body.query.strip() or filters != Filters():
            found = every(_query(body, filters), library.store, library.index, library.vocabulary, body.widen)
            holdings = [result.holding for result in found.results]
    return _streamed(desk, form, holdings, "library")


@router.get(
    "/export/{form}/{id:path}",
    operation_id="export_work",
    summary="Export a work",
    response_class=StreamingResponse,
    responses={**_written(), **problems("not-held", "invalid")},
    dependencies=[Depends(_form_taken)],
)
def export_work(
    form: _Form,
    id: Annotated[str, Path(description="Work (w…), document (d…), PMID, PMCID, DOI or NCT number.")],
    desk: TheDesk,
) -> Response:
    """Write the record of the work that an id names, in a form of reference managers."""
    with desk.pool.reading() as library:
        holdings = show(id, library.store)[:1]
    return _streamed(desk, form, holdings, holdings[0].work)


def _streamed(desk: Desk, form: str, holdings: Iterable[Holding] | None, name: str) -> Response:
    def pieces() -> Iterator[bytes]:
        with desk.pool.reading() as library:
            store: Store = library.store
            for piece in export(store.live_holdings() if holdings is None else holdings, form, store):
                yield piece.encode("utf-8", "replace")

    headers = {
        "Cache-Control": NEVER_KEPT,
        "Content-Disposition": f'attachment; filename="{name}.{ENDINGS.get(form, form)}"',
    }
    return StreamingResponse(pieces(), 200, headers, FORMS[form])
