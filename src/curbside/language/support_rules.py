"""What two texts agree and differ in, read by rules: names, numbers, negation, direction, hedges, words in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from curbside.language.cues import hedges
from curbside.language.support_claims import claimed
from curbside.language.support_features import features
from curbside.language.support_reading import LONGEST, Pair, Side, Turned, lean_of_outcome, leaning, paired
from curbside.language.support_words import OPPOSITES
from curbside.records.span import Span
from curbside.records.support import SupportFactor, SupportLabel, SupportReason

ENOUGH = 0.5
"""Share of the claim's words, weighted by rarity, that evidence on the same matter has."""

_ALIKE, _ALIKE_BUT_NAMES = 0.7, 0.4  # coverage of texts that say nearly the same, and of such with other names
_NEAR = 5  # words between a shared word and what turns it
_NAMED = 3  # words or numbers named in a reason
_OPPOSED = frozenset(OPPOSITES) | frozenset((two, one) for one, two in OPPOSITES)

Named = Callable[[str], Mapping[str, Span]]
"""What finds the drugs and conditions of a text: id -> where it is named first."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules say of a pair.

    Attributes:
        label: what the evidence does for the claim.
        rule: name of the rule that decided.
        reasons: what was found, what decided first.
    """

    label: SupportLabel
    rule: str
    reasons: tuple[SupportReason, ...]


def ruled(claim: str, evidence: str, pair: Pair, named: Named | None = None) -> Ruled:
    """Judge a pair by rules; `pair` is the two texts side by side, `named` finds drugs and conditions in a text."""
    found = reasons(claim, evidence, pair, named)
    label, rule, factor = _decided(found, pair)
    return Ruled(label, rule, tuple(sorted(found, key=lambda each: each.factor is not factor)))


def reasons(claim: str, evidence: str, pair: Pair, named: Named | None = None) -> tuple[SupportReason, ...]:
    """Return what a claim and its evidence agree and differ in, in the order of `SupportFactor`'s weight."""
    claim, evidence = claim[:LONGEST], evidence[:LONGEST]
    return (
        *_entities(claim, evidence, named),
        *_numbers(claim, evidence, pair),
        *_negation(claim, pair),
        *_direction(claim, evidence, pair),
        *_hedges(claim, evidence),
        *_words(pair),
    )


def against(found: tuple[SupportReason, ...], pair: Pair) -> SupportLabel | None:
    """Return the label that is plain whatever a model says, or None.

    A text without words is not enough; another drug or condition in the place of the claim's is not enough; and in
    texts that have nearly all words in common a denial or an opposite direction refutes, another number is not enough.
    """
    if not pair.claim.words or not any(side.words for side in pair.evidence):
        return SupportLabel.NOT_ENOUGH
    differing = {each.factor: each for each in found if differs(each)}
    other = differing.get(SupportFactor.ENTITIES)
    if other is not None and other.evidence and pair.coverage >= _ALIKE_BUT_NAMES:
        return SupportLabel.NOT_ENOUGH
    if pair.coverage < _ALIKE:
        return None
    order = (SupportFactor.NEGATION, SupportFactor.DIRECTION, SupportFactor.NUMBERS)
    return next((_AGAINST[factor] for factor in order if factor in differing), None)


def read(
    claim: str,
    evidence: str,
    rarity: Mapping[str, float],
    named: Named | None = None,
    plainly: Callable[[str], str] | None = None,
) -> tuple[dict[str, float], tuple[SupportReason, ...], SupportLabel | None]:
    """Return features of a pair, what was found in comparing them, and the label that is plain by rule, or None.

    `plainly` writes names one way before features are taken; what was found is told of the texts as they are.
    """
    pair = paired(claim, evidence, rarity)
    found = reasons(claim, evidence, pair, named)
    return seen(claim, evidence, rarity, named, plainly), found, against(found, pair)


def seen(
    claim: str,
    evidence: str,
    rarity: Mapping[str, float],
    named: Named | None = None,
    plainly: Callable[[str], str] | None = None,
) -> dict[str, float]:
    """Return the features of a pair, name -> how much; none where either text has no words."""
    if plainly is not None:
        claim, evidence = plainly(claim), plainly(evidence)
    pair = paired(claim, evidence, rarity)
    made = features(pair)
    return made | claimed(claim, evidence, pair, named) if made else made


_AGAINST = {
    SupportFactor.ENTITIES: SupportLabel.NOT_ENOUGH,
    SupportFactor.NEGATION: SupportLabel.REFUTES,
    SupportFactor.DIRECTION: SupportLabel.REFUTES,
    SupportFactor.NUMBERS: SupportLabel.NOT_ENOUGH,
}


def _decided(found: tuple[SupportReason, ...], pair: Pair) -> tuple[SupportLabel, str, SupportFactor]:
    if not pair.shared:
        return SupportLabel.NOT_ENOUGH, "nothing", SupportFactor.WORDS
    other = next((each for each in found if each.factor is SupportFactor.ENTITIES and differs(each)), None)
    if other is not None:
        return SupportLabel.NOT_ENOUGH, "entities", SupportFactor.ENTITIES
    if pair.coverage < ENOUGH:
        return SupportLabel.NOT_ENOUGH, "few", SupportFactor.WORDS
    for factor in (SupportFactor.NEGATION, SupportFactor.DIRECTION, SupportFactor.NUMBERS):
        if any(each.factor is factor and differs(each) for each in found):
            return _AGAINST[factor], factor.value, factor
    return SupportLabel.SUPPORTS, "agree", SupportFactor.WORDS


_SAME = ("same", "both")


