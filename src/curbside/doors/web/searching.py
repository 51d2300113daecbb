"""Searching: a list of documents with filters, counts, orders and pages, and its export.

A search is sent by a form, never by an address, so that its words stand in no log; the page's own form carries the
filters, the order and the page from one request to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from curbside.doors.http.pool import LibraryPool
from curbside.doors.web.forms import Sent, filters_of, sent, words_of
from curbside.doors.web.pages import page, web_of
from curbside.errors import QuerySyntaxError, UsageError
from curbside.language.vocabulary import Vocabulary
from curbside.records import Filters, Order, Query, Span
from curbside.search.snippet import matched
from curbside.wiring import Library
from curbside.workflows.browse import Choices, choices
from curbside.workflows.export import export
from curbside.workflows.find import EVERYTHING, Found, Result, find
from curbside.writers import table
from curbside.writers.html_search import HitView, hit_view

SIZE = 20
"""Hits of a page."""

MOST_EXPORTED = 20_000
"""Hits of an export; the command line exports without bound."""

EXPORTS = {"csv": "text/csv; charset=utf-8", "ris": "application/x-research-info-systems; charset=utf-8"}
"""Form of an export -> its media type."""

DEEPEST = 1_000
"""Hits that can be paged through; who needs more narrows the search or exports it."""

ORDERS: Mapping[str, str] = MappingProxyType(
    {Order.BEST: "best match first", Order.NEWEST: "newest first", Order.OLDEST: "oldest first"}
)
"""Order of a result list -> what it is called on the page."""

_STEP = 500
_OPERATORS = re.compile(r"\b(?:AND|OR|NOT)\b|\b[a-z]{3,9}:")


def blank(request: Request) -> Response:
    """Show the search box."""
    return _page(request, Sent({}), None, Choices(), (), "")


async def search(request: Request) -> Response:
    """Search, and list a page of hits."""
    form = _settled(await sent(request))
    return await run_in_threadpool(_search, request, form)


def _search(request: Request, form: Sent) -> Response:
    with web_of(request).pool.reading() as library:
        try:
            query = _query(form, library.vocabulary)
            found = find(query, library.store, library.index, library.vocabulary, bool(form.one("widen")))
        except UsageError as error:
            return _page(request, form, None, Choices(), (), error, 422)
        counts = choices(found.query, library.store, library.index, library.vocabulary)
        lit = _Lit(found.query, library.vocabulary)
        hits = tuple(_hit(rank, each, lit) for rank, each in enumerate(found.results, found.query.offset + 1))
    return _page(request, form, found, counts, hits, "")


class _Lit:
    """Says which words of a text a search was for."""

    def __init__(self, query: Query, vocabulary: Vocabulary) -> None:
        plain = _OPERATORS.sub(" ", query.text) if query.advanced else query.text
        self._query = replace(query, text=plain, advanced=False)
        self._vocabulary = vocabulary

    def __call__(self, text: str, span: Span) -> tuple[Span, ...]:
        mentions = self._vocabulary.mentions(span.of(text)) if self._query.expansions else ()
        return matched(text, span, self._query, mentions)


def _hit(rank: int, result: Result, lit: _Lit) -> HitView:
    return hit_view(rank, result.holding, result.hit.span, result.snippet, lit)


_YEARS = re.compile(r"(\d{4})?-(\d{4})?", re.ASCII)


def _settled(form: Sent) -> Sent:
    """Return the form with what its buttons stand for: a span of years, the words exactly as typed."""
    values = dict(form.values)
    match = _YEARS.fullmatch(form.one("years"))
    if match:
        values |= {"since": [match[1] or ""], "until": [match[2] or ""]}
    if form.one("exactly"):
        values |= {"words": ['"' + form.one("words").replace('"', " ") + '"'], "advanced": ["1"]}
    return Sent(values)


def _query(form: Sent, vocabulary: Vocabulary) -> Query:
    words = words_of(form, "words", "search") if form.one("words").strip() else ""
    filters = filters_of(form, vocabulary)
    number = form.number("page", 999_999) or 1
    if (number - 1) * SIZE >= DEEPEST:
        raise UsageError(f"A search is shown as far as hit {DEEPEST:,}. Narrow it by filters, or export it.")
    order = form.one("sort", Order.BEST)
    if order not in ORDERS:
        raise UsageError(f"There is no order “{order[:20]}”. It is one of: {', '.join(ORDERS)}.")
    advanced = form.one("advanced") == "1" or not words
    return Query(words or EVERYTHING, (), filters, advanced, SIZE, (number - 1) * SIZE, order=Order(order))


def _page(
    request: Request,
    form: Sent,
    found: Found | None,
    counts: Choices,
    hits: tuple[HitView, ...],
    fault: str | UsageError,
    status: int = 200,
) -> Response:
    total = found.total if found else 0
    last = max(1, -(-min(total, DEEPEST) // SIZE))
    number = found.query.offset // SIZE + 1 if found else 1
    corrected = [each.corrected for each in found.query.expansions if each.corrected] if found else []
    filters = found.query.filters if found else Filters()
    context = {
        "words": form.one("words"),
        "advanced": form.one("advanced") == "1",
        "widen": bool(form.one("widen")),
        "sort": form.one("sort", Order.BEST),
        "orders": ORDERS,
        "found": found,
        "filters": filters,
        "counts": counts,
        "hits": hits,
        "number": number,
        "last": last,
        "deepest": DEEPEST if total > DEEPEST else 0,
        "most_exported": MOST_EXPORTED,
        "corrected": corrected,
        "fault": _words_of(fault),
        "place": _place_of(fault),
    }
    # Going back to a list that a form brought needs the browser's own copy; nobody else may keep one.
    return page(request, "search.html", context, status, {"Cache-Control": "private, max-age=0"})


def _words_of(fault: str | UsageError) -> str:
    return str(fault.args[0]) if isinstance(fault, QuerySyntaxError) else str(fault)


def _place_of(fault: str | UsageError) -> tuple[str, str, str] | None:
    """Return what stands before, at and after the place of a fault in a query."""
    if not isinstance(fault, QuerySyntaxError):
        return None
    query, at = fault.query, min(fault.position, len(fault.query))
    return query[max(0, at - 200) : at], query[at : at + 1], query[at + 1 : at + 200]


async def exported(request: Request) -> Response:
    """Send the hits of a search as a file, best first, however many pages they fill."""
    form = await sent(request)
    ending = form.one("format")
    if ending not in EXPORTS:
        raise UsageError(f"There is no export “{ending[:20]}”. It is one of: {', '.join(EXPORTS)}.")
    return await run_in_threadpool(_export, request, form, ending)


def _export(request: Request, form: Sent, ending: str) -> Response:
    pool, widen = web_of(request).pool, bool(form.one("widen"))
    with pool.reading() as library:
        query = replace(_query(form, library.vocabulary), offset=0, order=Order.BEST)
        first = find(replace(query, limit=1), library.store, library.index, library.vocabulary, widen)
    if first.total > MOST_EXPORTED:
        raise UsageError(
            f"The search has {first.total:,} hits; this page exports {MOST_EXPORTED:,}. Narrow it by filters, or use "
            "the command line: curbside export"
        )
    pieces = _rows(pool, query, widen) if ending == "csv" else _records(pool, query, widen)
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="curbside-search.{ending}"'}
    encoded = (piece.encode("utf-8", "replace") for piece in pieces)
    return StreamingResponse(encoded, media_type=EXPORTS[ending], headers=headers)


def _rows(pool: LibraryPool, query: Query, widen: bool) -> Iterator[str]:
    yield table.line(table.HIT_COLUMNS)
    with pool.reading() as library:
        for found in _pages(library, query, widen):
            for rank, each in enumerate(found.results, found.query.offset + 1):
                yield table.hit_line(rank, each.hit, each.holding)


def _records(pool: LibraryPool, query: Query, widen: bool) -> Iterator[str]:
    with pool.reading() as library:
        holdings = (each.holding for found in _pages(library, query, widen) for each in found.results)
        yield from export(holdings, "ris", library.store)


def _pages(library: Library, query: Query, widen: bool) -> Iterator[Found]:
    offset = 0
    while True:
        here = replace(query, offset=offset, limit=_STEP)
        found = find(here, library.store, library.index, library.vocabulary, widen)
        yield found
        offset += _STEP
        if offset >= min(found.total, MOST_EXPORTED):
            return
