"""`curbside similar ID`: works, posts and questions on the subject of a work, each with why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.errors import UsageError
from curbside.writers.similar import similar_json, similar_terminal

_MOST = 60


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("id", help="document (d…), work (w…), PMID, PMCID, DOI or NCT number")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="works shown (default: 10)")
    parser.add_argument("--posts", type=int, default=6, metavar="N", help="posts shown (default: 6)")


def run(options: Namespace, console: Console) -> int:
    """Print what resembles the work that the id names."""
    for name in ("limit", "posts"):
        if not 0 <= getattr(options, name) <= _MOST:
            raise UsageError(f"--{name} takes a number from 0 to {_MOST}.")
    with opened(options) as library:
        works = library.similar(options.id, options.limit)
        posts = library.posts(options.id, options.posts)
        title = library.store.holding(works.document).document.title
    if options.json:
        console.say_json(similar_json(works, posts))
    else:
        console.say(similar_terminal(title, works, posts, console.width).rstrip())
    return 0
