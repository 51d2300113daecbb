"""The words on either side of a statement's marker, for a model that reads them in their order."""

from __future__ import annotations

from curbside.language.stance_cues import placed
from curbside.records.citation import StatementText

OTHER = " * "
"""Stands for further in-text citations: which works they name says nothing of the one that is judged."""


def sides(statement: StatementText) -> tuple[str, str]:
    """Return the words before the marker and those behind it; all words stand before where there is no marker."""
    place = placed(statement)
    at, end = (place.marker.start, place.marker.end) if place.marker is not None else (len(place.text),) * 2
    pieces: tuple[list[str], list[str]] = ([], [])
    start = 0
    for span in (*(other for other in place.others if other.end <= at), None):
        pieces[0].append(place.text[start : span.start if span is not None else at])
        start = span.end if span is not None else end
    for span in (*(other for other in place.others if other.start >= end), None):
        pieces[1].append(place.text[start : span.start if span is not None else len(place.text)])
        start = span.end if span is not None else len(place.text)
    return OTHER.join(pieces[0]), OTHER.join(pieces[1])
