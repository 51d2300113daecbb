"""A server with one object of each kind in each state, and everybody who might want something of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import matrix_manuscripts
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from curbside.doors.http.accounts import Accounts
from curbside.doors.http.pool import LibraryPool
from curbside.records import (
    Answer,
    Article,
    ArticleComment,
    ArticleState,
    ArticleVersion,
    Filters,
    Move,
    Person,
    ReviewWord,
    Role,
    Session,
    Signature,
    digest_of,
)
from curbside.records.following import Followed, NewsKind, SavedQuestion
from curbside.records.program import KeyScope, ProgramKey
from curbside.serving.application import API, doors
from curbside.serving.plan import Plan
from curbside.store.asked import AskedStore
from curbside.store.base_desk import Desk, DeskChange
from curbside.store.inbox import Inbox
from curbside.wiring import open_library
from curbside.workflows.articles import claims_of
from curbside.workflows.programs import MARK
from curbside.workflows.signing import IDLE_S, key_of
from desk_makers import Letterbox

QUESTION = "Does topical sirolimus improve facial angiofibroma?"
NEEDLE = "Zyxwvut"
"""A word of every title and claim that not everybody may read; with the name of what it stands in behind it."""

S, R = ArticleState, Role


@dataclass(frozen=True)
class Visitor:
    """Somebody who sends requests.

    Attributes:
        name: what they are called in the tables.
        roles: that they have, or had.
        gone: why they are nobody by now ("expired", "closed", "erased"), or "".
    """

    name: str
    roles: tuple[Role, ...] = ()
    gone: str = ""

    @property
    def counts(self) -> bool:
        """Whether they have signed in."""
        return bool(self.roles) and not self.gone

    @property
    def id(self) -> str:
        """Of their account."""
        return f"p{VISITORS.index(self):016d}"

    @property
    def secret(self) -> str:
        """What their browser keeps."""
        return f"secret of {self.name}".replace(" ", "-")

    @property
    def csrf(self) -> str:
        """What their forms carry."""
        return f"csrf of {self.name}"


VISITORS = (
    Visitor("nobody"),
    Visitor("expired", tuple(R), "expired"),
    Visitor("closed", tuple(R), "closed"),
    Visitor("erased", tuple(R), "erased"),
    Visitor("reader", (R.READER,)),
    Visitor("clinician", (R.READER, R.CLINICIAN)),
    Visitor("author", (R.READER, R.AUTHOR)),
    Visitor("other author", (R.READER, R.AUTHOR)),
    Visitor("reviewer", (R.READER, R.REVIEWER)),
    Visitor("other reviewer", (R.READER, R.REVIEWER)),
    Visitor("editor", (R.READER, R.EDITOR)),
    Visitor("reviewing editor", (R.READER, R.REVIEWER, R.EDITOR)),
    Visitor("moderator", (R.READER, R.MODERATOR)),
    Visitor("admin", (R.READER, R.ADMIN)),
)
NAMED: Mapping[str, Visitor] = {each.name: each for each in VISITORS}
REVIEWERS = ("reviewer", "reviewing editor")
WRITERS = ("author", "editor")


@dataclass(frozen=True)
class Standing:
    """A state that an article can be in, and how it came there.

    Attributes:
        name: as the tables say.
        state: of the article.
        versions: how many there are.
        approved: number of the version that was approved last.
    """

    name: str
    state: ArticleState
    versions: int = 1
    approved: int = 0

    @property
    def assigned(self) -> bool:
        """Whether somebody was asked to review it."""
        return self.name not in ("draft", "submitted", "withdrawn draft")


STANDINGS = (
    Standing("draft", S.DRAFT),
    Standing("submitted", S.SUBMITTED),
    Standing("under review", S.UNDER_REVIEW, 2),
    Standing("returned", S.RETURNED, 2),
    Standing("approved", S.APPROVED, 2, 2),
    Standing("reopened", S.UNDER_REVIEW, 3, 2),
    Standing("withdrawn", S.WITHDRAWN, 3, 2),
    Standing("withdrawn draft", S.WITHDRAWN),
)


@dataclass(frozen=True)
class Held:
    """An article of the world: who wrote it, how it stands; `number` tells several of that kind apart."""

    writer: str
    standing: Standing
    number: int = 0

    @property
    def id(self) -> str:
        """Of the article."""
        return f"a{WRITERS.index(self.writer)}{STANDINGS.index(self.standing) + 100 * self.number:015d}"

    def is_for(self, visitor: Visitor) -> str:
        """What a visitor is to it: nobody, stranger, author, reviewer or editor."""
        if not visitor.counts:
            return "nobody"
        if visitor.name == self.writer:
            return "author"
        if self.standing.assigned and visitor.name in REVIEWERS:
            return "reviewer"
        return "editor" if R.EDITOR in visitor.roles else "stranger"


HELD = tuple(Held(writer, standing) for writer in WRITERS for standing in STANDINGS)


class Rehearsed:
    """A desk on which everything is tried and nothing is kept: each change is taken back when it has succeeded.

    What a change would come to is looked at with `look` before that, and stands in `looked`. With `keeps` it is kept.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.reading = desk.reading
        self.close = desk.close
        self.done: list[str] = []
        self.keeps = False
        self.look: Callable[[DeskChange], object] | None = None
        self.looked: object = None

    @contextmanager
    def writing(self, *given: Any) -> Iterator[DeskChange]:
        """Change the desk for as long as the block lasts; what its log would say is kept in `done`.

        What somebody follows is in no log, so it is held against how it was.
        """
        try:
            with self._desk.writing(*given) as change:
                before, followed = change.head(), _followed(change)
                yield change
                self.done += ["followed"] if _followed(change) != followed else []
                after = change.audit(before.number if before else 0)
                self.done += [each.action for each in after if each.action != "person.refused"]
                self.looked = self.look(change) if self.look else None
                if not self.keeps:
                    raise _TakenBack
        except _TakenBack:
            pass


