"""Result lists by year and what is in them, over the leads of documents: one entry stands for each document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tantivy import DocAddress, Occur, Query
from tantivy import Order as Direction

from curbside.records import AgeGroup, DocumentKind, EvidenceKind, Facets, Filters, Order
from curbside.search.lookup import Lookup

_MOST_YEARS = 10_000
_MOST_VENUES = 60_000
"""Journals listed; there are about half as many in MEDLINE since its beginning."""


def facets(lookup: Lookup, leads: Query) -> Facets:
    """Count what the documents whose leads match are like."""
    return Facets(
        _count(lookup, leads),
        _values(lookup, leads, "kind", [kind.value for kind in DocumentKind]),
        _values(lookup, leads, "evidence", [kind.value for kind in EvidenceKind]),
        _values(lookup, leads, "ages", [age.value for age in AgeGroup]),
        tuple(sorted(_years(lookup, leads).items(), reverse=True)),
    )


def by_year(lookup: Lookup, leads: Query, order: Order, first: int, limit: int) -> tuple[list[DocAddress], int]:
    """Return a page of the documents whose leads match, by year and then by document id, and how many match.

    Only the years that the page lies in are looked at, so that the last page of a long list costs what the first does.
    """
    total = _count(lookup, leads)
    years = sorted(_years(lookup, leads).items(), reverse=order is Order.NEWEST)
    found: list[DocAddress] = []
    groups: Iterator[tuple[int | None, int]] = iter([*years, (None, total - sum(count for _, count in years))])
    for year, count in groups:
        if first >= count:
            first -= count
            continue
        wanted = min(count - first, limit - len(found))
        if wanted <= 0:
            break
        within = lookup.within(leads, Filters(since=year, until=year)) if year is not None else _undated(lookup, leads)
        page = lookup.searcher.search(
            within, wanted, count=False, order_by_field="document", offset=first, order=Direction.Asc
        )
        found += [address for _, address in page.hits]
        first = 0
    return found, total


def venues(searcher: Any) -> tuple[tuple[str, int], ...]:
    """Return each journal with its documents, by name."""
    asked = {"venues": {"terms": {"field": "venue", "size": _MOST_VENUES}}}
    buckets: list[dict[str, Any]] = searcher.aggregate(Query.all_query(), asked)["venues"]["buckets"]
    return tuple(sorted((str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets))


def _undated(lookup: Lookup, leads: Query) -> Query:
    dated = lookup.within(Query.all_query(), Filters(since=0))
    return Query.boolean_query([(Occur.Must, leads), (Occur.MustNot, dated)])


def _values(lookup: Lookup, leads: Query, field: str, values: list[str]) -> tuple[tuple[str, int], ...]:
    counts = {value: _count(lookup, lookup.having(leads, field, value)) for value in values}
    return tuple(sorted(((v, n) for v, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0])))


def _years(lookup: Lookup, leads: Query) -> dict[int, int]:
    searcher: Any = lookup.searcher  # tantivy's stubs do not say what an aggregation is
    asked = {"years": {"terms": {"field": "year", "size": _MOST_YEARS}}}
    buckets: list[dict[str, Any]] = searcher.aggregate(leads, asked)["years"]["buckets"]
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}


def _count(lookup: Lookup, query: Query) -> int:
    result: Any = lookup.searcher.search(query, 1)
    return int(result.count)
