"""kill -9 at any moment of an add, and the same library after running it again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import killed
import pytest

from curbside.wiring import Library, open_library
from library_makers import server_for

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, to be killed")

RUNS = ((1, 0, 13, "on disk"), (2, 0, 13, "on disk"), (3, 1, 4, "on disk"), (5, 0, 3, "on postgresql"))
"""(seed, processes that read beside, kills, where the records lie): thirty on a disk, and some on a server."""


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables that say where the disturbed library lies."""
    if request.param == "on disk":
        yield {}
        return
    with server_for(tmp_path / "disturbed") as url:
        yield {"CURBSIDE_DATABASE": url}


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "processes", "kills", "elsewhere"), RUNS, indirect=["elsewhere"])
def test_killed_and_run_again_is_as_undisturbed(
    mixed: Path,
    tmp_path: Path,
    picture: Callable[[Library], object],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    processes: int,
    kills: int,
    elsewhere: dict[str, str],
) -> None:
    """Same works, documents, ids, profiles, counts, originals and search results; nothing left over."""
    whole = tmp_path / "whole"
    start = time.monotonic()
    killed.run(mixed, whole, 0)
    took = time.monotonic() - start
    with open_library(whole) as library:
        expected = picture(library)
    for name, value in elsewhere.items():
        monkeypatch.setenv(name, value)
    draw = random.Random(seed)
    longest = took / 3 + (1.0 if processes else 0.0)
    moments = [f"{draw.uniform(0.0, longest):.3f}" for _ in range(kills)]
    disturbed = tmp_path / "disturbed"
    command = [sys.executable, killed.__file__, str(mixed), str(disturbed), str(processes), *moments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
    assert int(done.stdout) >= 1, "every run came to its end before it was killed"
    killed.run(mixed, disturbed, 0)
    with open_library(disturbed) as library:
        assert picture(library) == expected
        assert not list((disturbed / "originals" / "new").iterdir())


@pytest.mark.slow
def test_killed_and_only_opened_again_is_in_step(
    mixed: Path, tmp_path: Path, picture: Callable[[Library], dict[str, object]]
) -> None:
    """Opening alone, for reading, brings the index to what the store holds."""
    draw = random.Random(4)
    disturbed = tmp_path / "disturbed"
    for _ in range(4):
        command = [sys.executable, killed.__file__, str(mixed), str(disturbed), "0", f"{draw.uniform(0.2, 0.8):.3f}"]
        subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
        if not (disturbed / "library.sqlite").exists():
            continue
        with open_library(disturbed, write=True):
            pass
        with open_library(disturbed) as library:
            shown = picture(library)
            live = {each.document.id for each in library.store.live_holdings()}
            # Killed before anything was kept, there is nothing to index yet.
            assert shown["index"] == "ready" or (shown["index"], live) == ("missing", set())
            assert shown["search"]["sirolimus"] <= live
