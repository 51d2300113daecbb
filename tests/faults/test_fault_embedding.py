"""Killing who embeds, damaging what was embedded, adding meanwhile: it goes on by itself, and nothing is half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import warm

pytest.importorskip("faiss", reason="vectors need the extra `encoder`")
pytest.importorskip("onnxruntime", reason="an encoder needs the extra `encoder`")

import embedding

from curbside.inference.manifest import current_folder
from curbside.records import Query, Raw
from curbside.search.vectors_faiss import FaissVectors
from curbside.wiring import EmbedWorker, open_library
from file_makers import articles
from installing import installed

COUNT = 120


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library of some articles, and an encoder."""
    monkeypatch.setenv("CURBSIDE_ENCODER", str(tmp_path / "encoder"))
    installed(tmp_path / "encoder")
    with open_library(tmp_path / "library", write=True) as library:
        library.add([Raw("a.xml", articles(1, COUNT))], processes=0)
    yield tmp_path / "library"


def vectors_of(folder: Path) -> FaissVectors:
    """The vectors of a library, as another process sees them."""
    place = current_folder(Path(os.environ["CURBSIDE_ENCODER"]))
    assert place is not None
    return FaissVectors(folder, place.name)


def started(folder: Path, texts: int, seconds: float) -> subprocess.Popen[bytes]:
    """A process that embeds, slowly."""
    command = [sys.executable, embedding.__file__, str(folder), str(texts), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def finished(folder: Path) -> int:
    """Embed what is left, in this process."""
    worker = EmbedWorker(folder)
    done = 0
    while (found := worker.step()) is not None:
        done += found
    worker.close()
    return done


def curbside(*words: str, library: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the command line."""
    return warm.call([*words, "--library", str(library)], Path.cwd(), os.environ)


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.slow
def test_killed_again_and_again_it_ends_as_if_undisturbed(folder: Path) -> None:
    """What was committed stays, what was not is made once more; every document has its vectors at the end."""
    draw = random.Random(3)
    before = 0
    for _ in range(4):
        process = started(folder, texts=5, seconds=0.02)
        assert process.stdout is not None
        for _ in range(draw.randint(1, 4)):
            process.stdout.readline()
        time.sleep(draw.uniform(0.0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        vectors = vectors_of(folder)
        assert vectors.state() == "ready"
        assert vectors.documents >= before
        before = vectors.documents
        with open_library(folder) as library:
            assert library.index.search(Query("sirolimus", limit=500)).total == COUNT
    assert 0 < before < COUNT
    assert finished(folder) == COUNT - before, "something was embedded twice, or not at all"
    with open_library(folder) as library:
        assert vectors_of(folder).holding([each.document.id for each in library.store.live_holdings()]) == {
            each.document.id for each in library.store.live_holdings()
        }


@pytest.mark.parametrize("pattern", ["codes-*", "rows-*", "manifest.json"])
def test_damaged_vectors_are_made_anew_by_the_next_work(folder: Path, pattern: str) -> None:
    """Until then words answer and say why, where anything is left to be read."""
    finished(folder)
    (path,) = (folder / "vectors").glob(f"*/{pattern}")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with open_library(folder) as library:
        hits = library.index.search(Query("sirolimus"))
        assert hits.total == COUNT
        assert "curbside work" in hits.notes[0]
        assert library.status().documents == COUNT
    done = curbside("work", library=folder)
    assert done.returncode == 0, done.stderr
    assert f"{COUNT} of {COUNT}".encode() in done.stdout
    with open_library(folder) as library:
        assert library.index.search(Query("sirolimus")).notes == ()


def test_vectors_deleted_under_a_reader_and_a_worker(folder: Path) -> None:
    """They are as good as none, and made again."""
    import shutil

    worker = EmbedWorker(folder)
    while worker.step() is not None:
        pass
    with open_library(folder) as library:
        library.index.search(Query("sirolimus"))
        shutil.rmtree(folder / "vectors")
        assert library.index.search(Query("sirolimus")).total == COUNT
        while worker.step() is not None:
            pass
        assert library.status().embedded == COUNT
    worker.close()


@pytest.mark.slow
def test_adding_and_removing_go_on_beside_a_worker(folder: Path, tmp_path: Path) -> None:
    """Who adds never waits for who embeds, and what comes meanwhile is embedded too."""
    process = started(folder, texts=3, seconds=0.1)
    assert process.stdout is not None
    process.stdout.readline()
    (tmp_path / "more.xml").write_bytes(articles(1_000, 30))
    done = curbside("add", str(tmp_path / "more.xml"), library=folder)
    assert done.returncode == 0, done.stderr
    assert b"curbside work" in done.stderr
    assert curbside("remove", "5", library=folder).returncode == 0
    process.stdout.read()
    assert process.wait(timeout=240) == 0
    process.stdout.close()
    finished(folder)  # what came after that process had ended
    assert vectors_of(folder).documents == COUNT + 30 - 1


def test_two_at_work_at_once(folder: Path) -> None:
    """The second one is told; what they made together is whole."""
    from curbside.doors.cli.work import LOCK
    from curbside.store.lock import WriterLock

    lock = WriterLock(folder / LOCK)
    done = curbside("work", library=folder)
    assert done.returncode == 1
    assert b"already" in done.stderr and b"Traceback" not in done.stderr
    lock.release()
    first, second = EmbedWorker(folder), EmbedWorker(folder)
    while first.step() is not None or second.step() is not None:
        pass
    assert vectors_of(folder).documents == COUNT


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
class TestFollowing:
    """`curbside work --follow`."""

    def test_it_embeds_what_comes_and_ends_when_asked(self, folder: Path, tmp_path: Path) -> None:
        """SIGTERM ends it after the batch at hand, with nothing to complain of."""
        command = [sys.executable, "-m", "curbside", "--library", str(folder), "work", "--follow"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            self.until(lambda: vectors_of(folder).documents == COUNT)
            with open_library(folder, write=True) as library:
                library.add([Raw("b.xml", articles(2_000, 3))], processes=0)
            self.until(lambda: vectors_of(folder).documents == COUNT + 3)
        finally:
            process.terminate()
            _, err = process.communicate(timeout=240)
        assert process.returncode == 0
        assert b"Traceback" not in err

    def test_it_ends_with_the_process_that_started_it(self, folder: Path) -> None:
        """A server that is killed leaves nothing behind that works on."""
        script = (
            "import subprocess, sys, time\n"
            f"child = subprocess.Popen([sys.executable, '-m', 'curbside', '--library', {str(folder)!r}, 'work', "
            "'--follow'])\nprint(child.pid, flush=True)\ntime.sleep(600)\n"
        )
        parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        try:
            self.until(lambda: vectors_of(folder).documents == COUNT)
            parent.kill()
            parent.wait()
            self.until(lambda: not self.alive(child))
        finally:
            parent.kill()
            parent.stdout.close()
            if self.alive(child):
                os.kill(child, signal.SIGKILL)

    @staticmethod
    def alive(pid: int) -> bool:
        """Whether a process runs; one that has ended and that nobody has asked after counts as ended."""
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except FileNotFoundError:
            return False

    @staticmethod
    def until(holds: object, seconds: float = 240.0) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not holds():  # type: ignore[operator]
            assert time.monotonic() < end, "it did not come to it"
            time.sleep(0.1)
