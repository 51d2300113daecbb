"""The inbox: uploads come in whole or not at all, within bounds, and names are never paths."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from curbside.errors import LibraryFull, NotHeld, TooLarge, UsageError
from curbside.records import UploadState
from curbside.store.inbox import ATTEMPTS, ID, Inbox
from curbside.store.receiving import LONGEST_NAME, Bounds

ROOMY = Bounds(room=0)


def sent(inbox: Inbox, files: dict[str, bytes]) -> str:
    """Send files in pieces of three bytes; return the upload's id."""
    with inbox.receive() as receiving:
        for name, data in files.items():
            receiving.file(name)
            for start in range(0, len(data), 3):
                receiving.write(data[start : start + 3])
        return receiving.seal()


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    """The inbox of a library."""
    return Inbox(tmp_path, ROOMY)


class TestReceiving:
    """Whole, or not there."""

    def test_what_was_sent_lies_ready(self, inbox: Inbox) -> None:
        """Names, sizes, hashes and bytes, in the order in which they came."""
        id = sent(inbox, {"b.txt": b"second letter", "a.txt": b"", "c.xml": b"<x/>"})
        upload = inbox.get(id)
        assert ID.fullmatch(id)
        assert upload.state is UploadState.WAITING
        assert [(file.name, file.size) for file in upload.files] == [("b.txt", 13), ("a.txt", 0), ("c.xml", 4)]
        assert upload.files[0].sha256 == hashlib.sha256(b"second letter").hexdigest()
        assert [data for _, data in inbox.contents(id)] == [b"second letter", b"", b"<x/>"]
        assert inbox.waiting() == [id]

    def test_while_it_is_received_nobody_works_on_it(self, inbox: Inbox) -> None:
        """It is seen as on its way, and is not waiting."""
        with inbox.receive() as receiving:
            receiving.file("a.txt")
            receiving.write(b"half")
            assert inbox.get(receiving.id).state is UploadState.RECEIVING
            assert inbox.waiting() == []

    def test_broken_off_it_is_gone(self, inbox: Inbox, tmp_path: Path) -> None:
        """An error in the middle leaves nothing."""
        with pytest.raises(ConnectionError), inbox.receive() as receiving:
            receiving.file("a.txt")
            receiving.write(b"half")
            raise ConnectionError
        assert list((tmp_path / "inbox").iterdir()) == []
        with pytest.raises(NotHeld):
            inbox.get(receiving.id)

    def test_sealed_it_holds_only_what_belongs_to_it(self, inbox: Inbox, tmp_path: Path) -> None:
        """No lock, no parts; readable by the owner alone."""
        id = sent(inbox, {"a": b"x"})
        assert sorted(path.name for path in (tmp_path / "inbox" / id).iterdir()) == ["bytes", "manifest.json"]
        assert stat.S_IMODE((tmp_path / "inbox" / id / "bytes").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "inbox").stat().st_mode) == 0o700

    def test_nothing_is_no_upload(self, inbox: Inbox) -> None:
        """A form without a file is told so."""
        with pytest.raises(UsageError, match="Nothing was sent"), inbox.receive() as receiving:
            receiving.seal()

    def test_uploads_keep_their_order(self, inbox: Inbox) -> None:
        """Whoever came first is served first; the list of the latest has them the other way round."""
        ids = [sent(inbox, {"a": b"x"}) for _ in range(5)]
        assert inbox.waiting() == ids
        assert [upload.id for upload in inbox.recent(3)] == ids[:1:-1]


