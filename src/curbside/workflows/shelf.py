"""The shelf: a work whole, and the lists that readers browse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from curbside.appraise.works import described
from curbside.records import Filters, Holding, Order, Query
from curbside.records.work import Work
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.workflows.find import EVERYTHING

SIZE = 50
"""Documents of a page of a list."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list, latest first.

    Attributes:
        works: each with those of its documents that lie on this page, in the order of the list.
        total: documents in the whole list.
        page, pages: number of this page, from 1, and how many there are.
    """

    works: tuple[tuple[Holding, ...], ...]
    total: int
    page: int
    pages: int


def work(name: str, store: Store) -> Work:
    """Return the work that an id names: its own, an identifier's, or that of one of its documents.

    Raises:
        NotHeld: if the library shows nothing under it.
    """
    lead = store.holdings(store.resolve(name))[0]
    return described(lead.work, store.holdings(store.documents_of(lead.work)))


def listed(filters: Filters, store: Store, index: Index, page: int = 1, size: int = SIZE) -> Listing:
    """Return a page of the documents that meet the filters, latest first; a page beyond the last is the last.

    Raises:
        IndexBroken: if the index cannot be read.
    """
    wanted = max(page, 1)
    hits = index.search(_query(filters, wanted, size))
    pages = max(1, -(-hits.total // size))
    if wanted > pages:
        wanted, hits = pages, index.search(_query(filters, pages, size))
    holdings = store.holdings([hit.document for hit in hits.hits])
    return Listing(by_work(holdings), hits.total, wanted, pages)


def _query(filters: Filters, page: int, size: int) -> Query:
    return Query(EVERYTHING, (), filters, True, size, (page - 1) * size, order=Order.NEWEST)


def by_work(holdings: Sequence[Holding]) -> tuple[tuple[Holding, ...], ...]:
    """Return documents with those of the same work together, in the order of the first."""
    found: dict[str, list[Holding]] = {}
    for each in holdings:
        found.setdefault(each.work, []).append(each)
    return tuple(tuple(each) for each in found.values())


def all_listed(filters: Filters, store: Store, index: Index, most: int) -> Listing:
    """Return the list as one page, at most `most` documents of it; `total` tells whether that is all."""
    return replace(listed(filters, store, index, 1, most), pages=1)
