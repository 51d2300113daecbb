"""Spans and quotes: the only way to point at evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """A half-open range of code points, `text[start:end]`.

    A struct rather than a dataclass: spans are made by the thousand for each answer, and a struct is made in a fifth
    of the time.

    Attributes:
        start: first code point, from 0.
        end: one past the last code point; `end >= start`.
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words that the span covers in `text`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def moved(self, by: int) -> Span:
        """Return the span shifted by `by` code points."""
        return Span(self.start + by, self.end + by)


class _HasText(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Quote:
    """A document, a span of it, and the words that stand there.

    Attributes:
        document: id of the document, `"d" + 20 hexadecimal digits`.
        span: where in the document's text.
        words: exactly what the span covers; kept so that a quote can be checked by anyone.
    """

    document: str
    span: Span
    words: str

    def holds_in(self, document: _HasText) -> bool:
        """Tell whether the quoted words stand in `document` at the quoted place."""
        return document.id == self.document and self.span.of(document.text) == self.words
