"""A judgement of a statement as plain values: stance, probability, the words that decided, why."""

from __future__ import annotations

from typing import Any

from curbside.records.citation import Judgement, StatementText
from curbside.records.span import Span


def stance_json(statement: StatementText, judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as plain values; offsets are code points of the statement's text."""
    return {
        "stance": judgement.stance.value,
        "probability": round(judgement.probability, 4),
        "deciding": [_place(span, statement.text) for span in judgement.deciding],
        "reason": judgement.reason,
        "marker": None if statement.marker is None else _place(statement.marker, statement.text),
        "maker": judgement.maker,
    }


def _place(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "words": span.of(text)}
