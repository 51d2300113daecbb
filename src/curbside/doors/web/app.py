"""The web door's application: which address leads to which page."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from curbside.doors.http.accounts import Accounts
from curbside.doors.http.pool import LibraryPool
from curbside.doors.web import (
    account,
    article_files,
    articles,
    asking,
    audience,
    bundles,
    checking,
    documents,
    failing,
    feeds,
    following,
    journal,
    leaflets,
    manuscript_form,
    manuscripts,
    people,
    policies,
    programs,
    searching,
    shelf,
    standing,
    threads,
    weighing,
    works,
)
from curbside.doors.web.glance import Glances
from curbside.doors.web.kept import KeptPages, kept
from curbside.doors.web.pages import STATIC, Web
from curbside.doors.web.who import Recognise, SignInFirst, to_sign_in
from curbside.errors import CurbsideError
from curbside.store.asked import AskedStore

ROUTES: tuple[BaseRoute, ...] = (
    Route("/", asking.home),
    Route("/ask", asking.ask, methods=["POST"]),
    Route("/answers/{id}", asking.answer),
    Route("/audience", audience.choose, methods=["POST"]),
    Route("/answers/{id}/studies.csv", audience.studies),
    Route("/answers/{id}/forget", asking.forget, methods=["POST"]),
    Route("/answers/{id}/follow", threads.follow, methods=["POST"]),
    Route("/answers/{id}/drop", threads.drop, methods=["POST"]),
    Route("/answers/{id}/answer.{ending:str}", asking.download),
    Route("/documents/{id:path}/export/{form}", documents.export),
    Route("/documents/{id:path}", documents.document),
    Route("/works/{id:path}/cite/{form}", works.cite),
    Route("/works/{id:path}/citations", works.citations),
    Route("/works/{id:path}/references", works.references),
    Route("/works/{id:path}/badge.svg", works.badge),
    Route("/works/{id:path}", works.work),
    Route("/authors/{name:path}", shelf.author),
    Route("/journals/{name:path}", shelf.journal),
    Route("/keywords/{name:path}", shelf.keyword),
    Route("/drugs/{name:path}", shelf.drug),
    Route("/conditions/{name:path}", shelf.condition),
    Route("/archive", shelf.archive),
    Route("/archive/{year:int}", shelf.year),
    Route("/search", searching.blank, methods=["GET"]),
    Route("/search", searching.search, methods=["POST"]),
    Route("/search/export", searching.exported, methods=["POST"]),
    Route("/studies/{id:path}", weighing.card),
    Route("/evidence", weighing.evidence, methods=["GET"]),
    Route("/evidence", weighing.evidence_sent, methods=["POST"]),
    Route("/evidence/export/{form}", weighing.evidence_export),
    Route("/ledger", weighing.ledger),
    Route("/ledger/export/{form}", weighing.ledger_export),
    Route("/check", checking.blank, methods=["GET"]),
    Route("/check", checking.check, methods=["POST"]),
    Route("/status", standing.status),
    Route("/help", leaflets.help_page),
    Route("/help/{name:path}", leaflets.further),
    Route("/method", leaflets.method),
    Route("/glossary", audience.words),
    Route("/keys", leaflets.keys),
)
"""Every page of this door that needs no account, in the order in which addresses are matched."""

PEOPLE: tuple[BaseRoute, ...] = (
    Route("/account", account.account),
    Route("/account/sign-in", account.sign_in_page, methods=["GET"]),
    Route("/account/sign-in", account.sign_in, methods=["POST"]),
    Route("/account/sign-out", account.sign_out, methods=["POST"]),
    Route("/account/forgotten", account.forgotten_page, methods=["GET"]),
    Route("/account/forgotten", account.forgotten, methods=["POST"]),
    Route("/account/profile", account.profile, methods=["POST"]),
    Route("/account/password", account.password, methods=["POST"]),
    Route("/account/erase", account.erase, methods=["POST"]),
    Route(programs.PAGE, programs.listed, methods=["GET"]),
    Route(programs.PAGE, programs.make, methods=["POST"]),
    Route(f"{programs.PAGE}/{{id}}", programs.revoke, methods=["POST"]),
    Route("/account/join/{secret}", account.join_page, methods=["GET"]),
    Route("/account/join/{secret}", account.join, methods=["POST"]),
    Route("/account/reset/{secret}", account.reset_page, methods=["GET"]),
    Route("/account/reset/{secret}", account.reset, methods=["POST"]),
    Route("/articles", kept(articles.listed), methods=["GET"]),
    Route("/articles", articles.make, methods=["POST"]),
    Route("/articles/{id}.{form}", article_files.file),
    Route("/articles/{id}/versions/{number:int}.{form}", article_files.file),
    Route("/articles/{id}/bundle.json", bundles.bundle),
    Route("/articles/{id}/versions/{number:int}/bundle.json", bundles.bundle),
    Route("/articles/{id}", kept(articles.article), methods=["GET"]),
    Route("/articles/{id}", articles.on_article, methods=["POST"]),
    Route("/articles/{id}/claims/{claim:int}", articles.on_claim, methods=["POST"]),
    Route("/articles/{id}/versions/{number:int}", kept(articles.version)),
    Route("/articles/{id}/versions/{number:int}/since/{since:int}", kept(articles.differences)),
    Route("/articles.atom", feeds.articles),
    Route("/feeds/{secret}/news.atom", feeds.private),
    Route("/following", following.shown, methods=["GET"]),
    Route("/following", following.follow, methods=["POST"]),
    Route("/following/read", following.read, methods=["POST"]),
    Route("/following/telling", following.choose, methods=["POST"]),
    Route("/following/feed", following.feed, methods=["POST"]),
    Route("/following/{id}", following.change, methods=["POST"]),
    Route("/unsubscribe/{secret}", following.stop_page, methods=["GET"]),
    Route("/unsubscribe/{secret}", following.stop, methods=["POST"]),
    Route("/policies/{name}", policies.text),
    Route("/policies/{name}/edit", policies.edit, methods=["GET"]),
    Route("/policies/{name}/edit", policies.change, methods=["POST"]),
    Route("/policies/{name}/versions/{number:int}", policies.version),
    Route("/policies/{name}/versions/{number:int}/since/{since:int}", policies.differences),
    Route("/manuscripts", manuscripts.listed, methods=["GET"]),
    Route("/manuscripts", manuscript_form.save, methods=["POST"]),
    Route("/manuscripts/new", manuscript_form.new),
    Route("/manuscripts/{id}", manuscripts.manuscript, methods=["GET"]),
    Route("/manuscripts/{id}", manuscripts.act, methods=["POST"]),
    Route("/manuscripts/{id}/edit", manuscript_form.edit),
    Route("/manuscripts/{id}/versions/{number:int}", manuscripts.version),
    Route("/manuscripts/{id}/versions/{number:int}/file", manuscripts.file),
    Route("/manuscripts/{id}/versions/{number:int}/since/{since:int}", manuscripts.changed),
    Route("/journal", journal.archive),
    Route("/journal/settings", journal.settings, methods=["GET"]),
    Route("/journal/settings", journal.set_settings, methods=["POST"]),
    Route("/journal/issues/{volume}", journal.issue),
    Route("/journal/issues/{volume}/{issue}", journal.issue),
    Route("/journal/articles/{id}", journal.article),
    Route("/journal/articles/{id}/cite/{form}", journal.cite),
    Route("/journal/articles/{id}/jats", journal.jats),
    Route("/board", people.board),
    Route("/people", people.managed, methods=["GET"]),
    Route("/people/invite", people.invite, methods=["POST"]),
    Route("/people/{id}", people.profile, methods=["GET"]),
    Route("/people/{id}", people.change, methods=["POST"]),
    Route("/audit", people.audit),
)
"""Pages of people: their accounts, who manages them, and what was done."""


class _Static(StaticFiles):
    """Static files; an address that carries the file's hash may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        kept = bytes(scope.get("query_string", b"")).startswith(b"v=") and response.status_code == 200
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        return response


def web_app(
    pool: LibraryPool,
    asked: AskedStore,
    extra: Sequence[BaseRoute] = (),
    resolver: str = "",
    accounts: Accounts | None = None,
) -> Starlette:
    """Return the application that serves the pages.

    Args:
        pool: opened libraries.
        asked: kept questions.
        extra: routes of pages that stand beside these in the same template (adding), matched first.
        resolver: address of an OpenURL resolver that works' pages link to, or "".
        accounts: people who may sign in; without them the pages for that are not there.

    Headers of safety, limits of bodies and the check of hosts are put around it by who serves it.
    """
    handlers = {
        SignInFirst: to_sign_in,
        CurbsideError: failing.refused,
        HTTPException: failing.http_error,
        Exception: failing.fault,
    }
    static = Mount("/static", _Static(directory=STATIC))
    routes = [*extra, *ROUTES, *(PEOPLE if accounts is not None else ()), static]
    app = Starlette(routes=routes, exception_handlers=handlers, middleware=[Middleware(Recognise)])
    app.state.kept_pages = KeptPages()
    app.state.web = Web(pool, asked, Glances(), bool(extra), resolver=resolver, accounts=accounts)
    return app
