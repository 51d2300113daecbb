"""Objects of JSON Lines, JSON arrays and JSON pages with `results`, each with its line; a broken one costs itself."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, cast

import msgspec

from curbside.readers import unpack
from curbside.records import Document, Problem, Raw, Reading

LONGEST = 64 << 20
"""Most bytes of one line, or of a file that is one JSON value."""

_RESULTS = re.compile(r'\{[^\[\]]{0,4000}?"(?:results|works|records|items|data)"\s{0,9}:\s{0,9}\[')
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(r"[\s,]{0,10000}")


def values(raw: Raw) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Yield (line, object) for each object of the file, and a problem in place of each that cannot be read."""
    stream = unpack.Stream(raw)
    lines = _lines(stream)
    first = next(lines, None)
    if first is None:
        yield 0, Problem("The file is empty.", raw.origin)
        return
    second = next(lines, None)
    line = first[0]
    if _whole(first[1], second[1] if second else b""):
        rest = b"".join(data for _, data in lines)
        data = b"\n" * (first[0] - 1) + first[1] + (second[1] if second else b"") + rest
        yield from _items(data, raw.origin)
        line = data.count(b"\n") + 1
    else:
        for line, data in _chained(first, second, lines):
            for value in _objects(data, line, raw.origin):
                yield line, value
    if stopped := stream.problem(line):
        yield line, stopped


def readings(
    raw: Raw,
    document: Callable[[dict[str, Any]], Document],
    noun: str,
    none: str,
    version: Callable[[dict[str, Any]], int] = lambda _: 0,
) -> Iterator[Reading]:
    """Yield what `document` makes of each object, with its line; one without words and identifiers is left out.

    `noun` is what an object of the file is, `none` what is said of a file without any.
    """
    found = False
    for line, value in values(raw):
        found = True
        if isinstance(value, Problem):
            yield Reading(None, line, 0, (value,))
            continue
        made = document(value)
        if made.text or made.ids.keys():
            yield Reading(made, line, version(value))
        else:
            what = f"The {noun} has neither a title nor an abstract nor an identifier and was left out."
            yield Reading(None, line, 0, (Problem(what, raw.origin, line),))
    if not found:
        yield Reading(None, problems=(Problem(none, raw.origin),))


def _lines(stream: unpack.Stream) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their numbers; blank ones stay so that what is joined again keeps its lines."""
    seen = False
    for number, line in enumerate(stream, 1):
        if seen or line.strip():
            seen = True
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _chained(
    first: tuple[int, bytes], second: tuple[int, bytes] | None, lines: Iterator[tuple[int, bytes]]
) -> Iterator[tuple[int, bytes]]:
    yield first
    if second:
        yield second
        yield from lines


def _whole(first: bytes, second: bytes) -> bool:
    """Tell whether the file is one JSON value over several lines, by its first two lines."""
    if first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return not _sound(first) and not (second.strip() and _sound(second) and first.strip() not in (b"[", b"{"))


def _sound(data: bytes) -> bool:
    return isinstance(_decoded(data), (dict, list))


def _decoded(data: bytes | str) -> Any:
    """Return the value of JSON text, or the message of what is wrong with it."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        # The standard library takes what others write though the standard does not have it: NaN, lone surrogates.
        return _mended(json.loads(data))
    except (ValueError, RecursionError) as fault:
        return str(fault) or "nested too deeply"


def _mended(value: Any) -> Any:
    """Return a value whose strings are sound Unicode and whose numbers are numbers."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [_mended(item) for item in cast(list[Any], value)]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in cast(dict[str, Any], value).items()}
    return value


def _objects(data: bytes, line: int, origin: str) -> Iterator[dict[str, Any] | Problem]:
    """Yield the objects of one line: the object itself, those of an array, those of a page's `results`."""
    if not data.strip():
        return
    if len(data) > LONGEST:
        yield Problem(f"A line of more than {LONGEST >> 20} MB was left out.", origin, line, "Split it.")
        return
    value = _decoded(data)
    if isinstance(value, str):
        text, remark = unpack.decode(data, "", origin)
        value = _decoded(text) if remark else value
        if remark and not isinstance(value, str):
            yield Problem(remark.what, origin, line, remark.remedy, remark.lost)
    yield from _unpacked(value, line, origin)


def _unpacked(value: Any, line: int, origin: str) -> Iterator[dict[str, Any] | Problem]:
    if isinstance(value, dict):
        page = cast(dict[str, Any], value)
        results = page.get("results")
        if isinstance(results, list) and ("meta" in page or len(page) == 1):
            yield from _unpacked(cast(Any, results), line, origin)
        else:
            yield page
    elif isinstance(value, list):
        for item in cast(list[Any], value):
            if isinstance(item, dict):
                yield cast(dict[str, Any], item)
            else:
                yield Problem("An entry is no JSON object and was left out.", origin, line)
    else:
        fault = f" ({value})" if isinstance(value, str) else ""
        yield Problem(f"The line is no JSON object and was left out{fault}.", origin, line, "Correct the line.")


def _items(data: bytes, origin: str) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Yield the objects of a file that is one JSON value, one after the other, with their lines."""
    if len(data) > LONGEST:
        remedy = "Write one record to a line (JSON Lines)."
        yield 1, Problem(f"JSON in one piece is read up to {LONGEST >> 20} MB.", origin, 1, remedy)
        return
    text, remark = unpack.decode(data, "", origin)
    if remark:
        yield remark.line, remark
    page = _RESULTS.match(text.lstrip())
    at = len(text) - len(text.lstrip())
    single = page is None and text[at : at + 1] != "["
    at += page.end() if page else 0 if single else 1
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    while at < len(text):
        at = cast(re.Match[str], _BLANK.match(text, at)).end()
        line, counted = line + text.count("\n", counted, at), at
        if at >= len(text) or text[at] in "]}":
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as fault:
            line += text.count("\n", counted, getattr(fault, "pos", counted))
            what = f"The JSON is broken here and what comes after is lost ({fault})."
            yield line, Problem(what, origin, line, "Correct it, or write one record to a line (JSON Lines).")
            return
        for found in _unpacked(_mended(value), line, origin):
            yield line, found
        if single:
            return
