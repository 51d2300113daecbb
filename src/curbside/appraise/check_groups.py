"""A number of people against its parts, in a sentence: both sexes, the arms of a trial, shares of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from curbside.appraise.sides import EPSILON, Said, check, found, shown, unit
from curbside.language.linear import Pattern, linear
from curbside.language.numbers import numbers
from curbside.records import Check, CheckKind

_COUNT = r"(?P<n>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})"
_PEOPLE = linear(
    rf"(?i)\b{_COUNT}(?: [a-z][a-z-]*){{0,3}}? (?:patients|participants|subjects|children|adults|individuals|people|"
    r"persons|cases|volunteers|infants|students|adolescents|neonates|residents|respondents|controls|survivors)\b"
)
_SEX = linear(
    rf"(?i)\b{_COUNT} ?(?:\([0-9.]{{1,5}} ?%\) ?)?(?:were |was |are )?(?P<sex>men|males?|boys|women|females?|girls)\b"
    r"(?: ?\([^()]{1,14}\))?"
)
_SHARE = linear(
    r"(?i)\b(?P<p>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?%(?: of (?:the |all |our )?(?:patients|participants|subjects|children|"
    r"respondents|students|sample|cases|individuals|them|people))?\)?,? (?:were |was |are )?"
    r"(?P<sex>men|males?|boys|women|females?|girls)\b"
)
_SIZE = linear(r"(?i)\bn ?= ?(?P<n>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})\b")
_SHARED_OUT = linear(r"(?i)\b(?:randomi[sz]|randomly|assigned|allocated|divided|split|stratified into)")
_NO_ARM = linear(r"(?i)\b(?:males?|females?|men|women|boys|girls|cent(?:er|re)s?|excluded|declined),? ?[(\[]?n ?=")
_LEFT = linear(
    r"(?i)(?:[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)) (?:[a-z]+ ){0,4}?(?:withdr|exclu|lost|drop|"
    r"discontinu|died|did not|were not|was not|refus|declin|missing)"
)
_REST = linear(r"^(?: ?,)?(?: and| or)? (?P<n>[0-9]{1,7})\b")
_BETWEEN_SEXES = linear(r"^(?: ?[,/;:&]| and|,? and|,? ?or| ?\+)? ?$")
_LEAD = linear(r"^[^.;()0-9]{0,40}[(:,\[-] ?(?:i\.e\.,? ?|of (?:whom|which) |with |namely )?$")
_CLOSES = linear(
    r"^(?: (?:patients|subjects|participants|volunteers))?(?: ?[)\],.;:]| ?$| who | participated|"
    r" were (?:included|enrolled|recruited|studied))"
)
_EVERYONE = linear(
    r"(?i)(?:\b(?:sample|participants|patients|subjects|individuals|students|respondents|children|adults|gender|sex|"
    r"people)\b(?: enrolled| included| in (?:the|this|our) (?:study|sample|trial)){0,2}(?: were| was|,|:| \(|\()?"
    r"(?: \()?|\b(?:consisted of|comprised|made up of|composed of|included)) ?$|% of (?:the |all |our )?[a-z]{4,14} "
    r"(?:were|was) "
)
"""Words that say that shares of both sexes are shares of everyone; without them they may be of each sex."""
_MALE = frozenset(("men", "male", "males", "boys"))


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    value: float
    printed: str
    sex: str
    after: int


def groups(said: Said) -> Iterator[Check]:
    """Check what a sentence says of a whole and of its parts."""
    low = said.flat.lower()
    if "men" in low or "male" in low or "girls" in low:
        yield from _sexes(said)
        yield from _shares(said)
    if "n =" in low or "n=" in low:
        yield from _arms(said)


def _parts(said: Said, pattern: Pattern, group: str) -> list[_Part]:
    return [
        _Part(
            m.start(group),
            m.end(group),
            float(m.words(group).replace(",", "")),
            said.words[m.start(group) : m.end(group)],
            "male" if m.words("sex").lower() in _MALE else "female",
            m.match.end(),
        )
        for m in found(pattern, said.flat)
    ]


def _twos(parts: list[_Part], said: Said) -> Iterator[tuple[_Part, _Part]]:
    """Yield pairs of both sexes that stand side by side."""
    for one, two in pairwise(parts):
        between = said.flat[one.after : two.start].replace("the remaining ", "")
        if one.sex != two.sex and _BETWEEN_SEXES.match(between):
            yield one, two


def _sexes(said: Said) -> Iterator[Check]:
    everyone = _parts(said, _PEOPLE, "n")
    for one, two in _twos(_parts(said, _SEX, "n"), said):
        wholes = [part for part in everyone if part.after <= one.start]
        if wholes and _CLOSES.match(said.flat[two.after :]) and _LEAD.match(said.flat[wholes[-1].after : one.start]):
            yield from _both(said, wholes, one, two)


def _both(said: Said, wholes: list[_Part], one: _Part, two: _Part) -> Iterator[Check]:
    whole, total = wholes[-1], one.value + two.value
    quotes = (said.quote(whole.start, whole.after), said.quote(one.start, two.after))
    arithmetic = f"{one.printed} + {two.printed} = {shown(total)}; printed {whole.printed}"
    if any(part.value == total for part in wholes):
        yield check(CheckKind.PARTS, True, quotes, arithmetic, "The parts make the whole.")
        return
    rest = found(_REST, said.flat[two.after :])
    if rest and float(rest[0].words("n")) == abs(whole.value - total):
        return  # those whose sex is not known are told
    direct = said.flat[whole.after : one.start].strip() in ("(", "[")
    if direct or total > whole.value or whole.value - total < 0.5 * whole.value:
        message = f"Both sexes together are {shown(total)}, not {whole.printed}."
        yield check(CheckKind.PARTS, False, quotes, arithmetic, message)


def _shares(said: Said) -> Iterator[Check]:
    for one, two in _twos(_parts(said, _SHARE, "p"), said):
        total = one.value + two.value
        slack = unit(one.printed) + unit(two.printed)
        quotes = (said.quote(one.start, one.after), said.quote(two.start, two.after))
        arithmetic = f"{one.printed} % + {two.printed} % = {shown(total)} %"
        if abs(total - 100) <= slack + EPSILON:
            yield check(CheckKind.SHARES, True, quotes, arithmetic, "The shares make 100 %.")
        elif _of_each(said, one, two):
            continue
        elif _EVERYONE.search(said.flat[: one.start]) or _EVERYONE.search(said.flat[one.start : one.after]):
            message = f"Both sexes together are {shown(total)} %, not 100 %."
            yield check(CheckKind.SHARES, False, quotes, arithmetic, message)


def _of_each(said: Said, one: _Part, two: _Part) -> bool:
    """Tell shares of each sex, which lie on both sides of everyone's: "61 % (64 % of boys, 59 % of girls)"."""
    low, high = sorted((one.value, two.value))
    before = [number for number in numbers(said.words) if number.span.end <= one.start]
    parted = any(abs(number.value - low - high) <= 1 for number in before)  # "37 % (20 % boys and 17 % girls)"
    return parted or any(number.form == "percent" and low <= number.value <= high for number in before)


