"""What the API takes and sends of articles and of people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from curbside.doors.api.shapes import FiltersWanted, Sent, Words
from curbside.doors.api.shapes_answer import Absence, Derivation, FiltersSet, Quote, Read, Reference

_Id = Annotated[Words, Field(min_length=1, max_length=40)]
_Said = Annotated[Words, Field(max_length=4_000)]

StepName = Literal["submit", "send to review", "return", "approve", "withdraw", "reopen"]
"""Steps of an article's life; those of `curbside.desk.articles`."""


class ArticleWanted(Sent):
    """A question whose answer is to be made an article of."""

    question: Words = Field(min_length=1, max_length=2_000, examples=["Does sirolimus help children with ITP?"])
    filters: FiltersWanted = FiltersWanted()
    title: Words = Field(default="", max_length=300, description="By default the question.")


class StepTaken(Sent):
    """A step of an article's life."""

    step: StepName
    words: _Said = Field(default="", description="Why; needed to return, withdraw or reopen.")
    seen: str = Field(default="", max_length=64, description="The article's own `seen`, as read; needed to approve.")


class DrawnAnew(Sent):
    """That an article is to be drawn anew from the library."""

    words: _Said = Field(default="", description="Why; it stands with the version.")


class ReviewersNamed(Sent):
    """Who is to review an article, in the place of who was named before."""

    reviewers: list[_Id] = Field(max_length=12, description="Ids of people.")


class CommentMade(Sent):
    """Words among those who work on an article."""

    words: _Said = Field(min_length=1)
    claim: int = Field(default=0, ge=0, le=9_999, description="Number of the claim that it is about; 0 for the whole.")


class ClaimDone(Sent):
    """What is done to a claim."""

    do: Literal["change", "remove", "sign", "return"]
    key: Words = Field(
        min_length=1, max_length=64, description="Of the claim as it was read, so that nobody writes over another."
    )
    text: Words = Field(default="", max_length=2_000, description="With `change`: the claim's new words.")
    words: _Said = Field(default="", description="Why; needed for all but `sign`.")


class PersonNamed(BaseModel):
    """Somebody as they stand beside what they do."""

    id: str = Field(description='Of who has a page; "" of others.')
    name: str
    department: str


class ArticleListed(BaseModel):
    """An article of a list."""

    id: str = Field(description='"a" and 16 letters and digits.')
    title: str
    state: str = Field(description="draft, submitted, under review, returned, approved or withdrawn.")
    author: PersonNamed
    versions: int = Field(description="Number of the latest version.")
    approved: int = Field(description="Number of the version that was approved last, 0 for none.")
    news: str = Field(description='What came to the library since approval and would change it, or "".')
    changed: str = Field(description="When it last changed, ISO 8601, UTC.")


class ArticlesListed(BaseModel):
    """A page of a list of articles, last changed first."""

    which: str = Field(description="Which list: approved, mine, reviews or desk.")
    total: int
    articles: list[ArticleListed]
    next: int | None = Field(description="The offset of the next page, or null.")


class BannerShown(BaseModel):
    """What stands over an article; it follows from its state and from nothing else."""

    words: str
    grave: bool = Field(description="Whether it warns.")


class ClaimSaid(BaseModel):
    """The latest word of a reviewer on a claim as it stands."""

    who: PersonNamed
    word: str = Field(description="signed or returned.")
    words: str = Field(description='What they said with it, or "".')
    conflicts: str = Field(description="Conflicts of interest as they stated them then.")
    at: str


class ClaimShown(BaseModel):
    """A sentence of an article that reviewers sign."""

    number: int = Field(description="Stays with the claim through all versions.")
    key: str = Field(description="What is signed: a hash of its words and of what they stand on.")
    text: str
    quotes: list[Quote]
    references: list[int]
    derived: list[Derivation]
    edited: str = Field(description='Why a person changed its words, or "".')
    own_words: str = Field(description='What the guards have against the changed words, or "": editor\'s own words.')
    removed: str = Field(description='Why it was taken out, or ""; readers get no removed claims.')
    said: list[ClaimSaid]


class ClaimsSection(BaseModel):
    """A headed group of claims."""

    heading: str
    claims: list[ClaimShown]


class MoveMade(BaseModel):
    """A step of an article's life."""

    at: str
    who: PersonNamed
    state: str = Field(description="That it led to.")
    version: int
    words: str


class CommentShown(BaseModel):
    """Words among those who work on an article."""

    claim: int = Field(description="0 for the whole.")
    version: int
    who: PersonNamed
    words: str
    at: str


class ArticleShown(BaseModel):
    """An article, or a version of it, as whoever asks may read it."""

    id: str
    state: str
    banner: BannerShown
    news: str
    title: str
    question: str = Field(description="As asked.")
    filters: FiltersSet
    author: PersonNamed
    version: int = Field(description="Number of the version shown.")
    versions: list[int] = Field(description="Those that whoever asks may read.")
    approved: int = Field(description="Number of the version that was approved last, 0 for none.")
    at: str = Field(description="When this version was made.")
    who: PersonNamed = Field(description="Who made this version.")
    why: str = Field(description="What changed in it, and why.")
    sections: list[ClaimsSection]
    absences: list[Absence]
    references: list[Reference]
    searched: Read
    library: str = Field(description="When the library that was asked last changed.")
    history: list[MoveMade]
    inside: bool = Field(description="Whether whoever asks works on it.")
    reviewers: list[PersonNamed] = Field(description="For who works on it.")
    comments: list[CommentShown] = Field(description="For who works on it.")
    steps: list[str] = Field(description="That whoever asks may take now.")
    waiting: list[int] = Field(description="Claims neither signed nor removed; for who works on it.")
    seen: str = Field(description="Names it as it is shown here; to be sent back with approving. For who works on it.")


class WordsRun(BaseModel):
    """Words that stand in both versions, or in one of them."""

    change: str = Field(description="same, added or removed.")
    words: str


class ClaimChanged(BaseModel):
    """What became of a claim."""

    number: int
    change: str = Field(description="same, added, removed or changed.")
    runs: list[WordsRun]
    why: str
    quotes: bool = Field(description="Whether it stands on other words than before.")


class ArticleChanges(BaseModel):
    """What changed between two versions of an article, word by word."""

    id: str
    since: int
    version: int
    claims: list[ClaimChanged]


class PersonShown(BaseModel):
    """What everybody may see of a person who signs."""

    id: str
    name: str
    roles: list[str]
    department: str
    about: str
    conflicts: str
    board: bool = Field(description="Whether they are of the medical advisory board.")


class BoardShown(BaseModel):
    """The medical advisory board."""

    members: list[PersonShown]


class KeyShown(BaseModel):
    """The key that a request came with, and for whom its program acts."""

    id: str
    name: str = Field(description="Of the program.")
    scope: str = Field(description="read or act.")
    made: str
    until: str
    used: str = Field(description='When it was used before, about; "" for never.')
    person: PersonShown


class AuditHead(BaseModel):
    """The end of the audit log; whoever keeps its hash elsewhere notices entries that were taken away."""

    entries: int
    head: str = Field(description='Hash of the last entry, 64 hexadecimal digits; "" where there is none.')
    at: str = Field(description="When that was written.")
    holds: bool = Field(description="Whether the chain holds from its first entry to its last.")
    fault: str = Field(description='Where it does not, in words, or "".')
