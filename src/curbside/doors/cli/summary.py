"""`curbside summary ID`: the short of a work and a plain account of it, each sentence on the words it stands on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.writers.similar import summary_json, summary_terminal


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("id", help="document (d…), work (w…), PMID, PMCID, DOI or NCT number")


def run(options: Namespace, console: Console) -> int:
    """Print the summary of the work that the id names."""
    with opened(options) as library:
        holding, summary = library.summary(options.id)
    if options.json:
        console.say_json(summary_json(holding.document, summary))
    else:
        console.say(summary_terminal(holding.document, summary, console.width).rstrip())
    return 0
