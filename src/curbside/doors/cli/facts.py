"""`curbside facts FILE|-`: what any document states, fact by fact, without a library."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import tell_problems
from curbside.language.vocabulary import Vocabulary
from curbside.records import Problem, Raw
from curbside.workflows.card import cards_of, page_of
from curbside.writers.card_terminal import card_terminal
from curbside.writers.facts import fact_json


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="file in any format that can be added; - is standard input")
    parser.add_argument("--page", metavar="NAME", help="what the facts call their file (default: its number or stem)")


def run(options: Namespace, console: Console) -> int:
    """Print the facts; with --json one object a line, which names page, field, value and offsets."""
    data = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    page = options.page or page_of(options.file)
    problems: list[Problem] = []
    read = 0
    for found in cards_of(Raw(options.file, data), Vocabulary.shipped()):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        if options.json:
            for fact in found.card.facts:
                console.say_json({"page": page, **fact_json(fact)})
        else:
            console.say(("\n" if read else "") + card_terminal(found.document, found.card, console.width).rstrip())
        read += 1
    if problems and not options.json:
        tell_problems(problems, console)
    return 0 if read and not any(problem.lost for problem in problems) else 1
