"""Letters to a stream: whoever runs the server hands them on. The default, so that nothing leaves unasked."""

from __future__ import annotations

import threading
from typing import TextIO

from curbside.records import Letter


class ConsoleMailer:
    """Prints letters, one at a time."""

    def __init__(self, out: TextIO) -> None:
        """Print to `out`."""
        self._out = out
        self._one = threading.Lock()

    def send(self, letter: Letter) -> None:
        """Print a letter between two lines."""
        subject = " ".join(letter.subject.split())
        with self._one:
            self._out.write(f"--- letter to {letter.to}: {subject}\n{letter.body.rstrip()}\n--- end of letter\n")
            self._out.flush()
