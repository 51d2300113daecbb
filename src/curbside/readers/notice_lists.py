"""Lists of editorial notices as the world keeps them: Retraction Watch, Crossref, DOIs with the nature of a notice.

A list speaks of works by identifier. What a row says of whom is a `Listed`; a row that cannot be understood is a
problem with its line, and never costs the rows beside it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from curbside.readers.notice_json import crossref
from curbside.records import Listed, NoticeKind, Problem, normal_doi, normal_pmid

MOST_LINE = 1_000_000
"""Code points of a line beyond which it is none of a table of notices."""

_MOST_LINES = 50
"""Lines that one row with line breaks in its cells may take."""

NATURES: Mapping[str, NoticeKind] = MappingProxyType(
    {
        "retraction": NoticeKind.RETRACTION,
        "expression of concern": NoticeKind.CONCERN,
        "correction": NoticeKind.CORRECTION,
        "reinstatement": NoticeKind.REINSTATEMENT,
    }
)
"""Nature of a notice as Retraction Watch names it -> kind."""

_NOTHING = frozenset({"", "0", "unavailable", "unknown", "n/a", "na", "none"})
"""What stands in a cell for "no identifier"."""

_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class ReadList:
    """What came of a file.

    Attributes:
        format: its form, a key of `LISTS`.
        words: what it says, in its order.
        rows: rows or records that were understood.
        problems: those that were not, and why.
    """

    format: str
    words: tuple[Listed, ...]
    rows: int
    problems: tuple[Problem, ...]


Row = tuple[int, Mapping[str, str]]
"""Line on which a row begins, and its cells by the names of the columns in lower case."""


def read_list(data: bytes, name: str, origin: str) -> ReadList | None:
    """Return what a file of notices says, under the `name` of the list; None where it is none of the known forms.

    Time is linear in the bytes; nothing that they hold raises.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        found = crossref(data, name, origin)
        return ReadList("crossref", *found) if found is not None else None
    lines = data.decode("utf-8-sig", "replace").replace("\0", "").split("\n")
    head = _cells(lines[0].rstrip("\r")) if len(lines[0]) <= MOST_LINE else None
    columns = [cell.strip().lower() for cell in head or ()]
    for form, reads in LISTS.items():
        if reads.fits(columns):
            return _table(form, reads, columns, lines, name, origin)
    return None


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of table: which columns it has, and what a row says."""

    fits: Callable[[Sequence[str]], bool]
    says: Callable[[Mapping[str, str], str, int], tuple[list[Listed], str]]


def _table(form: str, reads: _Form, columns: Sequence[str], lines: Sequence[str], name: str, origin: str) -> ReadList:
    words: list[Listed] = []
    problems: list[Problem] = []
    rows = 0
    remedy = "The row was left out; correct it and add the list again."
    for line, cells in _rows(lines, len(columns)):
        if isinstance(cells, str):
            problems.append(Problem(cells, origin, line, remedy))
            continue
        found, wrong = reads.says(dict(zip(columns, cells)), name, line)
        words += found
        rows += bool(found)
        if wrong:
            problems.append(Problem(wrong, origin, line, remedy if not found else "", lost=not found))
    return ReadList(form, tuple(words), rows, tuple(problems))


def _rows(lines: Sequence[str], columns: int) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (line, cells) of each row behind the head, or (line, what is wrong with it).

    A row whose quotes do not close within reason, or that has not the columns of the head, costs its own line and no
    more: the next line is read as a row again.
    """
    at = 1
    while at < len(lines):
        line = lines[at].rstrip("\r")
        if not line:
            at += 1
            continue
        if len(line) > MOST_LINE:
            yield at + 1, f"The line has {len(line):,} characters."
            at += 1
            continue
        cells, taken = _row(lines, at)
        if cells is None:
            yield at + 1, "Its quotes do not close."
            taken = 1
        elif len(cells) != columns:
            yield at + 1, f"It has {len(cells)} columns where the head has {columns}."
            taken = 1
        else:
            yield at + 1, cells
        at += taken


