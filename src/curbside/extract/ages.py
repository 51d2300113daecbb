"""How old people were: means and medians with spread, ranges with mixed units, limits, one patient's age."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.extract.stating import fact, own_units
from curbside.extract.subjects import Line, Subject
from curbside.language.counted import plain
from curbside.language.linear import Match, linear
from curbside.records import Category, Fact, Field, Quantity, Range

_T = r"(?:\d{1,3}(?:[.·]\d{1,2})?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen)"
_U = r"(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|hours?)"
_AMOUNT = rf"{_T}(?:[- ]?{_U})?(?:,? (?:and )?{_T}[- ]{_U})?"
_DASH = r" ?(?:-|–|—|to|through|and|until) ?"

_MIDDLE = linear(
    rf"\b(mean|average|median)(?: ?\(?(?:±|\+/-)? ?(?:sd|s\.d\.|range|iqr|standard deviation)\)?,?)? (?:[a-z]+ )?ages?"
    r"(?: (?:at|of|for|in) (?:the |onset|diagnosis|enrol+ment|start|baseline|initiation|treatment"
    r"|study|inclusion|presentation"
    r"|patients|participants|subjects|children|cohort|entry|time|sirolimus|therapy|first|visit|and|of|all|group| )*)?"
    rf"(?: ?[(\[][^)\]]{{1,24}}[)\]])?(?:,|:| =| was| is| were| of| being| as)*[ (\[:=]*(?:about "
    rf"|approximately )?({_AMOUNT})"
)
_AGED_MIDDLE = linear(rf"\b(?:aged|age:?)(?: of)? ({_T} ?(?:±|\+/-) ?{_T} ?{_U}?)")
_SD = linear(
    rf"^ ?(?:{_U})? ?(?:,? ?[(\[]? ?(?:±|\+/-)|[(\[,]? ?(?:sd|s\.d\.|standard deviation)[ ,:=±]*) ?({_T})(?: ?({_U}))?"
)
_RANGE = linear(
    rf"^[^.;]{{0,32}}?\b(?:range[sd]?|ranging)(?:,|:| =| of| was| from| between"
    rf"| \(years\))* ?[(\[]?({_AMOUNT}){_DASH}({_AMOUNT})"
)
_BARE_RANGE = linear(rf"^ ?(?:{_U})?,? ?[(\[]({_AMOUNT})(?:-|–| to | - | – )({_AMOUNT})[)\]]")
_BETWEEN = linear(
    rf"\b(?:aged?|ages|age range[d]?|age ranging|ages? ranged)(?: of| from| between| was|:|,"
    rf"| \(?range[d]?)* ?({_AMOUNT}){_DASH}({_AMOUNT})"
)
_BETWEEN_OLD = linear(rf"\b(?:(?:between|from) )?({_AMOUNT}){_DASH}({_AMOUNT})[ -](?:old|of age)\b")
_BELOW = linear(
    rf"\b(younger than|under|below|less than|up to|<|≤)(?: the age of| age)? ?({_T}[- ]?{_U})(?: old| of age)?"
)
_ABOVE = linear(rf"\b(older than|over|above|at least|≥|>)(?: the age of| age)? ?({_T}[- ]?{_U})(?: old| of age)?")
_SIGN = linear(rf"(<|≤|>|≥) ?({_T}[- ]?{_U})(?: old| of age)?")
_OR_OLDER = linear(rf"\b({_T} ?{_U})(?: old| of age)?,? (?:or|and) (older|over|above|more|younger|below|under)\b")
_ONE = linear(rf"\b({_T}(?:\.\d)?)[- ]({_U})[- ]olds?\b")
_CUE = linear(r"\bage|\bold\b|older|younger|-old|years of")
_NEAR = linear(
    r"\b(?:ages?|aged|older|younger|children|infants|adults|adolescents|patients|participants) ?\(?(?:was |were |of )?$"
)
_UNIT = linear(rf"({_U})\b")
_SILENT = frozenset({Category.BACKGROUND, Category.CONCLUSIONS})


def ages(subject: Subject) -> Iterator[Fact]:
    """Yield the ages of a subject; of one sentence only what stands apart from what was read before it."""
    for line in subject.lines:
        if line.category in _SILENT or not _CUE.search(line.low):
            continue
        reached: list[tuple[int, int]] = []
        for start, end, value in _found(line):
            if line.low.endswith(("gestational ", "postmenstrual "), 0, start):
                continue  # how long a pregnancy had lasted
            if all(end <= low or start >= high for low, high in reached):
                reached.append((start, end))
                yield fact(subject, line, (start, end), Field.AGE, value)


def _found(line: Line) -> Iterator[tuple[int, int, Range | Quantity]]:
    low = line.low
    for match in _MIDDLE.finditer(low):
        yield _middle(low, match, match.group(1), match.group(2), match.end(2))
    for match in _AGED_MIDDLE.finditer(low):
        middle, _, spread = match.group(1).replace("+/-", "±").partition("±")
        unit = _unit(spread) or "year"
        value = Range(mean=_with(middle.strip(), unit), sd=plain(_bare(spread)))
        yield match.start(), match.end(), value
    for pattern in (_BETWEEN, _BETWEEN_OLD):
        for match in pattern.finditer(low):
            ends = _ends(match.group(1), match.group(2), "year" if pattern is _BETWEEN else "")
            if ends is not None:
                yield match.start(), match.end(), Range(low=ends[0], high=ends[1])
    yield from _limits(low)
    for match in _ONE.finditer(low):
        unit = own_units(f"1 {match.group(2)}").split()[-1]
        yield match.start(), match.end(), Quantity(plain(match.group(1)), unit)


def _middle(low: str, match: Match, kind: str, amount: str, end: int) -> tuple[int, int, Range]:
    unit = _unit(amount)
    tail = low[end : end + 90]
    sd = _SD.match(tail)
    spread = ""
    if sd is not None:
        spread, end = plain(sd.group(1)), end + sd.end()
        unit = unit or _unit(sd.group(2) or "")
    tail = low[end : end + 90]
    ranged = _RANGE.match(tail) or (_BARE_RANGE.match(tail) if kind == "median" or sd is None else None)
    if ranged is not None and "iqr" not in tail[: ranged.end()] and "interquartile" not in tail[: ranged.end()]:
        unit = unit or _unit(ranged.group(2)) or _unit(tail[ranged.end() : ranged.end() + 8])
        ends = _ends(ranged.group(1), ranged.group(2), unit)
        end += ranged.end()
    else:
        ends = None
    unit = unit or _unit(low[end : end + 8]) or "year"
    middle = _with(amount, unit)
    first, last = ends or ("", "")
    if kind == "median":
        return match.start(), end, Range(low=first, high=last, median=middle, sd=spread)
    return match.start(), end, Range(low=first, high=last, mean=middle, sd=spread)


def _limits(low: str) -> Iterator[tuple[int, int, Range]]:
    for pattern, high in ((_BELOW, True), (_ABOVE, False)):
        for match in pattern.finditer(low):
            word = match.group(1)
            if word in {"younger than", "older than"} or _aged(low, match):
                amount = own_units(match.group(2))
                yield match.start(), match.end(), Range(high=amount) if high else Range(low=amount)
    for match in _SIGN.finditer(low):
        if _aged(low, match):
            amount = own_units(match.group(2))
            yield match.start(), match.end(), Range(high=amount) if match.group(1) in "<≤" else Range(low=amount)
    for match in _OR_OLDER.finditer(low):
        amount = own_units(match.group(1))
        older = match.group(2) in {"older", "over", "above", "more"}
        yield match.start(), match.end(), Range(low=amount) if older else Range(high=amount)


def _aged(low: str, match: Match) -> bool:
    """Tell whether a limit is one of age: "of age" or "old" behind it, a word for age or people right before it."""
    return (
        match.group(0).endswith((" old", " of age"))
        or _NEAR.search(low[max(0, match.start() - 30) : match.start()]) is not None
    )


def _unit(words: str) -> str:
    found = _UNIT.search(words or "")
    return own_units(f"1 {found.group(1)}").split()[-1] if found is not None else ""


def _bare(words: str) -> str:
    found = _UNIT.search(words)
    return words[: found.start()].strip() if found is not None else words.strip()


def _with(amount: str, unit: str) -> str:
    """Return an amount with its own unit, or with `unit` where it brings none."""
    own = own_units(amount)
    return own or f"{plain(amount)} {unit}".strip()


def _ends(first: str, last: str, unit: str) -> tuple[str, str] | None:
    unit = _unit(last) or unit
    if not unit:
        return None
    low, high = _with(first, unit), _with(last, unit)
    return (low, high) if low and high else None
