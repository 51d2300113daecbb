"""How often: once daily, b.i.d., every 8 weeks, three times a week, q12h."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curbside.language.phrases import Phrases
from curbside.language.words import listed
from curbside.records import Span

_NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|[0-9]{1,2}"
_TIME = "hour|day|week|month|year|night|morning|evening"
_LY = "daily|weekly|monthly|yearly|annually|nightly"

FREQUENCY = re.compile(
    rf"(?P<times>once|twice|thrice|(?:{_NUMBER})(?: ?(?:-|–|to|or) ?(?:{_NUMBER}))?[ -]times?)[ -]"
    rf"(?:(?P<ly>{_LY})|(?:a|per|each|every|in a|/)[ -]?(?P<unit>{_TIME})\b)"
    rf"|(?P<every>every|each)[ -](?P<other>other[ -]|second[ -]|alternate[ -])?(?:(?P<n>{_NUMBER})"
    rf"(?P<n2> ?(?:-|–|to) ?(?:{_NUMBER}))?[ -])?(?P<period>{_TIME}|wk|hr|h|d|mo)s?\b"
    r"|(?P<alternate>on alternate days|alternate[ -]days?|alternate-day)\b"
    r"|q\.?(?P<qn>[0-9]{1,2})\.?[ ]?(?P<qunit>h|d|wk|w|mo)\b"
    r"|(?P<latin>b\.i\.d\b|bid\b|t\.i\.d\b|tid\b|q\.i\.d\b|qid\b|q\.d\b|qd\b|o\.d\b|qod\b|q\.o\.d\b|qhs\b|b\.d\b)\.?"
    rf"|(?P<bare>(?:bi|tri|thrice|semi)?-?(?:{_LY})|at bedtime|at night)\b"
)
"""Frequencies in flattened text."""

_SIGNS = Phrases(
    sorted(
        listed(
            """
            once twice thrice time times every each alternate daily weekly monthly yearly annually nightly bid tid qid
            qd qod qhs b.i.d t.i.d q.i.d q.d o.d q.o.d b.d biweekly triweekly bimonthly semiannually bedtime night
            """
        )
    )
)
_EVERY_Q = re.compile(r"q\.?[0-9]")
_BEFORE, _AFTER = 24, 48  # characters around a sign within which a frequency stands

_COUNTS = {
    "once": "1", "twice": "2", "thrice": "3", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12",
}  # fmt: skip
_PERIODS = {
    "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year", "nightly": "day",
    "night": "day", "morning": "day", "evening": "day", "wk": "week", "w": "week", "hr": "hour", "h": "hour",
    "d": "day", "mo": "month",
}  # fmt: skip
_LATIN = {
    "bid": "2/day", "bd": "2/day", "tid": "3/day", "qid": "4/day", "qd": "1/day", "od": "1/day", "qhs": "1/day",
    "qod": "1/2 day",
}  # fmt: skip
_BARE = {"at bedtime": "1/day", "at night": "1/day", "biweekly": "1/2 week", "semiannually": "2/year"}


def frequencies(flattened: str) -> Iterator[tuple[Span, str]]:
    """Yield where a flattened text says how often, and the canonical form, in order.

    "2/day" is twice a day, "1/8 week" every eight weeks, "2-3/week" two to three times a week. "Biweekly" is taken
    as every two weeks, its sense in dosing.
    """
    for low, high in _windows(flattened):
        for match in FREQUENCY.finditer(flattened, low, high):
            start, end = match.span()
            if start > 0 and flattened[start - 1].isalnum():
                continue
            canonical = _canonical(match)
            if canonical:
                yield Span(start, end), canonical


def _windows(flattened: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which a word of frequency stands, apart from one another and in order."""
    places = [span.start for span, _ in _SIGNS.find(flattened)]
    places += [match.start() for match in _EVERY_Q.finditer(flattened)] if "q" in flattened else []
    low = high = -1
    for place in sorted(places):
        if place - _BEFORE > high:
            if high >= 0:
                yield low, high
            low = max(0, place - _BEFORE)
        high = place + _AFTER
    if high >= 0:
        yield low, min(high, len(flattened))


def _canonical(match: re.Match[str]) -> str:
    group = match.groupdict()
    if group["times"]:
        return f"{_count(group['times'])}/{_period(group['ly'] or group['unit'])}"
    if group["every"]:
        number = "2" if group["other"] else _spelt(group["n"] or "1") + _spelt_range(group["n2"])
        period = _period(group["period"])
        return f"1/{period}" if number == "1" else f"1/{number} {period}"
    if group["alternate"]:
        return "1/2 day"
    if group["qn"]:
        period = _period(group["qunit"])
        return f"1/{period}" if group["qn"] == "1" else f"1/{group['qn']} {period}"
    if group["latin"]:
        return _LATIN[group["latin"].replace(".", "")]
    bare = group["bare"].replace("-", "")
    return _BARE.get(bare) or (f"1/{_PERIODS[bare]}" if bare in _PERIODS else "")


def _period(word: str) -> str:
    return _PERIODS.get(word, word)


def _spelt(number: str) -> str:
    return _COUNTS.get(number, number)


def _spelt_range(tail: str | None) -> str:
    return "-" + _spelt(re.split(r"[ –-]|to", tail)[-1]) if tail else ""


def _count(times: str) -> str:
    words = [word for word in re.split(r"[ –-]", times) if word not in {"times", "time", "to", "or", ""}]
    return "-".join(_spelt(word) for word in words)
