"""Articles: lists, an article as it stands, its versions and what changed between them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from curbside.desk.differing import changes
from curbside.doors.api.callers import KEY, OPTIONAL, AnyCaller, Caller, without_key
from curbside.doors.api.described import problems
from curbside.doors.api.sending import JSON, accepting, sent, tagged
from curbside.doors.api.shapes_articles import ArticleChanges, ArticleShown, ArticlesListed
from curbside.workflows.article_views import ListOf, lines_of, view_of
from curbside.writers.articles import article_json, line_json

router = APIRouter(tags=["articles"], dependencies=[KEY, Depends(accepting(JSON))])

MOST = 100
_FURTHEST = 1_000_000

ArticleId = Annotated[str, Path(description='"a" and 16 letters and digits.', examples=["abcdefghjkmnpqrs2"])]
VersionNumber = Annotated[int, Path(ge=1, le=9_999, description="Number of a version, from 1.")]
_TAGGED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": ArticleShown,
        "headers": {
            "ETag": {"schema": {"type": "string"}, "description": "Changes with state, news, words, or what was said."}
        },
    },
    304: {"description": "The article is as `If-None-Match` says."},
}


@router.get(
    "/articles",
    operation_id="articles",
    summary="List articles",
    responses={200: {"model": ArticlesListed}, **problems("no-key", "not-allowed", "not-held", "too-many", "invalid")},
    openapi_extra=OPTIONAL,
)
def articles(
    caller: AnyCaller,
    which: Annotated[
        Literal["approved", "mine", "reviews", "desk"],
        Query(description="Those approved; one's own; those one reviews; all that wait at the desk, for editors."),
    ] = "approved",
    limit: Annotated[int, Query(ge=1, le=MOST, description="Articles wanted.")] = 50,
    offset: Annotated[int, Query(ge=0, le=_FURTHEST, description="Articles left out before them.")] = 0,
) -> Response:
    """Return a page of a list, last changed first. All lists but that of approved articles want a key."""
    if which != "approved" and caller.person is None:
        raise without_key("This list is for who sends a key.")
    found, total = lines_of(caller.desk, caller.person, ListOf(which), limit, offset)
    onwards = offset + len(found)
    return sent(
        {
            "which": which,
            "total": total,
            "articles": [line_json(line, author) for line, author in found],
            "next": onwards if found and onwards < total else None,
        }
    )


@router.get(
    "/articles/{id}",
    operation_id="article",
    summary="Show an article",
    responses={**_TAGGED, **problems("no-key", "not-held", "too-many")},
    openapi_extra=OPTIONAL,
)
def article(id: ArticleId, caller: AnyCaller, request: Request) -> Response:
    """Return an article as it stands, or as it was approved last to who may not read more.

    With an entity tag that changes with its state, its news, its words and what was said of it. One that is a draft,
    or under review and never approved, is not held for who does not work on it.
    """
    return _shown(request, caller, id)


@router.get(
    "/articles/{id}/versions/{number}",
    operation_id="article_version",
    summary="Show a version of an article",
    responses={**_TAGGED, **problems("no-key", "not-held", "too-many", "invalid")},
    openapi_extra=OPTIONAL,
)
def article_version(id: ArticleId, number: VersionNumber, caller: AnyCaller, request: Request) -> Response:
    """Return a version as it was: any to who works on the article, to others those that were approved."""
    return _shown(request, caller, id, number)


def _shown(request: Request, caller: Caller, id: str, number: int = 0) -> Response:
    view = view_of(caller.desk, caller.person, id, number)
    response = tagged(request, id, article_json(view))
    response.headers["Vary"] = "Authorization"
    if view.article.state != "approved" or number:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@router.get(
    "/articles/{id}/versions/{number}/since/{since}",
    operation_id="article_changes",
    summary="Show what changed between two versions of an article",
    responses={200: {"model": ArticleChanges}, **problems("no-key", "not-held", "too-many", "invalid")},
    openapi_extra=OPTIONAL,
)
def article_changes(id: ArticleId, number: VersionNumber, since: VersionNumber, caller: AnyCaller) -> Response:
    """Return what became of each claim, word by word."""
    later, earlier = (view_of(caller.desk, caller.person, id, each).version for each in (number, since))
    claims = [
        {
            "number": each.number,
            "change": each.change.value,
            "runs": [{"change": run.change.value, "words": run.words} for run in each.runs],
            "why": each.why,
            "quotes": each.quotes,
        }
        for each in changes(earlier, later)
    ]
    return sent({"id": id, "since": since, "version": number, "claims": claims}, headers={"X-Robots-Tag": "noindex"})
