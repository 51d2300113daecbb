"""Libraries and clients for tests of the doors."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_room import Room, room, small_library
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


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library of three records and a problem; tests that share it only read."""
    return small_library(tmp_path_factory.mktemp("api") / "library")


@pytest.fixture(scope="session")
def api(small: Path) -> Iterator[Room]:
    """The API over the small library; what is kept and uploaded by one test is seen by none."""
    with room(small) as made:
        yield made


@pytest.fixture
def own(small: Path, tmp_path: Path) -> Path:
    """A copy of the small library, to be changed; without what other tests have sent or asked there."""
    shutil.copytree(small, tmp_path / "library", ignore=shutil.ignore_patterns("inbox", "asked", "lock"))
    return tmp_path / "library"