def _followed(change: DeskChange) -> list[object]:
    """What each follows and how they are told."""
    kept, ids = change.following, [each.id for each in VISITORS if each.counts]
    return [found for id in ids for found in (kept.of(id), kept.telling(id))]


class _TakenBack(Exception):
    """The change is not kept."""


@dataclass
class World:
    """The server and how to send it something.

    Attributes:
        http: reaches pages and API as `curbside serve` mounts them.
        desk: of the server; keeps nothing.
        routes: (method, path) of every route, the API's with its prefix.
        answer: that its articles are made of.
        box: takes letters.
        keys: visitor -> the key of a program of theirs.
        step: each how-many-th cell of a row is tried: on a further database a sample is.
    """

    http: TestClient
    desk: Rehearsed
    box: Letterbox
    routes: frozenset[tuple[str, str]]
    answer: Answer
    keys: dict[str, str] = field(default_factory=dict)
    step: int = 1

    def send(self, who: str, method: str, path: str, form: Mapping[str, Any] | None = None, csrf: str | None = None):
        """Send a request as somebody: to the pages with their cookie and their token, to the API with their key."""
        visitor = NAMED[who]
        self.desk.done.clear()
        self.desk.looked = None
        if path.startswith(API):
            key = self.keys.get(who)
            headers = {"authorization": f"Bearer {key}"} if key else {}
            body = {"json": dict(form)} if form is not None else {}
            return self.http.request(method, path, headers=headers, follow_redirects=False, **body)
        headers = {"cookie": f"curbside_session={visitor.secret}"} if visitor.roles else {}
        data = {"csrf": visitor.csrf if csrf is None else csrf, **(form or {})} if method == "POST" else None
        return self.http.request(method, path, headers=headers, data=data, follow_redirects=False)


@contextmanager
def world(library: Path, desk: Desk) -> Iterator[World]:
    """Fill a desk and serve it over a library."""
    pool = LibraryPool(lambda: open_library(library), library)
    with pool.answering() as opened:
        answer = opened.ask(QUESTION)
    with desk.writing() as change:
        _people(change)
        keys = dict(_keys(change))
        _follows(change)
        matrix_manuscripts.fill(change, {each.name: each.id for each in VISITORS}, NEEDLE)
        for held in HELD:
            put_article(change, held, answer)
    rehearsed, box = Rehearsed(desk), Letterbox()
    accounts = Accounts(lambda: rehearsed, box, "http://localhost")  # type: ignore[arg-type,return-value]
    app = doors(pool, AskedStore(library, 30), Inbox(library), Plan(library), accounts)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as http:
        yield World(http, rehearsed, box, frozenset(_routes(app)), answer, keys)


