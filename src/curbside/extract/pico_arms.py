"""Which words of an abstract stand for the arm under test and which for the one it is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curbside.extract.pico_tokens import Token
from curbside.language.words import listed

OPEN = listed(
    "the a an of in and or to for with by on at from as plus alone versus vs v compared than either therapy treatment "
    "treated group groups arm arms patients women breast cancer receiving received intervention trial study program "
    "programme daily weekly weeks week months month days day mg dose combination combined followed using use after "
    "before during ( ) , . ; : - / + % = given based regimen therapies chemotherapy care oral"
)
"""Words that name no arm by themselves."""
CONTROLS = listed(
    "placebo control controls usual standard conventional waitlist wait waiting sham untreated observation comparator "
    "comparison nonexercise delayed saline vehicle routine attention"
)
TESTED = listed("intervention experimental active investigational treatment treated study exercise")
HEADS = listed("group groups arm arms cohort")
ALONE = listed("alone only without no none observation")
_NO_NAMES = listed("( and of in to had was or for who did by vs it is has at as on but not than we")
_LEAST, _SURE = 0.06, 0.3


@dataclass(frozen=True, slots=True)
class Mention:
    """A word that stands for an arm.

    Attributes:
        place: index of the token.
        side: "I" under test, "C" compared with, "B" of both.
    """

    place: int
    side: str


def arm_names(found: Sequence[Token], chances: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Return word -> how much more it names the arm under test (to 1) than the one compared with (to -1).

    Args:
        found: the tokens of an abstract.
        chances: how likely each token is a name of the arm under test, and of the other.

    A short form in brackets behind a name stands for what the name stands for; so does a letter or number behind
    "group" or "arm" for what stands beside it.
    """
    told: dict[str, list[float]] = {}
    for place in range(len(found)):
        one, two = chances[place]
        word = key_of(found, place)
        if word == "" or one + two < _LEAST:
            continue
        best = told.setdefault(word, [0.0, 0.0, 0.0, 0.0])
        best[0], best[1] = max(best[0], one), max(best[1], two)
        best[2], best[3] = best[2] + one, best[3] + two
    names = {word: _lean(best) for word, best in told.items()}
    for place, token in enumerate(found):
        short = key_of(found, place)
        if place > 1 and found[place - 1].low == "(" and short and _is_short(token.text):
            letters = sum(letter.isalnum() for letter in short)
            before = [key_of(found, at) for at in range(max(0, place - 2 - letters), place - 1)]
            leaning = [names[word] for word in before if word in names]
            if leaning and abs(names.get(short, 0.0)) < 0.5:
                names[short] = sum(leaning) / len(leaning)
    return names


def _lean(best: Sequence[float]) -> float:
    one, two = best[0] + 0.25 * best[2], best[1] + 0.25 * best[3]
    return (one - two) / max(one + two, 0.4)


def key_of(found: Sequence[Token], place: int) -> str:
    """Return what a token is known by among names of arms: its word, "group b" behind such a head, or "" for none."""
    token = found[place]
    if token.stands:
        return token.stands
    headed = place > 0 and found[place - 1].low in HEADS and (len(token.text) < 4 or token.value is not None)
    if headed and token.low not in _NO_NAMES:
        return f"group {token.text.lower()}" if token.text.isalnum() else ""
    if token.value is not None or len(token.low) < 2 or token.low in OPEN:
        return ""
    return token.low


def _is_short(text: str) -> bool:
    return 1 < len(text) < 9 and sum(letter.isupper() for letter in text) * 2 >= len(text)


def mentions(found: Sequence[Token], names: Mapping[str, float]) -> list[Mention]:
    """Return the mentions of either arm in order, by the abstract's own names and by words that always name one."""
    made: list[Mention] = []
    for place, token in enumerate(found):
        word = key_of(found, place)
        lean = names.get(word, 0.0) if word else 0.0
        side = "I" if lean > _SURE else "C" if lean < -_SURE else ""
        if token.low in CONTROLS or (token.low in ALONE and place and (found[place - 1].value is None)):
            side = "C"
        elif token.low in HEADS and place and found[place - 1].low in TESTED:
            side = "I"
        elif not side and word.startswith("group "):
            side = {"a": "1", "b": "2", "c": "3", "i": "1", "ii": "2", "iii": "3", "1": "1", "2": "2", "3": "3"}.get(
                word[6:], "g"
            )
        elif not side and word in names:
            side = "B"
        if side:
            made.append(Mention(place, side))
    return made
