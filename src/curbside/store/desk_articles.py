"""What one transaction sees of articles, and does to them, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from curbside.errors import NotHeld
from curbside.records import (
    Article,
    ArticleComment,
    ArticleLine,
    ArticleState,
    ArticleVersion,
    Move,
    Signature,
)
from curbside.store.desk_schema import article_keys, article_versions, article_words, articles

_KINDS: dict[type, str] = {Signature: "signature", ArticleComment: "comment", Move: "move"}
_encoder = msgspec.msgpack.Encoder()
_version = msgspec.msgpack.Decoder(ArticleVersion)
_words: dict[str, msgspec.msgpack.Decoder[Any]] = {name: msgspec.msgpack.Decoder(kind) for kind, name in _KINDS.items()}


class ArticleRows:
    """Articles in one transaction; see `curbside.store.base_desk.Articles`."""

    def __init__(self, connection: Connection) -> None:
        self._rows = connection

    def get(self, id: str) -> Article:
        """Return an article with its latest version and everything said of it."""
        a = articles.c
        row = self._rows.execute(
            select(a.author, a.state, a.versions, a.approved, a.reviewers, a.news).where(a.id == id)
        ).first()
        if row is None:
            raise NotHeld("There is no such article.")
        author, state, versions, approved, reviewers, news = row
        said = self._said(id)
        return Article(
            id,
            author,
            ArticleState(state),
            self.version(id, versions),
            versions,
            approved,
            tuple(each for each in str(reviewers).split(",") if each),
            tuple(each for each in said if isinstance(each, Signature)),
            tuple(each for each in said if isinstance(each, ArticleComment)),
            tuple(each for each in said if isinstance(each, Move)),
            news,
        )

    def version(self, id: str, number: int) -> ArticleVersion:
        """Return a version of an article."""
        v = article_versions.c
        data = self._rows.execute(select(v.data).where(v.article == id, v.number == number)).scalar()
        if data is None:
            raise NotHeld(f"There is no version {number} of this article.")
        return _version.decode(data)

    def lines(
        self,
        states: Iterable[ArticleState] = (),
        author: str = "",
        reviewer: str = "",
        limit: int = 200,
        offset: int = 0,
    ) -> tuple[list[ArticleLine], int]:
        """Return articles, last changed first, and how many there are in all."""
        a = articles.c
        wanted = [each.value for each in states]
        chosen = [a.state.in_(wanted)] if wanted else []
        chosen += [a.author == author] if author else []
        chosen += [("," + a.reviewers + ",").contains(f",{reviewer},", autoescape=True)] if reviewer else []
        total = self._rows.execute(select(func.count()).select_from(articles).where(*chosen)).scalar_one()
        rows = self._rows.execute(
            select(a.id, a.author, a.state, a.title, a.versions, a.approved, a.news, a.changed)
            .where(*chosen)
            .order_by(a.changed.desc(), a.id)
            .limit(limit)
            .offset(offset)
        )
        found = [
            ArticleLine(id, who, ArticleState(state), title, versions, approved, news, changed)
            for id, who, state, title, versions, approved, news, changed in rows
        ]
        return found, int(total)

    def make(self, article: Article, at: str) -> None:
        """Keep a new article with its first version and moves."""
        values = {**_values(article), "id": article.id, "author": article.author, "made": at, "changed": at}
        self._rows.execute(insert(articles).values(**values))
        self._add_version(article.id, article.version)
        self.say(article.id, article.moves)

    def put(self, article: Article, at: str) -> None:
        """Keep what changed of an article beside its versions and what was said: state, reviewers, news, approval."""
        self._rows.execute(update(articles).where(articles.c.id == article.id).values(**_values(article), changed=at))

    def forget_drafts(self, author: str) -> None:
        """Forget what somebody drafted and never submitted."""
        a = articles.c
        ids = list(
            self._rows.execute(select(a.id).where(a.author == author, a.state == ArticleState.DRAFT.value)).scalars()
        )
        for table, column in (
            (article_versions, article_versions.c.article),
            (article_words, article_words.c.article),
            (articles, a.id),
        ):
            self._rows.execute(delete(table).where(column.in_(ids)))

    def add_version(self, article: Article, at: str) -> None:
        """Keep a further version, and what changed beside it."""
        self._add_version(article.id, article.version)
        self.put(article, at)

    def say(self, id: str, words: Sequence[Signature | ArticleComment | Move]) -> None:
        """Keep what was said, behind what was said before."""
        w = article_words.c
        last = self._rows.execute(select(func.max(w.number)).where(w.article == id)).scalar() or 0
        for number, each in enumerate(words, int(last) + 1):
            values = {"article": id, "number": number, "kind": _KINDS[type(each)], "data": _encoder.encode(each)}
            self._rows.execute(insert(article_words).values(**values))

    def set_keys(self, id: str, keys: Iterable[str]) -> None:
        """Keep what an article stands on and asks for, in the place of what was kept."""
        self._rows.execute(delete(article_keys).where(article_keys.c.article == id))
        values = [{"key": key, "article": id} for key in sorted(set(keys))]
        if values:
            self._rows.execute(insert(article_keys), values)

    def at_keys(self, keys: Iterable[str]) -> list[str]:
        """Return the articles that stand on, or ask for, any of `keys`, in the order of ids."""
        wanted, found = sorted(set(keys)), set[str]()
        for start in range(0, len(wanted), 400):
            some = wanted[start : start + 400]
            rows = self._rows.execute(select(article_keys.c.article).where(article_keys.c.key.in_(some)))
            found.update(rows.scalars())
        return sorted(found)

    def with_keys(self) -> list[str]:
        """Return all articles that stand on, or ask for, anything."""
        a = article_keys.c.article
        return list(self._rows.execute(select(a).distinct().order_by(a)).scalars())

    def _add_version(self, id: str, version: ArticleVersion) -> None:
        values = {"article": id, "number": version.number, "data": _encoder.encode(version)}
        self._rows.execute(insert(article_versions).values(**values))

    def _said(self, id: str) -> list[Any]:
        w = article_words.c
        rows = self._rows.execute(select(w.kind, w.data).where(w.article == id).order_by(w.number))
        return [_words[kind].decode(data) for kind, data in rows]


def _values(article: Article) -> dict[str, Any]:
    return {
        "state": article.state.value,
        "title": article.version.title,
        "versions": article.versions,
        "approved": article.approved,
        "reviewers": ",".join(article.reviewers),
        "news": article.news,
    }
