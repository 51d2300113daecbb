"""`curbside vocabulary load PATH…`: the user's MeSH or RxNorm files into the library's vocabulary."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import tell_problems
from curbside.language.vocabulary_load import convert
from curbside.wiring import VOCABULARY, open_library
from curbside.writers.plain import problem_json


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("action", choices=("load",), help="load: take the names of files into this library")
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="MeSH descriptors (XML, ASCII) or RxNorm's RXNCONSO.RRF"
    )


def run(options: Namespace, console: Console) -> int:
    """Load the files, then bring the library's profiles and index in step with them."""
    folder: Path = options.library / VOCABULARY
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{_name(options.paths)}.tsv"
    concepts, problems = convert(options.paths, target)
    if concepts and not options.json:
        console.note(f"{concepts:,} terms read; bringing the library in step with them.")
    if concepts:
        with open_library(options.library, write=True) as library:
            counts = dict(library.status().vocabulary)
    else:
        counts = {}
    if options.json:
        told = {"terms": concepts, "file": str(target) if concepts else "", "vocabulary": counts}
        console.say_json({**told, "problems": [problem_json(each) for each in problems]})
    else:
        tell_problems(problems, console)
        console.say(f"{concepts:,} terms loaded." if concepts else "No term was loaded.")
        console.table(list(counts.items()))
    return 0 if concepts and not any(problem.lost for problem in problems) else 1


def _name(paths: list[Path]) -> str:
    """Return a file name for what was loaded: loading newer files of the same names replaces the older."""
    stems = [re.sub(r"[^A-Za-z0-9]", "-", path.name.split(".")[0]).strip("-").lower() or "file" for path in paths]
    return "+".join(dict.fromkeys(stems))[:100]
