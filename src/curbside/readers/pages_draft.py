"""A page while its lines are being given to voices; becomes a Document when all have one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from curbside.readers.pages_dates import Found, find_date
from curbside.readers.pages_labels import SECTION_LABELS, category
from curbside.readers.pages_outline import Piece, assembled
from curbside.readers.pages_sheet import Line, Sheet
from curbside.records import BlockKind, Category, Dated, Detail, Document, DocumentKind, PartRole, Span


@dataclass(slots=True)
class Voice:
    """Who speaks in one line, and what the line is; see `Piece` for the fields."""

    role: PartRole = PartRole.CHROME
    group: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    category: Category = Category.NONE
    by: str = ""
    date: str = ""
    fresh: bool = False
    entitles: bool = False


@dataclass(slots=True)
class Draft:
    """A sheet with a voice for each line, and what the page states of itself."""

    sheet: Sheet
    voices: list[Voice]
    details: list[Detail] = field(default_factory=list[Detail])
    dates: list[Dated] = field(default_factory=list[Dated])
    _noted: set[Detail] = field(default_factory=set[Detail])

    @classmethod
    def of(cls, sheet: Sheet, role: PartRole = PartRole.CHROME) -> Draft:
        """Return a draft in which every line speaks as `role`, chrome of the markup as chrome."""
        voices = [Voice(PartRole.CHROME if line.chrome else role, kind=_kind(line)) for line in sheet.lines]
        return cls(sheet, voices)

    def give(self, lines: Iterable[int], role: PartRole, group: int = 0, by: str = "", date: str = "") -> None:
        """Give lines to a voice; lines that markup marks as navigation stay chrome."""
        for index in lines:
            if self.sheet.lines[index].chrome and role is not PartRole.CHROME:
                continue
            voice = self.voices[index]
            voice.role, voice.group, voice.by, voice.date = role, group, by, date

    def head(self, index: int, level: int, what: Category = Category.NONE) -> None:
        """Make a line the heading of a section."""
        voice = self.voices[index]
        voice.kind, voice.level, voice.category = BlockKind.HEADING, level, what

    def entitle(self, index: int, kind: BlockKind = BlockKind.HEADING) -> None:
        """Make a line the title of its part."""
        self.voices[index].entitles = True
        self.voices[index].kind = kind

    def note(self, name: str, value: str, span: Span) -> None:
        """Note a detail once."""
        detail = Detail(name, " ".join(value.split()), span)
        if detail.value and detail not in self._noted:
            self._noted.add(detail)
            self.details.append(detail)

    def renote(self, span: Span) -> None:
        """Point the detail noted last at other words."""
        last = self.details.pop()
        self._noted.discard(last)
        self.note(last.field, last.value, span)

    def dated(self, event: str, index: int, *, year_alone: bool = False) -> str:
        """Note the date of a line as an event and a detail of that name; return its ISO form or ""."""
        line = self.sheet.lines[index]
        raw = line.span.of(self.sheet.text)
        found: Found | None = find_date(raw, year_alone=year_alone)
        if found is None:
            return ""
        span = found.span.moved(line.span.start)
        self.dates.append(Dated(event, found.iso, span.of(self.sheet.text)))
        self.note(event, found.iso, span if len(raw) > 120 else line.span)
        return found.iso

    def document(self, kind: DocumentKind, title: str = "") -> Document:
        """Return the document that the voices make."""
        pieces: list[Piece] = []
        for line, voice in zip(self.sheet.lines, self.voices):
            pieces += self._pieces(line, voice)
        parts, sections, blocks = assembled(pieces)
        return Document(
            "",
            self.sheet.text,
            kind,
            title=title,
            language=self.sheet.language,
            parts=parts,
            sections=sections,
            blocks=blocks,
            tables=self.sheet.tables,
            dates=tuple(dict.fromkeys(self.dates)),
            details=tuple(self.details),
        )

    def _pieces(self, line: Line, voice: Voice) -> list[Piece]:
        whole = Piece(
            line.span,
            voice.kind,
            voice.role,
            voice.group,
            voice.level,
            voice.category,
            voice.by,
            voice.date,
            voice.fresh,
            voice.entitles,
        )
        if voice.kind is not BlockKind.PARAGRAPH or voice.role is not PartRole.ABSTRACT:
            return [whole]
        raw = line.span.of(self.sheet.text)
        labels = inline_labels(raw)
        if not labels:
            return [whole]
        pieces: list[Piece] = []
        if labels[0][0] > 0:
            pieces.append(replace(whole, span=_trimmed(raw, 0, labels[0][0]).moved(line.span.start)))
        for number, (start, colon, after, what) in enumerate(labels):
            end = labels[number + 1][0] if number + 1 < len(labels) else len(raw)
            heading = Span(start, colon).moved(line.span.start)
            body = _trimmed(raw, after, end).moved(line.span.start)
            pieces.append(replace(whole, span=heading, kind=BlockKind.HEADING, level=1, category=what, entitles=False))
            pieces.append(replace(whole, span=body, entitles=False))
        return [pieces[0], *(replace(piece, fresh=False) for piece in pieces[1:])]


def _kind(line: Line) -> BlockKind:
    if line.level:
        return BlockKind.HEADING
    return line.kind or (BlockKind.ITEM if line.bullet else BlockKind.PARAGRAPH)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


_OTHER_LABELS = (
    *("trial registration", "registration", "funding", "level of evidence", "clinical trial registration"),
    *(
        "clinicaltrials.gov identifier",
        "systematic review registration",
        "keywords",
        "key words",
        "plain language summary",
    ),
)
_ANY = "|".join(re.escape(label) for label in (*_OTHER_LABELS, *SECTION_LABELS))
_INLINE = re.compile(
    rf"(?:^|(?<=[.!?)\]。])\s?|(?<=[.!?)\]。]\s)|(?<=\n))(?P<label>{_ANY})(?P<mark>\s?[:：]|\."
    rf"|\s?[–—|]|(?=\s))\s{{0,4}}(?=\S)",
    re.IGNORECASE,
)


def inline_labels(words: str) -> list[tuple[int, int, int, Category]]:
    """Return (start, end of label, start of text, category) of each section label inside a paragraph.

    A label stands at the start of a sentence with a capital. A colon marks it by itself; a full stop, a dash or
    capitals alone do only where the same paragraph has three of that form. One lone label inside a paragraph is none.
    """
    colons: list[tuple[int, int, int, Category]] = []
    others: list[tuple[int, int, int, Category]] = []
    for found in _INLINE.finditer(words):
        label, mark = found.group("label"), found.group("mark").strip()
        if label[0].islower():
            continue
        end = found.end("mark") if mark in (":", "：") else found.end("label")
        hit = (found.start("label"), end, found.end(), category(label))
        if mark in (":", "："):
            colons.append(hit)
        elif mark or (label.isupper() and len(label) > 3):
            others.append(hit)
    if colons:
        return colons if len(colons) > 1 or colons[0][0] == 0 else []
    return others if len(others) >= 3 else []
