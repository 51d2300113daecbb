"""Dates as pages print them, in the orders and languages they come in, to ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curbside.records import Span

_MONTHS = (
    "january|jan|januar|jänner|enero|ene|janvier|janv|gennaio|gen|janeiro|januari|stycznia|styczeń",
    "february|feb|febr|februar|febrero|février|févr|fév|febbraio|fevereiro|fev|februari|lutego|luty",
    "march|mar|märz|mär|mrz|marzo|mars|março|maart|mrt|marca|marzec",
    "april|apr|abril|abr|avril|avr|aprile|kwietnia|kwiecień",
    "may|mai|mayo|maggio|mag|maio|mei|maja|maj",
    "june|jun|juni|junio|juin|giugno|giu|junho|czerwca|czerwiec",
    "july|jul|juli|julio|juillet|juil|luglio|lug|julho|lipca|lipiec",
    "august|aug|agosto|ago|août|aout|augustus|sierpnia|sierpień",
    "september|sept|sep|septiembre|setiembre|septembre|settembre|set|setembro|września|wrzesień",
    "october|oct|oktober|okt|octubre|octobre|ottobre|ott|outubro|out|października|październik",
    "november|nov|noviembre|novembre|novembro|listopada|listopad",
    "december|dec|dezember|dez|diciembre|dic|décembre|déc|dicembre|dezembro|grudnia|grudzień",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_NAME = "|".join(sorted((re.escape(name) for name in _MONTH), key=lambda name: (-len(name), name)))
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|ª|°)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORD = rf"(?P<name>{_NAME})\.?"
_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}\s?年\s?(?P<month>[01]?\d)\s?月(?:\s?(?P<day>[0-3]?\d)\s?日)?",
        rf"(?<![\d.]){_YEAR}(?P<sep>[-/.])(?P<month>[01]?\d)(?P=sep)(?P<day>[0-3]?\d)(?!\d)",
        rf"(?<![\d.])(?P<first>[0-3]?\d)(?P<sep>[./-])\s?(?P<second>[0-3]?\d)(?P=sep)\s?{_YEAR}(?!\d)",
        rf"(?<!\w){_DAY}\.?[\s-]{{1,3}}(?:de\s{{1,2}}|of\s{{1,2}})?{_WORD},?[\s-]{{1,3}}(?:de\s{{1,2}}"
        rf"|del\s{{1,2}})?{_YEAR}(?!\d)",
        rf"(?<!\w){_WORD}\s{{1,2}}{_DAY}\s?,?\s{{1,2}}{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}[\s-]{{1,2}}{_WORD}(?:[\s-]{{1,2}}{_DAY})?(?!\w)",
        rf"(?<!\w){_WORD},?\s{{1,2}}(?:de\s{{1,2}}|of\s{{1,2}})?{_YEAR}(?!\d)",
        rf"(?<![\d.]){_YEAR}[-/](?P<month>0[1-9]|1[0-2])(?![\d/-])",
        rf"(?<![\d./-])(?P<month>0?[1-9]|1[0-2])/{_YEAR}(?!\d)",
        rf"(?<![\d./-]){_YEAR}(?![\d./-])",
    )
)
"""Forms of a date, most telling first; each bounded, none with adjacent unbounded repeats."""

LONGEST = 2_000
"""Only so much of a line is searched: a date that matters stands near its label."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: where, and its ISO form."""

    span: Span
    iso: str


def find_date(line: str, *, year_alone: bool = False) -> Found | None:
    """Return the first date of the most telling form in a line; a bare year only where `year_alone` allows it.

    `18.10.2022` and `18/10/2022` are day first unless the second figure is above 12; `10/18/2022` is month first.
    """
    head = line[:LONGEST]
    for form in _FORMS if year_alone else _FORMS[:-1]:
        for match in form.finditer(head):
            iso = _iso(match)
            if iso:
                return Found(Span(*match.span()), iso)
    return None


def iso_date(printed: str) -> str:
    """Return the ISO form of a printed date, possibly partial, or "" where it is none."""
    found = find_date(printed, year_alone=True)
    return found.iso if found else ""


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = parts["year"]
    month, day = int(parts.get("month") or 0), int(parts.get("day") or 0)
    if parts.get("name"):
        month = _MONTH[parts["name"].lower()]
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second"])
        day, month = (second, first) if second > 12 else (first, second)
    if month > 12 or day > 31:
        return ""
    return year + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
