"""Checks as text, as JSON-able values and as a table: each with its arithmetic and the words of both sides."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from curbside.records import Check, Checked, Document, Verdict
from curbside.writers.fields import one_line
from curbside.writers.table import line

COLUMNS = ("document", "title", "kind", "verdict", "message", "arithmetic", "why_not", "start", "end", "quotes")


def check_json(check: Check) -> dict[str, Any]:
    """Return a check as plain values; offsets are code points of the document's text."""
    return {
        "kind": check.kind.value,
        "verdict": check.verdict.value,
        "message": check.message,
        "arithmetic": check.arithmetic,
        "why_not": check.why_not,
        "quotes": [{"start": quote.span.start, "end": quote.span.end, "words": quote.words} for quote in check.quotes],
    }


def checked_json(document: Document, checked: Checked) -> dict[str, Any]:
    """Return the checks of a document with their tallies."""
    return {
        "document": document.id,
        "title": document.title,
        "disagrees": len(checked.of(Verdict.DISAGREES)),
        "agrees": len(checked.of(Verdict.AGREES)),
        "could_not_check": len(checked.of(Verdict.NOT_CHECKED)),
        "checks": [check_json(check) for check in checked.checks],
    }


def checks_csv(document: Document, checked: Checked) -> Iterator[str]:
    """Yield one row a check, quotes joined by a bar; cells that a spreadsheet would compute are made harmless."""
    for check in checked.checks:
        span = check.quotes[0].span if check.quotes else None
        yield line(
            [
                document.id,
                document.title,
                check.kind.value,
                check.verdict.value,
                check.message,
                check.arithmetic,
                check.why_not,
                span.start if span is not None else "",
                span.end if span is not None else "",
                " | ".join(quote.words for quote in check.quotes),
            ]
        )


def checked_text(document: Document, checked: Checked, width: int, everything: bool = False) -> str:
    """Return the disagreements of a document (with `everything` all checks), then how many came out how.

    Args:
        document: what was checked.
        checked: its checks.
        width: columns.
        everything: whether to print what agrees and what could not be checked as well.
    """
    shown = checked.checks if everything else checked.of(Verdict.DISAGREES)
    pieces = [textwrap.fill(one_line(document.title), width)] if document.title else []
    pieces += ["\n".join(_lines(number, check, width)) for number, check in enumerate(shown, 1)]
    pieces.append(textwrap.fill(tally(checked), width))
    return "\n\n".join(pieces)


def tally(checked: Checked) -> str:
    """Return how many checks came out how, in a sentence or two."""
    wrong, right, left = (len(checked.of(v)) for v in (Verdict.DISAGREES, Verdict.AGREES, Verdict.NOT_CHECKED))
    if not checked.checks:
        return "Nothing was found that could be held against each other."
    disagree = f"{wrong:,} {'disagrees' if wrong == 1 else 'disagree'}" if wrong else "None disagrees"
    return f"{disagree}; {right:,} {'agrees' if right == 1 else 'agree'}; {left:,} could not be checked."


def _lines(number: int, check: Check, width: int) -> Iterator[str]:
    lead = f"{number}. "
    indent = " " * len(lead)
    head = check.message if check.verdict is not Verdict.NOT_CHECKED else f"Could not check: {check.why_not}"
    mark = "" if check.verdict is not Verdict.AGREES else " (agrees)"
    yield textwrap.fill(f"{head}{mark}", width, initial_indent=lead, subsequent_indent=indent)
    rows = [("compared", check.kind.value), ("arithmetic", check.arithmetic)]
    rows += [("words", f"“{one_line(quote.words)}” ({quote.span.start}-{quote.span.end})") for quote in check.quotes]
    for label, value in rows:
        if value:
            before = f"{indent}{label:<11}"
            yield textwrap.fill(one_line(value), width, initial_indent=before, subsequent_indent=" " * len(before))
