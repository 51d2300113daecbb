"""Uploads become documents: once each, under their senders' names, on after a stop or a kill."""

from __future__ import annotations

import gzip
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from curbside.errors import LibraryBusy, LibraryError, LibraryFull
from curbside.records import Added, Raw, UploadState
from curbside.store.inbox import ATTEMPTS, Inbox
from curbside.store.receiving import Bounds
from curbside.wiring import Library, ReceiveWorker, open_library
from curbside.workflows import add as add_module
from curbside.workflows import receive as module
from curbside.workflows.finding import Source
from curbside.workflows.progress import Progress, Step
from curbside.workflows.receive import receive
from file_makers import articles, ris

NOTE = b"# A note on %s\n\nTwelve patients took it.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library, open for writing."""
    with open_library(tmp_path / "library", write=True) as made:
        yield made


@pytest.fixture
def inbox(library: Library) -> Inbox:
    """Its inbox."""
    return Inbox(library.folder, Bounds(room=0))


def sent(inbox: Inbox, *files: tuple[str, bytes]) -> str:
    """Send files; return the upload's id."""
    with inbox.receive() as receiving:
        for name, data in files:
            receiving.file(name)
            receiving.write(data)
        return receiving.seal()


def received(inbox: Inbox, id: str, library: Library) -> bool:
    """Add an upload to a library."""
    return receive(inbox, id, library.store, library.add)


class TestResult:
    """What adding did, as `curbside add --json` tells it, and what came in."""

    def test_files_of_several_kinds(self, inbox: Inbox, library: Library) -> None:
        """Each counted, each document linked, under the name that its sender gave."""
        id = sent(inbox, ("set.xml", articles(1, 3)), ("a.ris", ris("T", "W.", "10.1000/9").encode()))
        assert received(inbox, id, library)
        upload = inbox.get(id)
        assert upload.state is UploadState.DONE
        assert {key: upload.result[key] for key in ("added", "joined", "replaced", "deleted", "present", "files")} == {
            "added": 4, "joined": 0, "replaced": 0, "deleted": 0, "present": 0, "files": 2,
        }  # fmt: skip
        assert len(upload.result["documents"]) == 4
        assert upload.result["documents"][0]["title"] == "Record number 1 about sirolimus"
        assert not upload.result["resumed"]
        assert {each.origin.rpartition("/")[2] for each in library.store.live_holdings()} == {"set.xml", "a.ris"}

    def test_problems_name_the_file_and_its_line(self, inbox: Inbox, library: Library) -> None:
        """The good one beside the bad one comes in."""
        id = sent(inbox, ("bad.jsonl", b'{"title": "Good", "pmid": "1"}\n{"title": broken\n'), ("empty.xml", b""))
        assert received(inbox, id, library)
        result = inbox.get(id).result
        assert result["added"] == 1
        assert {(each["where"].rpartition("/")[2], each["line"]) for each in result["problems"]} == {
            ("bad.jsonl", 2),
            ("empty.xml", 0),
        }

    def test_the_same_upload_twice(self, inbox: Inbox, library: Library) -> None:
        """A client that was not sure sends again: everything is there already, nothing is double."""
        files = ("set.xml", articles(1, 3))
        for present in (0, 3):
            id = sent(inbox, files)
            received(inbox, id, library)
            assert inbox.get(id).result["present"] == present
        assert library.status().documents == 3

    def test_two_senders_with_a_file_of_one_name(self, inbox: Inbox, library: Library) -> None:
        """Neither takes the other's place."""
        for drug in (b"sirolimus", b"everolimus"):
            received(inbox, sent(inbox, ("notes.md", NOTE % drug)), library)
        assert library.status().documents == 2

    def test_a_format_that_was_chosen(self, inbox: Inbox, library: Library) -> None:
        """It is read as what its sender says it is."""
        with inbox.receive() as receiving:
            receiving.file("pasted", "ris")
            receiving.write(b"\n\n" + ris("T", "W.", "10.1000/9").encode())
            id = receiving.seal()
        received(inbox, id, library)
        assert inbox.get(id).result["added"] == 1

    def test_names_that_mean_harm_are_names(self, inbox: Inbox, library: Library) -> None:
        """They become part of an origin, and nothing is written where they point."""
        names = ("../../library.sqlite", "/etc/passwd", "-", "CON", "a\u202exml.\x00")
        before = (library.folder / "library.sqlite").stat().st_ino
        id = sent(inbox, *((name, NOTE % str(n).encode()) for n, name in enumerate(names)))
        received(inbox, id, library)
        assert library.status().documents == len(names)
        assert (library.folder / "library.sqlite").stat().st_ino == before
        assert all(each.origin.startswith("sent/") for each in library.store.live_holdings())

    def test_a_gzip_bomb(self, inbox: Inbox, library: Library) -> None:
        """A problem of its file; the other one comes in."""
        id = sent(inbox, ("b.xml.gz", gzip.compress(b" " * 300_000_000, 9)), ("a.xml", articles(1, 2)))
        received(inbox, id, library)
        result = inbox.get(id).result
        assert result["added"] == 2
        assert [each["where"].rpartition("/")[2] for each in result["problems"] if each["lost"]] == ["b.xml.gz"]

    def test_bytes_that_changed_on_the_disk(self, inbox: Inbox, library: Library) -> None:
        """Left out with a word, and the others come in."""
        id = sent(inbox, ("a.xml", articles(1, 1)), ("b.xml", articles(2, 1)))
        held = library.folder / "inbox" / id / "bytes"
        held.write_bytes(held.read_bytes().replace(b"number 1 about", b"number 9 about"))
        received(inbox, id, library)
        result = inbox.get(id).result
        assert result["added"] == 1
        assert "changed on the disk" in result["problems"][0]["what"]


