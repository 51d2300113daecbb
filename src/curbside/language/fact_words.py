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
            return ", ".join(_telling(value.terms))
        case Number():
            return value.printed
        case Date():
            return value.iso
        case Quantity():
            per = "".join(f"/{each}" for each in value.per.split("/") if each)
            often = f" {_often(value.frequency)}" if value.frequency else ""
            return f"{_measured(value.amount, value.unit)}{per}{often}"
        case Range():
            return _range(value)
        case Count():
            return _count(value)
        case Effect():
            bounds = f" ({value.level or '95'} % CI {value.low} to {value.high})" if value.low and value.high else ""
            p = f", p {value.p}" if value.p else ""
            return " ".join(filter(None, (value.outcome, f"{value.measure} {value.estimate}"))) + bounds + p
        case Schedule():
            return f"{_end(value.on, '')} on, {_end(value.off, '')} off"
        case Change():
            return f"{value.outcome}: {value.direction}"
        case IssueLine():
            issue = f"({value.issue})" if value.issue else ""
            pages = f":{value.first}" + (f"-{value.last}" if value.last else "") if value.first else ""
            return f"{value.journal} {value.year};{value.volume}{issue}{pages}"


def _telling(terms: tuple[str, ...]) -> list[str]:
    """Return terms without those that hold another of them: "oral sirolimus, oral" is "oral"."""
    low = [term.lower() for term in terms]
    return [
        term
        for place, term in enumerate(terms)
        if low[place] not in low[:place] and not any(each != low[place] and each in low[place] for each in low)
    ]


_TIMES = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "year", "tablet", "capsule", "drop", "time", "course", "cycle"}
)


def _measured(amount: str, unit: str) -> str:
    """Return an amount with its unit, in the plural where English has one."""
    if not unit:
        return amount
    plural = "s" if unit in _TIMES and amount not in ("1", "1.0", "one") else ""
    return f"{amount} {unit}{plural}"


def _often(frequency: str) -> str:
    """Return a frequency in words: "2/day" is "twice a day", "1/12 hour" is "every 12 hours"."""
    many, _, per = frequency.partition("/")
    count, _, unit = per.partition(" ")
    if unit and count.isdecimal() and many == "1":
        return f"every {_measured(count, unit)}"
    return f"{({'1': 'once', '2': 'twice'}).get(many, f'{many} times')} a {per}"


def _range(value: Range) -> str:
    if value.unit == "date":
        return " to ".join(filter(None, (value.low, value.high)))
    ends = ""
    if value.low and value.high:
        ends = f"{_end(_bare(value.low, value.high), '')} to {_end(value.high, value.unit)}"
    elif value.low or value.high:
        ends = f"from {_end(value.low, value.unit)}" if value.low else f"up to {_end(value.high, value.unit)}"
    middle = [
        f"{name} {_end(text, value.unit)}" for name, text in (("mean", value.mean), ("median", value.median)) if text
    ]
    if value.sd:
        middle.append(f"SD {value.sd}")
    return ", ".join(filter(None, (*middle, ends)))


def _bare(low: str, high: str) -> str:
    """Return the lower end without its unit where the upper end has the same: "0 to 14 years"."""
    one, other = low.split(), high.split()
    return one[0] if len(one) == len(other) == 2 and one[1] == other[1] else low


def _end(text: str, unit: str) -> str:
    """Return an end of a range with its own units ("8 year 9 month") or else that of the range."""
    words = text.split()
    if len(words) > 1 and len(words) % 2 == 0:
        return " ".join(_measured(amount, own) for amount, own in zip(words[::2], words[1::2]))
    return _measured(text, unit)


def _count(value: Count) -> str:
    of = f"{value.k} of {value.n}" if value.k and value.n else value.k or (f"of {value.n}" if value.n else "")
    percent = f"{value.percent} %" if value.percent else ""
    told = f"{of} ({percent})" if of and percent else of or percent
    time = _end(value.time, "")
    return f"{told} at {time}" if time and told else told or time
