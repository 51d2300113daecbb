"""Narrow: filters as people write them, in words and names, to the conditions that an index understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from curbside.answer.source_words import kinds_called
from curbside.errors import UnknownValue
from curbside.language.vocabulary import Vocabulary
from curbside.records import Concept, Filters
from curbside.records.shelf import SHELVES, shelf_key
from curbside.search.advanced import AGES, DESIGNS, KINDS


@dataclass(frozen=True, slots=True)
class Wish:
    """Filters as they are typed; empty means no condition, several values mean any of them.

    Attributes:
        kinds: kinds of document ("article").
        designs: kinds of evidence, or what else they go by ("rct").
        ages: age groups.
        drugs, conditions: names or ids of concepts.
        since, until: years, both included.
        noticed: only works with (True) or without (False) an editorial notice.
        shelves: places on the shelf ("author:Lee, Ann", "journal:Blood"), see `curbside.records.shelf.shelf_key`.
    """

    kinds: Sequence[str] = ()
    designs: Sequence[str] = ()
    ages: Sequence[str] = ()
    drugs: Sequence[str] = ()
    conditions: Sequence[str] = ()
    since: int | None = None
    until: int | None = None
    noticed: bool | None = None
    shelves: Sequence[str] = ()


CHOICES: Mapping[str, Mapping[str, str]] = MappingProxyType({"kinds": KINDS, "designs": DESIGNS, "ages": AGES})
"""Field of a `Wish` with a fixed set of values -> what may be typed, in lower case -> what it means."""

LAST_YEAR = 9_999
"""The last year that a filter may name."""

_WANTED = {"drugs": ("d", "k"), "conditions": ("c",)}
"""Field of a `Wish` that names concepts -> first letters of the ids that fit."""


def narrow(wish: Wish, vocabulary: Vocabulary) -> Filters:
    """Return the filters that a wish stands for.

    Raises:
        UnknownValue: for the first value or name that means nothing, with what it may be.
    """
    for field, year in (("since", wish.since), ("until", wish.until)):
        if year is not None and not 0 <= year <= LAST_YEAR:
            raise UnknownValue(field, str(year), f"{year} is no year. Give one like 2019.")
    if wish.since is not None and wish.until is not None and wish.since > wish.until:
        raise UnknownValue("until", str(wish.until), f"no year lies from {wish.since} to {wish.until}.")
    return Filters(
        kinds=_chosen("kinds", wish.kinds),
        evidence=_chosen("designs", wish.designs),
        since=wish.since,
        until=wish.until,
        drugs=_concepts("drugs", wish.drugs, vocabulary),
        conditions=_concepts("conditions", wish.conditions, vocabulary),
        ages=_chosen("ages", wish.ages),
        noticed=wish.noticed,
        shelves=tuple(dict.fromkeys(_shelved(each) for each in wish.shelves)),
    )


def _shelved(given: str) -> str:
    key = shelf_key(given)
    if not key:
        forms = ", ".join(f"{name}:…" for name in SHELVES)
        raise UnknownValue("shelves", given, f'"{given}" is no place on the shelf. It has one of the forms {forms}.')
    return key


def _chosen(field: str, given: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for each in given for value in _choice(field, each)))


def _choice(field: str, given: str) -> tuple[str, ...]:
    """Return the values that a typed one stands for: "trials" takes in two kinds of evidence."""
    values = CHOICES[field]
    typed = " ".join(given.lower().split())
    if typed in values:
        return (values[typed],)
    several = kinds_called(typed) if field == "designs" else ()
    if several:
        return several
    from difflib import get_close_matches  # slow to import, and wanted only for a fault

    near = get_close_matches(typed, values, 1)
    hint = f'Did you mean "{near[0]}"?' if near else f"It is one of: {', '.join(dict.fromkeys(values.values()))}."
    raise UnknownValue(field, given, f'there is no "{given}". {hint}')


def _concepts(field: str, given: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_concept(field, each, vocabulary).id for each in given))


def _concept(field: str, name: str, vocabulary: Vocabulary) -> Concept:
    concept = vocabulary.get(name) or vocabulary.find(name)
    if concept is None or concept.id[0] not in _WANTED[field]:
        raise UnknownValue(field, name, f'the vocabulary does not know "{name}". Ask without it, in words.')
    return concept
