"""Tallies of stances: of a work, held or not, of an author's works, of what is claimed of a drug for a condition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curbside.appraise.tallies import Counted, stance_tally
from curbside.errors import NotHeld, UsageError
from curbside.inference.base import StanceJudge
from curbside.language.vocabulary import Vocabulary
from curbside.records import Filters, Listed, Query, StanceTally
from curbside.records.shelf import shelf_key
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.store.naming import names_of
from curbside.workflows.cited import counted, works_of_author
from curbside.workflows.find import EVERYTHING
from curbside.workflows.judged import citations_in
from curbside.workflows.narrow import Wish, narrow

MOST = 1_000
"""Documents on a drug and a condition whose citations are counted at the most; it is said where there are more."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """A tally with what it is of.

    Attributes:
        of: "work", "author" or "claim".
        name: work id, or joining key of a work that is not held; the author's key; ids of drug and condition.
        title: title of the work, or the names as asked for.
        works: works of the library whose citations are counted.
        matched: documents that match in all, where it is a claim; else 0.
        tally: the counts.
        with_retracted: whether citations by retracted works are counted with the others.
        said: words on the work itself, for a work.
    """

    of: str
    name: str
    title: str
    works: int
    matched: int
    tally: StanceTally
    with_retracted: bool = False
    said: tuple[Listed, ...] = ()


def tally_of_work(name: str, store: Store, judge: StanceJudge, retracted: bool = False) -> Tallied:
    """Return the tally of a work by any id; one that is not held is known by what the library's documents cite.

    Raises:
        NotHeld: if nothing is held under the name and nothing cites it.
    """
    try:
        lead = store.holdings(store.resolve(name))[0]
    except NotHeld:
        keys = [key for key in names_of(name) if ":" in key]
        places = [place for key in keys for place in store.links.citing_key(key)]
        if not places:
            raise
        found = _at({(place.document, place.entry): place.work for place in places}, keys[0], store, judge)
        said = store.gate.look(keys[0]).said
        return Tallied("work", keys[0], "", 0, 0, stance_tally(found, retracted), retracted, said)
    tally = stance_tally(counted((lead.work,), store, judge), retracted)
    return Tallied("work", lead.work, lead.document.title, 1, 0, tally, retracted, lead.elsewhere)


def _at(places: dict[tuple[str, int], str], cited: str, store: Store, judge: StanceJudge) -> Iterable[Counted]:
    documents = list(dict.fromkeys(document for document, _ in places))
    glances = {each.document: each for each in store.glances(documents)}
    for document, found in citations_in(documents, store, judge).items():
        for one in found:
            place = (document, one.citation.reference)
            if place in places and document in glances:
                glance = glances[document]
                yield Counted(one.citation, cited, places[place], glance.year, glance.profile.retracted)


def tally_of_author(name: str, store: Store, index: Index, judge: StanceJudge, retracted: bool = False) -> Tallied:
    """Return the tally of an author's works: "Blomberg, J", an ORCID iD, or a key of the shelf.

    Raises:
        UsageError: if that is no name.
        NotHeld: if the library shows no work under it.
        IndexBroken: if the index cannot be read.
    """
    key = shelf_key(name if name.startswith(("author:", "orcid:")) else f"orcid:{name}") or shelf_key(f"author:{name}")
    if not key:
        raise UsageError(f"{name!r} is no name. Give the family name, a comma and the given name: “Blomberg, J”.")
    works = works_of_author(key, store, index)
    tally = stance_tally(counted(works, store, judge), retracted)
    return Tallied("author", key, name, len(works), 0, tally, retracted)


def tally_of_claim(
    drug: str,
    condition: str,
    store: Store,
    index: Index,
    vocabulary: Vocabulary,
    judge: StanceJudge,
    retracted: bool = False,
) -> Tallied:
    """Return the tally of the works that are about a drug and a condition, both by name or id.

    A retracted work on them is itself left out, unless `retracted` is set.

    Raises:
        UnknownValue: for a name that means no drug, or no condition.
        IndexBroken: if the index cannot be read.
    """
    meant = narrow(Wish(drugs=(drug,), conditions=(condition,)), vocabulary)
    filters = Filters(drugs=meant.drugs, conditions=meant.conditions)
    hits = index.search(Query(EVERYTHING, (), filters, advanced=True, limit=MOST))
    shown = store.glances([hit.document for hit in hits.hits])
    works = tuple(dict.fromkeys(each.work for each in shown if retracted or not each.profile.retracted))
    tally = stance_tally(counted(works, store, judge), retracted)
    name = " × ".join((meant.drugs[0], meant.conditions[0]))
    return Tallied("claim", name, f"{drug} for {condition}", len(works), hits.total, tally, retracted)
