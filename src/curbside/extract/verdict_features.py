"""What a linear model of yes, no and maybe looks at: what is asked, what the sentences report, how both meet.

Names begin with what they are of: `q` the question, `r` and `t` words of reporting sentences and of the question, all
others readings of sentences (`extract.verdict_reading`). "w" weighs sentences by how much of the question they name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from curbside.extract.verdict_reading import READINGS, Said
from curbside.language import verdict_words as words
from curbside.language.direction_words import p_values
from curbside.language.numbers import numbers
from curbside.language.words import content_words

COUNTED = ("r:", "t:")
"""How names of features counted over words begin; the others are few and dense."""
_FOCUS = 4.0  # how much more a sentence counts that names all of the question than one that names nothing, as a power
_GROUPS = {
    "finding": frozenset(("differ", "link", "affect", "up", "down")),
    "worth": frozenset(("useful", "can")),
    "need": frozenset(("need",)),
    "safe": frozenset(("safe",)),
    "same": frozenset(("same",)),
    "exist": frozenset(("aware", "exist")),
    "doubted": frozenset(("doubted",)),
    "denied": frozenset(("denied",)),
}
_CROSSED = (
    "w net",
    "w denied",
    "w welcome",
    "w unwelcome",
    "t net",
    "m net",
    "w more",
    "w less",
    "any against",
    "alike",
)
_ELSE = ("w net", "w welcome", "w unwelcome", "m net")


def lead(question: str) -> str:
    """Return the word that the question proper begins with, in lower case; "" where it begins with none."""
    found = [match.group(1) for match in words.LEADS.finditer(question.lower())]
    return found[-1] if found else ""


def reporting(said: Sequence[Said]) -> list[Said]:
    """Return the sentences that report."""
    return [each for each in said if each.results] or list(said[-4:])


def features(question: str, said: Sequence[Said]) -> dict[str, float]:
    """Return the features of a question and a text read for it (`verdict_reading.read_for`); none without sentences."""
    if not said:
        return {}
    told = reporting(said)
    asks = frozenset(name for name, pattern in words.ASKED.items() if pattern.search(question))
    found = dict(_of_question(question, asks)) | _of_readings(told)
    found |= dict(_crossed(asks, found))
    found |= dict(_of_text(said, told))
    found |= _counted("r:", [f"{a} {b}" if b else a for each in told for a, b in _pairs(content_words(each.text))])
    return found | _counted("t:", content_words(question))


def _pairs(stems: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, stem in enumerate(stems):
        if stem[0].isalpha():
            yield stem, ""
            if at + 1 < len(stems):
                yield stem, stems[at + 1]


def _counted(head: str, names: Sequence[str]) -> dict[str, float]:
    seen = dict.fromkeys(names)
    share = 1 / math.sqrt(len(seen)) if seen else 0.0
    return {head + name: share for name in seen}


def _of_question(question: str, asks: frozenset[str]) -> Iterator[tuple[str, float]]:
    yield f"q lead {lead(question) or '-'}", 1.0
    for name in asks:
        yield f"q {name}", 1.0
    yield "q long", min(40, len(question.split())) / 20
    yield "q in parts", float(":" in question or "." in question.rstrip("?. "))
    yield "q no mark", float("?" not in question)


def _of_readings(told: Sequence[Said]) -> dict[str, float]:
    most = max(each.cover for each in told) or 1.0
    weights = [math.exp(_FOCUS * each.cover / most) for each in told]
    total = sum(weights)
    order = sorted(told, key=lambda each: -each.cover)
    found: dict[str, float] = {}
    for name in READINGS:
        found[f"w {name}"] = sum(w * each.clause[name] for w, each in zip(weights, told)) / total
        found[f"m {name}"] = sum(each.whole[name] for each in told) / len(told)
        found[f"t {name}"] = order[0].clause[name]
        found[f"t2 {name}"] = sum(each.whole[name] for each in order[:2]) / len(order[:2])
        found[f"f {name}"] = told[0].whole[name]
    nets = [each.whole["net"] for each in told]
    found["spread"] = (max(nets) - min(nets)) / 3
    found["any against"] = float(any(each.whole["against"] > 0 for each in told))
    found["any for"] = float(any(each.whole["for"] > 0.5 for each in told))
    found["all for"] = found["any for"] * (1 - found["any against"])
    found["all against"] = found["any against"] * (1 - found["any for"])
    found["cover"] = most
    voting = [(each.rank, each.alike) for each in told if each.alike is not None]
    if voting:
        top = max(rank for rank, _ in voting)
        shares = [math.exp(rank - top) for rank, _ in voting]
        found["alike"] = sum(w * alike for w, (_, alike) in zip(shares, voting)) / sum(shares)
        found["alike most"] = max(alike for _, alike in voting)
        found["alike first"] = max(voting)[1]
        found["alike apart"] = found["alike most"] - min(alike for _, alike in voting)
    return found


def _crossed(asks: frozenset[str], found: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    groups = [name for name, forms in _GROUPS.items() if asks & forms]
    for group in groups:
        for name in _CROSSED:
            yield f"{group} x {name}", found.get(name, 0.0)
    if not groups:
        for name in _ELSE:
            yield f"else x {name}", found[name]
    if ("up" in asks) != ("down" in asks):
        way = found["w more"] - found["w less"]
        yield "agrees", way if "up" in asks else -way


def _of_text(said: Sequence[Said], told: Sequence[Said]) -> Iterator[tuple[str, float]]:
    yield "sentences", min(30, len(said)) / 15
    yield "reporting", min(24, len(told)) / 8
    yield "ends elsewhere", float(not said[-1].results)
    yield "letters", min(4_000, sum(len(each.text) for each in told)) / 1_000
    yield "numbers", min(20.0, sum(len(numbers(each.text)) for each in told) / len(told)) / 5
    yield "p values", min(3.0, sum(len(p_values(each.text)) for each in told) / len(told))
