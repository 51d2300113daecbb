"""Quantities as they are printed: doses with schedules, concentrations, levels, durations, ages, time points.

Effects with intervals and counts out of n stand in modules of their own and are importable from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from curbside.language.counts import Count, counts
from curbside.language.effects import Effect, effects
from curbside.language.frequency import frequencies
from curbside.language.numbers import Number, numbers
from curbside.language.recent import remembered
from curbside.language.units import Unit, known, unit_at
from curbside.language.words import flat, listed
from curbside.records import Span

__all__ = ["Count", "Effect", "Quantity", "counts", "effects", "quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its unit, or a frequency on its own.

    Attributes:
        span: everything it was read from, schedule included where it follows the amount directly.
        low, high: the ends as printed, without unit; equal where there is one amount. Where the ends have units of
            their own ("28 days-8 years 9 months") they keep them and `unit` is "". "" for a bare frequency.
        unit: canonical and singular ("mg/m2", "ng/mL", "month"), or "".
        per: what the amount is counted by ("day" in mg/kg/day, "dose"), or "".
        frequency: how often, "2/day", "1/week", "1/8 week", or "".
        kind: "dose", "concentration" (of a preparation), "level" (in blood or the like), "duration", "age", "time"
            (a time point or a limit), "percent", "volume", "count", "size", "area", "weight", "pressure",
            "radiation", "energy", "temperature", "rate", "ratio" or "frequency".
    """

    span: Span
    low: str
    high: str
    unit: str
    per: str
    frequency: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Atom:
    """A number, or years with months, and the unit after it."""

    start: int
    end: int  # after the unit
    number_end: int
    printed: str
    value: float
    unit: Unit | None
    compound: bool = False
    before: str = ""  # the unit when it stands before the number: "week" in "week 4"


RANGE = re.compile(r" ?(?:-|–|—|−|to|through|until|up to|~) ?")
SPREAD = re.compile(r" ?(?:±|\+/-|\+/−) ?")
JOIN = re.compile(r",? (?:and )?|-")
BETWEEN = re.compile(r"\b(?:between|from)[^.;,0-9]{0,12}$")
AGE_BEFORE = re.compile(
    r"\b(?:age|ages|aged|younger than|older than|children|infants|adolescents|adults)\b[^.;]{0,40}$"
)
AGE_LIMIT = re.compile(r"\b(?:patients|children|adults|infants|participants|subjects|women|men|individuals) ?[<>≤≥] ?$")
AGE_AFTER = re.compile(r"[ -]?(?:olds?\b|of age\b)")
TIME_BEFORE = re.compile(
    r"\b(?:at|by|after|within|until|before)(?: (?:the|a|week|month|day|year|least|about|median of))? ?$"
)
SERIES = re.compile(r" ?(?:,|/|and|or|, and|to|-|–) ?")
LISTED = re.compile(r", | and |, and | or |, or |/")
SUBJECT = re.compile(r" (?:were|was|had|have|are|patients|children|of)\b")
CONFIDENCE = re.compile(r"[ -]?(?:ci\b|confidence|cri\b|credible)")
PREPARATION = re.compile(
    r"\b(?:ointment|gel|cream|lotion|solution|topical|topically|vehicle|formulations?|emulsion|paste"
    r"|eye ?drops|drops|spray|foam|petrolatum|w/w|w/v|mouthwash|rinse|shampoo|applied)\b"
)
STRENGTH = re.compile(r"\b(?:strengths?|concentrations?)(?: [a-z]{1,12}){0,2} $")
_SHARE = re.compile(r"[ -]?(?:of\b|\(|ci\b|confidence|cri\b|had\b|were\b|responded)")
_NEAR = 40  # characters within which a schedule or a preparation belongs to an amount
_POINTS = listed("week weeks day days month months year years course courses cycle cycles visit hour")
_TIME_ORDER = {"year": 6, "month": 5, "week": 4, "day": 3, "hour": 2, "minute": 1, "second": 0}
_KINDS = {
    "mass": "dose", "activity": "dose", "form": "dose", "amount": "dose", "molarity": "level", "level": "level",
    "volume": "volume", "count": "count", "length": "size", "area": "area", "weight": "weight", "pressure": "pressure",
    "radiation": "radiation", "energy": "energy", "temperature": "temperature", "rate": "rate", "ratio": "ratio",
    "time": "duration",
}  # fmt: skip
_SHARED = frozenset({"time", "mass", "level", "activity", "length"})
_PREPARED = frozenset({"mg/mL", "mg/g", "g/g", "µg/g", "g/mL"})


@remembered
def quantities(text: str) -> list[Quantity]:
    """Return the quantities of `text` in order; numbers without a unit or schedule are left to `numbers`."""
    flattened = flat(text)
    schedules = list(frequencies(flattened))
    if not schedules and not numbers(text):
        return []
    spans = [span for span, _ in schedules]
    atoms = _with_shared_units(flattened, list(_compounded(text, _atoms(text, flattened, spans))))
    amounts = list(_amounts(text, flattened, atoms))
    return sorted(_scheduled(flattened, amounts, schedules), key=lambda quantity: quantity.span)


