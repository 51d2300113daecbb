"""The citation of a work, in the forms of `CITATIONS`."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from curbside.doors.api.described import problems
from curbside.doors.api.desk import TheDesk
from curbside.doors.api.sending import ASKED_AGAIN, accepting
from curbside.workflows.cite import citations, cited
from curbside.writers.citations import CITATIONS

router = APIRouter(tags=["documents"])

Style = Literal["nlm", "ama", "plain", "bibtex", "ris", "nbib", "csl", "html"]
"""The names of `CITATIONS`; a test holds one against the other."""


async def _form_taken(request: Request) -> None:
    """Refuse a request that takes no answer in the form that it asks for."""
    form = CITATIONS.get(request.query_params.get("style", "nlm"))
    if form is not None:
        await accepting(form.media)(request)


def _written() -> dict[int | str, dict[str, object]]:
    content: dict[str, object] = {form.media: {"schema": {"type": "string"}} for form in CITATIONS.values()}
    content[CITATIONS["csl"].media] = {"schema": {"type": "array", "items": {"type": "object"}}}
    return {200: {"description": "The citation, in the form asked for.", "content": content}}


@router.get(
    "/works/{id:path}/cite",
    operation_id="cite",
    summary="Cite a work",
    response_class=Response,
    responses={**_written(), **problems("not-held", "invalid")},
    dependencies=[Depends(_form_taken)],
)
def cite(
    id: Annotated[
        str,
        Path(description="Work (w…), document (d…), PMID, PMCID, DOI or NCT number.", examples=["10.1000/xyz123"]),
    ],
    desk: TheDesk,
    style: Annotated[Style, Query(description="Form of the citation.")] = "nlm",
) -> Response:
    """Write the citation of the work that an id names; of its documents the one that says most of it is cited."""
    with desk.pool.reading() as library:
        text = citations(cited([id], library.store), style)
    form = CITATIONS[style]
    headers = {"Cache-Control": ASKED_AGAIN}
    return Response(text.encode("utf-8", "replace"), headers=headers, media_type=form.media)
