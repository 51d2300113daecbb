"""How long people were treated and followed, and in what rhythm: for 6 months, 3 months on and 1 off, tapered."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.stating import clause, fact, figures, own_units, phrase, timed
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import plain
from curbside.language.linear import linear
from curbside.language.quantities import Quantity as Printed
from curbside.records import Category, ConceptKind, Fact, Field, PartRole, Quantity, Range, Schedule, Terms

_KINDS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)
_TREATED = linear(
    r"treat|therap|receiv|given|administ|course|sirolimus|daily|regimen|medicat|applied|application|mg"
    r"|once|twice|weekly|assigned"
    r"|took|taking|use of|infus"
)
_FOLLOWED = linear(
    r"\bfollow(?:ed)?[- ]?up\b(?: (?:performed|conducted|continued|carried|out|period|were|is|time"
    r"|period|duration|of|was|averaged|for|from|ranged|lasted"
    r"|longer|than|to|a|the|at"
    r"|least|median|mean|average|maximum|minimum|total|\(?median\)?|\(?mean\)?|\(?range|between"
    r"|approximately|about|=|:|,))*[ (,:=]*$"
    r"|\b(?:followed|observed)(?: up)?(?: (?:for|over|during|a|an|the|median|mean|average|of|at|least"
    r"|up|to|total|period"
    r"|about|approximately))*[ (]*$",
    "follow",
    "observ",
)
_FOLLOWED_BY = linear(r"^(?: \([^)]*\))?[ -](?:of )?(?:follow(?:ed)?[- ]?up|observation)\b")
_NOT_TREATED = linear(
    r"\b(?:history|duration of (?:disease|illness|symptoms?)|interval|older than|previous|prior|last"
    r"|past|within|age[d]?|every|survival) (?:[a-z]+ ){0,3}$"
)
_FOR = linear(
    r"\b(?:for|over|during|lasting|duration (?:of|was)|through)(?: up to| at least| about| a| the"
    r"| a total of| a median of| a mean of| approximately| an? (?:average|additional) of"
    r"| the first)*[ (]*$"
)
_OF_TREATMENT = linear(
    r"^[ -](?:of )?(?:(?:oral|topical|sirolimus|tacrolimus|everolimus|the|their|this|continuous|study"
    r"|drug|daily|combined|[a-z]+mab|[a-z]+(?:limus|ine|one|ide|ate|ib)) ){0,3}?(?:treatment|therapy"
    r"|course|administration|regimen|trial of|use|medication)\b"
)
_TIME = r"(\d+(?:\.\d+)?(?:-\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(days?|weeks?|months?|years?|cycles?)"
_ON_OFF = (
    linear(
        rf"\b{_TIME}[ -]{_UNIT}[ -]+on(?:[ -](?:treatment|therapy|drug"
        rf"|sirolimus))?\b[^.;]{{0,24}}?\b{_TIME}[ -]{_UNIT}[ -]+off\b"),
    linear(
        rf"\b{_TIME} (?:continuous |consecutive )?{_UNIT} (?:as a |per |of )?(?:course|cycle|treatment"
        rf"|therapy)?[^.;]{{0,50}}?\b(?:after|with"
        rf"|followed by)(?: an?)? {_TIME}[ -]{_UNIT}(?:'s)?[ -](?:interval|break|rest|pause"
        rf"|drug holiday|washout|off|without|treatment-free|interruption)"),
    linear(
        rf"\b{_TIME} {_UNIT} (?:of )?(?:treatment|therapy|[a-z]+),? (?:followed by|alternating with"
        rf"|and then) (?:an? )?{_TIME}[ -]{_UNIT} (?:off|without|of rest|rest|break|pause|of no"
        rf"|drug-free|interval)"),
)  # fmt: skip
_PAUSED = linear(
    r"\b(?:off|of no|of rest|rest|without|(?:drug-|treatment-)?free|interval|break|pause|drug holiday|washout"
    r"|interruption)\b|'s|off|without|interval|rest|break|pause|holiday|washout|interruption|free|of no"
)
_TAPER = linear(
    r"\b(?:taper(?:ed|ing|s)?|wean(?:ed|ing)?|gradually (?:reduced|withdrawn|decreased|discontinued)|slowly withdrawn"
    r"|dose escalation|escalating dos\w+|titrated|loading dose|step-?down|intermittent(?:ly)?"
    r"|alternate[- ]days?|pulse[d]? dos\w+)\b",
    "taper",
    "wean",
    "gradually",
    "escalat",
    "titrated",
    "step",
    "intermittent",
    "alternate",
    "pulse",
    "slowly withdrawn",
    "loading dose",
)


def courses(subject: Subject) -> Iterator[Fact]:
    """Yield durations of treatment, follow-up and schedules of a subject."""
    for line in subject.lines:
        for quantity in figures(line):
            if quantity.kind in {"duration", "time"}:
                before = line.low[max(0, quantity.span.start - 60) : quantity.span.start]
                yield from _lasting(subject, line, quantity, before)
        yield from _schedules(subject, line)


def _lasting(subject: Subject, line: Line, quantity: Printed, before: str) -> Iterator[Fact]:
    if (
        line.category in (Category.BACKGROUND, Category.CONCLUSIONS)
        or not quantity.unit
        or line.role is PartRole.QUESTION
    ):
        return
    start, end = quantity.span.start, quantity.span.end
    if quantity.unit not in {"day", "week", "month", "year"} or _NOT_TREATED.search(before):
        return
    follow = line.low[end : end + 40]
    first, last = clause(line.low, start, end)
    near = line.low[max(first, start - 70) : min(last, end + 40)]
    behind = _FOLLOWED_BY.match(follow)
    if behind is not None or _FOLLOWED.search(line.low[max(first, start - 70) : start]):
        lead = _follow_start(line.low, first, start)
        at = (lead, end + (behind.end() if behind is not None else 0))
        yield fact(subject, line, at, Field.FOLLOW_UP, _middle(line.low, lead, start, quantity))
        return
    lead = _FOR.search(before)
    if quantity.kind == "duration" and (_OF_TREATMENT.match(follow) or (lead is not None and _TREATED.search(near))):
        at = start - (len(lead.group(0)) if lead is not None else 0)
        tail = _OF_TREATMENT.match(follow)
        low, high = plain(quantity.low), plain(quantity.high)
        value = (
            Quantity(low, quantity.unit)
            if low == high
            else Range(low=f"{low} {quantity.unit}", high=f"{high} {quantity.unit}")
        )
        yield fact(subject, line, (at, end + (tail.end() if tail is not None else 0)), Field.DURATION, value)


def _follow_start(low: str, first: int, start: int) -> int:
    places = [
        at
        for word in ("median", "mean", "average", "maximum", "minimum", "follow", "observ")
        if (at := low.rfind(word, first, start)) >= 0
    ]
    return min(places) if places else start


def _middle(low: str, lead: int, start: int, quantity: Printed) -> Quantity | Range:
    said = low[lead:start]
    if plain(quantity.low) != plain(quantity.high):
        return Range(low=f"{plain(quantity.low)} {quantity.unit}", high=f"{plain(quantity.high)} {quantity.unit}")
    if "minimum" in said or "at least" in said or "longer than" in said:
        return Range(low=timed(quantity))
    if "median" in said:
        return Range(median=timed(quantity))
    if "mean" in said or "average" in said:
        return Range(mean=timed(quantity))
    if "maximum" in said or "up to" in said:
        return Range(high=timed(quantity))
    return Quantity(plain(quantity.low), quantity.unit)


def _schedules(subject: Subject, line: Line) -> Iterator[Fact]:
    if line.category in (Category.BACKGROUND,) or line.body:
        return
    for pattern in _ON_OFF if _PAUSED.search(line.low) else ():
        match = pattern.search(line.low)
        if match is not None:
            on, off = (own_units(f"{match.group(place)} {match.group(place + 1)}") for place in (1, 3))
            if on and off:
                yield fact(subject, line, (match.start(), match.end()), Field.SCHEDULE, Schedule(on, off))
                return
    match = _TAPER.search(line.low)
    if match is not None and line.of(*_KINDS):
        first, last = clause(line.low, match.start(), match.end())
        yield fact(
            subject, line, (first, last), Field.SCHEDULE, Terms((match.group(0), phrase(line.words[first:last])))
        )
