"""What programs do to articles, each with the rights of the person for whom it acts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from curbside.desk.articles import Step
from curbside.doors.api.articles import ArticleId
from curbside.doors.api.callers import KEY, ActingCaller, Caller, person_of
from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.problems import Refused
from curbside.doors.api.sending import JSON, accepting, sending, sent
from curbside.doors.api.shapes_articles import (
    ArticleShown,
    ArticleWanted,
    ClaimDone,
    CommentMade,
    DrawnAnew,
    ReviewersNamed,
    StepTaken,
)
from curbside.records import Article, ReviewWord
from curbside.workflows import articles as work
from curbside.workflows.article_views import view_of
from curbside.workflows.watching import keys_of
from curbside.writers.articles import article_json

router = APIRouter(tags=["articles"], dependencies=[KEY, Depends(sending(JSON)), Depends(accepting(JSON))])

_PROBLEMS = ("no-key", "not-allowed", "not-held", "too-many", "full")


def _now(caller: Caller, done: Article, status: int = 200, location: str = "") -> Response:
    """Answer with the article as it stands now."""
    shown = article_json(view_of(caller.desk, caller.person, done.id))
    return sent(shown, status, {"Location": location} if location else None)


@router.post(
    "/articles",
    operation_id="make_article",
    summary="Make a draft article of an answer",
    status_code=201,
    responses={
        201: {
            "model": ArticleShown,
            "headers": {"Location": {"schema": {"type": "string"}, "description": "Where the article is."}},
        },
        **problems("no-key", "not-allowed", "not-held", "too-many", "full", "unknown-value", body=True),
    },
)
def make_article(body: ArticleWanted, held: TheDesk, caller: ActingCaller, request: Request) -> Response:
    """Ask a question and make a draft of the answer, of which nobody knows but its author and the editors."""
    question = body.question.strip()
    if not question:
        raise Refused("invalid", "There is no question; these are blanks.", errors=[])
    with held.pool.answering() as library:
        answer = library.ask(question, body.filters.meant(library.vocabulary))
        made = work.draft(caller.desk, person_of(caller), answer, library.store, body.title)
    return _now(caller, made, 201, f"{request.scope.get('root_path', '')}/articles/{made.id}")


@router.post(
    "/articles/{id}/steps",
    operation_id="step_article",
    summary="Take a step of an article's life",
    responses={200: {"model": ArticleShown}, **problems(*_PROBLEMS, body=True)},
)
def step_article(id: ArticleId, body: StepTaken, held: TheDesk, caller: ActingCaller) -> Response:
    """Submit, send to review, return, approve, withdraw or reopen; `steps` of the article says what may be done now.

    Who approves sends the `seen` of the article as they read it, so that nothing is approved that nobody read: where it
    changed since, or news came, the step is refused.
    """
    me, step = person_of(caller), Step(body.step)
    keys: frozenset[str] = frozenset()
    if step is Step.APPROVE:
        found = work.read(caller.desk, me, id)
        with held.pool.reading() as library:
            keys = keys_of(found.version, library.vocabulary)
    return _now(caller, work.take(caller.desk, me, id, step, body.words, sorted(keys), body.seen))


@router.post(
    "/articles/{id}/redraw",
    operation_id="redraw_article",
    summary="Draw an article anew from the library",
    responses={200: {"model": ArticleShown}, **problems(*_PROBLEMS, body=True)},
)
def redraw_article(id: ArticleId, body: DrawnAnew, held: TheDesk, caller: ActingCaller) -> Response:
    """Ask the article's question of the library as it is now, and write what differs as a further version.

    Claims that stay keep their numbers and signatures, words of people stay theirs, what the answer no longer says is
    taken out with that reason. Where nothing differs there is no further version.
    """
    me = person_of(caller)
    found = work.read(caller.desk, me, id)
    with held.pool.answering() as library:
        answer = library.ask(found.version.question, found.version.filters)
        done = work.redraw(caller.desk, me, id, answer, library.store, body.words)
    return _now(caller, done)


@router.post(
    "/articles/{id}/reviewers",
    operation_id="assign_reviewers",
    summary="Name who reviews an article",
    responses={200: {"model": ArticleShown}, **problems(*_PROBLEMS, body=True)},
)
def assign_reviewers(id: ArticleId, body: ReviewersNamed, caller: ActingCaller) -> Response:
    """Name its reviewers, in the place of those who were named before; an editor does."""
    return _now(caller, work.assign(caller.desk, person_of(caller), id, body.reviewers))


@router.post(
    "/articles/{id}/comments",
    operation_id="comment_article",
    summary="Comment on an article among those who work on it",
    responses={200: {"model": ArticleShown}, **problems(*_PROBLEMS, body=True)},
)
def comment_article(id: ArticleId, body: CommentMade, caller: ActingCaller) -> Response:
    """Say something of an article, or of one of its claims; readers do not see it."""
    return _now(caller, work.comment(caller.desk, person_of(caller), id, body.words, body.claim))


@router.post(
    "/articles/{id}/claims/{number}",
    operation_id="act_on_claim",
    summary="Change, remove, sign or return a claim",
    responses={200: {"model": ArticleShown}, **problems(*_PROBLEMS, body=True)},
)
def act_on_claim(
    id: ArticleId,
    number: Annotated[int, Path(ge=1, le=9_999, description="Number of the claim.")],
    body: ClaimDone,
    held: TheDesk,
    caller: ActingCaller,
) -> Response:
    """Do something to a claim as it was read: who changes it writes a version, who reviews it signs or returns it.

    A claim that was changed meanwhile has another key, and nothing is done.
    """
    desk, me = caller.desk, person_of(caller)
    match body.do:
        case "change":
            with held.pool.reading() as library:
                store, vocabulary = library.store, library.vocabulary
                done = work.edit_claim(desk, me, id, number, body.key, body.text, body.words, store, vocabulary)
        case "remove":
            done = work.remove_claim(desk, me, id, number, body.key, body.words)
        case "sign":
            done = work.sign(desk, me, id, number, body.key, ReviewWord.SIGNED, body.words)
        case "return":
            done = work.sign(desk, me, id, number, body.key, ReviewWord.RETURNED, body.words)
    return _now(caller, done)
