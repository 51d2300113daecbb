"""A request to each operation that is answered, and one for each problem that it may be answered with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from api_room import APPROVED, ARTICLE, PEOPLE, QUESTION, RETURNED, Room, bearer, room
from asgi import scope_of, sending
from starlette.testclient import TestClient

from curbside.doors.api.app import PREFIX
from curbside.doors.api.bodies import LARGER
from curbside.doors.api.desk import Desk
from curbside.doors.http.accounts import Accounts
from curbside.doors.http.limits import Bounds
from curbside.errors import LibraryBusy, LibraryError, LibraryFull, TooMany
from curbside.serving.application import guarded
from curbside.serving.plan import Plan
from curbside.store.inbox import Inbox
from curbside.store.receiving import Bounds as Sizes
from desk_makers import Letterbox

JSON = "application/json"


@dataclass(frozen=True)
class Call:
    """A request: method, path behind the prefix, and what httpx takes besides."""

    method: str
    path: str
    given: Mapping[str, Any] = field(default_factory=dict)

    def to(self, http: TestClient) -> Any:
        """Send it."""
        return http.request(self.method, f"{PREFIX}{self.path}", **self.given)

    def but(self, **given: Any) -> Call:
        """Return it with other things given."""
        return replace(self, given={**self.given, **given})


def calls(api: Room) -> dict[str, Call]:
    """Return, by operation, a request that is answered with success; each asks for as little as it can."""
    name = str(api.get("/works/31000001").json()["documents"][0]["document"])
    kept = api.post("/answers", {"question": QUESTION}).json()["id"]
    thread = api.post("/threads", {"question": QUESTION}).json()["thread"]["id"]
    batch = api.post("/documents", files=[("files", ("a.md", b"# A note\n\nSirolimus.\n"))]).json()["id"]
    asked = {"json": {"question": QUESTION}}
    return {
        "ask": Call("POST", "/ask", asked),
        "ask_evidence": Call("POST", "/ask/evidence", asked),
        "ask_events": Call("POST", "/ask/events", asked),
        "keep_answer": Call("POST", "/answers", asked),
        "kept_answer": Call("GET", f"/answers/{kept}"),
        "forget_answer": Call("DELETE", f"/answers/{kept}"),
        "begin_thread": Call("POST", "/threads", asked),
        "follow_thread": Call("POST", f"/threads/{thread}", {"json": {"question": "and in adults since 2010?"}}),
        "thread": Call("GET", f"/threads/{thread}"),
        "forget_thread": Call("DELETE", f"/threads/{thread}"),
        "search": Call("POST", "/search", {"json": {"query": "sirolimus", "facets": True, "limit": 1}}),
        "export": Call("POST", "/export/ris", {"json": {"query": "sirolimus"}}),
        "export_work": Call("GET", "/export/ris/31000001"),
        "cite": Call("GET", "/works/31000001/cite"),
        "document": Call("GET", f"/documents/{name}"),
        "quote": Call("GET", f"/documents/{name}/quote", {"params": {"start": 0, "end": 9}}),
        "work": Call("GET", "/works/31000001"),
        "documents": Call("GET", "/documents", {"params": {"limit": 1}}),
        "status": Call("GET", "/status"),
        "problems": Call("GET", "/problems"),
        "vocabulary": Call("GET", "/vocabulary", {"params": {"name": "sirolimus"}}),
        "evidence": Call("GET", "/evidence", {"params": {"drug": "sirolimus", "condition": "itp"}}),
        "ledger": Call("GET", "/ledger", {"params": {"drug": "sirolimus"}}),
        "study": Call("GET", "/studies/31000001"),
        "citations": Call("GET", "/works/31000001/citations"),
        "similar": Call("GET", "/similar/31000001"),
        "notices": Call("GET", "/notices"),
        "tally": Call("GET", "/tallies", {"params": {"drug": "sirolimus", "condition": "itp"}}),
        "flags": Call("GET", "/flags"),
        "summary": Call("GET", "/summaries/31000001"),
        "check": Call("POST", "/check", {"json": {"text": "Of 120 patients, 34 (82.3%) responded."}}),
        "stance": Call("POST", "/stance", {"json": {"statements": [{"text": "Our results agree with a trial [7]."}]}}),
        "support": Call(
            "POST",
            "/support",
            {
                "json": {
                    "pairs": [
                        {
                            "claim": "Sirolimus improved angiofibromas in most patients.",
                            "evidence": "Lesions did not improve with sirolimus.",
                        }
                    ],
                    "rules": True,  # the trained weights look at an encoder where one is installed
                }
            },
        ),
        "upload": Call("POST", "/documents", {"files": [("files", ("a.md", b"# A note\n\nSirolimus.\n"))]}),
        "batch": Call("GET", f"/batches/{batch}"),
        **_of_people(api),
    }


def _of_people(api: Room) -> dict[str, Call]:
    """The same of articles and people; each may be sent again and again."""
    with api.desk.reading() as view:
        key = view.articles.get(ARTICLE).version.claims[0].key
    reviewers = {"reviewers": [PEOPLE["reviewer"].id]}
    return {
        "articles": Call("GET", "/articles"),
        "article": Call("GET", f"/articles/{APPROVED}"),
        "article_version": Call("GET", f"/articles/{APPROVED}/versions/2"),
        "article_changes": Call("GET", f"/articles/{APPROVED}/versions/2/since/1", {"headers": bearer("author")}),
        "article_bundle": Call("GET", f"/articles/{APPROVED}/bundle.json", {"params": {"version": 2}}),
        "make_article": _by("author", "/articles", {"question": QUESTION, "title": "Sirolimus in childhood ITP"}),
        "step_article": _by("editor", f"/articles/{ARTICLE}/steps", {"step": "send to review"}),
        "redraw_article": _by("author", f"/articles/{RETURNED}/redraw", {"words": "A larger trial came."}),
        "assign_reviewers": _by("editor", f"/articles/{ARTICLE}/reviewers", reviewers),
        "comment_article": _by("author", f"/articles/{ARTICLE}/comments", {"words": "Read it again.", "claim": 1}),
        "act_on_claim": _by("reviewer", f"/articles/{ARTICLE}/claims/1", {"do": "sign", "key": key}),
        "person": Call("GET", f"/people/{PEOPLE['author'].id}"),
        "board": Call("GET", "/board"),
        "me": Call("GET", "/me", {"headers": bearer("author")}),
        "audit_head": Call("GET", "/audit", {"headers": bearer("admin")}),
    }


def _by(who: str, path: str, body: Mapping[str, Any]) -> Call:
    return Call("POST", path, {"json": body, "headers": bearer(who)})


_NO_ARTICLE = "/articles/a" + "z" * 16
_NOT_HELD = {
    "kept_answer": "/answers/" + "a" * 22,
    "forget_answer": "/answers/" + "a" * 22,
    "follow_thread": "/threads/" + "a" * 22,
    "thread": "/threads/" + "a" * 22,
    "forget_thread": "/threads/" + "a" * 22,
    "export_work": "/export/ris/10.1/none",
    "cite": "/works/99999999/cite",
    "document": "/documents/d" + "0" * 20,
    "quote": "/documents/d" + "0" * 20 + "/quote",
    "work": "/works/99999999",
    "study": "/studies/99999999",
    "citations": "/works/99999999/citations",
    "similar": "/similar/99999999",
    "summary": "/summaries/99999999",
    "notices": "w" + "0" * 12,
    "tally": "99999999",
    "batch": "/batches/" + "a" * 22,
    "article": _NO_ARTICLE,
    "article_version": f"{_NO_ARTICLE}/versions/1",
    "article_changes": f"{_NO_ARTICLE}/versions/2/since/1",
    "article_bundle": f"{_NO_ARTICLE}/bundle.json",
    "step_article": f"{_NO_ARTICLE}/steps",
    "redraw_article": f"{_NO_ARTICLE}/redraw",
    "assign_reviewers": f"{_NO_ARTICLE}/reviewers",
    "comment_article": f"{_NO_ARTICLE}/comments",
    "act_on_claim": f"{_NO_ARTICLE}/claims/1",
    "person": "/people/p" + "9" * 16,
}
_WITHOUT_ACCOUNTS = frozenset({"articles", "make_article", "board", "me", "audit_head"})
"""Operations under which nothing is held only where a server has no accounts."""

_INVALID = {
    "export_work": {"path": "/export/xml/31000001"},
    "cite": {"params": {"style": "chicago"}},
    "kept_answer": {"params": {"model": "perhaps"}},
    "quote": {"params": {"start": 9, "end": 9}},
    "documents": {"params": {"cursor": "elsewhere"}},
    "problems": {"params": {"limit": 0}},
    "vocabulary": {"params": {"name": ""}},
    "evidence": {"params": {"drug": "", "condition": "itp"}},
    "ledger": {"params": {"drug": "x" * 201}},
    "citations": {"params": {"limit": 201}},
    "similar": {"params": {"limit": 61}},
    "notices": {"params": {"id": "no identifier"}},
    "tally": {"params": {"id": "x" * 301}},
    "flags": {"params": {"state": "closed"}},
    "upload": {"files": [("text", (None, b"no file"))]},
    "articles": {"params": {"which": "all"}},
    "article_version": {"path": f"/articles/{APPROVED}/versions/0"},
    "article_bundle": {"params": {"version": -1}},
    "article_changes": {"path": f"/articles/{APPROVED}/versions/2/since/none"},
}


def provoke(code: str, operation: str, api: Room, tmp: Path) -> Any:
    """Have an operation answer with a problem of a kind and return the response."""
    call = calls(api)[operation]
    if operation == "upload" and code in ("malformed", "too-large"):
        return _upload(code, call, tmp)
    simple: dict[str, Callable[[], Call]] = {
        "not-acceptable": lambda: call.but(headers={"Accept": "image/png"}),
        "malformed": lambda: _raw(call, b"{"),
        "too-large": lambda: _raw(call, b" " * (LARGER.get(call.path, 65_536) + 1)),
        "unsupported-media-type": lambda: _raw(call, b"x", "text/plain"),
        "unknown-value": lambda: (
            call.but(json={**call.given["json"], "filters": {"drugs": ["zzyzx"]}})
            if "json" in call.given
            else call.but(params={**call.given["params"], "drug": "zzyzx"})
        ),
        "query-syntax": lambda: call.but(json={"query": "(", "advanced": True}),
        "not-held": lambda: (
            call.but(params={"name": "zzyzx"})
            if operation == "vocabulary"
            else call.but(params={"id": _NOT_HELD[operation]})
            if operation in ("notices", "tally")
            else replace(call, path=_NOT_HELD[operation])
        ),
        "invalid": lambda: _invalid(call, operation),
    }
    if code in _KEYED:
        return _KEYED[code](call, operation, api)
    if code == "not-held" and operation in _WITHOUT_ACCOUNTS:
        with failing(api, None):
            return call.to(api.http)
    if code in simple:
        return simple[code]().to(api.http)
    if code in _FAILING:
        with failing(api, _FAILING[code]):
            return call.to(api.http)
    if code == "not-kept":
        with room(api.folder, days=0) as forgetful:
            return call.to(forgetful.http)
    return _at_the_rim(code, call, api)


def _not_allowed(call: Call, operation: str, api: Room) -> Any:
    """A list that is for editors; a key that only reads."""
    if operation == "articles":
        return call.but(params={"which": "desk"}, headers=bearer("author")).to(api.http)
    return call.but(headers=bearer("reading")).to(api.http)


_KEYED: Mapping[str, Callable[[Call, str, Room], Any]] = {
    "no-key": lambda call, operation, api: call.but(headers={"Authorization": "cbk_none"}).to(api.http),
    "not-allowed": _not_allowed,
    "not-found": lambda call, operation, api: call.but(headers=bearer("editor")).to(api.http),
}
_FAILING: Mapping[str, Exception] = {
    "internal": RuntimeError("secret"),
    "busy": LibraryBusy("Another process is writing."),
    "unavailable": LibraryError("secret"),
    "full": LibraryFull("The disk took no more."),
    "too-many": TooMany("Too many tries.", 60),
}


@contextmanager
def failing(api: Room, error: Exception | None) -> Generator[None]:
    """Have everything that operations are carried out with raise an error; None is a server without accounts."""

    def fail(*given: Any) -> Any:
        assert error is not None
        raise error

    before: Desk = api.app.state.desk
    # What is kept fails after it was answered, so that a full disk is met where it can be.
    get = before.asked.threads.get if isinstance(error, LibraryFull) else fail
    threads = SimpleNamespace(keeps=True, keep=fail, get=get, forget=fail)
    asked = SimpleNamespace(keeps=True, keep=fail, get=fail, forget=fail, forget_thread=fail, threads=threads)
    pool: Any = before.pool if isinstance(error, LibraryFull) else SimpleNamespace(reading=fail, answering=fail)
    inbox: Any = SimpleNamespace(receive=fail, get=fail)
    accounts = Accounts(fail, Letterbox(), "http://localhost") if error is not None else None
    api.app.state.desk = Desk(pool, asked, inbox, accounts)  # type: ignore[arg-type]
    try:
        yield
    finally:
        api.app.state.desk = before


def _raw(call: Call, body: bytes, form: str = JSON) -> Call:
    headers = {**call.given.get("headers", {}), "Content-Type": form}
    return Call(call.method, call.path, {"content": body, "headers": headers})


def _invalid(call: Call, operation: str) -> Call:
    given = dict(_INVALID.get(operation, {"json": {"nonsense": 1}}))
    return replace(call, path=str(given.pop("path", call.path))).but(**given)


def _upload(code: str, call: Call, tmp: Path) -> Any:
    with room(tmp, inbox=Inbox(tmp, Sizes(file=5))) as small:
        if code == "too-large":
            return call.to(small.http)
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        return Call(call.method, call.path, {"content": b"--x\r\nbroken", "headers": headers}).to(small.http)


def _at_the_rim(code: str, call: Call, api: Room) -> Any:
    """Send a request through what `curbside serve` puts around the application."""
    app = guarded(api.mounted, Plan(api.folder), Bounds(silence=0.05))
    if code == "too-slow":
        scope = scope_of(call.method, f"{PREFIX}{call.path}", [("content-type", JSON)])
        if "files" in call.given:
            scope = scope_of(call.method, f"{PREFIX}{call.path}", [("content-type", "multipart/form-data; boundary=x")])
        # By a real clock: one that jumps would not wait for the thread that makes room for an upload.
        answered = asyncio.run(sending(app, scope, (b"{", b"}"), 0.3))
        return SimpleNamespace(status_code=answered.status, headers=answered.headers, content=answered.body)
    headers = {"unknown-host": {"Host": "evil.example"}, "cross-site": {"Origin": "https://evil.example"}}[code]
    return call.but(headers=headers).to(TestClient(app, base_url="http://localhost"))
