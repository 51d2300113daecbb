"""Where two sources of an answer say opposite things of the same: which sentences, of what, and what decides it.

Two sentences stand against each other where they name the same drug, and the same outcome goes one way in one of them
and another way, or no way, in the other. Nothing is concluded from words that one of them lacks; what a comparison
found against placebo is not held against what another found against a drug.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from curbside.answer.guards_arms import arms
from curbside.language.certainty import Sureness, read
from curbside.language.cues import directions, negated, negations
from curbside.language.groups import populations
from curbside.language.linear import linear
from curbside.language.turned import around
from curbside.language.vocabulary import Vocabulary
from curbside.language.words import content_words, listed
from curbside.records import AnswerSentence, ConceptKind, Span
from curbside.records.answer_beside import Opposed, OpposedSide

_AGAINST = {
    frozenset({"increased", "decreased"}),
    frozenset({"improved", "worsened"}),
    frozenset({"improved", "no difference"}),
    frozenset({"worsened", "no difference"}),
    frozenset({"increased", "no difference"}),
    frozenset({"decreased", "no difference"}),
}
_NONE = "no difference"
_SHORT = 3  # letters of a stem that names a unit or a statistic
_DRUGS = frozenset({ConceptKind.DRUG, ConceptKind.DRUG_CLASS})
_PLAIN = listed(
    "effect result treat therapi drug use month week year day mean level rate number risk dose well signific differ"
    " follow compar baselin score patient children adult studi trial group significantli howev also evid data report"
    " primari endpoint outcom improv increas decreas reduc reduct respons respond benefit time includ case show"
    " abil cell mechan placebo event advers group significantli arm control versus lesion mg ml"
)
"""Stems that name no outcome by themselves."""
_OUTCOMES = listed(
    "progression response responses remission clearance clearing recurrence relapse relapses resolution recovery"
    " responders relief benefit benefits adverse stable responded relapsed larger smaller longer shorter prolonged"
    " elevated minor rebound flared greater"
)
"""Cues of direction that name an outcome or its size, and not which way it went."""
_WORKS = linear(r"(?i)\b(?:in)?(?:effective|efficacious|beneficial)\b|\bno benefit\b|\b(?:had|of) benefit\b")
_WORKING = frozenset({"works"})
"""What goes well or not where a sentence says of a drug that it is effective; no stem of a word."""
_SURE = frozenset({Sureness.ASSERTED, Sureness.NEGATED, Sureness.HEDGED, Sureness.OPINION})
_PLANS = linear(
    r"(?i)\b(?:aim(?:ed|s)?|objective|whether|hypothesi[sz]\w+|to (?:evaluate|assess|determine|investigate))\b"
)


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that a sentence says to go one way.

    Attributes:
        kind: which way (`language.cues.directions`).
        span: the words that say so.
        of: stems of what goes that way, names of drugs and conditions left out.
    """

    kind: str
    span: Span
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says, for holding it against another's.

    Attributes:
        drugs, conditions: ids that it names.
        people: groups that it names.
        against: arms that are no drug ("placebo").
        ways: what goes which way.
    """

    drugs: frozenset[str]
    conditions: frozenset[str]
    people: frozenset[str]
    against: frozenset[str]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Opposing:
    """That two texts stand against each other.

    Attributes:
        about: the matter, in words of the first.
        decided: the words of either that stand against each other.
        one, other: where those stand.
    """

    about: str
    decided: str
    one: Span
    other: Span


@lru_cache(maxsize=4_096)
def told(text: str, vocabulary: Vocabulary) -> Told:
    """Read a sentence; remembered, since it is held against many."""
    mentions = vocabulary.mentions(text)
    names = {stem for each in mentions for stem in content_words(each.span.of(text))}
    drugs = frozenset(each.concept for each in mentions if each.kind in _DRUGS)
    sure = read(text).kind in _SURE and not _PLANS.search(text)
    return Told(
        drugs,
        frozenset(each.concept for each in mentions if each.kind is ConceptKind.CONDITION),
        frozenset(populations(text)),
        frozenset(arm.key for arm in arms(text, vocabulary)) - drugs,
        tuple(_ways(text, names)) if sure and drugs else (),
    )


def _ways(text: str, names: set[str]) -> Iterator[Way]:
    for cue in directions(text):
        if cue.words in _OUTCOMES or _WORKS.match(cue.words):
            continue
        of = frozenset(each for each in around(text, cue) if each.isalpha() and len(each) > _SHORT)
        yield Way(cue.kind, cue.span, of - names - _PLAIN - frozenset(content_words(cue.words)))
    for match in _WORKS.finditer(text):
        at = Span(match.start(), match.end())
        no = match.group().lower().startswith(("in", "no "))
        if not no and negated(text, at):
            no = True
            before = [cue.span.start for cue in negations(text) if cue.span.end <= at.start]
            at = Span(before[-1], at.end) if before else at
        yield Way(_NONE if no else "improved", at, _WORKING)


def opposing(one: str, other: str, vocabulary: Vocabulary) -> Opposing | None:
    """Return what two sentences say opposite things of, or None. Linear in the texts but for their few cues."""
    mine, theirs = told(one, vocabulary), told(other, vocabulary)
    if mine.drugs != theirs.drugs or not mine.drugs or (mine.people and theirs.people and mine.people != theirs.people):
        return None
    if mine.conditions and theirs.conditions and mine.conditions.isdisjoint(theirs.conditions):
        return None
    for way in mine.ways:
        for back in theirs.ways:
            shared = way.of & back.of
            alike = bool(mine.conditions & theirs.conditions)
            if not (len(shared) > 1 or (shared and alike)) or frozenset({way.kind, back.kind}) not in _AGAINST:
                continue
            if _NONE in {way.kind, back.kind} and mine.against != theirs.against:
                continue
            if any(way.of & each.of & shared and each.kind == way.kind for each in theirs.ways):
                continue  # the other says as much of some of it, and more
            about = _words(one, shared)
            said = f'"{way.span.of(one)}" against "{back.span.of(other)}"'
            return Opposing(about, said, way.span, back.span)
    return None


def _words(text: str, stems: frozenset[str]) -> str:
    if stems == _WORKING:
        return "whether it works"
    found = [word.strip(".,;:()") for word in text.split() if stems & set(content_words(word))]
    return " ".join(dict.fromkeys(found))


def opposed(sentences: Sequence[AnswerSentence], vocabulary: Vocabulary, most: int = 3) -> tuple[Opposed, ...]:
    """Return where sentences of different references stand against each other, at most so many, in their order.

    A sentence that cites several references, or none, is held against those that cite none of the same.
    """
    found: list[Opposed] = []
    for one, other in combinations(sentences, 2):
        if len(found) >= most:
            break
        if not one.references or not other.references or set(one.references) & set(other.references):
            continue
        against = opposing(one.text, other.text, vocabulary)
        if against is not None:
            sides = tuple(OpposedSide(each.text, each.quotes[0], each.references[0]) for each in (one, other))
            found.append(Opposed(against.about, (sides[0], sides[1]), against.decided))
    return tuple(found)
