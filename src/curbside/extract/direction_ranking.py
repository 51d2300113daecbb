"""Which sentences of an article speak of an outcome asked for, and report it of the arms: what speaks for each."""

from __future__ import annotations

import math
from collections.abc import Sequence

from curbside.extract.direction_reading import Asked, Reports
from curbside.language.direction_words import SAYING, TREATED, UNTREATED, p_values
from curbside.records import Category

KEPT = 40
"""Sentences that are looked at closely; more than nine in ten right ones are among them."""

_BEFORE, _HEADED = 0.3, 0.3
_REPORTED, _ABSTRACT, _ELSEWHERE = 0.25, 0.1, -0.3
_SILENT = frozenset({Category.METHODS, Category.BACKGROUND, Category.OBJECTIVE})


def candidates(asked: Asked, reports: Reports) -> list[tuple[int, dict[str, float]]]:
    """Return the sentences that may report the outcome, by their number, with what speaks for each.

    Sentences come in the order of how much of the outcome they, their heading and the sentence before name.
    """
    covered = _covered(asked, reports)
    if not covered:
        return []
    headed = {head: asked.covered(head) for head in set(reports.heads)}
    pre: list[float] = []
    for place, sentence in enumerate(reports.evidence.sentences):
        score = covered[place] + _HEADED * headed[reports.heads[place]]
        score += _BEFORE * covered[place - 1] if place else 0.0
        category = reports.places[place]
        score += _REPORTED if category is Category.RESULTS else 0.0
        score += _ABSTRACT if sentence.abstract else _ELSEWHERE if category in _SILENT else 0.0
        pre.append(score)
    near = [
        place
        for place in range(len(pre))
        if covered[place] or headed[reports.heads[place]] or (place > 0 and covered[place - 1])
    ]
    order = sorted(near, key=lambda place: -pre[place])[:KEPT]
    return [(place, _speaking(asked, reports, covered, headed[reports.heads[place]], place)) for place in order]


def _covered(asked: Asked, reports: Reports) -> list[float]:
    """Return for each sentence the share of the outcome's weight that it names."""
    total = sum(asked.weights.values()) or 1.0
    covered = [0.0] * len(reports.sets)
    for term, known in asked.forms.items():
        met: set[int] = set()
        for form in known:
            met.update(reports.index.get(form, ()))
        for place in met:
            covered[place] += asked.weights[term] / total
    return covered


def _speaking(asked: Asked, reports: Reports, covered: Sequence[float], headed: float, place: int) -> dict[str, float]:
    """Return what speaks for a sentence; only what is not zero."""
    words, told = reports.text(place), reports.sets[place]
    sentence, category = reports.evidence.sentences[place], reports.places[place]
    named, before = covered[place], covered[place - 1] if place else 0.0
    most = max(covered)
    own = len(asked.own & told) > 0 or (asked.known.general and TREATED.search(words) is not None)
    other = len(asked.other & told) > 0 or (asked.known.general and UNTREATED.search(words) is not None)
    ps = p_values(words)
    says = {name: 1.0 for name, pattern in SAYING.items() if pattern.search(words)}
    ways = sum(says.get(name, 0.0) for name in ("up", "down", "good", "bad"))
    found = {
        "named": named,
        "named squared": named * named,
        "named of most": named / most if most else 0.0,
        "named most": float(named >= most - 1e-9),
        "run": _run(asked, reports.words[place]) / max(1, len(asked.outcome)),
        "before": before,
        "headed": headed,
        "named around": max(named, before, headed),
        "own": float(own),
        "other": float(other),
        "both arms": float(own and other),
        "own share": len(asked.own & told) / max(1, len(asked.sides.own)),
        "other share": len(asked.other & told) / max(1, len(asked.sides.other)),
        "p": float(bool(ps)),
        "p significant": float(any(p.significant for p in ps)),
        "p not significant": float(any(not p.significant for p in ps)),
        "abstract": float(sentence.abstract),
        f"{'abstract' if sentence.abstract else 'body'} {category.value or 'plain'}": 1.0,
        "length": math.log(1 + len(reports.words[place])),
        "dense": sum(term in asked.named for term in reports.words[place]) / max(1, len(reports.words[place])),
        "late": place / len(covered),
        "figures": float(any(char.isdecimal() for char in words)),
        "named alike": named * says.get("alike", 0.0),
        "named compared": named * says.get("compared", 0.0),
        "named p": named * bool(ps),
        "named way": named * (ways > 0),
        "says": says.get("alike", 0.0) + ways - says.get("bad", 0.0),
        **{f"says {name}": 1.0 for name in says},
    }
    return {name: value for name, value in found.items() if value}


def _run(asked: Asked, words: Sequence[str]) -> int:
    """Return how many terms of the outcome stand in the sentence in their order without a gap, at most."""
    best = 0
    wanted = [asked.forms[term] for term in asked.outcome]
    row = [0] * (len(wanted) + 1)
    for word in words:
        if word not in asked.named:
            if any(row):
                row = [0] * (len(wanted) + 1)
            continue
        row = [0, *(row[place] + 1 if word in forms else 0 for place, forms in enumerate(wanted))]
        best = max(best, *row)
    return best
