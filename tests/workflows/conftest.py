"""Libraries for tests of workflows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from curbside.wiring import Library, open_library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library, open for writing."""
    with open_library(tmp_path / "library", write=True) as made:
        yield made
