"""Facts as plain data: one object a fact, with code-point offsets; the form that `evals.seeds` scores."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from curbside.records import Date, Fact, FactValue, Number, Terms


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
