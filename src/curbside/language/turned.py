"""Whether one sentence turns another round: denies something else, or tells that something goes the other way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curbside.language.cues import Cue, directions, negations
from curbside.language.linear import linear
from curbside.language.words import STOP_WORDS, WORD, flat, fold, listed, stem
from curbside.records import Span

_OFTEN = linear(r"\b(?:more|less) (?:common(?:ly)?|often)\b|\b(?:commoner|rarer)\b")
_OUTCOMES = listed("response responses responders remission clearance resolution recovery relief recurrence relapse")
_REACH = 5  # content words from a cue to what it is of
_CLAUSE = linear(r"[.;:!?]\s|[.;!?]$|,\s|\b(?:and|but|whereas|while|although|or|than|versus|vs|compared)\b")
_WEAK = listed("signific statist differ evid clear import substanti patient group treatment studi trial")


def denied_otherwise(said: str, held: str) -> str:
    """Return what a sentence denies that another does not, in words, or "".

    Each negation is of the next few words of content; one of them must be denied in the other text too.
    """
    everything = _together(_of(held, cue.span, ahead=True) for cue in negations(held))
    for cue in negations(said):
        mine = _of(said, cue.span, ahead=True)
        if mine and everything and mine.isdisjoint(everything):
            return f"'{cue.words}' is of {', '.join(sorted(mine))}, which the quote does not deny"
    return ""


def turned_otherwise(said: str, held: str) -> str:
    """Return which direction of a sentence another text does not have, in words, or "".

    Where the other text points in one direction only, so must the sentence; where it points in several, each of the
    sentence's must be of a thing that goes that way there too.
    """
    theirs = _ways(held)
    kinds = {cue.kind for cue in theirs}
    for cue in _ways(said):
        if cue.kind not in kinds:
            return f"'{cue.words}' ({cue.kind}) where the quote has {', '.join(sorted(kinds)) or 'no direction'}"
        if len(kinds) == 1 or cue.words in _OUTCOMES:
            continue
        mine = around(said, cue)
        same = _together(around(held, each) for each in theirs if each.kind == cue.kind)
        other = _together(around(held, each) for each in theirs if each.kind != cue.kind)
        if mine & (other - same) and not mine & (same - other):
            return f"'{cue.words}' is told of {', '.join(sorted(mine & other))}, of which the quote tells otherwise"
    return ""


def _ways(text: str) -> list[Cue]:
    """Return what points in a direction, "more common" too; a bound ("grade 3 or higher") points in none."""
    low = flat(text)
    found = [cue for cue in directions(text) if not low[: cue.span.start].endswith(" or ")]
    for match in _OFTEN.finditer(low):
        kind = "increased" if match.group().startswith(("more", "commoner")) else "decreased"
        found.append(Cue(Span(match.start(), match.end()), kind, match.group()))
    return sorted(found, key=lambda cue: cue.span)


def _together(sets: Iterable[set[str]]) -> set[str]:
    return {each for one in sets for each in one}


def around(text: str, cue: Cue) -> set[str]:
    """Return the stems of the content words beside a cue in its clause, the five nearest on either side."""
    return _of(text, cue.span, ahead=True) | _of(text, cue.span, ahead=False)


def _of(text: str, at: Span, *, ahead: bool) -> set[str]:
    """Return the stems of the content words of a cue's clause, on one side of it, the cue's own stem left out."""
    low = flat(text)
    if ahead:
        stop = _CLAUSE.search(low[at.end :])
        part = low[at.end : at.end + stop.start()] if stop else low[at.end :]
    else:
        part = low[: at.start]
        stops = list(_CLAUSE.finditer(part))
        part = part[stops[-1].end() :] if stops else part
    found = [match.group() for match in WORD.finditer(part)]
    return set(_content(found if ahead else found[::-1])[:_REACH])


def _content(words: Sequence[str]) -> list[str]:
    stems = [stem(fold(word)) for word in words if word not in STOP_WORDS and not word[0].isdigit()]
    return [each for each in stems if each not in _WEAK]
