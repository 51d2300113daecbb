"""Counts out of n and shares: 10 of 13, 8/13 (61.5%), 34 (55%), "Of 13 patients, 4 …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curbside.language.numbers import Number, numbers
from curbside.language.recent import remembered
from curbside.language.words import flat
from curbside.records import Span


@dataclass(frozen=True, slots=True)
class Count:
    """How many, of how many; parts that the text does not print are "".

    Attributes:
        span: from the first to the last number.
        k: how many, as printed ("10", "Fifteen").
        n: of how many, as printed.
        percent: the share as printed, without the sign.
        form: "of", "slash", "percent" (a share alone), "k percent" (a count with its share), "n" (n = 13), or
            "base" (n stands earlier in the sentence: "Of 13 patients, 4 …").
    """

    span: Span
    k: str
    n: str
    percent: str
    form: str


OF = re.compile(
    r"(?: ?%)? (?:\(?out )?of (?:the |a total of |these |those |all |our |its )?(?:remaining |first |other )?"
)
SLASH = re.compile(r" ?[/⁄∕] ?")
OPEN = re.compile(r"(?: [a-z][a-z-]{0,20}+){0,3}+ ?[(\[]")
SHARE_OPEN = re.compile(r" ?(?:%|percent|per cent)(?: [a-z][a-z-]{0,20}+){0,3}+ ?[(\[,;] ?(?:n ?= ?)?")
CLOSED_OF = re.compile(r" ?(?:%|percent|per cent)[)\]] (?:out )?of (?:the |all |these |those |a total of )?")
IS_N = re.compile(r"\bn ?= ?$")
BASE = re.compile(r"(?:^|[.;:(,] ?|\b(?:and|that|overall|enrolled),? )(?:out )?of (?:the |a total of |these |all )?$")
NOT_A_SHARE = re.compile(
    r"(?:phases?|grades?|stages?|types?|hpv|ratio|acr|levels?|classe?s?|cd|days?|weeks?|doses?) ?$"
)
NOT_COUNTED = re.compile(r" ?(?:mm ?hg|mg|ml|g\b|µg|kg|years?|months?|weeks?|days?|hours?|%|ratio|st\b|nd\b|th\b)")
COUNTED = re.compile(
    r" (?:\(|(?:of them |of these |patients |children |participants |subjects |cases |women |men |infants |people "
    r"|also |had |have |has |were |was |did |achieved |showed |developed |responded|experienced |required |needed "
    r"|received |died|relapsed|reported |discontinued |withdrew|completed |remained |reached |improved|stopped"
    r"|restarted |resumed |attained |presented |underwent ))"
)
_STOP = re.compile(r"[.?!;]\s")


@remembered
def counts(text: str) -> list[Count]:
    """Return the counts and shares of `text` in order, each number used once."""
    flattened = flat(text)
    figures = [number for number in numbers(text) if number.form in {"digits", "percent", "word"}]
    return list(_counts(flattened, figures))


def _counts(flattened: str, figures: list[Number]) -> Iterator[Count]:
    index = 0
    base: Number | None = None
    reached = 0
    while index < len(figures):
        number = figures[index]
        if base is not None and _STOP.search(flattened, reached, number.span.start):
            base = None
        reached = number.span.end
        group, form = _group(flattened, figures, index)
        if form:
            count = _count(figures, group, form)
            index += len(group)
            reached = count.span.end
            if form == "k percent" and base is not None:
                count = Count(Span(base.span.start, count.span.end), count.k, base.printed, count.percent, "base")
            yield count
            continue
        if _is_whole(number) and BASE.search(flattened, max(0, number.span.start - 30), number.span.start):
            base = number
        elif base is not None and _is_whole(number) and _is_counted(flattened, number, base):
            yield Count(Span(base.span.start, number.span.end), number.printed, base.printed, "", "base")
        elif IS_N.search(flattened, max(0, number.span.start - 6), number.span.start) and _is_whole(number):
            yield Count(number.span, "", number.printed, "", "n")
        elif number.form == "percent" and not _is_level(flattened, number):
            yield Count(number.span, "", "", number.printed, "percent")
        index += 1


def _group(flattened: str, figures: list[Number], index: int) -> tuple[list[Number], str]:
    """Return the numbers that make one count from `index` on, and its form; no form where they make none."""
    rest = figures[index : index + 3]
    if len(rest) < 2:
        return [], ""
    first, second = rest[0], rest[1]
    gap = flattened[first.span.end : second.span.start]
    if first.form == "percent":
        return _share_first(flattened, rest, gap)
    if not _is_whole(first):
        return [], ""
    if _is_whole(second) and first.value <= second.value and _is_out_of(flattened, first, second, gap):
        third = rest[2] if len(rest) > 2 else None
        form = "slash" if SLASH.fullmatch(gap) else "of"
        if third is not None and third.form == "percent" and _opens(flattened, second, third):
            return [first, second, third], form
        return [first, second], form
    if second.form == "percent" and len(gap) < 30 and OPEN.fullmatch(gap):
        if len(rest) > 2 and _is_whole(rest[2]) and first.value <= rest[2].value:
            tail = flattened[second.span.end : rest[2].span.start]
            if len(tail) < 30 and CLOSED_OF.fullmatch(tail):
                return [first, second, rest[2]], "k share of n"
        return [first, second], "k percent"
    return [], ""


def _share_first(flattened: str, rest: list[Number], gap: str) -> tuple[list[Number], str]:
    """Read "61.5% of 13", "61.5% (8/13)", "61.5% (8 of 13)", "61.5% (n = 8)"."""
    first, second = rest[0], rest[1]
    if not _is_whole(second):
        return [], ""
    if OF.fullmatch(gap):
        return [first, second], "share of"
    if len(gap) < 60 and SHARE_OPEN.fullmatch(gap):
        if len(rest) > 2 and _is_whole(rest[2]) and second.value <= rest[2].value:
            inner = flattened[second.span.end : rest[2].span.start]
            if OF.fullmatch(inner) or SLASH.fullmatch(inner):
                return [first, second, rest[2]], "share k of n"
        if gap.rstrip().endswith("=") or flattened.startswith((")", "]", " patients"), second.span.end):
            return [first, second], "share k"
    return [], ""


def _count(figures: list[Number], group: list[Number], form: str) -> Count:
    span = Span(group[0].span.start, group[-1].span.end)
    printed = [number.printed for number in group]
    if form in {"of", "slash"}:
        return Count(span, printed[0], printed[1], printed[2] if len(printed) > 2 else "", form)
    if form == "share of":
        return Count(span, "", printed[1], printed[0], "of")
    if form == "share k of n":
        return Count(span, printed[1], printed[2], printed[0], "of")
    if form == "k share of n":
        return Count(span, printed[0], printed[2], printed[1], "of")
    if form == "share k":
        return Count(span, printed[1], "", printed[0], "k percent")
    return Count(span, printed[0], "", printed[1], "k percent")


def _is_whole(number: Number) -> bool:
    return number.form != "percent" and number.value >= 0 and number.value == int(number.value)


def _is_out_of(flattened: str, first: Number, second: Number, gap: str) -> bool:
    if OF.fullmatch(gap) is None and SLASH.fullmatch(gap) is None:
        return False
    before = max(0, first.span.start - 12)
    if NOT_A_SHARE.search(flattened, before, first.span.start) or _is_month(first, second, gap):
        return False
    return NOT_COUNTED.match(flattened, second.span.end) is None


def _is_month(first: Number, second: Number, gap: str) -> bool:
    """Tell whether k/n is a month and a year: "12/2008"."""
    return "/" in gap and first.value <= 12 and len(second.printed) == 4 and 1900 <= second.value < 2100


def _opens(flattened: str, second: Number, third: Number) -> bool:
    gap = flattened[second.span.end : third.span.start]
    return len(gap) < 50 and (OPEN.fullmatch(gap) is not None or gap in {", ", "; ", " = "})


def _is_counted(flattened: str, number: Number, base: Number) -> bool:
    return number.value <= base.value and COUNTED.match(flattened, number.span.end) is not None


def _is_level(flattened: str, number: Number) -> bool:
    return flattened[number.span.end : number.span.end + 24].lstrip("% -").startswith(("ci", "confidence", "cri"))
