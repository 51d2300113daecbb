"""Cite: the citations of some works in one form."""

from __future__ import annotations

from collections.abc import Iterable

from curbside.errors import UsageError
from curbside.records import Holding
from curbside.store.base import Store
from curbside.workflows.export import best_of_works
from curbside.workflows.show import show
from curbside.writers.citations import CITATIONS


def cited(names: Iterable[str], store: Store) -> tuple[Holding, ...]:
    """Return the document that says most of each work named, in the order of the names; each work once.

    Raises:
        NotHeld: if the library shows nothing under a name.
    """
    return tuple(best_of_works((show(name, store)[0] for name in names), store))


def citations(holdings: Iterable[Holding], style: str) -> str:
    """Return the citations of some documents as one text; notices from elsewhere count.

    Raises:
        UsageError: for a style that there is none of.
    """
    if style not in CITATIONS:
        raise UsageError(f'There is no style "{style}". It is one of: {", ".join(CITATIONS)}.')
    return CITATIONS[style].write([holding.marked for holding in holdings])
