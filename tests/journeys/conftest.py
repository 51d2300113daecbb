"""Fixtures of the journeys: a person at a terminal, alone, with one paper, or with the starter shelf."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from journey import PAPER, Person, person, pubmed_set

from library_makers import server_for

BOTH = frozenset(f"test_journey_{name}" for name in ("first_minute", "changes", "one_work", "privacy"))
"""Journeys that are made on both databases: what is added, changed, removed and asked goes through all of the store."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have the main journeys made on both databases."""
    if "database" in metafunc.fixturenames and metafunc.module.__name__ in BOTH:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables that say where records lie: none for SQLite."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield {}
        return
    with server_for(tmp_path / "desk" / "library") as url:
        yield {"CURBSIDE_DATABASE": url}


@pytest.fixture
def someone(database: dict[str, str], tmp_path: Path) -> Person:
    """Somebody who has no library yet."""
    return person(tmp_path / "desk", **database)


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
def shelved(_shelf: Person, someone: Person) -> Person:
    """Somebody whose library is a copy of the starter shelf; on a server, where a copy would be the same, one of it."""
    if someone.settings:
        someone.types("shelf")
    else:
        shutil.copytree(_shelf.library, someone.library)
    return someone
