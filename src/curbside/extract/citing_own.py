"""Self-citation: whether the authors of a document and those of a work that it cites share a name and initial."""

from __future__ import annotations

from collections.abc import Iterable

from curbside.extract.citing_entries import families
from curbside.language.linear import linear
from curbside.records import Author, Reference, letters_of

Signature = tuple[str, str]
"""Letters of a family name, and of the first initial."""

_BEHIND = linear(r"^,?[\s\x{a0}]{0,2}([A-ZÀ-ÞĀ-Ž])")
_REACH = 40  # the longest given names
_LONGEST = 4_000
"""Code points of an entry in which names are looked for."""


def own_names(authors: Iterable[Author]) -> frozenset[Signature]:
    """Return the signatures of a document's authors; those without given names or initials have none."""
    pairs = ((letters_of(author.family), letters_of(author.given)[:1]) for author in authors)
    return frozenset((family, initial) for family, initial in pairs if family and initial)


def signed(reference: Reference) -> frozenset[Signature]:
    """Return the signatures of an entry's authors, initials from its words.

    "Blomberg AB, Kim C" and "A. B. Blomberg, C. Kim" are both understood; the first name tells which of them a list
    goes by. A name whose initial is not printed has none.
    """
    text = reference.text[:_LONGEST]
    found: set[Signature] = set()
    place = 0
    before = False
    for number, family in enumerate(families(reference)):
        at = text.find(family, place) if family else -1
        if at < 0:
            continue
        place = at + len(family)
        ahead = _ahead(text[max(0, at - _REACH) : at])
        if number == 0:
            before = bool(ahead)
        behind = _BEHIND.match(text[place : place + 6])
        initial = ahead if before else behind.group(1) if behind is not None else ""
        if initial:
            found.add((letters_of(family), letters_of(initial)))
    return frozenset(found)


def _ahead(lead: str) -> str:
    """Return the first initial of the given names that `lead` ends in ("J", "J. P. ", "Jane "), or ""."""
    first = ""
    for word in reversed(lead.replace(".", ". ").replace("\u00a0", " ").split(" ")):
        bare = word.rstrip(".")
        if bare and not (bare[0].isupper() and bare.replace("-", "").isalpha()):
            break
        first = bare[:1] or first
    return first if lead[-1:] in " .\u00a0" else ""


def self_citation(own: frozenset[Signature], reference: Reference) -> bool:
    """Tell whether one of the signatures `own` is among an entry's; names without initials never say so."""
    return bool(own) and not own.isdisjoint(signed(reference))
