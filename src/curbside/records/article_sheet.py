"""What is told of one version of an article when it is written out: its words, who signed them, and how it stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from curbside.records.article import ArticleClaim, ArticleState, ArticleVersion, Move, ReviewWord


@dataclass(frozen=True, slots=True)
class Signer:
    """A person as they stand beside what they sign.

    Attributes:
        id: theirs.
        name: as shown; "(erased account)" once erased.
        department: where they work, or "".
        page: whether everybody may read a page about them.
        erased: whether they asked to be forgotten.
    """

    id: str
    name: str
    department: str = ""
    page: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """What a reviewer said last of a claim as it stands.

    Attributes:
        who: the reviewer.
        word: signed or returned.
        words: what they said with it; "" where it is returned, for that is said among those who work on it.
        conflicts: of interest, as they stated them then.
        at: ISO time, UTC.
    """

    who: Signer
    word: ReviewWord
    words: str
    conflicts: str
    at: str


@dataclass(frozen=True, slots=True)
class SheetClaim:
    """A claim that readers see, with the latest word of each reviewer on it."""

    claim: ArticleClaim
    said: tuple[ClaimWord, ...]


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """A version that the reader may open: its number, when it was made, by whom, and why."""

    number: int
    at: str
    who: Signer
    why: str


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """One version of an article, as whoever asked may read it; nothing of what only those at work on it may see.

    Attributes:
        article: its id.
        site: address of the site, without a slash at its end.
        state: where the article stands now.
        banner: what stands over this version, in words.
        grave: whether they warn.
        news: what came to the library since approval, in words, or "".
        version: the version itself.
        claims: those that stand, in order.
        author: who made the article.
        steps: of its life that everybody may know of, each with who took it, in order: approvals, withdrawal.
        versions: those that everybody may open, and this one, in order.
        conditions: on the sources, as (what, words) pairs.
        latest: whether it is the version that the article's own address shows.
    """

    article: str
    site: str
    state: ArticleState
    banner: str
    grave: bool
    news: str
    version: ArticleVersion
    claims: tuple[SheetClaim, ...]
    author: Signer
    steps: tuple[tuple[Signer, Move], ...]
    versions: tuple[SheetVersion, ...]
    conditions: tuple[tuple[str, str], ...] = ()
    latest: bool = True

    @property
    def address(self) -> str:
        """The address of this version, which never shows another."""
        return f"{self.site}/articles/{self.article}/versions/{self.version.number}"

    @property
    def approvals(self) -> tuple[tuple[Signer, str], ...]:
        """Who approved this version, and when."""
        approved = ArticleState.APPROVED, self.version.number
        return tuple((who, move.at) for who, move in self.steps if (move.state, move.version) == approved)

    @property
    def stands(self) -> bool:
        """Whether people approved this version, and it holds: what may be called reviewed."""
        return self.latest and self.state is ArticleState.APPROVED and bool(self.approvals)

    @property
    def identity(self) -> str:
        """A hash of everything in it, 64 hexadecimal digits: the same sheet, the same files."""
        return hashlib.sha256(repr(self).encode("utf-8", "backslashreplace")).hexdigest()
