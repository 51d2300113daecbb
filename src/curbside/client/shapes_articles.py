"""What the API sends of articles and people, as frozen records; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.client.shapes import Absence, Derivation, Filters, Quote, Read, Reference


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """Somebody as they stand beside what they do; the id only of who has a page."""

    id: str
    name: str
    department: str


@dataclass(frozen=True, slots=True)
class ArticleListed:
    """An article of a list."""

    id: str
    title: str
    state: str
    author: PersonNamed
    versions: int
    approved: int
    news: str
    changed: str


@dataclass(frozen=True, slots=True)
class ArticlesListed:
    """A page of a list of articles, last changed first; `next` is the offset of the next one."""

    which: str
    total: int
    articles: tuple[ArticleListed, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class BannerShown:
    """What stands over an article, and whether it warns."""

    words: str
    grave: bool


@dataclass(frozen=True, slots=True)
class ClaimSaid:
    """The latest word of a reviewer on a claim as it stands."""

    who: PersonNamed
    word: str
    words: str
    conflicts: str
    at: str


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A sentence of an article that reviewers sign; `key` says which words were read."""

    number: int
    key: str
    text: str
    quotes: tuple[Quote, ...]
    references: tuple[int, ...]
    derived: tuple[Derivation, ...]
    edited: str
    own_words: str
    removed: str
    said: tuple[ClaimSaid, ...]


@dataclass(frozen=True, slots=True)
class ClaimsSection:
    """A headed group of claims."""

    heading: str
    claims: tuple[ClaimShown, ...]


@dataclass(frozen=True, slots=True)
class MoveMade:
    """A step of an article's life."""

    at: str
    who: PersonNamed
    state: str
    version: int
    words: str


@dataclass(frozen=True, slots=True)
class CommentShown:
    """Words among those who work on an article; claim 0 is the whole."""

    claim: int
    version: int
    who: PersonNamed
    words: str
    at: str


@dataclass(frozen=True, slots=True)
class ArticleShown:
    """An article, or a version of it, as whoever asks may read it."""

    id: str
    state: str
    banner: BannerShown
    news: str
    title: str
    question: str
    filters: Filters
    author: PersonNamed
    version: int
    versions: tuple[int, ...]
    approved: int
    at: str
    who: PersonNamed
    why: str
    sections: tuple[ClaimsSection, ...]
    absences: tuple[Absence, ...]
    references: tuple[Reference, ...]
    searched: Read
    library: str
    history: tuple[MoveMade, ...]
    inside: bool
    reviewers: tuple[PersonNamed, ...]
    comments: tuple[CommentShown, ...]
    steps: tuple[str, ...]
    waiting: tuple[int, ...]
    seen: str

    @property
    def claims(self) -> tuple[ClaimShown, ...]:
        """All its claims, in order."""
        return tuple(claim for section in self.sections for claim in section.claims)


@dataclass(frozen=True, slots=True)
class WordsRun:
    """Words that stand in both versions, or in one of them."""

    change: str
    words: str


@dataclass(frozen=True, slots=True)
class ClaimChanged:
    """What became of a claim."""

    number: int
    change: str
    runs: tuple[WordsRun, ...]
    why: str
    quotes: bool


@dataclass(frozen=True, slots=True)
class ArticleChanges:
    """What changed between two versions of an article, word by word."""

    id: str
    since: int
    version: int
    claims: tuple[ClaimChanged, ...]


@dataclass(frozen=True, slots=True)
class PersonShown:
    """What everybody may see of a person who signs."""

    id: str
    name: str
    roles: tuple[str, ...]
    department: str
    about: str
    conflicts: str
    board: bool


@dataclass(frozen=True, slots=True)
class BoardShown:
    """The medical advisory board."""

    members: tuple[PersonShown, ...]


@dataclass(frozen=True, slots=True)
class KeyShown:
    """The key that was sent, all but its words, and for whom its program acts."""

    id: str
    name: str
    scope: str
    made: str
    until: str
    used: str
    person: PersonShown


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The end of the audit log, and whether its chain holds."""

    entries: int
    head: str
    at: str
    holds: bool
    fault: str
