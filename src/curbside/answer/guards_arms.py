"""Who is compared with whom, and which number belongs to which arm: read in a sentence and in its quotes alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curbside.language.cues import directions
from curbside.language.linear import linear
from curbside.language.numbers import Number, numbers
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import flat, listed
from curbside.records import ConceptKind, Span

_ARMS = linear(
    r"\b(?:placebo|vehicle|sham|controls?|usual care|standard (?:of )?care|standard (?:therapy|treatment)|observation"
    r"|no treatment|untreated|comparator|conventional (?:therapy|treatment)|best supportive care|monotherapy"
    r"|combination (?:therapy|treatment)|(?:low|high|lower|higher)[- ]dose|intervention group|treatment group"
    r"|treated group|(?:group|arm) [a-d1-4])\b"
)
_THAN = linear(
    r"\b(?:than|versus|vs\.?|compared (?:with|to)|in comparison (?:with|to)|relative to|as against|as opposed to"
    r"|(?:non-?)?(?:superior|inferior) to|superiority (?:of \w+ )?over|preferable to|outperform(?:s|ed)?"
    r"|favou?r(?:s|ed|ing)?|in favou?r of|rather than|instead of"
    r"|(?:advantage|benefit|preferred|chosen|improvement) over)\b"
)
_NO_WAY = listed(
    "progression response responses remission clearance recurrence relapse relapses resolution recovery responders"
    " relief benefit benefits adverse stable responded relapsed"
)
"""Cues of direction that name an outcome, and do not tell which of two arms has more of it."""
_RATIO = linear(r"\b(?:hr|or|rr|ratio|ci|cri|interval|p|iqr|sd)\b[^a-z]{0,40}$")
TIME = linear(r"^[ -]?(?:minute|hour|day|week|month|year)s?\b")
"""What follows a number that is a time."""
_OPPOSITE = {"increased": "decreased", "decreased": "increased", "improved": "worsened", "worsened": "improved"}
_SIDES = {ConceptKind.DRUG, ConceptKind.DRUG_CLASS, ConceptKind.PROCEDURE}
_FAR = 90  # characters from "than" to the arm behind it
_BETWEEN = linear(r"[;,()]|\b(?:and|but|whereas|while|versus|vs|compared|than)\b")
_BY_ORDER = linear(r"\brespectively\b|[0-9%)] (?:percent )?(?:vs\.?|versus|and|or) [(]?[0-9]")
_LEADS = linear(
    r"^[^\w]{0,4}(?:(?:of|with|in|for|on|among|had|have|received|receiving|taking|given|treated|patients?|children"
    r"|people|the|who|were|was|those|by|achieved|developed|experienced|group|to|assigned|randomi[sz]ed|a|an|adults|arm"
    r"|women|men|participants?|reported)[^\w;,()]{1,2}){0,7}$"
)


@dataclass(frozen=True, slots=True)
class Arm:
    """A drug, class, procedure or group that is compared; `key` is the same for other names of the same."""

    key: str
    span: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whom a sentence speaks of, in comparison with whom, in which direction ("" where none is told)."""

    of: str
    against: str
    kind: str


def arms(text: str, vocabulary: Vocabulary) -> list[Arm]:
    """Return what may be an arm, in order, none overlapping another."""
    low = flat(text)
    found = [Arm(each.concept, each.span) for each in vocabulary.mentions(text) if each.kind in _SIDES]
    found += [Arm(_plain(match.group()), Span(match.start(), match.end())) for match in _ARMS.finditer(low)]
    kept: list[Arm] = []
    for each in sorted(found, key=lambda arm: (arm.span.start, -len(arm.span))):
        if not kept or each.span.start >= kept[-1].span.end:
            kept.append(each)
    return kept


def _plain(words: str) -> str:
    words = words.replace("-", " ")
    return "control" if words == "controls" else words


def comparisons(text: str, vocabulary: Vocabulary) -> list[Comparison]:
    """Return who is compared with whom in a text, in order of the words that compare."""
    low, sides = flat(text), arms(text, vocabulary)
    ways = [cue for cue in directions(text) if cue.words not in _NO_WAY]
    found: list[Comparison] = []
    for match in _THAN.finditer(low):
        at = Span(match.start(), match.end())
        behind = next((arm for arm in sides if at.end <= arm.span.start <= at.end + _FAR), None)
        before = [arm for arm in sides if arm.span.end <= at.start]
        if behind is None:
            continue
        others = [arm for arm in before if arm.key != behind.key]
        if others:
            of = others[-1]
        else:
            of = next((arm for arm in sides if arm.span.start > behind.span.end and arm.key != behind.key), None)
        if of is None:
            continue
        near = min(ways, key=lambda cue: abs(cue.span.start - at.start), default=None)
        kind = near.kind if near is not None else ""
        if match.group().startswith("favo") or match.group().startswith("in favo"):
            found.append(Comparison(behind.key, of.key, "improved"))
        else:
            found.append(Comparison(of.key, behind.key, kind))
    return found


