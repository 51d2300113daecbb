"""Makes the index anew from the store, or mends what is missing of it."""

from __future__ import annotations

import time
from collections.abc import Iterator

from curbside.errors import IndexBroken
from curbside.extract.profile import profile
from curbside.language.vocabulary import Vocabulary
from curbside.records import Holding
from curbside.search.base import READY, Index
from curbside.store.base import Store
from curbside.workflows.cites import overdue, relink
from curbside.workflows.follow import Follower, in_step
from curbside.workflows.made import made_by
from curbside.workflows.progress import Progress, Stage, Step, Upkeep, silent, unheard

_STEP = 500


def rebuild(
    store: Store, index: Index, vocabulary: Vocabulary, progress: Progress = silent, upkeep: Upkeep = unheard
) -> int:
    """Drop the index and make it anew; return how many documents it holds then.

    Profiles that another vocabulary or an earlier version of their step made are made again first, and so is who cites
    whom. A process that is killed on the way leaves an index that says it is behind, and is mended at the next opening.
    `progress` is told of the index alone, `upkeep` of every stage that has anything to do.
    """
    reprofile(store, vocabulary, upkeep)
    if late := overdue(store):
        relink(store, upkeep(Stage.CITATIONS, late), total=late)
    seq = store.seq
    total = store.counts().documents
    told = upkeep(Stage.INDEX, total) if total else silent
    start = time.monotonic()
    index.clear()
    done = 0
    for batch in _batches(store.live_holdings()):
        index.apply(batch)
        done += len(batch)
        step = Step(done, total, done, done, total, time.monotonic() - start)
        progress(step)
        told(step)
    index.commit(seq)
    return done


def reprofile(store: Store, vocabulary: Vocabulary, upkeep: Upkeep = unheard) -> int:
    """Make profiles again that are out of date; return how many."""
    maker = made_by(vocabulary)
    total = len(store.stale(maker, store.counts().documents))
    if not total:
        return 0
    told, start, done = upkeep(Stage.PROFILES, total), time.monotonic(), 0
    while ids := store.stale(maker, _STEP):
        store.reprofile({each.document.id: profile(each.document, vocabulary) for each in store.holdings(ids)}, maker)
        done += len(ids)
        told(Step(0, 0, done, done, total, time.monotonic() - start))
    return done


def mend(store: Store, index: Index, vocabulary: Vocabulary, upkeep: Upkeep = unheard) -> bool:
    """Bring the index in step with the store; tell whether there was anything to do.

    What is merely behind is caught up; what is missing, broken or made with another vocabulary is made anew.
    """
    if in_step(store, index):
        return False
    try:
        if index.state() == READY and 0 < index.seq <= store.seq:
            missed = store.seq - index.seq
            Follower(store, index, upkeep(Stage.CHANGES, missed) if missed else silent).finish()
            return True
    except IndexBroken:
        pass
    rebuild(store, index, vocabulary, upkeep=upkeep)
    return True


def _batches(holdings: Iterator[Holding]) -> Iterator[list[Holding]]:
    batch: list[Holding] = []
    for holding in holdings:
        batch.append(holding)
        if len(batch) == _STEP:
            yield batch
            batch = []
    if batch:
        yield batch
