"""A printed page as one HTML file that needs nothing else: no script, nothing fetched, its style inside.

The same file is what PDF is made from, so that both say the same. Its style sheet holds no word of anybody's: what
stands at the edges of a sheet of paper is taken from the elements themselves (CSS Generated Content for Paged Media).
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from curbside.writers.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    PrintedPage,
    Run,
    Runs,
    Table,
    turned,
    words_of,
)


def page_html(page: PrintedPage) -> str:
    """Return a page as an HTML file."""
    style = files("curbside.writers").joinpath("page.css").read_text("utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(page.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
        f"<title>{escape(page.title)}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        *(f'<meta name="author" content="{escape(author)}">' for author in page.authors),
        f'<meta name="description" content="{escape(page.about)}">',
        '<meta name="generator" content="Curbside">',
        f'<meta name="dcterms.created" content="{escape(page.created)}">',
        f'<meta name="dcterms.modified" content="{escape(page.modified)}">',
        '<meta name="robots" content="noindex">',
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        f'<main class="{"grave" if page.grave else "calm"}">',
        f'<h1{_way(page.title)} data-running="{escape(page.running)}" data-place="{escape(page.place)}"'
        f' data-short="{escape(page.short)}">{escape(page.title)}</h1>',
        *(_paragraph(each) for each in page.over),
        *(line for block in page.blocks for line in _block(block)),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level}{_way(block.words)}>{escape(block.words)}</h{block.level}>"
        case Paragraph():
            yield _paragraph(block)
        case Items():
            yield from _items(block)
        case Table():
            yield from _table(block)


def _paragraph(paragraph: Paragraph) -> str:
    words = _runs(paragraph.runs)
    return f'<p class="{paragraph.tone}"{_way(words_of(paragraph.runs))}>{words}</p>'


def _items(block: Items) -> Iterator[str]:
    tag = "ol" if block.numbered else "ul"
    yield f"<{tag}>"
    yield from (_item(item) for item in block.items)
    yield f"</{tag}>"


def _item(item: Item) -> str:
    anchor = f' id="{escape(item.anchor)}"' if item.anchor else ""
    number = f' value="{item.number}"' if item.number else ""
    return f"<li{anchor}{number}>{''.join(map(_paragraph, item.parts))}</li>"


def _table(table: Table) -> Iterator[str]:
    yield "<table><colgroup>"
    yield from (f'<col width="{share}%">' for share in table.shares)
    yield "</colgroup><thead><tr>"
    yield from (f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    yield "</tr></thead><tbody>"
    for row in table.rows:
        first, *rest = row
        yield f'<tr><th scope="row"{_way(words_of(first))}>{_runs(first)}</th>'
        yield from (f"<td{_way(words_of(cell))}>{_runs(cell)}</td>" for cell in rest)
        yield "</tr>"
    yield "</tbody></table>"


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    words = escape(run.words)
    if run.strong:
        words = f"<strong>{words}</strong>"
    if not run.href.startswith(("#", "https://", "http://")):
        return words
    said = f' aria-label="{escape(run.said)}"' if run.said else ""
    away = "" if run.href.startswith("#") else ' rel="noreferrer noopener"'
    return f'<a href="{escape(run.href)}"{said}{away}>{words}</a>'


def _way(words: str) -> str:
    return ' dir="rtl"' if turned(words) else ""
