"""What resembles a work, and what it says in short."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import JSON, accepting, sent
from curbside.doors.api.shapes_likened import SimilarFound, WorkSummary
from curbside.writers.similar import similar_json, summary_json

router = APIRouter(tags=["documents"])

MOST = 60
"""Results of a kind that may be asked for."""

_Id = Annotated[
    str, Path(description="Document (d…), work (w…), PMID, PMCID, DOI or NCT number.", examples=["26504182"])
]


@router.get(
    "/similar/{id:path}",
    operation_id="similar",
    summary="Show what resembles a work, and why",
    responses={200: {"model": SimilarFound}, **problems("not-held", "invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def similar(
    id: _Id,
    desk: TheDesk,
    limit: Annotated[int, Query(ge=0, le=MOST, description="Works wanted.")] = 10,
    posts: Annotated[int, Query(ge=0, le=MOST, description="Posts and questions wanted.")] = 6,
) -> Response:
    """Return works, and posts and questions of pages, that share the subject of a work; fewer than wanted are said."""
    with desk.pool.reading() as library:
        found = library.similar(id, limit)
        talked = library.posts(id, posts)
    return sent(similar_json(found, talked))


@router.get(
    "/summaries/{id:path}",
    operation_id="summary",
    summary="Show the short of a work and a plain account of it",
    responses={200: {"model": WorkSummary}, **problems("not-held")},
    dependencies=[Depends(accepting(JSON))],
)
def summary(id: _Id, desk: TheDesk) -> Response:
    """Return sentences made by rule from the work's own words, each with its quotes, and what is not stated."""
    with desk.pool.reading() as library:
        holding, made = library.summary(id)
    return sent(summary_json(holding.document, made))
