"""Fixtures of the browser tests: one browser, and two served libraries, of the starter shelf and of hostile documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import browsing
import pytest
from browsing import DESK, HERE, PHONE, WIDTHS, Bridge, Desk

import hostile


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that a browser is needed for where it, node or its packages are missing."""
    lacking = browsing.lacking()
    if lacking:
        for item in items:
            if "browser" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason=f"needs a browser: {lacking}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Bridge]:
    """One chromium for all journeys of this process; each has a context of its own."""
    with browsing.bridge() as bridge:
        yield bridge


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served library: the starter shelf, an article in full, captured and saved pages."""
    desk = Desk(tmp_path_factory.mktemp("shelf"))
    desk.types("shelf")
    cases = HERE.parent / "cases"
    pages = [str(path) for path in sorted((cases / "pages").iterdir()) if path.suffix != ".json"]
    desk.types("add", str(cases / "readers" / "jats" / "whole.nxml"), *pages)
    with desk.served() as base:
        yield base


@pytest.fixture(scope="session")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served library that holds the hostile documents, and what could not be read of them."""
    desk = Desk(tmp_path_factory.mktemp("trap"))
    papers = desk.folder / "papers"
    for trick, name, content in hostile.files():
        folder = papers / trick.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    desk.types("add", str(papers))
    with desk.served() as base:
        yield base


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> dict[str, int]:
    """The width and height of a window: a desk's, then a phone's."""
    return WIDTHS[request.param]


HOWS = {
    "desk": {**DESK, "script": True},
    "desk without scripts": {**DESK, "script": False},
    "phone": {**PHONE, "script": True},
    "phone without scripts": {**PHONE, "script": False},
}


@pytest.fixture(params=list(HOWS))
def how(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A window, and whether scripts run in it."""
    return HOWS[request.param]


@pytest.fixture
def turn(how: dict[str, Any]) -> int:
    """A number for each of those, for what must differ between them."""
    return list(HOWS.values()).index(how)
