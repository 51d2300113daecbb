"""What the tagger of numbers sees of each printed number: its form, its words, its arm, and what it adds up to.

Numbers of one abstract are one sequence, so that a number's class may lean on that of the number before it, however
many words lie between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from curbside.extract.pico_arms import Mention
from curbside.extract.pico_tokens import Token
from curbside.extract.pico_words import sentence_marks
from curbside.language.words import listed

_VERSUS = frozenset(("versus", "vs", "v", "compared", "than", "against"))
_MANY = 60
"""Numbers that are tried for sums and shares; an abstract with more is a list of figures."""


def numbered(found: Sequence[Token]) -> list[int]:
    """Return the places of the numbers among tokens."""
    return [place for place, token in enumerate(found) if token.value is not None]


_PEOPLE = listed(
    "patients women participants subjects survivors people individuals men cases eligible consecutive were"
)


def form(token: Token, behind: str = "") -> str:
    """Return what kind of number a token is, by its print and the word behind it (1991 patients are no year)."""
    value = token.value or 0.0
    if token.percent:
        return "%." if "." in token.text or "·" in token.text else "%"
    if token.low == "<word>":
        return "word"
    if "." in token.text or "·" in token.text or "∙" in token.text:
        return "d<1" if abs(value) < 1 else "d"
    if token.text[0] in "-−–+":
        return "-i"
    if 1950 <= value <= 2030 and len(token.text) == 4 and behind not in _PEOPLE:
        return "year"
    return "i<10" if value < 10 else "i<100" if value < 100 else "i<1000" if value < 1000 else "i>"


def number_features(
    text: str, found: Sequence[Token], arms: Sequence[Mention], classes: Mapping[str, int]
) -> list[list[str]]:
    """Return the features of each number, in the order of `numbered`.

    Args:
        text: the abstract.
        found: its tokens.
        arms: where arms are named.
        classes: word -> class of words that keep the same company.
    """
    marks = sentence_marks(text, found)
    lows = ["<s>"] * 7 + [token.low for token in found] + ["</s>"] * 7
    places = numbered(found)
    forms = [form(found[place], lows[place + 8]) for place in places]
    sums = _sums(found, places)
    large = _large(found, places, forms)
    again = Counter(found[place].text for place in places)
    said = [mention.place for mention in arms]
    by_sentence: dict[int, list[int]] = {}
    for index, place in enumerate(places):
        by_sentence.setdefault(found[place].sentence, []).append(index)
    spans = _sentences(found)
    made: list[list[str]] = []
    for index, place in enumerate(places):
        token, kind = found[place], forms[index]
        mine = by_sentence[token.sentence]
        same = [each for each in mine if forms[each][0] == kind[0]]
        order, many = same.index(index), len(same)
        first, last = spans[token.sentence]
        row = ["b", f"f={kind}", f"nth={min(order, 5)}/{min(many, 6)}", f"even={order % 2}{many % 2}"]
        j = place + 7
        for step in range(1, 7):
            left, right = lows[j - step], lows[j + step]
            row += [f"{-step}={left}", f"+{step}={right}"]
            if step < 5:
                row += [f"c{-step}={classes.get(left, -1)}", f"c+{step}={classes.get(right, -1)}"]
            if step > 2:
                row += [f"l={left}", f"r={right}"]
        row += [
            f"-2-1={lows[j - 2]} {lows[j - 1]}",
            f"+1+2={lows[j + 1]} {lows[j + 2]}",
            f"-1+1={lows[j - 1]} {lows[j + 1]}",
            f"-3-2-1={lows[j - 3]} {lows[j - 2]} {lows[j - 1]}",
            f"+1+2+3={lows[j + 1]} {lows[j + 2]} {lows[j + 3]}",
            f"f-1+1={kind} {lows[j - 1]} {lows[j + 1]}",
            f"f+1={kind} {lows[j + 1]}",
            f"f-1={kind} {lows[j - 1]}",
        ]
        row += _gaps(found, places, forms, index)
        row += marks[token.sentence]
        row += [f"f{kind}&{mark}" for mark in marks[token.sentence][-3:]]
        row += _armed(found, arms, said, place, first, last)
        row += sums[index]
        if again[token.text] > 1:
            row.append(f"again{min(again[token.text], 4)}&{kind}")
        row += _of_sentence(lows, first, last)
        row += _people(lows, place + 7, last + 7, first + 7)
        row += large[index]
        made.append(row)
    return made


_COUNTED = listed(
    "patients women participants subjects survivors people individuals men volunteers females cases children adults "
    "controls persons"
)
_UNITS = listed(
    "mg g kg ml l mm cm gy years year yr months month weeks week days day hours h minutes min points cycles courses "
    "centers centres sites countries hospitals times fold fractions degrees item items - / ( : ."
)


def _people(lows: Sequence[str], at: int, last: int, first: int) -> list[str]:
    """Return how far the people are that a number may count, before the next number and behind the last."""
    made: list[str] = []
    for step in range(1, 9):
        if at + step > last or lows[at + step][0] in "0<.,;":
            break
        if lows[at + step] in _COUNTED:
            made.append(f"people+{step}")
            break
    for step in range(1, 7):
        if at - step < first or lows[at - step][0] in "0<;":
            break
        if lows[at - step] in _COUNTED:
            made.append(f"people-{step}")
            break
    return made


def _large(found: Sequence[Token], places: Sequence[int], forms: Sequence[str]) -> list[list[str]]:
    """Return the standing of each whole number among those of the abstract that may count people."""
    able = [
        index
        for index, place in enumerate(places)
        if forms[index] in ("i<100", "i<1000", "i>", "word")
        and (found[place].value or 0) >= 8
        and (place + 1 >= len(found) or found[place + 1].low not in _UNITS)
        and (place == 0 or found[place - 1].low not in ("-", "/", "=", "<", ">", "\u00b1"))
    ]
    made: list[list[str]] = [[] for _ in places]
    top = max((found[places[index]].value or 0 for index in able), default=0)
    so_far = 0.0
    for order, index in enumerate(able):
        value = found[places[index]].value or 0
        made[index] = [f"large{min(order, 5)}"]
        if value == top:
            made[index].append("largest")
        if value > so_far:
            made[index].append("larger")
        so_far = max(so_far, value)
    return made


def _sentences(found: Sequence[Token]) -> dict[int, tuple[int, int]]:
    made: dict[int, tuple[int, int]] = {}
    for place, token in enumerate(found):
        made[token.sentence] = (made[token.sentence][0] if token.sentence in made else place, place)
    return made


_TOLD = listed(
    "median mean respectively group groups arm arms randomized randomised assigned allocated survival rate rates "
    "response incidence score scores sd iqr range aged age completed analyzed evaluable enrolled total died deaths "
    "received ci hr or p"
)


def _of_sentence(lows: Sequence[str], first: int, last: int) -> list[str]:
    return [f"s:{word}" for word in sorted(_TOLD.intersection(lows[first + 7 : last + 8]))]


def _gaps(found: Sequence[Token], places: Sequence[int], forms: Sequence[str], index: int) -> list[str]:
    """Return what stands between a number and its neighbours in the sentence."""
    place, made = places[index], list[str]()
    for step, name in ((-1, "p"), (1, "n"), (-2, "pp"), (2, "nn")):
        other = index + step
        if not 0 <= other < len(places) or found[places[other]].sentence != found[place].sentence:
            made.append(f"{name}:none")
            continue
        low, high = sorted((place, places[other]))
        words = [token.low for token in found[low + 1 : high]]
        made.append(f"{name}f={forms[other]}&{forms[index]}")
        if len(words) < 5:
            made.append(f"{name}g={' '.join(words)}")
            made.append(f"{name}gf={' '.join(words)}&{forms[other]}&{forms[index]}")
        else:
            made.append(f"{name}far{min(len(words) // 5, 4)}")
        if _VERSUS.intersection(words):
            made.append(f"{name}vs&{forms[other] == forms[index]}")
        if "and" in words:
            made.append(f"{name}and")
        if ";" in words:
            made.append(f"{name};")
        one, two = found[place].value or 0.0, found[places[other]].value or 0.0
        if forms[other][0] == forms[index][0]:
            made.append(f"{name}{'<' if one < two else '>' if one > two else '='}{forms[index][0]}")
    return made


def _armed(
    found: Sequence[Token], arms: Sequence[Mention], said: Sequence[int], place: int, first: int, last: int
) -> list[str]:
    """Return which arms are named before and behind a number in its sentence, and what stands between."""
    low, high = bisect_left(said, first), bisect_right(said, last)
    middle = bisect_left(said, place)
    before, behind = arms[low:middle], arms[middle:high]
    made: list[str] = []
    sides = [mention.side for mention in arms[low:high]]
    order = "".join(dict.fromkeys(sides))
    made.append(f"order={order}")
    if before:
        near = before[-1]
        between = sum(token.value is not None for token in found[near.place + 1 : place])
        made += [f"armL={near.side}", f"armL={near.side}{min(between, 3)}"]
        if place - near.place < 6:
            made.append(f"armL!{near.side}{place - near.place}")
        made.append("allL=" + "".join(dict.fromkeys(mention.side for mention in before)))
    if behind:
        near = behind[0]
        between = sum(token.value is not None for token in found[place + 1 : near.place])
        made += [f"armR={near.side}", f"armR={near.side}{min(between, 3)}"]
        if near.place - place < 8:
            made.append(f"armR!{near.side}{near.place - place}")
    left = before[-1].side if before else "-"
    right = behind[0].side if behind else "-"
    made.append(f"arms={left}{right}")
    if not before and not behind and low:
        made.append(f"armP={arms[low - 1].side}")
    return made


def _sums(found: Sequence[Token], places: Sequence[int]) -> list[list[str]]:
    """Return what each number adds up to: the whole of two others, a part, a share, the k or n of a share."""
    made: list[list[str]] = [[] for _ in places]
    whole = [
        (index, int(found[place].value or 0))
        for index, place in enumerate(places[:_MANY])
        if not found[place].percent and (found[place].value or 0) >= 5 and float(found[place].value or 0).is_integer()
    ]
    known = {value for _, value in whole}
    for at, (index, value) in enumerate(whole):
        for other, addend in whole[at + 1 : at + 4]:
            total = value + addend
            if total in known and value >= 8 and addend >= 8:
                made[index].append("part1")
                made[other].append("part2")
                for sumup, each in whole:
                    if each == total:
                        near = abs(sumup - index) < 4
                        made[sumup].append("whole!" if near else "whole")
    _shares(found, places, made)
    return [sorted(set(row)) for row in made]


def _shares(found: Sequence[Token], places: Sequence[int], made: list[list[str]]) -> None:
    for index, place in enumerate(places[:_MANY]):
        token = found[place]
        if not token.percent or token.value is None:
            continue
        places_after = len(token.text.partition(".")[2].rstrip("% ")) if "." in token.text else 0
        margin = 0.51 * 10**-places_after
        near = [
            each
            for each in range(max(0, index - 3), min(len(places), index + 4))
            if not found[places[each]].percent and (found[places[each]].value or 0.0).is_integer()
        ]
        for part in near:
            count = found[places[part]].value or 0.0
            for base in range(min(len(places), _MANY)):
                size = found[places[base]].value or 0.0
                fits = base != part and size >= 8 and 0 < count <= size and not found[places[base]].percent
                if fits and abs(100 * count / size - token.value) <= margin:
                    made[index].append("share")
                    made[part].append(f"k{'<' if part < index else '>'}")
                    made[base].append("n!" if abs(base - part) < 3 else "n")
