"""Ask: question, hits, holdings, answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from curbside.answer.compose import Found, compose
from curbside.answer.question import analyse
from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, DocumentKind, Filters, Query, Question, ReferenceEntry, Span
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.writers.nlm import nlm

DOCUMENTS = 16
"""Documents read for an answer at the most; how many the library holds is said beside it."""


def ask(text: str, store: Store, index: Index, vocabulary: Vocabulary, filters: Filters | None = None) -> Answer:
    """Answer a question from what the library holds, or decline.

    The same library and the same question give the same answer, byte for byte.

    Raises:
        IndexBroken: if the index cannot be read; `workflows.rebuild` mends it.
    """
    question = analyse(text, vocabulary, filters)
    held = frozenset(
        each.corrected for each in question.expansions if each.corrected and _is_held(each.corrected, index)
    )
    if held:
        question = analyse(text, vocabulary, filters, keep=held)
    spans: dict[str, Span] = {}
    relevance: dict[str, float] = {}
    for weight, query in _queries(question):
        if len(relevance) >= DOCUMENTS:
            break
        hits = index.search(query).hits
        top = max((hit.score for hit in hits), default=0.0) or 1.0
        for hit in hits:
            if hit.document not in relevance and len(relevance) < DOCUMENTS:
                relevance[hit.document] = weight * hit.score / top
                spans[hit.document] = hit.span
    holdings = tuple(store.holdings(sorted(relevance, key=lambda each: (-relevance[each], each))))
    answer = compose(question, Found(holdings, spans, relevance, store.held), vocabulary)
    return replace(answer, references=tuple(_with_citation(entry, store) for entry in answer.references))


def _is_held(word: str, index: Index) -> bool:
    """Whether a word that the vocabulary takes for a misspelling stands in the library's own texts."""
    quoted = '"' + word.replace('"', " ") + '"'
    return index.search(Query(quoted, advanced=True, limit=1)).total > 0


def _with_citation(entry: ReferenceEntry, store: Store) -> ReferenceEntry:
    """Cite a work by the fullest of its records, whichever of them was quoted."""
    names = store.documents_of(entry.work) if entry.ids.keys() and not entry.ids.pmid else (entry.document,)
    records = [holding.document for holding in store.holdings(names)]
    best = max(records, key=lambda document: (document.kind is not DocumentKind.NOTE, len(nlm(document))))
    return replace(entry, citation=nlm(best), ids=best.ids if entry.ids.keys() else entry.ids)


def _queries(question: Question) -> Iterator[tuple[float, Query]]:
    """Ways to ask the index, strictest first: drug and condition, then drug, then words alone."""
    given = question.filters
    plain = Query(question.text, question.expansions, given, limit=DOCUMENTS)
    drugs = tuple(expansion.concept for expansion in question.drugs)
    conditions = tuple(expansion.concept for expansion in (*question.conditions, *question.outcomes))
    if drugs and conditions and not given.drugs and not given.conditions:
        yield 1.0, replace(plain, filters=replace(given, drugs=drugs, conditions=conditions))
    yield 0.9, plain
    if drugs and conditions and not given.drugs:
        yield 0.6, replace(plain, filters=replace(given, drugs=drugs), limit=DOCUMENTS // 2)
