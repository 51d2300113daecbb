"""What every desk promises of what people follow, of news and letters, and of the texts of policies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from curbside.records.following import Followed, News, NewsKind, Posted, PostState, Telling
from curbside.records.policy import PolicyText


class Following(Protocol):
    """What people follow, in one transaction; the changing half only where the transaction is one that changes."""

    def get(self, id: str) -> Followed:
        """Return what is followed under an id.

        Raises:
            NotHeld: if nothing is.
        """
        ...

    def of(self, person: str) -> list[Followed]:
        """Return what a person follows, last begun first."""
        ...

    def put(self, followed: Followed) -> None:
        """Keep what is followed, new or changed."""
        ...

    def drop(self, id: str) -> None:
        """Forget what is followed, with its keys and, of a question, its news."""
        ...

    def set_keys(self, id: str, keys: Iterable[str]) -> None:
        """Keep what a question stands on and asks for, each key at most 160 characters, in the place of what was."""
        ...

    def at_keys(self, keys: Iterable[str]) -> list[str]:
        """Return the ids of questions that have any of `keys`, in order."""
        ...

    def with_keys(self) -> list[str]:
        """Return the ids of all questions that have keys, in order."""
        ...

    def tell(self, kind: NewsKind, at: str, words: str, article: str = "", title: str = "", followed: str = "") -> News:
        """Keep news of an article, or of the question followed under an id; its number was never given before."""
        ...

    def last(self) -> int:
        """Return the number of the last news, 0 for none."""
        ...

    def news_of_articles(self, limit: int) -> list[News]:
        """Return the news of all articles, last first."""
        ...

    def news_for(self, person: str, after: int = 0, limit: int = 100) -> tuple[list[News], int]:
        """Return news of what a person follows, behind a number and since they began to, last first; and how many."""
        ...

    def telling(self, person: str) -> Telling:
        """Return how a person is told of news, the defaults where they never said."""
        ...

    def telling_at(self, feed: str = "", stop: str = "") -> Telling | None:
        """Return how the person is told whose feed, or whose link that ends letters, has a key; None where nobody's."""
        ...

    def tellings(self) -> list[Telling]:
        """Return how those are told who want letters, by the ids of people."""
        ...

    def set_telling(self, telling: Telling) -> None:
        """Keep how a person is told of news."""
        ...

    def post(self, person: str, subject: str, body: str, at: str) -> None:
        """Put a letter into the outbox."""
        ...

    def posted(self, states: Sequence[PostState] = (), before: float | None = None, limit: int = 200) -> list[Posted]:
        """Return letters in the outbox, oldest first: in some states, and `after` no later than a moment."""
        ...

    def set_posted(self, letter: Posted) -> bool:
        """Keep how a letter stands; False where it is no longer in the outbox."""
        ...

    def take_out(self, letter: int) -> None:
        """Take a letter out of the outbox."""
        ...

    def take_out_of(self, person: str) -> None:
        """Take all letters to a person out of the outbox but those that are being sent."""
        ...

    def forget(self, person: str) -> None:
        """Forget everything that a person follows, how they are told of it, and letters to them."""
        ...


class Policies(Protocol):
    """Texts of policies, in one transaction."""

    def versions(self, name: str) -> list[PolicyText]:
        """Return the versions of a text that are kept, first to last, their titles left empty."""
        ...

    def add(self, text: PolicyText) -> None:
        """Keep a version; versions are never changed."""
        ...
