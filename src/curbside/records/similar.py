"""Texts that resemble one another, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.document import DocumentKind
from curbside.records.evidence import EvidenceKind, Profile
from curbside.records.span import Span


@dataclass(frozen=True, slots=True)
class Glance:
    """What a listing needs of a document without reading its text.

    Attributes:
        document, work: ids.
        kind: what it is.
        title: as plain text.
        year: of publication, or None.
        profile: what it is about; `retracted` and `noticed` hold of its work.
    """

    document: str
    work: str
    kind: DocumentKind
    title: str
    year: int | None
    profile: Profile


class Ground(StrEnum):
    """What two texts share."""

    DRUG = "drug"
    DRUG_CLASS = "drug class"  # two drugs of one class; counts lower than the same drug
    CONDITION = "condition"
    RELATED_CONDITION = "related condition"  # a broader or narrower one, or both under one head; counts lower
    DESIGN = "design"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Likeness:
    """One thing that two texts share.

    Attributes:
        ground: what kind of thing.
        words: in words ("also on sirolimus").
        concepts: ids of what is shared: the drugs or conditions; of related ones that of this text, its fellow's, and
            what both are; empty for design and text.
    """

    ground: Ground
    words: str
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Similar:
    """A text that resembles another.

    Attributes:
        document, work: ids.
        kind, evidence: what it is.
        title: of the document, or the words asked for a question or post.
        year: of the document, or None.
        span: the passage that resembles most; the whole text for a short document, the post or question of a page.
        score: from 0 to 1; comparable within one list only.
        why: what both share, strongest first; never empty.
        retracted, noticed: whether the work is retracted, or carries an editorial notice.
    """

    document: str
    work: str
    kind: DocumentKind
    evidence: EvidenceKind
    title: str
    year: int | None
    span: Span
    score: float
    why: tuple[Likeness, ...]
    retracted: bool = False
    noticed: bool = False

    @property
    def reason(self) -> str:
        """Why, in a line: "also on sirolimus; lymphatic malformation; case series"."""
        return "; ".join(each.words for each in self.why)


@dataclass(frozen=True, slots=True)
class SimilarTexts:
    """What resembles a text.

    Attributes:
        document: id of the text.
        results: best first; a retracted work comes after all others.
        total: how many of those looked at keep to the subject; `results` are the first of them.
        wanted: how many were asked for.
        notes: what a reader should know: that fewer keep to the subject than were asked for, or what was left out.
    """

    document: str
    results: tuple[Similar, ...]
    total: int
    wanted: int
    notes: tuple[str, ...] = ()
