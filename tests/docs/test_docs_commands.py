"""Each command and each of its options is in the reference, in the words that the help has."""

from __future__ import annotations

from argparse import SUPPRESS, Action, ArgumentParser
from collections.abc import Iterator
from importlib import import_module

import pytest
from docs_tree import agrees, section, table, text_of

from curbside.__main__ import HANDED
from curbside.doors.cli import main as cli

COMMANDS = {**cli.COMMANDS, **HANDED}
PAGE = "docs/reference/commands.md"


def _parser(name: str) -> ArgumentParser:
    """Return a command's own arguments, without those that every command has."""
    parser = ArgumentParser(add_help=False)
    module = COMMANDS[name][0]
    import_module(module if "." in module else f"curbside.doors.cli.{module}").declare(parser)
    return parser


def _actions(parser: ArgumentParser) -> Iterator[Action]:
    return (action for action in parser._actions if action.help is not SUPPRESS)


def _row(action: Action) -> tuple[str, str]:
    """Return how an argument is written and what its help says of it."""
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        many = {"+": f"{value}…", "*": f"[{value}…]", "?": f"[{value}]"}
        written = many.get(str(action.nargs), value) if isinstance(action.metavar, str) else action.dest
        return f"`{written}`", action.help or ""
    if action.choices is not None:
        value = "{" + ",".join(str(each) for each in action.choices) + "}"
    takes = "" if action.nargs == 0 else f" {value}"
    return f"`{', '.join(action.option_strings)}{takes}`", action.help or ""


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_has_each_command_with_its_options(name: str) -> None:
    """A section for each command says what it does, and its table of options is made from the help."""
    told = section(text_of(PAGE), f"curbside {name}")
    assert told, f"{PAGE} has no section `curbside {name}`"
    assert COMMANDS[name][1] in told, f"{PAGE} does not say of {name}: {COMMANDS[name][1]}"
    rows = [_row(action) for action in _actions(_parser(name))]
    wanted = table(("argument", "meaning"), rows) if rows else "No arguments of its own.\n"
    agrees(PAGE, f"options: {name}", wanted)


def test_the_reference_has_what_every_command_takes() -> None:
    """The options that all commands share stand in a table of their own."""
    shared = cli._parser_of("rebuild", import_module("curbside.doors.cli.rebuild"))
    agrees(
        PAGE, "options: every command", table(("argument", "meaning"), [_row(action) for action in _actions(shared)])
    )


def test_the_reference_has_what_stands_before_a_command() -> None:
    """`--version` and `--library` may stand before the command."""
    rows = [_row(action) for action in _actions(cli._top(COMMANDS))]
    agrees(PAGE, "options: curbside", table(("argument", "meaning"), rows))


def test_no_argument_is_without_help() -> None:
    """An argument without a word of help is unfinished."""
    for name in COMMANDS:
        silent = [action.dest for action in _actions(_parser(name)) if not action.help]
        assert not silent, f"curbside {name}: {silent}"


def test_no_command_is_documented_that_is_not_there() -> None:
    """A section about a command that has gone is worse than none."""
    listed = [line[12:].strip() for line in text_of(PAGE).splitlines() if line.startswith("## curbside ")]
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("code", [cli.DONE, cli.NOT_DONE, cli.MISUSED, cli.STOPPED])
def test_exit_codes_are_documented(code: int) -> None:
    """Scripts rely on exit codes."""
    assert f"| {code} |" in section(text_of(PAGE), "Exit codes")
