"""What a statistical model of support looks at in a claim and its evidence.

Each feature is a name and how much of it there is. Names begin with what they are of: `g` figures of the whole pair,
`o` a word that both have, `m` what both claim (`support_claims`). Words of either text alone, and which family of
turning words meets which, were tried: they tell the subjects that were learnt from by heart and lose on others.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from itertools import pairwise

from curbside.language.support_reading import RAREST, Pair, Side, Turned, lean_of_outcome, leaning, share, weighted

_RARE = 5.0
_SHARED = 2.0  # length of the vector of shared words
_GRAM = 5  # letters that two words may share where their stems differ


def features(pair: Pair) -> dict[str, float]:
    """Return the features of a pair, name -> how much; none where either text has no words."""
    if not pair.claim.words or not any(side.words for side in pair.evidence):
        return {}
    found = {f"g:{name}": value for name, value in _overlap(pair)}
    found |= {f"g:{name}": value for name, value in _turns(pair)}
    shared = _SHARED / math.sqrt(max(1, len(pair.shared)))  # pairs that share many words and few weigh the same
    return found | {f"o:{stem}": shared for stem in sorted(pair.shared)}


def of_figures(name: str) -> bool:
    """Tell whether a feature is a figure of the pair, to be scaled to unit spread."""
    return name.startswith(("g:", "m:"))


def _overlap(pair: Pair) -> Iterator[tuple[str, float]]:
    claim = [stem for stem in pair.claim.stems if stem]
    weights = weighted(claim, pair.rarity)
    held = frozenset(stem for side in pair.evidence for stem in side.stems if stem)
    near = frozenset(pair.evidence[pair.nearest].stems)
    yield "coverage", pair.coverage
    yield "coverage2", pair.coverage**2
    yield "nearest", share(weights, near)
    yield "last", share(weights, frozenset(pair.evidence[-1].stems))
    rare = [stem for stem, weight in weights.items() if weight >= _RARE]
    yield "rare", sum(stem in held for stem in rare) / max(1, len(rare))
    yield "no_rare", float(bool(rare) and not any(stem in held for stem in rare))
    back = {stem: pair.rarity.get(stem, RAREST) for stem in held}
    yield "back", share(back, frozenset(weights))
    length = math.sqrt(sum(w * w for w in weights.values()) * sum(w * w for w in back.values())) or 1.0
    yield "cosine", sum(weights[stem] ** 2 for stem in weights if stem in held) / length
    pairs = set(pairwise(claim))
    theirs = {two for kept in map(_kept, pair.evidence) for two in pairwise(kept)}
    yield "pairs", len(pairs & theirs) / max(1, len(pairs))
    grams = _grams(weights)
    yield "letters", len(grams & _grams(held)) / max(1, len(grams))
    for place, stem in enumerate(sorted(weights, key=lambda each: -weights[each])[:3]):
        yield f"rarest{place}", float(stem in held)
    half = max(1, len(claim) // 2)
    first, second = (share(weighted(part, pair.rarity), held) for part in (claim[:half], claim[half:]))
    yield "first_half", first
    yield "second_half", second
    yield "halves", first * second
    yield "claim_long", math.log(1 + len(pair.claim.words))
    yield "evidence_long", math.log(1 + sum(len(side.words) for side in pair.evidence))
    yield "sentences", math.log(len(pair.evidence))


def _kept(side: Side) -> list[str]:
    return [stem for stem in side.stems if stem]


def _grams(stems: Collection[str]) -> set[str]:
    return {
        stem[at : at + _GRAM] for stem in stems if len(stem) >= _GRAM - 1 for at in range(max(1, len(stem) - _GRAM + 1))
    }


def _turns(pair: Pair) -> Iterator[tuple[str, float]]:
    claim, near = pair.claim.turned, pair.evidence[pair.nearest].turned
    whole = [each for side in pair.evidence for each in side.turned]
    way, lean = leaning(claim)
    for name, other in (("near", near), ("whole", whole)):
        also, leans = leaning(other)
        yield f"way_{name}", (both := _step(way) * _step(also))
        yield f"way_{name}_covered", both * pair.coverage
        yield f"lean_{name}", (both := _step(lean) * _step(leans))
        yield f"lean_{name}_covered", both * pair.coverage
        outcome = _step(lean_of_outcome(claim)) * _step(lean_of_outcome(other))
        yield f"outcome_{name}", outcome
        yield f"outcome_{name}_covered", outcome * pair.coverage
    denied, denies = _has(claim, "not"), _has(whole, "not")
    yield "one_denies_near", float(denied != _has(near, "not"))
    yield "one_denies", float(denied != denies)
    yield "one_denies_covered", float(denied != denies) * pair.coverage
    yield "both_deny", float(denied and denies)
    yield "evidence_denies", float(denies)
    yield "evidence_denies_covered", float(denies) * pair.coverage
    yield "claim_denies_covered", float(denied) * pair.coverage
    yield "claim_counts", float(bool(pair.claimed))
    yield "evidence_counts", float(bool(pair.given))
    yield "same_number", float(bool(pair.claimed.keys() & pair.given.keys()))
    yield "other_number", float(bool(pair.claimed.keys() - pair.given.keys()) and bool(pair.given))


def _step(value: int) -> float:
    return max(-2, min(2, value)) / 2


def _has(turned: Collection[Turned], family: str) -> bool:
    return any(each.family == family for each in turned)
