"""Citations of a work or an author: who cites it, in which words and how, and what it cites itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from curbside.appraise.flagged import Reviewed
from curbside.appraise.linking import Candidate, candidate, keys_of, link
from curbside.appraise.tallies import Counted, stance_tally
from curbside.errors import NotHeld, UsageError
from curbside.extract.citing_entries import entries
from curbside.inference.base import StanceJudge
from curbside.records import (
    Citation,
    Document,
    Filters,
    Holding,
    Linked,
    Order,
    Query,
    Quote,
    Reference,
    Resolution,
    Span,
    Stance,
    StanceTally,
)
from curbside.records.cited import CitationsShown, CitedEntry, CitedStub, ShownCitation
from curbside.records.similar import Glance
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.store.base_citing import CitedIn, EntryKeys
from curbside.workflows.find import EVERYTHING
from curbside.workflows.judged import citations_in
from curbside.workflows.show import show

PAGE = 50
"""Statements shown at a time."""

MOST_WORKS = 500
"""Works of an author whose citations are looked up."""

AUTHOR, ORCID = "author:", "orcid:"
"""How the key of an author begins (`records.shelf`)."""

_ORDER = (Stance.CONTRASTING, Stance.SUPPORTING, Stance.MENTIONING)


@dataclass(frozen=True, slots=True)
class _Found:
    """A citation about what was asked, before its words are loaded."""

    citation: Citation
    place: CitedIn
    link: Linked
    glance: Glance
    changed: tuple[str, ...]


def citations(
    name: str, store: Store, index: Index, judge: StanceJudge, limit: int = PAGE, offset: int = 0
) -> CitationsShown:
    """Return the citations of what `name` names: a work or document by any id, or an author by the shelf's key.

    Statements come from the library's own documents; those that were added before there were citations are read now.

    Raises:
        NotHeld: if the library shows nothing under it.
        UsageError: if `limit` or `offset` is below 0.
        IndexBroken: if the index cannot be read for an author.
    """
    if limit < 0 or offset < 0:
        raise UsageError("A page of citations begins at 0 or later and has 0 or more statements.")
    author = name.startswith((AUTHOR, ORCID))
    works = works_of_author(name, store, index) if author else (show(name, store)[0].work,)
    own = {} if author else {each.document.id: each.document for each in store.holdings(store.documents_of(works[0]))}
    found, unstated = _citing(works, store, judge)
    page = found[offset : offset + limit]
    lead = next(iter(own.values()), None)
    return CitationsShown(
        name=name if author else works[0],
        title=lead.title if lead is not None else name,
        documents=tuple(own),
        tally=_tally(found),
        citing=tuple(_worded(page, store)),
        total=len(found),
        offset=offset,
        unstated=unstated,
        cited=tuple(_cited(own, store, judge)),
    )


def works_of_author(key: str, store: Store, index: Index) -> tuple[str, ...]:
    """Return the works that stand on the shelf under an author's key.

    Raises:
        NotHeld: if there is none.
    """
    query = Query(EVERYTHING, (), Filters(shelves=(key,)), True, MOST_WORKS, 0, order=Order.NEWEST)
    glances = store.glances([hit.document for hit in index.search(query).hits])
    works = tuple(dict.fromkeys(each.work for each in glances))
    if not works:
        raise NotHeld(f"The library shows no work of {key!r}. An author's key is family name and initial: author:kim,j")
    return works


def _citing(works: Sequence[str], store: Store, judge: StanceJudge) -> tuple[list[_Found], tuple[str, ...]]:
    """Return every citation of some works, in the order they are shown, and the works that cite without a statement."""
    places = [(work, place) for work in works for place in store.links.citing(work)]
    documents = list(dict.fromkeys(place.document for _, place in places))
    glances = {each.document: each for each in store.glances(documents)}
    made = citations_in(documents, store, judge)
    candidates = _candidates([work for work, place in places if place.by_title], store)
    by_entry: dict[tuple[str, int], list[Reviewed]] = {}
    for document, each in made.items():
        for one in each:
            by_entry.setdefault((document, one.citation.reference), []).append(one)
    found: list[_Found] = []
    listed: set[str] = set()
    for work, place in places:
        linked = _linked(work, place, candidates, store)
        if linked is None or place.document not in glances:
            continue
        listed.add(place.work)
        for one in by_entry.get((place.document, place.entry), ()):
            found.append(_Found(one.citation, place, linked, glances[place.document], _who(one)))
    found.sort(key=_place)
    stated = {each.place.work for each in found}
    return found, tuple(sorted(listed - stated))


def _place(found: _Found) -> tuple[int, int, str, int]:
    marker = found.citation.statement.marker
    stance = _ORDER.index(found.citation.judgement.stance)
    return stance, -(found.glance.year or 0), found.place.document, marker.start


def _candidates(works: Iterable[str], store: Store) -> dict[str, Candidate]:
    wanted = dict.fromkeys(works)
    documents = [document for work in wanted for document in store.documents_of(work)]
    made: dict[str, Candidate] = {}
    for each in store.holdings(documents):
        made.setdefault(each.work, candidate(each.work, each.document))
    return made


def _linked(work: str, place: CitedIn, candidates: Mapping[str, Candidate], store: Store) -> Linked | None:
    """Return how an entry was joined to a work; None where its likeness of title does not hold up."""
    if not place.by_title:
        return Linked(place.entry, work, Resolution.IDENTIFIER, 1.0)
    held = store.holdings([place.document])
    listed = entries(held[0].document) if held else ()
    if place.entry >= len(listed) or work not in candidates:
        return None
    found = link(place.entry, listed[place.entry], [candidates[work]])
    return found if found.work == work else None


def _who(one: Reviewed) -> tuple[str, ...]:
    return one.changed.agreed if one.changed else ()


def _tally(found: Sequence[_Found]) -> StanceTally:
    return stance_tally(map(_counted, found))


def _counted(each: _Found) -> Counted:
    return Counted(each.citation, each.link.work, each.place.work, each.glance.year, each.glance.profile.retracted)


def counted(works: Sequence[str], store: Store, judge: StanceJudge) -> list[Counted]:
    """Return every citation of some works of the library, for a tally."""
    return [_counted(each) for each in _citing(works, store, judge)[0]]


def _worded(found: Sequence[_Found], store: Store) -> Iterable[ShownCitation]:
    """Yield citations with the words of the documents they stand in."""
    holdings = {each.document.id: each for each in store.holdings(list({each.place.document for each in found}))}
    listed: dict[str, Sequence[Reference]] = {}
    for each in found:
        holding = holdings.get(each.place.document)
        if holding is not None:
            references = listed.setdefault(each.place.document, entries(holding.document))
            yield _shown(each.citation, holding, references, each.link, each.glance, each.changed)


def _shown(
    citation: Citation,
    holding: Holding,
    references: Sequence[Reference],
    linked: Linked,
    glance: Glance,
    changed: tuple[str, ...] = (),
) -> ShownCitation:
    document, statement = holding.document, citation.statement
    return ShownCitation(
        citation=citation,
        work=holding.work,
        title=document.title,
        year=document.year,
        sentence=_quoted(document, statement.sentence),
        before=_quoted(document, statement.before) if statement.before is not None else None,
        after=_quoted(document, statement.after) if statement.after is not None else None,
        entry=references[citation.reference].text if citation.reference < len(references) else "",
        link=linked,
        retracted=glance.profile.retracted,
        changed=changed,
    )


def _quoted(document: Document, span: Span) -> Quote:
    return Quote(document.id, span, span.of(document.text))


def _cited(own: Mapping[str, Document], store: Store, judge: StanceJudge) -> Iterable[CitedEntry]:
    """Yield what a work cites: the entries of that of its documents which lists most."""
    lists = {name: entries(document) for name, document in own.items()}
    best = max(lists, key=lambda name: len(lists[name]), default="")
    if not best or not lists[best]:
        return
    holding, references = store.holdings([best])[0], lists[best]
    glance = store.glances([best])[0]
    keys = {each.entry: each for each in store.links.cited(best)}
    stated: dict[int, list[tuple[Citation, tuple[str, ...]]]] = {}
    for one in citations_in([best], store, judge).get(best, ()):
        stated.setdefault(one.citation.reference, []).append((one.citation, _who(one)))
    links = {at: _named(at, each, keys.get(at), store) for at, each in enumerate(references)}
    held = _titles([each.work for each in links.values() if each.work], store)
    for at, reference in enumerate(references):
        linked = links[at]
        title = held.get(linked.work)
        shown = tuple(
            _shown(citation, holding, references, linked, glance, changed) for citation, changed in stated.get(at, ())
        )
        stub = _stub(reference, store) if not linked.work else None
        yield CitedEntry(
            at, reference.label or str(at + 1), reference.text, linked, title.title if title else "",
            title.profile.retracted if title else False, stub, shown,
        )  # fmt: skip


def _named(at: int, reference: Reference, keys: EntryKeys | None, store: Store) -> Linked:
    """Return the work that an entry names, among those the store finds under its keys."""
    works = keys.works if keys is not None else ()
    if keys is not None and keys.by_title:
        return link(at, reference, _candidates(works, store).values())
    return link(at, reference, [Candidate(work, reference.ids.keys()) for work in works])


def _titles(works: Iterable[str], store: Store) -> dict[str, Glance]:
    documents = [document for work in dict.fromkeys(works) for document in store.documents_of(work)[:1]]
    return {each.work: each for each in store.glances(documents)}


def _stub(reference: Reference, store: Store) -> CitedStub:
    """Return what is known of a work that the library does not hold."""
    keys = keys_of(reference)
    citing = {place.work for key in keys for place in store.links.citing_key(key)}
    return CitedStub(
        keys[0] if keys else "", reference.title, reference.year, reference.authors, reference.ids, reference.text,
        len(citing),
    )  # fmt: skip
