"""A room with the API in it: a library, the application mounted where `curbside serve` mounts it, a client for tests."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.testclient import TestClient

from article_makers import AT, article, claim, version, word
from curbside.doors.api.app import PREFIX, api_app
from curbside.doors.http.accounts import Accounts
from curbside.doors.http.pool import LibraryPool
from curbside.records import ArticleState, Move, Raw, Role
from curbside.records.program import KeyScope, ProgramKey
from curbside.serving.application import mounted
from curbside.store.asked import AskedStore
from curbside.store.desk import SqlDesk
from curbside.store.inbox import Inbox
from curbside.wiring import open_library
from curbside.workflows.programs import MARK
from curbside.workflows.receive import receive
from curbside.workflows.signing import key_of
from desk_makers import Clock, Letterbox, person

NBIB = """PMID- 31000001
OWN - NLM
TI  - Sirolimus for refractory immune thrombocytopenia in children.
AB  - BACKGROUND: Immune thrombocytopenia may be refractory. RESULTS: Twelve children took sirolimus; 9 of 12
      responded within 3 months. CONCLUSIONS: Sirolimus may help some children.
FAU - Marsh, Ada
DP  - 2019 May
JT  - Journal of invented platelets
TA  - J Invent Platelets
PT  - Journal Article
LID - 10.9999/jip.1 [doi]

PMID- 31000002
OWN - NLM
TI  - Everolimus for tumours of tuberous sclerosis: a randomised trial.
AB  - In a randomised trial 40 adults with tuberous sclerosis took everolimus 10 mg daily. The tumour shrank in 18.
FAU - Okafor, Ben
DP  - 2011
JT  - Journal of invented sclerosis
PT  - Randomized Controlled Trial
"""
BROKEN = b'{"title": "Sirolimus in one child", "pmid": "31000003", "year": 2001}\n{"title": broken\n'
QUESTION = "Does sirolimus help children with refractory ITP?"


@dataclass
class Room:
    """The API over a library.

    Attributes:
        folder: of the library.
        app: the API.
        http: sends requests to it; addresses begin behind the prefix.
        inbox: where uploads wait.
        desk: people and an article of theirs; see `KEYS` and `ARTICLE`.
    """

    folder: Path
    app: FastAPI
    mounted: Starlette
    http: TestClient
    inbox: Inbox
    desk: SqlDesk

    def get(self, path: str, **given: Any) -> Any:
        """Send a GET."""
        return self.http.get(f"{PREFIX}{path}", **given)

    def post(self, path: str, json: Any = None, **given: Any) -> Any:
        """Send a POST."""
        return self.http.post(f"{PREFIX}{path}", json=json, **given)

    def delete(self, path: str, **given: Any) -> Any:
        """Send a DELETE."""
        return self.http.delete(f"{PREFIX}{path}", **given)

    def by(self, who: str, method: str, path: str, **given: Any) -> Any:
        """Send something with somebody's key."""
        return self.http.request(method, f"{PREFIX}{path}", headers=bearer(who), **given)

    def adds(self, id: str) -> None:
        """Add an upload, as the process that works beside the server does."""
        with open_library(self.folder, write=True) as library:
            receive(self.inbox, id, library.store, lambda raws, progress: library.add(raws, progress, 0))


@contextmanager
def room(folder: Path, *, days: int = 30, origins: tuple[str, ...] = (), inbox: Inbox | None = None) -> Generator[Room]:
    """Open a room over the library in a folder; what fails inside is seen as a client sees it."""
    pool = LibraryPool(lambda: open_library(folder), folder)
    box = inbox or Inbox(folder)
    with tempfile.TemporaryDirectory() as place:
        desk = SqlDesk.beside(Path(place), Clock())
        _staff(desk)
        accounts = Accounts(lambda: desk, Letterbox(), "http://localhost")
        app = api_app(pool, AskedStore(folder, days), box, origins, accounts)
        served = Starlette(routes=[mounted(PREFIX, app)])
        with TestClient(served, base_url="http://localhost", raise_server_exceptions=False) as http:
            yield Room(folder, app, served, http, box, desk)
        desk.close()
    pool.close()


PEOPLE = {
    "reader": person(0),
    "author": person(1, Role.READER, Role.AUTHOR, department="Haematology"),
    "reviewer": person(2, Role.READER, Role.REVIEWER, conflicts="None.", board=True),
    "editor": person(3, Role.READER, Role.EDITOR),
    "admin": person(4, Role.READER, Role.ADMIN),
}
"""Who may send keys; "reading" is the author's program that only reads."""

ARTICLE = "a" + "b" * 16
"""An article that the reviewer reads."""

APPROVED = "a" + "c" * 16
"""An article that everybody reads; its second version is approved."""

RETURNED = "a" + "d" * 16
"""An article that its author may change; the library answers its question."""


def bearer(who: str) -> dict[str, str]:
    """The header with somebody's key."""
    return {"Authorization": f"Bearer {MARK}{who}"}


def _staff(desk: SqlDesk) -> None:
    """Fill a desk with people, their keys, and two articles."""
    with desk.writing() as change:
        for number, (who, each) in enumerate({**PEOPLE, "reading": PEOPLE["author"]}.items()):
            if who != "reading":
                change.put(each)
            scope = KeyScope.READ if who == "reading" else KeyScope.ACT
            key = ProgramKey(f"k{number:016d}", each.id, who, scope, change.at, change.now + 86_400)
            change.programs.put(key, key_of(f"{MARK}{who}"))
        claims = (claim(1, "Nine of 12 children responded."), claim(2, "Sirolimus may help some children."))
        reviewed = article(ArticleState.UNDER_REVIEW, *claims, reviewers=(PEOPLE["reviewer"].id,))
        change.articles.make(reviewed, change.at)
        change.articles.put(reviewed, change.at)
        first = article(ArticleState.APPROVED, *claims, id=APPROVED)
        change.articles.make(first, change.at)
        text = "Nine of 12 children responded within three months."
        second = version(2, claim(1, text, edited="When."), claims[1], why="Claim 1 changed: When.")
        approved = replace(first, version=second, versions=2, approved=2)
        change.articles.add_version(approved, change.at)
        said = (word(second.claims[0], 2), word(second.claims[1], 2, number=2))
        old = replace(
            article(ArticleState.RETURNED, *claims, id=RETURNED), version=version(1, *claims, question=QUESTION)
        )
        change.articles.make(old, change.at)
        change.articles.say(APPROVED, (*said, Move(AT, PEOPLE["editor"].id, ArticleState.APPROVED, 2, "")))


def small_library(folder: Path) -> Path:
    """Make a library of two records of a file, a third of another, and one problem; return its folder."""
    with open_library(folder, write=True) as library:
        library.add([Raw("two.nbib", NBIB.encode()), Raw("broken.jsonl", BROKEN)], processes=0)
    return folder
