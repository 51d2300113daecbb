"""Line breaks: which of them end a sentence and which only wrap a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from curbside.language.words import listed

LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
LIST_MARK = re.compile(
    r"[ \t\u00a0]{0,20}+(?:[•◦▪‣●○·*+–—-][ \t\u00a0]|\(?[0-9]{1,2}[.)][ \t\u00a0]|\(?[a-zA-Z]\)[ \t\u00a0]"
    r"|\(?[ivx]{1,4}\)[ \t\u00a0]|#{1,6} |\||>)"
)
"""The start of a list item, heading, table row or quotation."""

_GOES_ON = listed(
    """
    a an and as at between both by during for from in into its of on or our over per than that the their these this
    those to under versus vs was were which while who with within without is are be been has have had not
    """
)
"""Words that no heading, item or sentence ends on."""

_LABELS = listed("table tables figure figures fig figs ref refs appendix")
_NARROW, _WIDE = 50, 130  # the widths at which text is wrapped by hand or by a mail program


class _Line(NamedTuple):
    start: int
    end: int  # without white space at the end

    @property
    def width(self) -> int:
        return self.end - self.start


def line_breaks(piece: str) -> Iterator[int]:
    """Yield the offsets of lines that begin a sentence of their own, in order."""
    for paragraph in _paragraphs(piece):
        yield paragraph[0].start
        widest = max(line.width for line in paragraph)
        wrapped = _is_wrapped(paragraph, widest)
        for line, following in pairwise(paragraph):
            if _parts(piece, line, following, wrapped):
                yield following.start


def _paragraphs(piece: str) -> Iterator[list[_Line]]:
    """Yield runs of lines that hold more than white space."""
    paragraph: list[_Line] = []
    start = 0
    for end, after in [*(match.span() for match in LINE_END.finditer(piece)), (len(piece), len(piece))]:
        length = len(piece[start:end].rstrip())
        if length:
            paragraph.append(_Line(start, start + length))
        elif paragraph:
            yield paragraph
            paragraph = []
        start = after
    if paragraph:
        yield paragraph


def _is_wrapped(paragraph: list[_Line], widest: int) -> bool:
    """Tell whether the lines look wrapped at one width: all but the last nearly as long as the longest."""
    if len(paragraph) < 3 or not _NARROW <= widest <= _WIDE:
        return False
    full = sum(line.width >= 0.75 * widest for line in paragraph[:-1])
    return full >= 0.8 * (len(paragraph) - 1)


def _parts(piece: str, line: _Line, following: _Line, wrapped: bool) -> bool:
    """Tell whether the line break between two lines of a paragraph parts two sentences."""
    word = _last_word(piece, line)
    if word in _LABELS:
        return False  # its number stands on the next line
    if LIST_MARK.match(piece, following.start) is not None or piece.startswith(("#", "|"), line.start):
        return True
    if piece[line.end - 1] in ",;-–(/&" or word in _GOES_ON:
        return False
    first = piece[following.start : following.end].lstrip()[:1]
    # A line never opens on what closes something, nor on a bracket while the line before is unfinished.
    if first in ")]}.,;:%" or (first in "([" and piece[line.end - 1] not in ".!?:"):
        return False
    return not first.islower() and not wrapped


def _last_word(piece: str, line: _Line) -> str:
    start = line.end
    while start > line.start and line.end - start < 12 and piece[start - 1].isalpha():
        start -= 1
    return piece[start : line.end].lower()
