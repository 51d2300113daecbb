"""Estimates with intervals and p values in sentences: HR 0.43 (95 % CI 0.24–0.78; P = .005)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from curbside.appraise.estimates import SKEWED, Estimate, compared
from curbside.appraise.sides import Found, Said, found, worth
from curbside.language.effects import MEASURE
from curbside.language.linear import linear
from curbside.records import Check, Quote

RATIOS = frozenset({"HR", "OR", "RR", "IRR"})
_N = r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,6}(?:\.[0-9]+)?|\.[0-9]+)"
_CI = r"(?:C\.?I\.?s?|[Cc]onfidence [Ii]ntervals?|[Cc]onfidence [Ll]imits?|CrI|[Cc]redible [Ii]ntervals?)"
_TO = r"(?: ?- ?| to | and |, |; )"
_WITH_CI = linear(
    rf"(?P<e>{_N}) ?(?P<ep>%?)[ ,;:]{{0,2}}[(\[]? ?(?P<lv>9[059](?:\.[0-9])?) ?% ?-?{_CI}(?: ?\(CI\))?"
    rf"[ ,:=]{{0,3}}[(\[]? ?(?P<l>{_N}) ?%?{_TO}(?P<h>{_N}) ?(?P<hp>%?)"
)
_BARE = linear(rf"(?P<e>{_N}) ?[,;]? ?[(\[] ?(?P<l>{_N})(?: ?- ?| to )(?P<h>{_N}) ?[)\],;]")
_P = linear(
    r"^ ?[)\]]?[ ,;:(\[]{0,3}(?:and )?(?:with )?(?:a )?[Pp][- ]?(?:values?)? ?(?P<s><|=|>|≤|≥|of|was) ?"
    r"(?P<p>[0-9]?\.[0-9]+)"
)
_OTHER = linear(
    r"(?i)(?:\b(?:p|n|t|z|f|r|df|se|sd|sem|s\.e\.|s\.d\.|se of|sd of|i2|q|χ2|x2)(?:[- ]?values?)? ?"
    r"(?:<|>|=|≤|≥|:|of)? ?|±|/|\bout of |\bof (?:the )?)$"
)
"""What stands before a number that is no estimate: a p value, a size, a standard error."""
_REDUCTION = linear(r"(?i)^ ?(?:\(?RRR\)? ?)?reduction|^ ?(?:decrease|increase)")
_SKEWED = linear(
    r"(?i)\b(?:costs?|bootstrap\w*|geometric|log-?\w*|back-?transformed|bayes\w*|credible|penali[sz]ed|exact)\b"
)
"""Words of analyses whose intervals need not be symmetrical."""
_STOPS = linear(r"[.;] [A-Z]")


def intervals(said: Said) -> Iterator[Check]:
    """Check every estimate of a sentence that stands before its interval."""
    if "-" not in said.flat and " to " not in said.flat and "," not in said.flat:
        return
    names = [(name.start(), name.end(), name.lastgroup or "") for name in MEASURE.finditer(said.words)]
    if not names and "CI" not in said.words and "onfidence" not in said.words:
        return
    taken = -1
    matches = found(_WITH_CI, said.flat) + (found(_BARE, said.flat) if names else [])
    for m in sorted(matches, key=lambda m: (m.match.start(), m.pattern is _BARE)):
        if m.match.start() >= taken:
            one = _estimate(said, m, names)
            if one is not None:
                taken = m.match.end()
                yield from compared(one)


_Name = tuple[int, int, str]


def _estimate(said: Said, m: Found, names: list[_Name]) -> Estimate | None:
    """Return what a match says, None where its first number is no estimate."""
    told = m.pattern is _WITH_CI
    named = _named(said.flat, m, names)
    if named is None or (named == "" and not told):
        return None
    printed = tuple(said.words[m.start(name) : m.end(name)] for name in ("e", "l", "h"))
    values = [worth(part) for part in printed]
    left = said.flat[max(0, m.match.start() - 18) : m.match.start()]
    if any(value is None for value in values) or left[-1:] in ("-", "±", "/", ".", "^") or left[-1:].isalnum():
        return None
    if (_OTHER.search(left) and not _is_told(left)) or (m.words("ep") != m.words("hp")):
        return None
    value, low, high = (number or 0.0 for number in values)
    ratio = named in RATIOS if named else None
    if ratio and (value <= 0 or low < 0 or (value >= 10 and printed[0].isdigit() and low < 10)):
        return None  # a number of people, not a ratio
    if SKEWED.search(said.flat):
        ratio = None
    level = float(m.words("lv")) / 100 if told else 0.95
    quotes = (said.quote(m.start("e"), m.end("e")), _interval_quote(said, m))
    one = Estimate(ratio, value, low, high, (printed[0], printed[1], printed[2]), level, quotes)
    return one if ratio is None else _with_p(said, m, one)


def _named(flat: str, m: Found, names: list[_Name]) -> str | None:
    """Return the measure that a match is of, "" where the text does not say, None where it is something else."""
    before = [name for name in names if name[1] <= m.match.start()]
    if not before:
        return ""
    start, end, kind = before[-1]
    gap = flat[end : m.match.start()]
    if len(gap) >= 120 or _STOPS.search(gap):
        return ""
    if _REDUCTION.match(gap) and kind != "RD":
        return None
    if kind == "OR" and flat[start:end].lower() == "or" and any(char.isalpha() for char in gap):
        return ""
    if m.pattern is _BARE and any(word not in ("of", "was", "is", "were") for word in gap.split() if word.isalpha()):
        return None
    if kind == "difference" and m.pattern is _BARE:
        return ""
    return "" if kind == "adjusted" else kind


def _interval_quote(said: Said, m: Found) -> Quote:
    start = m.end("e")
    while said.words[start : start + 1] in (" ", ",", ";", ":", "\u00a0"):
        start += 1
    end = m.match.end()
    opened = said.flat[start:end].count("(") > said.flat[start:end].count(")")
    return said.quote(start, end + (opened and said.flat[end : end + 1] == ")"))


def _with_p(said: Said, m: Found, one: Estimate) -> Estimate:
    after = found(_P, said.flat[m.match.end() :])
    if not after:
        return one
    p, by = after[0], m.match.end()
    sign = {"of": "=", "was": "="}.get(p.words("s"), p.words("s"))
    quote = said.quote(by + p.start("s"), by + p.end("p"))
    return replace(one, p=float(p.words("p")), sign=sign, p_quote=quote, p_printed=p.words("p"))


def _is_told(left: str) -> bool:
    """Tell "a hazard ratio of 2.1" from "24 out of 31"."""
    low = left.lower()
    words = ("ratio", "risk", "differ", "mean", "hr", "or ", "rr", "rate")
    return low.endswith(" of ") and any(word in low for word in words)
