"""Fixtures of the journeys: a person at a terminal, alone, with one paper, or with the starter shelf."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from journey import PAPER, Person, person, pubmed_set


@pytest.fixture
def someone(tmp_path: Path) -> Person:
    """Somebody who has no library yet."""
    return person(tmp_path / "desk")


@pytest.fixture
def reader(someone: Person) -> Person:
    """Somebody whose library holds the one invented paper, added as `paper.xml`."""
    someone.writes("paper.xml", pubmed_set(PAPER.pubmed()))
    someone.types("add", "paper.xml")
    return someone


@pytest.fixture(scope="session")
def _shelf(tmp_path_factory: pytest.TempPathFactory) -> Person:
    first = person(tmp_path_factory.mktemp("shelf"))
    first.types("shelf")
    return first


@pytest.fixture
def shelved(_shelf: Person, tmp_path: Path) -> Person:
    """Somebody whose library is a copy of the starter shelf."""
    someone = person(tmp_path / "desk")
    shutil.copytree(_shelf.library, someone.library)
    return someone
