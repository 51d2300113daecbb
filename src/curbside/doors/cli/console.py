"""Where the command line writes: results to standard output, everything about the work to standard error."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TextIO

_OFTEN = 0.1  # seconds between updates of a line on a terminal
_SELDOM = 10.0  # seconds between lines in a log


@dataclass
class Console:
    """The three ends of a command.

    Attributes:
        out: results.
        err: progress, remarks and errors.
        lively: whether `err` is a terminal, on which a line may be drawn over.
        width: columns.
        colour: whether `out` may carry colours.
    """

    out: TextIO
    err: TextIO
    lively: bool = False
    width: int = 100
    colour: bool = False

    @staticmethod
    def of_process() -> Console:
        """Return the console of this process; colours only on a terminal and not where NO_COLOR is set."""
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(encoding="utf-8", errors="replace")
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
        return Console(sys.stdout, sys.stderr, sys.stderr.isatty(), max(40, min(width, 120)), colour)

    def say(self, words: str) -> None:
        """Write a result and a line break."""
        self.out.write(f"{words}\n")
        self.out.flush()

    def say_json(self, value: object) -> None:
        """Write a result as one line of JSON."""
        self.say(json.dumps(value, ensure_ascii=False))

    def note(self, words: str) -> None:
        """Write a remark and a line break."""
        self.err.write(f"{words}\n")
        self.err.flush()

    def mute(self) -> None:
        """Write nothing any more: whoever read the results has gone."""
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, self.out.fileno())
        os.close(sink)

    def table(self, rows: Iterable[Sequence[object]], indent: int = 2) -> None:
        """Write rows of a label and its values, values of whole numbers set right."""
        texts = [[_shown(value) for value in row] for row in rows]
        if not texts:
            return
        widths = [max(len(row[column]) for row in texts) for column in range(max(len(row) for row in texts))]
        for row in texts:
            cells = [
                text.rjust(width) if column and _is_figure(text) else text.ljust(width)
                for column, (text, width) in enumerate(zip(row, widths))
            ]
            self.say(" " * indent + "  ".join(cells).rstrip())


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _is_figure(text: str) -> bool:
    return text.replace(",", "").isdigit()


@dataclass
class Progress:
    """Shows how far long work is, how fast it goes and when it will end.

    Attributes:
        console: where.
        noun: what is counted ("records").
        clock: seconds, rising.
    """

    console: Console
    noun: str
    clock: Callable[[], float] = time.monotonic
    _begun: float | None = field(default=None, init=False)
    _last: float = field(default=0.0, init=False)
    _drawn: int = field(default=0, init=False)

    def at(self, done: int, share: float | None = None, words: str = "") -> None:
        """Say that `done` things are done, which is a `share` (0 to 1) of the work where that is known."""
        now = self.clock()
        if self._begun is None:
            self._begun = self._last = now
            return
        if now - self._last < (_OFTEN if self.console.lively else _SELDOM):
            return
        self._last = now
        self._draw(self._line(done, share, words, now - self._begun))

    def _line(self, done: int, share: float | None, words: str, seconds: float) -> str:
        parts = [f"{done:,} {self.noun}", f"{done / seconds:,.0f}/s" if seconds > 0 else ""]
        if share is not None and 0 < share <= 1 and seconds > 0:
            parts += [f"{share:.0%}", f"{_lasting(seconds / share - seconds)} left"]
        return "  ".join(part for part in (*parts, words) if part)

    def _draw(self, line: str) -> None:
        if not self.console.lively:
            self.console.note(line)
            return
        line = line[: self.console.width - 1]
        self.console.err.write(f"\r{line}{' ' * (self._drawn - len(line))}")
        self.console.err.flush()
        self._drawn = len(line)

    def over(self) -> None:
        """Take the line off the terminal."""
        if self._drawn:
            self.console.err.write(f"\r{' ' * self._drawn}\r")
            self.console.err.flush()
            self._drawn = 0


def _lasting(seconds: float) -> str:
    """Return a duration as people say it: "40 s", "3 min", "1 h 5 min"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
