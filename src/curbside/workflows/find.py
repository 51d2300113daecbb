"""Find: a question to documents, best first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from curbside.language.vocabulary import Vocabulary
from curbside.records import EVIDENCE_ROLES, Expansion, Hit, Holding, Query, Span
from curbside.search.base import Index
from curbside.search.snippet import telling
from curbside.store.base import Store

EVERYTHING = "year:0000- OR NOT year:0000-"
"""Every document, in the advanced language: filters alone then decide."""


@dataclass(frozen=True, slots=True)
class Result:
    """A hit and the document it is a hit on.

    Attributes:
        hit: as the index found it.
        holding: its document.
        snippet: the stretch of the hit's passage that tells most about the question; quotable words where it has any.
    """

    hit: Hit
    holding: Holding
    snippet: Span


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results.

    Attributes:
        query: what was asked of the index, with the concepts recognised.
        results: best first.
        total: documents that match in all.
        notes: what the reader should know of the searching ("read 'siroliums' as sirolimus").
    """

    query: Query
    results: tuple[Result, ...]
    total: int
    notes: tuple[str, ...] = ()


def find(query: Query, store: Store, index: Index, vocabulary: Vocabulary, widen: bool = False) -> Found:
    """Search the library; concepts of a plain question are recognised here.

    Args:
        query: words or an advanced query, filters and page; its expansions are replaced.
        store: holds the documents.
        index: finds them.
        vocabulary: names the concepts.
        widen: whether a class of drugs also stands for its members.

    Raises:
        QuerySyntaxError: for an advanced query that cannot be parsed.
        IndexBroken: if the index cannot be read.
    """
    if not query.advanced:
        query = replace(query, expansions=tuple(vocabulary.expansions(query.text, widen)))
    hits = index.search(query)
    by_id = {holding.document.id: holding for holding in store.holdings([hit.document for hit in hits.hits])}
    results = tuple(_result(hit, by_id[hit.document], query, vocabulary) for hit in hits.hits if hit.document in by_id)
    return Found(query, results, hits.total, (*_notes(query.expansions), *hits.notes))


def _result(hit: Hit, holding: Holding, query: Query, vocabulary: Vocabulary) -> Result:
    document = holding.document
    quotable = [part.span for part in document.parts if part.role in EVIDENCE_ROLES and part.span.meets(hit.span)]
    span = hit.span
    if quotable:
        span = Span(max(span.start, quotable[0].start), min(span.end, quotable[-1].end))
    mentions = vocabulary.mentions(span.of(document.text)) if query.expansions else ()
    return Result(hit, holding, telling(document.text, span, query, mentions))


def _notes(expansions: tuple[Expansion, ...]) -> list[str]:
    return [
        f'read "{expansion.corrected}" as {expansion.name}'
        for expansion in expansions
        if expansion.corrected and expansion.corrected.lower() != expansion.name.lower()
    ]


def every(query: Query, store: Store, index: Index, vocabulary: Vocabulary, widen: bool = False) -> Found:
    """Return all results of a search at once, whatever its limit; for exports."""
    first = find(replace(query, limit=1, offset=0), store, index, vocabulary, widen)
    if not first.total:
        return first
    return find(replace(query, limit=first.total, offset=0), store, index, vocabulary, widen)
