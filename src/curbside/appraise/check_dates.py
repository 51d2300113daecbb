"""Dates against their order: a period that ends before it begins, a paper accepted before it was received."""

from __future__ import annotations

from collections.abc import Iterator

from curbside.appraise.sides import Said, check
from curbside.language.linear import linear
from curbside.records import Check, CheckKind, Document, Quote, Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\.?"
)
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DATE = (
    r"(?:(?P<d{0}>" + _DAY + r") (?:of )?)?(?:(?P<m{0}>" + _MONTH + r"),? )?(?:(?P<e{0}>" + _DAY + r"),? )?"
    r"(?P<y{0}>(?:19|20)[0-9]{{2}})"
)
_PERIOD = linear(
    r"(?i)(?:\b(?:between|from|during)|\() ?(?:the )?"
    + _DATE.format(1)
    + r" ?(?:and|to|until|through|till|-) ?(?:the )?"
    r"(?:end of |early |late |mid-?)?"
    + _DATE.format(2)
    + r"\b(?P<unit> ?(?:iu|mg|ml|kg|g|u|kcal|m|km|steps|patients|%)\b)?"
)


def dates(said: Said) -> Iterator[Check]:
    """Check the periods of a sentence: "between January 2005 and March 2007"."""
    if "19" not in said.words and "20" not in said.words:
        return
    named = _PERIOD.groupindex
    for m in _PERIOD.finditer(said.flat):
        parts = {name: m.group(at) for name, at in named.items() if m.start(at) >= 0 and m.group(at)}
        monthly = "m1" in parts and "m2" in parts
        bare = not any(name in parts for name in ("m1", "m2", "d1", "d2", "e1", "e2"))
        opened = said.flat[m.start() : m.start() + 1] == "("
        if not (monthly or bare) or "unit" in parts or (bare and opened):
            continue
        begin, end = _order(parts, 1, monthly), _order(parts, 2, monthly)
        quotes = (
            said.quote(min(m.start(named[n]) for n in ("y2", "m2", "d2") if n in parts), m.end(named["y2"])),
            said.quote(m.start(), m.end(named["y1"])),
        )
        arithmetic = f"{_iso(begin)} to {_iso(end)}"
        if end >= begin:
            yield check(CheckKind.DATES, True, quotes, arithmetic, "The dates are in order.")
        else:
            message = "The period ends before it begins."
            yield check(CheckKind.DATES, False, quotes, arithmetic, message)


def _order(parts: dict[str, str], which: int, monthly: bool) -> tuple[int, int]:
    month = _MONTHS.index(parts[f"m{which}"].lower()[:3]) + 1 if monthly else 0
    return int(parts[f"y{which}"]), month


def _iso(date: tuple[int, int]) -> str:
    return f"{date[0]}-{date[1]:02}" if date[1] else str(date[0])


def milestones(document: Document) -> Iterator[Check]:
    """Check the dates that a record states of itself: received, revised, accepted."""
    kept = [(event, document.date(event)) for event in ("received", "accepted")]
    (_, received), (_, accepted) = kept
    if not received or not accepted:
        return
    size = min(len(received), len(accepted))
    quotes = tuple(_printed(document, event) for event, _ in kept)
    agrees = accepted[:size] >= received[:size]
    message = (
        "The paper was received before it was accepted." if agrees else "The paper was accepted before it was received."
    )
    found = tuple(quote for quote in reversed(quotes) if quote is not None)
    yield check(CheckKind.DATES, agrees, found, f"received {received}, accepted {accepted}", message)


def _printed(document: Document, event: str) -> Quote | None:
    printed = next((dated.printed for dated in document.dates if dated.event == event), "")
    at = document.text.find(printed) if printed else -1
    return Quote(document.id, Span(at, at + len(printed)), printed) if at >= 0 else None
