"""An article drawn anew from an answer of today: what stays the same keeps its number, and with it its signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from curbside.desk.differing import paired
from curbside.records import ArticleClaim, ArticleVersion, ReferenceEntry

GONE = "It is not in the answer that the library gives now."
"""Why a claim of the machine's is taken out; it is kept with this, as any that is removed."""


def redrawn(
    before: ArticleVersion, fresh: Sequence[ArticleClaim], references: Sequence[ReferenceEntry]
) -> tuple[tuple[ArticleClaim, ...], tuple[ReferenceEntry, ...]]:
    """Return the claims and the reference list of a version that holds what an answer says now.

    A claim on the same quotes as before keeps its number, and a person's words if it has any. What people took out
    stays out. Words of people that the answer has no place for stay, at the end of their section. What the answer no
    longer says is taken out with that reason; numbers are never used again.

    Args:
        before: the version to draw anew.
        fresh: the answer's sentences as claims, whatever their numbers.
        references: the answer's reference list, which `fresh` is numbered by.
    """
    last = max((claim.number for claim in before.claims), default=0)
    pairs, listed = paired(before.claims, fresh), _List(references, before.references)
    made: list[ArticleClaim] = []
    for place, claim in enumerate(fresh):
        known = pairs.get(place)
        if known is None:
            last += 1
            made.append(replace(claim, number=last))
            continue
        if known.edited or known.removed not in ("", GONE):
            made.append(replace(known, heading=claim.heading, references=listed.numbers(known)))
        else:
            made.append(replace(claim, number=known.number))
    kept = {claim.number for claim in made}
    for claim in before.claims:
        if claim.number in kept:
            continue
        if claim.stands and claim.edited:
            _behind_its_section(made, replace(claim, references=listed.numbers(claim)))
        else:
            made.append(claim if claim.removed else replace(claim, removed=GONE))
    standing = [claim for claim in made if claim.stands]
    return (*standing, *(claim for claim in made if not claim.stands)), listed.entries


def _behind_its_section(made: list[ArticleClaim], claim: ArticleClaim) -> None:
    places = [at for at, each in enumerate(made) if each.heading == claim.heading]
    made.insert(places[-1] + 1 if places else len(made), claim)


class _List:
    """A reference list that grows by what a claim of before stands on."""

    def __init__(self, entries: Sequence[ReferenceEntry], before: Sequence[ReferenceEntry]) -> None:
        self._entries = list(entries)
        self._place = {entry.document: entry.number for entry in entries}
        self._before: Mapping[str, ReferenceEntry] = {entry.document: entry for entry in before}

    @property
    def entries(self) -> tuple[ReferenceEntry, ...]:
        return tuple(self._entries)

    def numbers(self, claim: ArticleClaim) -> tuple[int, ...]:
        """Return the numbers of what a claim stands on, taking in what the list lacks."""
        found: list[int] = []
        for document in dict.fromkeys(quote.document for quote in claim.quotes):
            if document not in self._place and document in self._before:
                self._place[document] = len(self._entries) + 1
                self._entries.append(replace(self._before[document], number=self._place[document]))
            if document in self._place:
                found.append(self._place[document])
        return tuple(found)
