"""What one document says of another: citation statements, their stance, and the tally of both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Span

AGREEING = 2
"""Reviewers, neither of them who flagged, that have to agree before a class changes."""


class Stance(StrEnum):
    """What a citation statement says about the finding it cites, not how it sounds."""

    SUPPORTING = "supporting"
    CONTRASTING = "contrasting"
    MENTIONING = "mentioning"


class CitingSection(StrEnum):
    """Where in the citing document a statement stands, by the usual order of a report."""

    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    METHODS = "methods"
    RESULTS = "results"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    OTHER = "other"


class Resolution(StrEnum):
    """How an entry of a reference list was joined to a work."""

    IDENTIFIER = "identifier"  # DOI, PMID or PMCID
    DESCRIPTION = "title, year and first author"  # no identifier; scored, and flagged for whoever reads it


@dataclass(frozen=True, slots=True)
class CitationStatement:
    """A sentence of one document about works of its reference list.

    Attributes:
        document: id of the citing document.
        marker: the in-text citation as printed: "[3–6]", "1,2", "Blomberg et al.", a DOI or an address.
        sentence: the sentence it stands in.
        before, after: the sentences beside it in the same paragraph, or None.
        section: where it stands.
        references: indexes into `Document.references`, ranges expanded, in the order printed.
        repeat: whether the marker is none of the source's own markup, but a name that repeats an earlier citation
            ("Blomberg et al." a sentence later), found by us.
    """

    document: str
    marker: Span
    sentence: Span
    before: Span | None
    after: Span | None
    section: CitingSection
    references: tuple[int, ...]
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class StatementText:
    """What a judge of stance is given: words about a cited work, and where in them it is cited.

    Attributes:
        text: the sentence the marker stands in.
        marker: span of the in-text citation in `text`; None where nobody says which, then the first that looks like one
            is taken, else the statement is judged as a whole.
        before, after: the sentences beside it, or "".
        section: where it stands, or None where that is not known.
        others: spans in `text` of in-text citations of other works; what looks like one is found without being told.
    """

    text: str
    marker: Span | None = None
    before: str = ""
    after: str = ""
    section: CitingSection | None = None
    others: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class StanceCue:
    """Words that say how a statement stands to what it cites.

    Attributes:
        kind: which kind: "agree", "contrast", "own", "denied" … (the table of `language.stance_words`).
        span: where, in `StatementText.text`.
        words: what stands there, in lower case.
    """

    kind: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A stance as a model or a rule gave it.

    Attributes:
        stance: the class.
        probability: of that class, 0 to 1, calibrated on held-out articles; 1.0 where people decided.
        deciding: spans of the words that decided, in the text that was judged; () where nothing did.
        reason: why, in a line: the cue ("consistent with"), or why it abstains to mentioning.
        maker: what judged: "rules 1", "stance model 1", "Ann Lee and Bo Ek".
    """

    stance: Stance
    probability: float
    deciding: tuple[Span, ...] = ()
    reason: str = ""
    maker: str = ""


@dataclass(frozen=True, slots=True)
class FindingsCompared:
    """How the figures of two findings stand to each other; shown beside a stance, which it does not change.

    Attributes:
        same_direction: whether both point the same way; None where one points nowhere, is a bare share, or cannot be
            compared.
        overlap: whether their intervals share a value; None where that is not known.
        why_not: what could not be compared, and why, or "".
        words: all of it in a line, figures as printed.
    """

    same_direction: bool | None = None
    overlap: bool | None = None
    why_not: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited work in one citation statement, with what the statement says of it.

    Attributes:
        statement: the words; spans of `judgement.deciding` are in the citing document's text.
        reference: index of the entry in the citing document's reference list.
        judgement: the stance.
        self_citation: whether the citing and the cited work share an author, by the names in the entry.
    """

    statement: CitationStatement
    reference: int
    judgement: Judgement
    self_citation: bool = False

    @property
    def id(self) -> str:
        """Name of this citation: citing document, place of the marker, entry: "d…:1042-1047:12"."""
        marker = self.statement.marker
        return f"{self.statement.document}:{marker.start}-{marker.end}:{self.reference}"


@dataclass(frozen=True, slots=True)
class Linked:
    """The work that an entry of a reference list names.

    Attributes:
        reference: index of the entry.
        work: id of the work in this library, or "" where it is not held.
        resolution: how it was found, or None where the entry has neither identifier nor enough of a description.
        score: 1.0 by identifier; by description 0 to 1.
        flagged: whether somebody should look: found by description alone.
    """

    reference: int
    work: str
    resolution: Resolution | None
    score: float = 0.0
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class StanceTally:
    """How often something was cited, and how.

    Attributes:
        supporting, contrasting, mentioning: citations of each stance; those of retracted works are not counted.
        by_section: (section, counts of the three stances in this order), sections in the order of a report.
        by_year: (year of the citing work or None, counts), latest first.
        own, others: citations by an author of the cited work, and by nobody of them.
        works: citing works.
        retracted: citations left out because the citing work is retracted.
    """

    supporting: int = 0
    contrasting: int = 0
    mentioning: int = 0
    by_section: tuple[tuple[CitingSection, tuple[int, int, int]], ...] = ()
    by_year: tuple[tuple[int | None, tuple[int, int, int]], ...] = ()
    own: int = 0
    others: int = 0
    works: int = 0
    retracted: int = 0

    @property
    def total(self) -> int:
        """All citations counted."""
        return self.supporting + self.contrasting + self.mentioning


@dataclass(frozen=True, slots=True)
class Flag:
    """Somebody's word that a citation has another stance than it was given.

    Attributes:
        number: in the order of coming.
        citation: `Citation.id`.
        stance: the class asked for.
        who: name of who flagged.
        why: their reason.
        at: ISO time.
        words: the sentence as it stood, so that a flag says what it was about when the document is gone.
        agreed: names of reviewers who agree, in order; the class changes with the second.
        refused: names of reviewers who do not.
        was: the class that it had.
        said: probability and maker of that class: ".71, stance model 1", or "" where nobody knows.
        marker: where the in-text citation stands in `words`, or None where that is not known.
        key: joining key of the cited work, or of its title; "" where the entry has neither.
    """

    number: int
    citation: str
    stance: Stance
    who: str
    why: str
    at: str
    words: str = ""
    agreed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    was: Stance = Stance.MENTIONING
    said: str = ""
    marker: Span | None = None
    key: str = ""

    @property
    def document(self) -> str:
        """Id of the document that the citation stood in."""
        return self.citation.partition(":")[0]

    @property
    def changed(self) -> bool:
        """Whether the class has changed: two reviewers agree."""
        return len(self.agreed) >= AGREEING

    @property
    def state(self) -> str:
        """ "agreed", "refused" (two reviewers do not agree) or "open"."""
        return "agreed" if self.changed else "refused" if len(self.refused) >= AGREEING else "open"
