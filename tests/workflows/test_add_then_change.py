"""What follows an add: remove, rebuild, status, and an index that is always in step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from curbside.errors import LibraryBusy, LibraryError, NotHeld
from curbside.language.vocabulary import Vocabulary
from curbside.records import Query
from curbside.search.base import MISSING, READY
from curbside.store.base import DATABASE
from curbside.store.migrate import migrate
from curbside.wiring import Library, open_library
from curbside.workflows import follow
from curbside.workflows.follow import Follower, in_step
from curbside.workflows.progress import Progress, Stage, Step, Upkeep
from curbside.workflows.rebuild import mend
from file_makers import article, articles, corpus, folder_of, pubmed


def hits(library: Library, words: str) -> list[str]:
    """The ids that a search finds, best first."""
    return [hit.document for hit in library.index.search(Query(words, limit=500)).hits]


class TestRemove:
    """A person takes something away, and it is gone from the index too."""

    def test_a_work(self, library: Library, tmp_path: Path) -> None:
        """By its PMID."""
        library.add([folder_of(tmp_path / "in", {"a.xml": pubmed([article(1, title="Zebrafish"), article(2)])})])
        assert library.remove(["1"]).deleted == 1
        assert hits(library, "zebrafish") == []
        assert library.status().documents == 1

    def test_a_file_by_its_relative_path(
        self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As people write it, from where they stand."""
        folder_of(tmp_path / "in", {"a.xml": articles(1, 2), "b.xml": articles(3, 1)})
        library.add([tmp_path / "in"])
        monkeypatch.chdir(tmp_path / "in")
        assert library.remove(["a.xml"]).deleted == 2
        assert library.remove(["."]).deleted == 1
        assert library.status().documents == 0

    def test_it_stays_away_until_its_file_is_named(self, library: Library, tmp_path: Path) -> None:
        """The folder does not bring it back; the file does."""
        folder_of(tmp_path / "in", {"a.xml": articles(1, 2)})
        library.add([tmp_path / "in"])
        library.remove(["1"])
        again = library.add([tmp_path / "in"])
        assert library.status().documents == 1
        assert not any(problem.lost for problem in again.problems)
        named = library.add([tmp_path / "in" / "a.xml"])
        assert (named.added, named.present) == (1, 1)

    def test_what_is_not_held(self, library: Library) -> None:
        """Is said, and nothing happens."""
        with pytest.raises(NotHeld):
            library.remove(["pmid:1"])


