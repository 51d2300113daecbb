"""The application: pages at `/`, the API at `/api/v1`, and around both what keeps requests in bounds."""

from __future__ import annotations

import gc
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from functools import cache

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount
from starlette.types import ASGIApp

from curbside.doors.api.app import api_app
from curbside.doors.http.accounts import Accounts
from curbside.doors.http.guard import HostGuard, OriginGuard
from curbside.doors.http.headers import SecurityHeaders
from curbside.doors.http.limits import Bounds, Limits
from curbside.doors.http.log import RequestLog
from curbside.doors.http.pool import LibraryPool
from curbside.doors.web.adding import ADD, adding
from curbside.doors.web.app import web_app
from curbside.doors.web.manuscript_form import MANUSCRIPTS, MOST_SENT
from curbside.errors import CurbsideError
from curbside.serving.plan import Plan
from curbside.store.asked import AskedStore
from curbside.store.inbox import Inbox
from curbside.wiring import open_library
from curbside.wiring.desk import mailer_of, open_desk
from curbside.workflows.progress import Upkeep, unheard

API = "/api/v1"

COLLECTED = (50_000, 20, 100)
"""After how many objects the collector looks for circles among the young, and after how many looks among the older."""


def application(plan: Plan, upkeep: Upkeep = unheard) -> ASGIApp:
    """Return the application that answers for a library; `upkeep` is told what has to be done to that first."""
    pool = LibraryPool(lambda: open_library(plan.library, paths=False, upkeep=upkeep), plan.library)
    asked, inbox = AskedStore(plan.library, plan.keep_questions), Inbox(plan.library)
    inner = doors(pool, asked, inbox, plan, accounts(plan))
    whole = inbox.bounds.whole + (64 << 20)
    larger = (("POST", ADD, whole), ("POST", f"{API}/documents", whole), ("POST", MANUSCRIPTS, MOST_SENT))
    return guarded(inner, plan, Bounds(larger=larger))


def doors(pool: LibraryPool, asked: AskedStore, inbox: Inbox, plan: Plan, accounts: Accounts) -> Starlette:
    """Return the pages and the API, each where it is mounted, without what is put around them."""
    pages = web_app(pool, asked, extra=adding(inbox), resolver=plan.openurl, accounts=accounts)
    return Starlette(
        routes=[mounted(API, api_app(pool, asked, inbox, plan.origins, accounts)), mounted("/", pages)],
        lifespan=lambda _: _lifespan(pool),
    )


def accounts(plan: Plan) -> Accounts:
    """Return the accounts of a server; its desk is opened when the first page asks for it."""
    desk = cache(lambda: open_desk(plan.library, plan.desk))
    return Accounts(desk, mailer_of(plan.desk), plan.desk.address, Inbox(plan.library), plan.desk.mail is not None)


def mounted(path: str, app: ASGIApp) -> Mount:
    """Mount an application so that a line break is a character like others; the framework's pattern ends at one."""
    mount = Mount(path, app)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def guarded(inner: ASGIApp, plan: Plan, bounds: Bounds) -> ASGIApp:
    """Return an application within everything that keeps the outside at its place."""
    app: ASGIApp = Limits(inner, bounds)
    app = SecurityHeaders(HostGuard(OriginGuard(app, plan.origins, API), plan.names))
    return RequestLog(app) if plan.log else app


@asynccontextmanager
async def _lifespan(pool: LibraryPool) -> AsyncGenerator[None]:
    """Open a library before the first request wants it, and close all of them at the end."""
    await run_in_threadpool(_warm, pool)
    yield
    pool.close()


def _warm(pool: LibraryPool) -> None:
    with suppress(CurbsideError), pool.reading() as library:
        library.ask("Does sirolimus help?")
    # What is there by now stays: the collector need not walk through the vocabulary again and again. And an answer
    # makes tens of thousands of objects, none of them in a circle: looking for circles at each 700th costs a
    # fifteenth of its time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED)
