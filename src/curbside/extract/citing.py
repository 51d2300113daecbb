"""Citation statements: each sentence of a document about works that it cites, with what stands around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from curbside.extract.citing_entries import SILENT_ROLES, Listing, entries, listing
from curbside.extract.citing_names import by_name, by_year
from curbside.extract.citing_plain import plain_markers
from curbside.extract.citing_sections import Sections
from curbside.language.sentences import sentences
from curbside.records import Block, BlockKind, CitationStatement, Document, Marker, Part, PartRole, Reference, Span

VERSION = 1
"""Raised whenever statements of some document would be others."""

_TELLS = ("et al", "olleagues", "workers", "ssociates", "ollaborators", "authors", " by ", " of ", " from ")
"""One of these stands in every sentence that repeats a citation by name."""

_LONGEST_MARKER = 4_000
"""Code points of a printed citation; one that is longer is a list and no sentence's marker."""


def may_cite(document: Document) -> bool:
    """Tell, at no cost, whether a document can hold a citation statement at all; abstracts cannot, as a rule."""
    if document.references or document.markers:
        return any(part.role not in SILENT_ROLES for part in document.parts)
    text = document.text
    return "10." in text or "PMID" in text or "PMC" in text or "pubmed" in text


def statements(document: Document, references: Sequence[Reference] | None = None) -> tuple[CitationStatement, ...]:
    """Return the citation statements of a document in the order of its text.

    Every in-text citation gives one, also in captions, tables, notes and lists: markers of the source's own markup,
    or, where it has none, printed numbers, names with years, DOIs and PMIDs; and names that repeat a citation in a
    sentence without any ("Blomberg et al. also found"), where one entry of the list fits. Each holds one sentence
    with exact offsets; of a table, the row. A marker that names no entry gives none.

    Args:
        document: any document, sealed or not.
        references: its entries if they are at hand (`citing_entries.entries`).
    """
    if not may_cite(document):
        return ()
    listed = entries(document) if references is None else references
    size = len(listed)
    marked = [each for each in document.markers if each.references and max(each.references) < size]
    markers = marked if marked else list(plain_markers(document, listed))
    markers = [each for each in markers if len(each.span) <= _LONGEST_MARKER]
    markers.sort(key=lambda marker: marker.span)
    if not markers and not document.references:
        return ()
    names = listing(document.references)
    return tuple(_written(document, _blocks(document), markers, names if names.known else None))


def _blocks(document: Document) -> list[Block]:
    if document.blocks:
        return list(document.blocks)
    spans = [part.span for part in document.parts] or [Span(0, len(document.text))]
    return [Block(span, BlockKind.PARAGRAPH, part) for part, span in enumerate(spans)]


def _written(
    document: Document, blocks: Sequence[Block], markers: Sequence[Marker], listed: Listing | None
) -> Iterator[CitationStatement]:
    sections = Sections(document)
    starts = [marker.span.start for marker in markers]
    for block in blocks:
        part = document.parts[block.part] if block.part < len(document.parts) else Part(block.span, PartRole.BODY)
        if part.role in SILENT_ROLES:
            continue
        here = markers[bisect_left(starts, block.span.start) : bisect_right(starts, block.span.end - 1)]
        if not here and (listed is None or block.kind is not BlockKind.PARAGRAPH or not _tells(document.text, block)):
            continue
        cut = _sentences(document.text, block, here)
        section = sections.of(block.part, block.section)
        named = listed if block.kind is not BlockKind.TABLE else None
        for marker, at, repeat in _placed(document.text, cut, here, named):
            beside = block.kind is not BlockKind.TABLE
            yield CitationStatement(
                document.id,
                marker.span,
                cut[at],
                cut[at - 1] if beside and at else None,
                cut[at + 1] if beside and at + 1 < len(cut) else None,
                section,
                marker.references,
                repeat,
            )


def _tells(text: str, block: Block) -> bool:
    words = block.span.of(text)
    return any(tell in words for tell in _TELLS)


def _sentences(text: str, block: Block, markers: Sequence[Marker]) -> list[Span]:
    """Return the sentences of a block; of a table its rows. No cut goes through a marker."""
    if block.kind is BlockKind.TABLE:
        cut = _rows(text, block.span)
    else:
        raised = [marker.span for marker in markers if marker.superscript or _glued(text, marker.span.start)]
        glued = [at for span in raised for at in (span.start, span.end)]
        cut = sentences(text, block.span.start, block.span.end, glued)
    return _whole(cut, markers)


def _glued(text: str, start: int) -> bool:
    """Tell whether what begins at `start` stands right behind a word or stop, as raised numbers do once plain."""
    return start > 0 and text[start - 1] not in " \n\t\u00a0\u2009([" and text[start : start + 1].isdigit()


def _rows(text: str, span: Span) -> list[Span]:
    found: list[Span] = []
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        if text[start:end].strip():
            found.append(Span(start, end))
        start = end + 1
    return found


def _whole(cut: list[Span], markers: Sequence[Marker]) -> list[Span]:
    """Return sentences with those joined that a marker reaches across, and a marker alone joined to the one before."""
    made: list[Span] = []
    at = 0
    for sentence in cut:
        while at < len(markers) and markers[at].span.end <= sentence.start:
            at += 1
        first = markers[at] if at < len(markers) else None
        across = first is not None and first.span.start < sentence.start
        alone = first is not None and first.span.start <= sentence.start and first.span.end >= sentence.end - 1
        if made and (across or alone):
            made[-1] = Span(made[-1].start, sentence.end)
        else:
            made.append(sentence)
    return made


def _placed(
    text: str, cut: Sequence[Span], markers: Sequence[Marker], listed: Listing | None
) -> Iterator[tuple[Marker, int, bool]]:
    """Yield (marker, index of its sentence, whether it is a repeat) in order."""
    at = 0
    for index, sentence in enumerate(cut):
        own: list[Marker] = []
        while at < len(markers) and markers[at].span.start < sentence.end:
            own.append(markers[at])
            at += 1
        if own:
            yield from ((marker, index, False) for marker in own)
        elif listed is not None:
            yield from ((marker, index, True) for marker in _repeats(text, sentence, listed))


def _repeats(text: str, sentence: Span, listed: Listing) -> list[Marker]:
    """Return what a sentence without markers names from the list, one marker a name."""
    words = sentence.of(text)
    if not any(tell in words for tell in _TELLS):
        return []
    found = [*by_year(text, sentence, listed), *by_name(text, sentence, listed)]
    made: list[Marker] = []
    for meant in sorted(found, key=lambda meant: (meant.span.start, -meant.span.end)):
        if not made or meant.span.start >= made[-1].span.end:
            made.append(Marker(meant.span, (meant.reference,)))
    return made
