"""What every check needs: a stretch of text that can be quoted from, and what a printed number may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from curbside.language.linear import Match, Pattern
from curbside.language.numbers import numbers
from curbside.language.summaries import levelled
from curbside.records import Check, CheckKind, Quote, Span, Verdict

EPSILON = 1e-9


@dataclass(frozen=True)
class Said:
    """A sentence or a cell to be checked.

    Attributes:
        document: id.
        words: as printed.
        start: where they begin in the document's text.
    """

    document: str
    words: str
    start: int

    @cached_property
    def flat(self) -> str:
        """The words with one kind of dash, point and space; offsets unchanged."""
        return levelled(self.words)

    def quote(self, start: int, end: int) -> Quote:
        """Return a quote of `words[start:end]`."""
        return Quote(self.document, Span(self.start + start, self.start + end), self.words[start:end])


@dataclass(frozen=True)
class Found:
    """A match whose groups are asked for by name; one that took no part is empty."""

    pattern: Pattern
    match: Match

    def start(self, name: str) -> int:
        """Return where a group starts, -1 where it took no part."""
        at = self.pattern.groupindex.get(name)
        return -1 if at is None else self.match.start(at)

    def end(self, name: str) -> int:
        """Return where a group ends, -1 where it took no part."""
        at = self.pattern.groupindex.get(name)
        return -1 if at is None else self.match.end(at)

    def words(self, name: str) -> str:
        """Return the words of a group, "" where it took no part."""
        return self.match.group(self.pattern.groupindex[name]) if self.start(name) >= 0 else ""


def found(pattern: Pattern, text: str) -> list[Found]:
    """Return the matches of a pattern in order."""
    return [Found(pattern, match) for match in pattern.finditer(text)]


def decimals(printed: str) -> int:
    """Return how many decimals a number is printed with."""
    return len(levelled(printed).partition(".")[2].strip())


def unit(printed: str) -> float:
    """Return what one in the last printed digit is worth: 0.1 for "28.3"."""
    return 10.0 ** -decimals(printed)


def worth(printed: str) -> float | None:
    """Return what a printed number is worth, words included ("seven"), None where it is none."""
    plain = levelled(printed).replace(" ", "").replace("+", "")
    whole, _, part = plain.partition(",")
    if part and not (len(part.partition(".")[0]) == 3 and whole.lstrip("-").isdigit() and whole.lstrip("-") != "0"):
        plain = plain.replace(",", ".") if "." not in part else ""
    try:
        return float(plain.replace(",", ""))
    except ValueError:
        found = numbers(printed)
        return found[0].value if len(found) == 1 else None


def shown(value: float, places: int = 2) -> str:
    """Return a computed number without zeros that mean nothing."""
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def check(kind: CheckKind, agrees: bool, quotes: tuple[Quote, ...], arithmetic: str, message: str) -> Check:
    """Return a check that was carried out."""
    return Check(kind, Verdict.AGREES if agrees else Verdict.DISAGREES, quotes, arithmetic, message)


def unchecked(kind: CheckKind, quotes: tuple[Quote, ...], why: str, arithmetic: str = "") -> Check:
    """Return a check that could not be carried out, with the reason."""
    return Check(kind, Verdict.NOT_CHECKED, quotes, arithmetic, "", why)
