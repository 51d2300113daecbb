"""Journal article pages: title, authors, issue line, structured abstract, keywords; menus stay chrome."""

from __future__ import annotations

import re
from dataclasses import replace

from curbside.readers import pages_byline
from curbside.readers.pages_citations import page_marks, page_references
from curbside.readers.pages_draft import Draft, inline_labels
from curbside.readers.pages_features import reads_like_abstract
from curbside.readers.pages_labels import category, opens_with, says
from curbside.readers.pages_plain import heads
from curbside.readers.pages_sheet import Line, Sheet
from curbside.readers.pages_text import boilerplate, menu
from curbside.records import BlockKind, Category, Document, DocumentKind, PartRole


def document(sheet: Sheet) -> Document:
    """Return an article page with its abstract, its metadata and, where it shows it, its body."""
    draft = Draft.of(sheet)
    start = abstract_at(sheet)
    about = pages_byline.read(draft, start)
    listed = _Body(draft, start).walk()
    references, labels = page_references(sheet, listed)
    found = draft.document(DocumentKind.ARTICLE, about.title)
    return replace(
        found,
        ids=about.ids,
        authors=about.authors,
        affiliations=about.affiliations,
        journal=about.journal,
        types=about.types,
        keywords=about.keywords,
        mentioned=tuple(dict.fromkeys(_TRIAL.findall(sheet.text))),
        notices=about.notices,
        references=references,
        markers=page_marks(draft, labels, bare=False),
    )


_TRIAL = re.compile(r"\bNCT\d{8}\b")


def section_heading(line: Line) -> bool:
    """Tell whether a line is the heading of a section of a study ("Material and methods", "Objective:")."""
    return len(line.words) <= 60 and not line.bullet and bool(category(line.words))


def abstract_at(sheet: Sheet) -> int:
    """Return the index of the line with which the abstract begins, or the number of lines where there is none."""
    lines = sheet.lines
    for index, line in enumerate(lines):
        if line.chrome:
            continue
        after = lines[index + 1 : index + 4]
        carried = any(following.prose for following in after)
        if says(line.words, "abstract") and (carried or any(section_heading(following) for following in after)):
            return index
        if opens_with(line.words, "abstract") and line.prose:
            return index
        if section_heading(line) and lines[index + 1 : index + 2] and lines[index + 1].prose:
            return index
        if len(inline_labels(line.words[:20_000])) >= 2 or (line.prose and reads_like_abstract(line)):
            return index
    return _unlabelled(sheet)


def _unlabelled(sheet: Sheet) -> int:
    """Return the first paragraph that could be an abstract without any label, or the number of lines."""
    for index, line in enumerate(sheet.lines):
        if line.prose and len(line.words) >= 120 and not line.chrome and not boilerplate(line) and not menu(line):
            return index
    return len(sheet.lines)


class _Body:
    """Walks from the abstract to the end of the page."""

    def __init__(self, draft: Draft, start: int) -> None:
        self.draft = draft
        self.start = start
        self.role = PartRole.ABSTRACT
        self.seen: set[Category] = set()
        self.listed: list[int] = []

    def walk(self) -> list[int]:
        """Give the lines to abstract, body and references; return the lines of the reference list."""
        for index in range(self.start, len(self.draft.sheet.lines)):
            line = self.draft.sheet.lines[index]
            if line.chrome or self.draft.voices[index].role is PartRole.METADATA:
                if says(line.words, "keywords") or opens_with(line.words, "keywords"):
                    self.role = PartRole.CHROME
                continue
            self._line(index, line)
        return self.listed

    def _line(self, index: int, line: Line) -> None:
        if says(line.words, "references") and not line.prose:
            self.role = PartRole.REFERENCES
            self.draft.give([index], self.role)
            self.draft.voices[index].kind = BlockKind.HEADING
        elif says(line.words, "abstract") and not line.prose and not (self.seen and not line.level):
            self.role = PartRole.ABSTRACT
            self.draft.give([index], self.role)
            self.draft.entitle(index)
        elif section_heading(line) and self._carried(index):
            self._section(index, line)
        elif self.role is PartRole.REFERENCES:
            self._entry(index, line)
        elif line.prose and not boilerplate(line) and not menu(line):
            if self.role is not PartRole.CHROME:
                self.draft.give([index], self.role)
                self.seen |= {what for _, _, _, what in inline_labels(line.words[:20_000])}
        elif self.role is PartRole.BODY and heads(self.draft.sheet, index) and not boilerplate(line):
            self.draft.give([index], self.role)
            self.draft.head(index, line.level or 2)
        elif self.role is not PartRole.CHROME and (
            line.bullet or line.ends or line.kind in (BlockKind.TABLE, BlockKind.CAPTION)
        ):
            if not boilerplate(line):
                self.draft.give([index], self.role)
        elif line.headlike and (line.gap or line.level) and not boilerplate(line):
            self.role = PartRole.CHROME

    def _section(self, index: int, line: Line) -> None:
        what = category(line.words)
        again = what is Category.BACKGROUND and Category.CONCLUSIONS in self.seen
        if self.role is PartRole.CHROME or again:
            self.role = PartRole.BODY if self.seen else PartRole.ABSTRACT
        self.seen.add(what)
        self.draft.give([index], self.role)
        self.draft.head(index, (line.level or 2) if self.role is PartRole.BODY else 1, what)

    def _carried(self, index: int) -> bool:
        after = self.draft.sheet.lines[index + 1 : index + 4]
        return any(line.prose or line.ends for line in after)

    def _entry(self, index: int, line: Line) -> None:
        if boilerplate(line) or menu(line) or line.level:
            self.role = PartRole.CHROME
            return
        self.draft.give([index], PartRole.REFERENCES)
        self.listed.append(index)
