"""The count check of a text that is sent: nothing of it is kept or logged."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import JSON, accepting, sending, sent
from curbside.doors.api.shapes import CheckAsked
from curbside.doors.api.shapes_checked import ChecksMade
from curbside.workflows.check import checks_of_text
from curbside.writers.checks import checked_json
from curbside.writers.plain import problem_json

router = APIRouter(tags=["evidence"])


@router.post(
    "/check",
    operation_id="check",
    summary="Hold the numbers of a text against each other",
    responses={200: {"model": ChecksMade}, **problems(body=True)},
    dependencies=[Depends(sending(JSON)), Depends(accepting(JSON))],
)
def check(body: CheckAsked, desk: TheDesk) -> Response:
    """Return what agrees, what does not and what could not be checked in a manuscript, an abstract or a reply.

    Each check comes with its arithmetic and the words of both sides. Nothing of the text is kept.
    """
    with desk.pool.answering():  # in its turn, as an answer: a long text takes as long as one
        documents, unread = checks_of_text(body.text)
    made = [checked_json(each.document, each.checked) for each in documents]
    return sent({"documents": made, "problems": [problem_json(problem) for problem in unread]})
