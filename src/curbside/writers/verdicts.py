"""What a text suggests on a yes/no question, as plain values and as terminal text."""

from __future__ import annotations

import textwrap
from typing import Any

from curbside.records import Document
from curbside.records.verdict import YesNo, YesNoVerdict
from curbside.writers.fields import one_line

_CAUTION = "One text read by a machine; a suggestion, not an answer."


def verdict_json(document: Document, verdict: YesNoVerdict) -> dict[str, Any]:
    """Return a verdict as plain values; offsets are code points of the document's text."""
    return {
        "document": document.id,
        "title": document.title,
        "question": verdict.question,
        "suggested": verdict.says.value if verdict.says is not None else None,
        "likeliest": verdict.likeliest.value,
        "probability": round(verdict.probability, 4),
        "shares": {answer.value: round(share, 4) for answer, share in zip(YesNo, verdict.shares)},
        "reasons": [
            {
                "start": each.quote.span.start,
                "end": each.quote.span.end,
                "words": each.quote.words,
                "why": each.why,
                "weight": each.weight,
            }
            for each in verdict.reasons
        ],
        "hedged": list(verdict.hedged),
        "abstains": verdict.abstains,
        "maker": verdict.maker,
    }


def verdict_terminal(document: Document, verdict: YesNoVerdict, width: int = 100) -> str:
    """Return a verdict as text: the title, what is suggested and how surely, the sentences that decided."""
    lines = [*textwrap.wrap(one_line(document.title or "Untitled"), width), document.id, ""]
    shares = " · ".join(f"{answer.value} {100 * share:.0f} %" for answer, share in zip(YesNo, verdict.shares))
    if verdict.says is None:
        lines.append(f"Nothing suggested: {verdict.abstains}.")
    else:
        lines += [f"Suggested: {verdict.says.value} ({shares})", _CAUTION]
    for each in verdict.reasons:
        lines += [
            "",
            textwrap.fill(f'"{one_line(each.quote.words)}"', width, initial_indent="  ", subsequent_indent="  "),
        ]
        lines.append(f"    {each.why} [{each.quote.span.start}-{each.quote.span.end}]")
    if verdict.hedged:
        words = ", ".join(f'"{one_line(word)}"' for word in verdict.hedged)
        lines += ["", *textwrap.wrap(f"The source itself is in doubt: {words}", width)]
    return "\n".join(lines) + "\n"
