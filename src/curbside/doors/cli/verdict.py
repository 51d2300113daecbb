"""`curbside verdict QUESTION FILE|ID`: what one study suggests on a yes/no question, and the sentences that decided."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened, tell_problems
from curbside.errors import UsageError
from curbside.language.vocabulary import Vocabulary
from curbside.records import Problem, Raw
from curbside.workflows.verdict import Suggested, verdicts, verdicts_of
from curbside.writers.verdicts import verdict_json, verdict_terminal


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("question", metavar="QUESTION", help="question that yes or no may answer, in quotes")
    parser.add_argument(
        "source",
        metavar="SOURCE",
        help="file in any format that can be added, - for standard input, or the id of what the library holds",
    )


def run(options: Namespace, console: Console) -> int:
    """Print what each document suggests; 1 where a file could not be read whole or held no document."""
    question = " ".join(options.question.split())
    if not question:
        raise UsageError("The question is empty.")
    problems: list[Problem] = []
    if options.source == "-" or Path(options.source).is_file():
        data = sys.stdin.buffer.read() if options.source == "-" else Path(options.source).read_bytes()
        found: list[Suggested] = []
        for each in verdicts_of(question, Raw(options.source, data), Vocabulary.shipped()):
            if isinstance(each, Problem):
                problems.append(each)
            else:
                found.append(each)
    else:
        with opened(options) as library:
            found = list(verdicts(question, options.source, library.store, library.vocabulary))
    if options.json:
        console.say_json({"verdicts": [verdict_json(each.document, each.verdict) for each in found]})
    for number, each in enumerate(() if options.json else found):
        console.say(("\n" if number else "") + verdict_terminal(each.document, each.verdict, console.width).rstrip())
    if problems and not options.json:
        tell_problems(problems, console)
    return 0 if found and not any(problem.lost for problem in problems) else 1
