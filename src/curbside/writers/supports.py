"""A judgement of claim and evidence as plain values: label, probability, what was found and on which words."""

from __future__ import annotations

from typing import Any

from curbside.records.span import Span
from curbside.records.support import Support


def support_json(claim: str, evidence: str, made: Support) -> dict[str, Any]:
    """Return a judgement as plain values; offsets are code points of the claim and of the evidence."""
    return {
        "label": made.label.value,
        "probability": round(made.probability, 4),
        "reasons": [
            {
                "factor": reason.factor.value,
                "said": reason.said,
                "claim": [_place(span, claim) for span in reason.claim],
                "evidence": [_place(span, evidence) for span in reason.evidence],
            }
            for reason in made.reasons
        ],
        "maker": made.maker,
    }


def _place(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "words": span.of(text)}
