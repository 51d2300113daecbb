"""A disk that takes no more: a clear message, nothing half saved, and all of it once there is room."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from curbside.errors import LibraryError, LibraryFull
from curbside.wiring import Library, open_library

SIZES = ("60k", "150k", "250k", "350k", "450k", "550k", "650k", "750k")
"""Where the disk ends: while the library is made, in the database, in an original, in the index."""


@contextmanager
def _disk(place: Path, size: str) -> Iterator[None]:
    """A disk of a given size at `place`, or a skip where that is not permitted."""
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None:
        pytest.skip("there is no mount here")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("mounting a small disk is not permitted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("size", SIZES)
def test_a_full_disk(mixed: Path, tmp_path: Path, picture: Callable[[Library], object], size: str) -> None:
    """LibraryFull says what to do; what was committed is whole; with room the same command makes it complete."""
    disk = tmp_path / "disk"
    with open_library(tmp_path / "whole", write=True) as library:
        library.add([mixed], processes=0)
        expected = picture(library)
    with _disk(disk, size):
        with pytest.raises(LibraryFull) as caught, open_library(disk / "library", write=True) as library:
            library.add([mixed], processes=0)
        assert "library" in str(caught.value)
        if isinstance(caught.value, LibraryFull):
            assert "room" in str(caught.value) or "space" in str(caught.value)
        subprocess.run(["mount", "-o", "remount,size=80m", str(disk)], check=True)
        with open_library(disk / "library", write=True) as library:
            again = library.add([mixed], processes=0)
            assert not any(problem.lost for problem in again.problems if "bad.xml" not in problem.where)
            assert picture(library) == expected


def test_a_limit_on_the_size_of_files(mixed: Path, tmp_path: Path) -> None:
    """Past a limit of the system the message is the same, the exit code says so, and what is there can be read."""
    code = f"""
import resource, sys
from pathlib import Path
from curbside.errors import LibraryFull
from curbside.wiring import open_library
from curbside.workflows import add
add.BATCH_RECORDS = 12
library = open_library(Path({str(tmp_path / "library")!r}), write=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
try:
    library.add([Path({str(mixed)!r})], processes=0)
except LibraryFull as error:
    print(error)
    sys.exit(3)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3, done.stderr
    assert "the disk took no more" in done.stdout
    assert "Make room" in done.stdout
    with open_library(tmp_path / "library", write=True) as library:
        kept = library.status().documents
        assert kept % 12 == 0
        library.add([mixed], processes=0)
        assert library.status().documents > kept


def test_other_troubles_are_not_called_a_full_disk(tmp_path: Path) -> None:
    """A library where a file stands is an error of another kind."""
    (tmp_path / "file").write_text("here already")
    with pytest.raises(LibraryError) as caught:
        open_library(tmp_path / "file" / "library", write=True)
    assert not isinstance(caught.value, LibraryFull)
