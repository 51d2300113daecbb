"""Vectors follow the store: what is embedded, once; what goes; who else writes; and the work that does it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("faiss", reason="vectors need the extra `encoder`")
pytest.importorskip("onnxruntime", reason="an encoder needs the extra `encoder`")

from curbside.errors import EncoderError, LibraryBusy, LibraryFull
from curbside.records import Query, Raw
from curbside.search.vectors_faiss import FaissVectors
from curbside.search.vectors_files import MANIFEST, folder_of
from curbside.store.base import Store
from curbside.store.writing import MemoryStore
from curbside.wiring import JOBS, EmbedWorker, open_library
from curbside.workflows import embed as module
from curbside.workflows.embed import Embedding
from curbside.workflows.progress import Step
from curbside.workflows.work import work
from file_makers import articles
from installing import installed
from meanings import VERSION, Meanings, vector
from store_makers import entry, put


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of six documents."""
    made = MemoryStore(tmp_path / "library")
    put(made, *(entry(f"Platelets of child number {number}.", pmid=str(number)) for number in range(1, 7)))
    yield made
    made.close()


@pytest.fixture
def vectors(tmp_path: Path) -> FaissVectors:
    """Vectors that never held anything."""
    return FaissVectors(tmp_path / "library", VERSION)


@pytest.fixture
def encoder() -> Meanings:
    """A fake encoder that remembers what it embedded."""
    return Meanings()


def finish(embedding: Embedding) -> int:
    """Work until all is embedded; return in how many steps."""
    steps = 0
    while not embedding.in_step():
        embedding.step()
        steps += 1
    return steps


def test_everything_in_the_store_gets_vectors(store: Store, vectors: FaissVectors, encoder: Meanings) -> None:
    """And then nothing waits."""
    embedding = Embedding(store, vectors, encoder.embed)
    finish(embedding)
    assert (vectors.documents, vectors.seq) == (6, store.seq)
    assert embedding.step() == 0
    assert vectors.nearest(vector("bleeding children"), 1)[0].score > 0.9


