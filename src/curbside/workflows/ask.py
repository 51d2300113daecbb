"""Ask: question, hits, holdings, answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from curbside.answer.compose import Found, compose
from curbside.answer.question import analyse
from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, Filters, Query, Question, Span
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.writers.nlm import nlm

DOCUMENTS = 24
"""Documents read for an answer at the most; how many the library holds is said beside it."""


def ask(text: str, store: Store, index: Index, vocabulary: Vocabulary, filters: Filters | None = None) -> Answer:
    """Answer a question from what the library holds, or decline.

    The same library and the same question give the same answer, byte for byte.

    Raises:
        IndexBroken: if the index cannot be read; `workflows.rebuild` mends it.
    """
    question = analyse(text, vocabulary, filters)
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
    answer = compose(question, Found(holdings, spans, relevance, store.counts().documents), vocabulary)
    documents = {holding.document.id: holding.document for holding in holdings}
    cited = tuple(replace(entry, citation=nlm(documents[entry.document])) for entry in answer.references)
    return replace(answer, references=cited)


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
