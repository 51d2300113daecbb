"""Places in a document's text: who speaks where, headings, blocks, tables; all of it spans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curbside.records.span import Span


class PartRole(StrEnum):
    """Who speaks in a part of a document; decides what it may be quoted as."""

    BODY = "body"  # the document's own text
    ABSTRACT = "abstract"
    GUIDELINES = "guidelines"  # a secondary page's report of guidelines
    RESEARCH = "research"  # a secondary page's report of research
    SUMMARY = "summary"  # TLDR, plain or editor's summary of another work
    QUESTION = "question"  # asked by somebody; never quoted as an answer
    REPLY = "reply"  # a named person's reply
    GENERATED = "generated"  # longer text under a reply that nobody signs
    POST = "post"  # a community post; never quoted as research
    REFERENCES = "references"  # a reference list
    METADATA = "metadata"  # bylines, issue line, dates, identifiers, keywords
    CHROME = "chrome"  # navigation, banners, disclaimers, advertisements; never evidence


EVIDENCE_ROLES = frozenset(
    {
        PartRole.BODY,
        PartRole.ABSTRACT,
        PartRole.GUIDELINES,
        PartRole.RESEARCH,
        PartRole.SUMMARY,
        PartRole.REPLY,
        PartRole.GENERATED,
    }
)
"""Roles whose words may be quoted in an answer, each under its own name."""


class BlockKind(StrEnum):
    """The form of a block of text."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"
    TABLE = "table"
    FOOTNOTE = "footnote"
    OTHER = "other"


class Category(StrEnum):
    """What a section of a study does (the NlmCategory of structured abstracts, extended to full text)."""

    BACKGROUND = "background"
    OBJECTIVE = "objective"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSIONS = "conclusions"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document in which one voice speaks about one subject.

    The parts of a document are in order and do not overlap. The abstracts on an author page, the posts on a
    community page and each similar question with its reply are subjects of their own.

    Attributes:
        span: the part's text.
        role: who speaks.
        group: parts with the same number are about one subject (a question and its replies); 0 is the main one.
        title: the part's own title or heading, where it has one.
        by: who signed it, as printed ("Dr. …", with department), or "".
        date: ISO date of the part (reply date, post date), possibly partial, or "".
        language: BCP 47 tag, or "" where it is the document's.
    """

    span: Span
    role: PartRole
    group: int = 0
    title: Span | None = None
    by: str = ""
    date: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled or labelled stretch of a part; nested sections lie inside their parents.

    Attributes:
        span: heading and text.
        part: index into `Document.parts`.
        level: 1 for the outermost.
        heading: span of the printed heading or label, None where there is none.
        category: what the section does.
    """

    span: Span
    part: int
    level: int = 1
    heading: Span | None = None
    category: Category = Category.NONE


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or the like; blocks are in order and do not overlap.

    Attributes:
        span: the block's text, without the line breaks around it.
        kind: its form.
        part: index into `Document.parts`.
        section: index of the innermost section in `Document.sections`, or -1.
    """

    span: Span
    kind: BlockKind
    part: int
    section: int = -1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        span: the cell's words in the document (empty span where the cell is empty).
        row, column: position from 0, of the top left corner.
        rows, columns: how many it spans, at least 1.
        header: whether it heads a row or column.
        path: spans of the header cells above it, outermost first, then those to its left.
        unit: unit named in the cell or its headers ("%", "mg/dL"), or "".
        notes: indexes into `Table.footnotes` that its marks point at.
    """

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False
    path: tuple[Span, ...] = ()
    unit: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as cells; its text stands in the document row by row.

    Attributes:
        span: everything of the table, label and footnotes included.
        label: "Table 2", or None.
        caption: or None.
        cells: in reading order.
        footnotes: each footnote's span.
    """

    span: Span
    label: Span | None = None
    caption: Span | None = None
    cells: tuple[Cell, ...] = ()
    footnotes: tuple[Span, ...] = ()
