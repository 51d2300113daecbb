"""`curbside flag`: somebody's word that a citation has another class, and what reviewers say to it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import opened
from curbside.errors import UsageError
from curbside.records import AGREEING
from curbside.workflows.cites import shipped_judge
from curbside.workflows.flags import flag, review
from curbside.writers.flags import flag_json, flag_lines

_VERDICTS = {"agree": True, "refuse": False}


def declare(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = (
        "  curbside flag CITATION --stance contrasting --who NAME --why REASON\n"
        "  curbside flag agree NUMBER --who NAME\n"
        "  curbside flag refuse NUMBER --who NAME\n"
        "The class changes when two reviewers, other than who flagged it, agree. `curbside citations ID` shows the\n"
        "names of citations, `curbside flags` the flags."
    )
    parser.add_argument("words", nargs="+", metavar="WORD", help="a citation; or agree, or refuse, and a flag's number")
    parser.add_argument("--stance", default="", help="class that it should have: supporting, contrasting, mentioning")
    parser.add_argument("--who", default="", metavar="NAME", help="your name; it is kept and shown")
    parser.add_argument("--why", default="", metavar="REASON", help="your reason; a flag needs one")


def run(options: Namespace, console: Console) -> int:
    """Raise a flag, or say something to one."""
    words: list[str] = options.words
    verdict = _VERDICTS.get(words[0])
    if (verdict is None) is not (len(words) == 1):
        raise UsageError("Give one citation, or agree or refuse with one number. See: curbside flag --help")
    if verdict is not None:
        if options.stance:
            raise UsageError("--stance goes with a citation; who agrees, agrees with the flag as it is.")
        if not (words[1].isascii() and words[1].isdigit()) or len(words) > 2:
            raise UsageError(f"{words[1]!r} is no number of a flag. `curbside flags` shows them.")
    opened(options).close()
    with opened(options, write=True) as library:
        if verdict is None:
            done = flag(words[0], options.stance, options.who, options.why, library.store, shipped_judge())
        else:
            done = review(int(words[1]), options.who, verdict, library.store, options.why)
    if options.json:
        console.say_json(flag_json(done))
    else:
        for line in flag_lines(done):
            console.say(line)
        if done.state == "open":
            left = AGREEING - len(done.agreed)
            console.say(f"The class changes when {left} more {'reviewer agrees' if left == 1 else 'reviewers agree'}.")
    return 0
