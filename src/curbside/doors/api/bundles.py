"""Audit bundles of articles."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from curbside.doors.api.articles import ArticleId
from curbside.doors.api.callers import KEY, OPTIONAL, AnyCaller
from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import JSON, NEVER_KEPT, accepting
from curbside.workflows.bundle import bundle_of_article
from curbside.writers.bundle import bundle_name, bundle_text

router = APIRouter(tags=["articles"], dependencies=[KEY, Depends(accepting(JSON))])

_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The bundle, in its one form: a file to be kept byte for byte.",
        "content": {JSON: {"schema": {"type": "object", "additionalProperties": True}}},
    }
}


@router.get(
    "/articles/{id}/bundle.json",
    operation_id="article_bundle",
    summary="Send the audit bundle of an article",
    response_class=Response,
    responses={**_FILE, **problems("no-key", "not-held", "too-many", "invalid")},
    openapi_extra=OPTIONAL,
)
def article_bundle(
    id: ArticleId,
    caller: AnyCaller,
    held: TheDesk,
    version: Annotated[int, Query(ge=0, le=9_999, description="Number of a version; 0: the one that stands.")] = 0,
) -> Response:
    """Return an article as its readers see it, with all that it can be checked by: `curbside verify` does.

    Any version to who works on the article, to others those that were approved.
    """
    with held.pool.reading() as library:
        made = bundle_of_article(caller.desk, library.store, library.vocabulary, caller.person, id, version)
    headers = {
        "Cache-Control": NEVER_KEPT,
        "Content-Disposition": f'attachment; filename="{bundle_name(made)}"',
        "X-Robots-Tag": "noindex",
    }
    return Response(bundle_text(made), headers=headers, media_type=JSON)
