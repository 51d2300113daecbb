"""Fixtures for trying the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from curbside.records import Raw
from curbside.shelf import notes
from curbside.wiring import open_library
from desk import desk


@pytest.fixture(scope="session")
def shelf_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that holds the starter shelf; copy it before you change it."""
    made = desk(tmp_path_factory.mktemp("shelf"))
    with open_library(made.library, write=True) as library:
        library.add([Raw(origin, data) for origin, data in notes()])
    return made.library
