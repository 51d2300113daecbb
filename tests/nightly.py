"""How much is tried: a little on every change, all of it at night (`make nightly`, which sets CURBSIDE_NIGHTLY=1)."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("CURBSIDE_NIGHTLY", "") not in ("", "0")
"""Whether this is the long run."""


def often(usual: int, nightly: int) -> int:
    """Return how many examples, files or records to try: `usual`, or `nightly` in the long run."""
    return nightly if NIGHTLY else usual
