"""The folder of originals: every byte as given, nothing half written, nothing left behind."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from curbside.store.originals import Originals


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    """An empty folder of originals."""
    made = Originals(tmp_path / "originals")
    made.open(lambda sha: False)
    return made


def files(tmp_path: Path) -> list[str]:
    """Where files lie, below the folder."""
    top = tmp_path / "originals"
    return sorted(path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file())


@pytest.mark.parametrize("data", [b"", b"\x00\xff\r\n", b"x" * 100_000])
def test_bytes_lie_under_their_hash(originals: Originals, tmp_path: Path, data: bytes) -> None:
    """First among the new, then in their shard."""
    sha, path = originals.keep(data)
    assert sha == hashlib.sha256(data).hexdigest()
    assert files(tmp_path) == [f"new/{sha}"]
    assert path.read_bytes() == data
    originals.sync([sha])
    originals.settle([sha])
    assert files(tmp_path) == [f"{sha[:2]}/{sha}"]
    assert originals.path(sha).read_bytes() == data


def test_the_same_bytes_are_kept_once(originals: Originals, tmp_path: Path) -> None:
    """Before and after they are settled."""
    sha, _ = originals.keep(b"one")
    originals.keep(b"one")
    originals.settle([sha])
    assert originals.keep(b"one") == (sha, originals.path(sha))
    originals.settle([sha])
    assert len(files(tmp_path)) == 1


def test_what_a_killed_process_left_is_settled_or_swept(originals: Originals, tmp_path: Path) -> None:
    """A committed row speaks for the one, nothing for the other nor for half a file."""
    known, _ = originals.keep(b"known")
    originals.keep(b"unknown")
    (tmp_path / "originals" / "new" / "abc.part").write_bytes(b"half")
    Originals(tmp_path / "originals").open(lambda sha: sha == known)
    assert files(tmp_path) == [f"{known[:2]}/{known}"]


def test_a_removal_that_did_not_come_to_pass(originals: Originals, tmp_path: Path) -> None:
    """Moved out of its shard and, with its row still there, moved back."""
    sha, _ = originals.keep(b"one")
    originals.settle([sha])
    originals.unsettle([sha, "0" * 64])
    assert files(tmp_path) == [f"new/{sha}"]
    originals.open(lambda each: each == sha)
    assert files(tmp_path) == [f"{sha[:2]}/{sha}"]


def test_a_removal_takes_the_bytes_away(originals: Originals, tmp_path: Path) -> None:
    """Nothing of the file is left, and doing it twice is no trouble."""
    sha, _ = originals.keep(b"one")
    originals.settle([sha])
    for _ in range(2):
        originals.unsettle([sha])
        originals.sweep([sha])
    assert files(tmp_path) == []


def test_many_files_are_synced_together(originals: Originals) -> None:
    """What was never kept is no concern of it."""
    shas = [originals.keep(str(number).encode())[0] for number in range(40)]
    originals.sync([*shas, "f" * 64])
    originals.sync(shas)


def test_names_are_hashes_and_never_come_from_outside(originals: Originals, tmp_path: Path) -> None:
    """Whatever a file was called, it cannot climb out of the folder."""
    for data in (b"../../evil", b"/etc/passwd"):
        sha, path = originals.keep(data)
        assert path.parent == tmp_path / "originals" / "new"
        assert set(sha) <= set("0123456789abcdef")
