"""Who cites a work, in which words and how, and what it cites."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import JSON, accepting, sent
from curbside.doors.api.shapes_cited import CitationsShown
from curbside.writers.cited import citations_json

router = APIRouter(tags=["documents"])

MOST = 200
"""Statements of a page that may be asked for."""

_FURTHEST = 1_000_000


@router.get(
    "/works/{id:path}/citations",
    operation_id="citations",
    summary="Show who cites a work or an author, and what the work cites",
    responses={200: {"model": CitationsShown}, **problems("not-held", "invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def citations(
    id: Annotated[
        str,
        Path(
            description="Work (w…), document (d…), PMID, PMCID, DOI or NCT number; or the key of an author.",
            examples=["26504182", "author:kim,j"],
        ),
    ],
    desk: TheDesk,
    limit: Annotated[int, Query(ge=0, le=MOST, description="Statements wanted.")] = 50,
    offset: Annotated[int, Query(ge=0, le=_FURTHEST, description="Statements left out before them.")] = 0,
    figures: Annotated[bool, Query(description="Hold findings of both works against each other.")] = False,
) -> Response:
    """Return statements about it with stance, section, sentence and neighbours, and its own list, entry by entry."""
    with desk.pool.reading() as library:
        shown = library.citations(id, limit, offset, figures)
    return sent(citations_json(shown))
