"""Flags: as plain JSON, as lines to train on, and as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from curbside.records import Flag


def flag_json(flag: Flag) -> dict[str, Any]:
    """Return a flag as it stands; the marker's offsets are code points of `words`, half open."""
    return {
        "number": flag.number,
        "citation": flag.citation,
        "state": flag.state,
        "old": flag.was.value,
        "new": flag.stance.value,
        "said": flag.said,
        "who": flag.who,
        "why": flag.why,
        "at": flag.at,
        "agreed": list(flag.agreed),
        "refused": list(flag.refused),
        "words": flag.words,
        "marker": {"start": flag.marker.start, "end": flag.marker.end} if flag.marker else None,
    }


def training_json(flag: Flag) -> dict[str, Any]:
    """Return what a flag that reviewers agreed on gives to train on: sentence, marker's place, old and new class."""
    marker = flag.marker
    return {
        "sentence": flag.words,
        "start": marker.start if marker else None,
        "end": marker.end if marker else None,
        "old": flag.was.value,
        "new": flag.stance.value,
        "who": [flag.who, *flag.agreed],
        "why": flag.why,
        "citation": flag.citation,
        "key": flag.key,
    }


def flag_lines(flag: Flag) -> Iterator[str]:
    """Yield a flag in lines: what it asks for, the words, who said what."""
    said = f" ({flag.said})" if flag.said else ""
    yield f"{flag.number}. {flag.was.value}{said} -> {flag.stance.value}, {flag.state}: {flag.citation}"
    yield f"   “{flag.words}”"
    yield f"   {flag.who}, {flag.at[:10]}: {flag.why}"
    if flag.agreed:
        yield f"   agreed: {', '.join(flag.agreed)}"
    if flag.refused:
        yield f"   refused: {', '.join(flag.refused)}"
