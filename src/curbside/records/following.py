"""Following: questions and articles that somebody wants news of, the news itself, and letters that wait to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.answer import ReferenceEntry
from curbside.records.query import Filters


class Digest(StrEnum):
    """How often somebody is told by letter; never twice of the same, and never of nothing."""

    OFF = "off"
    WEEKLY = "weekly"
    DAILY = "daily"


class NewsKind(StrEnum):
    """What there is to tell of."""

    APPROVED = "approved"
    APPROVED_AGAIN = "approved again"
    EVIDENCE = "new evidence since approval"
    REOPENED = "under review again"
    WITHDRAWN = "withdrawn"
    ANSWER = "the answer changed"


class PostState(StrEnum):
    """Where a letter in the outbox stands; one that was sent is no longer there."""

    WAITING = "waiting"
    SENDING = "sending"
    GIVEN_UP = "given up"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question that somebody saved, and what its last answer stood on.

    Attributes:
        question: its words, such that they stand alone.
        filters: conditions on the sources.
        audience: whom it is answered for, as `Audience` names it.
        references: what the last answer cited, and before it the works that earlier ones did: what is told as new is
            in none of them.
        digest: of the last answer (`curbside.records.digest_of`).
        asked: when it was last answered for this, ISO time, UTC.
    """

    question: str
    filters: Filters
    audience: str
    references: tuple[ReferenceEntry, ...]
    digest: str
    asked: str


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that a person follows: an article, or a question of theirs that nobody else may know of.

    Attributes:
        id: "f" and 16 lower-case letters and digits; random.
        person: id of whose it is.
        article: id of the article, "" for a question.
        name: what its owner calls it; "" for an article, which has a title.
        saved: the question, None for an article.
        paused: whether it rests; a question that does is not asked again.
        since: number of the last news when it began to be followed.
        made: ISO time, UTC.
    """

    id: str
    person: str
    article: str = ""
    name: str = ""
    saved: SavedQuestion | None = None
    paused: bool = False
    since: int = 0
    made: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell, once.

    Attributes:
        number: from 1, in the order of happening.
        id: a random UUID; names it in feeds for good.
        at: ISO time, UTC.
        kind: what it is.
        article: id of the article that it is of, "" for a question's.
        followed: id of the question that it is of, "" for an article's.
        title: of the article as it was approved; "" for a question, whose words are told to nobody but its owner.
        words: what is new.
    """

    number: int
    id: str
    at: str
    kind: NewsKind
    article: str
    followed: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Telling:
    """How somebody is told of news.

    Attributes:
        person: their id.
        digest: how often by letter.
        shows_words: whether letters and the feed may hold the names and news of questions, which else say no more than
            that there are some.
        feed: SHA-256 of the secret in the address of their feed, "" for none.
        stop: secret in the link that ends their letters; it can do nothing else, so it is kept as it is.
        read: number of the last news that they marked as read on the page.
        told: number of the last news that a letter was written for.
        told_at: when it was last looked whether one is due, seconds since 1970.
    """

    person: str
    digest: Digest = Digest.OFF
    shows_words: bool = False
    feed: str = ""
    stop: str = ""
    read: int = 0
    told: int = 0
    told_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter in the outbox; its address is looked up when it is sent.

    Attributes:
        number: from 1.
        person: id of whom it is to.
        subject, body: as in `Letter`; the body is "" once it is given up.
        state: where it stands.
        attempts: how often it was tried.
        reason: why it is not sent yet, or never will be.
        made: ISO time, UTC.
        after: not tried before, or while `SENDING` thought to be in somebody's hands until; seconds since 1970.
    """

    number: int
    person: str
    subject: str
    body: str
    state: PostState
    attempts: int
    reason: str
    made: str
    after: float
