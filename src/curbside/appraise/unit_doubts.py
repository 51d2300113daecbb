"""Doses and levels of several studies that lie a thousandfold apart: one of them may be in another unit.

Nanograms printed as micrograms, milligrams as grams: nobody gives a thousand times the usual dose, and no interval
shows the slip. It is said as a question; which of the two is right the profile cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curbside.language.fact_words import label, value_words
from curbside.records import Fact, Field, Quantity, Range, Stated

LOOKED_AT = (Field.TROUGH, Field.DOSE)
_MASS = {"pg": 1e-12, "ng": 1e-9, "µg": 1e-6, "mg": 1e-3, "g": 1.0}
_VOLUME = {"mL": 1e-3, "dL": 1e-1, "L": 1.0}
_FEWEST, _MOST = 300.0, 3_000.0
"""How far apart, as a factor, two amounts lie that differ by one step of units."""


def unit_doubts(stated: Iterable[tuple[Field, Sequence[Stated]]]) -> Iterator[str]:
    """Yield, in words, each amount that lies about a thousandfold from what most other studies state.

    Args:
        stated: what studies state, by field; only amounts of one sort (per kg, per m², per day) are compared.
    """
    for field, rows in stated:
        if field not in LOOKED_AT:
            continue
        sorts: dict[tuple[str, ...], list[tuple[Stated, float]]] = {}
        for row in rows:
            known = _grams(row.fact)
            if known is not None:
                sorts.setdefault(known[0], []).append((row, known[1]))
        for found in sorts.values():
            yield from _apart(field, found)


def _apart(field: Field, found: Sequence[tuple[Stated, float]]) -> Iterator[str]:
    for row, grams in found:
        others = [(other, value) for other, value in found if other.study != row.study]
        if not others:
            continue
        far = [other for other, value in others if _FEWEST <= max(grams, value) / min(grams, value) <= _MOST]
        asks = len({other.study for other, _ in others}) > 1 or grams > others[0][1]  # of two, the larger asks
        if 2 * len(far) > len(others) and asks:
            near = far[0]
            yield (
                f"Units? {label(field).capitalize()} in {row.label}: {_words(row.fact)}; in {near.label}:"
                f" {_words(near.fact)}. They lie about a thousandfold apart."
            )


def _words(fact: Fact) -> str:
    return value_words(fact.value) if fact.value is not None else ""


def _grams(fact: Fact) -> tuple[tuple[str, ...], float] | None:
    """Return what an amount is per, and its middle in grams (per litre for a level); None for other amounts."""
    value = fact.value
    if isinstance(value, Quantity):
        printed = [value.amount]
    elif isinstance(value, Range) and value.low and value.high:
        printed = [value.low, value.high]
    else:
        return None
    mass, _, volume = value.unit.partition("/")
    if mass not in _MASS or (volume and volume not in _VOLUME):
        return None
    try:
        ends = [float(each.replace("·", ".")) for each in printed]
    except ValueError:
        return None
    middle = sum(ends) / len(ends) * _MASS[mass] / (_VOLUME[volume] if volume else 1.0)
    per = tuple(each for each in value.per.split("/") if each != "day")
    return (("level", *per) if volume else ("dose", *per), middle) if middle > 0 else None
