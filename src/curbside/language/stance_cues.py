"""Where in a statement its marker stands, and the words around it that tell how it stands to what it cites."""

from __future__ import annotations

from dataclasses import dataclass, replace

from curbside.language.stance_words import CLAUSE_END, KINDS, MARKER
from curbside.records.citation import StanceCue, StatementText
from curbside.records.span import Span

READ = 2_000
"""Code points read on either side of the marker; no sentence that people write is longer."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement cut to what is read, with its in-text citations found.

    Attributes:
        text: what is read of the sentence.
        offset: where `text` begins in the statement's own text.
        marker: the marker in `text`, or None where there is none.
        others: further markers in `text`, in order.
        clause: the clause that the marker stands in or right behind; the whole text where there is no marker.
    """

    text: str
    offset: int
    marker: Span | None
    others: tuple[Span, ...]
    clause: Span


def placed(statement: StatementText) -> Placed:
    """Return a statement with its markers found; a marker outside the text, or empty, counts as none given.

    What is further than `READ` code points from the marker is not read.
    """
    given = statement.marker
    if given is not None and not 0 <= given.start < given.end <= len(statement.text):
        given = None
    start = max(0, given.start - READ) if given is not None else 0
    end = min(len(statement.text), (given.end if given is not None else start) + READ)
    text = _encodable(statement.text[start:end])
    found = [Span(match.start(), match.end()) for match in MARKER.finditer(text)]
    if given is not None:
        marker: Span | None = given.moved(-start)
    else:
        marker = found[0] if found else None
    told = [span.moved(-start) for span in statement.others if start <= span.start < span.end <= end]
    others: list[Span] = []
    for span in sorted([*told, *found]):
        if (marker is None or not span.meets(marker)) and not any(span.meets(other) for other in others):
            others.append(span)
    return Placed(text, start, marker, tuple(others), _clause(text, marker, others))


def _encodable(text: str) -> str:
    """Return a text of the same length without halves of surrogate pairs, which patterns cannot read."""
    return text if text.isascii() else text.encode("utf-32", "surrogatepass").decode("utf-32", "replace")


def _clause(text: str, marker: Span | None, others: list[Span]) -> Span:
    if marker is None:
        return Span(0, len(text))
    low, high = 0, len(text)
    for match in CLAUSE_END.finditer(text):
        span = Span(match.start(), match.end())
        if span.meets(marker) or any(span.meets(other) for other in others):
            continue
        if span.end <= marker.start and text[span.end : marker.start].strip():
            low = span.end
        elif span.start >= marker.end:
            high = span.start
            break
    return Span(low, high)


def cues(place: Placed) -> tuple[StanceCue, ...]:
    """Return the cues of a statement in the order of its text; spans are in `place.text`.

    Two cues of different kinds may share words; nothing inside a marker is a cue.
    """
    markers = [*place.others, *([place.marker] if place.marker is not None else [])]
    found: list[StanceCue] = []
    for kind, pattern in KINDS.items():
        for match in pattern.finditer(place.text):
            span = Span(match.start(), match.end())
            if len(span) and not any(marker.covers(span) for marker in markers):
                found.append(StanceCue(kind, span, match.group().lower()))
    return tuple(sorted(found, key=lambda cue: (cue.span.start, cue.span.end, cue.kind)))


def cues_of(statement: StatementText) -> tuple[StanceCue, ...]:
    """Return the cues of a statement with their spans in its own text."""
    place = placed(statement)
    return tuple(StanceCue(cue.kind, cue.span.moved(place.offset), cue.words) for cue in cues(place))


def marked(statement: StatementText) -> StatementText:
    """Return a statement with the marker that is judged where none was given; the same where there is none at all."""
    place = placed(statement)
    marker = place.marker.moved(place.offset) if place.marker is not None else None
    return statement if marker == statement.marker else replace(statement, marker=marker)