def test_it_goes_on_where_another_process_ended(
    store: Store, vectors: FaissVectors, encoder: Meanings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is committed as soon as it is made, and nothing is embedded twice."""
    monkeypatch.setattr(module, "TEXTS", 2)
    assert Embedding(store, vectors, encoder.embed).step() == 2
    later = FaissVectors(store.folder, VERSION)
    assert later.documents == 2
    assert finish(Embedding(store, later, encoder.embed)) == 2
    assert (vectors.documents, len(encoder.texts), len(set(encoder.texts))) == (6, 6, 6)


def test_what_is_said_anew_of_a_document_embeds_nothing(store: Store, vectors: FaissVectors, encoder: Meanings) -> None:
    """The id of a document is its content: a notice on it, or a new profile, leaves its vectors."""
    finish(Embedding(store, vectors, encoder.embed))
    before = store.seq
    for holding in list(store.live_holdings()):
        store.reprofile({holding.document.id: holding.profile}, "again")
    assert store.seq > before
    finish(Embedding(store, vectors, encoder.embed))
    assert len(encoder.texts) == 6
    assert vectors.seq == store.seq


def test_what_was_removed_loses_its_vectors(store: Store, vectors: FaissVectors, encoder: Meanings) -> None:
    """And what takes the place of an earlier version takes it here too."""
    finish(Embedding(store, vectors, encoder.embed))
    (gone,) = store.resolve("pmid:3")
    (outranked,) = store.resolve("pmid:4")
    store.remove(["pmid:3"])
    put(store, entry("Skin of child number 4.", version=2, pmid="4"), origin="/in/b.xml")
    finish(Embedding(store, vectors, encoder.embed))
    assert vectors.holding([gone, outranked]) == frozenset()
    assert vectors.holding(store.resolve("pmid:4"))
    assert vectors.documents == 5


def test_what_comes_and_goes_before_its_turn_is_never_embedded(
    store: Store, vectors: FaissVectors, encoder: Meanings
) -> None:
    """Only what is live is."""
    store.remove(["pmid:1", "pmid:2"])
    finish(Embedding(store, vectors, encoder.embed))
    assert len(encoder.texts) == vectors.documents == 4


def test_vectors_cleared_under_a_batch_are_made_from_the_beginning(
    store: Store, vectors: FaissVectors, encoder: Meanings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebuild in another process wins; the batch that was on its way is dropped."""
    monkeypatch.setattr(module, "TEXTS", 2)
    other = FaissVectors(store.folder, VERSION)

    def interrupted(texts: object) -> object:
        other.clear()
        return encoder.embed(texts)  # type: ignore[arg-type]

    embedding = Embedding(store, vectors, encoder.embed)
    embedding.step()
    assert Embedding(store, vectors, interrupted).step() == 0  # type: ignore[arg-type]
    assert (vectors.seq, vectors.documents) == (0, 0)
    finish(embedding)
    assert vectors.documents == 6


def test_vectors_that_know_more_than_the_store_are_begun_anew(
    store: Store, vectors: FaissVectors, encoder: Meanings
) -> None:
    """A library brought back from a backup."""
    vectors.apply([])
    vectors.commit(store.seq + 100)
    finish(Embedding(store, vectors, encoder.embed))
    assert (vectors.documents, vectors.seq) == (6, store.seq)


def test_an_encoder_that_fails_costs_nothing(store: Store, vectors: FaissVectors, encoder: Meanings) -> None:
    """The error is passed on; afterwards it goes on where it was."""
    encoder.broken = EncoderError("The graph is damaged.")
    embedding = Embedding(store, vectors, encoder.embed)
    with pytest.raises(EncoderError):
        embedding.step()
    assert vectors.seq == 0
    encoder.broken = None
    finish(embedding)
    assert vectors.documents == 6


def test_it_tells_how_far_it_is(
    store: Store, vectors: FaissVectors, encoder: Meanings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each batch: documents so far, and the share of what there is to do."""
    monkeypatch.setattr(module, "TEXTS", 2)
    told: list[Step] = []
    finish(Embedding(store, vectors, encoder.embed, told.append))
    assert [step.records for step in told] == [2, 4, 6]
    assert [round(step.size / step.size_total, 2) for step in told] == [0.33, 0.67, 1.0]


class Scripted:
    """A worker that does as it is told: numbers, None, or errors."""

    def __init__(self, *script: object) -> None:
        self.script = list(script)
        self.calls = 0

    def step(self) -> int | None:
        """Return or raise the next word of the script; None for ever after."""
        self.calls += 1
        word = self.script.pop(0) if self.script else None
        if isinstance(word, Exception):
            raise word
        return word  # type: ignore[return-value]

    def close(self) -> None:
        """Nothing to let go of."""


class TestWork:
    """The loop over kinds of work."""

    def test_kinds_take_turns_until_nothing_waits(self) -> None:
        """Each piece of a long one is followed by a look at the other."""
        long, short = Scripted(5, 5, 0, 5), Scripted(None, 1)
        assert work({"long": long, "short": short}, lambda: False, print, pause=lambda _: None) == {
            "long": 15,
            "short": 1,
        }
        assert short.calls >= 4

    def test_who_finds_the_library_busy_waits_and_says_so_once(self) -> None:
        """It is tried again until the other one has ended."""
        said: list[str] = []
        pauses: list[float] = []
        busy = LibraryBusy("process 7 is writing.")
        done = work({"a": Scripted(busy, busy, 2)}, lambda: False, said.append, pause=pauses.append)
        assert (done, said, len(pauses)) == ({"a": 2}, ["Waiting: process 7 is writing."], 2)

    def test_a_failure_ends_it_unless_it_follows(self) -> None:
        """Once: the error is the caller's. Following: it is told, the other kinds go on, and it is tried again."""
        with pytest.raises(LibraryFull):
            work({"a": Scripted(LibraryFull("full"))}, lambda: False, print)
        now = [0.0]

        def pause(seconds: float) -> None:
            now[0] += seconds

        said: list[str] = []
        failing, other = Scripted(LibraryFull("full"), 3), Scripted(1, 1)
        done = work(
            {"a": failing, "b": other},
            lambda: now[0] > 40,
            said.append,
            follow=True,
            pause=pause,
            clock=lambda: now[0],
        )
        assert (done, said) == ({"a": 3, "b": 2}, ["full"])

    def test_it_stops_when_asked(self) -> None:
        """After the piece at hand."""
        endless = Scripted(*[1] * 100)
        assert work({"a": endless}, lambda: endless.calls >= 3, print, follow=True) == {"a": 3}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the tiny encoder installed, which the settings name."""
    monkeypatch.setenv("CURBSIDE_ENCODER", str(tmp_path / "encoder"))
    installed(tmp_path / "encoder")
    return tmp_path / "encoder"


def filled(folder: Path, first: int = 1, count: int = 20) -> Path:
    """Add some articles to a library."""
    with open_library(folder, write=True) as library:
        library.add([Raw(f"{first}.xml", articles(first, count))], processes=0)
    return folder


def embedded(folder: Path) -> int:
    """Do the work that waits; return how many documents were embedded."""
    worker = EmbedWorker(folder)
    done = 0
    while (found := worker.step()) is not None:
        done += found
    worker.close()
    return done


class TestALibrary:
    """Adding, working, searching, removing and rebuilding together, with a real encoder."""

    def test_the_kinds_of_work_are_a_table(self) -> None:
        """Embedding is one of them."""
        assert JOBS["embed"] is EmbedWorker

    def test_what_is_added_is_searchable_at_once_and_by_meaning_after_work(self, tmp_path: Path, home: Path) -> None:
        """Status says by which legs."""
        folder = filled(tmp_path / "library")
        with open_library(folder) as library:
            assert library.index.search(Query("sirolimus")).total == 20
            status = library.status()
            assert (status.legs, status.embedded, library.unembedded()) == (("words",), 0, 20)
            assert embedded(folder) == 20
            status = library.status()  # the library that was open all the while
            assert (status.legs, status.embedded, library.unembedded()) == (("words", "meaning"), 20, 0)
            assert status.encoder
            assert library.index.search(Query("sirolimus")).hits[0].score <= 1.0
        filled(folder, 100, 5)
        with open_library(folder) as library:
            assert library.unembedded() == 5
            assert library.index.search(Query("sirolimus")).total == 25
        assert embedded(folder) == 5
        assert EmbedWorker(folder).step() is None

    def test_without_an_encoder_nothing_of_it_happens(self, tmp_path: Path) -> None:
        """No folder is made, no work is done, words answer."""
        folder = filled(tmp_path / "library")
        assert embedded(folder) == 0
        assert not (folder / "vectors").exists()
        with open_library(folder) as library:
            status = library.status()
            assert (status.legs, status.encoder, status.embedded, library.unembedded()) == (("words",), "", 0, 0)

    def test_a_removed_document_is_never_found_again(self, tmp_path: Path, home: Path) -> None:
        """Neither before the work nor after it; its vectors go with the work."""
        folder = filled(tmp_path / "library")
        embedded(folder)
        with open_library(folder, write=True) as library:
            (gone,) = library.store.resolve("pmid:7")
            library.remove(["pmid:7"])
        for documents in (20, 19):
            with open_library(folder) as library:
                hits = library.index.search(Query("record number 7 about sirolimus", limit=50)).hits
                assert gone not in {hit.document for hit in hits}
                assert library.meaning is not None and library.meaning.embedded() == documents
            embedded(folder)

    def test_a_rebuild_keeps_vectors_that_are_whole(self, tmp_path: Path, home: Path) -> None:
        """Their texts are what they were."""
        folder = filled(tmp_path / "library")
        embedded(folder)
        with open_library(folder, write=True) as library:
            library.rebuild()
            assert library.status().legs == ("words", "meaning")
            assert library.unembedded() == 0
        assert embedded(folder) == 0

    def test_a_rebuild_begins_damaged_vectors_anew(self, tmp_path: Path, home: Path) -> None:
        """Until they are made again words answer alone."""
        folder = filled(tmp_path / "library")
        embedded(folder)
        (codes,) = (folder / "vectors").glob("*/codes-*")
        codes.write_bytes(codes.read_bytes()[:-5])
        with open_library(folder, write=True) as library:
            library.rebuild()
            assert library.status().legs == ("words",)
            assert library.unembedded() == 20
        assert embedded(folder) == 20

    def test_another_encoder_makes_others_beside_the_old(self, tmp_path: Path, home: Path) -> None:
        """The old ones go once the new ones are whole; meanwhile words answer, since they are never compared."""
        folder = filled(tmp_path / "library")
        embedded(folder)
        old = next((folder / "vectors").glob(f"*/{MANIFEST}")).parent
        version = installed(home, seed=8)
        assert folder_of(folder, version) != old
        with open_library(folder) as library:
            assert library.status().legs == ("words",)
        worker = EmbedWorker(folder)
        assert old.is_dir()
        assert worker.step() == 20
        worker.close()
        assert not old.exists()
        with open_library(folder) as library:
            assert library.status().legs == ("words", "meaning")

    def test_what_a_question_needs_is_loaded_beside(
        self, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where a question is said to follow; it is answered as by a library that loads when it is asked."""
        folder = filled(tmp_path / "library")
        with open_library(folder, soon=True) as library:  # there is nothing yet that could be loaded
            told = library.index.search(Query("sirolimus children"))
            assert not told.notes
        embedded(folder)
        with open_library(folder) as library:
            expected = library.index.search(Query("sirolimus children"))
        kept: dict[Path, object] = {}
        monkeypatch.setattr("curbside.wiring.meaning._encoders", kept)
        with open_library(folder, soon=True) as library:
            for thread in threading.enumerate():
                if thread.name == "meaning":
                    thread.join(240)
            assert len(kept) == 1
            assert library.index.search(Query("sirolimus children")) == expected

    def test_what_is_damaged_is_told_where_it_is_wanted(
        self, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Loading beside says nothing of it and breaks nothing."""
        folder = filled(tmp_path / "library")
        embedded(folder)
        next(home.glob("*/model.onnx")).write_bytes(b"{}")
        monkeypatch.setattr("curbside.wiring.meaning._encoders", {})
        with open_library(folder, soon=True) as library:
            assert library.index.search(Query("sirolimus")).notes[0].startswith("searched by words alone: ")

    def test_an_advanced_search_and_status_load_no_encoder(
        self, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """They cost what they cost without one."""
        folder = filled(tmp_path / "library")
        embedded(folder)
        monkeypatch.setattr("curbside.inference.local.OnnxEncoder.__init__", None)
        monkeypatch.setattr("curbside.wiring.meaning._encoders", {})
        with open_library(folder) as library:
            assert library.status().legs == ("words", "meaning")
            assert library.index.search(Query("title:sirolimus", advanced=True)).total == 20

    @pytest.mark.parametrize("name", ["model.onnx", "manifest.json"])
    def test_a_damaged_encoder_leaves_the_words(
        self, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        """Searching goes on and says so."""
        folder = filled(tmp_path / "library")
        embedded(folder)
        next(home.glob(f"*/{name}")).write_bytes(b"{}")
        monkeypatch.setattr("curbside.wiring.meaning._encoders", {})
        monkeypatch.setattr("curbside.wiring.meaning._manifests", {})
        with open_library(folder) as library:
            hits = library.index.search(Query("sirolimus"))
            assert hits.total == 20
            assert hits.notes and hits.notes[0].startswith("searched by words alone: ")
            assert library.status().documents == 20
            assert any("words alone" in note for note in library.ask("Does sirolimus help children?").notes)
