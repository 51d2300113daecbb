"""Which stance the words of a statement ask for, by rules that a reader can follow.

A statement supports where it says that findings go together, contrasts where it says that they do not, and mentions
where it says neither of the work its marker stands for. The rule that decides is the first that holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from curbside.language.linear import Pattern
from curbside.language.stance_cues import Placed, cues, placed
from curbside.language.stance_words import DIFFERENT_RESULT, HELD_AGAINST, NOT_AGREEING, SAME_RESULT
from curbside.records.citation import Stance, StanceCue, StatementText
from curbside.records.span import Span


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a rule said: the stance, the words it stands on (in the statement's text) and why, in a line."""

    stance: Stance
    deciding: tuple[Span, ...]
    reason: str
    rule: str


def ruled(statement: StatementText) -> Ruled:
    """Return what the first rule that holds says; mentioning, with the reason, where none does."""
    place = placed(statement)
    return ruled_of(place, cues(place))


def ruled_of(place: Placed, found: tuple[StanceCue, ...]) -> Ruled:
    """Return the same for a statement whose markers and cues are known already."""
    if not place.text.strip():
        return Ruled(Stance.MENTIONING, (), "abstains: there are no words to judge", "empty")
    for rule in (_contrasting, _supporting):
        made = rule(place, found)
        if made is not None:
            spans = tuple(span.moved(place.offset) for span in made.deciding)
            return Ruled(made.stance, spans, made.reason, made.rule)
    if place.marker is None:
        return Ruled(
            Stance.MENTIONING, (), "abstains: no in-text citation, and no words of agreement or contrast", "none"
        )
    return Ruled(Stance.MENTIONING, (), "abstains: no words of agreement or contrast with the cited finding", "none")


def denied(statement: StatementText) -> tuple[Span, ...]:
    """Return the words by which agreement with the cited finding is denied, () where none is."""
    said = ruled(statement)
    return said.deciding if said.rule == "denied" else ()


def _near(place: Placed, cue: StanceCue) -> bool:
    """Tell whether a cue may speak of the marker: same clause, or before it with no other marker between."""
    if place.marker is None or place.clause.meets(cue.span):
        return True
    low, high = min(cue.span.end, place.marker.end), max(cue.span.start, place.marker.start)
    return not any(low <= other.start < high for other in place.others) and cue.span.start < place.marker.start


def _within(pattern: Pattern, place: Placed) -> list[StanceCue]:
    found = (StanceCue("", Span(match.start(), match.end()), match.group()) for match in pattern.finditer(place.text))
    return [cue for cue in found if _near(place, cue)]


def _contrasting(place: Placed, found: tuple[StanceCue, ...]) -> Ruled | None:
    own = [cue for cue in found if cue.kind in {"own", "this_is"}]
    for cue in found:
        if cue.kind == "contrast" and _near(place, cue) and (own or cue.span.start < 15):
            return _said(Stance.CONTRASTING, [cue], "words of contrast", "contrast")
    denied = [cue for cue in _within(NOT_AGREEING, place) if _of_agreement(cue.words)]
    if denied and (own or denied[0].span.start < 15):
        return _said(Stance.CONTRASTING, denied[:1], "agreement is denied", "denied")
    for pattern, why in ((DIFFERENT_RESULT, "findings said to differ"), (HELD_AGAINST, "a figure held against theirs")):
        told = _within(pattern, place)
        if told and own:
            return _said(Stance.CONTRASTING, [told[0], own[0]], why, "differ")
    turn = [cue for cue in found if cue.kind == "however" and cue.words in _TURNS]
    theirs = [cue for cue in found if cue.kind in {"earlier", "named"}]
    ours = [cue for cue in own if cue.kind == "own" and not place.clause.meets(cue.span)]
    if turn and theirs and ours and any(place.clause.meets(cue.span) for cue in theirs):
        return _said(Stance.CONTRASTING, [turn[0], theirs[0], ours[0]], "their finding set against ours", "turn")
    return None


_TURNS = frozenset({"although", "though", "whereas", "while", "but", "however"})


def _of_agreement(words: str) -> bool:
    low = words.lower()
    stems = (
        "consisten",
        "agree",
        "support",
        "confirm",
        "corrobor",
        "replic",
        "accord",
        "keeping",
        "similar",
        "compara",
        "line",
    )
    return any(stem in low for stem in stems)


def _supporting(place: Placed, found: tuple[StanceCue, ...]) -> Ruled | None:
    own = [cue for cue in found if cue.kind in {"own", "this_is"}]
    theirs = [cue for cue in found if cue.kind in {"earlier", "named"}]
    for cue in found:
        if cue.kind == "agree" and _near(place, cue) and (own or theirs or cue.span.start < 15):
            return _said(Stance.SUPPORTING, [cue], "words of agreement", "agree")
    told = _within(SAME_RESULT, place)
    if told and (own or theirs):
        return _said(Stance.SUPPORTING, told[:1], "findings said to be alike", "alike")
    first = next((cue for cue in found if cue.kind == "alike" and cue.span.start < 5), None)
    if first is not None:
        return _said(Stance.SUPPORTING, [first], "findings said to be alike", "alike")
    also = [cue for cue in found if cue.kind == "also_found" and _near(place, cue)]
    if also and theirs:
        return _said(Stance.SUPPORTING, also[:1], "others found so too", "also")
    return None


def _said(stance: Stance, on: list[StanceCue], why: str, rule: str) -> Ruled:
    words = "; ".join(f'"{" ".join(cue.words.lower().split())}"' for cue in on)
    return Ruled(stance, tuple(sorted(cue.span for cue in on)), f"{why}: {words}", rule)
