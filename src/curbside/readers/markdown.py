"""Markdown: guidelines with reference lists, study notes, and any other page in that form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from curbside.language.design import denies_guideline
from curbside.readers import markdown_note, markdown_tables
from curbside.readers.builder import Builder
from curbside.readers.markdown_front import Front, front_matter
from curbside.readers.markdown_inline import Words, plain, reduced
from curbside.readers.markdown_references import ReferenceList, marks_in, reference, tied, without_tail
from curbside.readers.pages_labels import category, says
from curbside.readers.pages_outline import Piece, assembled
from curbside.readers.unpack import decode
from curbside.records import (
    BlockKind,
    Category,
    Document,
    DocumentKind,
    PartRole,
    Problem,
    Raw,
    Reading,
    Reference,
    Span,
    Table,
)

_NAVIGATION = re.compile(
    r"^(?:go to|back to|switch to|return to|jump to|skip to|view|print|download|enlarge|zur"
    r"|zum|ir a|aller à)\b.{0,60}$",
    re.IGNORECASE,
)
_CHROME_HEADING = re.compile(
    r"^(?:about this .{0,40}|permission to use.{0,40}|(?:latest )?(?:updates?|changes) to this .{0,60}|contact us"
    r"|disclaimer|copyright.{0,40}|terms of use|privacy policy)$",
    re.IGNORECASE,
)
_GRADED = re.compile(
    r"levels? of evidence|strength of (?:the )?(?:recommendation|evidence)|grade [A-D1-4] recommendation"
    r"|(?:strong|weak|conditional) recommendation|we (?:recommend|suggest)\b|evidence (?:level|grade|rank)"
    r"|standard treatment options?|good practice (?:point|statement)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"guideline|guidance|recommendation|consensus|position statement|evidence summary|information summary|leitlinie"
    r"|guía clínica|recommandations|for health professionals?|health professional version",
    re.IGNORECASE,
)
_blocks = MarkdownIt("commonmark").enable("table")
_blocks.core.ruler.disable(["inline", "text_join"])


def read(raw: Raw) -> Iterator[Reading]:
    """Yield the one document of a markdown file."""
    text, problem = decode(raw.data, origin=raw.origin)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    problems = [problem] if problem else []
    front = front_matter(text)
    problems += [
        Problem("A line of the front matter was not understood and was passed over.", raw.origin, line, lost=False)
        for line in front.strange
    ]
    writing = _Writing(front)
    writing.body(text[front.length :])
    document = writing.document()
    if not document.text:
        what = Problem("The file holds no text.", raw.origin, 1, "Check that it was saved completely.")
        yield Reading(None, 1, problems=(*problems, what))
        return
    yield Reading(document, 1, problems=tuple(problems))


@dataclass(slots=True)
class _Writing:
    """Turns block tokens into pieces and what hangs on them; keeps which voice speaks."""

    front: Front
    out: Builder = field(default_factory=Builder)
    pieces: list[Piece] = field(default_factory=list[Piece])
    references: list[Reference] = field(default_factory=list[Reference])
    lists: list[ReferenceList] = field(default_factory=list[ReferenceList])
    marks: list[tuple[Span, tuple[str, ...]]] = field(default_factory=list[tuple[Span, tuple[str, ...]]])
    tables: list[Table] = field(default_factory=list[Table])
    title: str = ""
    role: PartRole = PartRole.BODY
    chrome_level: int = 0
    caption: tuple[Span, Span] | None = None

    def body(self, source: str) -> None:
        """Write the head and the whole body."""
        title, publisher = self.front.one("title"), self.front.one("source")
        for ending in (f" - {publisher}", f" | {publisher}") if publisher else ():
            title = title.removesuffix(ending)
        self.title = title.strip()
        top = source.lstrip()[:600].split("\n", 1)[0]
        shown = top.startswith("# ") and plain(top[2:]).startswith(self.title or "\0")
        if self.title and not shown:
            self._put(self.title, BlockKind.TITLE, role=PartRole.METADATA)
        if markdown_note.is_note(self.front):
            for line in markdown_note.head_lines(self.front):
                self._put(line, BlockKind.OTHER, role=PartRole.METADATA)
        tokens, lines = _blocks.parse(source), source.split("\n")
        at = 0
        while at < len(tokens):
            at = self._block(tokens, at, lines)

    def _put(
        self,
        words: str,
        kind: BlockKind,
        *,
        role: PartRole | None = None,
        level: int = 0,
        what: Category = Category.NONE,
    ) -> Span:
        self.out.gap()
        span = self.out.run(words.strip("\r\n\t "))
        self.pieces.append(Piece(span, kind, role or self.role, 0, level, what))
        return span

    def _block(self, tokens: Sequence[Token], at: int, lines: Sequence[str]) -> int:
        """Write the block that begins at token `at`; return the index of the token after it."""
        token = tokens[at]
        if token.type == "heading_open":
            self._heading(int(token.tag[1:]), plain(tokens[at + 1].content))
            return at + 3
        if token.type.endswith("_list_open") and self.role is PartRole.REFERENCES:
            end = _closing(tokens, at)
            self._reference_list(tokens[at:end], int(token.attrs.get("start", 1) or 1))
            return end
        if token.type == "table_open" and token.map:
            self._table("\n".join(lines[token.map[0] : token.map[1]]))
            return _closing(tokens, at)
        if token.type == "inline":
            item = at > 1 and tokens[at - 2].type == "list_item_open"
            self._words(token.content, BlockKind.ITEM if item else BlockKind.PARAGRAPH)
        elif token.type in ("fence", "code_block"):
            self._put(token.content, BlockKind.OTHER)
        elif token.type == "html_block" and not token.content.lstrip().startswith("<!--"):
            self._words(token.content, BlockKind.OTHER)
        return at + 1

    def _heading(self, level: int, words: str) -> None:
        self.caption = None
        if not words:
            return
        if level == 1 and (not self.out.position or words == self.title):
            self.title = self.title or words
            self._put(words, BlockKind.TITLE, role=PartRole.METADATA)
            return
        if says(words, "references") and not self.chrome_level:
            self.role = PartRole.REFERENCES
            span = self._put(words, BlockKind.HEADING)
            self.lists.append(ReferenceList(Span(span.start, span.end), len(self.references), {}))
            return
        if level <= self.chrome_level:
            self.chrome_level = 0
        if not self.chrome_level and _CHROME_HEADING.match(words):
            self.chrome_level = level
        self.role = PartRole.CHROME if self.chrome_level else PartRole.BODY
        self._put(words, BlockKind.HEADING, level=level, what=category(words))

    def _words(self, source: str, kind: BlockKind) -> None:
        words = reduced(source)
        text = words.text.strip("\r\n\t ")
        if not text:
            return
        if sum(len(link.span) for link in words.links) >= len(text) - 2 and _NAVIGATION.match(text):
            self._put(text, BlockKind.OTHER, role=PartRole.CHROME)
            return
        label = markdown_tables.caption_label(text) if len(text) < 400 and kind is BlockKind.PARAGRAPH else ""
        span = self._put(text, BlockKind.CAPTION if label else kind)
        self.caption = (span, Span(span.start, span.start + len(label))) if label else None
        shift = span.start - (len(words.text) - len(words.text.lstrip("\r\n\t ")))
        self._mark(words, shift)

    def _mark(self, words: Words, shift: int) -> None:
        """Note the citation marks of words that stand `shift` code points on."""
        if self.role is PartRole.REFERENCES:
            return
        self.marks += [(Span(start, end).moved(shift), labels) for start, end, labels in marks_in(words.text)]

    def _table(self, source: str) -> None:
        rows = markdown_tables.rows_of(source)
        if not rows.rows:
            return
        caption, label = self.caption or (None, None)
        self.caption = None
        self.out.gap()
        table, body = markdown_tables.write(self.out, rows, caption, label)
        self.pieces.append(Piece(body, BlockKind.TABLE, self.role))
        self.tables.append(table)
        for cell, words in zip(table.cells, (word for row in rows.rows for word in row)):
            self._mark(Words(words), cell.span.start)

    def _reference_list(self, tokens: Sequence[Token], first: int) -> None:
        """Write the entries of a reference list, numbered from `first`."""
        held = self.lists[-1]
        number = first - 1
        for at, token in enumerate(tokens):
            if token.type == "list_item_open" and token.level == tokens[0].level + 1:
                number += 1
            if token.type != "inline":
                continue
            words = reduced(token.content)
            text = without_tail(words)
            if not text:
                continue
            span = self._put(text, BlockKind.ITEM if at > 1 else BlockKind.PARAGRAPH)
            targets = tuple(link.target for link in words.links)
            held.labels.setdefault(str(number), len(self.references))
            self.references.append(reference(str(number), span, text, targets))
            self.lists[-1] = held = ReferenceList(Span(held.span.start, span.end), held.first, held.labels)

    def document(self) -> Document:
        """Return the document."""
        text = self.out.done()[0]
        parts, sections, blocks = assembled(self.pieces)
        note = markdown_note.is_note(self.front)
        kind = DocumentKind.NOTE if note else self._kind(text)
        return markdown_note.described(
            Document(
                "",
                text,
                kind,
                title=self.title,
                parts=parts,
                sections=sections,
                blocks=blocks,
                tables=tuple(self.tables),
                references=tuple(self.references),
                markers=tied(self.marks, self.lists),
            ),
            self.front,
        )

    def _kind(self, text: str) -> DocumentKind:
        """Tell a guideline by what it calls itself and by grades and recommendations in its text.

        One that says of itself that it gives no guidelines is an evidence summary.
        """
        if self.front.one("kind", "type").lower() in ("guideline", "recommendation", "consensus"):
            return DocumentKind.GUIDELINE
        headings = [piece.span.of(text) for piece in self.pieces if piece.kind in (BlockKind.TITLE, BlockKind.HEADING)]
        named = any(_NAMED.search(line) for line in (self.title, *headings[:4], *self.front.all("tags")))
        about = any(_NAMED.search(line) for line in headings)
        graded = sum(1 for _ in _GRADED.finditer(text[:400_000]))
        score = 2 * named + about + min(3, graded) + (len(self.references) >= 5)
        if score < 3:
            return DocumentKind.PAGE
        return DocumentKind.GUIDELINE if denies_guideline(text) is None else DocumentKind.SUMMARY


def _closing(tokens: Sequence[Token], at: int) -> int:
    """Return the index after the token that closes the one at `at`."""
    closing = tokens[at].type.replace("_open", "_close")
    for index in range(at + 1, len(tokens)):
        if tokens[index].type == closing and tokens[index].level == tokens[at].level:
            return index + 1
    return len(tokens)
