"""Reads JSON Lines as they are meant: one object to a line, and a line ends at a line feed alone.

A string may hold other signs that end a line elsewhere (U+2028, U+0085, a form feed): `str.splitlines` would cut an
object in two there.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, gzipped or not; empty lines are passed over.

    Raises:
        ValueError: for a line that is no object, with file and line.
    """
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from error
            if not isinstance(row, dict):
                raise ValueError(f"{path}:{number}: no object: {line[:60]!r}")  # noqa: TRY004 - it is the file that is wrong
            yield row
