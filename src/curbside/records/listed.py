"""What lists of the world, and other documents of the library, say of a work: retracted, doubted, corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curbside.records.document import NoticeKind

_DECISIVE = (NoticeKind.RETRACTION, NoticeKind.REINSTATEMENT)


@dataclass(frozen=True, slots=True)
class Listed:
    """One word of an editor on a work, as a list or a notice of the library gives it.

    Attributes:
        kind: its nature.
        key: joining key of the work it is about ("doi:10.1000/x").
        date: ISO date of the notice as far as known, or "".
        source: name of the list, or id of the document of the library that is the notice.
        notice: joining key of the notice itself, or "" where the list does not name it.
        reason: why, as the list gives it, or "".
        line: line or place in the list, 0 where it came from a document.
    """

    kind: NoticeKind
    key: str
    date: str = ""
    source: str = ""
    notice: str = ""
    reason: str = ""
    line: int = 0

    def __str__(self) -> str:
        told = ", ".join(filter(None, (self.source, self.date)))
        return f"{self.kind.value} ({told})" if told else self.kind.value


@dataclass(frozen=True, slots=True)
class NoticeList:
    """A list of notices that a library goes by.

    Attributes:
        name: under which it is shown and removed.
        origin: file it came from.
        format: name of its form ("retraction-watch", "crossref", "doi-nature").
        sha: SHA-256 of its bytes, which the library keeps.
        added: ISO time.
        rows: works it speaks of, counted once for each key and notice.
        problems: rows that could not be read.
    """

    name: str
    origin: str
    format: str
    sha: str
    added: str
    rows: int
    problems: int = 0


def in_order(words: Iterable[Listed]) -> list[Listed]:
    """Return words on one work, the latest last.

    What has no date comes first, so that a dated word outranks it; of two on one day, or both undated, reinstatement
    is the later, since it takes back what must have been said before.
    """
    return sorted(words, key=lambda word: (word.date, word.kind is NoticeKind.REINSTATEMENT))


def retracts(words: Iterable[Listed]) -> bool:
    """Tell whether words on one work leave it retracted: the latest retraction or reinstatement holds."""
    decisive = [word.kind for word in in_order(words) if word.kind in _DECISIVE]
    return bool(decisive) and decisive[-1] is NoticeKind.RETRACTION


def standing_words(words: Iterable[Listed]) -> tuple[str, ...]:
    """Return what words on one work leave it to be, most serious first: "retracted", "expression of concern" …

    A concern that a retraction or reinstatement answered is not shown beside it.
    """
    kinds = [word.kind for word in in_order(words)]
    last = {kind: place for place, kind in enumerate(kinds)}
    decided = max((last[kind] for kind in _DECISIVE if kind in last), default=-1)
    found: list[str] = []
    if decided >= 0:
        found.append("retracted" if kinds[decided] is NoticeKind.RETRACTION else "reinstated")
    if last.get(NoticeKind.CONCERN, -1) > decided:
        found.append(NoticeKind.CONCERN.value)
    if NoticeKind.CORRECTION in last:
        found.append("corrected")
    return tuple(found)
