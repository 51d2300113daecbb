"""A document as a page shows it: what it is, its text in order with voices, headings and tables, its references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from curbside.records import Author, BlockKind, Document, Holding, NoticeKind, Span
from curbside.writers.fields import is_journal_article
from curbside.writers.html_flow import TAGS, Cited, Item, cited, items, weight
from curbside.writers.html_passages import standing
from curbside.writers.html_runs import QUOTE, Run, runs
from curbside.writers.links import identifier_links
from curbside.writers.nlm import nlm
from curbside.writers.work_meta import highwire

MOST = 80_000
"""Weight of one page, about its bytes; a longer document goes on over several."""


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
        references: entries of the reference list on this page, which comes last.
        first_reference: number of the first of them, from 1.
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
    first_reference: int
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
    pages: list[_Page] = _paged(list(items(document, at)), cited(document, at))
    if page < 1:
        page = next((number for number, each in enumerate(pages, 1) if each.holds_quote), 1)
    page = min(page, len(pages))
    here = pages[page - 1]
    title = _title(document, at)
    away = {entry.anchor: f"?page={n}" for n, each in enumerate(pages, 1) if n != page for entry in each.references}
    return DocumentView(
        id=document.id,
        work=holding.work,
        title=title,
        plain_title=document.title or "Untitled",
        language=document.language,
        authors=tuple((named(author), _places(author, document)) for author in document.authors),
        citation=nlm(holding.marked),
        standing=standing(holding),
        warnings=tuple(warnings(holding)),
        facts=tuple(_facts(holding)),
        links=identifier_links(document.ids),
        contents=tuple(_contents(pages, page)),
        stretches=tuple(_stretches([_leading(item, away) for item in here.items])),
        references=tuple(here.references),
        first_reference=sum(len(each.references) for each in pages[: page - 1]) + 1,
        pages=len(pages),
        page=page,
        meta=highwire(document) if is_journal_article(document) else (),
        quoted=at.of(document.text) if at else "",
    )


def _holds_quote(item: Item) -> bool:
    tables = [item.table] if item.table else []
    rows = [row for table in tables for row in (*table.head, *table.body)]
    pieces = [item.runs, *(cell.runs for row in rows for cell in row)]
    pieces += [piece for table in tables for piece in (table.label, table.caption, *table.footnotes)]
    return any(run.anchor for piece in pieces for run in piece)


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


@dataclass(slots=True)
class _Page:
    """What stands on one page, while pages are filled."""

    items: list[Item]
    references: list[Cited]
    size: int = 0

    @property
    def holds_quote(self) -> bool:
        lit = any(run.anchor for entry in self.references for run in entry.runs)
        return lit or any(_holds_quote(item) for item in self.items)


def _paged(pieces: Sequence[Item], references: Sequence[Cited]) -> list[_Page]:
    pages = [_Page([], [])]

    def room(size: int) -> _Page:
        if pages[-1].size and pages[-1].size + size > MOST:
            pages.append(_Page([], []))
        pages[-1].size += size
        return pages[-1]

    for item in pieces:
        room(item.size).items.append(item)
    for entry in references:
        size = sum(weight(run.words) for run in entry.runs) + 2 * TAGS * len(entry.links)
        room(size).references.append(entry)
    return pages


def _leading(item: Item, away: Mapping[str, str]) -> Item:
    """Let the citation marks of an item lead to the pages that have their references."""
    if not away or not any(run.href for run in item.runs):
        return item
    return replace(
        item,
        runs=tuple(
            replace(run, href=away.get(run.href.lstrip("#"), "") + run.href) if run.href else run for run in item.runs
        ),
    )


def _contents(pages: Sequence[_Page], page: int) -> Iterator[Entry]:
    listed = False
    for number, each in enumerate(pages, 1):
        base = "" if number == page else f"?page={number}"
        for item in each.items:
            if item.quiet:
                continue
            if item.form in ("heading", "voice"):
                words = "".join(run.words for run in item.runs).strip()
                yield Entry(f"{base}#{item.anchor}", words, max(item.level - 2, 0))
            elif item.table is not None and item.table.label:
                words = "".join(run.words for run in item.table.label)
                yield Entry(f"{base}#{item.anchor}", words, 1)
        if each.references and not listed:
            listed = True
            yield Entry(f"{base}#references", "References", 0)


def _title(document: Document, at: Span | None) -> tuple[Run, ...]:
    block = next((each for each in document.blocks if each.kind is BlockKind.TITLE), None)
    if block is None or block.span.of(document.text).strip() != document.title.strip():
        return (Run(document.title or "Untitled"),)
    lit = (at,) if at and at.meets(block.span) else ()
    return tuple(runs(document.text, block.span, lit, anchor=QUOTE if lit else ""))


def named(author: Author) -> str:
    """Return a contributor's name in the order in which it is spoken."""
    if author.collective:
        return author.collective
    return " ".join(filter(None, (author.given, author.family, author.suffix)))


def _places(author: Author, document: Document) -> str:
    return "; ".join(document.affiliations[index] for index in author.affiliations)


_GRAVE = frozenset({NoticeKind.RETRACTION, NoticeKind.CONCERN})


def warnings(holding: Holding) -> Iterator[Warning]:
    """Yield the banners over a document, in the order of its notices."""
    document = holding.marked
    said: set[NoticeKind] = set()
    for notice in document.notices:
        if notice.kind is NoticeKind.COMMENT:
            continue
        links = identifier_links(notice.ids)
        words = notice.text.strip()
        if notice.kind is NoticeKind.UPDATE:
            lead = "It takes the place of an earlier work." if notice.issued else "A later work takes its place."
        elif notice.issued:
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
