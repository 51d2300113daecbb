"""How the library stands: what it holds, how it is, and the problems of past adds with their files."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from curbside.desk.rights import Act, may
from curbside.doors.web.pages import page, web_of
from curbside.doors.web.who import current, desk_of
from curbside.records import LibraryStatus, Problem
from curbside.records.desk_job import DeskJobs
from curbside.records.following import Posted
from curbside.workflows.watching import LOOK

SIZE = 50
"""Problems of a page."""


def status(request: Request) -> Response:
    """Show what is held, how the index is, and what could not be read."""
    with web_of(request).pool.reading() as library:
        held = library.status()
        problems = library.store.problems()
    typed = request.query_params.get("page", "1")
    last = max(1, -(-len(problems) // SIZE))
    number = min(max(int(typed), 1), last) if typed.isascii() and typed.isdigit() and len(typed) <= 6 else 1
    lost = sum(1 for problem in problems if problem.lost)
    shown: list[Problem] = problems[(number - 1) * SIZE : number * SIZE]
    context = {
        "letters": _letters(request),
        "work": _work(request),
        "status": held,
        "health": tuple(_health(held)),
        "problems": shown,
        "lost": lost,
        "total": len(problems),
        "number": number,
        "last": last,
    }
    return page(request, "status.html", context)


def _letters(request: Request) -> Sequence[Posted] | None:
    """Return the letters that wait or were given up, to who manages accounts; None to everybody else."""
    if not _manages(request):
        return None
    with desk_of(request).reading() as view:
        return view.following.posted()


def _work(request: Request) -> DeskJobs | None:
    """Return how the work of the desk stands, to who manages accounts; None to everybody else.

    What went wrong with somebody's saved question is not told: it may hold its words.
    """
    if not _manages(request):
        return None
    with desk_of(request).reading() as view:
        standing = view.jobs.standing()
    failed = tuple((kind, subject, why if kind == LOOK else "") for kind, subject, why in standing.failed)
    return DeskJobs(standing.waiting, failed)


def _manages(request: Request) -> bool:
    me = current(request)
    return me is not None and may(me.person, Act.MANAGE_PEOPLE)


_INDEX = {
    "ready": "ready",
    "behind": "behind the library; it catches up with the next add, or with: curbside rebuild",
    "missing": "not made yet; it is made with the first add, or with: curbside rebuild",
    "broken": "cannot be read; make it anew with: curbside rebuild",
}


def _health(held: LibraryStatus) -> list[tuple[str, str]]:
    """Return (what, how it is) rows."""
    return [
        ("Index of words", f"{_INDEX.get(held.index, held.index)}; {held.passages:,} passages"),
        ("Search goes by", _legs(held)),
        ("Jobs waiting", f"{held.jobs:,}"),
        ("Retracted works held", f"{held.retracted:,}"),
        ("Records withdrawn or removed", f"{held.tombstones:,}"),
        ("Files kept as they came", f"{held.originals:,}"),
        ("Vocabulary", ", ".join(f"{count:,} {_many(kind)}" for kind, count in held.vocabulary)),
    ]


def _many(kind: str) -> str:
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"


def _legs(held: LibraryStatus) -> str:
    """Return what searching goes by, and how far the vectors are."""
    legs = " and ".join(held.legs)
    if not held.encoder:
        return f"{legs}; no encoder is installed: curbside encoder install"
    left = max(0, held.documents - held.embedded)
    return f"{legs}; {held.encoder}, " + (f"vectors of {left:,} documents still to be made" if left else "complete")
