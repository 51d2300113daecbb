"""The question of an audit bundle asked again, and what its answer would say otherwise today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curbside.desk.differing import Change, Run, paired, runs_of
from curbside.records import Answer, ArticleClaim, Filters, digest_of
from curbside.records.bundle import Bundle, BundledFilters
from curbside.workflows.articles import claims_of
from curbside.workflows.bundle_checks import claim_of

Ask = Callable[[str, Filters], Answer]

_LONGEST = 4_000
"""Code points of a sentence that are compared word by word."""


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence of the bundle, or of the answer of today.

    Attributes:
        change: what became of it.
        number: of the claim in the bundle, 0 for one that is new.
        runs: its words, those that went before those that came.
        quotes: whether it stands on other words than before.
        edited: why people had changed its words in the bundle, or "".
    """

    change: Change
    number: int
    runs: tuple[Run, ...]
    quotes: bool = False
    edited: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """What asking again came to.

    Attributes:
        same: whether the answer is, word for word, the one that was drawn then.
        sentences: in the order of today's answer, those that went last.
        cited: titles of works that are cited today and were not.
        dropped: titles of works that were cited and are not today.
    """

    same: bool
    sentences: tuple[SentenceChange, ...]
    cited: tuple[str, ...]
    dropped: tuple[str, ...]


def ask_again(bundle: Bundle, ask: Ask) -> Again:
    """Ask a library the question of a bundle, and hold the answer against it."""
    answer = ask(bundle.question, filters_of(bundle.filters))
    before = [claim_of(each) for each in bundle.claims if not each.removed]
    works = {entry.work for entry in answer.references}
    known = {entry.work for entry in bundle.references}
    return Again(
        digest_of(answer) == bundle.digest,
        tuple(_sentences(before, claims_of(answer))),
        tuple(entry.title for entry in answer.references if entry.work not in known),
        tuple(entry.title for entry in bundle.references if entry.work not in works),
    )


def filters_of(filters: BundledFilters) -> Filters:
    """Return conditions on sources as they are asked with."""
    return Filters(
        filters.kinds,
        filters.evidence,
        filters.since,
        filters.until,
        filters.drugs,
        filters.conditions,
        filters.ages,
        filters.noticed,
        filters.shelves,
    )


def _sentences(before: Sequence[ArticleClaim], after: Sequence[ArticleClaim]) -> list[SentenceChange]:
    """Return what became of each sentence, those that went last."""
    pairs = paired(before, after)
    found = [_change(pairs.get(i), claim) for i, claim in enumerate(after)]
    kept = {claim.number for claim in pairs.values()}
    return [*found, *(_gone(claim) for claim in before if claim.number not in kept)]


def _gone(claim: ArticleClaim) -> SentenceChange:
    return SentenceChange(Change.REMOVED, claim.number, (Run(Change.REMOVED, claim.text),), False, claim.edited)


def _change(before: ArticleClaim | None, after: ArticleClaim) -> SentenceChange:
    if before is None:
        return SentenceChange(Change.ADDED, 0, (Run(Change.ADDED, after.text),))
    quotes = [(q.document, q.words) for q in before.quotes] != [(q.document, q.words) for q in after.quotes]
    if before.text == after.text:
        change = Change.CHANGED if quotes else Change.SAME
        return SentenceChange(change, before.number, (Run(Change.SAME, after.text),), quotes, before.edited)
    if max(len(before.text), len(after.text)) > _LONGEST:
        runs: tuple[Run, ...] = (Run(Change.REMOVED, before.text), Run(Change.ADDED, after.text))
    else:
        runs = runs_of(before.text, after.text)
    return SentenceChange(Change.CHANGED, before.number, runs, quotes, before.edited)
