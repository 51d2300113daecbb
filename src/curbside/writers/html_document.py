"""A document as a page shows it: what it is, its text in order with voices, headings and tables, its references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from curbside.records import Author, Block, BlockKind, Document, Holding, NoticeKind, Part, PartRole, Span
from curbside.writers.fields import inverted, is_journal_article, page_range, published
from curbside.writers.html_answer import VOICES, links_of_ids, standing
from curbside.writers.html_runs import QUOTE, Link, Run, links_of, runs, within
from curbside.writers.html_table import TableView, table_view
from curbside.writers.nlm import nlm

MOST = 60_000
"""Characters of text on one page; a longer document goes on over several."""

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
        size: characters.
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
class Stretch:
    """Items of one voice.

    Attributes:
        voice: who speaks, or None where it is the document itself.
        quiet: whether it stands around the text (navigation, bylines); then it is folded up, unless `holds_quote`.
        holds_quote: whether lit words are in it.
        items: in order.
    """

    voice: Item | None
    quiet: bool
    holds_quote: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents: where it leads, its words and its depth from 0."""

    href: str
    words: str
    depth: int


@dataclass(frozen=True, slots=True)
class Cited:
    """An entry of the document's reference list: its id, printed label, runs, and identifiers with addresses."""

    anchor: str
    label: str
    runs: tuple[Run, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Warning:
    """A banner over a document.

    Attributes:
        grave: whether the work is retracted or doubted.
        words: what is said.
        links: identifiers of the other side, with addresses.
    """

    grave: bool
    words: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document, ready to be laid out.

    Attributes:
        id, work: ids.
        title: runs, lit where the title is quoted.
        plain_title: the title for the window, never empty.
        language: BCP 47 tag, or "".
        authors: printed names with their affiliations.
        citation: NLM style.
        standing: notices on the work, in words.
        warnings: banners.
        facts: (label, words) rows.
        links: identifiers with addresses.
        contents: headings.
        stretches: the text of this page.
        references: entries, on the last page.
        pages, page: how many pages, and which of them this is, from 1.
        meta: (name, content) pairs that reference managers read from the head of a page.
        quoted: the lit words, or "".
    """

    id: str
    work: str
    title: tuple[Run, ...]
    plain_title: str
    language: str
    authors: tuple[tuple[str, str], ...]
    citation: str
    standing: tuple[str, ...]
    warnings: tuple[Warning, ...]
    facts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    contents: tuple[Entry, ...]
    stretches: tuple[Stretch, ...]
    references: tuple[Cited, ...]
    pages: int
    page: int
    meta: tuple[tuple[str, str], ...]
    quoted: str


def document_view(holding: Holding, at: Span | None = None, page: int = 0) -> DocumentView:
    """Return a document for a page.

    Args:
        holding: the document as the library holds it.
        at: words to light; they must lie in the document.
        page: number from 1, or 0 for the page that holds the lit words (else the first).

    A number beyond the last page means the last.
    """
    document = holding.document
    pages = _paged(list(items(document, at)))
    if page < 1:
        page = next((n for n, each in enumerate(pages, 1) if any(_holds_quote(item) for item in each)), 1)
    page = min(page, len(pages))
    title = _title(document, at)
    references = cited(document, at) if page == len(pages) else ()
    shown = tuple(pages[page - 1])
    if len(pages) > 1:
        shown = tuple(_with_base(item, f"?page={len(pages)}" if page != len(pages) else "") for item in shown)
    return DocumentView(
        id=document.id,
        work=holding.work,
        title=title,
        plain_title=document.title or "Untitled",
        language=document.language,
        authors=tuple((_named(author), _places(author, document)) for author in document.authors),
        citation=nlm(document),
        standing=standing(holding),
        warnings=tuple(_warnings(holding)),
        facts=tuple(_facts(holding)),
        links=links_of_ids(document),
        contents=tuple(_contents(pages, page, bool(document.references))),
        stretches=tuple(_stretches(shown)),
        references=references,
        pages=len(pages),
        page=page,
        meta=tuple(_meta(document)) if is_journal_article(document) else (),
        quoted=at.of(document.text) if at else "",
    )


def _holds_quote(item: Item) -> bool:
    tables = [item.table] if item.table else []
    rows = [row for table in tables for row in (*table.head, *table.body)]
    pieces = [item.runs, *(cell.runs for row in rows for cell in row)]
    pieces += [piece for table in tables for piece in (table.label, table.caption, *table.footnotes)]
    return any(run.anchor for piece in pieces for run in piece)


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
                yield Item("table", anchor=f"table-{inside + 1}", table=view, size=len(tables[inside].span))
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
            size=len(span),
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


def _stretches(pieces: Sequence[Item]) -> Iterator[Stretch]:
    """Yield the items under who speaks; a voice that says nothing but what is shown elsewhere is left out."""
    voice: Item | None = None
    held: list[Item] = []
    for item in (*pieces, None):
        if item is not None and item.form != "voice" and (not held or held[-1].quiet == item.quiet):
            held.append(item)
            continue
        if held:
            yield Stretch(voice, held[0].quiet, any(_holds_quote(each) for each in held), tuple(held))
        voice = item if item is not None and item.form == "voice" else None
        held = [] if item is None or voice is not None else [item]


def _paged(pieces: Sequence[Item]) -> list[list[Item]]:
    pages: list[list[Item]] = [[]]
    size = 0
    for item in pieces:
        if size + item.size > MOST and pages[-1]:
            pages.append([])
            size = 0
        pages[-1].append(item)
        size += item.size
    return pages


def _with_base(item: Item, base: str) -> Item:
    """Let the citation marks of an item lead to the page that has the references."""
    if not base:
        return item
    return replace(item, runs=tuple(replace(run, href=base + run.href) if run.href else run for run in item.runs))


def _contents(pages: Sequence[Sequence[Item]], page: int, listed: bool) -> Iterator[Entry]:
    for number, pieces in enumerate(pages, 1):
        base = "" if number == page else f"?page={number}"
        for item in pieces:
            if item.quiet:
                continue
            if item.form == "heading" or (item.form == "voice" and item.anchor):
                words = "".join(run.words for run in item.runs).strip()
                yield Entry(f"{base}#{item.anchor}", words, max(item.level - 2, 0))
            elif item.table is not None and item.table.label:
                words = "".join(run.words for run in item.table.label)
                yield Entry(f"{base}#{item.anchor}", words, 1)
    if listed:
        yield Entry(("" if page == len(pages) else f"?page={len(pages)}") + "#references", "References", 0)


def _title(document: Document, at: Span | None) -> tuple[Run, ...]:
    block = next((each for each in document.blocks if each.kind is BlockKind.TITLE), None)
    if block is None or block.span.of(document.text).strip() != document.title.strip():
        return (Run(document.title or "Untitled"),)
    lit = (at,) if at and at.meets(block.span) else ()
    return tuple(runs(document.text, block.span, lit, anchor=QUOTE if lit else ""))


def _named(author: Author) -> str:
    if author.collective:
        return author.collective
    return " ".join(filter(None, (author.given, author.family, author.suffix)))


def _places(author: Author, document: Document) -> str:
    return "; ".join(document.affiliations[index] for index in author.affiliations)


_GRAVE = frozenset({NoticeKind.RETRACTION, NoticeKind.CONCERN})


def _warnings(holding: Holding) -> Iterator[Warning]:
    document = holding.document
    said: set[NoticeKind] = set()
    for notice in document.notices:
        if notice.kind is NoticeKind.COMMENT:
            continue
        links = links_of_ids(replace(document, ids=notice.ids))
        words = notice.text.strip()
        if notice.issued:
            lead = f"This document is a notice ({notice.kind.value}) on another work."
        else:
            said.add(notice.kind)
            lead = f"{notice.kind.value.capitalize()}: a notice on this work."
        yield Warning(notice.kind in _GRAVE, f"{lead} {words}".strip(), links)
    if (holding.profile.retracted or document.retracted) and NoticeKind.RETRACTION not in said:
        yield Warning(True, "This work has been retracted. It is not used in answers.", ())
    elif holding.profile.noticed and not said and not any(notice.issued for notice in document.notices):
        yield Warning(True, "Another document of the library carries an editorial notice on this work.", ())


def _facts(holding: Holding) -> Iterator[tuple[str, str]]:
    document, profile = holding.document, holding.profile
    journal = document.journal
    rows = (
        ("Kind", document.kind.value),
        ("Evidence", f"{profile.evidence.value} (suggested)"),
        ("Participants", str(profile.n) if profile.n is not None else ""),
        ("Ages", ", ".join(age.value for age in profile.ages)),
        ("Journal", journal.title or journal.abbreviation),
        ("ISSN", ", ".join(filter(None, (journal.issn, journal.eissn)))),
        *((dated.event.capitalize(), dated.printed or dated.iso) for dated in document.dates),
        ("Types", ", ".join(document.types)),
        ("Keywords", ", ".join(document.keywords)),
        ("Registered as", ", ".join(document.mentioned)),
        ("Source", document.source),
        ("Licence", document.licence),
        ("Language", document.language),
        *((f"Title ({language})", title) for language, title in document.other_titles),
        ("Added from", f"{holding.origin}:{holding.line}" if holding.line else holding.origin),
        ("Document id", document.id),
    )
    return ((label, words) for label, words in rows if words)


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
        links = links_of_ids(replace(document, ids=reference.ids))
        found.append(Cited(f"ref-{number}", reference.label, tuple(words), links))
    return tuple(found)


def _meta(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the Highwire tags that Zotero and indexers of scholarly pages read."""
    journal, ids = document.journal, document.ids
    year, month, day = published(document)
    first, last = page_range(document)
    rows = [
        ("citation_title", document.title),
        *(("citation_author", inverted(author)) for author in document.authors),
        ("citation_publication_date", "/".join(filter(None, (year, month, day)))),
        ("citation_online_date", document.date("online").replace("-", "/")),
        ("citation_journal_title", journal.title),
        ("citation_journal_abbrev", journal.abbreviation),
        ("citation_issn", journal.issn),
        ("citation_issn", journal.eissn),
        ("citation_volume", journal.volume),
        ("citation_issue", journal.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", ids.doi or ""),
        ("citation_pmid", ids.pmid or ""),
        ("citation_language", document.language),
        *(("citation_keywords", word) for word in document.keywords),
    ]
    return ((name, words) for name, words in rows if words)
