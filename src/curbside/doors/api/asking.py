"""Questions: an answer, an answer in progress, kept questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.problems import KINDS, Refused, details, noted, refused
from curbside.doors.api.sending import JSON, NEVER_KEPT, accepting, encoded, sending, sent
from curbside.doors.api.shapes import ForWhom, QuestionAsked
from curbside.doors.api.shapes_answer import Answer as AnswerShape
from curbside.doors.api.shapes_answer import Kept
from curbside.errors import CurbsideError, NotHeld
from curbside.records import Answer, digest_of
from curbside.records.audience import Audience
from curbside.wiring import Library
from curbside.workflows.ask import Reading, Searched, Understood, asking
from curbside.writers import answer_json, answer_markdown
from curbside.writers.audience import patient_json, patient_markdown, researcher_json, researcher_markdown
from curbside.writers.plain import question_json

MARKDOWN = "text/markdown"
EVENTS = "text/event-stream"

router = APIRouter(tags=["questions"])

SHAPES = {
    "understood": "Understood",
    "searching": "Searched",
    "reading": "Reading",
    "section": "NumberedSection",
    "done": "Answer",
    "error": "ProblemDetails",
}
"""Event of an answer in progress -> the shape of its data."""

_COMPONENTS = "#/components/schemas/"


def _event_schema(name: str, shape: str) -> dict[str, Any]:
    """Return the schema of an event (OpenAPI 3.2, server-sent events): its data is JSON in a string."""
    data = {
        "type": "string",
        "contentMediaType": JSON,
        "contentSchema": {"$ref": f"{_COMPONENTS}{shape}"},
    }
    return {
        "type": "object",
        "required": ["event", "data"],
        "properties": {"event": {"const": name}, "data": data},
    }


def question_of(body: QuestionAsked) -> str:
    """Return the question, which is more than blanks."""
    question = body.question.strip()
    if not question:
        fault = {"place": "/question", "detail": "There is no question; these are blanks."}
        raise Refused("invalid", "The request is not as described.", errors=[fault])
    return question


def told(answer: Answer, audience: ForWhom, library: Library, model: bool) -> dict[str, Any]:
    """Return an answer as its audience is told it, reworded by the language model that is set where `model` is true."""
    answer = library.reword(answer, audience) if model else answer
    match Audience(audience):
        case Audience.PATIENT:
            return patient_json(library.for_patient(answer))
        case Audience.RESEARCHER:
            return researcher_json(library.for_researcher(answer))
        case Audience.CLINICIAN:
            return answer_json(answer)


def _markdown(answer: Answer, audience: ForWhom, library: Library, model: bool) -> str:
    answer = library.reword(answer, audience) if model else answer
    match Audience(audience):
        case Audience.PATIENT:
            return patient_markdown(library.for_patient(answer))
        case Audience.RESEARCHER:
            return researcher_markdown(library.for_researcher(answer))
        case Audience.CLINICIAN:
            return answer_markdown(answer)


@router.post(
    "/ask",
    operation_id="ask",
    summary="Ask a question",
    responses={
        200: {"model": AnswerShape, "content": {MARKDOWN: {"schema": {"type": "string"}}}},
        **problems("unknown-value", body=True),
    },
    dependencies=[Depends(sending(JSON))],
)
def ask(body: QuestionAsked, desk: TheDesk, form: Annotated[str, Depends(accepting(JSON, MARKDOWN))]) -> Response:
    """Answer from what the library holds, every sentence with the words that it stands on, or decline.

    With `Accept: text/markdown` the answer comes as markdown. Nothing of the question is kept.
    """
    question = question_of(body)
    with desk.pool.answering() as library:
        answer = library.ask(question, body.filters.meant(library.vocabulary))
    with desk.pool.reading() as library:  # a language model may take its time, and nobody else waits for it
        if form == MARKDOWN:
            text = _markdown(answer, body.audience, library, body.model).encode("utf-8", "replace")
            return Response(text, 200, {"Cache-Control": NEVER_KEPT}, MARKDOWN)
        return sent(told(answer, body.audience, library, body.model))


@router.post(
    "/ask/events",
    operation_id="ask_events",
    summary="Ask a question and see the answer come",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Server-sent events, in this order: `understood` (what was made of the question), "
            "`searching` (once or more), `reading`, `section` (once for each section), `done` (the whole answer). "
            "Where something goes wrong in between, `error` (a problem) comes last and there is no `done`. "
            "The data of each event is one JSON object; `x-events` names its shape.",
            "content": {
                EVENTS: {
                    "itemSchema": {"oneOf": [_event_schema(*each) for each in SHAPES.items()]},
                    "example": 'event: reading\ndata: {"documents":["d0c1f6a53f0e4cf6b1a2"],"of":126}\n\n',
                }
            },
        },
        **problems("unknown-value", body=True),
    },
    openapi_extra={
        "x-events": {name: {"$ref": f"{_COMPONENTS}{shape}"} for name, shape in SHAPES.items()},
    },
    dependencies=[Depends(sending(JSON)), Depends(accepting(EVENTS))],
)
def ask_events(body: QuestionAsked, desk: TheDesk) -> Response:
    """Answer as `POST /ask` does and tell how far it is, as server-sent events."""
    question = question_of(body)
    with desk.pool.reading() as library:
        filters = body.filters.meant(library.vocabulary)

    def events() -> Iterator[bytes]:
        try:
            with desk.pool.answering() as library:
                for stage in asking(question, library.store, library.index, library.vocabulary, filters):
                    yield from _events(stage, body, library)
        except CurbsideError as error:
            problem = refused(error)
            yield _event("error", details(problem.code, problem.detail, **problem.more))
        except Exception as error:  # noqa: BLE001 - the rim: the status is sent, and only an event can tell
            noted(error)
            yield _event("error", details("internal", KINDS["internal"].detail))

    headers = {"Cache-Control": NEVER_KEPT, "X-Accel-Buffering": "no"}
    return StreamingResponse(events(), 200, headers, EVENTS)


def _events(stage: Understood | Searched | Reading | Answer, body: QuestionAsked, library: Library) -> Iterator[bytes]:
    match stage:
        case Understood():
            yield _event("understood", question_json(stage.question))
        case Searched():
            yield _event("searching", {"matched": stage.matched, "chosen": stage.chosen})
        case Reading():
            yield _event("reading", {"documents": list(stage.documents), "of": stage.of})
        case Answer():
            plain = told(stage, body.audience, library, body.model)
            sections: list[dict[str, Any]] = plain["sections"]
            for number, section in enumerate(sections, 1):
                yield _event("section", {**section, "number": number, "of": len(sections)})
            yield _event("done", plain)


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\n".encode() + b"data: " + encoded(data) + b"\n\n"


_Id = Annotated[str, Path(description="22 random characters, as `POST /answers` gave them.")]

_Audience = Annotated[ForWhom, Query(description="Whom to tell it.")]

_Model = Annotated[bool, Query(description="Whether the language model that is set, if any, may reword the answer.")]


@router.post(
    "/answers",
    operation_id="keep_answer",
    summary="Ask a question and keep it",
    status_code=201,
    responses={
        201: {
            "model": Kept,
            "headers": {"Location": {"schema": {"type": "string"}, "description": "Where the answer is shown anew."}},
        },
        **problems("unknown-value", "full", "not-kept", body=True),
    },
    dependencies=[Depends(sending(JSON)), Depends(accepting(JSON))],
)
def keep_answer(body: QuestionAsked, desk: TheDesk, request: Request) -> Response:
    """Answer, and keep the question for some days under an address that says nothing of it.

    The answer itself is not kept: whoever comes back is answered from the library as it is then.
    """
    if not desk.asked.keeps:
        raise Refused("not-kept", KINDS["not-kept"].detail)
    question = question_of(body)
    with desk.pool.answering() as library:
        answer = library.ask(question, body.filters.meant(library.vocabulary))
    with desk.pool.reading() as library:
        plain = told(answer, body.audience, library, body.model)
    name = desk.asked.keep(question, answer.question.filters, digest_of(answer))
    asked = desk.asked.get(name)
    kept = {"id": name, "asked": asked.time, "changed": False, "answer": plain}
    return sent(kept, 201, {"Location": f"{request.scope.get('root_path', '')}/answers/{name}"})


@router.get(
    "/answers/{id}",
    operation_id="kept_answer",
    summary="Answer a kept question anew",
    responses={200: {"model": Kept}, **problems("not-held", "invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def kept_answer(id: _Id, desk: TheDesk, audience: _Audience = "clinician", model: _Model = True) -> Response:
    """Answer a kept question from the library as it is now and say whether that changed the answer."""
    asked = desk.asked.get(id)
    with desk.pool.answering() as library:
        answer = library.anew(asked, desk.asked.threads)
    with desk.pool.reading() as library:
        plain = told(answer, audience, library, model)
    changed = digest_of(answer) != asked.digest
    return sent({"id": asked.id, "asked": asked.time, "changed": changed, "answer": plain})


@router.delete(
    "/answers/{id}",
    operation_id="forget_answer",
    summary="Forget a kept question",
    status_code=204,
    response_class=Response,
    responses=problems("not-held", "cross-site", bare=True),
)
def forget_answer(id: _Id, desk: TheDesk) -> Response:
    """Delete a kept question, its words and its address."""
    if not desk.asked.forget(id):
        raise NotHeld("No question is kept under this address.")
    return Response(None, 204, {"Cache-Control": NEVER_KEPT})
