"""A document as markdown: its citation, its text under its headings, its tables, its references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curbside.records import Holding
from curbside.writers.html_flow import Item, cited, items
from curbside.writers.html_runs import Run
from curbside.writers.html_table import CellView, TableView
from curbside.writers.markdown import escaped
from curbside.writers.nlm import nlm


def document_markdown(holding: Holding) -> str:
    """Return a document as CommonMark with tables; nothing in its words becomes markup."""
    document = holding.document
    lines = [f"# {escaped(document.title or 'Untitled')}", "", escaped(nlm(holding.marked)), ""]
    if holding.profile.retracted or document.retracted:
        lines += ["**Retracted publication.**", ""]
    for item in items(document):
        lines += _item(item)
    if document.references:
        lines += ["## References", ""]
        lines += [f"{number}. {_words(entry.runs)}" for number, entry in enumerate(cited(document), 1)]
    return "\n".join(lines).rstrip() + "\n"


def _item(item: Item) -> Iterator[str]:
    if item.table is not None:
        yield from _table(item.table)
        return
    words = _words(item.runs)
    if item.form in ("heading", "voice"):
        yield f"{'#' * max(item.level, 2)} {words}"
    else:
        yield f"- {words}" if item.form == "item" else words
    yield ""


def _words(runs: Sequence[Run]) -> str:
    return escaped("".join(run.words for run in runs))


def _table(table: TableView) -> Iterator[str]:
    caption = _words((*table.label, Run(" "), *table.caption)).strip()
    if caption:
        yield f"**{caption}**"
        yield ""
    rows = [_row(row) for row in (*table.head, *table.body)]
    width = max((len(row) for row in rows), default=0)
    for number, row in enumerate(rows):
        yield "| " + " | ".join([*row, *[""] * (width - len(row))]) + " |"
        if not number:
            yield "|" + " --- |" * width
    yield ""
    for note in table.footnotes:
        yield _words(note)
        yield ""


def _row(cells: Sequence[CellView]) -> list[str]:
    """Return a row's cells; one that spans several columns is followed by empty ones, as markdown has no wider."""
    found: list[str] = []
    for cell in cells:
        found += [_words(cell.runs), *[""] * (cell.columns - 1)]
    return found
