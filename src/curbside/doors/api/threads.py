"""Threads: questions that follow one another; what each carried over comes with its answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.api.asking import question_of, told
from curbside.doors.api.described import problems
from curbside.doors.api.desk import Desk, TheDesk
from curbside.doors.api.problems import KINDS, Refused
from curbside.doors.api.sending import JSON, NEVER_KEPT, accepting, sending, sent
from curbside.doors.api.shapes import QuestionAsked, QuestionFollowing
from curbside.doors.api.shapes_answer import Answer as AnswerShape
from curbside.doors.api.shapes_thread import ThreadKept
from curbside.records.thread import Turn
from curbside.writers.thread import answered_json, thread_json

router = APIRouter(tags=["questions"])

_Id = Annotated[str, Path(description="22 random characters, as `POST /threads` gave them.")]


@router.post(
    "/threads",
    operation_id="begin_thread",
    summary="Ask the first question of a thread",
    status_code=201,
    responses={
        201: {
            "model": AnswerShape,
            "headers": {"Location": {"schema": {"type": "string"}, "description": "Where the thread is gone on with."}},
        },
        **problems("unknown-value", "full", "not-kept", body=True),
    },
    dependencies=[Depends(sending(JSON)), Depends(accepting(JSON))],
)
def begin_thread(body: QuestionAsked, desk: TheDesk, request: Request) -> Response:
    """Answer, and keep the question for some days, so that others may follow it; `thread` in the answer has the id."""
    plain, name = _answered(body, (), "", (), desk)
    return sent(plain, 201, {"Location": f"{request.scope.get('root_path', '')}/threads/{name}"})


@router.post(
    "/threads/{id}",
    operation_id="follow_thread",
    summary="Ask a question that follows others",
    responses={200: {"model": AnswerShape}, **problems("not-held", "unknown-value", "full", "not-kept", body=True)},
    dependencies=[Depends(sending(JSON)), Depends(accepting(JSON))],
)
def follow_thread(id: _Id, body: QuestionFollowing, desk: TheDesk) -> Response:
    """Answer a question in the light of those before it: "and in children?", "only trials", "why does [3] disagree?".

    `thread.carried` tells what was carried over from earlier questions, `thread.dropped` what was not and why. To take
    something away, ask again with the ids of those chips in `drop` and the number of the turn before in `after`.
    """
    _are_kept(desk)
    before = desk.asked.threads.get(id).turns
    if body.after is not None:
        before = before[: body.after]
    plain, _ = _answered(body, before, id, tuple(body.drop), desk)
    return sent(plain)


def _are_kept(desk: Desk) -> None:
    if not desk.asked.threads.keeps:
        raise Refused("not-kept", KINDS["not-kept"].detail)


def _answered(
    body: QuestionAsked, before: tuple[Turn, ...], id: str, drop: tuple[str, ...], desk: Desk
) -> tuple[dict[str, object], str]:
    _are_kept(desk)
    question = question_of(body)
    with desk.pool.answering() as library:
        turn = library.turn(question, before, body.filters.meant(library.vocabulary), drop)
        plain = told(turn.answer, body.audience, library, body.model)
    thread = desk.asked.threads.keep(turn.turns, id)
    plain["thread"] = answered_json(thread.turns[-1], turn.number, thread.id)
    return plain, thread.id


@router.get(
    "/threads/{id}",
    operation_id="thread",
    summary="Show a thread",
    responses={200: {"model": ThreadKept}, **problems("not-held")},
    dependencies=[Depends(accepting(JSON))],
)
def thread(id: _Id, desk: TheDesk) -> Response:
    """Return the questions of a thread and how each was read; answers are not kept."""
    return sent(thread_json(desk.asked.threads.get(id)))


@router.delete(
    "/threads/{id}",
    operation_id="forget_thread",
    summary="Forget a thread",
    status_code=204,
    response_class=Response,
    responses=problems("not-held", "cross-site", bare=True),
)
def forget_thread(id: _Id, desk: TheDesk) -> Response:
    """Delete a thread with all its questions and its address."""
    desk.asked.forget_thread(desk.asked.threads.get(id))
    return Response(None, 204, {"Cache-Control": NEVER_KEPT})
