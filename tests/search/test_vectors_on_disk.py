"""Vectors on disk: what other processes see, what a kill leaves, what damage does, and lists beyond many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("faiss", reason="vectors need the extra `encoder`")
import numpy as np

from curbside.errors import IndexBroken
from curbside.records import Span
from curbside.search import vectors_faiss, vectors_files, vectors_lists
from curbside.search.base import Embedded
from curbside.search.vectors_faiss import FaissVectors

SIZE = 32


def rows(*seeds: int) -> Any:
    """Rows of unit length, each drawn from its seed."""
    drawn = np.stack([np.random.default_rng(seed).standard_normal(SIZE) for seed in seeds])
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def some(*seeds: int) -> list[Embedded]:
    """A document of one piece for each seed."""
    return [Embedded(f"d{seed:020}", (Span(0, 9),), rows(seed)) for seed in seeds]


def made(library: Path, *seeds: int, seq: int = 1) -> FaissVectors:
    """Vectors of some documents, committed."""
    vectors = FaissVectors(library, "v1")
    vectors.apply(some(*seeds))
    assert vectors.commit(seq)
    return vectors


def test_another_process_sees_each_commit(tmp_path: Path) -> None:
    """A reader that is open follows what a writer does, clearing and tidying included."""
    writer = made(tmp_path, 1, 2)
    reader = FaissVectors(tmp_path, "v1")
    assert len(reader.nearest(rows(1)[0], 9)) == 2
    writer.apply(some(3), removed=["d" + "1".zfill(20)])
    writer.commit(2)
    assert {near.document for near in reader.nearest(rows(1)[0], 9)} == {f"d{each:020}" for each in (2, 3)}
    writer.clear()
    assert reader.nearest(rows(1)[0], 9) == []


def test_rows_that_no_commit_counts_are_written_over(tmp_path: Path) -> None:
    """A process killed between writing and committing leaves nothing that shows."""
    vectors = made(tmp_path, 1, 2)
    for path in vectors.folder.glob("*-0"):
        with path.open("ab") as handle:
            handle.write(b"\x01" * 999)
    assert vectors.state() == "ready"
    vectors.apply(some(3))
    assert vectors.commit(2)
    assert vectors.state() == "ready"
    assert vectors.nearest(rows(3)[0], 1)[0].document == "d" + "3".zfill(20)


def test_what_is_removed_leaves_no_bytes(tmp_path: Path) -> None:
    """Neither its vector nor its name can be read from the disk afterwards."""
    vectors = made(tmp_path, 1, 2)
    codes = (vectors.folder / "codes-0").read_bytes()[:SIZE]
    vectors.apply([], removed=["d" + "1".zfill(20)])
    vectors.commit(2)
    every = b"".join(path.read_bytes() for path in vectors.folder.iterdir())
    assert codes not in every
    assert b"d" + b"1".zfill(20) not in every


def test_a_reader_of_the_commit_before_is_not_broken_by_a_removal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wiped row under a reader is passed over, not taken for damage."""
    writer = made(tmp_path, 1, 2)
    reader = FaissVectors(tmp_path, "v1")
    reader.nearest(rows(1)[0], 2)
    old = reader._opened()
    writer.apply([], removed=["d" + "1".zfill(20)])
    writer.commit(2)
    monkeypatch.setattr(reader, "_opened", lambda: old)
    assert reader.nearest(rows(2)[0], 2)[0].document == "d" + "2".zfill(20)


