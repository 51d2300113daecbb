"""`curbside export --format F [WORDS]`: the library, or what a search finds, for reference managers."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import declare_filters, filters_of, opened, typed
from curbside.records import Filters, Holding, Query
from curbside.wiring import Library
from curbside.workflows.export import FORMATS, export
from curbside.workflows.find import EVERYTHING, every


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("words", nargs="*", metavar="WORD", help="export what a search for these words finds")
    parser.add_argument("--format", choices=tuple(FORMATS), default="jsonl", help="form of the export (default jsonl)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to a file instead of standard output")
    parser.add_argument("--advanced", action="store_true", help="the words are a query: phrases, fields, AND OR NOT")
    parser.add_argument("--widen", action="store_true", help="let a class of drugs also stand for its members")
    declare_filters(parser)


def run(options: Namespace, console: Console) -> int:
    """Write the export; with --json, say what was written where, or print one JSON object that holds the text."""
    with opened(options) as library:
        pieces = export(_holdings(options, library), options.format, library.store)
        if options.output is not None:
            return _to_file(pieces, options, console)
        if options.json:
            console.say_json({"format": options.format, "text": "".join(pieces)})
            return 0
        for piece in pieces:
            console.out.write(piece)
        console.out.flush()
    return 0


def _holdings(options: Namespace, library: Library) -> Iterator[Holding]:
    filters = filters_of(options, library.vocabulary)
    text = typed(options.words)
    if not text and filters == Filters():
        yield from library.store.live_holdings()
        return
    query = Query(text, (), filters, options.advanced) if text else Query(EVERYTHING, (), filters, advanced=True)
    found = every(query, library.store, library.index, library.vocabulary, options.widen)
    yield from (result.holding for result in found.results)


def _to_file(pieces: Iterator[str], options: Namespace, console: Console) -> int:
    size = to_file(pieces, options.output)
    target = options.output.expanduser()
    told = {"format": options.format, "file": str(target), "bytes": size}
    console.say(json.dumps(told, ensure_ascii=False) if options.json else f"Wrote {size:,} bytes to {target}.")
    return 0


def to_file(pieces: Iterable[str], path: Path) -> int:
    """Write text to a file as `bytes_to_file` does, and return its size."""
    return bytes_to_file((piece.encode() for piece in pieces), path)


def bytes_to_file(pieces: Iterable[bytes], path: Path) -> int:
    """Write a file and return its size; beside it first, so that a stop leaves no half file in its place."""
    target = path.expanduser()
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("wb") as out:
            for piece in pieces:
                out.write(piece)
        size = beside.stat().st_size
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return size
