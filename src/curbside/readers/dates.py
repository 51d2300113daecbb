"""Dates as bibliographic records print them: month names, seasons, ranges; turned into ISO 8601 as far as known."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

from curbside.records import Dated

_NAMES: list[str] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORD = re.compile(r"[A-Za-z]{3,12}|\d{1,8}")
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=$|[\sT/])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|2100)(?!\d)")


def month(printed: str) -> int:
    """Return the number of a month given as a number, a name or the start of one, or 0."""
    bare = printed.strip().lower()
    if bare.isdecimal():
        return int(bare) if 1 <= int(bare[:9]) <= 12 else 0
    return _NAMES.index(bare[:3]) + 1 if bare[:3] in _NAMES else 0


@lru_cache(maxsize=8192)
def iso(year: str, in_month: str = "", day: str = "") -> str:
    """Return `2025`, `2025-10` or `2025-10-10`, as far as the parts say something possible; "" without a year.

    Of a range of months or days ("Jul-Aug", "15-21") the first counts; a season adds nothing to the year.
    """
    found = _YEAR.search(year)
    if found is None:
        return ""
    number = month(re.split(r"[-–/]", in_month, maxsplit=1)[0])
    if not number:
        return found.group()
    first = re.match(r"\s*(\d{1,2})(?!\d)", day)
    if first and 1 <= int(first.group(1)) <= monthrange(int(found.group()), number)[1]:
        return f"{found.group()}-{number:02}-{int(first.group(1)):02}"
    return f"{found.group()}-{number:02}"


@lru_cache(maxsize=8192)
def loose(printed: str) -> str:
    """Return the ISO date that a printed date begins with, "" where it names no year.

    Understands `2018 May 17`, `1998 Dec-1999 Jan`, `2000 Spring`, `17 May 2018`, `May 17, 2018`, `2018/05/17`,
    `2018-05-17T10:00`, `20180517`, RIS's `2018/05/17/` and bare years.
    """
    bare = printed.strip()
    if match := _ISO.match(bare) or _COMPACT.match(bare):
        parts = [part or "" for part in match.groups()]
        if parts[1] or len(bare) == 4:
            return iso(*parts)
    found = _YEAR.search(bare)
    if found is None:
        return ""
    year = found.group()
    before, after = bare[: found.start()], bare[found.end() :]
    for side in (after, before):
        words = _WORD.findall(side[:60])
        for index, word in enumerate(words):
            if word.isalpha() and month(word):
                near = words[index + 1 : index + 2] if side is after or not index else words[index - 1 : index]
                if side is before and not index:
                    near = words[1:2]
                return iso(year, word, near[0] if near and near[0].isdecimal() else "")
    return year


def dated(event: str, printed: str) -> tuple[Dated, ...]:
    """Return the event as a tuple of one, or an empty one where the date says nothing."""
    printed = " ".join(printed.split())
    day = loose(printed)
    return (Dated(event, day, printed),) if day else ()