class TestBounds:
    """Too much is refused before the disk has it."""

    def test_a_large_file(self, tmp_path: Path) -> None:
        """Refused with the bound in the message, and swept."""
        inbox = Inbox(tmp_path, Bounds(file=1 << 20, room=0))
        with pytest.raises(TooLarge, match="larger than 1 MB"), inbox.receive() as receiving:
            receiving.file("big")
            receiving.write(b"x" * (1 << 20))
            receiving.write(b"x")
        assert list((tmp_path / "inbox").iterdir()) == []

    def test_many_files_that_are_large_together(self, tmp_path: Path) -> None:
        """The whole has a bound of its own."""
        inbox = Inbox(tmp_path, Bounds(file=1 << 20, whole=2 << 20, room=0))
        with pytest.raises(TooLarge, match="More than 2 MB"), inbox.receive() as receiving:
            for number in range(3):
                receiving.file(str(number))
                receiving.write(b"x" * (1 << 20))

    def test_too_many_files(self, tmp_path: Path) -> None:
        """Ten thousand is the bound; here it is three."""
        inbox = Inbox(tmp_path, Bounds(files=3, room=0))
        with pytest.raises(TooLarge, match="More than 3 files"):
            sent(inbox, {str(number): b"x" for number in range(4)})

    def test_ten_thousand_files_come_in(self, inbox: Inbox) -> None:
        """In one file of bytes: no flood of small ones."""
        id = sent(inbox, {f"{number}.ris": b"x" for number in range(10_000)})
        assert len(inbox.get(id).files) == 10_000

    def test_a_disk_that_is_nearly_full(self, tmp_path: Path) -> None:
        """Refused while the library still has room to work in."""
        inbox = Inbox(tmp_path, Bounds(room=1 << 60))
        with pytest.raises(LibraryFull, match="Make room"):
            inbox.receive()
        assert list((tmp_path / "inbox").iterdir()) == []


NAMES = [
    "../../library.sqlite",
    "/etc/passwd",
    "..\\..\\boot.ini",
    "CON",
    "nul.txt",
    ".",
    "",
    "a\u202egpj.exe",
    "line\nbreak\x00nul\x1b[31m",
    "\ud800lone",
    "<script>alert(1)</script>.xml",
    "é" * 100_000,
]


class TestNames:
    """What a sender calls a file is data."""

    @pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
    def test_a_name_is_never_a_path(self, inbox: Inbox, tmp_path: Path, name: str) -> None:
        """It stands in the manifest and nowhere else."""
        before = sorted(path for path in tmp_path.rglob("*"))
        id = sent(inbox, {name: b"content"})
        made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path not in before}
        assert made == {"inbox", f"inbox/{id}", f"inbox/{id}/bytes", f"inbox/{id}/manifest.json"}
        (file,) = inbox.get(id).files
        assert len(file.name) <= LONGEST_NAME + 3
        assert file.name == name or "…" in file.name or "\\ud800" in file.name

    def test_two_files_of_one_name_are_two(self, inbox: Inbox) -> None:
        """They come from two places as far as the library is told, and end in the name that they have."""
        with inbox.receive() as receiving:
            for data in (b"one", b"two"):
                receiving.file("notes.md")
                receiving.write(data)
            id = receiving.seal()
        origins = [file.origin for file in inbox.get(id).files]
        assert len(set(origins)) == 2
        assert all(origin.endswith("/notes.md") for origin in origins)

    @pytest.mark.parametrize("id", ["", "..", "../asked/xxxxxxxxxxxxxxx", "a" * 21, "a" * 22, "a" * 22 + "/"])
    def test_what_is_no_id_is_no_path(self, inbox: Inbox, id: str) -> None:
        """Nothing is found under it."""
        with pytest.raises(NotHeld):
            inbox.get(id)
        assert not inbox.again(id)