def _people(change: DeskChange) -> None:
    for visitor in VISITORS[1:]:
        words = visitor.name.title()
        made = Person(
            visitor.id, words, f"{words.replace(' ', '')}@example.org".lower(), visitor.roles,
            conflicts="None.", active=visitor.gone != "closed", joined=change.at,
        )  # fmt: skip
        change.put(made)
        if visitor.gone == "erased":
            change.erase(visitor.id)
        # A closed or erased account has no session; one that were left over must not count either.
        seen = change.now - (IDLE_S + 1 if visitor.gone == "expired" else 0)
        change.open_session(key_of(visitor.secret), Session(visitor.id, visitor.csrf, seen, seen))


def key_id(who: str) -> str:
    """Of the key that a program of a visitor has."""
    return f"k{VISITORS.index(NAMED[who]):016d}"


def follow_id(who: str) -> str:
    """Of what a visitor follows."""
    return f"f{VISITORS.index(NAMED[who]):016d}"


def _follows(change: DeskChange) -> None:
    """Let each follow a question that names them; nobody else may see its words."""
    for visitor in VISITORS[1:]:
        saved = SavedQuestion(f"{NEEDLE} of {visitor.name}", Filters(), "clinician", (), "", change.at)
        change.following.put(Followed(follow_id(visitor.name), visitor.id, "", f"{NEEDLE} of {visitor.name}", saved))
        words = f"{NEEDLE} for {visitor.name}"
        change.following.tell(NewsKind.ANSWER, change.at, words, followed=follow_id(visitor.name))


def _keys(change: DeskChange) -> Iterator[tuple[str, str]]:
    """Make a key for each, and yield whose it is and what it says; of who is gone it is one that was left over."""
    for visitor in VISITORS[1:]:
        until = change.now + (0 if visitor.gone == "expired" else 60)
        key = ProgramKey(key_id(visitor.name), visitor.id, "sync", KeyScope.ACT, change.at, until, change.now)
        secret = f"{MARK}{visitor.secret}"
        change.programs.put(key, key_of(secret))
        yield visitor.name, secret


def put_article(change: DeskChange, held: Held, answer: Answer) -> None:
    """Make an article of an answer and bring it to where it stands."""
    stands, writer = held.standing, NAMED[held.writer].id
    article: Article | None = None
    for number in range(1, stands.versions + 1):
        # What everybody may read has no needle: of what was approved, only that version has none.
        word = "" if number == stands.approved else f"{NEEDLE}{held.id}v{number}"
        claims = tuple(replace(each, text=f"{each.text} {word}".strip()) for each in claims_of(answer))
        version = ArticleVersion(
            number, change.at, writer, f"Because. {word}", f"{QUESTION} {word}".strip(), f"{QUESTION} {word}".strip(),
            Filters(), claims, answer.absences, answer.references, answer.searched, digest_of(answer), change.at,
        )  # fmt: skip
        if article is None:
            first = Move(change.at, writer, S.DRAFT, 1, "")
            article = Article(held.id, writer, S.DRAFT, version, 1, moves=(first,))
            change.articles.make(article, change.at)
        else:
            article = replace(article, version=version, versions=number)
            change.articles.add_version(article, change.at)
    assert article is not None
    said: list[Signature | ArticleComment | Move] = [
        ArticleComment(1, 0, 1, writer, f"{NEEDLE}{held.id} comment", change.at)
    ]
    reviewers = tuple(NAMED[each].id for each in REVIEWERS if held.standing.assigned)
    for claim in article.version.claims if reviewers else ():
        said.append(
            Signature(
                len(said),
                claim.number,
                claim.key,
                stands.versions,
                reviewers[0],
                ReviewWord.SIGNED,
                "",
                "None.",
                change.at,
            )
        )
    said += [Move(change.at, NAMED["editor"].id, S.APPROVED, stands.approved, "")] if stands.approved else []
    said.append(Move(change.at, NAMED["editor"].id, stands.state, stands.versions, ""))
    change.articles.say(held.id, said)
    final = replace(article, state=stands.state, approved=stands.approved, reviewers=reviewers)
    change.articles.put(final, change.at)


def _routes(app: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield method and path of each route of an application and of those mounted in it."""
    for route in app.routes:
        if isinstance(route, Mount) and route.path != "/static":
            yield from _routes(route.app, f"{prefix}{route.path}")
        elif hasattr(route, "original_router"):  # a module of the API
            yield from _routes(route.original_router, prefix)
        elif isinstance(route, Route):
            for method in (route.methods or {"GET"}) - {"HEAD"}:
                yield method, f"{prefix}{route.path}"
