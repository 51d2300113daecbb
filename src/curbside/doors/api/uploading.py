"""Uploads: files into the inbox, how far they are, what became of them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from curbside.doors.api.described import problems
from curbside.doors.api.desk import Desk, TheDesk
from curbside.doors.api.problems import Refused
from curbside.doors.api.sending import JSON, accepting, sending, sent
from curbside.doors.api.shapes_upload import Batch
from curbside.doors.http.upload import taken
from curbside.errors import CurbsideError, TooLarge, UsageError
from curbside.records import Upload

FORM = "multipart/form-data"
PROGRESS = ("files", "files_total", "records", "size", "size_total", "seconds", "rate", "left")
"""What is told of an upload that is being added."""

_DRAIN_S = 5.0

router = APIRouter(tags=["uploads"])


@router.post(
    "/documents",
    operation_id="upload",
    summary="Add files",
    status_code=202,
    responses={
        202: {
            "model": Batch,
            "description": "The files are safe and wait to be added.",
            "headers": {"Location": {"schema": {"type": "string"}, "description": "Where to see how far they are."}},
        },
        **problems("full", body=True),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["files"],
                        "properties": {
                            "files": {
                                "type": "array",
                                "minItems": 1,
                                "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                                "description": "PubMed XML, JATS, NBIB, RIS, OpenAlex, JSON Lines, markdown, HTML or "
                                "text, gzipped or not; 256 MB each, 1 GB together, 10,000 files.",
                            }
                        },
                    }
                }
            },
        }
    },
    dependencies=[Depends(accepting(JSON)), Depends(sending(FORM))],
)
async def upload(request: Request, desk: TheDesk) -> Response:
    """Take files in, one or many, each in a field with a file name; all of them or none.

    They are added one upload after the other, by a process of the server's; a kill at any moment loses none.
    """
    try:
        name = await _received(request, desk)
    except (CurbsideError, Refused):
        # A client that still sends would not see the answer; what it sends is let run out for a moment.
        with suppress(TimeoutError, ClientDisconnect, RuntimeError):
            async with asyncio.timeout(_DRAIN_S):
                async for _ in request.stream():
                    pass
        raise
    found = await run_in_threadpool(desk.inbox.get, name)
    return sent(_told(found), 202, {"Location": f"{request.scope.get('root_path', '')}/batches/{name}"})


async def _received(request: Request, desk: Desk) -> str:
    receiving = await run_in_threadpool(desk.inbox.receive)
    try:
        try:
            form = await taken(request.stream(), request.headers.get("content-type", ""), receiving)
        except TooLarge:
            raise
        except UsageError as error:
            raise Refused("malformed", str(error)) from error
        if form.fields:
            faults = [{"place": name[:100], "detail": "This field is no file."} for name in list(form.fields)[:20]]
            raise Refused("invalid", "Files alone are taken, each with its name.", errors=faults)
        return await run_in_threadpool(receiving.seal)
    finally:
        await run_in_threadpool(receiving.close)


@router.get(
    "/batches/{id}",
    operation_id="batch",
    summary="Say how far an upload is",
    responses={200: {"model": Batch}, **problems("not-held")},
    dependencies=[Depends(accepting(JSON))],
)
def batch(
    id: Annotated[str, Path(description="22 random characters, as `POST /documents` gave them.")], desk: TheDesk
) -> Response:
    """Return how far an upload is and, in the end, what adding it did; kept for 30 days."""
    return sent(_told(desk.inbox.get(id)))


def _told(upload: Upload) -> dict[str, Any]:
    return {
        "id": upload.id,
        "state": upload.state.value,
        "time": upload.time,
        "files": [{"name": each.name, "size": each.size, "sha256": each.sha256} for each in upload.files],
        "progress": {name: upload.progress[name] for name in PROGRESS} if upload.progress else None,
        "result": {k: v for k, v in upload.result.items() if k != "resumed"} if upload.result else None,
        "why": upload.why,
    }
