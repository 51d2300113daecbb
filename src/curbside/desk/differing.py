"""What changed between two versions of an article, claim by claim and word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from curbside.records import ArticleClaim, ArticleVersion


class Change(StrEnum):
    """What became of a claim, or of a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both versions, or in one of them."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim in two versions.

    Attributes:
        number: of the claim.
        change: what became of it.
        runs: its words, those that went before those that came.
        why: the reason that was given for the change or the removal, or "".
        quotes: whether it stands on other words than before.
    """

    number: int
    change: Change
    runs: tuple[Run, ...]
    why: str = ""
    quotes: bool = False


def runs_of(before: str, after: str) -> tuple[Run, ...]:
    """Return the words of two texts as runs; all runs but the added make `before`, all but the removed `after`."""
    old, new = _words(before), _words(after)
    found: list[Run] = []
    # Without its guess at junk, which would take frequent words of a long text for none.
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run(Change.SAME, " ".join(old[i:j])))
            continue
        if j > i:
            found.append(Run(Change.REMOVED, " ".join(old[i:j])))
        if m > k:
            found.append(Run(Change.ADDED, " ".join(new[k:m])))
    return tuple(found)


def changes(before: ArticleVersion, after: ArticleVersion) -> tuple[ClaimChange, ...]:
    """Return what became of each claim, in the order of the later version, those that went last."""
    old = {claim.number: claim for claim in before.standing}
    found = [_claim(old.get(claim.number), claim) for claim in after.standing]
    gone = {claim.number: claim for claim in after.claims if not claim.stands}
    still = {claim.number for claim in after.standing}
    for number, claim in old.items():
        if number not in still:
            why = gone[number].removed if number in gone else ""
            found.append(ClaimChange(number, Change.REMOVED, (Run(Change.REMOVED, claim.text),), why))
    return tuple(found)


def paired(before: Sequence[ArticleClaim], after: Sequence[ArticleClaim]) -> dict[int, ArticleClaim]:
    """Return place in `after` -> the claim it was before: of the same key, else the same words, else first quote.

    Each claim is taken once, and no looser likeness takes what a closer one would have.
    """
    left = dict(enumerate(before))
    pairs: dict[int, ArticleClaim] = {}
    for alike in (_key, _text, _place):
        waiting: dict[object, list[int]] = {}
        for place, claim in left.items():
            waiting.setdefault(alike(claim), []).append(place)
        for i, claim in enumerate(after):
            places = waiting.get(alike(claim), []) if i not in pairs else []
            if places:
                pairs[i] = left.pop(places.pop(0))
    return pairs


def _key(claim: ArticleClaim) -> object:
    return claim.key


def _text(claim: ArticleClaim) -> object:
    return claim.text


def _place(claim: ArticleClaim) -> object:
    return (claim.quotes[0].document, claim.quotes[0].words) if claim.quotes else claim.number


def _claim(before: ArticleClaim | None, after: ArticleClaim) -> ClaimChange:
    if before is None:
        return ClaimChange(after.number, Change.ADDED, (Run(Change.ADDED, after.text),), after.edited)
    quotes = [(q.document, q.words) for q in before.quotes] != [(q.document, q.words) for q in after.quotes]
    if before.text == after.text and not quotes:
        return ClaimChange(after.number, Change.SAME, (Run(Change.SAME, after.text),))
    return ClaimChange(after.number, Change.CHANGED, runs_of(before.text, after.text), after.edited, quotes)


def _words(text: str) -> Sequence[str]:
    return text.split()