class TestWorking:
    """From waiting to done, with an end for what never ends."""

    def test_the_way_of_an_upload(self, inbox: Inbox, tmp_path: Path) -> None:
        """Waiting, working, done; then the bytes are let go."""
        id = sent(inbox, {"a": b"x"})
        assert inbox.begin(id) == 1
        inbox.tell(id, {"records": 3})
        assert inbox.get(id).state is UploadState.WORKING
        assert inbox.get(id).progress == {"records": 3}
        inbox.finish(id, {"added": 3})
        upload = inbox.get(id)
        assert (upload.state, upload.result) == (UploadState.DONE, {"added": 3})
        assert inbox.waiting() == []
        assert not (tmp_path / "inbox" / id / "bytes").exists()

    def test_bytes_that_changed_on_the_disk_are_noticed(self, inbox: Inbox, tmp_path: Path) -> None:
        """They are not added as if they were what was sent; the other file is."""
        id = sent(inbox, {"a": b"aaa", "b": b"bbb"})
        (tmp_path / "inbox" / id / "bytes").write_bytes(b"aXabbb")
        assert [data for _, data in inbox.contents(id)] == [None, b"bbb"]

    def test_put_off_is_no_attempt(self, inbox: Inbox) -> None:
        """A library that somebody else writes to is waited for as long as it takes."""
        id = sent(inbox, {"a": b"x"})
        for _ in range(ATTEMPTS + 3):
            assert inbox.begin(id) == 1
            inbox.put_off(id, "Somebody else is writing.")
        assert inbox.get(id).why == "Somebody else is writing."
        assert inbox.get(id).state is UploadState.WAITING

    def test_what_never_ends_fails_and_can_be_tried_again(self, inbox: Inbox) -> None:
        """After some beginnings without an end; nothing that was sent is lost."""
        id = sent(inbox, {"a": b"x"})
        assert [inbox.begin(id) for _ in range(ATTEMPTS)] == list(range(1, ATTEMPTS + 1))
        assert inbox.begin(id) == 0
        assert inbox.get(id).state is UploadState.FAILED
        assert "never came to an end" in inbox.get(id).why
        assert inbox.waiting() == []
        assert inbox.again(id)
        assert inbox.waiting() == [id]
        assert [data for _, data in inbox.contents(id)] == [b"x"]


class TestSweeping:
    """What nobody will ever finish goes."""

    def test_a_living_receiver_is_left_alone(self, inbox: Inbox) -> None:
        """Also by a sweep in the same process."""
        with inbox.receive() as receiving:
            receiving.file("a")
            receiving.write(b"x")
            assert inbox.sweep() == 0
            assert inbox.get(receiving.seal()).files

    @pytest.mark.skipif(os.name != "posix", reason="kills by signal")
    def test_a_killed_receiver_leaves_nothing(self, inbox: Inbox, tmp_path: Path) -> None:
        """kill -9 in the middle: never shown as waiting, and swept."""
        code = (
            "import os, signal, sys; from pathlib import Path; from curbside.store.inbox import Inbox;"
            "from curbside.store.receiving import Bounds;"
            "r = Inbox(Path(sys.argv[1]), Bounds(room=0)).receive(); r.file('a'); r.write(b'x' * 100000);"
            "os.kill(os.getpid(), signal.SIGKILL)"
        )
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, timeout=60)
        assert len(list((tmp_path / "inbox").iterdir())) == 1
        assert inbox.waiting() == []
        assert inbox.sweep() == 1
        assert list((tmp_path / "inbox").iterdir()) == []

    def test_results_go_after_a_month(self, tmp_path: Path) -> None:
        """They hold the names of people's files."""
        now = [1_800_000_000.0]
        inbox = Inbox(tmp_path, ROOMY, lambda: now[0])
        done, waits = sent(inbox, {"a": b"x"}), sent(inbox, {"b": b"x"})
        inbox.finish(done, {"added": 1})
        now[0] += 29 * 86_400
        assert inbox.sweep() == 0
        now[0] += 2 * 86_400
        assert inbox.sweep() == 1
        assert inbox.waiting() == [waits]
        with pytest.raises(NotHeld):
            inbox.get(done)

    def test_killed_between_result_and_letting_go(self, inbox: Inbox, tmp_path: Path) -> None:
        """The bytes go with the next sweep; the result stays."""
        id = sent(inbox, {"a": b"x"})
        shutil.copy(tmp_path / "inbox" / id / "bytes", tmp_path / "copy")
        inbox.finish(id, {"added": 1})
        shutil.copy(tmp_path / "copy", tmp_path / "inbox" / id / "bytes")
        inbox.sweep()
        assert not (tmp_path / "inbox" / id / "bytes").exists()
        assert inbox.get(id).result == {"added": 1}
