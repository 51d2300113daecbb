"""What is said of works: notices, tallies of stances, flags. People change them at the command line."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import JSON, accepting, sent
from curbside.doors.api.shapes import Words
from curbside.doors.api.shapes_said import FlagsShown, NoticesShown, Tallied
from curbside.errors import UsageError
from curbside.workflows.notices import all_known, known
from curbside.writers.flags import flag_json
from curbside.writers.notices import known_json, list_json
from curbside.writers.tallies import tallied_json

router = APIRouter(tags=["documents"])

MOST_ASKED = 50
"""Works that may be looked up at once."""

_Name = Annotated[Words, Query(max_length=300)]


@router.get(
    "/notices",
    operation_id="notices",
    summary="Show what is known against works",
    responses={200: {"model": NoticesShown}, **problems("not-held", "invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def notices(
    desk: TheDesk,
    id: Annotated[
        list[Words] | None,
        Query(max_length=MOST_ASKED, description="DOI, PMID, work …, held or not; without, all works held with one."),
    ] = None,
) -> Response:
    """Return the lists that the library goes by, and what they and notices held say of works."""
    with desk.pool.reading() as library:
        lists = library.store.gate.lists()
        found = [known(name, library.store) for name in id] if id else all_known(library.store)
    told = [known_json(e.asked, e.work, e.title, e.retracted, e.said, e.says) for e in found]
    shown = [{**list_json(each), "origin": each.origin.replace("\\", "/").rpartition("/")[2]} for each in lists]
    return sent({"lists": shown, "works": told})


@router.get(
    "/tallies",
    operation_id="tally",
    summary="Count how a work, an author or a claim is cited",
    responses={200: {"model": Tallied}, **problems("not-held", "unknown-value", "invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def tally(
    desk: TheDesk,
    id: Annotated[_Name, Query(description="Work (w…), document, PMID, DOI …; held or not.")] = "",
    author: Annotated[_Name, Query(description='An author: "Blomberg, J" or an ORCID iD.')] = "",
    drug: Annotated[_Name, Query(description="With a condition: works on a drug for it.")] = "",
    condition: Annotated[_Name, Query(description="With a drug.")] = "",
    retracted: Annotated[bool, Query(description="Count what retracted works say with the rest.")] = False,
) -> Response:
    """Return supporting, contrasting and mentioning citations by section and year; give one of the three."""
    claim = bool(drug or condition)
    if [bool(id), bool(author), claim].count(True) != 1 or (claim and not (drug and condition)):
        raise UsageError("Give one: id, author, or drug with condition.")
    with desk.pool.reading() as library:
        found = (
            library.tally_of_claim(drug, condition, retracted)
            if claim
            else library.tally_of_author(author, retracted)
            if author
            else library.tally_of_work(id, retracted)
        )
    told = (found.of, found.name, found.title, found.works, found.matched, found.tally)
    return sent(tallied_json(*told, found.with_retracted, found.said))


@router.get(
    "/flags",
    operation_id="flags",
    summary="Show the flags on citations",
    responses={200: {"model": FlagsShown}, **problems("invalid")},
    dependencies=[Depends(accepting(JSON))],
)
def flags(
    desk: TheDesk,
    state: Annotated[Literal["open", "agreed", "refused"] | None, Query(description="Only these.")] = None,
) -> Response:
    """Return who says that a citation has another class, why, and which reviewers agree."""
    with desk.pool.reading() as library:
        found = library.store.flags.all()
    return sent({"flags": [flag_json(each) for each in found if state is None or each.state == state]})
