"""The Document: one text as its markup gave it, and everything else as spans into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec

from curbside.records.identifiers import Identifiers
from curbside.records.layout import Block, Part, Section, Table
from curbside.records.span import Span


class DocumentKind(StrEnum):
    """What a document says it is, by its own build and words."""

    ARTICLE = "article"  # a journal article or its bibliographic record
    GUIDELINE = "guideline"
    SUMMARY = "evidence summary"  # built like a guideline, and says of itself that it gives none
    TRIAL = "trial"  # a trial registration
    NOTE = "note"  # a study note: somebody's own words about one record
    ANSWER_PAGE = "answer page"  # a clinical answer page: a secondary source
    QUESTION_PAGE = "question page"  # a question with replies
    STUDY_PAGE = "study page"  # a community's page about one study: a secondary source
    AUTHOR_PAGE = "author page"  # one author's works with abstracts
    PAGE = "page"  # any other web page or text


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a document's reference list.

    Attributes:
        key: the source's own key ("B12"), or its printed number.
        label: the printed label ("12"), or "".
        span: the entry in the document's text, or None where only metadata came.
        ids: identifiers of the cited work.
        title, year, source: as printed, or "".
        authors: family names as printed, in order.
        text: the entry as one line.
    """

    key: str
    label: str = ""
    span: Span | None = None
    ids: Identifiers = Identifiers()
    title: str = ""
    year: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """An in-text citation: "[3–6]", a superscript "1,2", "(Smith 2010)".

    Attributes:
        span: the marker as printed.
        references: indexes into `Document.references`, ranges expanded.
        superscript: whether it was raised; a sentence cutter needs to know.
    """

    span: Span
    references: tuple[int, ...]
    superscript: bool = False


