"""Libraries and clients for tests of the doors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import browser, fill


@pytest.fixture(scope="session")
def web_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that the pages' tests read; nothing writes to it but kept questions."""
    return fill(tmp_path_factory.mktemp("web"))


@pytest.fixture(scope="session")
def pages(web_library: Path) -> Iterator[TestClient]:
    """The pages over that library, questions kept."""
    with browser(web_library) as client:
        yield client
