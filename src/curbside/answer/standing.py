"""How a sentence stands to what a question asks about: the nouns of what may speak to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec


class Standing(StrEnum):
    """How a sentence stands to a thing asked about."""

    NAMED = "named"  # its own words name it
    CARRIED = "carried"  # its surroundings do, and it names no other
    CLASS = "class"  # it speaks of the class that the thing belongs to
    ELSEWHERE = "elsewhere"  # only its passage does
    OTHER = "other"  # it is about something else


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sentence has to be about, as concept ids.

    Attributes:
        treatments: for each drug, procedure or class asked about, the ids that answer for it.
        classes: classes of the drugs asked about, for sentences that speak of a class as a whole.
        conditions: for each condition asked about, the ids that answer for it.
        broader: conditions that take in one asked about; a passage on lupus of the skin may call it lupus.
        nearest: those of them next to it and no whole field; its sentences may call it so.
        outcomes: for each condition asked about as an outcome, the ids of which a sentence must name one.
        words: words that stand where a condition would, which the passage must be about; empty where one is known.
        populations, routes: as asked.
        together: whether the drugs are asked about as one treatment ("this with that").
    """

    treatments: tuple[frozenset[str], ...]
    classes: frozenset[str]
    conditions: tuple[frozenset[str], ...]
    broader: frozenset[str]
    nearest: frozenset[str]
    outcomes: tuple[frozenset[str], ...]
    words: tuple[str, ...]
    populations: tuple[str, ...]
    routes: tuple[str, ...]
    together: bool = False


class Fit(msgspec.Struct, frozen=True):
    """How well a sentence is about what is asked; a sentence that may not speak has none.

    Attributes:
        treatment, condition: how it stands to the drugs and conditions asked about (the weakest of several).
        population, route: 1 where it names the one asked, 0 where it names none, for those asked.
    """

    treatment: Standing
    condition: Standing
    population: int
    route: int
