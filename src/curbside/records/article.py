"""Articles: answers that people sign, with their versions, their claims and what was said of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from curbside.records.answer import Absence, Derivation, ReferenceEntry
from curbside.records.query import Filters
from curbside.records.span import Quote


class ArticleState(StrEnum):
    """Where an article stands; the words on its page follow from this and from nothing else."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under review"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class ReviewWord(StrEnum):
    """What a reviewer says of a claim."""

    SIGNED = "signed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ArticleClaim:
    """A sentence of an article that somebody signs.

    Attributes:
        number: from 1; stays with the claim through all versions, and is never used again.
        heading: of the section that it stands under.
        text: as shown.
        quotes: the words that it stands on.
        references: numbers of the version's reference list.
        derived: computed numbers in it.
        edited: why a person changed its words; "" where they are those that Curbside drew.
        own_words: what the guards said of the edited words; "" where they pass, or were not edited. A claim with such
            a word is shown as the editor's own.
        removed: why it was taken out; "" where it stands. A removed claim is kept, and not shown to readers.
    """

    number: int
    heading: str
    text: str
    quotes: tuple[Quote, ...]
    references: tuple[int, ...]
    derived: tuple[Derivation, ...] = ()
    edited: str = ""
    own_words: str = ""
    removed: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is part of what readers see."""
        return not self.removed

    @property
    def key(self) -> str:
        """What is signed: a hash of its words and of where they stand, 32 hexadecimal digits.

        Another wording, another quote or another heading is another key, so that no signature passes to what nobody
        read; another numbering of the references is not.
        """
        said = hashlib.sha256(f"{self.heading}\n{self.text}\n".encode())
        for quote in self.quotes:
            said.update(f">{quote.document} {quote.span.start} {quote.span.end} {quote.words}\n".encode())
        for number in self.derived:
            said.update(f"={number.value} {number.arithmetic}\n".encode())
        return said.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """An article as it stood at one time; never changed afterwards.

    Attributes:
        number: from 1.
        at: ISO time, UTC.
        who: id of the person, or `OPERATOR`.
        why: what changed and why, in words.
        title: as shown.
        question: as asked.
        filters: conditions on the sources.
        claims: in order, removed ones among them.
        absences: what was looked for and not found.
        references: one numbering over all of it.
        searched: how many documents were read, of how many.
        digest: of the answer that it was drawn from (`curbside.records.digest_of`).
        library: when the library that was asked last changed, ISO time, UTC.
    """

    number: int
    at: str
    who: str
    why: str
    title: str
    question: str
    filters: Filters
    claims: tuple[ArticleClaim, ...]
    absences: tuple[Absence, ...]
    references: tuple[ReferenceEntry, ...]
    searched: tuple[int, int]
    digest: str
    library: str

    @property
    def standing(self) -> tuple[ArticleClaim, ...]:
        """The claims that readers see."""
        return tuple(claim for claim in self.claims if claim.stands)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a reviewer said of a claim.

    Attributes:
        number: from 1, in the order of saying.
        claim: the claim's number.
        key: of the claim as it was read.
        version: in which it was read.
        who: id of the reviewer.
        word: signed or returned.
        words: why, where it is returned; else as they like.
        conflicts: what they stated of their conflicts of interest then.
        at: ISO time, UTC.
    """

    number: int
    claim: int
    key: str
    version: int
    who: str
    word: ReviewWord
    words: str
    conflicts: str
    at: str


@dataclass(frozen=True, slots=True)
class ArticleComment:
    """Words on an article, or on one of its claims, among those who work on it.

    Attributes:
        number: from 1.
        claim: the claim's number, 0 for the whole.
        version: that it was said of.
        who: id of a person.
        words: plain text.
        at: ISO time, UTC.
    """

    number: int
    claim: int
    version: int
    who: str
    words: str
    at: str


@dataclass(frozen=True, slots=True)
class Move:
    """A change of an article's state, or of who reviews it.

    Attributes:
        at: ISO time, UTC.
        who: id of a person, or `OPERATOR`.
        state: that it led to.
        version: number of the version that stood then.
        words: what was said with it.
    """

    at: str
    who: str
    state: ArticleState
    version: int
    words: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it stands now.

    Attributes:
        id: "a" and 16 lower-case letters and digits; random.
        author: id of who made it.
        state: where it stands.
        version: its latest version.
        versions: how many there are.
        approved: number of the version that was approved last, 0 for none.
        reviewers: ids of who reviews it, in the order of being asked.
        signatures: everything that reviewers said, in order; `curbside.desk.articles` tells what counts.
        comments: in order.
        moves: in order, the making of it first.
        news: what came to the library since approval and would change it, in words; "" for nothing.
    """

    id: str
    author: str
    state: ArticleState
    version: ArticleVersion
    versions: int
    approved: int = 0
    reviewers: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    comments: tuple[ArticleComment, ...] = ()
    moves: tuple[Move, ...] = ()
    news: str = ""


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list.

    Attributes:
        id, author, state, title, news: as `Article` has them.
        versions, approved: numbers of the latest version and of that approved last.
        changed: ISO time of the last change, UTC.
    """

    id: str
    author: str
    state: ArticleState
    title: str
    versions: int
    approved: int
    news: str
    changed: str