class TestProgress:
    """How far it is can be read at any time."""

    def test_it_counts_over_all_groups(self, inbox: Inbox, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """Files, records, bytes, a rate and an end; they only rise."""
        monkeypatch.setattr(module, "GROUP_FILES", 2)
        monkeypatch.setattr(module, "_TELL_EVERY", 0.0)
        id = sent(inbox, *((f"{n}.xml", articles(n * 10 + 1, 5)) for n in range(5)))
        seen: list[dict[str, float]] = []

        def add(givens: Sequence[Raw], progress: Progress) -> Added:
            def told(step: Step, /) -> None:
                progress(step)
                seen.append(dict(inbox.get(id).progress))

            assert len(givens) <= 2
            return library.add(givens, told)

        receive(inbox, id, library.store, add)
        for key in ("files", "records", "size"):
            values = [each[key] for each in seen]
            assert values == sorted(values)
        assert (seen[-1]["files"], seen[-1]["files_total"], seen[-1]["records"]) == (5, 5, 25)
        assert seen[-1]["size"] == seen[-1]["size_total"] > 0
        assert seen[-1]["rate"] > 0


class TestStopping:
    """At any moment, and on from there."""

    def test_stopped_between_two_files_it_goes_on(
        self, inbox: Inbox, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It waits, with a word, and is whole in the end."""
        id = sent(inbox, *((f"{n}.xml", articles(n * 10 + 1, 5)) for n in range(4)))
        read = add_module._bytes

        def interrupted(source: Source) -> object:
            if source.origin.endswith("1.xml"):
                signal.raise_signal(signal.SIGINT)
            return read(source)

        monkeypatch.setattr(add_module, "_bytes", interrupted)

        heard: list[int] = []
        before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
        try:
            assert not received(inbox, id, library)
        finally:
            signal.signal(signal.SIGINT, before)
        assert heard == [signal.SIGINT], "whoever works above hears of it too"
        assert inbox.waiting() == [id]
        assert "goes on" in inbox.get(id).why
        assert 0 < library.status().documents < 20
        monkeypatch.undo()
        assert received(inbox, id, library)
        assert library.status().documents == 20
        assert inbox.get(id).result["resumed"]
        assert len(inbox.get(id).result["documents"]) == 20

    def test_killed_before_its_result_was_written(self, inbox: Inbox, library: Library) -> None:
        """Everything is there already; it is added once and said so."""
        id = sent(inbox, ("a.xml", articles(1, 3)))

        def killed(givens: Sequence[Raw], progress: Progress) -> Added:
            library.add(givens, progress)
            raise SystemExit

        with pytest.raises(SystemExit):
            receive(inbox, id, library.store, killed)
        assert inbox.get(id).state is UploadState.WORKING
        assert received(inbox, id, library)
        result = inbox.get(id).result
        assert (result["added"], result["present"], result["resumed"]) == (0, 3, True)
        assert len(result["documents"]) == 3
        assert library.status().documents == 3

    def test_one_that_brings_the_process_down_ends_somewhere(self, inbox: Inbox, library: Library) -> None:
        """After some attempts it is marked as failed, and does not keep the next one waiting."""
        id = sent(inbox, ("a.xml", articles(1, 3)))

        def killed(givens: Sequence[Raw], progress: Progress) -> Added:
            raise SystemExit

        for _ in range(ATTEMPTS):
            with pytest.raises(SystemExit):
                receive(inbox, id, library.store, killed)
        assert not receive(inbox, id, library.store, killed)
        assert inbox.get(id).state is UploadState.FAILED
        inbox.again(id)
        assert received(inbox, id, library)

    def test_a_full_disk_is_waited_for(self, inbox: Inbox, library: Library) -> None:
        """The upload says why it waits; it is no attempt."""
        id = sent(inbox, ("a.xml", articles(1, 3)))

        def full(givens: Sequence[Raw], progress: Progress) -> Added:
            raise LibraryFull("The disk took no more. Make room.")

        for _ in range(ATTEMPTS + 1):
            with pytest.raises(LibraryFull):
                receive(inbox, id, library.store, full)
        assert inbox.waiting() == [id]
        assert "Make room" in inbox.get(id).why
        assert received(inbox, id, library)

    def test_a_library_that_cannot_take_it(self, inbox: Inbox, library: Library) -> None:
        """Failed, with the reason; the bytes are kept."""
        id = sent(inbox, ("a.xml", articles(1, 3)))

        def broken(givens: Sequence[Raw], progress: Progress) -> Added:
            raise LibraryError("The library cannot be used.")

        assert not receive(inbox, id, library.store, broken)
        assert inbox.get(id).state is UploadState.FAILED
        assert inbox.get(id).why == "The library cannot be used."


class TestWorker:
    """What `curbside work` calls, piece by piece."""

    def test_one_upload_at_a_step(self, tmp_path: Path) -> None:
        """The oldest first; None when none waits; the library is made where there is none."""
        folder = tmp_path / "new"
        inbox = Inbox(folder, Bounds(room=0))
        ids = [sent(inbox, (f"{n}.xml", articles(n * 10 + 1, 2))) for n in range(2)]
        worker = ReceiveWorker(folder)
        assert worker.step() == 1
        assert [inbox.get(id).state for id in ids] == [UploadState.DONE, UploadState.WAITING]
        assert worker.step() == 1
        assert worker.step() is None
        with open_library(folder) as library:
            assert library.status().documents == 4

    def test_it_waits_for_whoever_writes(self, inbox: Inbox, library: Library) -> None:
        """The page says so meanwhile, as long as it takes."""
        id = sent(inbox, ("a.xml", articles(1, 3)))
        worker = ReceiveWorker(library.folder)
        for _ in range(ATTEMPTS + 1):
            with pytest.raises(LibraryBusy):
                worker.step()
        assert "is writing to this library" in inbox.get(id).why
        library.close()
        assert worker.step() == 1
