"""Entries of a commit as ranked hits: reads what each stands for, once, and puts the best of each document in order."""

from __future__ import annotations

from typing import Any

import tantivy

from curbside.records import Hit, Span

KEPT = 20_000
"""Entries remembered for the next questions; about five megabytes."""

_GROWTH = 4  # a result list that ends within a tie, or in too few documents, is fetched again this much longer
_FIRST = 3  # entries fetched first for each document wanted: a document may match with several passages


class Entries:
    """The entries of one commit of the index."""

    def __init__(self, searcher: tantivy.Searcher, passages: int) -> None:
        """Read through `searcher`, which finds `passages` entries at the most."""
        self._searcher = searcher
        self._passages = passages
        self._known: dict[tuple[int, int], tuple[str, str, Span]] = {}

    def hit(self, address: tantivy.DocAddress, score: float) -> Hit:
        """Return the hit on an entry; where it lies never changes in a commit, so what it says is remembered."""
        place = (address.segment_ord, address.doc)
        known = self._known.get(place)
        if known is None:
            stored = self._searcher.doc(address)
            span = Span(int(stored.get_first("start") or 0), int(stored.get_first("end") or 0))
            known = str(stored.get_first("document")), str(stored.get_first("work")), span
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[place] = known
        return Hit(*known, score)

    def ranked(
        self, wanted: tantivy.Query, needed: int, single: bool, every: bool = False
    ) -> tuple[list[Hit], int | None]:
        """Return at least `needed` documents, best first, and how many match, or None where that is not known yet.

        A list that ends within a tie is fetched again, longer, so that the order never depends on where entries lie;
        one that only filters made has no scores and comes in the order of document ids at once. `single` says that
        every matching entry is another document, `every` that the query finds entries that match nothing too: those
        without a score.
        """
        most = self._passages + 1  # tantivy sets memory aside for as many hits as are asked for
        needed = min(needed, most)
        size = min(needed * (1 if single else _FIRST) + 1, most)
        counted = single and not every
        while True:
            result = self._searcher.search(wanted, size, count=counted)
            scored: list[tuple[Any, tantivy.DocAddress]] = result.hits
            found = self._best([each for each in scored if each[0] > 0] if every else scored)
            if len(scored) < size or (every and not scored[-1][0]):
                return found, len(found)
            last = rounded(scored[-1][0])
            if len(found) > needed and found[needed - 1].score > last:
                return found, count_of(result) if counted else None
            if counted and found[0].score == 0.0:
                level = self._searcher.search(wanted, needed, order_by_field="document", order=tantivy.Order.Asc)
                return self._best([(0.0, address) for _, address in level.hits]), count_of(level)
            size = min(size * _GROWTH, most)

    def _best(self, hits: list[tuple[Any, tantivy.DocAddress]]) -> list[Hit]:
        """Return the best entry of each document, best first, ties by document id and then by place."""
        found = [self.hit(address, rounded(score)) for score, address in hits]
        found.sort(key=lambda hit: (-hit.score, hit.document, hit.span))
        best: dict[str, Hit] = {}
        for hit in found:
            best.setdefault(hit.document, hit)
        return list(best.values())


def count_of(result: Any) -> int:
    """Return how many entries matched; tantivy's stubs do not name the attribute."""
    return int(result.count)


def rounded(score: Any) -> float:
    """Return a score to three decimals: sums of the same parts in another order stay equal."""
    return round(float(score), 3)