def compared_otherwise(said: str, held: str, vocabulary: Vocabulary) -> str:
    """Return which comparison of a sentence its quotes do not make, in words, or ""."""
    sides = [{arm.key for arm in arms(text, vocabulary)} for text in (said, held)]
    if sides[0] != sides[1]:
        return f"it names other arms: {', '.join(sorted(sides[0] ^ sides[1]))}"
    theirs = comparisons(held, vocabulary)
    allowed = {(each.of, each.against, each.kind) for each in theirs}
    allowed |= {(each.against, each.of, _OPPOSITE[each.kind]) for each in theirs if each.kind in _OPPOSITE}
    plain = not any(number.form != "citation" for number in numbers(held))
    allowed |= {(each.against, each.of, each.kind) for each in theirs if plain and each.kind == "no difference"}
    for each in comparisons(said, vocabulary):
        if (each.of, each.against, each.kind) not in allowed:
            return f"it compares {each.of} with {each.against} ({each.kind or 'no direction'}), its quotes do not so"
    mine = {frozenset((each.of, each.against)) for each in comparisons(said, vocabulary)}
    gone = [each for each in theirs if frozenset((each.of, each.against)) not in mine]
    return f"it leaves out the comparison of {gone[0].of} with {gone[0].against}" if gone else ""


def bound_otherwise(said: str, held: str, vocabulary: Vocabulary) -> str:
    """Return which number of a sentence belongs to another arm or condition in its quotes, in words, or ""."""
    for sided in (True, False):
        mine, theirs = (dict(_bound(text, vocabulary, sided)) for text in (said, held))
        for value, names in mine.items():
            other = theirs.get(value)
            if names and other and names.isdisjoint(other):
                return f"{value:g} is told of {', '.join(sorted(names))}, in the quote of {', '.join(sorted(other))}"
    return ""


def _in_order(text: str) -> list[float]:
    return [each.value for each in numbers(text) if each.form not in {"citation", "label"}]


def ordered_otherwise(said: str, held: str, vocabulary: Vocabulary) -> str:
    """Return how numbers that belong to arms or times by their order alone stand in another order, or ""."""
    if not _BY_ORDER.search(flat(held)):
        return ""
    mine, theirs = _in_order(said), _in_order(held)
    if sorted(mine) != sorted(theirs) or mine == theirs:
        return ""
    if [arm.key for arm in arms(said, vocabulary)] != [arm.key for arm in arms(held, vocabulary)]:
        return ""  # told of the arms in another order, and so are the numbers: `bound_otherwise` looks at those
    return "its numbers stand in another order, and their order tells whose they are"


def _bound(text: str, vocabulary: Vocabulary, sided: bool) -> Iterator[tuple[float, frozenset[str]]]:
    """Yield each number with what it belongs to: arms, or conditions; numbers of a list follow it in order."""
    if sided:
        things = [arm for arm in arms(text, vocabulary) if not arm.key.startswith("p:")]
    else:
        things = [Arm(m.concept, m.span) for m in vocabulary.mentions(text) if m.kind is ConceptKind.CONDITION]
    if len({thing.key for thing in things}) < 2:
        return
    low = flat(text)
    shown = [each for each in numbers(text) if each.form not in {"citation", "label", "times"}]
    found: dict[float, set[str]] = {}
    if "respectively" in low and len(things) == 2:
        first, second = things
        behind = [each for each in shown if each.span.start > second.span.end]
        half = len(behind) // 2
        rows = [(each, first) for each in behind[:half]] + [(each, second) for each in behind[half:]]
        for each, thing in rows if len(behind) % 2 == 0 else []:
            found.setdefault(each.value, set()).add(thing.key)
    else:
        for each in shown:
            owner = _owner(low, each, things)
            if owner:
                found.setdefault(each.value, set()).add(owner)
    for value, names in found.items():
        yield value, frozenset(names)


def _owner(low: str, number: Number, things: Sequence[Arm]) -> str:
    if _RATIO.search(low[max(0, number.span.start - 48) : number.span.start]) or TIME.match(low[number.span.end :]):
        return ""  # of both arms together, or a time, which the guard on times looks at
    left = [thing for thing in things if thing.span.end <= number.span.start]
    right = next((thing for thing in things if thing.span.start >= number.span.end), None)
    if right is not None:
        between = low[number.span.end : right.span.start].lstrip("% ")
        if _LEADS.search(between):
            return right.key
    if left:
        return left[-1].key
    return right.key if right is not None and not _BETWEEN.search(low[number.span.end : right.span.start]) else ""
