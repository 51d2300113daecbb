"""Facts as plain data: one object a fact, with code-point offsets; the form that `evals.seeds` scores."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from curbside.records import (
    Change,
    Count,
    Date,
    Document,
    Effect,
    Fact,
    FactValue,
    IssueLine,
    Number,
    Quantity,
    Range,
    Schedule,
    StudyCard,
    Terms,
)


def value_json(value: FactValue | None) -> Any:
    """Return a value as JSON: a string for numbers and dates, an object without its empty parts for the rest."""
    if value is None:
        return None
    if isinstance(value, Number):
        return value.printed
    if isinstance(value, Date):
        return value.iso
    if isinstance(value, Terms):
        return {"terms": list(value.terms), **({"concepts": list(value.concepts)} if value.concepts else {})}
    return {each.name: held for each in fields(value) if (held := getattr(value, each.name))}


def fact_json(fact: Fact, document: str | None = None) -> dict[str, Any]:
    """Return a fact as JSON; `document` names its document where the id is not wanted."""
    made: dict[str, Any] = {
        "document": document if document is not None else fact.quote.document,
        "field": fact.field.value,
        "value": value_json(fact.value),
        "start": fact.quote.span.start,
        "end": fact.quote.span.end,
        "words": fact.quote.words,
    }
    marks = {
        "outcome": fact.outcome,
        "about": list(fact.about),
        "arm": fact.arm,
        "hedges": list(fact.hedges),
        "negated": fact.negated,
        "serious": fact.serious,
        "arithmetic": fact.arithmetic,
    }
    return {**made, **{name: held for name, held in marks.items() if held}}


def card_json(document: Document, card: StudyCard) -> dict[str, Any]:
    """Return a card as JSON: its facts by field, and the fields that the document does not state."""
    fields_found: dict[str, list[dict[str, Any]]] = {}
    for fact in card.facts:
        if fact.value is not None:
            fields_found.setdefault(fact.field.value, []).append(fact_json(fact))
    return {
        "document": document.id,
        "title": document.title,
        "kind": document.kind.value,
        "fields": fields_found,
        "not_stated": [fact_json(fact) for fact in card.facts if fact.value is None],
    }


def value_words(value: FactValue | None) -> str:
    """Return a value in a few words for people: "1 mg/day", "28 day to 8 year 9 month", "8 of 13 (61.5 %), 3 month"."""
    match value:
        case None:
            return "not stated"
        case Number():
            return value.printed
        case Date():
            return value.iso
        case Terms():
            return value.terms[0]
        case Quantity():
            amount = f"{value.amount} {value.unit}" + (f"/{value.per}" if value.per else "")
            return amount + (f", {value.frequency}" if value.frequency and value.per != "day" else "")
        case Range():
            return _range_words(value)
        case Count():
            return _count_words(value)
        case Effect():
            return _effect_words(value)
        case Schedule():
            return f"{value.on} on, {value.off} off"
        case Change():
            return f"{value.outcome}: {value.direction}"
        case IssueLine():
            issue = f"({value.issue})" if value.issue else ""
            pages = f":{value.first}" + (f"-{value.last}" if value.last else "") if value.first else ""
            return f"{value.journal} {value.year}" + (f";{value.volume}{issue}{pages}" if value.volume else "")


def _range_words(value: Range) -> str:
    ends = f"{value.low} to {value.high}" if value.low and value.high else ""
    ends = ends or (f"{value.low} or more" if value.low else f"up to {value.high}" if value.high else "")
    middle = f"mean {value.mean}" if value.mean else f"median {value.median}" if value.median else ""
    middle += f" (SD {value.sd})" if value.sd else ""
    unit = f" {value.unit}" if value.unit not in {"", "date"} else ""
    unit += f"/{value.per}" if value.per else ""
    unit += f", {value.frequency}" if value.frequency and not value.per.endswith("day") else ""
    return ", ".join(each for each in (middle, ends) if each) + unit


def _count_words(value: Count) -> str:
    counted = f"{value.k} of {value.n}" if value.k and value.n else value.k or (f"n = {value.n}" if value.n else "")
    share = f"{value.percent} %" if value.percent else ""
    words = f"{counted} ({share})" if counted and share else counted or share
    return f"{words}, {value.time}" if value.time else words


def _effect_words(value: Effect) -> str:
    level = f"{value.level} % " if value.level else ""
    interval = f" ({level}CI {value.low} to {value.high})" if value.low else ""
    return f"{value.measure} {value.estimate}{interval}" + (f", p {value.p}" if value.p else "")
