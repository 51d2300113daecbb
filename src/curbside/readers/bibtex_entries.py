"""The grammar of BibTeX: entries, their fields, `@string` macros and concatenation, in one pass over the text.

As BibTeX itself reads it (Patashnik, BibTeXing, 1988): braces count even after a backslash, what stands outside of
entries is comment, names are case-insensitive. A line that begins an entry ends whatever was left open before it, so
that one missing brace costs one entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ENTRY = re.compile(r"@[ \t]{0,9}([A-Za-z]{2,30})\s{0,99}([{(])")
_BEGINS = re.compile(
    r"^[ \t]{0,99}@[ \t]{0,9}[A-Za-z]{2,30}[ \t]{0,99}[{(][ \t]{0,99}[^\s,{}()\"=#%]{1,300}[ \t]{0,99}[,=]", re.M
)
_KEY = re.compile(r"\s{0,9999}([^\s,{}\"=#()]{0,500})\s{0,9999}(,)?")
_NAME = re.compile(r"[\s,]{0,9999}([A-Za-z_][\w:.+/-]{0,80})\s{0,999}=\s{0,999}")
_BARE = re.compile(r"[^\s,{}()\"=#%]{1,300}")
_GAP = re.compile(r"\s{0,9999}")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(slots=True)
class Entry:
    """An entry as far as it could be read.

    Attributes:
        line: its first line, from 1.
        kind: "article", "book" …, in lower case.
        key: its citation key, or "".
        fields: name in lower case -> value as TeX, macros expanded; of a field given twice the first.
        faults: (line, what is wrong) pairs.
        broken: whether something of it could not be read.
    """

    line: int
    kind: str
    key: str = ""
    fields: dict[str, str] = field(default_factory=dict[str, str])
    faults: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    broken: bool = False


class _Fault(Exception):
    """The text does not go on as the grammar wants; `place` is where."""

    def __init__(self, what: str, place: int) -> None:
        super().__init__(what)
        self.place = place


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a file in their order; `@string`, `@preamble` and `@comment` are none."""
    scan = _Scan(text)
    at = 0
    while match := _ENTRY.search(text, at):
        kind = match[1].lower()
        if kind == "comment":
            at = scan.skipped(match.end())
            continue
        entry = Entry(scan.line(match.start()), kind)
        at = scan.read(entry, match.end(), "}" if match[2] == "{" else ")")
        if kind not in ("string", "preamble") or entry.broken:
            yield entry


class _Scan:
    """The text, where its entries begin, and its macros so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [match.start() for match in _BEGINS.finditer(text)] + [len(text)]
        self._next = 0
        self._macros = {name: name for name in MONTHS}
        self._counted, self._line = 0, 1

    def line(self, place: int) -> int:
        """Return the line of a place; places are asked for in rising order, or counted from the last one back."""
        if place < self._counted:
            return self._line - self.text.count("\n", place, self._counted)
        self._line += self.text.count("\n", self._counted, place)
        self._counted = place
        return self._line

    def _bound(self, at: int) -> int:
        """Return where the next entry begins, or the end."""
        while self._starts[self._next] < at and self._next < len(self._starts) - 1:
            self._next += 1
        return self._starts[self._next]

    def skipped(self, at: int) -> int:
        """Return where a comment ends: at its closing brace, or at its opening where it has none."""
        try:
            return self._braced(at, self._bound(at))
        except _Fault:
            return at

    def read(self, entry: Entry, at: int, closing: str) -> int:
        """Fill an entry from behind its opening brace and return where it ends."""
        bound = self._bound(at)
        try:
            if entry.kind == "preamble":
                return self._braced(at, bound)
            if entry.kind != "string":
                at = self._key(entry, at, bound)
            return self._fields(entry, at, bound, closing)
        except _Fault as fault:
            entry.faults.append((self.line(fault.place), str(fault)))
            entry.broken = True
            return bound

    def _key(self, entry: Entry, at: int, bound: int) -> int:
        match = _KEY.match(self.text, at, bound)
        if match is None or not match[2]:
            return at  # an entry without a key: fields begin at once, or there are none
        entry.key = match[1]
        return match.end()

    def _fields(self, entry: Entry, at: int, bound: int, closing: str) -> int:
        text = self.text
        while True:
            match = _NAME.match(text, at, bound)
            if match is None:
                at = _GAP.match(text, at, bound).end()  # pyright: ignore[reportOptionalMemberAccess]
                while at < bound and text[at] in ", \t\r\n":
                    at += 1
                if text[at : at + 1] == closing and at < bound:
                    return at + 1
                if at >= bound:
                    raise _Fault("The entry is not closed; it was read as far as it goes.", at - 1 if at else 0)
                raise _Fault(f"No field can be read at {text[at : at + 20]!r}; the rest of the entry is lost.", at)
            value, at = self._value(entry, match.end(), bound)
            name = match[1].lower()
            if entry.kind == "string":
                self._macros[name] = value
            else:
                entry.fields.setdefault(name, value)

    def _value(self, entry: Entry, at: int, bound: int) -> tuple[str, int]:
        """Return a value and where it ends: pieces in braces, in quotes, numbers and macros, joined by `#`."""
        pieces: list[str] = []
        while True:
            piece, at = self._piece(entry, at, bound)
            pieces.append(piece)
            at = _GAP.match(self.text, at, bound).end()  # pyright: ignore[reportOptionalMemberAccess]
            if at >= bound or self.text[at] != "#":
                return "".join(pieces), at
            at = _GAP.match(self.text, at + 1, bound).end()  # pyright: ignore[reportOptionalMemberAccess]

    def _piece(self, entry: Entry, at: int, bound: int) -> tuple[str, int]:
        text = self.text
        first = text[at : at + 1] if at < bound else ""
        if first == "{":
            end = self._braced(at + 1, bound)
            return text[at + 1 : end - 1], end
        if first == '"':
            end = self._quoted(at + 1, bound)
            return text[at + 1 : end - 1], end
        match = _BARE.match(text, at, bound)
        if match is None:
            raise _Fault("A field has no value; the rest of the entry is lost.", min(at, bound - 1))
        word = match[0]
        if word.isdigit():
            return word, match.end()
        if word.lower() not in self._macros:
            entry.faults.append((self.line(at), f"The macro {word!r} is not defined and stands as it is."))
        return self._macros.get(word.lower(), word), match.end()

    def _braced(self, at: int, bound: int) -> int:
        """Return the place behind the brace that closes the one before `at`."""
        depth = 1
        for match in _BRACES.finditer(self.text, at, bound):
            depth += 1 if match[0] == "{" else -1
            if not depth:
                return match.end()
        raise _Fault("A brace is not closed; the entry was read up to it.", at - 1)

    def _quoted(self, at: int, bound: int) -> int:
        """Return the place behind the quote that closes the one before `at`; quotes in braces do not count."""
        depth = 0
        for match in _QUOTES.finditer(self.text, at, bound):
            if match[0] == '"' and not depth:
                return match.end()
            depth += {"{": 1, "}": -1}.get(match[0], 0)
        raise _Fault("A quote is not closed; the entry was read up to it.", at - 1)


_BRACES = re.compile(r"[{}]")
_QUOTES = re.compile(r"[{}\"]")
