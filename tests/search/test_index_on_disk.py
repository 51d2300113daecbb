"""The index as files: what a crash, a thief, a second writer or a full disk leave behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import tantivy

from curbside.errors import IndexBroken, LibraryBusy, LibraryFull
from curbside.records import Query
from curbside.search import index as module
from curbside.search.index import TantivyIndex
from search_holdings import FILLER, LIBRARY, FewConcepts, abstract, long_article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a committed index of the five abstracts."""
    made = TantivyIndex(tmp_path / "index", FewConcepts())
    made.apply(LIBRARY)
    made.commit(5)
    made.close()
    return tmp_path / "index"


def test_a_commit_outlives_its_process(folder: Path) -> None:
    """Another index in the same folder sees what was committed, with its number."""
    again = TantivyIndex(folder, FewConcepts())
    assert (again.seq, again.count(), again.state()) == (5, 5, "ready")
    assert again.search(Query("splenectomy")).total == 1


def test_a_reader_sees_the_commits_of_a_writer(folder: Path) -> None:
    """A reader that is already open follows at its next question."""
    reader, writer = TantivyIndex(folder, FewConcepts()), TantivyIndex(folder, FewConcepts())
    assert reader.search(Query("wombats")).total == 0
    writer.apply([abstract("Later", "Wombats were treated.")])
    assert (reader.search(Query("wombats")).total, reader.seq) == (0, 5)
    writer.commit(6)
    assert (reader.search(Query("wombats")).total, reader.seq) == (1, 6)
    writer.close()


def test_only_one_may_write(folder: Path) -> None:
    """A second writer is told so at once, and the first is not disturbed."""
    first, second = TantivyIndex(folder, FewConcepts()), TantivyIndex(folder, FewConcepts())
    first.apply([abstract("One", "Wombats.")])
    with pytest.raises(LibraryBusy, match="Another process"):
        second.apply([abstract("Two", "Quolls.")])
    assert second.search(Query("splenectomy")).total == 1
    first.commit(6)
    first.close()
    second.apply([abstract("Two", "Quolls.")])
    second.commit(7)
    assert second.search(Query("wombats quolls")).total == 2
    second.close()


def damage(folder: Path, suffix: str, how: Callable[[Path], object]) -> None:
    """Do something to every file of a kind."""
    found = [path for path in folder.iterdir() if path.suffix == suffix]
    assert found
    for path in found:
        how(path)


def halve(path: Path) -> None:
    """Leave the first half of a file, as a disk that filled up does."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zero(path: Path) -> None:
    """Leave nothing but zeros, as a torn write does."""
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize("how", [Path.unlink, halve, zero], ids=["unlinked", "halved", "zeroed"])
@pytest.mark.parametrize("suffix", [".idx", ".term", ".store", ".fast", ".fieldnorm"])
def test_a_damaged_index_says_so_and_can_be_made_anew(folder: Path, suffix: str, how: Callable[[Path], object]) -> None:
    """Any missing or torn file is an IndexBroken that names the remedy; clear mends it."""
    damage(folder, suffix, how)
    broken = TantivyIndex(folder, FewConcepts())
    assert broken.state() == "broken"
    for act in (lambda: broken.search(Query("sirolimus")), lambda: broken.seq, broken.count):
        with pytest.raises(IndexBroken, match="curbside rebuild"):
            act()
    broken.clear()
    broken.apply(LIBRARY)
    broken.commit(5)
    assert (broken.state(), broken.search(Query("sirolimus")).total) == ("ready", 1)
    broken.close()


@pytest.mark.parametrize("how", [halve, zero], ids=["halved", "zeroed"])
def test_a_torn_pointer_is_a_broken_index(folder: Path, how: Callable[[Path], object]) -> None:
    """Likewise the small file that names the last commit."""
    how(folder / "meta.json")
    broken = TantivyIndex(folder, FewConcepts())
    assert broken.state() == "broken"
    broken.clear()
    assert broken.state() == "ready"


def test_an_index_deleted_under_a_running_reader_gives_a_clear_error(folder: Path) -> None:
    """The reader says what happened; afterwards the folder counts as missing and can be filled."""
    reader = TantivyIndex(folder, FewConcepts())
    assert reader.search(Query("sirolimus")).total == 1
    shutil.rmtree(folder)
    with pytest.raises(IndexBroken, match="deleted while it was in use"):
        reader.search(Query("sirolimus"))
    assert reader.state() == "missing"
    reader.apply(LIBRARY)
    reader.commit(5)
    assert reader.search(Query("sirolimus")).total == 1
    reader.close()


def test_an_index_deleted_under_its_writer_gives_a_clear_error(folder: Path) -> None:
    """What was being written is lost with a word, and the store can write it again."""
    writer = TantivyIndex(folder, FewConcepts())
    writer.apply([abstract("Later", "Wombats.")])
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(IndexBroken):
        writer.commit(6)
    writer.clear()
    assert writer.state() == "ready"
    writer.close()


def test_another_vocabulary_leaves_the_index_behind(folder: Path) -> None:
    """It still answers, and says that it wants a rebuild."""
    index = TantivyIndex(folder, FewConcepts(version="few-2"))
    assert index.state() == "behind"
    assert index.search(Query("sirolimus")).total == 1
    index.clear()
    assert index.state() == "behind"
    index.commit(5)
    assert index.state() == "ready"


def test_another_scheme_leaves_the_index_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Likewise an index that an earlier version of the fields made."""
    monkeypatch.setattr(module, "SCHEME", 999)
    assert TantivyIndex(folder, FewConcepts()).state() == "behind"


