"""The API as one ASGI application, to be mounted at `/api/v1`."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import Route

from curbside import __version__
from curbside.doors.api import (
    article_acts,
    articles,
    asking,
    bundles,
    checking,
    citation_forms,
    citing,
    holding,
    judging,
    likening,
    persons,
    saying,
    searching,
    showing,
    threads,
    uploading,
    weighing,
)
from curbside.doors.api.bodies import BodyLimit
from curbside.doors.api.described import described, problems
from curbside.doors.api.desk import Desk
from curbside.doors.api.examples import examples
from curbside.doors.api.methods import Methods
from curbside.doors.api.problems import handled
from curbside.doors.api.sending import sent
from curbside.doors.http.accounts import Accounts
from curbside.doors.http.pool import LibraryPool
from curbside.store.asked import AskedStore
from curbside.store.inbox import Inbox

PREFIX = "/api/v1"
"""Where the application is mounted."""

SILENT: dict[str, Any] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""The framework's own telemetry, off: what it records of a failed request may hold a question."""

DESCRIPTION = """\
Clinical questions answered from a library of literature; every sentence opens on the words it stands on.

All text is JSON in UTF-8; offsets are code points, half open. Fields may be added; none that is listed goes away or
changes its meaning within `v1`. What goes wrong comes as `application/problem+json` (RFC 9457) with a `code`. Questions
stand in bodies and never in addresses, and answers are never to be cached. What concerns people and their articles goes
by keys of programs (`Authorization: Bearer`), never by cookies."""

TAGS = [
    {"name": "questions", "description": "Answers, answers in progress, kept questions."},
    {"name": "search", "description": "Search and export."},
    {"name": "documents", "description": "Documents, works and the places of quotes."},
    {"name": "evidence", "description": "Studies, evidence profiles, the off-label ledger, the count check."},
    {"name": "articles", "description": "Reviewed answers: their versions, their claims, what is done to them."},
    {"name": "people", "description": "Who signs; keys of programs; the audit log."},
    {"name": "uploads", "description": "Files into the library."},
    {"name": "library", "description": "What the library holds."},
]


MODULES = (
    *(asking, threads, searching, citing, citation_forms, showing, likening, saying),
    *(weighing, checking, judging, holding, uploading),
    *(articles, article_acts, bundles, persons),
)
"""What the operations are in."""


def api_app(
    pool: LibraryPool,
    asked: AskedStore,
    inbox: Inbox,
    origins: tuple[str, ...] = (),
    accounts: Accounts | None = None,
) -> FastAPI:
    """Return the API.

    Args:
        pool: lends opened libraries.
        asked: keeps questions.
        inbox: takes uploads.
        origins: sites whose pages may call it from a browser (CORS); none by default.
        accounts: people for whom programs act; without them there are no articles.
    """
    app = FastAPI(
        title="Curbside",
        version=__version__,
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": PREFIX}],
        openapi_tags=TAGS,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        root_path_in_servers=False,
        telemetry=SILENT,  # pyright: ignore[reportArgumentType]
    )
    app.state.desk = Desk(pool, asked, inbox, accounts)
    handled(app)
    app.add_middleware(BodyLimit)
    for module in MODULES:
        app.include_router(module.router)

    @app.get("/openapi.json", include_in_schema=False, responses=problems())
    async def openapi() -> Response:  # pyright: ignore[reportUnusedFunction]
        """Return this description."""
        return sent(app.openapi())

    routes = [route for module in MODULES for route in module.router.routes]
    app.add_middleware(Methods, routes=[*routes, Route("/openapi.json", openapi)])
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Location", "Retry-After"],
        )
    app.openapi = lambda: described(app, examples())
    return app
