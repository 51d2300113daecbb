"""What the library holds: its status, its documents page by page, problems, the vocabulary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import JSON, accepting, sent
from curbside.doors.api.shapes import MOST_HITS
from curbside.doors.api.shapes_record import Listing, Problems, Status, Term
from curbside.errors import NotHeld
from curbside.language.vocabulary import Vocabulary
from curbside.records import Concept
from curbside.writers.plain import holding_json, problem_json, status_json

router = APIRouter(tags=["library"])

_Limit = Annotated[int, Query(ge=1, le=MOST_HITS, description="How many on a page.")]


@router.get(
    "/status",
    operation_id="status",
    summary="Say what the library holds",
    responses={200: {"model": Status}, **problems()},
    dependencies=[Depends(accepting(JSON))],
)
def status(desk: TheDesk) -> Response:
    """Count what the library holds and say how its index is."""
    with desk.pool.reading() as library:
        plain = status_json(library.status())
    return sent({**plain, "folder": Path(str(plain["folder"])).name})


@router.get(
    "/documents",
    operation_id="documents",
    summary="List the library's documents",
    responses={200: {"model": Listing}, **problems("invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def documents(
    desk: TheDesk,
    limit: _Limit = 50,
    cursor: Annotated[
        str,
        Query(pattern=r"^(p[0-9]{1,15})?$", description="`next` of the page before.", examples=["p50"]),
    ] = "",
) -> Response:
    """List the records of all documents, oldest first; what is added meanwhile comes last."""
    after = int(cursor.removeprefix("p") or 0)
    with desk.pool.reading() as library:
        page = library.store.listed(after, limit + 1)
        total = library.store.held
    return sent(
        {
            "total": total,
            "next": f"p{page[limit - 1][0]}" if len(page) > limit else None,
            "documents": [holding_json(each) for _, each in page[:limit]],
        }
    )


@router.get(
    "/problems",
    operation_id="problems",
    summary="List what could not be done",
    responses={200: {"model": Problems}, **problems("invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def listed_problems(
    desk: TheDesk,
    limit: _Limit = 50,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="Problems to pass over.")] = 0,
) -> Response:
    """List the problems of past adds that still stand, by file and line."""
    with desk.pool.reading() as library:
        every = library.store.problems()
    following = offset + limit
    return sent(
        {
            "total": len(every),
            "next": following if following < len(every) else None,
            "problems": [problem_json(each) for each in every[offset:following]],
        }
    )


@router.get(
    "/vocabulary",
    operation_id="vocabulary",
    summary="Look up a drug, class, condition or procedure",
    responses={200: {"model": Term}, **problems("not-held", "invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def vocabulary(
    desk: TheDesk,
    name: Annotated[
        str, Query(min_length=1, max_length=200, description="A name or an id.", examples=["rapamycin", "d:sirolimus"])
    ],
) -> Response:
    """Return the concept that a name stands for, with its other names and what is broader and narrower."""
    with desk.pool.reading() as library:
        words = library.vocabulary
        concept = words.get(name) or words.find(name)
        if concept is None:
            raise NotHeld(f"The vocabulary does not know {name!r}.")
        return sent(_term(concept, words))


def _term(concept: Concept, words: Vocabulary) -> dict[str, object]:
    return {
        "concept": concept.id,
        "kind": concept.kind.value,
        "name": concept.name,
        "names": list(words.names(concept.id)),
        "brands": list(concept.brands),
        "mesh": concept.mesh,
        "broader": [_named(each, words) for each in words.broader(concept.id)],
        "narrower": [_named(each, words) for each in words.narrower(concept.id)[1:]],
    }


def _named(identifier: str, words: Vocabulary) -> dict[str, str]:
    return {"concept": identifier, "name": words.names(identifier)[0]}
