"""`curbside check FILE|-`: the count check of any text; exit code 1 where something disagrees."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import tell_problems
from curbside.errors import UsageError
from curbside.records import Problem, Raw, Verdict
from curbside.workflows.check import CheckedDocument, checks_of
from curbside.writers.checks import COLUMNS, checked_json, checked_text, checks_csv
from curbside.writers.plain import problem_json
from curbside.writers.table import line


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="file in any format that can be added; - is standard input")
    parser.add_argument("--all", action="store_true", help="print what agrees and what could not be checked as well")
    parser.add_argument("--csv", action="store_true", help="print a table of all checks instead of text")


def run(options: Namespace, console: Console) -> int:
    """Print each disagreement with its arithmetic and both quotes; 1 where there is one or something was not read."""
    if options.csv and options.json:
        raise UsageError("Give --csv or --json, not both.")
    data = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    found = list(checks_of(Raw(options.file, data)))
    problems = [each for each in found if isinstance(each, Problem)]
    documents = [each for each in found if isinstance(each, CheckedDocument)]
    if options.json:
        records = [checked_json(each.document, each.checked) for each in documents]
        console.say_json({"documents": records, "problems": [problem_json(problem) for problem in problems]})
    elif options.csv:
        console.out.write(line(COLUMNS) + "".join(row for d in documents for row in checks_csv(d.document, d.checked)))
        console.out.flush()
    else:
        for number, each in enumerate(documents):
            console.say(
                ("\n" if number else "") + checked_text(each.document, each.checked, console.width, options.all)
            )
    if options.csv:
        for problem in problems:  # the table stays a table
            console.note(f"curbside: {problem}")
    elif problems and not options.json:
        tell_problems(problems, console)
    doubted = any(each.checked.of(Verdict.DISAGREES) for each in documents)
    return 1 if doubted or not documents or any(problem.lost for problem in problems) else 0