def _atoms(text: str, flattened: str, taken: list[Span]) -> Iterator[_Atom]:
    """Yield numbers with their units, leaving out references, dates, labels and the numbers of schedules."""
    position = reached = 0
    for number in numbers(text):
        while position < len(taken) and taken[position].end <= number.span.start:
            position += 1
        if position < len(taken) and taken[position].meets(number.span):
            continue
        if number.form in {"digits", "percent", "power", "word"} and number.span.start >= reached:
            atom = _atom(text, flattened, number)
            reached = atom.end  # the 1 of "kg-1" is part of a unit
            yield atom


def _atom(text: str, flattened: str, number: Number) -> _Atom:
    start, end = number.span.start, number.span.end
    unit = unit_at(text, end)
    before = ""
    if unit is None or unit.dimension == "count":
        low = start - 1
        while low > 0 and start - low < 10 and flattened[low - 1].isalpha():
            low -= 1
        word = flattened[low : start - 1] if start and flattened[start - 1] in " -" else ""
        if word in _POINTS:
            found = known(word)
            before, unit, start = (found[0] if found else word), None, low
    return _Atom(start, unit.end if unit else end, end, number.printed, number.value, unit, False, before)


def _compounded(text: str, atoms: Iterator[_Atom]) -> Iterator[_Atom]:
    """Join "8 years" and "9 months" into one."""
    held: _Atom | None = None
    for atom in atoms:
        if held is not None and _smaller_time(text, held, atom):
            words = text[held.start : atom.end]
            held = replace(held, end=atom.end, number_end=atom.end, printed=words, unit=atom.unit, compound=True)
            continue
        if held is not None:
            yield held
        held = atom
    if held is not None:
        yield held


def _smaller_time(text: str, held: _Atom, atom: _Atom) -> bool:
    if held.unit is None or atom.unit is None or held.unit.dimension != "time" or atom.unit.dimension != "time":
        return False
    smaller = _TIME_ORDER[atom.unit.name] < _TIME_ORDER[held.unit.name]
    gap = text[held.end : atom.start]
    return smaller and gap != "-" and len(gap) < 7 and JOIN.fullmatch(gap) is not None


def _with_shared_units(flattened: str, atoms: list[_Atom]) -> list[_Atom]:
    """Give the numbers of a list the unit that stands at its end: "5, 10 and 20 mg", "at 6 and 12 months"."""
    for index in range(len(atoms) - 2, -1, -1):
        atom, following = atoms[index], atoms[index + 1]
        if atom.unit is None and not atom.before and following.unit is not None and following.unit.dimension in _SHARED:
            gap = flattened[atom.end : following.start]
            if len(gap) < 7 and LISTED.fullmatch(gap) and not flattened.endswith("= ", 0, atom.start):
                atoms[index] = replace(atom, unit=following.unit)
    return atoms


def _amounts(text: str, flattened: str, atoms: list[_Atom]) -> Iterator[Quantity]:
    index = 0
    reached = last = 0  # ends of the last number and of the last quantity
    last_point = ""
    points = 0  # how many time points the series holds so far
    while index < len(atoms):
        atom = atoms[index]
        partner = atoms[index + 1] if index + 1 < len(atoms) else None
        if last_point and _goes_on(flattened, atom, reached, points):
            atom = replace(atom, before=last_point)
        joined = _joined(flattened, atom, partner) if partner is not None else None
        if joined is not None:
            index += 1
        quantity = joined or _single(atom)
        index += 1
        points = points + 1 if atom.before and atom.before == last_point else 1
        last_point, reached = atom.before, atom.end
        if quantity is None or _is_level_of_confidence(flattened, quantity):
            continue
        kind = _kind(flattened, quantity, atom, last)
        last = reached = quantity.span.end
        yield replace(quantity, kind=kind)


def _goes_on(flattened: str, atom: _Atom, reached: int, points: int) -> bool:
    """Tell whether a bare number goes on a series of time points: "weeks 4, 8 and 12", not "week 6, and 53 were"."""
    gap = flattened[reached : atom.start]
    if atom.before or atom.unit is not None or SERIES.fullmatch(gap) is None:
        return False
    return not (points == 1 and gap == ", and ") and SUBJECT.match(flattened, atom.end) is None


def _is_level_of_confidence(flattened: str, quantity: Quantity) -> bool:
    return quantity.unit == "%" and CONFIDENCE.match(flattened, quantity.span.end) is not None


