"""An index in memory: the second implementation of the contract, small enough to be read as its meaning.

Everything is looked at for every question, so it is for tests and for libraries of a few hundred documents.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from curbside.records import Facets, Filters, Hit, Hits, Holding, Order, Query, Span
from curbside.search.advanced import Both, Either, Node, OneOf, Phrase, Without, Years, parse
from curbside.search.analysis import exact, stems
from curbside.search.base import BEHIND, MISSING, READY, Concepts
from curbside.search.expand import Named, Plan, Word, closed, planned
from curbside.search.fields import Entry, Facts, Whole, entries
from curbside.search.lookup import CONCEPT, HEADING, OTHERS, SPELT_OUT, conditions
from curbside.search.sample import Sample, Term, chosen

K1 = 1.2
B = 0.75
"""Parameters of BM25 (Robertson and Zaragoza 2009), those of the index on disk."""


@dataclass(frozen=True, slots=True)
class _Indexed:
    """An entry with its words counted, by field."""

    entry: Entry
    counts: dict[str, Counter[str]]


class MemoryIndex:
    """An `Index` that lives as long as its process."""

    def __init__(self, concepts: Concepts) -> None:
        """Begin empty; `concepts` may be exchanged later, which leaves the index "behind"."""
        self.concepts = concepts
        self._pending: dict[str, list[_Indexed] | None] = {}
        self._held: dict[str, list[_Indexed]] = {}
        self._seq = 0
        self._vocabulary: str | None = None
        self._cleared = False

    @property
    def seq(self) -> int:
        """Last change of the store that is committed."""
        return self._seq

    def apply(self, holdings: Iterable[Holding], removed: Iterable[str] = ()) -> None:
        """Take in documents and drop the removed ones; visible after `commit`."""
        for document in removed:
            self._pending[document] = None
        for holding in holdings:
            self._pending[holding.document.id] = [_counted(each) for each in entries(holding, self.concepts)]

    def commit(self, seq: int) -> None:
        """Make everything applied so far visible, together with `seq`."""
        for document, indexed in self._pending.items():
            self._held.pop(document, None)
            if indexed is not None:
                self._held[document] = indexed
        self._pending.clear()
        self._seq = seq
        if self._cleared or self._vocabulary is None:
            self._vocabulary = self.concepts.version
        self._cleared = False

    def clear(self) -> None:
        """Drop everything with the next commit."""
        self._pending = dict.fromkeys(self._held)
        self._cleared = True

    def count(self) -> int:
        """Number of committed passages."""
        return sum(len(indexed) for indexed in self._held.values())

    def state(self) -> str:
        """Tell how the index is."""
        if self._vocabulary is None:
            return MISSING
        return READY if self._vocabulary == self.concepts.version else BEHIND

    def close(self) -> None:
        """Drop what was applied but not committed."""
        self._pending.clear()
        self._cleared = False

    def search(self, query: Query) -> Hits:
        """Return the documents that match, best first; ties in the order of document ids."""
        ranked = self._ranked(query)
        first = max(query.offset, 0)
        return Hits(query, tuple(ranked[first : first + max(query.limit, 0)]), len(ranked) if query.limit > 0 else 0)

    def facets(self, query: Query) -> Facets:
        """Count what the documents that match are like."""
        found = [self._held[hit.document][0].entry.facts for hit in self._ranked(query)]
        years = Counter(facts.year for facts in found if facts.year is not None)
        return Facets(
            len(found),
            _most(Counter(facts.kind for facts in found)),
            _most(Counter(facts.evidence for facts in found)),
            _most(Counter(age for facts in found for age in facts.ages)),
            tuple(sorted(years.items(), reverse=True)),
        )

    def _ranked(self, query: Query) -> list[Hit]:
        tree = parse(query.text, self.concepts) if query.advanced else None
        every = [indexed for held in self._held.values() for indexed in held]
        score = _Tree(tree).score if tree is not None else _Scorer(every, planned(query)).score
        filters = closed(query.filters, self.concepts)
        best: dict[str, Hit] = {}
        for indexed in every:
            entry = indexed.entry
            found = score(indexed) if _passes(entry.facts, filters) else None
            if found is None or (query.among and entry.facts.document not in query.among):
                continue
            hit = Hit(entry.facts.document, entry.facts.work, Span(entry.start, entry.end), round(found, 3))
            before = best.get(hit.document)
            if before is None or (-hit.score, hit.span) < (-before.score, before.span):
                best[hit.document] = hit
        if query.order is Order.BEST:
            return sorted(best.values(), key=lambda hit: (-hit.score, hit.document))
        leads = [self._lead(document) for document in best]
        return sorted(leads, key=lambda hit: (self._age(hit.document, query.order), hit.document))

    def _lead(self, document: str) -> Hit:
        entry = self._held[document][0].entry
        return Hit(document, entry.facts.work, Span(entry.start, entry.end), 0.0)

    def _age(self, document: str, order: Order) -> float:
        year = self._held[document][0].entry.facts.year
        return math.inf if year is None else -year if order is Order.NEWEST else year

    def among(self, documents: Sequence[str], filters: Filters) -> dict[str, str]:
        """Return those of `documents` that are held and meet the filters, with their works."""
        wide = closed(filters, self.concepts)
        leads = {document: self._held[document][0].entry.facts for document in documents if document in self._held}
        return {document: facts.work for document, facts in leads.items() if _passes(facts, wide)}

    def like(self, sample: Sample, limit: int) -> list[Hit]:
        """Return the documents that say most of what a sample says, best first, ties by document id."""
        every = [indexed for held in self._held.values() for indexed in held]
        scorer = _Scorer(every, Plan((), ()))
        terms = chosen(sample, scorer.held, len(every))
        best: dict[str, Hit] = {}
        for indexed in every:
            entry, found = indexed.entry, scorer.like(indexed, terms)
            if found is None or not _passes(entry.facts, Filters(kinds=sample.kinds)):
                continue
            hit = Hit(entry.facts.document, entry.facts.work, Span(entry.start, entry.end), round(found, 3))
            before = best.get(hit.document)
            if before is None or (-hit.score, hit.span) < (-before.score, before.span):
                best[hit.document] = hit
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.document))[: max(limit, 0)]

    def venues(self) -> tuple[tuple[str, int], ...]:
        """Return the journals of the documents held with their counts."""
        leads = (held[0].entry.whole for held in self._held.values())
        return tuple(sorted(Counter(whole.venue for whole in leads if whole and whole.venue).items()))


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _counted(entry: Entry) -> _Indexed:
    return _Indexed(
        entry,
        {
            "heading": Counter(stems(entry.heading)),
            "text": Counter(stems(f"{entry.heading}\n{entry.text}")),
            "concepts": Counter(entry.concepts),
        },
    )


class _Scorer:
    """BM25 of a plan over some entries."""

    def __init__(self, every: Sequence[_Indexed], plan: Plan) -> None:
        self._plan = plan
        self._total = len(every)
        self._frequency: dict[str, Counter[str]] = {}
        self._length: dict[str, float] = {}
        for field in ("heading", "text", "concepts"):
            self._frequency[field] = Counter(word for each in every for word in each.counts[field])
            self._length[field] = sum(each.counts[field].total() for each in every) / max(self._total, 1)

    def score(self, indexed: _Indexed) -> float | None:
        """Return the score of an entry, None where nothing matches."""
        scores = [self._word(indexed, word) for word in self._plan.words]
        scores += [self._named(indexed, named) for named in self._plan.named]
        matched = [score for score in scores if score is not None]
        return sum(matched) if matched else None

    def held(self, field: str, term: str) -> int:
        """Return how many entries hold a term."""
        return self._frequency[field][term]

    def like(self, indexed: _Indexed, terms: Sequence[Term]) -> float | None:
        """Return the score of an entry by weighed terms, None where none of them is there."""
        scores = [
            term.weight * found for term in terms if (found := self._term(indexed, term.field, term.value)) is not None
        ]
        return sum(scores) if scores else None

    def _weight(self, field: str, term: str) -> float:
        frequency = self._frequency[field][term]
        return math.log(1 + (self._total - frequency + 0.5) / (frequency + 0.5))

    def _term(self, indexed: _Indexed, field: str, term: str) -> float | None:
        count = indexed.counts[field][term]
        if not count:
            return None
        length = indexed.counts[field].total() / (self._length[field] or 1)
        return self._weight(field, term) * count * (K1 + 1) / (count + K1 * (1 - B + B * length))

    def _word(self, indexed: _Indexed, word: Word) -> float | None:
        spelt = (word.stem, *word.others)
        text = _highest(self._term(indexed, "text", stem) for stem in spelt)
        heading = _highest(self._term(indexed, "heading", stem) for stem in spelt)
        return None if text is None else text + HEADING * (heading or 0.0)

    def _named(self, indexed: _Indexed, named: Named) -> float | None:
        words = [score for word in named.words if (score := self._word(indexed, word)) is not None]
        spelt_out = sum(words) if words else None
        concept = _highest(self._term(indexed, "concepts", identifier) for identifier in named.ids)
        return _highest((spelt_out, None if concept is None else concept * self._boost(named)))

    def _boost(self, named: Named) -> float:
        known = [identifier for identifier in named.ids if self._frequency["concepts"][identifier]]
        if len(named.words) < 2 or not known:
            return CONCEPT
        words = sum(self._weight("text", word.stem) for word in named.words if self._frequency["text"][word.stem])
        return max(CONCEPT, SPELT_OUT * words / min(self._weight("concepts", identifier) for identifier in known))


class _Tree:
    """An advanced tree over leads; filters score nothing, each phrase that is found scores 1."""

    def __init__(self, tree: Node) -> None:
        self._tree = tree

    def score(self, indexed: _Indexed) -> float | None:
        """Return the score of a document's lead, None where the tree does not hold or the entry is no lead."""
        whole = indexed.entry.whole
        return None if whole is None else self._node(self._tree, indexed.entry.facts, whole)

    def _node(self, node: Node, facts: Facts, whole: Whole) -> float | None:
        match node:
            case Phrase():
                return 1.0 if any(_holds(words, node) for words in _texts(node.field, whole)) else None
            case OneOf():
                return 0.0 if set(node.values) & set(_values(node.field, facts, whole)) else None
            case Years():
                return 0.0 if _within(facts.year, node.since, node.until) else None
            case Both():
                scores = [self._node(each, facts, whole) for each in node.nodes]
                return None if None in scores else sum(score or 0.0 for score in scores)
            case Either():
                found = [score for each in node.nodes if (score := self._node(each, facts, whole)) is not None]
                return sum(found) if found else None
            case Without():
                return 0.0 if self._node(node.node, facts, whole) is None else None


