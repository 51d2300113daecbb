"""Effect sizes with their intervals: HR 0.43 (95% CI 0.24–0.78; P=.005)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curbside.language.numbers import Number, numbers
from curbside.language.words import flat
from curbside.records import Span


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect size as one text reports it.

    Attributes:
        span: from the name of the measure to the last number read.
        measure: "HR", "OR", "RR", "RRR" (a relative reduction in percent), "IRR", "RD", "MD", "SMD",
            or "difference" where the text says no more (then only with an interval).
        estimate: as printed.
        level: confidence level in percent as printed ("95"), or "".
        low, high: bounds of the interval as printed, or "".
        p: the p value as printed, or "".
        p_sign: "<", ">", "=", "≤" or "≥" where a p value stands, else "".
        adjusted: whether the text calls it adjusted.
    """

    span: Span
    measure: str
    estimate: str
    level: str = ""
    low: str = ""
    high: str = ""
    p: str = ""
    p_sign: str = ""
    adjusted: bool = False


MEASURE = re.compile(
    r"\b(?P<adjusted>(?i:(?:multivariable[ -])?adjusted) )?(?:"
    r"(?P<HR>(?i:(?:sub)?(?:distribution )?hazards? ratios?)(?: ?[(\[][as]?HRs?[)\]])?|[as]?HRs?\b)"
    r"|(?P<SMD>(?i:standardi[sz]ed mean differences?)(?: ?[(\[]SMDs?[)\]])?|SMDs?\b|(?i:hedges'? g|cohen'?s d)\b)"
    r"|(?P<IRR>(?i:(?:incidence )?rate ratios?)(?: ?[(\[]a?I?RRs?[)\]])?|a?IRRs?\b)"
    r"|(?P<OR>(?i:odds ratios?)(?: ?[(\[]a?ORs?[)\]])?|a?ORs?\b)"
    r"|(?P<RRR>(?i:relative risk reductions?)(?: ?[(\[]RRR[)\]])?|RRR\b)"
    r"|(?P<RR>(?i:relative risks?|risk ratios?)(?: ?[(\[]a?RRs?[)\]])?|a?RRs?\b)"
    r"|(?P<RD>(?i:(?:absolute )?risk (?:differences?|reductions?))(?: ?[(\[]A?R[DR][)\]])?|RD\b|ARR\b)"
    r"|(?P<difference>(?i:differences?)(?=(?: of| was|,| in \w{1,20})?[ :=]{1,3}[-−–]?[0-9]))"
    r"|(?P<MD>(?i:(?:weighted )?mean differences?)(?: ?[(\[]W?MDs?[)\]])?|W?MDs?\b))"
)
"""Names of effect measures; short ones count only in capitals and right before a number."""

P_VALUE = re.compile(r"\b[Pp](?:[- ]?values?)?\s?(?:for \w{1,20}\s?)?(<|>|=|≤|≥|of|was)\s?$")
INTERVAL = re.compile(r"\b(?:c\.?i\.?|cri|confidence (?:interval|limits?)s?|credible intervals?)\b")
LEVEL = re.compile(r" ?%?[ -]?(?:[a-z-]{4,14} )?[(\[]?(?:c\.?i\.?\b|cri\b|confidence|credible)")
_BETWEEN = re.compile(r"\s?(?:[-–—−,;:]|to|and|through)\s?")
_STOP = re.compile(r"\.\s+[A-Z]")
_LED = re.compile(r" ?%? ")
_TORN = re.compile(r"\. \d")
_LEAD = re.compile(r"[\s(\[=:,;]{0,6}+(?:(?:was|of|is|were|at|about|approximately|for)[\s(\[=:,]{0,6}+){0,3}+")
_OPENED = re.compile(r"[\s%;,]{0,3}+(?:[a-zA-Z]{1,10}+[ /]?+){0,2}+\s?[(\[]\s?")
_WINDOW = 170  # characters after the name within which its numbers stand
_RISK_FAR = 30  # the same for a risk reduction, words that are often plain prose
_FAR = 80  # characters between a spelt-out measure and its estimate


