"""A fact's value in words, as a table or a line shows it; numbers as the source printed them."""

from __future__ import annotations

from curbside.records import (
    Change,
    Count,
    Date,
    Effect,
    Fact,
    FactValue,
    Field,
    IssueLine,
    Number,
    Quantity,
    Range,
    Schedule,
    Terms,
)

NOT_STATED = "not stated"

LABELS: dict[Field, str] = {
    Field.N: "people",
    Field.N_ANALYSED: "people analysed",
    Field.AGE: "age",
    Field.SEX: "sex",
    Field.PRIOR_TREATMENT: "treated before with",
    Field.LINE_OF_THERAPY: "line of therapy",
    Field.FOLLOW_UP: "follow-up",
    Field.TROUGH: "target level in blood",
    Field.ADVERSE_EVENT: "harm",
    Field.LAB: "laboratory value",
    Field.ISSN: "ISSN",
    Field.ENROLMENT: "enrolled",
    Field.CONFLICTS: "conflicts of interest",
    Field.ARM: "arm",
    Field.SYNONYM: "other name",
}
"""Field -> what it is called on a page, where its own name with blanks will not do."""


def label(field: Field) -> str:
    """Return what a field is called."""
    return LABELS.get(field, field.value.replace("_", " "))


def fact_words(fact: Fact) -> str:
    """Return what a fact says, or "not stated"."""
    if fact.value is None:
        return NOT_STATED
    words = value_words(fact.value)
    if fact.outcome and not isinstance(fact.value, Change) and fact.outcome.lower() not in words.lower():
        words = f"{fact.outcome}: {words}" if words else fact.outcome
    return f"{words} ({fact.arm})" if fact.arm else words


def value_words(value: FactValue) -> str:
    """Return a value as text."""
    match value:
        case Terms():
            return ", ".join(value.terms)
        case Number():
            return value.printed
        case Date():
            return value.iso
        case Quantity():
            per = "".join(f"/{each}" for each in value.per.split("/") if each)
            often = f", {value.frequency.replace('/', ' times a ')}" if value.frequency else ""
            unit = f" {value.unit}" if value.unit else ""
            return f"{value.amount}{unit}{per}{often}".replace(", 1 times a ", ", once a ").replace(
                ", 2 times a ", ", twice a "
            )
        case Range():
            return _range(value)
        case Count():
            return _count(value)
        case Effect():
            bounds = f" ({value.level or '95'} % CI {value.low} to {value.high})" if value.low and value.high else ""
            p = f", p {value.p}" if value.p else ""
            return " ".join(filter(None, (value.outcome, f"{value.measure} {value.estimate}"))) + bounds + p
        case Schedule():
            return f"{value.on} on, {value.off} off"
        case Change():
            return f"{value.outcome}: {value.direction}"
        case IssueLine():
            issue = f"({value.issue})" if value.issue else ""
            pages = f":{value.first}" + (f"-{value.last}" if value.last else "") if value.first else ""
            return f"{value.journal} {value.year};{value.volume}{issue}{pages}"


def _range(value: Range) -> str:
    if value.unit == "date":
        return " to ".join(filter(None, (value.low, value.high)))
    unit = f" {value.unit}" if value.unit else ""
    ends = f"{value.low} to {value.high}{unit}" if value.low and value.high else ""
    if not ends and (value.low or value.high):
        ends = f"from {value.low}{unit}" if value.low else f"up to {value.high}{unit}"
    middle = [f"{name} {text}{unit}" for name, text in (("mean", value.mean), ("median", value.median)) if text]
    if value.sd:
        middle.append(f"SD {value.sd}")
    return ", ".join(filter(None, (*middle, ends)))


def _count(value: Count) -> str:
    of = f"{value.k} of {value.n}" if value.k and value.n else value.k or (f"of {value.n}" if value.n else "")
    percent = f"{value.percent} %" if value.percent else ""
    told = f"{of} ({percent})" if of and percent else of or percent
    return f"{told} at {value.time}" if value.time and told else told or value.time
