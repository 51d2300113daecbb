"""What one transaction sees of what people follow, of news and of letters that wait, and does to them, in SQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from curbside.errors import NotHeld
from curbside.records.following import Digest, Followed, News, NewsKind, Posted, PostState, SavedQuestion, Telling
from curbside.store.desk_schema import follow_keys, follows, news, outbox, tellings, values

_encoder = msgspec.msgpack.Encoder()
_saved = msgspec.msgpack.Decoder(SavedQuestion)


class FollowingRows:
    """Following in one transaction; see `curbside.store.base_following.Following`."""

    def __init__(self, connection: Connection) -> None:
        self._rows = connection

    def get(self, id: str) -> Followed:
        """Return what is followed under an id."""
        row = self._rows.execute(select(follows).where(follows.c.id == id)).first()
        if row is None:
            raise NotHeld("Nothing is followed under this address.")
        return _followed(row)

    def of(self, person: str) -> list[Followed]:
        """Return what a person follows, last begun first."""
        f = follows.c
        rows = self._rows.execute(select(follows).where(f.person == person).order_by(f.made.desc(), f.id))
        return [_followed(row) for row in rows]

    def put(self, followed: Followed) -> None:
        """Keep what is followed, new or changed."""
        fields: dict[str, Any] = {
            "person": followed.person,
            "article": followed.article,
            "name": followed.name,
            "saved": _encoder.encode(followed.saved) if followed.saved is not None else None,
            "paused": followed.paused,
            "since": followed.since,
            "made": followed.made,
        }
        done = self._rows.execute(update(follows).where(follows.c.id == followed.id).values(**fields))
        if not done.rowcount:
            self._rows.execute(insert(follows).values(id=followed.id, **fields))

    def drop(self, id: str) -> None:
        """Forget what is followed, with its keys and, of a question, its news."""
        self._rows.execute(delete(follow_keys).where(follow_keys.c.follow == id))
        self._rows.execute(delete(news).where(news.c.follow == id))
        self._rows.execute(delete(follows).where(follows.c.id == id))

    def set_keys(self, id: str, keys: Iterable[str]) -> None:
        """Keep what a question stands on and asks for, in the place of what was kept."""
        self._rows.execute(delete(follow_keys).where(follow_keys.c.follow == id))
        rows = [{"key": key, "follow": id} for key in sorted(set(keys))]
        if rows:
            self._rows.execute(insert(follow_keys), rows)

    def at_keys(self, keys: Iterable[str]) -> list[str]:
        """Return the ids of questions that have any of `keys`, in order."""
        wanted, found = sorted(set(keys)), set[str]()
        for start in range(0, len(wanted), 400):
            some = wanted[start : start + 400]
            rows = self._rows.execute(select(follow_keys.c.follow).where(follow_keys.c.key.in_(some)))
            found.update(rows.scalars())
        return sorted(found)

    def with_keys(self) -> list[str]:
        """Return the ids of all questions that have keys, in order."""
        return sorted(self._rows.execute(select(follow_keys.c.follow).distinct()).scalars())

    def tell(self, kind: NewsKind, at: str, words: str, article: str = "", title: str = "", followed: str = "") -> News:
        """Keep news of an article, or of a question."""
        told = News(self._next("news"), str(uuid.uuid4()), at, kind, article, followed, title, words)
        fields = {"number": told.number, "id": told.id, "at": at, "kind": kind.value, "article": article}
        self._rows.execute(insert(news).values(**fields, follow=followed, title=title, words=words))
        return told

    def last(self) -> int:
        """Return the number of the last news, 0 for none."""
        return self._last("news")

    def news_of_articles(self, limit: int) -> list[News]:
        """Return the news of all articles, last first."""
        rows = self._rows.execute(select(news).where(news.c.article != "").order_by(news.c.number.desc()).limit(limit))
        return [_news(row) for row in rows]

    def news_for(self, person: str, after: int = 0, limit: int = 100) -> tuple[list[News], int]:
        """Return news of what a person follows, last first, and how many there are in all."""
        f, n = follows.c, news.c
        mine = and_(f.person == person, or_(and_(n.follow != "", f.id == n.follow), _of_article()))
        asked = select(news).join(follows, mine).where(n.number > after)
        total = self._rows.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
        rows = self._rows.execute(asked.order_by(n.number.desc()).limit(limit))
        return [_news(row) for row in rows], int(total)

    def telling(self, person: str) -> Telling:
        """Return how a person is told of news."""
        row = self._rows.execute(select(tellings).where(tellings.c.person == person)).first()
        return _telling(row) if row is not None else Telling(person)

    def telling_at(self, feed: str = "", stop: str = "") -> Telling | None:
        """Return how the person is told whose feed, or whose link that ends letters, has a key; None where nobody's."""
        t = tellings.c
        where = t.feed == feed if feed else t.stop == stop
        row = self._rows.execute(select(tellings).where(where)).first() if feed or stop else None
        return _telling(row) if row is not None else None

    def tellings(self) -> list[Telling]:
        """Return how those are told who want letters, by the ids of people."""
        t = tellings.c
        rows = self._rows.execute(select(tellings).where(t.digest != Digest.OFF.value).order_by(t.person))
        return [_telling(row) for row in rows]

    def set_telling(self, telling: Telling) -> None:
        """Keep how a person is told of news."""
        fields = {name: getattr(telling, name) for name in ("shows_words", "feed", "stop", "read", "told", "told_at")}
        fields["digest"] = telling.digest.value
        done = self._rows.execute(update(tellings).where(tellings.c.person == telling.person).values(**fields))
        if not done.rowcount:
            self._rows.execute(insert(tellings).values(person=telling.person, **fields))

    def post(self, person: str, subject: str, body: str, at: str) -> None:
        """Put a letter into the outbox."""
        fields = {"person": person, "subject": subject, "body": body, "made": at, "after": 0.0}
        state = PostState.WAITING.value
        self._rows.execute(
            insert(outbox).values(number=self._next("outbox"), state=state, attempts=0, reason="", **fields)
        )

    def posted(self, states: Sequence[PostState] = (), before: float | None = None, limit: int = 200) -> list[Posted]:
        """Return letters in the outbox, oldest first: in some states, and `after` no later than a moment."""
        o = outbox.c
        where = [o.state.in_([each.value for each in states])] if states else []
        where += [o.after <= before] if before is not None else []
        rows = self._rows.execute(select(outbox).where(*where).order_by(o.number).limit(limit))
        return [_posted(row) for row in rows]

    def set_posted(self, letter: Posted) -> bool:
        """Keep how a letter stands; False where it is no longer in the outbox."""
        names = ("subject", "body", "attempts", "reason", "after")
        fields: dict[str, Any] = {name: getattr(letter, name) for name in names}
        fields["state"] = letter.state.value
        done = self._rows.execute(update(outbox).where(outbox.c.number == letter.number).values(**fields))
        return bool(done.rowcount)

    def take_out(self, letter: int) -> None:
        """Take a letter out of the outbox."""
        self._rows.execute(delete(outbox).where(outbox.c.number == letter))

    def take_out_of(self, person: str) -> None:
        """Take all letters to a person out of the outbox but those that are being sent."""
        o = outbox.c
        self._rows.execute(delete(outbox).where(o.person == person, o.state != PostState.SENDING.value))

    def forget(self, person: str) -> None:
        """Forget everything that a person follows, how they are told of it, and letters to them."""
        for followed in self.of(person):
            self.drop(followed.id)
        self._rows.execute(delete(tellings).where(tellings.c.person == person))
        self._rows.execute(delete(outbox).where(outbox.c.person == person))

    def _last(self, name: str) -> int:
        return int(self._rows.execute(select(values.c.value).where(values.c.name == name)).scalar() or 0)

    def _next(self, name: str) -> int:
        """Return a number that was never given: what was deleted must not come back under another thing's number."""
        number = self._last(name) + 1
        done = self._rows.execute(update(values).where(values.c.name == name).values(value=str(number)))
        if not done.rowcount:
            self._rows.execute(insert(values).values(name=name, value=str(number)))
        return number


def forget_what_was_told(connection: Connection) -> None:
    """Make a desk of the past one of today: what was told by letter since is not known, so no letter tells of it again.

    The addresses of feeds hold no more, for one that was ended since would hold again.
    """
    last = select(func.coalesce(func.max(news.c.number), 0)).scalar_subquery()
    connection.execute(update(tellings).values(told=last, feed=""))


def _of_article() -> Any:
    f, n = follows.c, news.c
    return and_(n.article != "", f.article == n.article, n.number > f.since)


def _followed(row: Any) -> Followed:
    saved = _saved.decode(row.saved) if row.saved is not None else None
    return Followed(row.id, row.person, row.article, row.name, saved, row.paused, row.since, row.made)


def _news(row: Any) -> News:
    return News(row.number, row.id, row.at, NewsKind(row.kind), row.article, row.follow, row.title, row.words)


def _telling(row: Any) -> Telling:
    return Telling(row.person, Digest(row.digest), row.shows_words, row.feed, row.stop, row.read, row.told, row.told_at)


def _posted(row: Any) -> Posted:
    state = PostState(row.state)
    return Posted(row.number, row.person, row.subject, row.body, state, row.attempts, row.reason, row.made, row.after)
