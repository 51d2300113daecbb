"""What stands beside an answer as plain JSON-able values: verdict, disagreement, newer evidence, levels, the search."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from curbside.records import Answer, AnswerVerdict, Level, Opposed, Quote, SearchDone


def quote_json(quote: Quote) -> dict[str, Any]:
    """Return document, start, end (half open, code points) and words."""
    return {"document": quote.document, "start": quote.span.start, "end": quote.span.end, "words": quote.words}


def beside_json(answer: Answer) -> dict[str, Any]:
    """Return the fields of an answer that stand beside its sentences."""
    return {
        "verdict": _verdict(answer.verdict) if answer.verdict else None,
        "opposed": [_opposed(each) for each in answer.opposed],
        "superseded": [
            {"reference": each.reference, "by": list(each.by), "words": each.words} for each in answer.superseded
        ],
        "level": level_json(answer.level),
        "search": _search(answer.search) if answer.search else None,
    }


def level_json(level: Level | None) -> dict[str, Any] | None:
    """Return a suggested level with its reasons, None where there is none."""
    if level is None:
        return None
    return {
        "aim": level.aim.value,
        "level": level.level,
        "certainty": level.certainty,
        "words": level.words,
        "reasons": [{"domain": each.domain, "steps": each.steps, "words": each.words} for each in level.reasons],
    }


def _verdict(verdict: AnswerVerdict) -> dict[str, Any]:
    sources = [
        {"says": each.says.value, "quote": quote_json(each.quote), "why": each.why, "reference": each.reference}
        for each in verdict.sources
    ]
    return {"says": verdict.says.value, "words": verdict.words, "sources": sources}


def _opposed(opposed: Opposed) -> dict[str, Any]:
    sides = [
        {"text": side.text, "quote": quote_json(side.quote), "reference": side.reference} for side in opposed.sides
    ]
    return {"about": opposed.about, "sides": sides, "decided": opposed.decided, "why": list(opposed.why)}


def _search(search: SearchDone) -> dict[str, Any]:
    plain: dict[str, Any] = asdict(search)
    plain["steps"] = [asdict(step) for step in search.steps]
    plain["filters"] = list(search.filters)
    plain["left_out"] = [{"why": why, "documents": number} for why, number in search.left_out]
    return plain
