"""Notices in Crossref's JSON: `update-to` on the record of a notice, `updated-by` on the record of a paper."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, cast

from curbside.records import Listed, NoticeKind, Problem, normal_doi

TYPES: Mapping[str, NoticeKind] = MappingProxyType(
    {
        "retraction": NoticeKind.RETRACTION,
        "withdrawal": NoticeKind.RETRACTION,
        "removal": NoticeKind.RETRACTION,
        "partial_retraction": NoticeKind.CORRECTION,
        "expression_of_concern": NoticeKind.CONCERN,
        "correction": NoticeKind.CORRECTION,
        "corrigendum": NoticeKind.CORRECTION,
        "erratum": NoticeKind.CORRECTION,
        "addendum": NoticeKind.CORRECTION,
        "clarification": NoticeKind.CORRECTION,
        "reinstatement": NoticeKind.REINSTATEMENT,
        "new_version": NoticeKind.UPDATE,
        "new_edition": NoticeKind.UPDATE,
    }
)
"""Type of an update as Crossref names it -> kind; a partial retraction leaves the rest of the paper standing."""

Found = tuple[tuple[Listed, ...], int, tuple[Problem, ...]]


def crossref(data: bytes, name: str, origin: str) -> Found | None:
    """Return (words, records with updates, problems) of a work, a list of works or an answer of the API.

    One JSON text, or one on each line. None where nothing in it is a record of Crossref.
    """
    words: list[Listed] = []
    problems: list[Problem] = []
    records = known = 0
    for line, value in _values(data):
        if isinstance(value, str):
            problems.append(Problem(value, origin, line, "The record was left out; correct it and add the list again."))
            continue
        for record in _works(value):
            known += 1
            found = list(_updates(record, name, line or known))
            words += (each for each in found if isinstance(each, Listed))
            records += any(isinstance(each, Listed) for each in found)
            problems += (Problem(f"Record {known}: {e}", origin, line) for e in found if isinstance(e, str))
    return (tuple(words), records, tuple(problems)) if known else None


def _values(data: bytes) -> Iterator[tuple[int, object]]:
    """Yield (line or 0, JSON value), or (line, what is wrong) as a string."""
    text = data.decode("utf-8-sig", "replace")
    try:
        yield 0, cast(object, json.loads(text))
        return
    except (ValueError, RecursionError):
        pass
    for line, row in enumerate(text.split("\n"), 1):
        if row.strip():
            try:
                value: object = json.loads(row)
                yield line, value if not isinstance(value, str) else "It is no record."
            except (ValueError, RecursionError) as error:
                yield line, f"It is no JSON ({type(error).__name__}: {str(error)[:80]})."


def _works(value: object) -> Iterator[dict[str, Any]]:
    """Yield the records in an answer of the API, a list, or a record by itself."""
    waiting: list[object] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(cast(list[object], each))
        elif isinstance(each, dict):
            plain = cast(dict[str, Any], each)
            if isinstance(plain.get("DOI"), str):
                yield plain
            else:
                waiting += [inner for name in ("items", "message") if (inner := plain.get(name)) is not None]


def _updates(record: dict[str, Any], name: str, line: int) -> Iterator[Listed | str]:
    own = normal_doi(str(record["DOI"]))
    for field, issued in (("update-to", True), ("updated-by", False)):
        given = record.get(field)
        for entry in cast(list[object], given) if isinstance(given, list) else ():
            plain = cast(dict[str, Any], entry) if isinstance(entry, dict) else {}
            other = normal_doi(str(plain.get("DOI") or ""))
            kind = TYPES.get(str(plain.get("type") or "").lower().replace("-", "_").replace(" ", "_"))
            if own is None or other is None:
                yield f"an entry of {field} names no work."
            elif kind is None:
                yield f"an entry of {field} has no known type: {str(plain.get('type'))[:40]!r}."
            else:
                paper, notice = (other, own) if issued else (own, other)
                yield Listed(kind, f"doi:{paper}", _date(plain.get("updated")), name, f"doi:{notice}", "", line)


def _date(updated: object) -> str:
    """Return the ISO date of Crossref's `{"date-parts": [[2020, 5, 1]]}`, as far as it is given."""
    parts: object = cast(dict[str, Any], updated).get("date-parts") if isinstance(updated, dict) else None
    first = cast(list[object], parts)[0] if isinstance(parts, list) and parts else None
    numbers = cast(list[object], first) if isinstance(first, list) else []
    told: list[str] = []
    for number, width, most in zip(numbers, (4, 2, 2), (2200, 12, 31)):
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= most:
            break
        told.append(f"{number:0{width}}")
    return "-".join(told)
