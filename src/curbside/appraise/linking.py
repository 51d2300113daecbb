"""From an entry of a reference list to the work it names: by identifier, else by what it says, scored and flagged.

A link never makes two records one work: it says where a reader may look, and how sure that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curbside.records import Document, Linked, Reference, Resolution, letters_of, title_key, year_in

LEAST = 0.8
"""Score from which on an entry without identifier is linked: title alike, and neither year nor author against it."""

_TITLE, _YEAR, _AUTHOR = 0.5, 0.25, 0.25
_UNKNOWN = 0.5
"""Share of a part's weight where one side does not say."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that an entry may name.

    Attributes:
        work: id of the work.
        keys: its joining keys.
        titles: its titles.
        year: four digits, or "".
        authors: its authors' family names, in order.
    """

    work: str
    keys: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    year: str = ""
    authors: tuple[str, ...] = ()


def candidate(work: str, document: Document) -> Candidate:
    """Return a work as its document describes it."""
    titles = (document.title, *(title for _, title in document.other_titles))
    authors = tuple(author.family or author.collective for author in document.authors)
    return Candidate(work, document.ids.keys(), titles, str(document.year or ""), authors)


def keys_of(reference: Reference) -> tuple[str, ...]:
    """Return the keys to look candidates up with: joining keys, or where there are none the key of the title."""
    keys = reference.ids.keys()
    if keys or not reference.title:
        return keys
    key = title_key(reference.title, reference.year, reference.authors[0] if reference.authors else "")
    return (key,) if key else ()


def link(index: int, reference: Reference, candidates: Iterable[Candidate]) -> Linked:
    """Return the work that an entry names.

    By identifier the strongest key decides (PMID, DOI, PMCID); where the others name another work, the link is
    flagged. By description only an entry without identifiers is linked: to the candidate that scores best, if it
    scores `LEAST` and no other as much; such a link is always flagged.

    Args:
        index: of the entry.
        reference: the entry.
        candidates: works that share a key of `keys_of` with it; a few, looked up by the caller.
    """
    keys = reference.ids.keys()
    found = list(candidates)
    if keys:
        holders = [each.work for key in keys for each in found if key in each.keys]
        works = list(dict.fromkeys(holders))
        return Linked(index, works[0] if works else "", Resolution.IDENTIFIER, float(bool(works)), len(works) > 1)
    if not keys_of(reference):
        return Linked(index, "", None)
    scored = sorted(((score(reference, each), each.work) for each in found), reverse=True)
    best = scored[0] if scored else (0.0, "")
    rivals = {work for points, work in scored if points >= best[0] and work != best[1]}
    if best[0] < LEAST or rivals:
        return Linked(index, "", Resolution.DESCRIPTION, best[0], bool(scored) and best[0] >= LEAST)
    return Linked(index, best[1], Resolution.DESCRIPTION, best[0], True)


def score(reference: Reference, work: Candidate) -> float:
    """Return how well a work fits what an entry says, 0 to 1: title one half, year and first author a quarter each."""
    points = _TITLE * max((_alike(reference.title, title) for title in work.titles), default=0.0)
    points += _YEAR * _year(year_in(reference.year), work.year)
    points += _AUTHOR * _author(reference.authors, work.authors)
    return round(points, 3)


def _alike(one: str, other: str) -> float:
    """Return 1.0 for printings of one title, else the share of words that two titles have in common (Dice)."""
    if letters_of(one) == letters_of(other):
        return 1.0
    ours, theirs = set(map(letters_of, one.split())), set(map(letters_of, other.split()))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def _year(one: str, other: str) -> float:
    if not one or not other:
        return _UNKNOWN
    return {0: 1.0, 1: 0.7}.get(abs(int(one) - int(other)), 0.0)  # online in December, in print in January


def _author(listed: Sequence[str], held: Sequence[str]) -> float:
    ours = letters_of(listed[0]) if listed else ""
    theirs = [letters_of(name) for name in held]
    if not ours or not theirs:
        return _UNKNOWN
    return 1.0 if ours == theirs[0] else 0.6 if ours in theirs else 0.0
