"""Evidence weighed: studies, profiles of a drug for a condition, the off-label ledger."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from curbside.doors.api.asking import question_of, told
from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import JSON, NEVER_KEPT, accepting, sending, sent
from curbside.doors.api.shapes import QuestionAsked, Words
from curbside.doors.api.shapes_weighed import AnswerWeighed, EvidenceProfile, LedgerShown, StudyHeld
from curbside.writers.weighed import cited_json, profile_json, rows_json, study_json
from curbside.writers.weighed_table import ledger_table, profile_table

CSV = "text/csv"

router = APIRouter(tags=["evidence"])

_TABLE = {"content": {CSV: {"schema": {"type": "string"}}}}
_Drug = Annotated[
    Words, Query(min_length=1, max_length=200, description="A drug, by name or id.", examples=["sirolimus"])
]
_Condition = Annotated[
    Words, Query(min_length=1, max_length=200, description="A condition, by name or id.", examples=["itp"])
]
_AnyDrug = Annotated[Words, Query(max_length=200, description="A drug, by name or id; all of the table without.")]
_Form = Annotated[str, Depends(accepting(JSON, CSV))]


@router.get(
    "/evidence",
    operation_id="evidence",
    summary="Weigh what is held on a drug for a condition",
    responses={200: {"model": EvidenceProfile, **_TABLE}, **problems("unknown-value", "invalid")},
)
def evidence(drug: _Drug, condition: _Condition, desk: TheDesk, form: _Form) -> Response:
    """Return the studies held, their counts with intervals, harms, doses, disagreements, and what is not stated.

    With `Accept: text/csv` every value comes as a row with its quote.
    """
    with desk.pool.reading() as library:
        profile = library.evidence(drug, condition)
    return _table("".join(profile_table(profile))) if form == CSV else sent(profile_json(profile))


@router.post(
    "/ask/evidence",
    operation_id="ask_evidence",
    summary="Ask a question and weigh what its answer cites",
    responses={200: {"model": AnswerWeighed}, **problems("unknown-value", body=True)},
    dependencies=[Depends(sending(JSON)), Depends(accepting(JSON))],
)
def ask_evidence(body: QuestionAsked, desk: TheDesk) -> Response:
    """Answer as `POST /ask` does, with the studies that the answer cites: their facts, levels and disagreements."""
    question = question_of(body)
    with desk.pool.answering() as library:
        answer = library.ask(question, body.filters.meant(library.vocabulary))
        evidence = library.cited(answer)
        plain = told(answer, body.audience, library, body.model)
    return sent({"answer": plain, "evidence": cited_json(evidence)})


@router.get(
    "/ledger",
    operation_id="ledger",
    summary="Show the uses of a drug, licensed or not",
    responses={200: {"model": LedgerShown, **_TABLE}, **problems("unknown-value", "invalid")},
)
def ledger(desk: TheDesk, form: _Form, drug: _AnyDrug = "") -> Response:
    """Return each use by route and age group: where it is licensed, and the best that is held on it.

    A use that the table of licences does not have is unknown, not unlicensed.
    """
    with desk.pool.reading() as library:
        found = library.ledger(drug)
    if form == CSV:
        return _table("".join(ledger_table(found.rows)))
    return sent(rows_json(found.rows, found.read, found.matched, found.searched))


@router.get(
    "/studies/{id:path}",
    operation_id="study",
    summary="Show a study card",
    responses={200: {"model": StudyHeld}, **problems("not-held")},
    dependencies=[Depends(accepting(JSON))],
)
def study(
    id: Annotated[
        str, Path(description="Document (d…), work (w…), PMID, PMCID, DOI or NCT number.", examples=["26504182"])
    ],
    desk: TheDesk,
) -> Response:
    """Return what a document states of its study, each value with its quote, and what it does not state."""
    with desk.pool.reading() as library:
        _, found = library.study(id)
    return sent(study_json(found))


def _table(text: str) -> Response:
    return Response(text.encode("utf-8", "replace"), 200, {"Cache-Control": NEVER_KEPT}, CSV)
