"""What lies between a path and the store: finding files, reading them, passing records between processes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from curbside.language.vocabulary import Vocabulary
from curbside.records import Deletion, Problem, Raw, Reading
from curbside.store.base import Entry, Unread, Withdrawal
from curbside.store.packing import unpacked
from curbside.workflows import reading, worker
from curbside.workflows.finding import find
from curbside.workflows.frames import Frame, Hello, Task, framed, receive, send, unframed
from curbside.workflows.hands import hands
from curbside.workflows.made import made_by
from curbside.workflows.reading import format_of, items
from file_makers import articles, folder_of, pubmed


@pytest.fixture
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, built once a process."""
    return Vocabulary.shipped()


class TestFinding:
    """Which files an add is about."""

    def test_order_is_by_name_and_fixed(self, tmp_path: Path) -> None:
        """Files of a folder before those of its folders, each by name."""
        folder_of(tmp_path, dict.fromkeys(("b/2.xml", "b/10.xml", "a.xml", "B.xml", "c/1.xml"), b"x"))
        found, problems = find([tmp_path], tmp_path / "library")
        names = [Path(source.origin).relative_to(tmp_path).as_posix() for source in found]
        assert names == ["B.xml", "a.xml", "b/10.xml", "b/2.xml", "c/1.xml"]
        assert problems == []
        assert not any(source.named for source in found)

    def test_what_the_user_named_is_known(self, tmp_path: Path) -> None:
        """Also where its folder was named before or after."""
        folder_of(tmp_path, {"a.xml": b"x", "b.xml": b"x"})
        for givens in ([tmp_path, tmp_path / "a.xml"], [tmp_path / "a.xml", tmp_path]):
            found, _ = find(givens, tmp_path / "library")
            assert {Path(source.origin).name: source.named for source in found} == {"a.xml": True, "b.xml": False}

    def test_streams_of_one_name_are_all_read(self, tmp_path: Path) -> None:
        """Two texts are two texts."""
        found, _ = find([Raw("-", b"one"), Raw("-", b"two")], tmp_path)
        assert [source.raw.data for source in found if source.raw] == [b"one", b"two"]
        assert {source.origin for source in found} == {"-"}

    def test_odd_names(self, tmp_path: Path) -> None:
        """Blanks, quotes, line breaks and letters of any script are names like others."""
        names = ("a b.xml", "ä'\".xml", "line\nbreak.xml", "漢字.xml")
        folder_of(tmp_path, dict.fromkeys(names, b"x"))
        found, problems = find([tmp_path], tmp_path / "library")
        assert {Path(source.origin).name for source in found} == set(names)
        assert problems == []

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        """Nothing, and no problem."""
        assert find([tmp_path], tmp_path / "library") == ([], [])

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
    def test_a_folder_that_may_not_be_read(self, tmp_path: Path) -> None:
        """A problem, and the others are found."""
        folder_of(tmp_path, {"shut/a.xml": b"x", "b.xml": b"x"})
        (tmp_path / "shut").chmod(0)
        found, problems = find([tmp_path], tmp_path / "library")
        (tmp_path / "shut").chmod(0o700)
        assert len(found) == len(problems) == 1

    def test_a_link_in_a_circle(self, tmp_path: Path) -> None:
        """Is not followed for ever."""
        folder_of(tmp_path, {"in/a.xml": b"x"})
        (tmp_path / "in" / "again").symlink_to(tmp_path / "in")
        (tmp_path / "in" / "self.xml").symlink_to(tmp_path / "in" / "self.xml")
        found, problems = find([tmp_path / "in"], tmp_path / "library")
        assert [Path(source.origin).name for source in found] == ["a.xml"]
        assert len(problems) == 1