def test_wiped_rows_are_tidied_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once enough of them are there the files are written anew, and the old ones go."""
    monkeypatch.setattr(vectors_faiss, "WIPED_LEAST", 3)
    vectors = made(tmp_path, *range(10))
    vectors.apply([], removed=[f"d{each:020}" for each in range(4)])
    vectors.commit(2)
    assert sorted(path.name for path in vectors.folder.iterdir()) == ["codes-1", "manifest.json", "rows-1"]
    assert (vectors.folder / "codes-1").stat().st_size == 6 * SIZE
    assert (vectors.state(), vectors.count(), vectors.documents) == ("ready", 6, 6)
    assert vectors.nearest(rows(7)[0], 1)[0].document == "d" + "7".zfill(20)


@pytest.mark.parametrize("name", ["codes-0", "rows-0", "manifest.json"])
@pytest.mark.parametrize("damage", ["cut", "other", "gone"])
def test_damage_is_seen_and_cleared(tmp_path: Path, name: str, damage: str) -> None:
    """A file that is cut, changed or gone never gives a hit; clearing makes the vectors anew."""
    vectors = made(tmp_path, *range(30))
    path = vectors.folder / name
    data = path.read_bytes()
    middle = len(data) // 2
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:middle] if damage == "cut" else data[:middle] + b"\xff\x00}" + data[middle + 3 :])
    fresh = FaissVectors(tmp_path, "v1")
    if (name, damage) == ("manifest.json", "gone"):
        assert (fresh.state(), fresh.nearest(rows(1)[0], 30)) == ("missing", [])
    else:
        assert fresh.state() == "broken"
        with pytest.raises(IndexBroken, match="curbside work"):
            fresh.nearest(rows(1)[0], 30)
    fresh.clear()
    fresh.apply(some(1))
    assert fresh.commit(1)
    assert (fresh.state(), fresh.count()) == ("ready", 1)


def test_each_version_has_a_folder_of_its_own(tmp_path: Path) -> None:
    """Vectors of two encoders lie side by side until one is forgotten; a version may have any signs."""
    old = made(tmp_path, 1)
    new = FaissVectors(tmp_path, "../v2 / beta")
    new.apply(some(2))
    new.commit(1)
    assert new.folder.parent == old.folder.parent == tmp_path / "vectors"
    assert (old.count(), new.count()) == (1, 1)
    vectors_files.forget_others(new.folder)
    assert FaissVectors(tmp_path, "v1").state() == "missing"
    assert new.state() == "ready"


def test_another_scheme_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors of another making count as none, and the next commit takes their place."""
    vectors = made(tmp_path, 1, 2)
    monkeypatch.setattr(vectors_files, "SCHEME", vectors_files.SCHEME + 1)
    monkeypatch.setattr(vectors_faiss, "SCHEME", vectors_files.SCHEME)
    assert (vectors.state(), vectors.seq, vectors.documents) == ("missing", 0, 0)
    vectors.apply(some(3))
    assert vectors.commit(1)
    assert [near.document for near in FaissVectors(tmp_path, "v1").nearest(rows(1)[0], 9)] == ["d" + "3".zfill(20)]


def test_beyond_many_vectors_lists_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists find nearly all that looking at each would, what came after them is found too, removals are not."""
    monkeypatch.setattr(vectors_lists, "EXACT_MOST", 2_000)
    monkeypatch.setattr(vectors_lists, "PROBED", 4)
    draw = np.random.default_rng(0)
    middles = rows(*range(40))
    points = np.repeat(middles, 60, axis=0) + 0.08 * draw.standard_normal((2_400, SIZE)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    vectors = FaissVectors(tmp_path, "v1")
    vectors.apply(Embedded(f"d{each:020}", (Span(0, 9),), points[each : each + 1]) for each in range(2_400))
    assert vectors.commit(1)
    assert vectors_files.read_manifest(vectors.folder, "v1").listed == 2_400
    late = some(9_001)
    vectors.apply(late, removed=[f"d{each:020}" for each in range(5)])
    assert vectors.commit(2)
    found = total = 0
    for middle in middles:
        truth = {f"d{each:020}" for each in np.argsort(-(points @ middle))[:15] if each >= 5}
        near = {each.document for each in vectors.nearest(middle, 20)}
        found, total = found + len(truth & near), total + len(truth)
    assert found / total >= 0.94
    assert vectors.nearest(rows(9_001)[0], 1)[0].document == late[0].document
    gone = {f"d{each:020}" for each in range(5)}
    assert not gone & {near.document for near in vectors.nearest(points[0], 50)}
    assert vectors.state() == "ready"
