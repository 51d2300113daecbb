"""The command line: finds the command, hands it its arguments, turns what goes wrong into a line and an exit code.

Exit codes: 0 done; 1 something was not done; 2 the request cannot be understood; 130 stopped with Ctrl-C.
Built on argparse and loaded command by command: a framework alone would cost more than `curbside --help` may take.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn, Protocol, cast

from curbside import __version__
from curbside.doors.cli.console import Console
from curbside.errors import CurbsideError, UsageError
from curbside.settings import read_settings

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "add": ("add", "Add files, folders or standard input to the library."),
        "shelf": ("shelf", "Add the starter shelf, so that the first question finds something."),
        "ask": ("ask", "Ask a question; every sentence of the answer opens on the words it stands on."),
        "thread": ("thread", "Show the questions of a thread and what each carried over, or forget it."),
        "search": ("search", "Search the library, best first."),
        "show": ("show", "Show a document or a work, or the place that a quote stands in."),
        "facts": ("facts", "Print what any document states, each value on its words; no library is needed."),
        "study": ("study", "Show the study card of a document: what it states, and what it does not."),
        "summary": ("summary", "Show the short of a work and a plain account of it, made from its own words."),
        "citations": ("citations", "Show who cites a work, in which words and how, and what it cites."),
        "similar": ("similar", "Show works, posts and questions on the subject of a work, each with why."),
        "check": (
            "check",
            "Hold the numbers of any text against each other: percentages, sums, intervals, p values.",
        ),
        "stance": ("stance", "Tell how statements stand to the works they cite; JSON out, no library is needed."),
        "verdict": (
            "verdict",
            "Say what one study suggests on a yes/no question, with the sentences that decided.",
        ),
        "support": ("support", "Tell whether words support a sentence, and what decided it; no library is needed."),
        "evidence": ("evidence", "Weigh what is held on a drug for a condition, study by study."),
        "ledger": ("ledger", "Show the uses of a drug: where each is licensed, and what is held on it."),
        "status": ("status", "Say what the library holds."),
        "cite": ("cite", "Cite works: NLM, AMA, BibTeX, RIS, NBIB, CSL-JSON, or a plain line."),
        "export": ("export", "Write the library, or what a search finds, in a format of reference managers."),
        "remove": ("remove", "Take works, documents or files out of the library."),
        "tally": ("tally", "Count how a work, an author or a claim is cited: supporting, contrasting, mentioning."),
        "flag": ("flag", "Say that a citation has another class, or agree with somebody who did."),
        "flags": ("flags", "Show the flags on citations, or write what was agreed on to train with."),
        "notices": ("notices", "Go by lists of retractions and other notices; show what is said of works."),
        "watch": (
            "watch",
            "Hold what changed in the library against the articles and saved questions that it could touch.",
        ),
        "digest": ("digest", "Write and send the letters with news of what people follow."),
        "texts": ("texts", "Show or change the texts of policies; every version stays."),
        "articles": ("articles", "Show the articles that people signed, or write one out: Markdown, HTML, Word, PDF."),
        "people": ("people", "Show, invite and change who has an account; the first admin comes from here."),
        "audit": ("audit", "Show the log of what was done at the desk, or hold it against its hashes."),
        "bundle": ("bundle", "Write the audit bundle of an article: one file that anybody can check."),
        "verify": ("verify", "Check an audit bundle against itself, and against a library where there is one."),
        "backup": ("backup", "Write the library and its desk into one file, while they are used; or look one over."),
        "restore": ("restore", "Make a library, with its desk, of a backup."),
        "rebuild": ("rebuild", "Make the index anew from the library's records."),
        "vocabulary": ("vocabulary", "Load names of drugs and conditions from MeSH or RxNorm files."),
        "work": ("work", "Do what waits, so that meaning is searched as well as words."),
        "model": ("model", "Tell of the language model that may reword answers, and what its use came to."),
        "encoder": ("encoder", "Install the model that finds what is meant as well as what is said."),
    }
)
"""Command -> module in this folder and what it does; the module is loaded only when its command is given."""

DONE, NOT_DONE, MISUSED, STOPPED = 0, 1, 2, 130


class Command(Protocol):
    """What a command's module has."""

    def declare(self, parser: ArgumentParser) -> None:
        """Add the command's arguments."""
        ...

    def run(self, options: Namespace, console: Console) -> int:
        """Carry the command out and return its exit code."""
        ...