@dataclass(frozen=True, slots=True)
class Author:
    """A contributor.

    Attributes:
        family: family name, or the whole name where it has one part.
        given: given names or initials as printed.
        suffix: "Jr", "3rd", or "".
        collective: the name of a group; then the other names are "".
        orcid: checked ORCID iD, or "".
        affiliations: indexes into `Document.affiliations`.
    """

    family: str = ""
    given: str = ""
    suffix: str = ""
    collective: str = ""
    orcid: str = ""
    affiliations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Journal:
    """Where a work appeared, as printed.

    Attributes:
        title: full title.
        abbreviation: ISO or MEDLINE abbreviation.
        issn, eissn: print and electronic ISSN, check digit right, or "".
        volume, issue, pages: as printed; `pages` is the full range ("494-501") or an article number.
    """

    title: str = ""
    abbreviation: str = ""
    issn: str = ""
    eissn: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happened on a date.

    Attributes:
        event: "published", "online", "received", "accepted", "revised", "updated", "reviewed", "asked", "replied";
            "written" for a note, which is no date of the work.
        iso: ISO 8601 as far as known: "2025", "2025-10" or "2025-10-10".
        printed: as the source gave it ("2000 Spring", "1998 Dec-1999 Jan").
    """

    event: str
    iso: str
    printed: str = ""


class NoticeKind(StrEnum):
    """The nature of an editorial notice."""

    RETRACTION = "retraction"
    CONCERN = "expression of concern"
    CORRECTION = "correction"
    REINSTATEMENT = "reinstatement"
    UPDATE = "update"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice on this work, or one that this work is.

    Attributes:
        kind: its nature.
        issued: True where this document *is* the notice and `ids` name the work it is about; False where this
            document received it and `ids` name the notice.
        ids: identifiers of the other side.
        text: as printed.
    """

    kind: NoticeKind
    issued: bool
    ids: Identifiers = Identifiers()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A subject heading of an indexer, e.g. MeSH.

    Attributes:
        name: descriptor name.
        ui: its id ("D020123"), or "".
        major: whether it, or one of its qualifiers, is a major topic.
        qualifiers: (name, major) pairs.
    """

    name: str
    ui: str = ""
    major: bool = False
    qualifiers: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail that a page states of itself, with the words it stands in.

    Attributes:
        field: a name of the glossary: "status", "banner", "asker", "responder", "department", "votes", "category",
            "age", "tldr", "article type", "issue line", "keywords", "cited count", "similar count", "key point" …
        value: normalised value.
        span: where the page says so.
    """

    field: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One text as its markup gave it; everything else is spans of code points into `text`.

    Attributes:
        id: "d" and 20 hexadecimal digits of the SHA-256 of the content (see `sealed`); "" until sealed.
        text: the whole text; for plain-text captures exactly the decoded file.
        kind: what the document is.
        title: the title as plain text (also in `text` where the source shows it).
        language: BCP 47 tag of the main text, or "".
        parts, sections, blocks, tables: the structure.
        references, markers: the reference list and the places that cite it.
        ids: the work's identifiers.
        authors, affiliations: the contributors and what their indexes point at.
        journal: where it appeared.
        dates: what happened when.
        types: publication types as the source names them ("Randomized Controlled Trial", "Retracted Publication").
        headings: subject headings.
        keywords: as printed.
        notices: editorial notices received or issued.
        mentioned: ids of registered trials and data named by the record ("NCT00392951").
        licence: licence text or address, or "".
        source: who published the page or site, or "".
        other_titles: (language, title) pairs.
        details: what a page states of itself.
    """

    id: str
    text: str
    kind: DocumentKind
    title: str = ""
    language: str = ""
    parts: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    references: tuple[Reference, ...] = ()
    markers: tuple[Marker, ...] = ()
    ids: Identifiers = Identifiers()
    authors: tuple[Author, ...] = ()
    affiliations: tuple[str, ...] = ()
    journal: Journal = Journal()
    dates: tuple[Dated, ...] = ()
    types: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    keywords: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    mentioned: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""
    other_titles: tuple[tuple[str, str], ...] = ()
    details: tuple[Detail, ...] = ()

    def date(self, *events: str) -> str:
        """Return the ISO date of the first of `events` that is known, else ""."""
        for event in events:
            for dated in self.dates:
                if dated.event == event:
                    return dated.iso
        return ""

    def markers_in(self, span: Span) -> tuple[Marker, ...]:
        """Return the in-text citations that lie in `span`, in order."""
        return tuple(marker for marker in self.markers if marker.span.meets(span))

    def sections_over(self, span: Span) -> tuple[Section, ...]:
        """Return the sections that `span` lies in, outermost first."""
        return tuple(section for section in self.sections if section.span.covers(span))

    @property
    def year(self) -> int | None:
        """Year of publication (else of online date, update or reply), or None where no date is known."""
        events = ("published", "online", "updated", "reviewed", "replied", "asked", "accepted")
        # When somebody wrote a note on a work says nothing of the work's own year.
        iso = self.date(*(events[:2] if self.kind is DocumentKind.NOTE else events))
        return int(iso[:4]) if iso[:4].isdigit() else None

    @property
    def retracted(self) -> bool:
        """Whether the work itself is retracted (a retraction notice is not)."""
        kinds = [
            n.kind for n in self.notices if not n.issued and n.kind in (NoticeKind.RETRACTION, NoticeKind.REINSTATEMENT)
        ]
        return "Retracted Publication" in self.types or (bool(kinds) and kinds[-1] is NoticeKind.RETRACTION)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Document)


def encoded(document: Document) -> bytes:
    """Return the document as MessagePack bytes; equal documents give equal bytes."""
    return _encoder.encode(document)


def decoded(data: bytes) -> Document:
    """Return the document that `encoded` made `data` from.

    Raises:
        msgspec.MsgspecError: if `data` is not such bytes.
    """
    return _decoder.decode(data)


def sealed(document: Document) -> Document:
    """Return the document with its id: a hash of all its content, so that equal content has one id."""
    bare = document if not document.id else replace(document, id="")
    return replace(bare, id="d" + hashlib.sha256(encoded(bare)).hexdigest()[:20])


def misplaced(document: Document) -> Iterable[str]:
    """Yield a sentence for each span that does not lie in the text or each index that points nowhere.

    An empty result means that the document is sound; readers are held to it by tests.
    """
    size = len(document.text)

    def bad(span: Span | None) -> bool:
        return span is not None and not 0 <= span.start <= span.end <= size

    named: list[tuple[str, Span | None]] = []
    for part in document.parts:
        named += [("part", part.span), ("part title", part.title)]
    for section in document.sections:
        named += [("section", section.span), ("section heading", section.heading)]
    named += [("block", block.span) for block in document.blocks]
    for table in document.tables:
        named += [("table", table.span), ("table label", table.label), ("table caption", table.caption)]
        named += [("table footnote", note) for note in table.footnotes]
        for cell in table.cells:
            named += [("cell", cell.span), *(("cell path", span) for span in cell.path)]
    named += [("reference", reference.span) for reference in document.references]
    named += [("marker", marker.span) for marker in document.markers]
    named += [("detail", detail.span) for detail in document.details]
    for name, span in named:
        if bad(span):
            yield f"{name} {span} lies outside the text of {size} code points"
    for before, after in zip(document.parts, document.parts[1:]):
        if after.span.start < before.span.end:
            yield f"part {after.span} overlaps part {before.span}"
    for before, after in zip(document.blocks, document.blocks[1:]):
        if after.span.start < before.span.end:
            yield f"block {after.span} overlaps block {before.span}"
    for block in document.blocks:
        if not 0 <= block.part < len(document.parts) or not -1 <= block.section < len(document.sections):
            yield f"block {block.span} names part {block.part} or section {block.section} that is not there"
    for section in document.sections:
        if not 0 <= section.part < len(document.parts):
            yield f"section {section.span} names part {section.part} that is not there"
    for marker in document.markers:
        if any(not 0 <= index < len(document.references) for index in marker.references):
            yield f"marker {marker.span} points outside the reference list"
    for author in document.authors:
        if any(not 0 <= index < len(document.affiliations) for index in author.affiliations):
            yield f"author {author.family or author.collective} points outside the affiliations"
