"""A manuscript as JATS XML (ANSI/NISO Z39.96): one text that is checked, shown, published and added to the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from curbside.records import (
    ARTICLE_TYPES,
    HIDDEN_WITH_AUTHORS,
    STATEMENTS,
    Contributor,
    Document,
    Journal,
    ManuscriptContent,
    Placement,
    letters_of,
    normal_orcid,
)
from curbside.writers.html_flow import Cited, Item, cited, items
from curbside.writers.html_runs import Run
from curbside.writers.html_table import CellView, TableView

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Printing:
    """How a manuscript is written out.

    Attributes:
        id: of the manuscript, or "" where nothing may lead back to it.
        authors: whether the authors stand in it, and the statements that tell who they are.
        placed: where it appears, or None for one that does not yet.
        dates: "received", "revised", "accepted" -> ISO day, "" for what did not happen.
        address: of its page, absolute, or "".
        retraction: why it was retracted, or "".
    """

    id: str = ""
    authors: bool = True
    placed: Placement | None = None
    dates: Mapping[str, str] | None = None
    address: str = ""
    retraction: str = ""


def jats(content: ManuscriptContent, body: Document | None, how: Printing) -> bytes:
    """Return a manuscript as a JATS article in UTF-8; the same input gives the same bytes.

    Args:
        content: what the authors filled in.
        body: the text of their file, or None.
        how: what stands in it beside.
    """
    kind = ARTICLE_TYPES.get(content.type, "research-article")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="{kind}" xml:lang="en">',
        "<front>",
        *_journal(how.placed),
        "<article-meta>",
        *_ids(how),
        *_tag("article-categories", _tag("subj-group", _words("subject", content.type), 'subj-group-type="heading"')),
        *_tag("title-group", _words("article-title", content.title)),
        *(_contributors(content.authors) if how.authors else ()),
        *_dates(how),
        *_permissions(how.placed),
        *_retraction(how),
        *_tag("abstract", _abstract(content)),
        *_tag("kwd-group", (line for word in content.keywords for line in _words("kwd", word))),
        "</article-meta>",
        "</front>",
        *_tag("body", _body(body, content.title)),
        *_tag("back", [*_statements(content, how.authors), *_references(body)]),
        "</article>",
        "",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def _clean(text: str) -> str:
    """Return text as it may stand in XML 1.0."""
    return escape(_ILLEGAL.sub(" ", text))


def _words(tag: str, text: str, attributes: str = "") -> list[str]:
    """Return an element with words in it, or nothing where there are none."""
    lead = f"{tag} {attributes}" if attributes else tag
    return [f"<{lead}>{_clean(text)}</{tag}>"] if text.strip() else []


def _tag(tag: str, inner: Iterable[str], attributes: str = "") -> list[str]:
    """Return an element around others, or nothing where there are none."""
    held = list(inner)
    lead = f"{tag} {attributes}" if attributes else tag
    return [f"<{lead}>", *held, f"</{tag}>"] if held else []


def _journal(placed: Placement | None) -> list[str]:
    if placed is None:
        return []
    journal: Journal = placed.journal
    titles = [*_words("journal-title", journal.title), *_words("abbrev-journal-title", journal.abbreviation)]
    return _tag(
        "journal-meta",
        [
            *_tag("journal-title-group", titles),
            *_words("issn", journal.issn, 'pub-type="ppub"'),
            *_words("issn", journal.eissn, 'pub-type="epub"'),
            *_tag("publisher", _words("publisher-name", placed.publisher or journal.title)),
        ],
    )


def _ids(how: Printing) -> Iterator[str]:
    if how.id:
        yield from _words("article-id", how.id, 'pub-id-type="publisher-id"')
    if how.address:
        yield from _words("article-id", how.address, 'pub-id-type="url"')
    if how.placed is not None:
        yield from _words("article-id", how.placed.doi, 'pub-id-type="doi"')


def _contributors(authors: Sequence[Contributor]) -> Iterator[str]:
    places = list(dict.fromkeys(place for author in authors for place in author.affiliations))
    people: list[str] = []
    for author in authors:
        orcid = normal_orcid(author.orcid) if author.orcid else None
        people += [
            '<contrib contrib-type="author">',
            *_words("contrib-id", f"https://orcid.org/{orcid}" if orcid else "", 'contrib-id-type="orcid"'),
            *_tag("name", [*_words("surname", author.family), *_words("given-names", author.given)]),
            *(
                f'<xref ref-type="aff" rid="aff{places.index(place) + 1}">{places.index(place) + 1}</xref>'
                for place in author.affiliations
            ),
            "</contrib>",
        ]
    yield from _tag("contrib-group", people)
    for number, place in enumerate(places, 1):
        yield f'<aff id="aff{number}"><label>{number}</label>{_clean(place)}</aff>'


def _dates(how: Printing) -> Iterator[str]:
    placed = how.placed
    if placed is not None:
        yield from _day("pub-date", 'date-type="pub"', placed.date)
        yield from _words("volume", placed.journal.volume)
        yield from _words("issue", placed.journal.issue)
        first, _, last = placed.journal.pages.partition("-")
        if first.isdigit():
            yield from [*_words("fpage", first), *_words("lpage", last or first)]
        else:
            yield from _words("elocation-id", placed.journal.pages)
    events = (("received", "received"), ("rev-recd", "revised"), ("accepted", "accepted"))
    days = [
        line for kind, event in events for line in _day("date", f'date-type="{kind}"', (how.dates or {}).get(event, ""))
    ]
    yield from _tag("history", days)


def _day(tag: str, attributes: str, iso: str) -> list[str]:
    if not iso:
        return []
    year, month, day = iso.split("-")
    return [f"<{tag} {attributes}><day>{day}</day><month>{month}</month><year>{year}</year></{tag}>"]


def _permissions(placed: Placement | None) -> list[str]:
    licence = placed.licence if placed else ""
    if licence.startswith("https://"):
        inner = f'<license xlink:href="{_clean(licence)}"><license-p>{_clean(licence)}</license-p></license>'
    else:
        inner = f"<license><license-p>{_clean(licence)}</license-p></license>"
    return _tag("permissions", [inner]) if licence else []


def _retraction(how: Printing) -> list[str]:
    if not how.retraction:
        return []
    return _words("related-article", how.retraction, 'related-article-type="retraction-forward" id="retraction"')


def _abstract(content: ManuscriptContent) -> Iterator[str]:
    for label, words in content.abstract:
        paragraphs = [line for each in words.splitlines() for line in _words("p", each)]
        if label and paragraphs:
            yield from _tag("sec", [*_words("title", label), *paragraphs])
        else:
            yield from paragraphs


def _statements(content: ManuscriptContent, authors: bool) -> Iterator[str]:
    for field, heading in STATEMENTS.items():
        words: str = getattr(content, field)
        if words and (authors or field not in HIDDEN_WITH_AUTHORS):
            paragraphs = [line for each in words.splitlines() for line in _words("p", each)]
            yield from _tag("sec", [*_words("title", heading), *paragraphs])


def _body(body: Document | None, title: str) -> Iterator[str]:
    """Yield the text of a file, headings as nested sections, without what stands around it (bylines).

    What the file calls its title is left out where it is the manuscript's, and a heading where it is not: the first
    heading of a text without a title page is one.
    """
    if body is None:
        return
    depth = 0
    for words, level, item in _flow(body, letters_of(title)):
        if level:
            level = min(level, depth + 1, _DEEPEST)
            while depth >= level:
                yield "</sec>"
                depth -= 1
            yield f"<sec><title>{_clean(words)}</title>"
            depth += 1
        elif item is not None and item.table is not None:
            yield from _table(item.table)
        elif item is not None:
            yield from _paragraph(item)
    yield from ["</sec>"] * depth


def _flow(body: Document, title: str) -> Iterator[tuple[str, int, Item | None]]:
    """Yield (heading, its level from 1, None) or ("", 0, another item) in the order of reading."""
    if body.title and letters_of(body.title) != title:
        yield body.title, 1, None
    for item in items(body):
        words = _said(item.runs)
        if item.quiet or item.form == "voice":
            continue
        if item.form != "heading":
            yield "", 0, item
        elif letters_of(words) != title:
            yield words, max(item.level - 1, 1), None


def _paragraph(item: Item) -> list[str]:
    words = _words("p", _said(item.runs))
    return ["<list><list-item>", *words, "</list-item></list>"] if item.form == "item" and words else words


def _said(runs: Iterable[Run]) -> str:
    return "".join(run.words for run in runs)


def _table(table: TableView) -> Iterator[str]:
    yield "<table-wrap>"
    yield from _words("label", _said(table.label))
    yield from _tag("caption", _words("p", _said(table.caption)))
    yield "<table>"
    for tag, rows in (("thead", table.head), ("tbody", table.body)):
        yield from _tag(tag, (f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows))
    yield "</table>"
    notes = [line for note in table.footnotes for line in _tag("fn", _words("p", _said(note)))]
    yield from _tag("table-wrap-foot", notes)
    yield "</table-wrap>"


def _cell(cell: CellView) -> str:
    tag = "th" if cell.scope else "td"
    spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
    return f"<{tag}{spans}>{_clean(_said(cell.runs))}</{tag}>"


def _references(body: Document | None) -> list[str]:
    entries: tuple[Cited, ...] = cited(body) if body is not None else ()
    found = [
        line
        for number, entry in enumerate(entries, 1)
        for line in _tag(
            "ref",
            [*_words("label", entry.label), *_words("mixed-citation", _said(entry.runs))],
            f'id="R{number}"',
        )
    ]
    return _tag("ref-list", found)
