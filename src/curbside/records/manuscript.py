"""Manuscripts: what authors send in, what reviewers say of it, and where it appears once it is accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import msgspec

from curbside.records.document import Journal

ARTICLE_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "Research article": "research-article",
        "Systematic review": "systematic-review",
        "Review": "review-article",
        "Case report": "case-report",
        "Case series": "case-report",
        "Brief report": "brief-report",
        "Letter": "letter",
        "Editorial": "editorial",
    }
)
"""What an article may be called here -> the `article-type` of JATS."""


STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "ethics": "Ethics",
        "funding": "Funding",
        "conflicts": "Conflicts of interest",
        "data": "Data availability",
    }
)
"""Field of a statement -> its heading, in the order of printing."""

HIDDEN_WITH_AUTHORS = frozenset({"funding", "conflicts"})
"""Statements that reviewers do not see where they do not see the authors: they tell who somebody is."""


class ManuscriptState(StrEnum):
    """Where a manuscript stands; the words on its page follow from this and from nothing else."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"
    RETRACTED = "retracted"


class Recommendation(StrEnum):
    """What a reviewer advises; the editor decides."""

    ACCEPT = "accept"
    MINOR = "minor revision"
    MAJOR = "major revision"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Contributor:
    """An author as the form has it.

    Attributes:
        given, family: names as printed.
        orcid: as typed; `curbside.desk.manuscripts.faults` says whether its check digit is right.
        affiliations: each a line.
    """

    given: str = ""
    family: str = ""
    orcid: str = ""
    affiliations: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        return not (self.given or self.family or self.orcid or self.affiliations)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a manuscript; its bytes lie beside, under their hash.

    Attributes:
        sha256: 64 hexadecimal digits.
        name: as its sender called it; shown to them and to editors, never a path.
        format: name of the reader that its bytes call for.
        size: bytes.
    """

    sha256: str
    name: str
    format: str
    size: int


@dataclass(frozen=True, slots=True)
class ManuscriptContent:
    """What authors write; a draft may lack any of it.

    Attributes:
        title: one line.
        type: of the article ("Case report").
        abstract: (label, words) of each section, in order.
        keywords: in order.
        authors: in order.
        ethics, funding, conflicts, data: statements, "" where none was made yet.
        file: the main text, or None.
        reply: letter to editor and reviewers with a revised version, or "".
    """

    title: str = ""
    type: str = ""
    abstract: tuple[tuple[str, str], ...] = ()
    keywords: tuple[str, ...] = ()
    authors: tuple[Contributor, ...] = ()
    ethics: str = ""
    funding: str = ""
    conflicts: str = ""
    data: str = ""
    file: KeptFile | None = None
    reply: str = ""

    @property
    def key(self) -> str:
        """A hash of all of it, 32 hexadecimal digits; a form carries it, so that nobody writes over what came since."""
        return hashlib.sha256(msgspec.msgpack.encode(self)).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class ManuscriptVersion:
    """A manuscript as it was submitted; never changed afterwards.

    Attributes:
        number: from 1.
        at: ISO time, UTC.
        content: what was submitted.
    """

    number: int
    at: str
    content: ManuscriptContent


@dataclass(frozen=True, slots=True)
class ManuscriptReview:
    """What a reviewer said of a version; a later one of theirs on it takes its place.

    Attributes:
        number: from 1, in the order of saying.
        version: that was read.
        who: id of the reviewer.
        advice: what they recommend.
        to_authors: words for authors and editor.
        to_editor: words for the editor alone, or "".
        sections: (heading of the text, words on it) for authors and editor.
        conflicts: what they stated of their conflicts of interest.
        at: ISO time, UTC.
    """

    number: int
    version: int
    who: str
    advice: Recommendation
    to_authors: str
    to_editor: str
    sections: tuple[tuple[str, str], ...]
    conflicts: str
    at: str


@dataclass(frozen=True, slots=True)
class ManuscriptMove:
    """A change of a manuscript's state.

    Attributes:
        at: ISO time, UTC.
        who: id of a person.
        state: that it led to.
        version: number of the version that stood then, 0 before the first.
        words: what was said with it: a decision letter, a reason.
    """

    at: str
    who: str
    state: ManuscriptState
    version: int
    words: str


@dataclass(frozen=True, slots=True)
class Blinding:
    """Who does not learn who somebody is.

    Attributes:
        authors: whether reviewers do not learn the authors' names.
        reviewers: whether authors do not learn the reviewers' names.
    """

    authors: bool = True
    reviewers: bool = True


@dataclass(frozen=True, slots=True)
class JournalSettings:
    """The journal of this desk, as its editors set it.

    Attributes:
        journal: title, abbreviation and ISSNs; its volume, issue and pages are "".
        publisher: name, or "".
        licence: address or words, under which articles appear; "" for none said.
        blinding: what a new manuscript begins with.
    """

    journal: Journal = Journal()
    publisher: str = ""
    licence: str = ""
    blinding: Blinding = Blinding()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an accepted manuscript appeared.

    Attributes:
        journal: with volume, issue and pages or article number.
        publisher, licence: as `JournalSettings` had them then.
        doi: in its normal form, or "".
        date: ISO day on which it was published.
        sha256: of the JATS file that it was published as, which lies beside the manuscript's other files.
    """

    journal: Journal
    publisher: str
    licence: str
    doi: str
    date: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A manuscript as it stands now.

    Attributes:
        id: "m" and 16 lower-case letters and digits; random.
        author: id of the account that sends it in.
        state: where it stands.
        content: what its author is writing at; the latest version's wherever that cannot be changed.
        versions: as submitted, in order.
        reviewers: ids of who reviews it.
        blinding: who does not learn whose names.
        reviews: everything that reviewers said, in order.
        moves: in order, the making of it first.
        placed: where it appeared, or None.
    """

    id: str
    author: str
    state: ManuscriptState
    content: ManuscriptContent
    versions: tuple[ManuscriptVersion, ...] = ()
    reviewers: tuple[str, ...] = ()
    blinding: Blinding = Blinding()
    reviews: tuple[ManuscriptReview, ...] = ()
    moves: tuple[ManuscriptMove, ...] = ()
    placed: Placement | None = None


@dataclass(frozen=True, slots=True)
class ManuscriptLine:
    """A manuscript in a list.

    Attributes:
        id, author, state: as `Manuscript` has them.
        title: as its author has it now.
        submitted: title of the latest version, "" before the first; all that anybody but the author may see.
        versions: how many were submitted.
        changed: ISO time of the last change, UTC.
    """

    id: str
    author: str
    state: ManuscriptState
    title: str
    submitted: str
    versions: int
    changed: str


@dataclass(frozen=True, slots=True)
class JournalIssue:
    """An issue of the journal in its archive.

    Attributes:
        volume, issue: as printed.
        date: ISO day of its latest article.
        count: how many articles it holds.
    """

    volume: str
    issue: str
    date: str
    count: int
