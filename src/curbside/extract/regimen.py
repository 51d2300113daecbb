"""What was given: drug, route, form, dose, strength, level aimed at, schedule, how long, with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from curbside.extract.stating import clause, fact, figures, phrase, repeats
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import plain
from curbside.language.frequency import frequencies
from curbside.language.groups import ROUTES, routes
from curbside.language.linear import Match, linear
from curbside.language.quantities import Quantity as Printed
from curbside.language.words import listed
from curbside.records import Category, ConceptKind, Fact, Field, Mention, Quantity, Range, Terms

_JOINED = linear(r"^,? ?(?:and/or|and|or|plus|,|/|\+|with) ?(?:the )?$")
_FORMS = {
    "tablet": "tablet", "capsule": "capsule", "cream": "cream", "ointment": "ointment", "gel": "gel",
    "lotion": "lotion", "foam": "foam", "solution": "solution", "oral solution": "oral solution", "spray": "spray",
    "mouthwash": "mouthwash", "eye drop": "eye drops", "suppositor": "suppository", "patch": "patch", "paste": "paste",
    "emulsion": "emulsion", "suspension": "suspension", "powder": "powder", "injection": "injection",
    "shampoo": "shampoo", "inhaler": "inhaler",
}  # fmt: skip
_FORM = linear(
    r"\b(tablet|capsule|cream|ointment|gel|lotion|foam|oral solution|solution|spray|mouthwash|eye drop"
    r"|suppositor(?:y|ies)|patch"
    r"|paste|emulsion|suspension|powder|shampoo|inhaler)(?:s|es)?\b",
    "tablet",
    "capsule",
    "cream",
    "ointment",
    "gel",
    "lotion",
    "foam",
    "solution",
    "spray",
    "mouthwash",
    "suppositor",
    "patch",
    "paste",
    "emulsion",
    "suspension",
    "powder",
    "shampoo",
    "inhaler",
    "eye drop",
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
_SPREAD = linear(r"^[0-9.,·]+ ?(?:±|\+/-|\+ ?-|\(SD) ?[0-9]")
_DAILY = linear(r"\b(?:daily dos(?:e|es|age|ing)|dose per day|total daily)\b[^.;]{0,25}$")
_LEVEL = linear(
    r"trough|target|(?:drug|blood|maintenance|serum|sirolimus|tacrolimus|everolimus|plasma) (?:levels?"
    r"|conc)|\blevels? (?:of|between|were)"
)
_MEASURED = linear(
    r"creatinine|vegf|ige|igg|ferritin|hormone|cortisol|troponin|psa|crp|vitamin|albumin|bilirubin"
    r"|glucose|tsh"
)
_WITH = linear(
    r"\b(?:in combination with|combined with|combination of|combination therapy with|together with"
    r"|added to|in addition to"
    r"|as add-on to|adjunct(?:ive)? to|plus|combined|concomitant(?:ly)? (?:with|use of)?|along with"
    r"|concurrent(?:ly)? with)\b",
    "combin",
    "together with",
    "added to",
    "in addition to",
    "add-on to",
    "adjunct",
    "plus",
    "along with",
    "concomitant",
    "concurrent",
)
_ADDED = listed("plus combined")
_NOT_SWALLOWED = linear(
    r"^(?:ly)? (?:paste|mucos|lichen|care|ulcer|hygiene|cavity|lesion|health|surgeon|aphth|candid"
    r"|cancer|rinse|epithel|tissue"
    r"|administration of glucose|glucose)"
)
_IN_BLOOD = frozenset({"ng/mL", "µg/L", "mg/L", "nmol/L", "µg/mL"})
_PARTED = linear(r"[,;()]|\b(?:or|and|versus|vs|then|until|before|after)\b")
_KINDS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE)
_SILENT = frozenset({Category.BACKGROUND})


def regimen(subject: Subject) -> Iterator[Fact]:
    """Yield what a subject says of how drugs were given."""
    seen: set[tuple[bool, str]] = set()
    for line in subject.lines:
        for start, end, mentions in _drugs(line):
            names = tuple(
                dict.fromkeys([*(_words(line, m) for m in mentions), *(subject.name(m.concept) for m in mentions)])
            )
            concepts = tuple(dict.fromkeys(m.concept for m in mentions))
            made = fact(subject, line, (_with_lead(line.low, start), end), Field.DRUG, Terms(names, concepts))
            if not subject.reports or not repeats(line, made, seen):
                yield made
        yield from _routes(subject, line)
        yield from _forms(subject, line)
        yield from _amounts(subject, line)
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
    for name in routes(line.low):
        pattern = ROUTES[name]
        match = next((each for each in pattern.finditer(line.low) if _is_route(line, each)), None)
        if match is None:
            continue
        start, end = match.start(), match.end()
        drug = next((m for m in line.mentions if m.kind in _KINDS and 0 <= m.span.start - end < 30), None)
        if drug is not None and " and " not in line.low[end : drug.span.start]:
            end = drug.span.end
        elif line.low[end : end + 20].startswith((" therapy", " treatment", " systemic therapy", " administration")):
            end = _word_end(line.low, end + 1)
        if line.low[start : start + 8] == "systemic" and name == "oral":
            continue  # what is systemic may be infused
        yield fact(subject, line, (start, end), Field.ROUTE, Terms((name, phrase(line.words[start:end]))))


_GRADED = linear(r"(?:i|-|/|(?:grades?|stages?|types?|class|phase|factor) )(?:or |and |to |-|/)?$")
"""What makes "IV" the number four."""


def _is_route(line: Line, match: Match) -> bool:
    """Tell whether a word of a route is one, not part of a disease or place: "oral lichen planus", "oral care"."""
    if match.group(0).startswith("iv") and _GRADED.search(line.low[max(0, match.start() - 16) : match.start()]):
        return False
    if any(mention.span.start <= match.start() < mention.span.end for mention in line.of(ConceptKind.CONDITION)):
        return False
    return not (match.group(0).startswith("oral") and _NOT_SWALLOWED.match(line.low[match.end() :]))


def _word_end(low: str, at: int) -> int:
    while at < len(low) and (low[at].isalnum() or low[at] == "-"):
        at += 1
    return at


def _forms(subject: Subject, line: Line) -> Iterator[Fact]:
    found = list(_FORM.finditer(line.low))
    if not found or _FORM_NOISE.search(line.low) or (line.category in _SILENT) or line.body:
        return
    names = [
        _FORMS.get(match.group(1), "suppository" if match.group(1).startswith("supp") else match.group(1))
        for match in found
    ]
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
            yield _of_drug(subject, line, _led(line.low, start, end), Field.CONCENTRATION, _measured(quantity))
        elif quantity.kind == "level" and _is_trough(line.low, quantity, before):
            at = (_level_start(line.low, clause(line.low, start, end)[0], start), end)
            yield _of_drug(subject, line, at, Field.TROUGH, _measured(quantity))


def _is_trough(low: str, quantity: Printed, before: str) -> bool:
    """Tell whether a level is one of a drug in blood, not of something that the drug acts on."""
    said = _LEVEL.search(low[: quantity.span.start]) is not None
    return quantity.unit in _IN_BLOOD and said and not _MEASURED.search(before)


def _level_start(low: str, first: int, start: int) -> int:
    """Return where a level is told: from the word that calls it so, or from the drug's name behind another level."""
    first = max(first, low.rfind("/ml", first, start) + 1)
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
    if _SPREAD.match(line.words[quantity.span.start : quantity.span.end + 6]):
        return  # "1862 +/- 232 g" is a mean with its SD
    if mass in {"tablet", "capsule", "drop", "puff"} and not (quantity.frequency or quantity.per):
        return
    if mass in {"ng", "pg", "nmol", "pmol", "µmol", "MBq", "GBq", "mCi"} or (
        mass == "g" and not (quantity.per or quantity.frequency or named)
    ):
        return
    start, end = quantity.span.start, quantity.span.end
    daily = _DAILY.search(before)
    value = _measured(_as_told(line.low, quantity))
    if daily is not None and not quantity.per and not quantity.frequency:
        per = "/".join(each for each in (value.per, "day") if each)
        value = replace(value, per=per)
        start -= len(daily.group(0))
    yield _of_drug(subject, line, (start, end), Field.DOSE, value)


