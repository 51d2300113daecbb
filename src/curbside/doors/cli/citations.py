"""`curbside citations ID`: who cites a work, in which words and how, and what it cites itself."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.writers.cited import citations_json, citations_terminal


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    words = "document (d…), work (w…), PMID, PMCID, DOI or NCT number; or an author: author:kim,j, orcid:0000-…"
    parser.add_argument("id", help=words)
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="statements shown (default: 50)")
    parser.add_argument("--offset", type=int, default=0, metavar="N", help="statements left out before them")
    parser.add_argument("--figures", action="store_true", help="hold findings of both works against each other")


def run(options: Namespace, console: Console) -> int:
    """Print the citations of what the id names."""
    with opened(options) as library:
        shown = library.citations(options.id, options.limit, options.offset, options.figures)
    if options.json:
        console.say_json(citations_json(shown))
    else:
        console.say(citations_terminal(shown, console.width).rstrip())
    return 0
