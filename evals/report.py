"""What every eval says at its end: one JSON line that names its size and the exact bytes it was run on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path


def fingerprint(inputs: Iterable[Path | bytes]) -> str:
    """Return the sha256 (64 hexadecimal digits) of the inputs' bytes, one after another.

    Files are read whole, folders as their files in order of path. The order of `inputs` counts.
    """
    digest = hashlib.sha256()
    for item in inputs:
        for content in _contents(item):
            digest.update(content)
    return digest.hexdigest()


def _contents(item: Path | bytes) -> Iterable[bytes]:
    if isinstance(item, bytes):
        yield item
    elif item.is_dir():
        for path in sorted(child for child in item.rglob("*") if child.is_file()):
            yield path.read_bytes()
    else:
        yield item.read_bytes()


def report(figures: Mapping[str, object], *, n: int, fingerprint: str, as_json: bool) -> None:
    """Print an eval's figures: a readable list, or with `as_json` one JSON object on the last line.

    The object holds `n` (how many items were scored) and `fingerprint` first, then the figures; names with dots
    ("f1.curbside") stay as they are.
    """
    record = {"n": n, "fingerprint": fingerprint, **figures}
    if as_json:
        print(json.dumps(record, ensure_ascii=False))
        return
    width = max(len(name) for name in record)
    for name, value in record.items():
        shown = f"{value:.4f}" if isinstance(value, float) else value
        print(f"{name:<{width}}  {shown}")
