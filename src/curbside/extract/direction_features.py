"""What a sentence says of an outcome in one arm against the other, as features of a linear model.

Words with the arms and the outcome masked, the order of words of direction, whose they are, p values, intervals and
the numbers of both arms (masking after DeYoung et al. 2020; the rest is ours).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curbside.extract.direction_reading import Asked, Reports
from curbside.extract.direction_tokens import Token, Told, told
from curbside.extract.statements import statements
from curbside.language import direction_words as words
from curbside.language.words import STOP_WORDS
from curbside.records import Span

LONGEST = 1_500  # code points of a sentence that are read
_WAYS = frozenset(("UP", "DOWN", "GOOD", "BAD"))
_KEPT = frozenset(("no", "not", "than", "between", "both", "in", "with", "of", "after", "but"))
_OPPOSITE = {"UP": "DOWN", "DOWN": "UP", "SAME": "SAME"}
_REACH, _BACK = 14, 5  # tokens ahead in which the arms are looked for; back, in which a denial is
_NEAR = 0.15  # what each token between a way and the outcome takes off
_DENIED = frozenset(("NOT", "SAME", "NOTSIG", "P-"))


def features(asked: Asked, reports: Reports, place: int) -> dict[str, float]:
    """Return the features of a sentence for a comparison; what is not there is left out."""
    sentence = reports.evidence.sentences[place]
    read = told(asked, reports.text(place)[:LONGEST])
    found: dict[str, float] = dict.fromkeys(_spoken(read), 1.0)
    outcome = asked.comparison.outcome
    welcome = "bad" if words.UNWELCOME.search(outcome) else "good"
    named = _named(outcome)
    votes = dict(_votes(read.clause, welcome, named, found))
    if not votes:
        votes = dict(_votes(read.tokens, welcome, named, found))
    way = max(votes, key=lambda name: votes[name]) if votes else ""
    for name, weight in votes.items():
        found[f"vote {name}"] = weight
    p = _p(read)
    found.update(dict.fromkeys(_sure(read, p, way), 1.0))
    found.update(dict.fromkeys(_around(read), 1.0))
    found.update(dict.fromkeys(_intervals(read, p), 1.0))
    found.update(_numbers(asked, reports, place, read, p, way))
    found[f"{'abstract' if sentence.abstract else 'body'} {reports.places[place].value}"] = 1.0
    for name in ("baseline", "aim", "earlier", "everyone"):
        if words.SAYING[name].search(read.words):
            found[f"says {name}"] = 1.0
    for name in (f"way {way}", f"outcome {welcome}", f"named {named}", f"{named} {way}", f"{welcome} {way}"):
        found[name] = 1.0
    if any(token.kind in _DENIED for token in read.clause):
        found["denied"] = found[f"denied {way}"] = 1.0
    return found


def _named(outcome: str) -> str:
    """Tell whether the outcome's own name is a fall, a rise or a change."""
    if words.NAMED_FALL.search(outcome):
        return "fall"
    if words.NAMED_RISE.search(outcome):
        return "rise"
    return "change" if words.NAMED_CHANGE.search(outcome) else ""


def _spoken(read: Told) -> Iterator[str]:
    """Yield words of the sentence and pairs of words of the clause, masked, and what they do in their order."""
    yield from _runs("s", [t.word for t in read.tokens if t.word not in STOP_WORDS or t.word in _KEPT], 1)
    yield from _runs("c", [token.word for token in read.clause], 2)
    yield from _runs("a", _kinds(read.tokens), 3)
    yield from _runs("k", _kinds(read.clause), 4)


