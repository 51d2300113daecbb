"""Figures beside a stance: findings of the citing and the cited work on one outcome, held against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from curbside.appraise.facing import facing
from curbside.extract.card import read_card
from curbside.language.vocabulary import Vocabulary
from curbside.records import Stance, StudyCard
from curbside.records.cited import CitationsShown, ShownCitation
from curbside.store.base import Store

MOST = 40
"""Documents read for a page at the most, which takes seconds; statements of others come without figures."""


def with_figures(shown: CitationsShown, store: Store, vocabulary: Vocabulary) -> CitationsShown:
    """Return citations with the figures of both works beside each that supports or contrasts and has such."""
    cards = _Cards(store, vocabulary)
    return replace(
        shown,
        citing=tuple(cards.beside(shown.citing)),
        cited=tuple(replace(each, citations=tuple(cards.beside(each.citations))) for each in shown.cited),
    )


class _Cards:
    """Cards of the works of one page, each read once."""

    def __init__(self, store: Store, vocabulary: Vocabulary) -> None:
        self._store, self._vocabulary = store, vocabulary
        self._kept: dict[str, tuple[StudyCard, ...]] = {}
        self._read = 0

    def beside(self, citations: Iterable[ShownCitation]) -> Iterable[ShownCitation]:
        for each in citations:
            said = each.citation.judgement.stance is not Stance.MENTIONING
            yield replace(each, figures=facing(self._of(each.work), self._of(each.link.work))) if said else each

    def _of(self, work: str) -> tuple[StudyCard, ...]:
        if work and work not in self._kept:
            documents = self._store.documents_of(work)[: max(0, MOST - self._read)]
            self._read += len(documents)
            holdings = self._store.holdings(documents)
            self._kept[work] = tuple(read_card(each.document, self._vocabulary) for each in holdings)
        return self._kept.get(work, ())