_TEXTS: dict[str, Callable[[Whole], tuple[str, ...]]] = {
    "": lambda whole: (whole.title, whole.abstract, whole.rest),
    "title": lambda whole: (whole.title,),
    "abstract": lambda whole: (whole.abstract,),
    "author": lambda whole: whole.authors,
    "journal": lambda whole: whole.journal,
    "mesh": lambda whole: whole.mesh,
}
"""Field of a phrase -> the texts that it is looked for in."""


def _texts(field: str, whole: Whole) -> list[list[str]]:
    return [exact(text) for text in _TEXTS[field](whole)]


def _holds(words: list[str], phrase: Phrase) -> bool:
    size, fixed = len(phrase.words), phrase.words[:-1]
    for start in range(len(words) - size + 1):
        last = words[start + size - 1]
        ends = last.startswith(phrase.words[-1]) if phrase.prefix else last == phrase.words[-1]
        if ends and tuple(words[start : start + size - 1]) == fixed:
            return True
    return False


def _values(field: str, facts: Facts, whole: Whole) -> tuple[str, ...]:
    if field == "ids":
        return whole.ids
    value: str | tuple[str, ...] = getattr(facts, field)
    return (value,) if isinstance(value, str) else value


def _within(year: int | None, since: int | None, until: int | None) -> bool:
    if since is None and until is None:
        return True
    return year is not None and (since is None or year >= since) and (until is None or year <= until)


def _passes(facts: Facts, filters: Filters) -> bool:
    wanted = ((name, values) for name, values in conditions(filters) if values)
    return _within(facts.year, filters.since, filters.until) and all(
        set(values) & ({value} if isinstance(value := getattr(facts, name), str) else set(value))
        for name, values in wanted
    )


def _highest(scores: Iterable[float | None]) -> float | None:
    found = sorted(score for score in scores if score is not None)
    return found[-1] + OTHERS * sum(found[:-1]) if found else None
