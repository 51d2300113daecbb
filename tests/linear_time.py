"""Measures whether something is linear in the length of a text: n against 4n of hostile strings."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from itertools import count
from types import ModuleType

from growth import Work, linear, seconds

SHORT, LONG = 1_500, 6_000  # n and 4n characters
MOST = 9.0  # times longer that 4n may take
NOISE = 0.004  # seconds below which nothing is concluded

OF_STUDIES = [
    "1 ", "1.", "1,", "1 (", "1 (1", "1 ± ", "±", "(", "[1,", "n = ", "n=1 ", "1/", "1 of ", "95% CI ", "p = ", "a (b", "SD ",
    "week 1 ", "group a ", "and ", "a ", "A ", "(1 ± 1) ", "per 100 patient ", "no ", "M = 1 ", "-", "1-", "A; B (C", "0.1",
    "mg/kg/", "1 mg ", "aged ", "\n", ". ", "was ", "years ", "women and ", "to ", "patients ", "1% (", "dose of ", "every ",
    "January 2010 ", "HR 1 (95% CI 1-2) ",
]  # fmt: skip
"""What sentences and tables of studies are made of; repeated, it makes patterns that backtrack go quadratic."""


def compiled(package: ModuleType) -> dict[str, object]:
    """Return every compiled pattern (`re` or RE2) that a module of a package holds, by its name.

    Patterns in dicts, tuples and lists are found too, so that a new one is tested without being listed by hand.
    """
    found: dict[str, object] = {}
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for position, member in enumerate(_members(value)):
                if hasattr(member, "finditer") and not isinstance(member, ModuleType | type):
                    found[f"{module.name}.{name}[{position}]"] = member
    return found


def _members(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = tuple(value.values())
    for member in value if isinstance(value, tuple | list) else (value,):
        if isinstance(member, tuple):  # a row of a table: name, pattern, what it means
            yield from member
        else:
            yield member


def repeated(piece: str, length: int) -> str:
    """Return `length` characters of a repeated piece, ending in something that matches nothing."""
    return (piece * (length // len(piece) + 1))[:length] + "\x00"


def is_linear(run: Callable[[str], object], piece: str) -> bool:
    """Tell whether 4n characters take less than `MOST` times as long as n; see `growth`.

    Thousands of pairs of pattern and piece are asked, most of them done with in a millisecond: those are believed
    after one look at the longer text.
    """
    turns = count()

    def prepared(length: int) -> Work:
        text = repeated(piece, length) + str(next(turns))  # another text each time: some readers remember the last one
        return lambda: run(text)

    if seconds(prepared(LONG)) < NOISE:
        return True
    return linear(lambda: prepared(SHORT), lambda: prepared(LONG), MOST)


def finds_all(pattern: object) -> Callable[[str], int]:
    """Return what finds all matches of a pattern."""
    return lambda text: sum(1 for _ in pattern.finditer(text))  # type: ignore[attr-defined]