class TestReading:
    """From bytes to what the store takes."""

    def test_records_deletions_and_faults(self, vocabulary: Vocabulary) -> None:
        """Each position of the file is something, so that a later run can go on from any."""
        found = list(
            items(Raw("a.xml", pubmed([articles(1, 1).decode().split("<PubmedArticleSet>")[1][:-21]], [9])), vocabulary)
        )
        assert [type(each) for each in found] == [Entry, Withdrawal]
        assert isinstance(found[0], Entry)
        assert unpacked(found[0].data).ids.pmid == "1"
        assert found[0].made_by == made_by(vocabulary)

    def test_skipped_records_are_not_made(self, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
        """Profiles of what is stored already are not computed again."""
        made: list[str] = []
        profile = reading.profile
        monkeypatch.setattr(reading, "profile", lambda d, v: (made.append(d.ids.pmid or ""), profile(d, v))[1])
        assert len(list(items(Raw("a.xml", articles(1, 5)), vocabulary, skip=3))) == 2
        assert made == ["4", "5"]

    def test_a_reader_that_breaks_off_is_told_apart(
        self, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """From a record that is merely unreadable."""

        def faulty(raw: Raw) -> object:
            yield Reading(Deletion("pmid:1"), 1)
            yield Reading(None, 2, problems=(Problem("No.", raw.origin, 2),))
            raise RecursionError("too deep")

        monkeypatch.setattr(reading, "read", faulty)
        first, second, third = items(Raw("a.xml", b""), vocabulary)
        assert isinstance(first, Withdrawal)
        assert second == Unread((Problem("No.", "a.xml", 2),))
        assert isinstance(third, Unread)
        assert third.broken
        assert "after record 2" in third.problems[0].what

    def test_formats(self) -> None:
        """What a file is, or "" where nobody can tell."""
        assert format_of(Raw("a", articles(1, 1))) == "pubmed"
        assert format_of(Raw("a", b"whatever", "text")) == "text"
        assert format_of(Raw("a.xml", b"")) == ""

    def test_another_vocabulary_is_another_maker(self, vocabulary: Vocabulary) -> None:
        """So that profiles are made again after a vocabulary was added."""
        assert vocabulary.version in made_by(vocabulary)


class TestFrames:
    """What passes between processes comes out as it went in."""

    def test_items(self) -> None:
        """Documents with profile and problems, deletions, unreadable records."""
        vocabulary = Vocabulary.shipped()
        batch = list(items(Raw("a.xml", articles(1, 3)), vocabulary))
        batch += [Withdrawal("pmid:4", 7, 2, (Problem("Odd.", "a.xml", 7),)), Unread((Problem("No.", "a.xml"),), True)]
        stream = io.BytesIO()
        send(stream, framed(batch, last=True))
        stream.seek(0)
        message = receive(stream)
        assert message is not None
        frame = msgspec.msgpack.decode(message, type=Frame)
        assert frame.last
        assert unframed(frame) == batch
        assert receive(stream) is None

    @pytest.mark.parametrize("data", [b"", b"\0\0", b"\0\0\0\x09half"])
    def test_a_broken_stream_is_an_end(self, data: bytes) -> None:
        """A process may die in the middle of a word."""
        assert receive(io.BytesIO(data)) is None

    def test_a_worker_serves_until_its_input_ends(self, tmp_path: Path) -> None:
        """First it says with what it profiles; a file that is gone is a problem, not an end."""
        folder_of(tmp_path, {"a.xml": articles(1, 150)})
        tasks, answers = io.BytesIO(), io.BytesIO()
        for name in ("a.xml", "gone.xml"):
            send(tasks, Task(name, str(tmp_path / name), "", 0))
        tasks.seek(0)
        vocabulary = Vocabulary.shipped()
        worker.serve(tasks, answers, vocabulary)
        answers.seek(0)
        first = receive(answers)
        assert first is not None
        assert msgspec.msgpack.decode(first, type=Hello).made_by == made_by(vocabulary)
        frames: list[Frame] = []
        while (message := receive(answers)) is not None:
            frames.append(msgspec.msgpack.decode(message, type=Frame))
        assert sum(len(frame.items) for frame in frames[:-1]) == 150
        assert [frame.last for frame in frames][-2:] == [True, True]
        (gone,) = unframed(frames[-1])
        assert isinstance(gone, Unread)
        assert gone.broken

    def test_a_worker_whose_master_dies_ends(self) -> None:
        """Its input ends, and so does it."""
        command = [sys.executable, "-P", "-m", "curbside.workflows.worker"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        assert receive(process.stdout) is not None
        process.stdin.close()
        assert process.wait(timeout=240) == 0
        process.stdout.close()

    def test_modules_beside_the_documents_are_not_run(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Somebody may work in a folder that others filled."""
        folder_of(
            tmp_path, {"json.py": b"raise SystemExit('hijacked')", "curbside.py": b"raise SystemExit('hijacked')"}
        )
        monkeypatch.chdir(tmp_path)
        with hands(1, ()) as them:
            assert them.made_by == made_by(Vocabulary.shipped())

    def test_files_come_in_the_order_they_were_given(self, tmp_path: Path) -> None:
        """Whoever reads them, and however long it takes."""
        sizes = (400, 1, 1, 200, 1)
        first = 1
        with hands(2, ()) as them:
            for number, size in enumerate(sizes):
                path = folder_of(tmp_path, {f"{number}.xml": articles(first, size)}) / f"{number}.xml"
                them.give(Task(path.name, str(path), "pubmed", 0))
                first += size
            got = [[item for some in them.take() for item in some] for _ in sizes]
        assert tuple(map(len, got)) == sizes
        pmids = [item.ids.pmid for each in got for item in each if isinstance(item, Entry)]
        assert pmids == [str(number) for number in range(1, first)]
