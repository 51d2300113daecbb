"""`curbside stance FILE|-`: statements in, one a line; stance, probability, deciding words and reason out as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, cast

from curbside.doors.cli.console import Console
from curbside.errors import UsageError
from curbside.language.stance_cues import marked
from curbside.records.citation import CitingSection, StatementText
from curbside.records.span import Span
from curbside.wiring import stance_judge
from curbside.writers.stances import stance_json

_TEXTS = ("before", "after")
_FIELDS = frozenset({"text", "marker", "section", *_TEXTS})
_LONGEST = 16 << 20


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="a statement a line, as plain text or a JSON object; - is standard input"
    )
    parser.add_argument("--rules", action="store_true", help="go by rules instead of trained weights")


def run(options: Namespace, console: Console) -> int:
    """Print one JSON object a line that was read, in order; 1 where a line could not be taken."""
    judge = stance_judge("rules" if options.rules else "trained")
    lost = 0
    with closing(sys.stdin.buffer if options.file == "-" else Path(options.file).open("rb")) as given:
        for number, line in enumerate(_lines(cast(BinaryIO, given)), 1):
            try:
                statement = statement_of(line)
            except UsageError as error:
                lost += 1
                console.say_json({"line": number, "problem": str(error)})
                continue
            (judgement,) = judge.judge([statement])
            console.say_json({"line": number, **stance_json(statement, judgement)})
    return 1 if lost else 0


def _lines(given: BinaryIO) -> Iterator[str]:
    """Yield the lines without their ends; a line of more than `_LONGEST` bytes ends the reading with an error."""
    while line := given.readline(_LONGEST + 1):
        if len(line) > _LONGEST:
            raise UsageError(f"A line is longer than {_LONGEST:,} bytes; give one statement a line.")
        yield line.decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")


def statement_of(line: str) -> StatementText:
    """Return what a line says: a JSON object, where it begins as one, else the text itself.

    Raises:
        UsageError: if the line is an object that is not understood; says why.
    """
    if not line.lstrip().startswith("{"):
        return marked(StatementText(line))
    try:
        record: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not a JSON object: {error}") from None
    if not isinstance(record, dict):
        raise UsageError("not a JSON object")
    found = cast(Mapping[str, object], record)
    unknown = sorted(set(found) - _FIELDS)
    if unknown:
        raise UsageError(f'no field is called "{unknown[0]}": there are {", ".join(sorted(_FIELDS))}')
    text = found.get("text")
    if not isinstance(text, str):
        raise UsageError('"text" is missing, or no string')
    sides = {name: found.get(name) or "" for name in _TEXTS}
    wrong = next((name for name, value in sides.items() if not isinstance(value, str)), "")
    if wrong:
        raise UsageError(f'"{wrong}" is no string')
    before, after = (cast(str, sides[name]) for name in _TEXTS)
    return marked(StatementText(text, _marker(text, found.get("marker")), before, after, _section(found)))


def _marker(text: str, given: object) -> Span | None:
    """Return the place of a marker given as its words or as {"start", "end"}."""
    if given is None:
        return None
    if isinstance(given, str):
        at = text.find(given)
        if not given or at < 0:
            raise UsageError('the "marker" does not stand in the text')
        return Span(at, at + len(given))
    place = cast(Mapping[str, object], given if isinstance(given, dict) else {})
    start, end = place.get("start"), place.get("end")
    if not (isinstance(start, int) and isinstance(end, int)) or not 0 <= start < end <= len(text):
        raise UsageError('the "marker" is neither words of the text nor {"start", "end"} in it')
    return Span(start, end)


def _section(found: Mapping[str, object]) -> CitingSection | None:
    given = found.get("section")
    if given is None:
        return None
    try:
        return CitingSection(cast(str, given))
    except ValueError:
        raise UsageError(f'"section" is none of {", ".join(CitingSection)}') from None
