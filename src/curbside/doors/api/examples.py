"""Examples of what the API sends, by operation; a test makes them from a small library and holds them against it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("examples.json")


@lru_cache(maxsize=1)
def examples() -> dict[str, Any]:
    """Return operation id -> its JSON answer; read when the OpenAPI is first asked for."""
    return json.loads(FILE.read_text(encoding="utf-8"))
