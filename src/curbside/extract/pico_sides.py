"""What tells whose a number is: of the arm under test or of the one it is compared with.

The numbers that belong to an arm are one sequence; what stands between them (and, versus, names of arms) is read in
that order. What two numbers have to do with each other wherever they stand is weighed afterwards, in `pico_owners`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from curbside.extract.pico_arms import Mention, key_of
from curbside.extract.pico_tokens import Token
from curbside.language.words import listed

_VERSUS = listed("versus vs v compared than against while whereas")
_NEAR = 9


def side_features(
    found: Sequence[Token],
    chosen: Sequence[tuple[int, str]],
    arms: Sequence[Mention],
    names: Mapping[str, float],
) -> list[list[str]]:
    """Return the features of each number in `chosen`.

    Args:
        found: the tokens of the abstract.
        chosen: (place, class without its arm) of the numbers that belong to an arm, in order.
        arms: mentions of arms.
        names: word -> how much more it names the arm under test (above 0) than the other, by first guess.
    """
    limits = _limits(found)
    near = [_near(found, chosen, index, limits) for index in range(len(chosen))]
    leans = [_four(each, names) for each in near]
    said = [mention.place for mention in arms]
    made: list[list[str]] = []
    for index, (_, kind) in enumerate(chosen):
        row = ["b", f"k={kind}"]
        row += _place(found, chosen, index)
        row += _between(found, chosen, index, arms, said, limits)
        row += _named(found, chosen, index, arms, said, limits)
        row += _words(near[index], names)
        row += _beside(found, chosen, leans, index)
        made.append(row)
    return made


def _limits(found: Sequence[Token]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for place, token in enumerate(found):
        while len(made) <= token.sentence:
            made.append((place, place))
        made[token.sentence] = (made[token.sentence][0], place)
    return made


def _place(found: Sequence[Token], chosen: Sequence[tuple[int, str]], index: int) -> list[str]:
    place, kind = chosen[index]
    sentence = found[place].sentence
    mine = [i for i, (other, _) in enumerate(chosen) if found[other].sentence == sentence]
    same = [i for i in mine if chosen[i][1] == kind]
    order, many = same.index(index), len(same)
    row = [
        f"nth={min(order, 7)}/{min(many, 8)}",
        f"nth={min(order, 7)}/{min(many, 8)}&{kind}",
        f"in={mine.index(index)}/{min(len(mine), 9)}",
        f"doc={min(index, 3)}",
    ]
    if many == 1:
        row.append("only")
    alike = [i for i, (_, other) in enumerate(chosen) if other == kind]
    row.append(f"kth={min(alike.index(index), 4)}&{kind}")
    if any(token.low == "respectively" for token in found[place : place + 60] if token.sentence == sentence):
        row.append(f"respectively{order % 2}/{min(many, 4)}")
    return row


def _between(
    found: Sequence[Token],
    chosen: Sequence[tuple[int, str]],
    index: int,
    arms: Sequence[Mention],
    said: Sequence[int],
    limits: Sequence[tuple[int, int]],
) -> list[str]:
    """Return how a number stands to the one before it and the one behind it."""
    row: list[str] = []
    place, kind = chosen[index]
    for name, other in (("p", index - 1), ("n", index + 1)):
        if not 0 <= other < len(chosen):
            row.append(f"{name}none")
            continue
        at, its = chosen[other]
        low, high = min(at, place), max(at, place)
        apart = found[at].sentence != found[place].sentence
        if apart:
            row.append(f"{name}apart{min(abs(found[at].sentence - found[place].sentence), 2)}&{kind == its}")
            continue
        words = [token.low for token in found[low + 1 : high]]
        relation = f"{name}{'same' if its == kind else its + '>' + kind}"
        row += [relation, f"{relation}&{min(len(words), 6)}"]
        if len(words) < 7:
            row.append(f"{relation}:{' '.join(words)}")
        if _VERSUS.intersection(words):
            row.append(f"{relation}vs")
        for word in ("and", ";", ",", "(", "."):
            if word in words:
                row.append(f"{relation}{word}")
        crossed = arms[bisect_left(said, low + 1) : bisect_left(said, high)]
        row.append(f"{relation}x{''.join(dict.fromkeys(mention.side for mention in crossed))}")
    return row


def _named(
    found: Sequence[Token],
    chosen: Sequence[tuple[int, str]],
    index: int,
    arms: Sequence[Mention],
    said: Sequence[int],
    limits: Sequence[tuple[int, int]],
) -> list[str]:
    """Return the arms that are named before and behind a number, and how many numbers lie between."""
    place = chosen[index][0]
    first, last = limits[found[place].sentence]
    low, middle, high = bisect_left(said, first), bisect_left(said, place), bisect_left(said, last + 1)
    places = [other for other, _ in chosen]
    row: list[str] = []
    before, behind = arms[low:middle], arms[middle:high]
    left = right = "-"
    if before:
        near = before[-1]
        count = bisect_left(places, place) - bisect_left(places, near.place)
        left = f"{near.side}{min(count, 3)}"
        row += [f"L={near.side}", f"L={left}", f"Ld={near.side}{min(place - near.place, 12) // 2}"]
    if behind:
        near = behind[0]
        count = bisect_left(places, near.place) - bisect_left(places, place + 1)
        right = f"{near.side}{min(count, 3)}"
        row += [f"R={near.side}", f"R={right}", f"Rd={near.side}{min(near.place - place, 12) // 2}"]
    row.append(f"LR={left},{right}")
    order = "".join(dict.fromkeys(mention.side for mention in arms[low:high]))
    mine = [i for i, (other, kind) in enumerate(chosen) if first <= other <= last and kind == chosen[index][1]]
    row.append(f"order={order}&{min(mine.index(index), 3)}/{min(len(mine), 4)}")
    row.append(f"all={''.join(dict.fromkeys(m.side for m in before))}|{''.join(dict.fromkeys(m.side for m in behind))}")
    if not before and not behind:
        earlier = arms[max(0, low - 3) : low]
        if earlier:
            row.append(f"earlier={earlier[-1].side}")
    return row


def _near(
    found: Sequence[Token], chosen: Sequence[tuple[int, str]], index: int, limits: Sequence[tuple[int, int]]
) -> tuple[list[str], list[str]]:
    """Return the words to the left and right of a number, nearest first, no farther than the next number of an arm."""
    place, _ = chosen[index]
    first, last = limits[found[place].sentence]
    low = max(first, chosen[index - 1][0] + 1 if index else first, place - _NEAR)
    high = min(last, chosen[index + 1][0] - 1 if index + 1 < len(chosen) else last, place + _NEAR)
    left = [key_of(found, at) or found[at].low for at in range(place - 1, low - 1, -1)]
    right = [key_of(found, at) or found[at].low for at in range(place + 1, high + 1)]
    return left, right


_STOPS = listed("; , . and vs versus v compared than while whereas")


def _clause(words: Sequence[str]) -> list[str]:
    """Return the words up to the first that parts clauses."""
    for index, word in enumerate(words):
        if word in _STOPS and index:
            return list(words[:index])
    return list(words)


def _four(near: tuple[list[str], list[str]], leaning: Mapping[str, float]) -> tuple[float, float, float, float]:
    """Return how the words to the left and right lean, all of them and those of the same clause."""

    def total(words: Sequence[str]) -> float:
        return sum(leaning.get(word, 0.0) for word in set(words))

    left, right = near
    return total(left), total(right), total(_clause(left)), total(_clause(right))


def _beside(
    found: Sequence[Token],
    chosen: Sequence[tuple[int, str]],
    leans: Sequence[tuple[float, float, float, float]],
    index: int,
) -> list[str]:
    """Return how the words near a number lean, and whether more so than those near its neighbours."""
    mine = leans[index]
    row = [
        f"nameL{_step(mine[0])}",
        f"nameR{_step(mine[1])}",
        f"namel{_step(mine[2])}",
        f"namer{_step(mine[3])}",
    ]
    row.append(f"namelr{_sign(mine[2])}{_sign(mine[3])}")
    row.append(f"nameLR{_sign(mine[0])}{_sign(mine[1])}")
    for which, other in (("p", index - 1), ("n", index + 1)):
        if 0 <= other < len(chosen) and found[chosen[other][0]].sentence == found[chosen[index][0]].sentence:
            its = leans[other]
            for place, side in enumerate("LRlr"):
                row.append(f"name{side}-{which}{_sign(mine[place] - its[place])}")
            row.append(f"namer-{which}{_sign(mine[3])}{_sign(its[3])}{_sign(mine[2])}{_sign(its[2])}")
    return row


def _sign(score: float) -> str:
    return "+" if score > 0.15 else "-" if score < -0.15 else "0"


def _words(near: tuple[list[str], list[str]], names: Mapping[str, float]) -> list[str]:
    row: list[str] = []
    for side, words in zip("LR", near):
        row += [f"{side}{step}={word}" for step, word in enumerate(words[:3])]
        row += [f"{side}:{word}" for word in words[:_NEAR]]
    return row


def _step(score: float) -> int:
    """Return a score as one of nine steps from -4 to 4."""
    size = abs(score)
    step = 0 if size < 0.1 else 1 if size < 0.35 else 2 if size < 0.9 else 3 if size < 2 else 4
    return step if score > 0 else -step