def differs(reason: SupportReason) -> bool:
    """Tell whether a reason speaks against the claim; what both texts say alike begins with "same" or "both"."""
    return not reason.said.startswith(_SAME)


def _entities(claim: str, evidence: str, named: Named | None) -> Iterator[SupportReason]:
    if named is None:
        return
    mine, theirs = named(claim), named(evidence)
    both = [name for name in mine if name in theirs]
    missing = [mine[name] for name in mine if name not in theirs]
    if missing:
        others = [theirs[name] for name in theirs if name not in mine]
        beside = f"; it names {_quoted(evidence, others)}" if others else ""
        said = f"the evidence does not name {_quoted(claim, missing)}{beside}"
        yield SupportReason(SupportFactor.ENTITIES, said, _some(missing), _some(others))
    if both:
        yield SupportReason(
            SupportFactor.ENTITIES,
            "both name " + _quoted(claim, [mine[name] for name in both]),
            _some(mine[name] for name in both),
            _some(theirs[name] for name in both),
        )


def _numbers(claim: str, evidence: str, pair: Pair) -> Iterator[SupportReason]:
    both = [value for value in pair.claimed if value in pair.given]
    missing = [pair.claimed[value] for value in pair.claimed if value not in pair.given]
    if both:
        yield SupportReason(
            SupportFactor.NUMBERS,
            "both give " + _quoted(claim, [pair.claimed[value] for value in both]),
            _some(pair.claimed[value] for value in both),
            _some(pair.given[value] for value in both),
        )
    if missing:
        others = [span for value, span in pair.given.items() if value not in pair.claimed]
        beside = f"; it gives {_quoted(evidence, others)}" if others else ""
        said = f"the evidence does not give {_quoted(claim, missing)}{beside}"
        yield SupportReason(SupportFactor.NUMBERS, said, _some(missing), _some(others))


def _negation(claim: str, pair: Pair) -> Iterator[SupportReason]:
    del claim
    mine = [each.span for each in _around(pair, pair.claim) if each.family == "not"]
    theirs = [each.span for each in _around(pair, pair.evidence[pair.nearest]) if each.family == "not"]
    if mine and theirs:
        yield SupportReason(SupportFactor.NEGATION, "both deny", _some(mine), _some(theirs))
    elif mine or theirs:
        side = "the claim denies" if mine else "the evidence denies"
        yield SupportReason(SupportFactor.NEGATION, f"only {side}", _some(mine), _some(theirs))


def _direction(claim: str, evidence: str, pair: Pair) -> Iterator[SupportReason]:
    mine, theirs = _around(pair, pair.claim), _around(pair, pair.evidence[pair.nearest])
    ways = leaning(mine)[0] * leaning(theirs)[0]
    leans = lean_of_outcome(mine) * lean_of_outcome(theirs)
    turning = [[each for each in side if each.family in _POINTING] for side in (mine, theirs)]
    if not all(turning) or not (ways or leans):
        return
    one, two = (_some(each.span for each in side) for side in turning)
    if ways >= 0 and leans >= 0:
        yield SupportReason(SupportFactor.DIRECTION, "same direction", one, two)
    elif (ways < 0 and leans <= 0) or (leans < 0 and any(_meet(*both) for both in _crossed(*turning))):
        said = f"opposite directions: {_quoted(claim, list(one))} against {_quoted(evidence, list(two))}"
        yield SupportReason(SupportFactor.DIRECTION, said, one, two)


_POINTING = frozenset({"up", "down", "good", "bad", "stop"})


def _crossed(mine: list[Turned], theirs: list[Turned]) -> Iterator[tuple[Turned, Turned]]:
    return ((one, two) for one in mine for two in theirs)


def _meet(one: Turned, two: Turned) -> bool:
    return (one.family, two.family) in _OPPOSED and one.negated == two.negated


def _hedges(claim: str, evidence: str) -> Iterator[SupportReason]:
    mine, theirs = ([cue.span for cue in hedges(text)] for text in (claim, evidence))
    if theirs and not mine:
        said = f"the evidence hedges ({_quoted(evidence, theirs)}), the claim does not"
        yield SupportReason(SupportFactor.HEDGES, said, (), _some(theirs))
    elif theirs:
        yield SupportReason(SupportFactor.HEDGES, "both hedge", _some(mine), _some(theirs))


def _words(pair: Pair) -> Iterator[SupportReason]:
    rare = sorted(pair.shared, key=lambda stem: (-pair.rarity.get(stem, 9.0), stem))[:_NAMED]
    mine = tuple(sorted(_place(pair.claim, stem) for stem in rare))
    theirs = tuple(sorted(next(_place(side, stem) for side in pair.evidence if stem in side.stems) for stem in rare))
    enough = "both on the same matter" if pair.coverage >= ENOUGH else "little in common"
    said = f"{enough}: the evidence has {100 * pair.coverage:.0f} % of the claim's words, weighted by rarity"
    yield SupportReason(SupportFactor.WORDS, said, mine, theirs)


def _place(side: Side, stem: str) -> Span:
    return side.places[side.stems.index(stem)]


def _around(pair: Pair, side: Side) -> list[Turned]:
    """Return what turns a sentence near words that both texts have."""
    at = [place for place, stem in enumerate(side.stems) if stem in pair.shared]
    return [each for each in side.turned if any(abs(each.at - place) <= _NEAR for place in at)]


def _some(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans))[:_NAMED])


def _quoted(text: str, spans: list[Span]) -> str:
    return ", ".join(f'"{" ".join(span.of(text).split())}"' for span in _some(spans))
