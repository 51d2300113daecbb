"""Browse: what each value of each filter would leave of a search, for the list beside its hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from curbside.language.vocabulary import Vocabulary
from curbside.records import Facets, Filters, Order, Query
from curbside.search.base import Index
from curbside.store.base import Store

_READ = 50
"""Best hits that are read for the drugs and conditions they are about."""

_OFFERED = 6
_DECADES = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter and what it would leave.

    Attributes:
        value: as the filter takes it; of years "2010-2019", with "" for an open end.
        name: as people read it.
        count: documents that match with this value in place of what the filter is set to now.
        chosen: whether the filter is set to it.
    """

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """How many documents each value of each filter would leave; values that leave none are left out.

    Attributes:
        kinds, evidence, ages, notice: all values.
        years: decades, those before the fifth together.
        drugs, conditions: what most of the best hits are about, and what is chosen.
    """

    kinds: tuple[Choice, ...] = ()
    evidence: tuple[Choice, ...] = ()
    years: tuple[Choice, ...] = ()
    ages: tuple[Choice, ...] = ()
    notice: tuple[Choice, ...] = ()
    drugs: tuple[Choice, ...] = ()
    conditions: tuple[Choice, ...] = ()


def choices(query: Query, store: Store, index: Index, vocabulary: Vocabulary) -> Choices:
    """Return what each value of each filter would leave of a search.

    Args:
        query: with its expansions (as `Found.query` has it); its page and order do not matter.
        store: holds the documents.
        index: counts.
        vocabulary: names the concepts.

    Raises:
        IndexBroken: if the index cannot be read.
    """
    given = query.filters
    as_given = index.facets(query)

    def without(field: str) -> Facets:
        """Count with one filter taken off: several values of a filter are alternatives, not conditions."""
        if getattr(given, field) == getattr(Filters(), field):
            return as_given
        return index.facets(replace(query, filters=_with(given, field, ())))

    def count(filters: Filters) -> int:
        # A list by year is found by words alone; the other leg finds what is near, and that has no end to be counted.
        return index.search(replace(query, filters=filters, offset=0, limit=1, order=Order.NEWEST)).total

    drugs, conditions = _about(query, store, index)

    def named(field: str, ids: Sequence[str]) -> tuple[Choice, ...]:
        chosen: tuple[str, ...] = getattr(given, field)
        found: list[Choice] = []
        for one in dict.fromkeys([*chosen, *ids[:_OFFERED]]):
            concept = vocabulary.get(one)
            number = count(_with(given, field, (one,)))
            found.append(Choice(one, concept.name if concept else one, number, one in chosen))
        return _telling(found)

    dated = index.facets(replace(query, filters=replace(given, since=None, until=None))) if _dated(given) else as_given
    notice = [
        Choice(value, name, count(replace(given, noticed=noticed)), given.noticed is noticed)
        for value, name, noticed in (("yes", "with a notice", True), ("no", "without a notice", False))
    ]
    return Choices(
        kinds=_fixed(without("kinds").kinds, given.kinds),
        evidence=_fixed(without("evidence").evidence, given.evidence),
        years=_decades(dated.years, given),
        ages=_fixed(without("ages").ages, given.ages),
        notice=_telling(notice),
        drugs=named("drugs", drugs),
        conditions=named("conditions", conditions),
    )


def _with(filters: Filters, field: str, values: tuple[str, ...]) -> Filters:
    changes: dict[str, tuple[str, ...]] = {field: values}
    return replace(filters, **changes)  # pyright: ignore[reportArgumentType]


def _dated(filters: Filters) -> bool:
    return filters.since is not None or filters.until is not None


def _fixed(counts: Sequence[tuple[str, int]], chosen: Sequence[str]) -> tuple[Choice, ...]:
    found = [Choice(value, value, number, value in chosen) for value, number in counts]
    missing = [Choice(value, value, 0, True) for value in chosen if value not in dict(counts)]
    return (*found, *missing)


def _decades(years: Sequence[tuple[int, int]], given: Filters) -> tuple[Choice, ...]:
    """Return the decades of the years counted, latest first; what is earlier than the fifth stands together."""
    counts: Counter[int] = Counter()
    for year, number in years:
        counts[year // 10 * 10] += number
    decades = sorted(counts, reverse=True)
    found = [
        Choice(f"{each}-{each + 9}", f"{each}–{each + 9}", counts[each], (given.since, given.until) == (each, each + 9))
        for each in decades[:_DECADES]
    ]
    earlier = decades[_DECADES:]
    if earlier:
        last = earlier[0] + 9
        number = sum(counts[each] for each in earlier)
        found.append(Choice(f"-{last}", f"before {last + 1}", number, (given.since, given.until) == (None, last)))
    return tuple(found)


def _telling(found: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choices that leave something, those chosen first, then those that leave most."""
    left = [choice for choice in found if choice.count or choice.chosen]
    return tuple(sorted(left, key=lambda choice: (not choice.chosen, -choice.count)))


def _about(query: Query, store: Store, index: Index) -> tuple[list[str], list[str]]:
    """Return the drugs and conditions that most of the best hits are about, most first."""
    best = index.search(replace(query, offset=0, limit=_READ, order=Order.BEST)).hits
    drugs: Counter[str] = Counter()
    conditions: Counter[str] = Counter()
    for holding in store.holdings([hit.document for hit in best]):
        drugs.update(holding.profile.drugs)
        conditions.update(holding.profile.conditions)
    return _most(drugs), _most(conditions)


def _most(counts: Counter[str]) -> list[str]:
    return [one for one, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