class TestIndexFollows:
    """Store and index never disagree for longer than the next opening."""

    def test_a_missing_index_is_made_at_the_next_opening(self, tmp_path: Path) -> None:
        """For reading as well as for writing."""
        folder = tmp_path / "library"
        with open_library(folder, write=True) as library:
            library.add([corpus(tmp_path / "in", 2, 10)])
        for write in (True, False):
            shutil.rmtree(folder / "index")
            with open_library(folder, write=write) as library:
                assert library.index.state() == READY
                assert len(hits(library, "sirolimus")) == 20

    def test_a_broken_index_is_made_anew(self, tmp_path: Path) -> None:
        """Whatever was done to its files."""
        folder = tmp_path / "library"
        with open_library(folder, write=True) as library:
            library.add([corpus(tmp_path / "in", 2, 10)])
        for path in (folder / "index").iterdir():
            if path.is_file():
                path.write_bytes(b"\0" * 10)
        with open_library(folder) as library:
            assert len(hits(library, "sirolimus")) == 20

    def test_an_index_that_is_behind_catches_up(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """As after a process that died between the store and the index."""
        folder = tmp_path / "library"
        with open_library(folder, write=True) as library:
            library.add([corpus(tmp_path / "in", 1, 10)])
            monkeypatch.setattr(Follower, "catch_up", lambda self: None)
            monkeypatch.setattr(Follower, "finish", lambda self: None)
            library.add([folder_of(tmp_path / "more", {"z.xml": articles(100, 3)})])
            library.remove(["5"])
            assert library.status().index == "behind"
            monkeypatch.undo()
        with open_library(folder) as library:
            assert library.status().index == "ready"
            assert len(hits(library, "sirolimus")) == 12

    def test_a_store_older_than_its_index(self, tmp_path: Path) -> None:
        """As after a backup was put back: the index is made from what the store says."""
        folder = tmp_path / "library"
        with open_library(folder, write=True) as library:
            library.add([corpus(tmp_path / "in", 1, 10)])
        shutil.copy(folder / "library.sqlite", tmp_path / "backup")
        with open_library(folder, write=True) as library:
            library.add([folder_of(tmp_path / "more", {"z.xml": articles(100, 3)})])
        shutil.copy(tmp_path / "backup", folder / "library.sqlite")
        with open_library(folder) as library:
            assert len(hits(library, "sirolimus")) == 10

    def test_beside_a_writer_a_reader_takes_what_is_there(self, tmp_path: Path) -> None:
        """It cannot mend the index, and does not wait."""
        folder = tmp_path / "library"
        with open_library(folder, write=True) as writer:
            writer.add([corpus(tmp_path / "in", 1, 10)])
            writer.index.close()
            shutil.rmtree(folder / "index")
            with open_library(folder) as reader:
                assert reader.index.state() == MISSING
                assert reader.status().documents == 10
        with open_library(folder) as reader:
            assert len(hits(reader, "sirolimus")) == 10

    def test_commits_come_every_so_often(
        self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """So that a killed add does not have to be indexed again from its start."""
        monkeypatch.setattr(follow, "COMMIT_EVERY", 10)
        seen: list[int] = []
        commit = type(library.index).commit
        monkeypatch.setattr(type(library.index), "commit", lambda self, seq: (seen.append(seq), commit(self, seq))[1])
        library.add([corpus(tmp_path / "in", 1, 1_200)], processes=0)
        assert len(seen) >= 2
        assert seen == sorted(seen)
        assert in_step(library.store, library.index)

    def test_nothing_to_mend(self, library: Library, tmp_path: Path) -> None:
        """In an empty library and after an add."""
        assert not mend(library.store, library.index, library.vocabulary)
        library.add([corpus(tmp_path / "in", 1, 2)])
        assert not mend(library.store, library.index, library.vocabulary)


def heard() -> tuple[list[tuple[Stage, int, list[Step]]], Upkeep]:
    """Return a list of stages, how much each has to do and its steps, and what fills it."""
    told: list[tuple[Stage, int, list[Step]]] = []

    def upkeep(stage: Stage, total: int, /) -> Progress:
        told.append((stage, total, []))
        return told[-1][2].append

    return told, upkeep


class TestRebuild:
    """The index can be made anew at any time."""

    def test_it_finds_the_same(self, library: Library, tmp_path: Path) -> None:
        """Same documents in the same order, and progress to the end."""
        library.add([corpus(tmp_path / "in", 3, 20)])
        library.remove(["7"])
        before = {words: hits(library, words) for words in ("sirolimus dose", "placebo", "everolimus children")}
        steps: list[Step] = []
        assert library.rebuild(steps.append) == 59
        assert {words: hits(library, words) for words in before} == before
        assert steps[-1].files == steps[-1].files_total == 59

    def test_what_lasts_is_told_as_it_begins(self, tmp_path: Path) -> None:
        """Profiles first, then the index: how many documents, and steps up to the last; in step there is nothing."""
        folder = tmp_path / "library"
        with open_library(folder, write=True) as library:
            library.add([corpus(tmp_path / "in", 1, 30)], processes=0)
        (folder / "vocabulary").mkdir()
        (folder / "vocabulary" / "mine.tsv").write_text("d:zorblaxine\tZorblaxine\n", encoding="utf-8")
        told, upkeep = heard()
        for _ in range(2):
            with open_library(folder, upkeep=upkeep) as library:
                assert library.status().index == "ready"
        assert [(stage, total) for stage, total, _ in told] == [(Stage.PROFILES, 30), (Stage.INDEX, 30)]
        assert all((steps[-1].size, steps[-1].size_total) == (30, 30) for _, _, steps in told)

    @pytest.mark.parametrize("write", [False, True])
    def test_tables_of_an_earlier_version_are_told_first(self, tmp_path: Path, write: bool) -> None:
        """Whoever opens it, once."""
        folder = tmp_path / "library"
        folder.mkdir()
        with create_engine(f"sqlite:///{folder / DATABASE}").begin() as connection:
            migrate(connection, "0001")
        told, upkeep = heard()
        for _ in range(2):
            with open_library(folder, write=write, upkeep=upkeep):
                pass
        assert [(stage, total) for stage, total, _ in told] == [(Stage.TABLES, 0)]

    def test_missed_changes_are_told(self, library: Library, tmp_path: Path) -> None:
        """How many, and steps up to the last."""
        library.add([corpus(tmp_path / "in", 1, 4)], processes=0)
        missed = library.store.seq
        library.store.remove(["2"])
        told, upkeep = heard()
        assert mend(library.store, library.index, library.vocabulary, upkeep)
        [(stage, total, steps)] = told
        assert (stage, total) == (Stage.CHANGES, library.store.seq - missed)
        assert steps[-1].size == total > 0

    def test_a_users_vocabulary_is_taken_up(self, tmp_path: Path) -> None:
        """Profiles and index are made again with it at the next opening."""
        folder = tmp_path / "library"
        with open_library(folder, write=True) as library:
            words = "Zorblaxine was given to ten patients with anaemia."
            library.add([folder_of(tmp_path / "in", {"a.xml": pubmed([article(1, abstract=words)])})])
            (before,) = library.store.live_holdings()
        shipped = Vocabulary.shipped()
        assert shipped.find("zorblaxine") is None
        example = next(iter(shipped.concepts))
        (folder / "vocabulary").mkdir()
        (folder / "vocabulary" / "mine.tsv").write_text("d:zorblaxine\tZorblaxine\n", encoding="utf-8")
        with open_library(folder) as library:
            if library.vocabulary.find("zorblaxine") is None:
                pytest.skip(f"vocabulary rows have another form than this test knows ({example})")
            (after,) = library.store.live_holdings()
            assert "d:zorblaxine" in after.profile.drugs
            assert after.work == before.work


class TestOpening:
    """Libraries are opened for reading or for writing."""

    def test_reading_makes_none(self, tmp_path: Path) -> None:
        """A library comes into being with the first add."""
        with pytest.raises(LibraryError, match="no library"):
            open_library(tmp_path / "library")
        assert list(tmp_path.iterdir()) == []

    def test_an_empty_library_answers(self, library: Library) -> None:
        """It holds nothing, finds nothing and says so."""
        status = library.status()
        assert (status.documents, status.works, status.passages, status.updated) == (0, 0, 0, "")
        assert hits(library, "sirolimus") == []
        assert status.folder == str(library.folder)
        assert dict(status.vocabulary)["drug"] > 0

    def test_a_second_writer_is_told(self, library: Library) -> None:
        """At once, and by whom the place is held."""
        with pytest.raises(LibraryBusy, match="process"):
            open_library(library.folder, write=True)

    def test_a_reader_beside_a_writer_sees_what_is_committed(self, library: Library, tmp_path: Path) -> None:
        """At its next question."""
        library.add([corpus(tmp_path / "in", 1, 5)])
        with open_library(library.folder) as reader:
            assert len(hits(reader, "sirolimus")) == 5
            library.add([folder_of(tmp_path / "more", {"z.xml": articles(100, 3)})])
            assert len(hits(reader, "sirolimus")) == 8
            assert reader.status().documents == 8

    def test_status_counts(self, library: Library, tmp_path: Path) -> None:
        """Everything that an add brought."""
        library.add([folder_of(tmp_path / "in", {"a.xml": articles(1, 3), "b.md": b"# A note\n\nWords of it.\n"})])
        status = library.status()
        assert (status.works, status.documents, status.originals) == (4, 4, 2)
        assert status.passages >= 4
        assert dict(status.kinds)["article"] == 3
        assert status.index == "ready"
        assert status.updated.endswith("Z")
