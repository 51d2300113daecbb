"""Export: records out of the library, in the forms of reference managers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from curbside.errors import UsageError
from curbside.records import DocumentKind, Holding
from curbside.store.base import Store
from curbside.writers import WRITERS

FORMATS: Mapping[str, str] = {
    "jsonl": "records",
    "ris": "ris",
    "nbib": "nbib",
    "bibtex": "bibtex",
    "csl": "csl",
    "csv": "csv",
}
"""Name on the command line -> writer."""


def export(holdings: Iterable[Holding], form: str, store: Store) -> Iterator[str]:
    """Yield the text of an export, piece by piece: one record for each work, in the order of the holdings.

    Of a work's documents the one that says most of it is written: the article itself before notes and pages about
    it, then the one with more identifiers, then the older one. Documents already withdrawn are not exported.

    Raises:
        UsageError: for a format that there is no writer for.
    """
    if form not in FORMATS:
        raise UsageError(f'There is no format "{form}". It is one of: {", ".join(FORMATS)}.')
    return WRITERS[FORMATS[form]](marked(best_of_works(holdings, store)))


def marked(holdings: Iterable[Holding]) -> Iterator[Holding]:
    """Yield holdings whose documents carry what is said of their works elsewhere, for whoever writes them."""
    yield from (replace(each, document=each.marked) if each.elsewhere else each for each in holdings)


def best_of_works(holdings: Iterable[Holding], store: Store) -> Iterator[Holding]:
    """Yield for each work, once, the document that says most of it."""
    seen: set[str] = set()
    for holding in holdings:
        if holding.work in seen:
            continue
        seen.add(holding.work)
        others = store.documents_of(holding.work)
        yield holding if len(others) <= 1 else max(store.holdings(others), key=_worth)


def _worth(holding: Holding) -> tuple[bool, int, int]:
    """Return what makes one document of a work a better record of it than another; `max` keeps the oldest of equals."""
    document = holding.document
    own = document.kind in (DocumentKind.ARTICLE, DocumentKind.GUIDELINE, DocumentKind.SUMMARY, DocumentKind.TRIAL)
    return own, len(document.ids.keys()), len(document.authors)
