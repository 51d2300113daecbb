"""Documents, works and quotes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import JSON, accepting, sent, tagged
from curbside.doors.api.shapes_record import Document, Place, Work
from curbside.records import Span
from curbside.workflows.plain import place_json
from curbside.workflows.show import place, show
from curbside.writers.plain import holding_json

router = APIRouter(tags=["documents"])

_FURTHEST = 1_000_000_000

_Document = Annotated[str, Path(description="Id of the document (d…).", examples=["d0c1f6a53f0e4cf6b1a2"])]


@router.get(
    "/documents/{id}",
    operation_id="document",
    summary="Show a document",
    responses={
        200: {
            "model": Document,
            "headers": {"ETag": {"schema": {"type": "string"}, "description": "Changes with the text or the record."}},
        },
        304: {"description": "The document is as `If-None-Match` says."},
        **problems("not-held"),
    },
    dependencies=[Depends(accepting(JSON))],
)
def document(id: _Document, desk: TheDesk, request: Request) -> Response:
    """Return a document with its text, into which all offsets point."""
    with desk.pool.reading() as library:
        holding = library.store.holding(id)
    return tagged(request, id, holding_json(holding, text=True))


@router.get(
    "/documents/{id}/quote",
    operation_id="quote",
    summary="Show the place of a quote",
    responses={200: {"model": Place}, **problems("not-held", "invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def quote(
    id: _Document,
    start: Annotated[int, Query(ge=0, le=_FURTHEST, description="First code point.")],
    end: Annotated[int, Query(ge=1, le=_FURTHEST, description="One past the last.")],
    desk: TheDesk,
) -> Response:
    """Return the words between two offsets and the passage that they stand in."""
    with desk.pool.reading() as library:
        library.store.holding(id)
        found = place(id, Span(start, end), library.store)
    return sent(place_json(found))


@router.get(
    "/works/{id:path}",
    operation_id="work",
    summary="Show a work",
    responses={200: {"model": Work}, **problems("not-held")},
    dependencies=[Depends(accepting(JSON))],
)
def work(
    id: Annotated[
        str,
        Path(
            description="Work (w…), document (d…), PMID, PMCID, DOI or NCT number; a slash in it may stay as it is.",
            examples=["w0c1f6a53f0e4", "10.1000/xyz123"],
        ),
    ],
    desk: TheDesk,
    request: Request,
) -> Response:
    """Return the documents of the work that an id names, oldest first."""
    with desk.pool.reading() as library:
        holdings = show(id, library.store)
    return tagged(request, holdings[0].work, {"documents": [holding_json(each, text=True) for each in holdings]})