def effects(text: str) -> list[Effect]:
    """Return the effect sizes of `text` in order of their names."""
    names = list(MEASURE.finditer(text))
    if not names:
        return []
    figures = [
        number for number in numbers(text) if number.form in {"digits", "percent"} and number.printed[-1].isdigit()
    ]
    flattened = flat(text)
    found: list[Effect] = []
    first = 0
    for index, name in enumerate(names):
        while first < len(figures) and figures[first].span.start < name.end():
            first += 1
        until = min(name.end() + _WINDOW, names[index + 1].start() if index + 1 < len(names) else len(text))
        stop = _STOP.search(text, name.end(), until)
        until = stop.start() if stop else until
        window = [number for number in figures[first : first + 12] if number.span.end <= until]
        before = figures[first - 1] if first else None
        led = (
            before
            if before is not None and name.lastgroup == "RRR" and _LED.fullmatch(text, before.span.end, name.start())
            else None
        )
        effect = _effect(text, flattened, name, window, led)
        if effect is not None:
            found.append(effect)
    return found


def _effect(text: str, flattened: str, name: re.Match[str], window: list[Number], led: Number | None) -> Effect | None:
    """Read one effect from the numbers that follow its name; `led` is its estimate where that stands before."""
    level = low = high = p = p_sign = ""
    estimate = led
    end = name.end()
    index = 0
    while index < len(window):
        number = window[index]
        following = window[index + 1] if index + 1 < len(window) else None
        sign = P_VALUE.search(text, max(name.end(), number.span.start - 24), number.span.start)
        if sign is not None:
            if estimate is None:
                return None
            p, p_sign, end = number.printed, _sign(sign[1]), number.span.end
            break
        if number.form == "percent" and _is_level(flattened, number):
            level = number.printed
        elif estimate is None:
            if text.startswith("=", number.span.end):
                index += 1  # "in 1975=3.5": a label, not the estimate
                continue
            if _TORN.match(text, number.span.end) and number.printed.isdigit():
                return None  # "1. 37": a number torn apart
            if not _near(text, name, number, level):
                return None
            estimate, end = number, number.span.end
        elif not low and following is not None and _is_interval(text, flattened, estimate, number, following, level):
            low, high, end = number.printed, following.printed, following.span.end
            index += 1
        elif low:
            break
        index += 1
    if estimate is None:
        return None
    measure = name.lastgroup if name.lastgroup != "adjusted" else ""
    if measure == "difference" and not low:
        return None
    adjusted = bool(name["adjusted"]) or name.group().lstrip()[:1] == "a"
    start = min(name.start(), led.span.start) if led is not None else name.start()
    return Effect(Span(start, end), measure or "", estimate.printed, level, low, high, p, p_sign, adjusted)


def _sign(words: str) -> str:
    return "=" if words in {"of", "was"} else words


def _is_level(flattened: str, number: Number) -> bool:
    return LEVEL.match(flattened, number.span.end) is not None


def _near(text: str, name: re.Match[str], number: Number, level: str) -> bool:
    """Tell whether the number is close enough to the name to be its estimate."""
    if level:
        return number.span.start - name.end() < _FAR
    gap = text[name.end() : number.span.start]
    if len(name.group()) > 5:
        reach = _RISK_FAR if name.lastgroup == "RD" else _FAR
        return len(gap) < reach and "." not in gap.replace("vs.", "")
    if name.group() == "OR" and not gap.strip() and number.printed.isdigit():
        return False  # the conjunction in capitals
    return len(gap) < 24 and _LEAD.fullmatch(gap) is not None


def _is_interval(text: str, flattened: str, estimate: Number, number: Number, following: Number, level: str) -> bool:
    between = text[number.span.end : following.span.start]
    if _BETWEEN.fullmatch(between.replace("%", "")) is None:
        return False
    if level or INTERVAL.search(flattened, estimate.span.end, number.span.start):
        return True
    return _OPENED.fullmatch(text, estimate.span.end, number.span.start) is not None