def _arms(said: Said) -> Iterator[Check]:
    sizes = _parts(said, _SIZE, "n")
    if not 2 <= len(sizes) <= 5 or not _SHARED_OUT.search(said.flat):
        return
    everyone = _parts(said, _PEOPLE, "n")
    wholes = [part for part in everyone if part.after <= sizes[0].start]
    between = any(sizes[0].start < part.start < sizes[-1].start for part in everyone)
    if not wholes or between or _NO_ARM.search(said.flat) or said.flat[: wholes[-1].start].rstrip()[-1:] in ("<", ">"):
        return
    total = sum(size.value for size in sizes)
    whole = wholes[-1]
    quotes = (said.quote(whole.start, whole.after), said.quote(sizes[0].start, sizes[-1].end))
    arithmetic = f"{' + '.join(size.printed for size in sizes)} = {shown(total)}; printed {whole.printed}"
    left = abs(whole.value - total)
    before = [number.value for number in numbers(said.words) if number.span.end <= sizes[0].start]
    if total in before:
        yield check(CheckKind.ARMS, True, quotes, arithmetic, "The arms make the whole.")
    elif len(wholes) > 2 or (len(sizes) > 2 and any(2 * size.value == total for size in sizes)) or _gone(said, left):
        return  # those who left are told, or one size is the sum of the others
    elif 0.45 < total / whole.value < 2.2:
        message = f"The arms together are {shown(total)}, not {whole.printed}."
        yield check(CheckKind.ARMS, False, quotes, arithmetic, message)


def _gone(said: Said, left: float) -> bool:
    """Tell whether the sentence says that so many left or were left out."""
    if not _LEFT.search(said.flat):
        return False
    return any(number.value == left and number.form in ("digits", "word") for number in numbers(said.words))