def _row(lines: Sequence[str], at: int) -> tuple[list[str] | None, int]:
    """Return the cells of the row that begins at a line, and how many lines it takes; None where its quotes are off."""
    text = lines[at].rstrip("\r")
    if text.count('"') % 2 == 0:
        return _cells(text), 1
    for taken in range(2, min(_MOST_LINES, len(lines) - at) + 1):
        further = lines[at + taken - 1].rstrip("\r")
        text += "\n" + further
        if len(text) > MOST_LINE:
            break
        if further.count('"') % 2:
            # Rows between a stray quote and the next one must not be swallowed as one cell: hence to the letter.
            return _cells(text, strict=True), taken
    return None, 1


def _cells(text: str, strict: bool = False) -> list[str] | None:
    if '"' not in text:
        return text.split(",")
    try:
        return next(csv.reader([text], strict=strict))
    except (csv.Error, StopIteration):
        return None


def _id(cell: str, normal: Callable[[str], str | None]) -> str | None:
    return None if cell.strip().lower() in _NOTHING else normal(cell)


def _keys(doi: str, pmid: str) -> list[str]:
    found = (("doi", _id(doi, normal_doi)), ("pmid", _id(pmid, normal_pmid)))
    return [f"{scheme}:{value}" for scheme, value in found if value]


def _date(printed: str) -> str | None:
    """Return a date in ISO form, "" for none, None where it cannot be read; months stand first, as in America."""
    bare = printed.strip()
    if not bare:
        return ""
    if match := _AMERICAN.fullmatch(bare):
        month, day, year = (int(each) for each in match.groups())
    elif match := _ISO.fullmatch(bare):
        year, month, day = (int(each) if each else 0 for each in match.groups())
    else:
        return None
    if month > 12 or day > 31 or not 1600 <= year <= 2200:
        return None
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if month and day else [])])


def _retraction_watch(row: Mapping[str, str], name: str, line: int) -> tuple[list[Listed], str]:
    kind = NATURES.get(row["retractionnature"].strip().lower())
    if kind is None:
        return [], f"It has no known nature: {row['retractionnature'][:80]!r}."
    keys = _keys(row.get("originalpaperdoi", ""), row.get("originalpaperpubmedid", ""))
    if not keys:
        return [], "It gives neither DOI nor PMID of the paper."
    date = _date(row.get("retractiondate", ""))
    notice = next(iter(_keys(row.get("retractiondoi", ""), row.get("retractionpubmedid", ""))), "")
    reasons = (part.strip(" +") for part in " ".join(row.get("reason", "").split()).split(";"))
    reason = "; ".join(filter(None, reasons))
    wrong = "" if date is not None else f"Its date cannot be read: {row['retractiondate'][:40]!r}."
    return [Listed(kind, key, date or "", name, notice, reason, line) for key in keys], wrong


def _by_nature(row: Mapping[str, str], name: str, line: int) -> tuple[list[Listed], str]:
    column = next(each for each in _NATURE_COLUMNS if each in row)
    given = [part.strip().lower() for part in row[column].split(";") if part.strip()]
    kinds = [NATURES[each] for each in given if each in NATURES]
    keys = _keys(row.get("doi", ""), row.get("pmid", ""))
    if not keys:
        told = row.get("doi", row.get("pmid", ""))
        return [], f"It names no work: {told[:80]!r}."
    strange = [each for each in given if each not in NATURES]
    date = _date(row.get("date", ""))
    wrong = f"It has no known nature: {'; '.join(strange)[:80]!r}." if strange or not given else ""
    wrong = wrong or ("" if date is not None else f"Its date cannot be read: {row['date'][:40]!r}.")
    return [Listed(kind, key, date or "", name, line=line) for kind in kinds for key in keys], wrong


_NATURE_COLUMNS = ("retractionwatch", "nature", "kind", "notice")

LISTS: Mapping[str, _Form] = MappingProxyType(
    {
        "retraction-watch": _Form(
            lambda columns: {"retractionnature", "originalpaperdoi"} <= set(columns), _retraction_watch
        ),
        "doi-nature": _Form(
            lambda columns: bool({"doi", "pmid"} & set(columns) and set(_NATURE_COLUMNS) & set(columns)), _by_nature
        ),
    }
)
"""Form of a table -> how it is known and what its rows say. The other form is Crossref's JSON."""

FORMS = (*LISTS, "crossref")
"""Names of all forms."""
