"""The text of a document as items in the order of reading, and its reference list; what pages are filled with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curbside.records import Block, BlockKind, Document, Part, PartRole, Span, Table
from curbside.writers.html_passages import VOICES
from curbside.writers.html_runs import QUOTE, Link, Run, links_of, runs, within
from curbside.writers.html_table import TableView, table_view
from curbside.writers.links import identifier_links

TAGS = 60
"""Bytes of markup around a cell, a link or a paragraph."""


LONGEST = 8_000
"""Characters of one paragraph; a longer one (a file without line breaks) is shown in pieces."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the text in the order of reading.

    Attributes:
        form: "heading", "paragraph", "item", "caption", "footnote", "other", "table" or "voice".
        anchor: its id, or "".
        level: of a heading, 2 to 6.
        runs: its words; for a voice who speaks.
        table: or None.
        quiet: whether it belongs to what stands around the text (navigation, bylines), not to the text.
        language: BCP 47 tag where it is not the document's, or "".
        size: about how many bytes it takes on a page.
    """

    form: str
    runs: tuple[Run, ...] = ()
    anchor: str = ""
    level: int = 0
    table: TableView | None = None
    quiet: bool = False
    language: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Cited:
    """An entry of the document's reference list: its id, printed label, runs, and identifiers with addresses."""

    anchor: str
    label: str
    runs: tuple[Run, ...]
    links: tuple[tuple[str, str], ...]


def items(document: Document, at: Span | None = None) -> Iterator[Item]:
    """Yield the text in order; what a table or the reference list shows is not shown twice."""
    lit = (at,) if at else ()
    anchor = QUOTE if at else ""
    listed = bool(document.references)
    blocks = list(document.blocks) or list(_lines(document))
    links = list(within(links_of(document), [block.span for block in blocks]))
    tables = list(document.tables)
    done: set[int] = set()
    voice = -1
    for number, block in enumerate(blocks):
        part = document.parts[block.part] if block.part < len(document.parts) else None
        if part is not None and part.role is PartRole.REFERENCES and listed:
            continue
        if part is not None and block.part != voice:
            voice = block.part
            yield from _voice(document, voice, part)
        inside = next((n for n, table in enumerate(tables) if table.cells and table.span.meets(block.span)), -1)
        if inside >= 0:
            if inside not in done:
                done.add(inside)
                view = table_view(document, tables[inside], lit, links_of(document), anchor)
                yield Item(
                    "table", anchor=f"table-{inside + 1}", table=view, size=_table_size(document, tables[inside])
                )
            continue
        if block.kind is BlockKind.TITLE and block.span.of(document.text).strip() == document.title.strip():
            continue
        yield from _block(document, number, block, part, lit, links[number], anchor)


def _block(
    document: Document,
    number: int,
    block: Block,
    part: Part | None,
    lit: Sequence[Span],
    links: Sequence[Link],
    anchor: str,
) -> Iterator[Item]:
    quiet = part is not None and part.role in (PartRole.METADATA, PartRole.CHROME)
    language = part.language if part is not None and part.language != document.language else ""
    form = "paragraph" if block.kind is BlockKind.TITLE else block.kind.value
    form = "other" if form == "table" else form
    name, level = "", 0
    if form == "heading":
        depth = document.sections[block.section].level if block.section >= 0 else 1
        name, level = f"h{number}", min(depth + 1, 6)
    for span in _shortened(document.text, block.span):
        # The anchor is the first lit run's: of words that go over several blocks, those of the first.
        own = anchor if lit and not any(lit[0].start < span.start and each.meets(span) for each in lit) else ""
        yield Item(
            form,
            tuple(runs(document.text, span, lit, links, own)),
            name,
            level,
            quiet=quiet,
            language=language,
            size=weight(span.of(document.text)) + TAGS * len(links),
        )


def _shortened(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST:
        border = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        end = border + 1 if border >= 0 else start + LONGEST
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


def _lines(document: Document) -> Iterator[Block]:
    """Yield a text without blocks line by line."""
    start = 0
    for line in document.text.split("\n"):
        if line.strip():
            yield Block(Span(start, start + len(line)), BlockKind.PARAGRAPH, len(document.parts))
        start += len(line) + 1


def _voice(document: Document, number: int, part: Part) -> Iterator[Item]:
    words = VOICES.get(part.role, "")
    if not words:
        return
    if part.by:
        words += f" — {part.by}"
    if part.date:
        words += f", {part.date}"
    yield Item("voice", (Run(words),), f"part-{number}", 2, quiet=part.role in (PartRole.METADATA, PartRole.CHROME))


def weight(words: str) -> int:
    """Return about how many bytes words take on a page, with the markup around them."""
    return len(words.encode("utf-8", "replace")) + TAGS


def _table_size(document: Document, table: Table) -> int:
    return weight(table.span.of(document.text)) + TAGS * len(table.cells)


def cited(document: Document, at: Span | None = None) -> tuple[Cited, ...]:
    """Return the document's reference list; what `at` covers of it is lit."""
    lit = (at,) if at else ()
    found: list[Cited] = []
    for number, reference in enumerate(document.references):
        own = QUOTE if at and reference.span and reference.span.covers(Span(at.start, at.start + 1)) else ""
        words = (
            runs(document.text, reference.span, lit, anchor=own)
            if reference.span is not None and len(reference.span)
            else [Run(reference.text or reference.title or reference.key)]
        )
        links = identifier_links(reference.ids)
        found.append(Cited(f"ref-{number}", reference.label, tuple(words), links))
    return tuple(found)
