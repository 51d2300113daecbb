"""Several at once: two adds, a reader whose index is deleted, and what the command line says of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

import warm
from curbside.errors import IndexBroken, LibraryBusy
from curbside.records import Query
from curbside.wiring import open_library
from file_makers import articles, corpus, folder_of


def curbside(*words: str, library: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command line."""
    return warm.call([*words, "--library", str(library)], Path.cwd(), os.environ, stdin)


def test_two_adds_at_once(tmp_path: Path) -> None:
    """The second is told who is writing; run again after the first, everything is there."""
    corpus(tmp_path / "one", 3, 200)
    folder_of(tmp_path / "two", {"z.xml": articles(10_001, 50)})
    folder = tmp_path / "library"
    with open_library(folder, write=True) as first:
        thread = threading.Thread(target=lambda: results.append(first.add([tmp_path / "one"], processes=0)))
        results: list[object] = []
        thread.start()
        with pytest.raises(LibraryBusy, match="is writing to this library"):
            open_library(folder, write=True)
        done = curbside("add", str(tmp_path / "two"), library=folder)
        assert done.returncode not in (0, None)
        assert b"is writing" in done.stderr
        assert b"Traceback" not in done.stderr
        thread.join()
    done = curbside("add", str(tmp_path / "two"), library=folder)
    assert done.returncode == 0, done.stderr
    with open_library(folder) as library:
        assert library.status().documents == 650


def test_an_index_deleted_under_a_running_reader(tmp_path: Path) -> None:
    """The reader is told, in one line, and can go on once it opens the library again, which mends the index."""
    folder = tmp_path / "library"
    with open_library(folder, write=True) as library:
        library.add([corpus(tmp_path / "in", 1, 20)])
    with open_library(folder) as reader:
        assert reader.index.search(Query("sirolimus")).total == 20
        shutil.rmtree(folder / "index", ignore_errors=True)
        with pytest.raises(IndexBroken, match="curbside rebuild"):
            reader.index.search(Query("sirolimus"))
        assert reader.status().documents == 20
    with open_library(folder) as reader:
        assert reader.index.search(Query("sirolimus")).total == 20


def test_an_index_deleted_under_a_running_add(tmp_path: Path) -> None:
    """The add makes it anew and ends as if nothing had happened."""
    folder = tmp_path / "library"
    corpus(tmp_path / "in", 4, 200)
    with open_library(folder, write=True) as library:
        library.add([folder_of(tmp_path / "before", {"a.xml": articles(90_001, 5)})])
        told: list[object] = []

        def progress(step: object, /) -> None:
            if not told and getattr(step, "files", 0) >= 1:
                told.append(step)
                shutil.rmtree(folder / "index", ignore_errors=True)

        library.add([tmp_path / "in"], progress, processes=0)
        assert told
    with open_library(folder) as reader:
        assert reader.status().index == "ready"
        assert reader.index.search(Query("sirolimus")).total == 805


def test_readers_under_a_running_add(tmp_path: Path) -> None:
    """They search and read all the while; nothing is locked and nothing half there."""
    folder = tmp_path / "library"
    corpus(tmp_path / "in", 4, 150)
    with open_library(folder, write=True) as library:
        library.add([folder_of(tmp_path / "before", {"a.xml": articles(90_001, 5)})])
        faults: list[str] = []
        ended = threading.Event()

        def read() -> None:
            while not ended.is_set():
                with open_library(folder) as reader:
                    hits = reader.index.search(Query("sirolimus", limit=20)).hits
                    if len(reader.store.holdings([hit.document for hit in hits])) != len(hits):
                        faults.append("a hit that the store does not show")
                    reader.status()

        thread = threading.Thread(target=read)
        thread.start()
        library.add([tmp_path / "in"], processes=0)
        ended.set()
        thread.join()
        assert faults == []
        assert library.status().documents == 605


class TestExitCodes:
    """The command line says by its exit code whether something was not added."""

    def test_all_well(self, tmp_path: Path) -> None:
        """Nought."""
        folder_of(tmp_path / "in", {"a.xml": articles(1, 2)})
        assert curbside("add", str(tmp_path / "in"), library=tmp_path / "library").returncode == 0

    @pytest.mark.parametrize(
        "data", [b"", b"<PubmedArticleSet><PubmedArticle>", b"\x1f\x8b\x08\x00broken", b"%PDF-1.7 no text"]
    )
    def test_something_was_not_added(self, tmp_path: Path, data: bytes) -> None:
        """Not nought, the file is named, and the good one beside it is in; also the second time."""
        folder_of(tmp_path / "in", {"a.xml": articles(1, 2), "bad.xml": data})
        for _ in range(2):
            done = curbside("add", str(tmp_path / "in"), library=tmp_path / "library")
            assert done.returncode == 1
            assert b"bad.xml" in done.stdout + done.stderr
            assert b"Traceback" not in done.stderr
        with open_library(tmp_path / "library") as library:
            assert library.status().documents == 2

    def test_nothing_there(self, tmp_path: Path) -> None:
        """A path that leads nowhere."""
        assert curbside("add", str(tmp_path / "none"), library=tmp_path / "library").returncode != 0

    def test_the_standard_input(self, tmp_path: Path) -> None:
        """A dash takes what is piped in."""
        done = curbside("add", "-", library=tmp_path / "library", stdin=articles(1, 3))
        assert done.returncode == 0, done.stderr
        with open_library(tmp_path / "library") as library:
            assert library.status().documents == 3
