"""One record of a work out of its documents: a bibliographic record, a full text and a note each know a part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from curbside.records import (
    Document,
    DocumentKind,
    Holding,
    Identifiers,
    Journal,
    Notice,
    PartRole,
)
from curbside.records.shelf import author_key, plain
from curbside.records.work import Work

T = TypeVar("T")

_OWN = frozenset({DocumentKind.ARTICLE, DocumentKind.GUIDELINE, DocumentKind.SUMMARY, DocumentKind.TRIAL})
"""Kinds that are the work itself; the others report on it."""


def fullest_first(holdings: Sequence[Holding]) -> list[Holding]:
    """Return the documents of a work, first the one that says most of it and speaks for it.

    Its own text stands before the record of its registration, and both before anybody's report of it; then one with
    an abstract, the longer one, ties by document id.
    """
    return sorted(holdings, key=lambda each: (_rank(each.document), each.document.id))


def described(work: str, holdings: Sequence[Holding]) -> Work:
    """Return the work that `holdings` (at least one) are documents of.

    The first of `fullest_first` leads. A field that it leaves empty is taken from the next document that fills it;
    lists of names, subjects and dates are joined. Contributors come together with their affiliations from one
    document, so that no name ever gets an affiliation that its source does not give it.
    """
    ranked = fullest_first(holdings)
    marked = [each.marked for each in ranked]
    first = marked[0]
    own = [each for each in marked if each.kind in _OWN] or marked[:1]
    people = _people(own)
    record = replace(
        first,
        id="",
        title=_first(each.title for each in own),
        language=_first(each.language for each in own),
        ids=_ids(each.ids for each in marked),
        authors=people.authors,
        affiliations=people.affiliations,
        journal=_journal([each.journal for each in own]),
        dates=_joined((each.dates for each in own), lambda dated: (dated.event,)),
        types=_joined((each.types for each in own), lambda name: (plain(name),)),
        headings=_joined((each.headings for each in own), lambda heading: (plain(heading.name),)),
        keywords=_joined((each.keywords for each in own), lambda word: (plain(word),)),
        notices=_joined((each.notices for each in marked), _noticed),
        mentioned=_joined((each.mentioned for each in own), lambda name: (name,)),
        licence=_first(each.licence for each in own),
        source=_first(each.source for each in own),
        other_titles=_joined((each.other_titles for each in own), lambda pair: (plain(pair[1]),)),
    )
    return Work(work, record, ranked[0], tuple(ranked))


def _rank(document: Document) -> tuple[bool, bool, bool, int]:
    """Return what sorts the work's own fullest text first."""
    return (
        document.kind not in _OWN,
        document.kind is DocumentKind.TRIAL,
        not _abstract_size(document),
        -len(document.text),
    )


def _abstract_size(document: Document) -> int:
    return sum(len(part.span) for part in document.parts if part.role is PartRole.ABSTRACT and not part.group)


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _joined(lists: Iterable[Sequence[T]], key: Callable[[T], tuple[str, ...]]) -> tuple[T, ...]:
    found: dict[tuple[str, ...], T] = {}
    for each in lists:
        for value in each:
            found.setdefault(key(value), value)
    return tuple(found.values())


def _noticed(notice: Notice) -> tuple[str, ...]:
    return (notice.kind.value, str(notice.issued), *notice.ids.keys(), "" if notice.ids.keys() else notice.text)


def _ids(found: Iterable[Identifiers]) -> Identifiers:
    joined = Identifiers()
    for each in found:
        joined = Identifiers(
            joined.pmid or each.pmid,
            joined.pmcid or each.pmcid,
            joined.doi or each.doi,
            joined.nct or each.nct,
            tuple(dict.fromkeys((*joined.others, *each.others))),
        )
    return joined


def _journal(found: Sequence[Journal]) -> Journal:
    """Return what the records say of the journal; volume, issue and pages are those of one of them, never mixed."""
    placed = next((each for each in found if each.volume or each.pages), Journal())
    return Journal(
        _first(each.title for each in found),
        _first(each.abbreviation for each in found),
        _first(each.issn for each in found),
        _first(each.eissn for each in found),
        placed.volume,
        placed.issue,
        placed.pages,
    )


def _people(found: Sequence[Document]) -> Document:
    """Return the document that says most of its contributors, of those that agree with the lead on the first."""
    named = [each for each in found if each.authors]
    if not named:
        return found[0]
    first = author_key(named[0].authors[0])
    agreeing = [each for each in named if author_key(each.authors[0]) == first]
    return max(agreeing, key=lambda each: (len(each.authors), _told(each)))


def _told(document: Document) -> int:
    return sum(bool(author.orcid) + bool(author.affiliations) + len(author.given) for author in document.authors)
