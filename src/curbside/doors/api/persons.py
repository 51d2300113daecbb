"""People: who signs, the advisory board, one's own key, and the end of the audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from curbside.desk.rights import Act, is_shown, may
from curbside.doors.api.callers import KEY, OPTIONAL, AnyCaller, KnownCaller
from curbside.doors.api.described import problems
from curbside.doors.api.problems import KINDS, Refused
from curbside.doors.api.sending import JSON, accepting, sent
from curbside.doors.api.shapes_articles import AuditHead, BoardShown, KeyShown, PersonShown
from curbside.errors import NotHeld
from curbside.records import fault_in
from curbside.writers.people import key_json, profile_json

router = APIRouter(tags=["people"], dependencies=[KEY, Depends(accepting(JSON))])


@router.get(
    "/people/{id}",
    operation_id="person",
    summary="Show a person who signs",
    responses={200: {"model": PersonShown}, **problems("no-key", "not-held", "too-many")},
    openapi_extra=OPTIONAL,
)
def person(
    id: Annotated[str, Path(description='"p" and 16 letters and digits.', examples=["p23456789abcdefgh"])],
    caller: AnyCaller,
) -> Response:
    """Return what a person who signs what is published says of themselves; nobody else has a page."""
    with caller.desk.reading() as view:
        found = view.person(id)
    if not is_shown(found):
        raise NotHeld("There is no such account.")
    return sent(profile_json(found))


@router.get(
    "/board",
    operation_id="board",
    summary="Show the medical advisory board",
    responses={200: {"model": BoardShown}, **problems("no-key", "not-held", "too-many")},
    openapi_extra=OPTIONAL,
)
def board(caller: AnyCaller) -> Response:
    """Return its members, by name."""
    with caller.desk.reading() as view:
        members = [profile_json(each) for each in view.people() if each.board and each.active]
    return sent({"members": members})


@router.get(
    "/me",
    operation_id="me",
    summary="Show for whom a key stands",
    responses={200: {"model": KeyShown}, **problems("no-key", "not-held", "too-many")},
)
def me(caller: KnownCaller) -> Response:
    """Return the key that was sent, all but its words, and the person for whom its program acts."""
    assert caller.program is not None
    return sent({**key_json(caller.program.key), "person": profile_json(caller.program.person)})


@router.get(
    "/audit",
    operation_id="audit_head",
    summary="Show the end of the audit log",
    responses={200: {"model": AuditHead}, **problems("no-key", "not-found", "not-held", "too-many")},
)
def audit_head(caller: KnownCaller) -> Response:
    """Return how many entries the log has, the hash of its last, and whether the chain holds; for who may read it."""
    if not may(caller.person, Act.READ_AUDIT):
        raise Refused("not-found", KINDS["not-found"].detail)
    with caller.desk.reading() as view:
        entries = list(view.audit())
    fault, last = fault_in(entries), entries[-1] if entries else None
    return sent(
        {
            "entries": len(entries),
            "head": last.hash if last else "",
            "at": last.at if last else "",
            "holds": fault is None,
            "fault": f"entry {fault.number}: {fault.reason}" if fault else "",
        }
    )