class _Parser(ArgumentParser):
    """Raises UsageError where argparse would end the process."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")


def main(
    arguments: Sequence[str] | None = None,
    console: Console | None = None,
    handed: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> int:
    """Carry out one command line and return its exit code; never raises what a user can cause.

    `handed` are commands beside `COMMANDS`, under the full names of their modules.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    console = console or Console.of_process()
    try:
        return _dispatched(given, console, {**COMMANDS, **handed})
    except KeyboardInterrupt:
        console.note("curbside: Stopped. What was done stays; give the same command again to go on.")
        return STOPPED
    except BrokenPipeError:
        console.mute()
        return DONE
    except CurbsideError as error:
        code = MISUSED if isinstance(error, UsageError) else NOT_DONE
        return _failed(console, given, str(error), code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _failed(console, given, f"{where}{error.strerror or error}.", NOT_DONE)


def _failed(console: Console, given: Sequence[str], words: str, code: int) -> int:
    console.note(f"curbside: {words}")
    if "--json" in given:
        console.say(json.dumps({"error": words, "exit": code}, ensure_ascii=False))
    return code


def _dispatched(given: list[str], console: Console, commands: Mapping[str, tuple[str, str]]) -> int:
    before, name, after = _split(given)
    top = _top(commands)
    options = top.parse_args(before)
    if name in ("", "help"):
        console.say(top.format_help().rstrip())
        return DONE if options.help or name == "help" else MISUSED
    if name not in commands:
        near = _near(name, commands)
        raise UsageError(f'There is no command "{name}". The commands are {", ".join(commands)}.{near}')
    module, words = commands[name]
    command = cast(Command, import_module(module if "." in module else f"curbside.doors.cli.{module}"))
    parser = _parser_of(name, command, words)
    if after and ("-h" in after or "--help" in after) and "--" not in after:
        console.say(parser.format_help().rstrip())
        return DONE
    settings = read_settings(os.environ, Path.home())
    parser.set_defaults(
        library=options.library or settings.library,
        log_questions=settings.log_questions,
        encoder=settings.encoder,
    )
    return command.run(parser.parse_args(after), console)


def _near(name: str, commands: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, commands, 1)
    return f" Did you mean {near[0]}?" if near else ""


def _split(given: list[str]) -> tuple[list[str], str, list[str]]:
    """Return what stands before the command, the command or "", and what stands behind it."""
    place = 0
    while place < len(given):
        word = given[place]
        if word in ("--version", "-h", "--help"):
            return [word], "", []
        if not word.startswith("-"):
            return given[:place], word, given[place + 1 :]
        place += 2 if word == "--library" else 1
    return given, "", []


def _top(commands: Mapping[str, tuple[str, str]] = COMMANDS) -> ArgumentParser:
    width = max(len(name) for name in commands)
    listed = "\n".join(f"  {name:<{width}}  {words}" for name, (_, words) in commands.items())
    parser = _Parser(
        prog="curbside",
        usage="curbside [--library FOLDER] COMMAND …",
        description="Clinical questions answered from the literature, every sentence open to its source.",
        epilog=f"commands:\n{listed}\n\nBegin with:\n  curbside shelf\n  curbside ask "
        '"Does sirolimus help children with refractory ITP?"\n\nEach command tells more with: curbside COMMAND --help',
        formatter_class=RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument("-h", "--help", action="store_true", help="show this and end")
    parser.add_argument(
        "--version", action="version", version=f"curbside {__version__}", help="show the version and end"
    )
    _add_library(parser)
    return parser


def _parser_of(name: str, command: Command, words: str = "") -> ArgumentParser:
    parser = _Parser(
        prog=f"curbside {name}",
        description=words,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.declare(parser)
    _add_library(parser)
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    return parser


def _add_library(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--library",
        type=_folder,
        metavar="FOLDER",
        help="folder of the library (default: CURBSIDE_LIBRARY, else the user's data folder)",
    )


_folder: Callable[[str], Path] = lambda given: Path(given).expanduser()  # noqa: E731