def test_another_schema_is_refused_and_cleared(tmp_path: Path) -> None:
    """A folder that holds some other tantivy index is not written to."""
    schema = tantivy.SchemaBuilder().add_text_field("other").build()
    (tmp_path / "index").mkdir()
    tantivy.Index(schema, str(tmp_path / "index")).writer(15_000_000, 1).commit()
    index = TantivyIndex(tmp_path / "index", FewConcepts())
    with pytest.raises(IndexBroken):
        index.apply(LIBRARY)
    index.clear()
    assert index.state() == "ready"
    index.close()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Failed: No space left on device (os error 28)", LibraryFull),
        ("Os { code: 28, kind: StorageFull }", LibraryFull),
        ("LockBusy", LibraryBusy),
        ("anything else", IndexBroken),
    ],
)
def test_what_the_engine_raises_becomes_an_error_of_ours(words: str, kind: type[Exception]) -> None:
    """Every engine error has one of three meanings, each with its remedy."""
    with pytest.raises(kind), module._translated(Path("index")):
        raise ValueError(words)


def test_a_full_disk_keeps_the_last_commit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk takes no more the reader still answers from what is there."""
    index = TantivyIndex(folder, FewConcepts())

    class Full:
        def __getattr__(self, name: str) -> Callable[..., None]:
            def refuse(*_: object) -> None:
                raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")

            return refuse

    monkeypatch.setattr(index, "_written", Full)
    with pytest.raises(LibraryFull, match="Free some space"):
        index.commit(6)
    assert (index.seq, index.search(Query("sirolimus")).total) == (5, 1)


WRITER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[2])
    from search_holdings import FewConcepts, abstract
    from curbside.search.index import TantivyIndex
    index = TantivyIndex(Path(sys.argv[1]), FewConcepts())
    for number in range(1, 10_000):
        index.apply([abstract(f"Number {number}", "Wombats were counted.")])
        index.commit(number)
        print(number, flush=True)
"""


@pytest.mark.slow
def test_after_kill_9_the_index_opens_at_its_last_commit(tmp_path: Path) -> None:
    """Number of the change and documents agree at whatever moment the writer dies."""
    folder = tmp_path / "index"
    for commits in (1, 4, 9):
        command = [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), str(Path(__file__).parents[1])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(commits):
                said = int(writer.stdout.readline())
            os.kill(writer.pid, signal.SIGKILL)
        index = TantivyIndex(folder, FewConcepts())
        assert index.state() == "ready"
        assert index.seq >= said
        assert index.search(Query("wombats", limit=1)).total == index.count() == index.seq
        index.clear()
        index.commit(0)
        index.close()


def test_many_may_read_at_once(folder: Path) -> None:
    """One index serves several threads."""
    index = TantivyIndex(folder, FewConcepts())
    totals: list[int] = []

    def read() -> None:
        totals.extend(index.search(Query("sirolimus rapamycin")).total for _ in range(50))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals == [2] * 200


def test_a_total_counts_documents_not_passages(tmp_path: Path) -> None:
    """Also where more passages match than were fetched."""
    index = TantivyIndex(tmp_path / "index", FewConcepts())
    articles = [long_article(f"Ward {n}", "", {f"S{k}": [FILLER] for k in range(12)}) for n in range(9)]
    index.apply([*articles, *LIBRARY])
    index.commit(1)
    hits = index.search(Query("ward records", limit=2))
    assert (len(hits.hits), hits.total) == (2, 9)
    assert len({hit.document for hit in hits.hits}) == 2
    index.close()
