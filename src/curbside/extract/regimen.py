"""What was given: drug, route, form, dose, strength, level aimed at, schedule, how long, with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from curbside.extract.stating import clause, fact, figures, own_units, phrase, timed
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import plain
from curbside.language.groups import ROUTES
from curbside.language.linear import linear
from curbside.language.quantities import Quantity as Printed
from curbside.language.words import listed
from curbside.records import Category, ConceptKind, Fact, Field, Mention, PartRole, Quantity, Range, Schedule, Terms

_JOINED = linear(r"^,? ?(?:and/or|and|or|plus|,|/|\+|with) ?(?:the )?$")
_FORMS = {
    "tablet": "tablet", "capsule": "capsule", "cream": "cream", "ointment": "ointment", "gel": "gel",
    "lotion": "lotion", "foam": "foam", "solution": "solution", "oral solution": "oral solution", "spray": "spray",
    "mouthwash": "mouthwash", "eye drop": "eye drops", "suppositor": "suppository", "patch": "patch", "paste": "paste",
    "emulsion": "emulsion", "suspension": "suspension", "powder": "powder", "injection": "injection",
    "shampoo": "shampoo", "inhaler": "inhaler",
}  # fmt: skip
_FORM = linear(
    r"\b(tablet|capsule|cream|ointment|gel|lotion|foam|oral solution|solution|spray|mouthwash|eye drop|suppositor|patch"
    r"|paste|emulsion|suspension|powder|shampoo|inhaler)(?:s|es|ies|y)?\b"
)
_FORM_NOISE = linear(
    r"saline|chloride|buffer|patch test|crystal|gel electro|eye patch|aqueous solution|preservation|solution to"
)
_GIVEN = linear(
    r"dos(?:e|es|age|ed|ing)\b|treat|receiv|given|administ|daily|tablet|titrat|start|initiat|therapy"
    r"|prescri|regimen|taking"
    r"|trying|/kg|/m|orally|twice|once|maintain|infus|appl|load|\bby mouth|\bi\.?v\b|increased to|reduced to|a day"
)
_NO_DOSE = linear(
    r"(?:protein\w*|creatinine|weight\w*|albumin\w*|urine|excretion|cholesterol|stones?|loss of"
    r"|tumou?r|birth) (?:[a-z]+ ){0,3}$"
)
_DAILY = linear(r"\b(?:daily dos(?:e|es|age|ing)|dose per day|total daily)\b[^.;]{0,25}$")
_LEVEL = linear(r"trough|level|concentration|target|c0\b|plasma|serum|blood")
_TREATED = linear(
    r"treat|therap|receiv|given|administ|course|sirolimus|daily|regimen|medicat|applied|application"
    r"|took|taking|use of|infus"
)
_FOLLOWED = linear(r"follow|observ|surveil|monitor")
_NOT_TREATED = linear(
    r"(?:history|duration of (?:disease|illness|symptoms?)|interval|older than|previous|prior|last"
    r"|past|within|age[d]?|every|survival) (?:[a-z]+ ){0,3}$"
)
_FOR = linear(
    r"\b(?:for|over|during|lasting|duration (?:of|was)|through)(?: up to| at least| about| a| the"
    r"| a total of| a median of| a mean of| approximately| an? (?:average|additional) of"
    r"| the first)*[ (]*$"
)
_OF_TREATMENT = linear(
    r"^[ -](?:of )?(?:[a-z0-9%/-]+ ){0,3}?(?:treatment|therapy|course|administration|regimen|trial of|use|medication)\b"
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
_TAPER = linear(
    r"\b(?:taper(?:ed|ing|s)?|wean(?:ed|ing)?|gradually (?:reduced|withdrawn|decreased|discontinued)|slowly withdrawn"
    r"|dose escalation|escalating dos\w+|titrated|loading dose|step-?down|intermittent(?:ly)?"
    r"|alternate[- ]days?|pulse[d]? dos\w+)\b"
)
_WITH = linear(
    r"\b(?:in combination with|combined with|combination of|combination therapy with|together with"
    r"|added to|in addition to"
    r"|as add-on to|adjunct(?:ive)? to|plus|combined|concomitant(?:ly)? (?:with|use of)?|along with"
    r"|concurrent(?:ly)? with)\b"
)
_ADDED = listed("plus combined")
_KINDS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)
_SILENT = frozenset({Category.BACKGROUND})


def regimen(subject: Subject) -> Iterator[Fact]:
    """Yield what a subject says of how drugs were given."""
    for line in subject.lines:
        drugs = _drugs(line)
        for start, end, mentions in drugs:
            names = tuple(
                dict.fromkeys([*(_words(line, m) for m in mentions), *(subject.name(m.concept) for m in mentions)])
            )
            concepts = tuple(dict.fromkeys(m.concept for m in mentions))
            yield fact(subject, line, (_with_lead(line.low, start), end), Field.DRUG, Terms(names, concepts))
        yield from _routes(subject, line)
        yield from _forms(subject, line)
        yield from _amounts(subject, line)
        yield from _schedules(subject, line)
        yield from _combinations(subject, line)


def _words(line: Line, mention: Mention) -> str:
    return line.words[mention.span.start : mention.span.end]


def _drugs(line: Line) -> Iterator[tuple[int, int, list[Mention]]]:
    """Yield the drugs of a sentence, those of one list together, each list once."""
    run: list[Mention] = []
    seen: set[tuple[str, ...]] = set()
    for mention in [*line.of(ConceptKind.DRUG), None]:
        if mention is not None and run:
            gap = line.low[run[-1].span.end : mention.span.start]
            if len(gap) < 12 and (_JOINED.match(gap) or gap.strip() in {"(", "", ")", ") and"}):
                run.append(mention)
                continue
        if run:
            key = tuple(sorted({each.concept for each in run}))
            if key not in seen:
                seen.add(key)
                yield run[0].span.start, run[-1].span.end, run
        run = [mention] if mention is not None else []


_LEAD = linear(
    r"(?:\b(?:oral|topical|low-dose|high-dose|intravenous|systemic|intermittent|subcutaneous"
    r"|adjunctive|combined|once-daily"
    r"|\d+(?:\.\d+)? ?%)[ ])+$"
)


def _with_lead(low: str, start: int) -> int:
    lead = _LEAD.search(low[max(0, start - 50) : start])
    return start - (len(lead.group(0)) if lead is not None else 0)


def _routes(subject: Subject, line: Line) -> Iterator[Fact]:
    if line.category in _SILENT or line.body:
        return
    for name, pattern in ROUTES.items():
        match = pattern.search(line.low)
        if match is None:
            continue
        start, end = match.start(), match.end()
        drug = next((m for m in line.mentions if m.kind in _KINDS and 0 <= m.span.start - end < 30), None)
        if drug is not None:
            end = drug.span.end
        elif line.low[end : end + 20].startswith((" therapy", " treatment", " systemic therapy", " administration")):
            end = _word_end(line.low, end + 1)
        if line.low[start : start + 8] == "systemic" and name == "oral":
            continue  # what is systemic may be infused
        yield fact(subject, line, (start, end), Field.ROUTE, Terms((name, phrase(line.words[start:end]))))


def _word_end(low: str, at: int) -> int:
    while at < len(low) and (low[at].isalnum() or low[at] == "-"):
        at += 1
    return at


def _forms(subject: Subject, line: Line) -> Iterator[Fact]:
    found = list(_FORM.finditer(line.low))
    if not found or _FORM_NOISE.search(line.low) or (line.category in _SILENT) or line.body:
        return
    names = [_FORMS.get(match.group(1), match.group(1)) for match in found]
    if (
        not line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
        and not _GIVEN.search(line.low)
        and "formulation" not in line.low
    ):
        return
    start, end = found[0].start(), found[-1].end()
    if end - start > 80:
        end = found[0].end()
        names = names[:1]
    yield fact(subject, line, (_form_start(line.low, start), end), Field.FORM, Terms(tuple(dict.fromkeys(names))))


def _form_start(low: str, start: int) -> int:
    lead = low.rfind("formulation", max(0, start - 30), start)
    return lead if lead >= 0 else start


def _amounts(subject: Subject, line: Line) -> Iterator[Fact]:
    for quantity in figures(line):
        start, end = quantity.span.start, quantity.span.end
        before = line.low[max(0, start - 60) : start]
        if quantity.kind == "dose":
            yield from _dose(subject, line, quantity, before)
        elif quantity.kind == "concentration" and line.category not in _SILENT:
            yield fact(subject, line, _led(line.low, start, end), Field.CONCENTRATION, _measured(quantity))
        elif quantity.kind == "level" and quantity.unit in {"ng/mL", "µg/L", "mg/L", "nmol/L", "µg/mL"}:
            if _LEVEL.search(before) and ("trough" in line.low or "target" in before or "level" in before):
                first, _ = clause(line.low, start, end)
                yield fact(
                    subject, line, (_level_start(line.low, first, start), end), Field.TROUGH, _measured(quantity)
                )
        elif quantity.kind in {"duration", "time"}:
            yield from _lasting(subject, line, quantity, before)


def _level_start(low: str, first: int, start: int) -> int:
    places = [
        at for word in ("target", "trough", "level", "concentration") if (at := low.rfind(word, first, start)) >= 0
    ]
    return min(places) if places else start


def _led(low: str, start: int, end: int) -> tuple[int, int]:
    """Return where a strength is told, with the words that call it so and the preparation behind it."""
    lead = low.rfind("concentration", max(0, start - 30), start)
    after = low[end : end + 40]
    tail = 0
    for word in ("ointment", "cream", "gel", "solution", "lotion", "foam", "mouthwash"):
        at = after.find(word)
        if at >= 0 and not any(stop in after[:at] for stop in ".;,("):
            tail = max(tail, at + len(word))
    return (lead if lead >= 0 else start), end + tail


def _dose(subject: Subject, line: Line, quantity: Printed, before: str) -> Iterator[Fact]:
    if line.category in _SILENT or (quantity.unit in {"dose", "application", "injection", "infusion", "patch"}):
        return
    mass = quantity.unit.split("/")[0]
    named = line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    if not (named or _GIVEN.search(line.low)) or _NO_DOSE.search(before):
        return
    if mass in {"tablet", "capsule", "drop", "puff"} and not (quantity.frequency or quantity.per):
        return
    if mass in {"ng", "pg", "MBq", "GBq", "mCi"} or (mass == "g" and not (quantity.per or quantity.frequency or named)):
        return
    start, end = quantity.span.start, quantity.span.end
    daily = _DAILY.search(before)
    value = _measured(quantity)
    if daily is not None and not quantity.per and not quantity.frequency:
        per = "/".join(each for each in (value.per, "day") if each)
        value = replace(value, per=per)
        start -= len(daily.group(0))
    drug = next((m for m in reversed(named) if 0 <= start - m.span.end <= 12), None)
    follow = next((m for m in named if 0 <= m.span.start - end <= 10), None)
    at = (
        drug.span.start if drug is not None else start,
        follow.span.end if follow is not None and drug is None else end,
    )
    made = fact(subject, line, at, Field.DOSE, value)
    whose = drug or follow or _nearest(named, start)
    if whose is not None and whose.kind is ConceptKind.DRUG:
        made = replace(made, about=(whose.concept, *(each for each in made.about if not each.startswith("d:"))))
    yield made


def _nearest(named: tuple[Mention, ...], start: int) -> Mention | None:
    """Return the drug named last before an amount, else the first behind it."""
    before = [mention for mention in named if mention.span.end <= start]
    return before[-1] if before else (named[0] if named else None)


def _measured(quantity: Printed) -> Quantity | Range:
    """Return what was measured, its denominators apart from its unit."""
    unit, *below = quantity.unit.split("/")
    level = quantity.kind in {"level", "concentration"}
    if level:
        unit, below = quantity.unit, []
    per = "/".join([*below, *([quantity.per] if quantity.per else [])])
    frequency = quantity.frequency
    if frequency == "1/day" and not quantity.per and not level:
        per = "/".join([*below, "day"])
    low, high = plain(quantity.low), plain(quantity.high)
    if low == high:
        return Quantity(low, unit, per, frequency)
    return Range(low=low, high=high, unit=unit, per=per, frequency=frequency)


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
    if _FOLLOWED.search(line.low[max(first, start - 60) : min(last, end + 25)]):
        lead = _follow_start(line.low, first, start)
        yield fact(subject, line, (lead, end), Field.FOLLOW_UP, _middle(line.low, lead, start, quantity))
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
        at for word in ("median", "mean", "average", "follow", "observ") if (at := low.rfind(word, first, start)) >= 0
    ]
    return min(places) if places else start


def _middle(low: str, lead: int, start: int, quantity: Printed) -> Quantity | Range:
    said = low[lead:start]
    if plain(quantity.low) != plain(quantity.high):
        return Range(low=f"{plain(quantity.low)} {quantity.unit}", high=f"{plain(quantity.high)} {quantity.unit}")
    if "median" in said:
        return Range(median=timed(quantity))
    if "mean" in said or "average" in said:
        return Range(mean=timed(quantity))
    return Quantity(plain(quantity.low), quantity.unit)


def _schedules(subject: Subject, line: Line) -> Iterator[Fact]:
    if line.category in (Category.BACKGROUND,) or line.body:
        return
    for pattern in _ON_OFF:
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


def _combinations(subject: Subject, line: Line) -> Iterator[Fact]:
    named = line.of(*_KINDS)
    for match in _WITH.finditer(line.low):
        first, last = clause(line.low, match.start(), match.end())
        after = [m for m in named if match.end() <= m.span.start < min(last, match.end() + 80)]
        before = [m for m in named if first <= m.span.start < match.start()]
        if not after or (match.group(0) in _ADDED and not before and len(after) < 2):
            continue
        if {m.concept for m in after} <= {m.concept for m in before}:
            continue
        start = match.start() if match.group(0) not in _ADDED or not before else before[-1].span.start
        told = [*before[-1:], *after]
        words = tuple(dict.fromkeys([*(_words(line, m) for m in after), *(subject.name(m.concept) for m in told)]))
        concepts = tuple(dict.fromkeys(m.concept for m in told))
        yield fact(subject, line, (start, last), Field.COMBINATION, Terms(words, concepts))
        return
