"""Ask: question, hits, holdings, answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from curbside.answer.compose import Found, compose
from curbside.answer.question import analyse
from curbside.appraise.beside import with_intervals
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Answer,
    DocumentKind,
    Filters,
    Holding,
    Query,
    Question,
    ReferenceEntry,
    SearchStep,
    Span,
)
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.workflows.answer_beside import with_beside
from curbside.workflows.made import made_by
from curbside.writers.nlm import nlm

DOCUMENTS = 16
"""Documents read for an answer at the most; how many the library holds is said beside it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The question is understood.

    Attributes:
        question: what was made of it.
    """

    question: Question


@dataclass(frozen=True, slots=True)
class Searched:
    """The index was asked once.

    Attributes:
        matched: documents that match.
        chosen: documents chosen so far, this search included.
    """

    matched: int
    chosen: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents chosen are about to be read.

    Attributes:
        documents: their ids, most relevant first.
        of: documents that the library shows.
    """

    documents: tuple[str, ...]
    of: int


def ask(text: str, store: Store, index: Index, vocabulary: Vocabulary, filters: Filters | None = None) -> Answer:
    """Answer a question from what the library holds, or decline.

    The same library and the same question give the same answer, byte for byte.

    Raises:
        IndexBroken: if the index cannot be read; `workflows.rebuild` mends it.
    """
    *_, answer = asking(text, store, index, vocabulary, filters)
    assert isinstance(answer, Answer)
    return answer


def asking(
    text: str, store: Store, index: Index, vocabulary: Vocabulary, filters: Filters | None = None
) -> Iterator[Understood | Searched | Reading | Answer]:
    """Yield how far an answer is, and the answer last; see `ask`."""
    question = analyse(text, vocabulary, filters)
    held = spelt_as_held(question, index)
    if held:
        question = analyse(text, vocabulary, filters, keep=held)
    yield from answering(question, store, index, vocabulary)


def spelt_as_held(question: Question, index: Index) -> frozenset[str]:
    """Return words that the vocabulary takes for misspellings and that stand so in the library's own texts."""
    return frozenset(
        each.corrected for each in question.expansions if each.corrected and _is_held(each.corrected, index)
    )


def answering(
    question: Question, store: Store, index: Index, vocabulary: Vocabulary
) -> Iterator[Understood | Searched | Reading | Answer]:
    """Yield how far the answer to a question that was understood is, and the answer last; see `ask`."""
    yield Understood(question)
    spans: dict[str, Span] = {}
    relevance: dict[str, float] = {}
    notes: dict[str, None] = {}
    steps: list[SearchStep] = []
    for weight, query in _queries(question):
        if len(relevance) >= DOCUMENTS:
            break
        before = len(relevance)
        found = index.search(query)
        notes |= dict.fromkeys(found.notes)
        top = max((hit.score for hit in found.hits), default=0.0) or 1.0
        for hit in found.hits:
            if hit.document not in relevance and len(relevance) < DOCUMENTS:
                relevance[hit.document] = weight * hit.score / top
                spans[hit.document] = hit.span
        steps.append(SearchStep(_step_words(question, query), found.total, len(relevance) - before))
        yield Searched(found.total, len(relevance))
    chosen = tuple(sorted(relevance, key=lambda each: (-relevance[each], each)))
    yield Reading(chosen, store.held)
    maker = made_by(vocabulary)
    holdings = tuple(_read_as_now(holding, maker) for holding in store.holdings(chosen))
    answer = compose(question, Found(holdings, spans, relevance, store.held), vocabulary)
    read = {holding.document.id: holding for holding in holdings}
    references = tuple(_with_citation(entry, store, read) for entry in answer.references)
    whole = with_intervals(replace(answer, references=references, notes=(*answer.notes, *notes)))
    yield with_beside(whole, read, vocabulary, store.changed, steps)


def _step_words(question: Question, query: Query) -> str:
    """Say in words how the index was asked: what a document had to name, or the question's words alone."""
    named = {each.concept: each.name for each in question.expansions}
    narrowed = query.filters != question.filters
    musts = [named[each] for each in (*query.filters.drugs, *query.filters.conditions) if narrowed and each in named]
    return f"documents that name {' and '.join(musts)}" if musts else "the words of the question"


def _read_as_now(holding: Holding, maker: str) -> Holding:
    """Forget where an earlier version, or another vocabulary, saw concepts named; the text is then read again."""
    if holding.made_by == maker or not holding.profile.places:
        return holding
    return replace(holding, profile=replace(holding.profile, places=()))


def _is_held(word: str, index: Index) -> bool:
    """Whether a word that the vocabulary takes for a misspelling stands in the library's own texts."""
    quoted = '"' + word.replace('"', " ") + '"'
    return index.search(Query(quoted, advanced=True, limit=1)).total > 0


def _with_citation(entry: ReferenceEntry, store: Store, read: Mapping[str, Holding]) -> ReferenceEntry:
    """Cite a work by the fullest of its records, whichever of them was quoted, with what editors said of it."""
    if entry.ids.keys() and not entry.ids.pmid:
        records = [holding.marked for holding in store.holdings(store.documents_of(entry.work))]
    else:
        records = [read[entry.document].marked]
    cited = {document.id: nlm(document) for document in records}
    best = max(records, key=lambda document: (document.kind is not DocumentKind.NOTE, len(cited[document.id])))
    words = [word for word in read[entry.document].standing if word != "retracted"]
    citation = f"{cited[best.id]} [{', '.join(words).capitalize()}]" if words else cited[best.id]
    return replace(entry, citation=citation, ids=best.ids if entry.ids.keys() else entry.ids)


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