def _single(atom: _Atom) -> Quantity | None:
    if atom.before:
        return Quantity(Span(atom.start, atom.end), atom.printed, atom.printed, atom.before, "", "", "time")
    if atom.unit is None:
        return None
    name = "" if atom.compound else atom.unit.name
    return Quantity(
        Span(atom.start, atom.end), atom.printed, atom.printed, name, atom.unit.per, "", atom.unit.dimension
    )


def _joined(flattened: str, atom: _Atom, partner: _Atom) -> Quantity | None:
    """Return the range (or mean with spread) that two atoms make, or None."""
    gap = flattened[atom.end : partner.start]
    if len(gap) > 8 or (partner.unit is None and not atom.before):
        return None
    span = Span(atom.start, partner.end)
    unit = partner.unit
    if unit is not None and SPREAD.fullmatch(gap) and not partner.before:
        return Quantity(span, atom.printed, atom.printed, unit.name, unit.per, "", unit.dimension)
    ranged = RANGE.fullmatch(gap) or (
        gap == " and " and BETWEEN.search(flattened, max(0, atom.start - 24), atom.start) is not None
    )
    if not ranged or (partner.before and partner.before != atom.before):
        return None
    if atom.before:
        alone = unit is None or unit.dimension == "count"
        return Quantity(span, atom.printed, partner.printed, atom.before, "", "", "time") if alone else None
    if unit is None or (atom.unit is not None and atom.unit.dimension != unit.dimension):
        return None
    if atom.unit is None and not partner.compound:
        return Quantity(span, atom.printed, partner.printed, unit.name, unit.per, "", unit.dimension)
    return _with_own_units(flattened, span, atom, partner)


def _with_own_units(flattened: str, span: Span, atom: _Atom, partner: _Atom) -> Quantity | None:
    unit = partner.unit
    if unit is None or atom.unit is None:
        return None
    if atom.unit.name == unit.name and not (atom.compound or partner.compound):
        return Quantity(span, atom.printed, partner.printed, unit.name, unit.per, "", unit.dimension)
    if unit.dimension != "time":
        return None
    low, high = flattened[atom.start : atom.end], flattened[partner.start : partner.end]
    return Quantity(span, low, high, "", "", "", "time unit")


def _kind(flattened: str, quantity: Quantity, atom: _Atom, reached: int) -> str:
    if atom.before:
        return "time"
    dimension = quantity.kind
    start, end = quantity.span.start, quantity.span.end
    if dimension in {"time", "time unit"}:
        return _kind_of_time(flattened, start, end, reached)
    if quantity.unit in _PREPARED:
        return "concentration"
    if quantity.unit == "%":
        return _kind_of_percent(flattened, atom.value, start, end)
    return _KINDS.get(dimension, dimension)


def _kind_of_time(flattened: str, start: int, end: int, reached: int) -> str:
    if AGE_AFTER.match(flattened, end):
        return "age"
    before = max(reached, start - _NEAR)
    if AGE_BEFORE.search(flattened, before, start) or AGE_LIMIT.search(flattened, before, start):
        return "age"
    return "time" if TIME_BEFORE.search(flattened, before, start) else "duration"


def _kind_of_percent(flattened: str, value: float, start: int, end: int) -> str:
    """Tell the strength of a preparation ("0.1% tacrolimus ointment") from a share of patients."""
    if value <= 30 and STRENGTH.search(flattened, max(0, start - 40), start):
        return "concentration"
    if value > 30 or _SHARE.match(flattened, end):
        return "percent"
    near = flattened[max(0, start - 30) : start]
    near = near[max(near.rfind("."), near.rfind(";"), near.rfind("(")) + 1 :]
    after = re.split(r"[.;]\s", flattened[end : end + 30], maxsplit=1)[0]
    return "concentration" if PREPARATION.search(near) or PREPARATION.search(after) else "percent"


def _scheduled(flattened: str, amounts: list[Quantity], schedules: list[tuple[Span, str]]) -> Iterator[Quantity]:
    """Give each amount the schedule that follows it; schedules that follow no amount stand alone."""
    position = 0
    for index, quantity in enumerate(amounts):
        until = amounts[index + 1].span.start if index + 1 < len(amounts) else len(flattened)
        while position < len(schedules) and schedules[position][0].start < quantity.span.end:
            yield _alone(schedules[position])
            position += 1
        if position < len(schedules) and quantity.kind in {"dose", "concentration", "volume", "percent", "radiation"}:
            span, often = schedules[position]
            gap = flattened[quantity.span.end : span.start]
            if span.start < until and len(gap) <= _NEAR and not any(mark in gap for mark in ".;:"):
                position += 1
                end = span.end if len(gap.strip(" ,-(")) == 0 else quantity.span.end
                yield replace(quantity, frequency=often, span=Span(quantity.span.start, end))
                continue
        yield quantity
    for schedule in schedules[position:]:
        yield _alone(schedule)


def _alone(schedule: tuple[Span, str]) -> Quantity:
    span, often = schedule
    return Quantity(span, "", "", "", "", often, "frequency")
