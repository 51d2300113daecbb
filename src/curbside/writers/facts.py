"""Facts and study cards as plain JSON-able values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from curbside.language.fact_words import fact_words
from curbside.records import Date, Fact, FactValue, Number, Terms


def value_json(value: FactValue | None) -> Any:
    """Return a value: terms as a list, a number or date as a string, everything else as an object of its parts.

    Parts that the source does not give are left out; None stays None, "the source does not state it".
    """
    match value:
        case None:
            return None
        case Terms():
            return list(value.terms)
        case Number():
            return value.printed
        case Date():
            return value.iso
        case _:
            parts: dict[str, str] = asdict(value)
            return {name: part for name, part in parts.items() if part}


def fact_json(fact: Fact) -> dict[str, Any]:
    """Return a fact with where it stands: offsets are code points into the document, half open."""
    return {
        "document": fact.quote.document,
        "field": fact.field.value,
        "value": value_json(fact.value),
        "text": fact_words(fact),
        "start": fact.quote.span.start,
        "end": fact.quote.span.end,
        "words": fact.quote.words,
        "outcome": fact.outcome,
        "about": list(fact.about),
        "arm": fact.arm,
        "hedges": list(fact.hedges),
        "negated": fact.negated,
        "serious": fact.serious,
        "arithmetic": fact.arithmetic,
    }
