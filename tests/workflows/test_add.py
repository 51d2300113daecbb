"""Adding: files in, works out, each thing once, what could not be done said with its place."""

from __future__ import annotations

import gzip
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from curbside.records import Added, Query, Raw
from curbside.wiring import Library, open_library
from curbside.workflows import add as adding
from curbside.workflows.progress import Step
from file_makers import article, articles, corpus, folder_of, nbib, pubmed, ris


def counts(added: Added) -> tuple[int, int, int, int, int]:
    """(added, joined, present, replaced, deleted)."""
    return added.added, added.joined, added.present, added.replaced, added.deleted


def found(library: Library, words: str) -> set[str]:
    """The titles of what a search finds."""
    hits = library.index.search(Query(words, limit=500)).hits
    return {each.document.title for each in library.store.holdings([hit.document for hit in hits])}


def everything(library: Library) -> list[tuple[str, str, str, int]]:
    """All that is shown, whatever order it came in."""
    held = library.store.live_holdings()
    return sorted((each.work, each.document.id, each.origin, each.line) for each in held)


class TestFiles:
    """Files, folders and streams."""

    def test_a_file(self, library: Library, tmp_path: Path) -> None:
        """Its records are in the store and in the index, with the file and the line they came from."""
        folder_of(tmp_path / "in", {"a.xml": pubmed([article(1, title="Alpha"), article(2, title="Beta")])})
        added = library.add([tmp_path / "in" / "a.xml"])
        assert counts(added) == (2, 0, 0, 0, 0)
        assert (added.files, added.problems) == (1, ())
        assert found(library, "alpha") == {"Alpha"}
        (first, second) = library.store.live_holdings()
        assert first.origin == str(tmp_path / "in" / "a.xml")
        assert 0 < first.line < second.line

    def test_a_folder_in_order(self, library: Library, tmp_path: Path) -> None:
        """Files below it by name; hidden ones are passed over."""
        files = {"b.xml": articles(2, 1), "a.xml": articles(1, 1), "deep/c.xml.gz": gzip.compress(articles(3, 1))}
        folder_of(tmp_path / "in", {**files, ".hidden.xml": articles(8, 1), ".git/d.xml": articles(9, 1)})
        added = library.add([tmp_path / "in"])
        assert counts(added) == (3, 0, 0, 0, 0)
        ids = [each.document.ids.pmid for each in library.store.live_holdings()]
        assert ids == ["1", "2", "3"]

    def test_a_stream(self, library: Library) -> None:
        """Bytes that come with a name of their own."""
        added = library.add([Raw("shelf:a.xml", articles(1, 2))])
        assert added.added == 2
        assert next(library.store.live_holdings()).origin == "shelf:a.xml"

    def test_the_standard_input(self, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """A dash; two texts through it are two texts."""
        for first in (1, 2):
            data = io.BytesIO(articles(first, 1))
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
            assert library.add([Path("-")]).added == 1
        assert {each.origin for each in library.store.live_holdings()} == {"-"}

    def test_the_library_itself_is_left_out(self, library: Library, tmp_path: Path) -> None:
        """A folder above the library may be added; the library may not."""
        folder_of(tmp_path, {"a.xml": articles(1, 1)})
        for _ in range(2):
            assert library.add([tmp_path]).files == 1
        (problem,) = library.add([library.folder]).problems
        assert "the library itself" in problem.what

    def test_links_that_lead_out_are_left_out(self, library: Library, tmp_path: Path) -> None:
        """With a word; a link that stays inside, or is named itself, is followed."""
        folder_of(tmp_path, {"in/a.xml": articles(1, 1), "out/b.xml": articles(2, 1)})
        (tmp_path / "in" / "out.xml").symlink_to(tmp_path / "out" / "b.xml")
        (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
        (tmp_path / "in" / "same.xml").symlink_to(tmp_path / "in" / "a.xml")
        added = library.add([tmp_path / "in"])
        assert counts(added) == (1, 0, 1, 0, 0)
        (problem,) = added.problems
        assert (problem.where, problem.lost) == (str(tmp_path / "in" / "out.xml"), False)
        assert library.add([tmp_path / "in" / "out.xml"]).added == 1

    def test_what_is_not_there(self, library: Library, tmp_path: Path) -> None:
        """A path that leads nowhere is a problem, and the others are added."""
        folder_of(tmp_path, {"a.xml": articles(1, 1)})
        added = library.add([tmp_path / "none.xml", tmp_path / "a.xml"])
        assert added.added == 1
        (problem,) = added.problems
        assert problem.lost
        assert problem.where == str(tmp_path / "none.xml")
        assert problem.remedy

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_what_is_no_file(self, library: Library, tmp_path: Path) -> None:
        """A pipe would wait for ever."""
        os.mkfifo(tmp_path / "pipe")
        (problem,) = library.add([tmp_path / "pipe"]).problems
        assert "no ordinary file" in problem.what

    def test_a_file_named_twice_is_read_once(self, library: Library, tmp_path: Path) -> None:
        """By itself and by its folder, in any spelling."""
        folder_of(tmp_path, {"in/a.xml": articles(1, 2)})
        added = library.add([tmp_path / "in", tmp_path / "in" / "a.xml", tmp_path / "in" / ".." / "in" / "a.xml"])
        assert (added.added, added.present, added.files) == (2, 0, 1)

    def test_relative_paths_mean_the_same_file(
        self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two files of one name in two folders are never versions of each other."""
        folder_of(
            tmp_path, {"one/a.html": b"<p>First page, about one thing.</p>", "two/a.html": b"<p>Second page.</p>"}
        )
        for name in ("one", "two"):
            monkeypatch.chdir(tmp_path / name)
            assert library.add([Path("a.html")]).added == 1
        assert library.status().documents == 2

    def test_a_file_too_large(self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is left out with a word, and the others are added."""
        monkeypatch.setattr(adding, "MAX_FILE", 3_000)
        folder_of(tmp_path / "in", {"a.xml": articles(1, 50), "b.xml": articles(99, 1)})
        added = library.add([tmp_path / "in"])
        assert added.added == 1
        (problem,) = added.problems
        assert "larger than" in problem.what
        big = Raw("-", b"")
        assert library.add([big]).files == 1


class TestAgain:
    """Adding is idempotent."""

    def test_nothing_changes(self, library: Library, tmp_path: Path) -> None:
        """All is present, without being read again."""
        corpus(tmp_path / "in", 3, 4)
        library.add([tmp_path / "in"])
        before, seq = everything(library), library.store.seq
        added = library.add([tmp_path / "in"])
        assert counts(added) == (0, 0, 12, 0, 0)
        assert everything(library) == before
        assert library.store.seq == seq

    def test_problems_are_told_again(self, library: Library, tmp_path: Path) -> None:
        """A file that gave nothing still gives nothing, and the exit code must say so."""
        folder_of(tmp_path / "in", {"bad.xml": b"<PubmedArticleSet><PubmedArticle></Pubmed"})
        first = library.add([tmp_path / "in"]).problems
        assert first
        assert library.add([tmp_path / "in"]).problems == first
        assert library.status().problems == len(first)

    def test_a_mended_file_has_no_problems(self, library: Library, tmp_path: Path) -> None:
        """What stood against it is forgotten."""
        folder_of(tmp_path / "in", {"a.xml": b""})
        assert library.add([tmp_path / "in"]).problems
        folder_of(tmp_path / "in", {"a.xml": articles(1, 1)})
        assert library.add([tmp_path / "in"]).problems == ()
        assert library.status().problems == 0

    def test_a_copy_elsewhere(self, library: Library, tmp_path: Path) -> None:
        """The same bytes under another name add nothing, and are no problem."""
        folder_of(tmp_path / "in", {"a.xml": articles(1, 3)})
        library.add([tmp_path / "in"])
        folder_of(tmp_path / "in", {"b.xml": articles(1, 3)})
        assert counts(library.add([tmp_path / "in"])) == (0, 0, 6, 0, 0)
        assert library.status().originals == 1

    def test_one_new_file_among_old_ones(self, library: Library, tmp_path: Path) -> None:
        """Only it is read."""
        corpus(tmp_path / "in", 3, 2)
        library.add([tmp_path / "in"])
        folder_of(tmp_path / "in", {"zzz.xml": articles(100, 1)})
        assert counts(library.add([tmp_path / "in"])) == (1, 0, 6, 0, 0)


class TestWorks:
    """Sources of one article meet, revisions replace, deletions hide; through the readers."""

    def test_one_article_from_three_sources(self, library: Library, tmp_path: Path) -> None:
        """PubMed, NBIB and RIS give one work with three documents."""
        files = {
            "a.xml": pubmed([article(7, title="A trial of sirolimus", doi="10.1000/a")]),
            "b.nbib": nbib(7, "A trial of sirolimus", "The words of the abstract.").encode(),
            "c.ris": ris("A trial of sirolimus", "The words of the abstract.", "10.1000/A").encode(),
        }
        added = library.add([folder_of(tmp_path / "in", files)])
        assert counts(added) == (1, 2, 0, 0, 0)
        assert added.problems == ()
        assert len(library.store.resolve("10.1000/a")) == 3

    def test_a_revision_replaces_in_the_index_too(self, library: Library, tmp_path: Path) -> None:
        """The old words are not found any more."""
        library.add([folder_of(tmp_path / "one", {"a.xml": pubmed([article(1, title="Zebrafish", revised=2020)])})])
        later = folder_of(tmp_path / "two", {"b.xml": pubmed([article(1, title="Axolotl", revised=2021)])})
        assert library.add([later]).replaced == 1
        assert found(library, "zebrafish") == set()
        assert found(library, "axolotl") == {"Axolotl"}
        assert library.add([tmp_path / "one"]).present == 1
        assert found(library, "zebrafish") == set()

    def test_an_older_file_added_late(self, library: Library, tmp_path: Path) -> None:
        """Files may come in the wrong order."""
        library.add([folder_of(tmp_path / "two", {"b.xml": pubmed([article(1, title="Axolotl", revised=2021)])})])
        older = library.add([folder_of(tmp_path / "one", {"a.xml": pubmed([article(1, title="Zebrafish")])})])
        assert counts(older) == (0, 0, 1, 0, 0)
        assert not any(problem.lost for problem in older.problems)
        assert found(library, "axolotl zebrafish") == {"Axolotl"}

    def test_a_deletion_hides(self, library: Library, tmp_path: Path) -> None:
        """From the index too, and for good."""
        library.add([folder_of(tmp_path / "one", {"a.xml": pubmed([article(1, title="Zebrafish")])})])
        update = folder_of(tmp_path / "two", {"b.xml": pubmed([], deleted=[1])})
        assert library.add([update]).deleted == 1
        assert found(library, "zebrafish") == set()
        again = folder_of(tmp_path / "three", {"c.xml": pubmed([article(1, title="Zebrafish"), article(2)])})
        library.add([again])
        assert found(library, "zebrafish") == set()
        assert library.status().tombstones == 1

    def test_an_edited_note(self, library: Library, tmp_path: Path) -> None:
        """The same path with other words: one document, the new one."""
        for words in ("First words of the note.", "Second words of the note."):
            folder_of(tmp_path / "in", {"note.md": f"# Note\n\n{words}\n".encode()})
            added = library.add([tmp_path / "in"])
        assert counts(added) == (0, 0, 0, 1, 0)
        (holding,) = library.store.live_holdings()
        assert "Second" in holding.document.text


class TestProcesses:
    """Reading in further processes is faster and gives the same."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Files of several kinds, some of them twice, some of them bad."""
        corpus(tmp_path / "in", 6, 30)
        files = {"bad.xml": b"<PubmedArticleSet><Pub", "copy.xml": articles(1, 30), "empty.xml": b""}
        return folder_of(tmp_path / "in", {**files, "rev.xml": pubmed([article(5, title="Later", revised=2024)])})

    def test_the_result_does_not_depend_on_them(self, folder: Path, tmp_path: Path) -> None:
        """Same works, documents, counts and problems with none, one and three."""
        results: list[object] = []
        for count in (0, 1, 3):
            with open_library(tmp_path / f"library{count}", write=True) as library:
                added = library.add([folder], processes=count)
                results.append((added, everything(library), found(library, "sirolimus")))
        assert results[0] == results[1] == results[2]

    def test_a_process_that_dies_costs_its_file_only(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The file is named, the others come in, and adding again makes good."""
        from curbside.workflows import hands

        given: list[str] = []
        give = hands._Hand.give

        def sabotage(self: hands._Hand, task: hands.Task) -> None:
            if task.origin.endswith("00002.xml") and task.origin not in given:
                given.append(task.origin)
                self._process.kill()
                self._process.wait()
            give(self, task)

        monkeypatch.setattr(hands._Hand, "give", sabotage)
        with open_library(tmp_path / "library", write=True) as library:
            added = library.add([folder], processes=1)
            ended = [problem for problem in added.problems if "process that read it ended" in problem.what]
            assert len(ended) == 1
            assert ended[0].lost
            assert added.added >= 149
            again = library.add([folder], processes=1)
            assert library.status().documents == 180
            assert not any("process that read it" in problem.what for problem in again.problems)

    def test_a_fault_in_a_reader_costs_its_file_only(
        self, folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An exception that no reader should raise is a problem, and the rest is added."""
        from curbside.workflows import reading

        read = reading.read

        def faulty(raw: Raw) -> object:
            yield from read(raw)
            if raw.origin.endswith("00001.xml"):
                raise KeyError("oops")

        monkeypatch.setattr(reading, "read", faulty)
        added = library.add([folder], processes=0)
        (problem,) = [each for each in added.problems if "KeyError" in each.what]
        assert problem.where.endswith("00001.xml")
        assert added.added == 180
        monkeypatch.undo()
        again = library.add([folder], processes=0)
        assert again.added == 0
        assert not any("KeyError" in each.what for each in (*again.problems, *library.store.problems()))


class TestProgress:
    """Long work tells how far it is, can be stopped, and goes on where it was."""

    def test_steps_rise_to_the_end(self, library: Library, tmp_path: Path) -> None:
        """Files and bytes of how many, records, rate and what is left."""
        steps: list[Step] = []
        library.add([corpus(tmp_path / "in", 5, 40)], steps.append)
        last = steps[-1]
        assert (last.files, last.files_total, last.records, last.size) == (5, 5, 200, last.size_total)
        assert last.rate > 0
        assert last.left == 0
        assert [step.files for step in steps] == sorted(step.files for step in steps)

    def test_nothing_can_be_said_before_the_first_byte(self) -> None:
        """No rate and no end out of nothing."""
        step = Step(0, 9, 0, 0, 900, 0.0)
        assert (step.rate, step.left) == (0.0, None)
        assert Step(1, 2, 10, 100, 300, 2.0).left == 4.0

    def test_ctrl_c_finishes_the_batch_and_says_where_it_stands(
        self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was read is stored and found; the same command goes on to what an undisturbed run gives."""
        monkeypatch.setattr(adding, "BATCH_RECORDS", 20)
        monkeypatch.setattr(adding, "_AHEAD_FILES", 1)
        folder = corpus(tmp_path / "in", 6, 30)
        before = signal.getsignal(signal.SIGINT)
        added = library.add([folder], _after(70, lambda: signal.raise_signal(signal.SIGINT)), processes=0)
        assert signal.getsignal(signal.SIGINT) is before
        assert 0 < added.added < 180
        assert library.status().documents == added.added
        assert library.status().index == "ready"
        (problem,) = added.problems
        assert problem.lost
        assert "Run the same command again" in problem.remedy
        rest = library.add([folder], processes=0)
        assert (rest.added + added.added, rest.present, rest.problems) == (180, added.added, ())
        with open_library(tmp_path / "undisturbed", write=True) as other:
            other.add([folder], processes=0)
            assert everything(other) == everything(library)

    def test_a_second_ctrl_c_does_not_wait(
        self, library: Library, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        """It breaks in, and what was committed stays."""
        # Whatever stood there before: a process that runs many tests may have had another word for Ctrl-C.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))

        def twice() -> None:
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

        folder = corpus(tmp_path / "in", 4, 30)
        with pytest.raises(KeyboardInterrupt):
            library.add([folder], _after(1, twice), processes=0)
        assert library.add([folder]).problems == ()
        assert library.status().documents == 120


def _after(records: int, act: Callable[[], None]) -> Callable[[Step], None]:
    """A progress that acts once, as soon as so many records were read."""
    done: list[bool] = []

    def progress(step: Step, /) -> None:
        if step.records >= records and not done:
            done.append(True)
            act()

    return progress
