"""What a document cites, as the store keeps it: keys to look up with, and its citation statements with their stance.

Nothing of this is loaded before the first document that cites anything: abstracts pay nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from curbside.records import Document
from curbside.store.base import Store
from curbside.store.base_citing import CITATIONS, Derived, Linkage
from curbside.store.linkage import linkage_of
from curbside.store.packing import packed_citations
from curbside.workflows.progress import Progress, Step, silent

if TYPE_CHECKING:
    from curbside.inference.base import StanceJudge
    from curbside.inference.stance import Mixture, Reader

_DOI = re.compile(r"10\.[0-9]{4,9}/")
NOBODY = "-"
"""No maker: what anybody made is not of this one."""

_STEP = 50
"""Documents made again in one transaction; full texts, so that it stays short."""


def may_cite(document: Document) -> bool:
    """Tell, at no cost, whether a document can cite anything; most abstracts cannot."""
    if document.references or document.markers:
        return True
    text = document.text
    return "PMID" in text or "pubmed" in text or "PMC" in text or _DOI.search(text) is not None


@lru_cache(maxsize=1)
def shipped_judge() -> StanceJudge:
    """Return the judge of stance that comes with Curbside, by words alone, loaded once for the process.

    Whatever reads files for an add asks this one, which is quick; what the encoder makes of them is read later, by
    whoever works off what waits.
    """
    return judge_with(None)


def judge_with(both: tuple[Reader, Mixture] | None) -> StanceJudge:
    """Return the judge of stance that comes with Curbside, with a reader to be asked too or, with None, by words."""
    from curbside.inference.stance import DECISION, WEIGHTS, TrainedJudge, decision, shipped
    from curbside.language.scoring import loaded
    from curbside.language.stance_cues import cues_of
    from curbside.language.stance_features import features
    from curbside.language.stance_rules import denied

    return TrainedJudge(features, cues_of, loaded(shipped(WEIGHTS)), decision(shipped(DECISION)), denied, both)


def linked(document: Document, judge: StanceJudge) -> tuple[Linkage, Derived | None]:
    """Return the keys of a sealed document and its citations packed; None where its text cites nothing."""
    if not may_cite(document):
        return linkage_of(document), None
    from curbside.extract.citing_entries import entries
    from curbside.workflows.citing import citations_of, citing_maker

    references = entries(document)
    if not references:
        return linkage_of(document), None
    citations = citations_of(document, judge)
    # Kept also where there is no statement: a later version of the step may find one.
    return linkage_of(document, references), Derived(CITATIONS, citing_maker(judge.name), packed_citations(citations))


def waiting(store: Store, judge: Callable[[], StanceJudge] = shipped_judge) -> bool:
    """Tell whether anything is out of date of who cites whom; cheap where no document cites anything."""
    return bool(_stale(store, judge, 1))


def _stale(store: Store, judge: Callable[[], StanceJudge], most: int) -> list[str]:
    if not store.links.stale(CITATIONS, (NOBODY,), 1):
        return []  # and no judge is loaded
    return store.links.stale(CITATIONS, _makers(judge()), most)


def _makers(judge: StanceJudge) -> tuple[str, ...]:
    """Return what may have made citations that a judge need not make again.

    Where there is no encoder now, what one has read stays: it is the better reading, and two processes that differ in
    their settings would else undo each other's work for ever.
    """
    from curbside.inference.stance import NAME, NAME_BOTH
    from curbside.workflows.citing import citing_maker

    names = (NAME, NAME_BOTH) if judge.name == NAME else (judge.name,)
    return tuple(citing_maker(name) for name in names)


def overdue(store: Store) -> int:
    """Return how many documents are out of date of who cites whom."""
    return len(_stale(store, shipped_judge, store.counts().documents)) if waiting(store) else 0


def made_again(
    store: Store, most: int, judge: Callable[[], StanceJudge] = shipped_judge
) -> dict[str, tuple[Linkage, Derived | None]]:
    """Return what `store.links.relink` takes of at most `most` documents that are out of date of who cites whom.

    Documents that an earlier version of Curbside added are among them, and for a judge with a reader those that were
    judged by words. Nothing is written.
    """
    return {each.document.id: linked(each.document, judge()) for each in store.holdings(_stale(store, judge, most))}


def relink(store: Store, progress: Progress = silent, most: int | None = None, total: int = 0) -> int:
    """Make again what is out of date of who cites whom, at most `most` documents; return how many were made.

    It may be killed and goes on where it was. Progress is told of `total`, where that is known.
    """
    start, done = time.monotonic(), 0
    while (most is None or done < most) and (
        made := made_again(store, _STEP if most is None else min(_STEP, most - done))
    ):
        store.links.relink(made, CITATIONS)
        done += len(made)
        progress(Step(0, 0, done, done, total, time.monotonic() - start))
    return done
