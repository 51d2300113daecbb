"""What a document cites, as the store keeps it: keys to look up with, and its citation statements with their stance.

Nothing of this is loaded before the first document that cites anything: abstracts pay nothing.
"""

from __future__ import annotations

import re
import time
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
    """Return the judge of stance that comes with Curbside, loaded once for the process."""
    from curbside.inference.stance import DECISION, WEIGHTS, TrainedJudge, decision, shipped
    from curbside.language.scoring import loaded
    from curbside.language.stance_cues import cues_of
    from curbside.language.stance_features import features
    from curbside.language.stance_rules import denied

    return TrainedJudge(features, cues_of, loaded(shipped(WEIGHTS)), decision(shipped(DECISION)), denied)


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
    return linkage_of(document, references), Derived(CITATIONS, citing_maker(judge), packed_citations(citations))


def waiting(store: Store) -> bool:
    """Tell whether anything is out of date of who cites whom; cheap where no document cites anything."""
    if not store.links.stale(CITATIONS, NOBODY, 1):
        return False
    return bool(store.links.stale(CITATIONS, _maker(), 1))


def _maker() -> str:
    from curbside.workflows.citing import citing_maker

    return citing_maker(shipped_judge())


def overdue(store: Store) -> int:
    """Return how many documents are out of date of who cites whom."""
    return len(store.links.stale(CITATIONS, _maker(), store.counts().documents)) if waiting(store) else 0


def relink(store: Store, progress: Progress = silent, most: int | None = None, total: int = 0) -> int:
    """Make again what is out of date of who cites whom, at most `most` documents; return how many were made.

    Documents that an earlier version of Curbside added are among them. It may be killed and goes on where it was.
    Progress is told of `total`, where that is known.
    """
    start, done = time.monotonic(), 0
    while waiting(store) and (most is None or done < most):
        ids = store.links.stale(CITATIONS, _maker(), _STEP if most is None else min(_STEP, most - done))
        made = {each.document.id: linked(each.document, shipped_judge()) for each in store.holdings(ids)}
        store.links.relink(made, CITATIONS)
        done += len(ids)
        progress(Step(0, 0, done, done, total, time.monotonic() - start))
    return done