def _runs(name: str, items: Sequence[str], longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for at in range(len(items) - size + 1):
            yield f"{name}:{' '.join(items[at : at + size])}"


def _kinds(tokens: Sequence[Token]) -> list[str]:
    made: list[str] = []
    for token in tokens:
        if token.kind and (not made or made[-1] != token.kind):
            made.append(token.kind)
    return made


def _votes(tokens: Sequence[Token], welcome: str, named: str, found: dict[str, float]) -> Iterator[tuple[str, float]]:
    """Yield the ways that words of direction point for the intervention: "UP", "DOWN", "SAME", by nearness."""
    outcomes = [place for place, token in enumerate(tokens) if token.kind == "OUT"]
    best: dict[str, float] = {}
    for place, token in enumerate(tokens):
        if token.kind not in _WAYS:
            continue
        denied = any(each.kind == "NOT" for each in tokens[max(0, place - _BACK) : place])
        whose = _whose(tokens, place)
        way = token.kind
        if way == "GOOD":
            way = "DOWN" if welcome == "bad" else "UP"
        elif way == "BAD":
            way = "UP" if welcome == "bad" else "DOWN"
        if denied:
            way = "SAME"
        elif whose == "CMP":
            way = _OPPOSITE[way]
        near = min((abs(place - outcome) for outcome in outcomes), default=9)
        best[way] = max(best.get(way, 0.0), 1 / (1 + _NEAR * near))
        shown = f"{'NOT ' if denied else ''}{token.kind}"
        found[f"whose {shown} {whose} {named}"] = 1.0
        if token.kind in ("GOOD", "BAD"):
            found[f"welcome {token.kind} {whose} {welcome}"] = 1.0
    if best:
        found[f"best {max(best, key=lambda name: best[name])}"] = 1.0
    yield from best.items()


def _whose(tokens: Sequence[Token], place: int) -> str:
    """Return the arm that a word of direction is said of: INT, CMP or "" where the sentence does not say.

    "lower in A than in B", "A lowered it compared with B": of A; "lower than in B": of the one that is not B.
    """
    after = [token.kind for token in tokens[place + 1 : place + _REACH]]
    if "THAN" in after:
        cut = after.index("THAN")
        between = [kind for kind in after[:cut] if kind in ("INT", "CMP")]
        behind = [kind for kind in after[cut + 1 :] if kind in ("INT", "CMP")]
        if between:
            return between[0]
        if behind:
            return "CMP" if behind[0] == "INT" else "INT"
    before = [token.kind for token in tokens[:place] if token.kind in ("INT", "CMP")]
    if before:
        return before[-1]
    return next((kind for kind in after if kind in ("INT", "CMP")), "")


def _p(read: Told) -> str:
    """Return how sure the clause is by its p values; where it has none, the first p value after it."""
    inside = [p for p in read.ps if read.start <= p.start < read.end]
    if inside:
        sure = [p.significant for p in inside]
        return "sig" if all(sure) else "mixed" if any(sure) else "ns"
    outcome = [token.start for token in read.clause if token.kind == "OUT"]
    later = [p for p in read.ps if not outcome or p.start > outcome[-1]]
    return ("later sig" if later[0].significant else "later ns") if later else "none"


def _sure(read: Told, p: str, way: str) -> Iterator[str]:
    yield f"p {p}"
    yield f"p {p} {way}"
    outcome = [token.start for token in read.clause if token.kind == "OUT"]
    for name, places in (("first", outcome[:1]), ("last", outcome[-1:])):
        following = next((each for each in read.ps if not places or each.start > places[0]), None)
        if following is not None:
            sure = "sig" if following.significant else "ns"
            yield f"{name} p {sure}"
            yield f"{name} p {sure} {way}"
    sure = {each.significant for each in read.ps}
    if sure:
        yield f"all p {sorted(sure)}"


def _around(read: Told) -> Iterator[str]:
    """Yield what stands next before and after the outcome's name."""
    kinds = [token for token in read.tokens if token.kind]
    places = [place for place, token in enumerate(kinds) if token.kind == "OUT" and token in read.clause]
    for place in places[:2]:
        before = [token.kind for token in kinds[max(0, place - 3) : place]]
        after = [token.kind for token in kinds[place + 1 : place + 4]]
        yield f"before {before[-1] if before else 'nothing'}"
        yield f"after {after[0] if after else 'nothing'}"
        yield f"around {before[-1] if before else 'nothing'} {after[0] if after else 'nothing'}"
        yield f"after {' '.join(after)}"
        yield f"before {' '.join(before)}"


def _intervals(read: Told, p: str) -> Iterator[str]:
    for start, side in words.ratios(read.words):
        yield f"ratio {side}"
        yield f"ratio {side} {p}"
        if read.start <= start < read.end:
            yield f"own ratio {side}"
        return
    for side in words.intervals(read.words):
        yield f"interval {side}"
        return


def _numbers(asked: Asked, reports: Reports, place: int, read: Told, p: str, way: str) -> Iterator[tuple[str, float]]:
    """Yield whose number is the larger where the sentence gives one for each arm, nearest the outcome's name."""
    document, sentence = reports.evidence.document, reports.evidence.sentences[place]
    span = Span(sentence.span.start, sentence.span.start + len(read.words))
    outcome = [token.start for token in read.clause if token.kind == "OUT"] or [0]
    pairs: list[tuple[bool, int, float, float]] = []
    if not any(char.isdecimal() for char in read.words):
        return
    for counted in (False, True):
        for each in statements(document.id, document.text, span, asked.known, counted, asked.swapped, True):
            one, two = each.first.values[0], each.second.values[0]
            if one.measure is two.measure:
                at = each.span.start - span.start
                pairs.append((at < outcome[0], abs(at - outcome[-1]), one.number, two.number))
    if not pairs:
        return
    _, _, one, two = min(pairs, key=lambda pair: pair[:2])
    side = _side(one, two)
    for name in (side, f"{side} {p}", f"{side} {way}", f"{side} {way} {p}"):
        yield f"number {name}", 1.0
    yield f"numbers {' '.join(sorted({_side(a, b) for _, _, a, b in pairs}))}", 1.0
    if one or two:
        yield "number apart", (one - two) / (abs(one) + abs(two))


def _side(one: float, two: float) -> str:
    return "more" if one > two else "less" if one < two else "same"
