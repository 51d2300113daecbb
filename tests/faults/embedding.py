"""Makes the vectors of a library in a process that may be killed: `python embedding.py LIBRARY TEXTS SECONDS`.

Each batch is of so many texts, and takes so many seconds longer than it would, so that there are many moments to be
killed at. Prints a line after each batch.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from curbside.inference.local import OnnxEncoder
from curbside.wiring import EmbedWorker
from curbside.workflows import embed


def main(folder: Path, texts: int, seconds: float) -> None:
    """Embed until nothing waits."""
    embed.TEXTS = texts
    inner = OnnxEncoder.embed

    def slow(self: OnnxEncoder, texts: Sequence[str]) -> Any:
        time.sleep(seconds)
        return inner(self, texts)

    OnnxEncoder.embed = slow  # type: ignore[method-assign]
    worker = EmbedWorker(folder)
    while (done := worker.step()) is not None:
        print(done, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
