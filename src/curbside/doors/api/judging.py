"""The stance of statements and the support of claims that are sent: nothing of them is kept or logged."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import JSON, accepting, sending, sent
from curbside.doors.api.shapes_stance import StanceAsked, StancesMade, StatementAsked
from curbside.doors.api.shapes_support import SupportAsked, SupportsMade
from curbside.language.stance_cues import marked
from curbside.records.citation import CitingSection, StatementText
from curbside.records.span import Span
from curbside.wiring import stance_judge, support_checker
from curbside.writers.stances import stance_json
from curbside.writers.supports import support_json

router = APIRouter(tags=["evidence"])


@router.post(
    "/stance",
    operation_id="stance",
    summary="Tell how statements stand to the works they cite",
    responses={200: {"model": StancesMade}, **problems(body=True)},
    dependencies=[Depends(sending(JSON)), Depends(accepting(JSON))],
)
def stance(body: StanceAsked, desk: TheDesk) -> Response:
    """Return supporting, contrasting or mentioning for each statement, with a probability and the words that decided.

    A marker that does not lie in its text counts as none given. Nothing of the statements is kept.
    """
    judge = stance_judge("rules" if body.rules else "trained")
    statements = [_statement(each) for each in body.statements]
    with desk.pool.answering():  # in its turn, as an answer
        judgements = judge.judge(statements)
    return sent({"judgements": [stance_json(*both) for both in zip(statements, judgements)]})


def _statement(asked: StatementAsked) -> StatementText:
    place = asked.marker
    marker = Span(place.start, place.end) if place is not None and place.start < place.end <= len(asked.text) else None
    section = CitingSection(asked.section) if asked.section is not None else None
    return marked(StatementText(asked.text, marker, asked.before, asked.after, section))


@router.post(
    "/support",
    operation_id="support",
    summary="Tell whether evidence supports claims",
    responses={200: {"model": SupportsMade}, **problems(body=True)},
    dependencies=[Depends(sending(JSON)), Depends(accepting(JSON))],
)
def support(body: SupportAsked, desk: TheDesk) -> Response:
    """Return supports, refutes or not enough for each pair, with a probability and what was found in comparing them.

    Nothing of the pairs is kept.
    """
    pairs = [(each.claim, each.evidence) for each in body.pairs]
    with desk.pool.answering():  # in its turn, as an answer
        made = support_checker("rules" if body.rules else "trained").check(pairs)
    return sent({"judgements": [support_json(*pair, each) for pair, each in zip(pairs, made)]})
