"""A printed page as Markdown (CommonMark, with tables as GitHub reads them); nothing in its words is markup."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.writers.blocks import Block, Heading, Items, Paragraph, PrintedPage, Run, Runs, Table, Tone, words_of
from curbside.writers.markdown import escaped

_APART = "<!-- -->"
"""Stands between two lists: without it a list goes on counting where numbers are missing."""

_ENDS = b'()<>\\"`[]|'
"""What could end the address of a link, or the cell that it stands in."""


def page_markdown(page: PrintedPage) -> str:
    """Return a page as Markdown."""
    lines = [f"# {escaped(page.title)}", ""]
    for paragraph in page.over:
        lines += _paragraph(paragraph)
    for block in page.blocks:
        lines += _block(block)
    return "\n".join(lines).rstrip("\n") + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {escaped(block.words)}"
            yield ""
        case Paragraph():
            yield from _paragraph(block)
        case Items():
            yield from _items(block)
        case Table():
            yield from _table(block)


def _paragraph(paragraph: Paragraph, indent: str = "") -> Iterator[str]:
    mark = "> " if paragraph.tone in (Tone.QUOTE, Tone.WARNING) else ""
    yield f"{indent}{mark}{_runs(paragraph.runs)}"
    yield ""


def _items(block: Items) -> Iterator[str]:
    expected = block.items[0].number if block.items else 0
    for item in block.items:
        if item.number != expected:
            yield _APART
            yield ""
        expected = item.number + (1 if block.numbered else 0)
        mark = f"{item.number}. " if block.numbered else "- "
        first, *rest = item.parts
        yield f"{mark}{_runs(first.runs)}"
        yield ""
        for part in rest:
            yield from _paragraph(part, " " * len(mark))


def _table(table: Table) -> Iterator[str]:
    yield _row(escaped(cell) for cell in table.head)
    yield _row("---" for _ in table.head)
    yield from (_row(_runs(cell) for cell in row) for row in table.rows)
    yield ""


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _runs(runs: Runs) -> str:
    """Return runs as one line; its beginning is escaped as a beginning, for it may be one."""
    first = escaped(words_of(runs))
    plain = all(not run.strong and not _leads(run) for run in runs)
    return first if plain else "".join(_run(run, place == 0) for place, run in enumerate(runs))


def _run(run: Run, first: bool) -> str:
    words = escaped(run.words) if first else escaped(f"x{run.words}")[1:]
    left = run.words[: len(run.words) - len(run.words.lstrip())] and " "
    right = run.words[len(run.words.rstrip()) :] and " "
    words = words.strip(" ")
    if run.strong and words:
        words = f"**{words}**"
    if _leads(run):
        words = f"[{words}]({_address(run.href)})"
    return f"{'' if first else left}{words}{right}" if words else " "


def _leads(run: Run) -> bool:
    """Tell whether a run is a link here: marks of references are no links where nothing can be named as their end."""
    return run.href.startswith(("https://", "http://"))


def _address(href: str) -> str:
    """Return an address in which nothing ends the link before its end."""
    return "".join(
        f"\\{chr(byte)}" if byte in b"&$" else chr(byte) if 0x20 < byte < 0x7F and byte not in _ENDS else f"%{byte:02X}"
        for byte in href.encode("utf-8", "replace")
    )
