"""Citation numbers in the running text of pages: bare (`(TSC) 2, 3`), bracketed or raised."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from curbside.readers.markdown_references import reference
from curbside.readers.pages_draft import Draft
from curbside.readers.pages_sheet import Sheet
from curbside.records import Marker, PartRole, Reference, Span

_BARE = re.compile(r"(?<=[\w.)%\"”’\]])\s(?P<n>\d{1,2}(?:\s?[,–-]\s?\d{1,2}){0,9})(?=\s?[.,;:](?:\s|$)|\s{0,3}$)")
_BRACKET = re.compile(r"\[(?P<n>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,19})\]")
_RAISED = re.compile(r"(?<=[A-Za-z).,;%])(?P<n>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}(?:[,˒–⁻][¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}){0,9})")
_BEFORE = re.compile(
    r"(?:\b(?:level|levels|grade|grades|phase|stage|type|types|class|table|figure|fig|week"
    r"|weeks|day|days|month|months|year|years|age|aged|group|arm|cycle|course"
    r"|factor|interleukin|complex|chapter|section|part|step|score|scale|number|no|line|lines"
    r"|than|to|of|and|or|by|for|at|from|over|under|about|version|in|the|a|as|was|were|is"
    r"|as"
    r"|dr|hr|rr|or|n|vol|volume|pp|page|covid|il|cd|ckd|nyha|ecog|tsc|diabetes|receptor|schedule"
    r"|appendix|session|kinase|grad|typ|stufe|phase|january|february|march|april|may|june"
    r"|july"
    r"|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)|[=<>≤≥±×~–-])$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d[\d.]{0,5} (?:months|weeks|days|years|doses|cycles|courses|groups|centres|sessions)$", re.IGNORECASE
)
_UP = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰˒⁻", "1234567890,-")


def _numbers(printed: str) -> list[int]:
    numbers: list[int] = []
    for piece in re.split(r"[,;]", printed.translate(_UP)):
        ends = [int(end) for end in re.findall(r"\d{1,3}", piece)]
        numbers += range(ends[0], ends[-1] + 1) if len(ends) == 2 and 0 < ends[1] - ends[0] < 30 else ends
    return numbers


def bare_marks(sheet: Sheet) -> list[tuple[Span, tuple[int, ...]]]:
    """Return the bare citation numbers of a sheet with the numbers that each names.

    A bare number is a citation only at the end of a clause, after no word that takes a number, and only if the page's
    numbers run up from 1 without wide gaps, as those of a reference list do.
    """
    hits: list[tuple[Span, list[int]]] = []
    for line in sheet.lines:
        if len(line.words) < 20 or line.chrome:
            continue
        raw = line.span.of(sheet.text)
        for found in _BARE.finditer(raw):
            before = raw[max(0, found.start() - 20) : found.start()]
            if _COUNTED.search(before) or not _BEFORE.search(before):
                span = Span(found.start("n"), found.end("n")).moved(line.span.start)
                hits.append((span, _numbers(found["n"])))
    used = {number for _, numbers in hits for number in numbers}
    top = 0
    while top < 60 and (top + 1 in used or top + 2 in used or top + 3 in used):
        top += 1 if top + 1 in used else 2 if top + 2 in used else 3
    if 1 not in used and 2 not in used:
        return []
    return [(span, tuple(numbers)) for span, numbers in hits if numbers and max(numbers) <= top]


def page_marks(draft: Draft, labels: dict[str, int], *, bare: bool) -> tuple[Marker, ...]:
    """Return the citation marks in a page's own text, tied to `labels` (printed number -> index in the list)."""
    lines = tuple(
        line
        for line, voice in zip(draft.sheet.lines, draft.voices)
        if voice.role not in (PartRole.REFERENCES, PartRole.METADATA, PartRole.CHROME)
    )
    sheet = replace(draft.sheet, lines=lines)
    starts = [line.span.start for line in lines]
    found: list[tuple[Span, tuple[int, ...], bool]] = []
    for line in sheet.lines:
        if line.chrome:
            continue
        raw = line.span.of(sheet.text)
        for form, raised in ((_BRACKET, False), (_RAISED, True)):
            for hit in form.finditer(raw):
                found.append((Span(*hit.span()).moved(line.span.start), tuple(_numbers(hit["n"])), raised))
    taken = {place for span, _, _ in found for place in range(span.start, span.end)}
    for span, raised in sheet.marks:
        numbers = tuple(_numbers(span.of(sheet.text)))
        at = bisect_right(starts, span.start) - 1
        if numbers and at >= 0 and lines[at].span.covers(span) and span.start not in taken:
            found.append((span, numbers, raised))
    taken |= {place for span, _, _ in found for place in range(span.start, span.end)}
    if bare:
        found += [(span, numbers, False) for span, numbers in bare_marks(sheet) if span.start not in taken]
    found.sort(key=lambda hit: hit[0])
    return tuple(
        Marker(span, tuple(labels[str(number)] for number in numbers if str(number) in labels), raised)
        for span, numbers, raised in found
    )


def page_references(sheet: Sheet, indexes: list[int]) -> tuple[tuple[Reference, ...], dict[str, int]]:
    """Return the entries of a page's reference list, one a line, and printed number -> index.

    An entry without a printed number gets its place in the list as its label.
    """
    entries: list[Reference] = []
    labels: dict[str, int] = {}
    if any(_NUMBER_ALONE.match(sheet.lines[index].words) for index in indexes):
        return _numbered_apart(sheet, indexes)
    for index in indexes:
        line = sheet.lines[index]
        if len(line.words) < 12:
            continue
        before = sheet.text[max(0, line.span.start - 12) : line.span.start].rpartition("\n")[2]
        printed = re.search(r"(\d{1,3})\W{0,3}$", before) or re.match(r"\[?(\d{1,3})[\]. )]", line.words)
        label = printed.group(1) if printed else str(len(entries) + 1)
        labels.setdefault(label, len(entries))
        entries.append(reference(label, line.span, line.words, ()))
    return tuple(entries), labels


_NUMBER_ALONE = re.compile(r"^\[?(\d{1,3})[.\])]?$")
_SORT = re.compile(r"^(?:guidelines?|research|study|review|trial|leitlinie|guía|article|paper)$", re.IGNORECASE)


def _numbered_apart(sheet: Sheet, indexes: list[int]) -> tuple[tuple[Reference, ...], dict[str, int]]:
    """Return the entries of a list whose numbers stand on lines of their own, each entry on the lines after one."""
    groups: list[tuple[str, list[int]]] = []
    for index in indexes:
        number = _NUMBER_ALONE.match(sheet.lines[index].words)
        if number:
            groups.append((number.group(1), []))
        elif groups and not _SORT.match(sheet.lines[index].words):
            groups[-1][1].append(index)
    entries: list[Reference] = []
    labels: dict[str, int] = {}
    for label, held in groups:
        if held:
            words = " ".join(sheet.lines[index].words for index in held)
            span = Span(sheet.lines[held[0]].span.start, sheet.lines[held[-1]].span.end)
            labels.setdefault(label, len(entries))
            entry = reference(label, span, words, ())
            entries.append(replace(entry, title=sheet.lines[held[0]].words.rstrip(".")))
    return tuple(entries), labels
