"""The count check: every number of a document that can be held against another, held against it.

Each check says what it compared, quotes both sides and shows its arithmetic; it says "could not check" where the text
does not say enough. A check doubts a number only where no ordinary reading of the text explains it: a false alarm
costs more than a miss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from curbside.appraise.check_dates import dates, milestones
from curbside.appraise.check_estimates import estimates
from curbside.appraise.check_groups import groups
from curbside.appraise.check_intervals import intervals
from curbside.appraise.check_percents import percents
from curbside.appraise.check_ranges import means, ranges
from curbside.appraise.check_ratios import ratios
from curbside.appraise.check_tables import tables
from curbside.appraise.check_wording import wording
from curbside.appraise.laid import Laid
from curbside.appraise.sides import Said
from curbside.language.sentences import sentences
from curbside.records import BlockKind, Check, Checked, Document, PartRole, Span

SENTENCES: tuple[Callable[[Said], Iterator[Check]], ...] = (
    percents,
    groups,
    intervals,
    ratios,
    wording,
    ranges,
    means,
    dates,
)
"""What is checked in every sentence."""

TABLES: tuple[Callable[[Laid], Iterator[Check]], ...] = (tables, estimates)
"""What is checked in every table."""

_LONGEST = 2_000
"""Code points of a sentence that is still read; what is longer is a list or a table without its markup."""
_SILENT = frozenset({PartRole.CHROME, PartRole.METADATA, PartRole.REFERENCES})
_SPOKEN = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.OTHER, BlockKind.CAPTION, BlockKind.FOOTNOTE})


def checked(document: Document) -> Checked:
    """Check a sealed document: its sentences, its tables and the dates that it states of itself."""
    found: list[Check] = list(milestones(document))
    for span in _spoken(document):
        for sentence in sentences(document.text, span.start, span.end):
            if len(sentence) <= _LONGEST:
                found.extend(sentence_checks(document.id, sentence.of(document.text), sentence.start))
    for table in document.tables:
        laid = Laid(document, table)
        for reader in TABLES:
            found.extend(reader(laid))
    found.sort(key=lambda check: check.quotes[0].span if check.quotes else Span(0, 0))
    return Checked(document.id, tuple(found))


def sentence_checks(document: str, words: str, start: int = 0) -> Iterator[Check]:
    """Yield the checks of one sentence that begins at `start` of the document's text."""
    if any(char.isdigit() for char in words):
        said = Said(document, words, start)
        for reader in SENTENCES:
            yield from reader(said)


def _spoken(document: Document) -> Iterator[Span]:
    """Yield the blocks of running text, captions and notes included; a text without blocks is one."""
    tables = [table.span for table in document.tables]
    for block in document.blocks:
        if block.kind in _SPOKEN and document.parts[block.part].role not in _SILENT:
            inside = any(span.start <= block.span.start < span.end for span in tables)
            if not inside or block.kind is not BlockKind.OTHER:
                yield block.span
    if not document.blocks and document.text:
        yield Span(0, len(document.text))
