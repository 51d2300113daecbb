"""The command `curbside`, also `python -m curbside`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import MappingProxyType

from curbside.doors.cli import main as command_line

HANDED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "serve": ("curbside.serving.command", "Serve web pages and API, on this machine unless told otherwise."),
    }
)
"""Commands that stand above the doors, since they put several together; as `curbside.doors.cli.main.COMMANDS`."""


def main() -> int:
    """Carry out the command line of this process."""
    return command_line.main(handed=HANDED)


if __name__ == "__main__":
    sys.exit(main())
