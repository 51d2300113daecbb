"""`curbside support CLAIM EVIDENCE` or `curbside support -`: supports, refutes or not enough, with what decided it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from curbside.doors.cli.console import Console
from curbside.errors import UsageError
from curbside.wiring import support_checker
from curbside.writers.supports import support_json

_FIELDS = ("claim", "evidence")
_LONGEST = 16 << 20


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("claim", metavar="CLAIM", help="the sentence to check; - reads pairs, a JSON object a line")
    parser.add_argument("evidence", metavar="EVIDENCE", nargs="?", help="the words that it is held against")
    parser.add_argument("--rules", action="store_true", help="go by rules instead of trained weights")


def run(options: Namespace, console: Console) -> int:
    """Print one JSON object a pair, in order; 1 where a line could not be taken."""
    if (options.claim == "-") is not (options.evidence is None):
        raise UsageError("Give a claim and its evidence, or - alone to read a JSON object a line.")
    checker = support_checker("rules" if options.rules else "trained")
    if options.evidence is not None:
        (made,) = checker.check([(options.claim, options.evidence)])
        console.say_json(support_json(options.claim, options.evidence, made))
        return 0
    lost = 0
    for number, line in enumerate(_lines(sys.stdin.buffer), 1):
        try:
            claim, evidence = pair_of(line)
        except UsageError as error:
            lost += 1
            console.say_json({"line": number, "problem": str(error)})
            continue
        (made,) = checker.check([(claim, evidence)])
        console.say_json({"line": number, **support_json(claim, evidence, made)})
    return 1 if lost else 0


def _lines(given: BinaryIO) -> Iterator[str]:
    """Yield the lines without their ends; a line of more than `_LONGEST` bytes ends the reading with an error."""
    while line := given.readline(_LONGEST + 1):
        if len(line) > _LONGEST:
            raise UsageError(f"A line is longer than {_LONGEST:,} bytes; give one pair a line.")
        yield line.decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")


def pair_of(line: str) -> tuple[str, str]:
    """Return claim and evidence of a line, which is a JSON object with both.

    Raises:
        UsageError: if it is none; says why.
    """
    try:
        record: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not a JSON object: {error}") from None
    if not isinstance(record, dict):
        raise UsageError("not a JSON object")
    found = cast(Mapping[str, object], record)
    unknown = sorted(set(found) - set(_FIELDS))
    if unknown:
        raise UsageError(f'no field is called "{unknown[0]}": there are {", ".join(_FIELDS)}')
    claim, evidence = (found.get(name) for name in _FIELDS)
    if not isinstance(claim, str):
        raise UsageError('"claim" is missing, or no string')
    if not isinstance(evidence, str):
        raise UsageError('"evidence" is missing, or no string')
    return claim, evidence
