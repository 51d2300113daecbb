"""The sentence cutter: exact offsets, every printed character in one sentence, time linear in the length.

One compiled pattern finds the places where a sentence could end (a stop, a line break); each place is then judged
by what stands just before and just after it, never by anything farther than `_REACH` characters away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from curbside.language.breaks import CAUTIOUS, abbreviated, opens
from curbside.language.lines import LINE_END, line_breaks
from curbside.records import Span

_REACH = 400  # how far a closing bracket is looked for; a longer parenthesis is text of its own

STOP = re.compile(r"[.!?…。]{1,8}+[\"'”’»)\]]{0,4}+(?=[\s]|$|[A-Z(\[“\"0-9])|[(\[]")
"""A stop with its closers, where white space, the end or a capital follows; or an opening bracket."""

_BRACKET = r"\[(?:[0-9]{1,3}(?:[ ,;–-]{1,2}[0-9]{1,3}){0,20}|Level of evidence[^\]\n]{0,12})\]"
CITED = re.compile(rf"[ \u00a0]{{0,2}}{_BRACKET}(?:[;,]?+ ?{_BRACKET}){{0,5}}+(?=[\s]|$)")
"""Bracketed references, and the level of the evidence, that stand after the stop of the sentence they belong to."""

RAISED = re.compile(r"[0-9]{1,3}(?:[,–-] ?[0-9]{1,3}){0,20}(?=[\s]{1,3}[A-Z“\"(]|[\s]{0,3}$)")
"""A reference that was superscript in print and now stands glued to the stop."""

_WORD = 20  # letters looked back for the word before a stop

_GLUE = frozenset("0123456789,;–—- *†‡§¶[]()abcdef\u00a0")
_CLOSERS = "\"'”’»)]"


def sentences(text: str, start: int = 0, end: int | None = None, glued: Collection[int] = ()) -> list[Span]:
    """Return the sentences of `text[start:end]` as spans into `text`, in order.

    Spans are trimmed of white space and cover every other character exactly once. A blank line, a list item and a
    heading end a sentence; a line break inside a wrapped paragraph does not.

    Args:
        text: any text.
        start, end: the range to cut, code points; what stands outside has no influence.
        glued: offsets into `text` at which superscript references begin or end; a stop with such a reference
            right after it ends its sentence after the reference ("previously.1,2 We").
    """
    end = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    piece = text if start == 0 and end == len(text) else text[start:end]
    marks = sorted({at - start for at in glued if start < at <= end})
    lines = line_breaks(piece) if LINE_END.search(piece) is not None else ()
    cuts = sorted({*lines, *_stops(piece), *_after_marks(piece, marks)})
    return [
        span
        for low, high in pairwise([0, *cuts, len(piece)])
        if (span := _trimmed(piece, low, high, start)) is not None
    ]


def _trimmed(piece: str, low: int, high: int, moved: int) -> Span | None:
    while low < high and piece[low].isspace():
        low += 1
    while high > low and piece[high - 1].isspace():
        high -= 1
    return Span(low + moved, high + moved) if low < high else None


def _stops(piece: str) -> Iterator[int]:
    """Yield the offsets after stops that end a sentence."""
    closing = -1  # where the bracket that is open now closes
    begun = 0  # where the present sentence began
    for match in STOP.finditer(piece):
        at, after = match.span()
        if after - at == 1 and piece[at] in "([":
            if at >= closing and not _leads(piece, at, begun):
                closing = _closing(piece, at)
            continue
        if after <= closing:
            continue
        if not _plainly(piece, at, after):
            after = _with_reference(piece, at, after)
            if not _ends(piece, at, after):
                continue
        begun = after
        yield after


def _plainly(piece: str, at: int, after: int) -> bool:
    """Tell whether a stop stands between a plain word and a capital, as most do; then nothing more is looked at."""
    if piece[at:after] != "." or piece[after : after + 1] != " " or not "A" <= piece[after + 1 : after + 2] <= "Z":
        return False
    word = piece[piece.rfind(" ", max(0, at - _WORD), at) + 1 : at]
    return 1 < len(word) < _WORD and word.isalpha() and word.islower() and word not in CAUTIOUS


def _leads(piece: str, at: int, begun: int) -> bool:
    """Tell whether the bracket at `at` opens its sentence; then it may hold several sentences itself."""
    low = at
    while low > begun and at - low < 8 and piece[low - 1] in " \t\u00a0":
        low -= 1
    return low == begun or piece[low - 1] in "\n\r"


def _closing(piece: str, at: int) -> int:
    """Return the offset of the bracket that closes the one at `at`, -1 where none is in reach."""
    limit = piece.find("\n\n", at, at + _REACH)
    return piece.find(")" if piece[at] == "(" else "]", at, at + _REACH if limit < 0 else limit)


def _with_reference(piece: str, at: int, after: int) -> int:
    """Return where the sentence would end when references behind its stop belong to it."""
    bracketed = CITED.match(piece, after)
    if bracketed is not None:
        return bracketed.end()
    raised = RAISED.match(piece, after)
    if raised is not None and piece[max(0, at - 4) : at].isalpha() and piece[at - 4 : at].islower():
        return raised.end()
    return after


def _ends(piece: str, at: int, after: int) -> bool:
    """Tell whether the stop at `at`, closed at `after`, ends a sentence."""
    if after >= len(piece):
        return True
    if not opens(piece, at, after):
        return False
    return piece[at] != "." or not abbreviated(piece, at, after)


def _after_marks(piece: str, marks: list[int]) -> Iterator[int]:
    """Yield the ends of superscript references that stand right after a stop."""
    for mark in marks:
        if mark < len(piece) and not piece[mark].isspace():
            continue
        at = mark - 1
        lowest = max(0, mark - 60)
        while at > lowest and piece[at] in _GLUE:
            at -= 1
        while at > lowest and piece[at] in _CLOSERS:
            at -= 1
        if at < mark - 1 and piece[at] in ".!?" and _ends(piece, at, mark):
            yield mark