def _of_drug(subject: Subject, line: Line, at: tuple[int, int], field: Field, value: Quantity | Range) -> Fact:
    """Return a fact of an amount with the drug it is an amount of: the one right beside it, else the one named last."""
    named = line.of(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    start, end = at
    before = next((m for m in reversed(named) if 0 <= start - m.span.end <= 12), None)
    behind = next((m for m in named if 0 <= m.span.start - end <= 10), None)
    if before is not None and ("," in line.low[before.span.end : start] and behind is not None):
        before = None
    if before is not None:
        start = before.span.start
    elif behind is not None and not _PARTED.search(line.low[end : behind.span.start]):
        end = behind.span.end
    made = fact(subject, line, (start, end), field, value)
    whose = before or behind or _nearest(named, start)
    if whose is not None and whose.kind is ConceptKind.DRUG:
        made = replace(made, about=(whose.concept, *(each for each in made.about if not each.startswith("d:"))))
    return made


def _as_told(low: str, quantity: Printed) -> Printed:
    """Return the amount without a frequency that other words part from it: "6 mg/kg, or four alternate-day doses"."""
    start, end = quantity.span.start, quantity.span.end
    if not quantity.frequency or next(frequencies(low[start:end]), None) is not None:
        return quantity
    often = next(frequencies(low[end : end + 60]), None)
    gap = low[end : end + often[0].start] if often is not None else ","
    return replace(quantity, frequency="") if _PARTED.search(gap) else quantity


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


def _combinations(subject: Subject, line: Line) -> Iterator[Fact]:
    named = line.of(*_KINDS)
    for match in _WITH.finditer(line.low):
        first, last = clause(line.low, match.start(), match.end())
        after = [m for m in named if match.end() <= m.span.start < min(last, match.end() + 45)]
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
