"""What is said while a library is looked after: what is done, to how much, and how far it is."""

from __future__ import annotations

import io

from curbside.doors.cli.console import Console
from curbside.doors.cli.library import STAGES, WORTH_TELLING, Upkeep
from curbside.workflows.progress import Stage, Step


def test_every_stage_has_its_words() -> None:
    """One sentence each."""
    assert set(STAGES) == set(Stage)
    assert all(words.endswith(".") for words in STAGES.values())


def test_what_lasts_is_said() -> None:
    """To standard error, with how much there is to do; the tables always, other things where they are many."""
    console = Console(io.StringIO(), io.StringIO())
    upkeep = Upkeep(console)
    upkeep(Stage.TABLES, 0)
    upkeep(Stage.PROFILES, WORTH_TELLING - 1)(Step(0, 0, 1, 1, 2, 1.0))
    upkeep(Stage.CITATIONS, 12_345)(Step(0, 0, 1, 1, 2, 1.0))
    upkeep.over()
    assert isinstance(console.err, io.StringIO)
    assert console.err.getvalue() == f"{STAGES[Stage.TABLES]}\n{STAGES[Stage.CITATIONS].format(total=12_345)}\n"
    assert "12,345 documents" in console.err.getvalue()


def test_a_terminal_shows_how_far_it_is() -> None:
    """On one line, which is taken off at the end."""
    console = Console(io.StringIO(), io.StringIO(), lively=True)
    upkeep = Upkeep(console)
    told = upkeep(Stage.INDEX, 1_000)
    assert upkeep._progress is not None
    ticks = iter(range(100))
    upkeep._progress.clock = lambda: float(next(ticks))
    for done in (0, 250, 500):
        told(Step(done, 1_000, done, done, 1_000, 1.0))
    assert isinstance(console.err, io.StringIO)
    assert "500 documents" in console.err.getvalue() and "50%" in console.err.getvalue()
    assert "file" not in console.err.getvalue()
    upkeep.over()
    assert console.err.getvalue().endswith("\r")
