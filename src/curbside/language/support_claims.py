"""What a claim and its evidence claim, as figures: how surely, in which direction, of whom, because of what.

Added to `support_features`; these look at classes of words and never at the words themselves, so that they say the same
of subjects that nobody learnt from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from curbside.language.certainty import Sureness, lost, read
from curbside.language.cues import directions, negations
from curbside.language.linear import linear
from curbside.language.meaning_words import ANTONYMS, classes
from curbside.language.sentences import sentences
from curbside.language.support_reading import LONGEST, Pair
from curbside.language.turned import denied_otherwise, turned_otherwise
from curbside.language.words import WORD, flat
from curbside.records.span import Span

_WAYS = ("increased", "decreased", "improved", "worsened", "no difference")
_TABLES = ("cause", "link", "advice", "strength", "amount", "people", "design", "state")
_AIM = linear(r"(?i)^(?:to |we aim|the aim|this study aim|objective|background|purpose)")
_MAY = linear(r"(?i)\b(?:may|might|could|can)\b")
_ALL = linear(r"(?i)\b(?:all|every|any|always|only)\b")

Named = Callable[[str], Mapping[str, Span]]
"""What finds the drugs and conditions of a text: id -> where it is named first."""


def claimed(claim: str, evidence: str, pair: Pair, named: Named | None = None) -> dict[str, float]:
    """Return figures of what both claim, name -> how much; names begin with `m`. `pair` is both side by side."""
    claim, evidence = claim[:LONGEST], evidence[:LONGEST]
    parts = [span.of(evidence) for span in sentences(evidence)] or [evidence]
    near = parts[min(pair.nearest, len(parts) - 1)]
    figures = (
        *_certainty(claim, parts, near),
        *_turns(claim, evidence, near, pair),
        *_classes(claim, evidence),
        *(_names(claim, evidence, named) if named is not None else ()),
        *_form(claim, evidence),
        ("coverage", pair.coverage),
        ("length", len(evidence) / 1_000),
    )
    return {f"m:{name}": float(value) for name, value in figures if value}


def _certainty(claim: str, parts: list[str], near: str) -> Iterator[tuple[str, float]]:
    kinds = [read(part).kind for part in parts]
    mine, beside = read(claim).kind, kinds[parts.index(near)]
    for kind in Sureness:
        yield f"claim {kind}", mine is kind
        yield f"near {kind}", beside is kind
        yield f"any {kind}", kind in kinds
        yield f"last {kind}", kinds[-1] is kind
    yield "surer", len(lost(claim, near))


def _turns(claim: str, evidence: str, near: str, pair: Pair) -> Iterator[tuple[str, float]]:
    yield "turned", bool(turned_otherwise(claim, near))
    yield "denied", bool(denied_otherwise(claim, near))
    mine, theirs = ({match.group() for match in WORD.finditer(flat(text))} for text in (claim, evidence))
    yield "contrary", sum(bool(ANTONYMS.get(word, frozenset()) & (theirs - mine)) for word in mine - theirs)
    ways, beside, whole = ({cue.kind for cue in directions(text)} for text in (claim, near, evidence))
    for one in _WAYS:
        yield f"claim {one}", one in ways
        yield f"near {one}", one in beside
        yield f"any {one}", one in whole
        for two in _WAYS:
            yield f"{one} near {two}", (one in ways and two in beside) * pair.coverage
            yield f"{one} any {two}", one in ways and two in whole
    denies, denied = bool(negations(claim)), bool(negations(near))
    yield "claim denies", denies
    yield "near denies", denied
    yield "one denies", denies != denied
    yield "one denies, covered", (denies != denied) * pair.coverage


def _classes(claim: str, evidence: str) -> Iterator[tuple[str, float]]:
    for name in _TABLES:
        mine, theirs = set(classes(name, claim)), set(classes(name, evidence))
        yield f"claim {name}", bool(mine)
        yield f"any {name}", bool(theirs)
        yield f"same {name}", len(mine & theirs)
        yield f"other {name}", len(mine - theirs)


def _names(claim: str, evidence: str, named: Named) -> Iterator[tuple[str, float]]:
    mine, theirs = set(named(claim)), set(named(evidence))
    yield "same names", len(mine & theirs)
    yield "names lacking", len(mine - theirs)
    yield "other names", len(theirs - mine)
    yield "all names", bool(mine) and mine <= theirs


def _form(claim: str, evidence: str) -> Iterator[tuple[str, float]]:
    low = claim.lower()
    yield "aim", _AIM.match(evidence) is not None
    yield "whether", "whether" in evidence.lower()
    yield "no stop", not evidence.rstrip().endswith(".")
    yield "yes", low.startswith("yes")
    yield "no", low.startswith("no")
    yield "asks", "?" in claim
    yield "may", _MAY.search(claim) is not None
    yield "all", _ALL.search(claim) is not None
