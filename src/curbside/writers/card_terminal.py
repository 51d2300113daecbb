"""A study card as terminal text: fields in groups, each value with its words, what is not stated in plain sight."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from curbside.records import Document, Fact, Field, StudyCard
from curbside.writers.facts import value_words
from curbside.writers.fields import one_line

GROUPS: tuple[tuple[str, Field, Field], ...] = (
    ("The document", Field.TITLE, Field.REVIEW_BANNER),
    ("The study", Field.DESIGN, Field.COMPARATOR),
    ("The treatment", Field.DRUG, Field.COMBINATION),
    ("What came of it", Field.OUTCOME, Field.LAB),
)
"""Heading -> the first and last field, in the order of `Field`, that stand under it."""

_ORDER = tuple(Field)
_LONGEST = 160
"""Code points of a quote that are shown; the offsets beside it give the rest."""
_PLACES = 2  # places shown of a value that the source repeats


def card_terminal(document: Document, card: StudyCard, width: int = 100) -> str:
    """Return a card as text; a value said at several places stands once, with the number of places."""
    lines = [*textwrap.wrap(one_line(document.title or "Untitled"), width), f"{document.id} · {document.kind.value}"]
    for heading, first, last in GROUPS:
        fields = _ORDER[_ORDER.index(first) : _ORDER.index(last) + 1]
        rows = [row for field in fields for row in _field(field, card, width)]
        if rows:
            lines += ["", heading, *rows]
    return "\n".join(lines) + "\n"


def _field(field: Field, card: StudyCard, width: int) -> Iterator[str]:
    facts = [fact for fact in card.facts if fact.field is field]
    told: dict[str, list[Fact]] = {}
    for fact in facts:
        told.setdefault(_words(fact), []).append(fact)
    for place, (words, same) in enumerate(told.items()):
        label = field.value.replace("_", " ") if not place else ""
        more = f" ({len(same)} places)" if len(same) > 1 else ""
        lead = f"  {label:<20}"
        yield textwrap.fill(one_line(words + more), width, initial_indent=lead, subsequent_indent=" " * 22)
        for fact in same[:_PLACES]:
            yield _quote(fact, width)


def _words(fact: Fact) -> str:
    """Return a fact in a few words: arm, outcome, value, and what qualifies it."""
    value = value_words(fact.value)
    about = fact.outcome if fact.outcome and fact.outcome not in value else ""
    lead = ": ".join(each for each in (fact.arm, about) if each)
    said = f"{lead}: {value}" if lead and fact.value is not None else value
    marks = [
        *(["serious"] if fact.serious else []),
        *(["denied"] if fact.negated else []),
        *([f"{', '.join(fact.hedges)}"] if fact.hedges else []),
        *([fact.arithmetic] if fact.arithmetic else []),
    ]
    return f"{said} [{'; '.join(marks)}]" if marks else said


def _quote(fact: Fact, width: int) -> str:
    words = one_line(fact.quote.words)
    shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    where = f"{fact.quote.span.start}-{fact.quote.span.end}"
    asked = "looked for in " if fact.value is None else ""
    quoted = f'{asked}"{shown}" {where}'
    return textwrap.fill(quoted, width, initial_indent=" " * 24, subsequent_indent=" " * 24)
