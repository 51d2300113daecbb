"""The command `curbside`, also `python -m curbside`."""

from __future__ import annotations

import sys

from curbside.doors.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
