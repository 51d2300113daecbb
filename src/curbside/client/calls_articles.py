"""Calls of articles and people; with a program's key also what is done to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from curbside.client.sending import Sender, segment, set_of
from curbside.client.shapes import Filters
from curbside.client.shapes_articles import (
    ArticleChanges,
    ArticleListed,
    ArticleShown,
    ArticlesListed,
    AuditHead,
    BoardShown,
    KeyShown,
    PersonShown,
)

ArticleList = Literal["approved", "mine", "reviews", "desk"]
Step = Literal["submit", "send to review", "return", "approve", "withdraw", "reopen"]
ClaimAct = Literal["change", "remove", "sign", "return"]

_ALL = Filters()


class ArticleCalls(Sender):
    """One method for each operation on articles and people."""

    def articles(self, which: ArticleList = "approved", limit: int = 50, offset: int = 0) -> ArticlesListed:
        """Return a page of a list of articles, last changed first; all lists but that of approved ones want a key."""
        params = {"which": which, "limit": limit, "offset": offset}
        return self._taken(ArticlesListed, "GET", "articles", params=params)

    def every_article(self, which: ArticleList = "approved", page: int = 100) -> Iterator[ArticleListed]:
        """Yield the articles of a list, page after page."""
        offset: int | None = 0
        while offset is not None:
            found = self.articles(which, page, offset)
            yield from found.articles
            offset = found.next

    def article(self, id: str) -> ArticleShown:
        """Return an article as it stands, or as it was approved last to who may not read more."""
        return self._taken(ArticleShown, "GET", f"articles/{segment(id)}")

    def article_version(self, id: str, number: int) -> ArticleShown:
        """Return a version of an article."""
        return self._taken(ArticleShown, "GET", f"articles/{segment(id)}/versions/{number}")

    def article_changes(self, id: str, number: int, since: int) -> ArticleChanges:
        """Return what changed in an article from version `since` to version `number`."""
        return self._taken(ArticleChanges, "GET", f"articles/{segment(id)}/versions/{number}/since/{since}")

    def article_bundle(self, id: str, version: int = 0) -> bytes:
        """Return the audit bundle of an article: a file to be kept byte for byte; 0 is the version that stands."""
        return self._sent("GET", f"articles/{segment(id)}/bundle.json", params={"version": version}).content

    def make_article(self, question: str, filters: Filters = _ALL, title: str = "") -> ArticleShown:
        """Make a draft article of the answer to a question."""
        body = {"question": question, "filters": set_of(filters), "title": title}
        return self._taken(ArticleShown, "POST", "articles", json=body)

    def step_article(self, id: str, step: Step, words: str = "", seen: str = "") -> ArticleShown:
        """Take a step of an article's life; returning, withdrawing and reopening want words, approving its `seen`."""
        body = {"step": step, "words": words, "seen": seen}
        return self._taken(ArticleShown, "POST", f"articles/{segment(id)}/steps", json=body)

    def redraw_article(self, id: str, words: str = "") -> ArticleShown:
        """Draw an article anew from the library as it is now; what differs is a further version."""
        return self._taken(ArticleShown, "POST", f"articles/{segment(id)}/redraw", json={"words": words})

    def assign_reviewers(self, id: str, reviewers: Iterable[str]) -> ArticleShown:
        """Name who reviews an article, by ids, in the place of who was named before."""
        body = {"reviewers": list(reviewers)}
        return self._taken(ArticleShown, "POST", f"articles/{segment(id)}/reviewers", json=body)

    def comment_article(self, id: str, words: str, claim: int = 0) -> ArticleShown:
        """Comment on an article, or on one of its claims, among those who work on it."""
        body = {"words": words, "claim": claim}
        return self._taken(ArticleShown, "POST", f"articles/{segment(id)}/comments", json=body)

    def act_on_claim(
        self, id: str, number: int, do: ClaimAct, key: str, text: str = "", words: str = ""
    ) -> ArticleShown:
        """Change, remove, sign or return a claim as it was read; `key` is the claim's."""
        body = {"do": do, "key": key, "text": text, "words": words}
        return self._taken(ArticleShown, "POST", f"articles/{segment(id)}/claims/{number}", json=body)

    def person(self, id: str) -> PersonShown:
        """Return a person who signs."""
        return self._taken(PersonShown, "GET", f"people/{segment(id)}")

    def board(self) -> BoardShown:
        """Return the medical advisory board."""
        return self._taken(BoardShown, "GET", "board")

    def me(self) -> KeyShown:
        """Return for whom this client's key stands."""
        return self._taken(KeyShown, "GET", "me")

    def audit_head(self) -> AuditHead:
        """Return the end of the audit log; for who may read it."""
        return self._taken(AuditHead, "GET", "audit")
