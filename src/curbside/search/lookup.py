"""Plans and trees as tantivy queries."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import FieldType, Occur, Query, Schema, Searcher

from curbside.records import Filters
from curbside.search.advanced import Both, Either, Node, OneOf, Phrase, Without, Years
from curbside.search.expand import Named, Plan, Word
from curbside.search.sample import Term

HEADING = 0.2
"""Weight of a word in the heading (title) beside its weight in the text, which holds the heading too."""

CONCEPT = 1.0
"""Weight of a concept found by its id beside a single word."""

SPELT_OUT = 0.8
"""Share of the words' own weight that a concept of several words keeps where only its id is found (an abbreviation)."""

OTHERS = 0.1
"""Share that the lower ones add where the highest of several scores counts: spellings of a word, names of a concept."""

_DEEPEST = 64
"""Queries put into each other at the most."""

_TEXT_FIELDS = ("title", "abstract", "rest")


@dataclass(frozen=True, slots=True)
class Lookup:
    """Builds queries against one commit of the index.

    Attributes:
        schema: of the index.
        searcher: over the commit; tells how common a word is.
    """

    schema: Schema
    searcher: Searcher

    def plain(self, plan: Plan, filters: Filters, among: Sequence[str] = ()) -> Query | None:
        """Return the scored query of a question, or None where nothing of it is in the index.

        Among some documents it finds every entry of those that meet the filters, also those that share nothing with
        the question, which have no score.
        """
        should = [query for word in plan.words for query in self._word(word)]
        should += [query for named in plan.named if (query := self._named(named))]
        if not should:
            return None
        if not among:
            return self._filtered(_any(should), filters)
        # What is joined by "or" the engine looks up in whole stretches of the index, wanted or not; what only adds to
        # something required is looked up in the required entries alone.
        these = self._filtered(self._constant(self._ids(among)), filters)
        step = -(-len(should) // _DEEPEST)
        for start in range(0, len(should), step):
            these = Query.boolean_query([(Occur.Must, these), (Occur.Should, _any(should[start : start + step]))])
        return these

    def like(self, terms: Sequence[Term], filters: Filters) -> Query:
        """Return the scored query of weighed terms."""
        boosted = [Query.boost_query(self._term(term.field, term.value), term.weight) for term in terms]
        return self._filtered(_any(boosted), filters)

    def documents(self, plan: Plan, filters: Filters, among: Sequence[str] = ()) -> Query:
        """Return the query that finds each matching document once, by its lead."""
        terms = [
            self._term(field, stem)
            for field in ("text", "outside")
            for stem in plan.stems()
            if self._frequency("text", stem)
        ]
        terms += [self._term(field, identifier) for field in ("concepts", "about") for identifier in plan.ids()]
        only_leads = (Occur.Must, self._constant(self._term("lead", "yes")))
        return Query.boolean_query([only_leads, (Occur.Must, self._filtered(_any(terms), filters, among))])

    def these(self, documents: Sequence[str], filters: Filters) -> Query:
        """Return the query that finds, by their leads, those of some documents that meet the filters."""
        only_leads = self._constant(self._term("lead", "yes"))
        return self._filtered(only_leads, filters, documents)

    def within(self, query: Query, filters: Filters) -> Query:
        """Return what of a query meets the filters."""
        return self._filtered(query, filters)

    def having(self, query: Query, field: str, value: str) -> Query:
        """Return what of a query has a value in a field."""
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, self._constant(self._term(field, value)))])

    def advanced(self, tree: Node | None, filters: Filters, among: Sequence[str] = ()) -> Query | None:
        """Return the query of an advanced tree; it looks at whole documents, by their leads."""
        if tree is None:
            return None
        only_leads = (Occur.Must, self._constant(self._term("lead", "yes")))
        return self._filtered(Query.boolean_query([only_leads, (Occur.Must, self._node(tree))]), filters, among)

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self.schema, field, value, index_option=_OPTIONS.get(field, "basic"))

    def _frequency(self, field: str, value: str) -> int:
        return self.searcher.doc_freq(field, value)

    def _weight(self, field: str, value: str) -> float:
        """Return BM25's inverse document frequency."""
        frequency = self._frequency(field, value)
        return math.log(1 + (max(self.searcher.num_docs - frequency, 0) + 0.5) / (frequency + 0.5))

    def _word(self, word: Word) -> list[Query]:
        """Return a word in the text and in the heading; of several spellings the best counts, in each."""
        known = [stem for stem in (word.stem, *word.others) if self._frequency("text", stem)]
        if not known:
            return []
        text = _best([self._term("text", stem) for stem in known])
        headed = [self._term("heading", stem) for stem in known if self._frequency("heading", stem)]
        return [text, Query.boost_query(_best(headed), HEADING)] if headed else [text]

    def _named(self, named: Named) -> Query | None:
        """Return a concept: its words or its id, whichever scores more."""
        words = [query for word in named.words for query in self._word(word)]
        known = [identifier for identifier in named.ids if self._frequency("concepts", identifier)]
        options = [_any(words)] if words else []
        if known:
            options.append(
                Query.boost_query(_best([self._term("concepts", one) for one in known]), self._boost(named, known))
            )
        return _best(options) if options else None

    def _boost(self, named: Named, known: Sequence[str]) -> float:
        """Return the weight of a concept's id: that of its words where it has several, so that CLE is not drowned."""
        if len(named.words) < 2:
            return CONCEPT
        words = sum(self._weight("text", word.stem) for word in named.words if self._frequency("text", word.stem))
        concept = min(self._weight("concepts", identifier) for identifier in known)
        return max(CONCEPT, SPELT_OUT * words / concept) if concept > 0 else CONCEPT

    def _constant(self, query: Query) -> Query:
        """Return the query without a say in the score."""
        return Query.const_score_query(query, 0.0)

    def _filtered(self, query: Query, filters: Filters, among: Sequence[str] = ()) -> Query:
        wanted = [self._one_of(field, values) for field, values in conditions(filters) if values]
        if among:
            wanted.append(self._ids(among))
        if filters.since is not None or filters.until is not None:
            wanted.append(self._years(filters.since, filters.until))
        if not wanted:
            return query
        must = [(Occur.Must, self._constant(condition)) for condition in wanted]
        return Query.boolean_query([(Occur.Must, query), *must])

    def _ids(self, documents: Sequence[str]) -> Query:
        """Return ids one by one: looking a set of them up in the list of all ids takes thrice as long."""
        return _any([self._term("document", document) for document in documents])

    def _one_of(self, field: str, values: Sequence[str]) -> Query:
        return Query.term_set_query(self.schema, field, list(values))

    def _years(self, since: int | None, until: int | None) -> Query:
        first, last = max(since or 0, 0), min(9999 if until is None else until, 9999)
        if first > last:
            return Query.empty_query()
        return Query.range_query(self.schema, "year", FieldType.Integer, first, last)

    def _node(self, node: Node) -> Query:
        match node:
            case Phrase():
                return _any([self._phrase(field, node) for field in ((node.field,) if node.field else _TEXT_FIELDS)])
            case OneOf():
                return self._constant(self._one_of(node.field, node.values))
            case Years():
                return self._constant(self._years(node.since, node.until))
            case Both():
                return Query.boolean_query([(Occur.Must, self._node(each)) for each in node.nodes])
            case Either():
                return _any([self._node(each) for each in node.nodes])
            case Without():
                everything = (Occur.Must, self._constant(Query.all_query()))
                return Query.boolean_query([everything, (Occur.MustNot, self._node(node.node))])

    def _phrase(self, field: str, node: Phrase) -> Query:
        if node.prefix:
            return self._prefix(field, node.words)
        if len(node.words) == 1:
            return self._term(field, node.words[0])
        return Query.phrase_query(self.schema, field, list(node.words))

    def _prefix(self, field: str, words: tuple[str, ...]) -> Query:
        """Return words of which the last goes on; exact analysis leaves letters and digits only, so no escaping."""
        going_on = f"{words[-1]}.*"
        if len(words) == 1:
            return Query.regex_query(self.schema, field, going_on)
        return Query.regex_phrase_query(self.schema, field, [*words[:-1], going_on])


_OPTIONS = {"text": "freq", "heading": "freq", "concepts": "freq"} | dict.fromkeys(
    ("title", "abstract", "rest", "author", "journal", "mesh"), "position"
)


def conditions(filters: Filters) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the filters other than years as (field of an entry, values of which one must be there) pairs."""
    noticed = () if filters.noticed is None else ("yes" if filters.noticed else "no",)
    return (
        ("kind", filters.kinds),
        ("evidence", filters.evidence),
        ("drugs", filters.drugs),
        ("conditions", filters.conditions),
        ("ages", filters.ages),
        ("noticed", noticed),
        ("shelves", filters.shelves),
    )


def _any(queries: Sequence[Query]) -> Query:
    """Return the sum of the scores of those that match."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _best(queries: Sequence[Query]) -> Query:
    """Return the highest of the scores of those that match, and `OTHERS` of the rest."""
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(list(queries), OTHERS)
