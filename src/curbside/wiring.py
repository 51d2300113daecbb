"""The one place that names concrete back ends and puts a library together."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self
from weakref import WeakValueDictionary

from curbside.errors import EncoderError, IndexBroken, LibraryBusy, LibraryError
from curbside.inference.manifest import Manifest as EncoderManifest
from curbside.inference.manifest import current_folder, read_manifest
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Added,
    Answer,
    CitedEvidence,
    ConceptKind,
    EvidenceProfile,
    Filters,
    Holding,
    LibraryStatus,
    Raw,
    SimilarTexts,
    Span,
    Study,
    WorkSummary,
)
from curbside.search.base import READY, Index
from curbside.search.fused import FusedIndex
from curbside.search.index import TantivyIndex
from curbside.search.vectors_files import folder_of, forget_others
from curbside.search.vectors_files import read_manifest as read_vectors
from curbside.settings import read_settings
from curbside.store.base import DATABASE, Store
from curbside.store.sqlite import SqliteReader, outdated
from curbside.workflows.ask import ask
from curbside.workflows.follow import in_step
from curbside.workflows.progress import Progress, silent
from curbside.workflows.work import Worker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from curbside.inference.base import Encoder, StanceJudge, SupportChecker
    from curbside.inference.stance import Decision
    from curbside.inference.support import Head
    from curbside.language.scoring import Weights
    from curbside.records.cited import CitationsShown
    from curbside.records.support import SupportLabel, SupportReason
    from curbside.search.vectors_faiss import FaissVectors
    from curbside.workflows.embed import Embedding
    from curbside.workflows.evidence import Ledger
    from curbside.workflows.tallies import Tallied

VOCABULARY = "vocabulary"
"""Folder of a library whose `*.tsv` files widen the shipped vocabulary."""


class Meaning:
    """The second leg of a library: its vectors and the encoder installed, loaded when they are first wanted.

    What is installed is looked at anew each time, so that a server finds an encoder, and vectors, that came after it
    was started. The libraries of one process share what is loaded.
    """

    def __init__(self, folder: Path, home: Path | None) -> None:
        """Join the vectors in a library's `folder` to the encoder installed below `home`; None for off."""
        self._folder = folder
        self._home = home
        self._kept: tuple[EncoderManifest, FaissVectors] | None = None

    def installed(self) -> EncoderManifest | None:
        """Return what the encoder installed says of itself, or None where there is none.

        Raises:
            EncoderError: if it is damaged.
        """
        place = current_folder(self._home) if self._home is not None else None
        return _manifest_of(place) if place is not None else None

    def embedded(self) -> int:
        """Number of documents that have vectors of the encoder installed; cheap.

        Raises:
            EncoderError, IndexBroken: if encoder or vectors are damaged.
        """
        installed = self.installed()
        if installed is None:
            return 0
        manifest = read_vectors(folder_of(self._folder, installed.version), installed.version)
        return manifest.documents if manifest is not None else 0

    def vectors(self) -> FaissVectors | None:
        """Return the vectors of the encoder installed, or None where there are none.

        Raises:
            EncoderError, IndexBroken: if encoder or vectors are damaged.
        """
        installed = self.installed()
        if installed is None:
            return None
        if self._kept is None or self._kept[0] is not installed:
            if not self.embedded():
                return None
            self._kept = (installed, _vectors_of(self._folder, installed.version))
        return self._kept[1] if self._kept[1].documents else None

    def begin(self) -> None:
        """Begin to load vectors and encoder on a thread beside, where there are vectors; whoever asks waits for it.

        What goes wrong there goes wrong again, and is told, where it is wanted.
        """

        def load() -> None:
            with suppress(EncoderError, IndexBroken):
                place = current_folder(self._home) if self._home is not None else None
                if place is not None and self.vectors() is not None:
                    _encoder_of(place)

        threading.Thread(target=load, name="meaning").start()

    def embed(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question.

        Raises:
            EncoderError: if the encoder cannot be used.
        """
        place = current_folder(self._home) if self._home is not None else None
        if place is None:
            raise EncoderError("The encoder was removed meanwhile.")
        return _encoder_of(place).embed([text])[0]


_loading = threading.Lock()
_opening = threading.Lock()
_manifests: dict[Path, EncoderManifest] = {}
_encoders: dict[Path, Encoder] = {}
_vectors: WeakValueDictionary[tuple[Path, str], FaissVectors] = WeakValueDictionary()


def _manifest_of(place: Path) -> EncoderManifest:
    """Return the manifest of an encoder's folder, read once: the folder's name is its version."""
    if place not in _manifests:
        _manifests[place] = read_manifest(place)
    return _manifests[place]


def _encoder_of(place: Path) -> Encoder:
    """Return the encoder of a folder, loaded once for the process; another one before it is let go."""
    with _loading:
        if place not in _encoders:
            from curbside.inference.local import OnnxEncoder  # onnxruntime: slow to import, and often not wanted

            encoder = OnnxEncoder(place)
            _encoders.clear()
            _encoders[place] = encoder
        return _encoders[place]


def _vectors_of(folder: Path, version: str) -> FaissVectors:
    """Return the vectors of a library, opened once for the process, for as long as somebody holds them."""
    with _opening:
        found = _vectors.get((folder, version))
        if found is None:
            try:
                from curbside.search.vectors_faiss import FaissVectors
            except ImportError as error:
                raise EncoderError(f"Vectors need libraries that are not installed ({error}): {_EXTRA}") from None
            found = _vectors[folder, version] = FaissVectors(folder, version)
        return found


_EXTRA = "pip install 'curbside[encoder]'"


@dataclass(frozen=True, slots=True)
class Library:
    """A library that is open; close it, or use it in a `with`.

    Attributes:
        folder: where it lies.
        store: its record of truth.
        index: what finds documents in it.
        vocabulary: the concepts that it knows.
        vocabulary_files: the user's own files among those.
        meaning: the second leg of its search.
    """

    folder: Path
    store: Store
    index: Index
    vocabulary: Vocabulary
    vocabulary_files: tuple[Path, ...] = ()
    meaning: Meaning | None = None

    def add(self, givens: Sequence[Path | Raw], progress: Progress = silent, processes: int | None = None) -> Added:
        """Add files, folders and streams; see `curbside.workflows.add`."""
        from curbside.workflows.add import add  # what reads and changes a library is loaded where it is wanted

        return add(
            givens,
            self.store,
            self.index,
            self.vocabulary,
            progress,
            vocabulary_files=self.vocabulary_files,
            processes=processes,
        )

    def ask(self, question: str, filters: Filters | None = None) -> Answer:
        """Answer a question, or decline; see `curbside.workflows.ask`."""
        return ask(question, self.store, self.index, self.vocabulary, filters)

    def evidence(self, drug: str, condition: str) -> EvidenceProfile:
        """Weigh what is held on a drug for a condition; see `curbside.workflows.evidence`."""
        from curbside.workflows.evidence import evidence  # reading and weighing are loaded where they are wanted

        return evidence(drug, condition, self.store, self.index, self.vocabulary)

    def cited(self, answer: Answer) -> CitedEvidence:
        """Weigh the studies that an answer cites; see `curbside.workflows.evidence.cited`."""
        from curbside.workflows.evidence import cited

        return cited(answer, self.store, self.vocabulary)

    def ledger(self, drug: str = "") -> Ledger:
        """Return the uses of a drug, licensed or not; see `curbside.workflows.evidence.uses`."""
        from curbside.workflows.evidence import uses

        return uses(drug, self.store, self.index, self.vocabulary)

    def study(self, name: str) -> tuple[Holding, Study]:
        """Return a document and the study that it tells of; see `curbside.workflows.evidence.study_of`."""
        from curbside.workflows.evidence import study_of

        return study_of(name, self.store, self.vocabulary)

    def citations(self, name: str, limit: int = 50, offset: int = 0, figures: bool = False) -> CitationsShown:
        """Return who cites a work or an author, and what it cites; see `curbside.workflows.cited.citations`.

        With `figures` findings of both works stand beside a stance; reading them takes seconds.
        """
        from curbside.workflows.cited import citations
        from curbside.workflows.cites import shipped_judge

        shown = citations(name, self.store, self.index, shipped_judge(), limit, offset)
        if not figures:
            return shown
        from curbside.workflows.figures import with_figures

        return with_figures(shown, self.store, self.vocabulary)

    def similar(self, name: str, limit: int = 10) -> SimilarTexts:
        """Return the works that resemble one; see `curbside.workflows.similar.similar_works`."""
        from curbside.workflows.similar import similar_works

        vectors = None
        if self.meaning is not None:
            with suppress(EncoderError, IndexBroken):  # `curbside encoder status` and `curbside work` say what is wrong
                vectors = self.meaning.vectors()
        return similar_works(name, self.store, self.index, self.vocabulary, vectors, limit)

    def posts(self, name: str, limit: int = 6) -> SimilarTexts:
        """Return the questions and posts on the subject of a work; see `curbside.workflows.similar.similar_posts`."""
        from curbside.workflows.similar import similar_posts

        return similar_posts(name, self.store, self.index, self.vocabulary, limit)

    def summary(self, name: str) -> tuple[Holding, WorkSummary]:
        """Return the short of a work and a plain account; see `curbside.workflows.summary.summary_of`."""
        from curbside.workflows.summary import summary_of

        return summary_of(name, self.store, self.vocabulary)

    def tally_of_work(self, name: str, retracted: bool = False) -> Tallied:
        """Count how a work is cited; see `curbside.workflows.tallies`."""
        from curbside.workflows.cites import shipped_judge
        from curbside.workflows.tallies import tally_of_work

        return tally_of_work(name, self.store, shipped_judge(), retracted)

    def tally_of_author(self, name: str, retracted: bool = False) -> Tallied:
        """Count how an author's works are cited; see `curbside.workflows.tallies`."""
        from curbside.workflows.cites import shipped_judge
        from curbside.workflows.tallies import tally_of_author

        return tally_of_author(name, self.store, self.index, shipped_judge(), retracted)

    def tally_of_claim(self, drug: str, condition: str, retracted: bool = False) -> Tallied:
        """Count how the works on a drug for a condition are cited; see `curbside.workflows.tallies`."""
        from curbside.workflows.cites import shipped_judge
        from curbside.workflows.tallies import tally_of_claim

        judge = shipped_judge()
        return tally_of_claim(drug, condition, self.store, self.index, self.vocabulary, judge, retracted)

    def remove(self, texts: Sequence[str]) -> Added:
        """Take away what is named; see `curbside.workflows.remove`."""
        from curbside.workflows.remove import remove

        return remove(texts, self.store, self.index)

    def rebuild(self, progress: Progress = silent) -> int:
        """Make the index anew; see `workflows.rebuild`.

        Vectors that are whole stay: each belongs to a text and a text never changes under its id. Others are dropped,
        and `curbside work` makes them anew.
        """
        from curbside.workflows.rebuild import rebuild

        documents = rebuild(self.store, self.index, self.vocabulary, progress)
        installed = self.meaning.installed() if self.meaning is not None else None
        if installed is not None and folder_of(self.folder, installed.version).is_dir():
            vectors = _vectors_of(self.folder, installed.version)
            if vectors.state() != READY:
                vectors.clear()
        return documents

    def status(self) -> LibraryStatus:
        """Count what is held; see `curbside.workflows.status`."""
        from curbside.workflows.status import status

        encoder, embedded = "", 0
        if self.meaning is not None:
            with suppress(EncoderError, IndexBroken):  # `curbside encoder status` and `curbside work` say what is wrong
                installed = self.meaning.installed()
                encoder = installed.name if installed is not None else ""
                embedded = self.meaning.embedded()
        return status(self.store, self.index, self.vocabulary, encoder, embedded)

    def unembedded(self) -> int:
        """Number of documents that wait for their vectors; 0 without an encoder."""
        told = self.status() if self.meaning is not None else None
        return told.documents - told.embedded if told is not None and told.encoder else 0

    def close(self) -> None:
        """Let go of files and locks."""
        self.index.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_library(
    folder: Path, write: bool = False, meaning: bool = True, paths: bool = True, soon: bool = False
) -> Library:
    """Open the library in `folder`, for writing where `write` is set; that makes it where there is none.

    It is searched by words, and by meaning too where an encoder is installed (CURBSIDE_ENCODER), there are vectors of
    it, and `meaning` is set. Opened for reading without `paths`, it tells of the files that documents came from by
    their names, not where on this machine they lay: for doors that others may come through. Where a question follows
    `soon`, what meaning needs is loaded while the rest is. An index that is missing,
    broken or behind is mended first, unless another process is writing at the moment: then what is there serves as it
    is.

    Raises:
        LibraryError: if there is no library and `write` is not set, or it is damaged.
        LibraryBusy: if `write` is set and another process is writing.
        LibraryTooNew: if a later version of Curbside made it.
    """
    folder = folder.expanduser().absolute()
    home = read_settings(os.environ, Path.home()).encoder if meaning else None
    leg = Meaning(folder, home) if home is not None else None
    if leg is not None and soon:
        leg.begin()
    files = tuple(sorted((folder / VOCABULARY).glob("*.tsv")))
    vocabulary = Vocabulary.shipped(files)
    words = TantivyIndex(folder / "index", vocabulary)
    index: Index = FusedIndex(words, leg.vectors, leg.embed) if leg is not None else words
    if not write and outdated(folder):
        _writable(folder).close()
    store: Store = _writable(folder) if write else SqliteReader(folder, paths)
    library = Library(folder, store, index, vocabulary, files, leg)
    if write:
        from curbside.workflows.rebuild import mend

        mend(store, index, vocabulary)
    elif not in_step(store, index):
        _mend_beside(library)
    return library


def _writable(folder: Path) -> Store:
    # Changing a library takes SQLAlchemy, whose import alone is most of what a first answer may take.
    from curbside.store.writing import SqliteStore

    return SqliteStore(folder)


def _mend_beside(library: Library) -> None:
    """Mend the index of a library that was opened for reading, if nobody writes and the disk lets us."""
    from curbside.workflows.rebuild import mend

    with suppress(LibraryError, IndexBroken):
        store = _writable(library.folder)
        try:
            mend(store, library.index, library.vocabulary)
        finally:
            library.index.close()
            store.close()


def stance_judge(kind: str = "rules") -> StanceJudge:
    """Return a judge of stance: one of `STANCE_JUDGES`.

    Raises:
        KeyError: if there is none of that kind.
    """
    return STANCE_JUDGES[kind]()


def _rules_judge() -> StanceJudge:
    from curbside.inference.stance_rules import RulesJudge
    from curbside.language.stance_rules import ruled

    return RulesJudge(ruled)


def _trained_judge() -> StanceJudge:
    from curbside.workflows.cites import shipped_judge  # what reads files for an add has no wiring, and judges with it

    return shipped_judge()


STANCE_JUDGES: Mapping[str, Callable[[], StanceJudge]] = MappingProxyType(
    {"rules": _rules_judge, "trained": _trained_judge}
)
"""Kind of judge -> what makes it."""


def support_checker(kind: str = "rules", meaning: bool = True) -> SupportChecker:
    """Return a checker of support: one of `SUPPORT_CHECKERS`.

    Without `meaning` the trained one goes by words alone, whether or not an encoder is installed.

    Raises:
        KeyError: if there is none of that kind.
        EncoderError: if the encoder that is installed is damaged.
    """
    return SUPPORT_CHECKERS[kind](meaning)


@cache
def _rarity() -> Mapping[str, float]:
    from curbside.inference.support import rarity

    return rarity()


def named_in(text: str) -> dict[str, Span]:
    """Return the drugs and conditions that a text names: id -> where first."""
    mentions = Vocabulary.shipped().mentions(text)
    return {mention.concept: mention.span for mention in reversed(mentions) if mention.kind in _NAMED_KINDS}


_NAMED_KINDS = frozenset({ConceptKind.DRUG, ConceptKind.CONDITION})


def _rules_checker(meaning: bool) -> SupportChecker:
    del meaning
    from curbside.inference.support_rules import RulesChecker
    from curbside.language.support_reading import paired
    from curbside.language.support_rules import Ruled, ruled

    def rules(claim: str, evidence: str) -> Ruled:
        return ruled(claim, evidence, paired(claim, evidence, _rarity()), named_in)

    return RulesChecker(rules)


def _trained_checker(meaning: bool) -> SupportChecker:
    from curbside.inference.support import TrainedChecker
    from curbside.language import support_rules

    def read(claim: str, evidence: str) -> tuple[dict[str, float], tuple[SupportReason, ...], SupportLabel | None]:
        return support_rules.read(claim, evidence, _rarity(), named_in)

    weights, decision = _support_weights()
    head = _support_head() if meaning else None
    home = read_settings(os.environ, Path.home()).encoder if head is not None else None
    place = current_folder(home) if home is not None else None
    if head is None or place is None or _manifest_of(place).version != head.vectors.version:
        return TrainedChecker(read, weights, decision)
    return TrainedChecker(read, weights, decision, head, _encoder_of(place))


@cache
def _support_weights() -> tuple[Weights, Decision]:
    from curbside.inference import support
    from curbside.inference.stance import decision
    from curbside.language.scoring import loaded

    return loaded(support.shipped(support.WEIGHTS)), decision(support.shipped(support.DECISION))


@cache
def _support_head() -> Head:
    from curbside.inference import support
    from curbside.inference.stance import decision
    from curbside.language.scoring import loaded

    return support.Head(
        loaded(support.shipped(support.BOTH_WEIGHTS)),
        support.shipped_vectors(),
        decision(support.shipped(support.BOTH_DECISION)),
    )


SUPPORT_CHECKERS: Mapping[str, Callable[[bool], SupportChecker]] = MappingProxyType(
    {"rules": _rules_checker, "trained": _trained_checker}
)
"""Kind of checker -> what makes it, told whether an encoder may have a say."""

LOOKED_OVER_S = 600.0
"""After what time a worker that has nothing to do looks whether the vectors are still whole."""


class EmbedWorker:
    """Makes vectors for what a library holds and does not have them yet; see `curbside.workflows.embed`.

    It reads the store and writes nothing but vectors, so nobody who adds ever waits for it.
    """

    def __init__(self, folder: Path, progress: Progress = silent) -> None:
        """Work on the library in `folder`, which need not be there yet."""
        self._folder = folder.expanduser().absolute()
        self._progress = progress
        self._store: Store | None = None
        self._embedding: Embedding | None = None
        self._mark: tuple[object, ...] = ()
        self._opened = 0.0

    def step(self) -> int | None:
        """Embed a batch; None where nothing waits, or there is no library or no encoder."""
        home = read_settings(os.environ, Path.home()).encoder
        place = current_folder(home) if home is not None else None
        database = self._folder / DATABASE
        if place is None or not database.is_file() or outdated(self._folder):
            self.close()
            return None
        mark = (place, database.stat().st_ino)
        if self._embedding is None or self._mark != mark:
            self._open(place, mark)
        assert self._embedding is not None
        try:
            if self._embedding.in_step():
                if time.monotonic() - self._opened > LOOKED_OVER_S:
                    self.close()
                return None
            done = self._embedding.step()
            if self._embedding.in_step():
                forget_others(folder_of(self._folder, _manifest_of(place).version))
        except IndexBroken:
            self.close()  # opened again they are looked over, and begun anew
            return 0
        return done

    def _open(self, place: Path, mark: tuple[object, ...]) -> None:
        self.close()
        from curbside.workflows.embed import Embedding

        store = SqliteReader(self._folder)
        try:
            vectors = _vectors_of(self._folder, _manifest_of(place).version)
            self._embedding = Embedding(store, vectors, lambda texts: _encoder_of(place).embed(texts), self._progress)
        except BaseException:
            store.close()
            raise
        self._store, self._mark, self._opened = store, mark, time.monotonic()

    def close(self) -> None:
        """Let go of the store."""
        store, self._store, self._embedding = self._store, None, None
        if store is not None:
            store.close()


class ReceiveWorker:
    """Adds what was uploaded, one upload after the other; see `curbside.workflows.receive`."""

    def __init__(self, folder: Path, progress: Progress = silent) -> None:
        """Work on the library in `folder`, which is made with the first upload; `progress` is told by the inbox."""
        del progress
        from curbside.store.inbox import Inbox

        self._folder = folder.expanduser().absolute()
        self._inbox = Inbox(self._folder)

    def step(self) -> int | None:
        """Add the oldest upload; return 1 if that is done, 0 if it has to go on later, None where none waits.

        Raises:
            LibraryBusy: if another process writes; the upload says so meanwhile.
            LibraryFull: if the disk took no more.
        """
        from curbside.workflows.receive import receive

        waiting = self._inbox.waiting()
        if not waiting:
            return None
        try:
            library = open_library(self._folder, write=True, meaning=False)
        except LibraryBusy as error:
            if self._inbox.get(waiting[0]).why != str(error):
                self._inbox.put_off(waiting[0], str(error), attempted=False)
            raise
        with library:
            return int(receive(self._inbox, waiting[0], library.store, library.add))

    def close(self) -> None:
        """Hold nothing between steps."""


class CiteWorker:
    """Reads again who cites whom where an earlier version read it, or none did; see `curbside.workflows.cites`."""

    def __init__(self, folder: Path, progress: Progress = silent) -> None:
        """Work on the library in `folder`, which need not be there yet."""
        self._folder = folder.expanduser().absolute()
        self._progress = progress
        self._seen: tuple[int, ...] = ()

    def step(self) -> int | None:
        """Make some documents again; None where nothing waits or there is no library.

        Raises:
            LibraryBusy: if another process writes.
        """
        from curbside.workflows.cites import relink, waiting

        database = self._folder / DATABASE
        if not database.is_file() or outdated(self._folder):
            return None
        log = database.with_name(f"{DATABASE}-wal")
        mark = tuple(n for f in (database, log) if f.exists() for n in (f.stat().st_ino, f.stat().st_mtime_ns))
        if mark == self._seen:
            return None  # nothing was written since all was found to be in order
        reader = SqliteReader(self._folder)
        try:
            if not waiting(reader):
                self._seen = mark
                return None
        finally:
            reader.close()
        store = _writable(self._folder)
        try:
            return relink(store, self._progress, _RELINKED)
        finally:
            store.close()

    def close(self) -> None:
        """Hold nothing between steps."""


_RELINKED = 50
"""Documents that are read again in one step of a second or two."""

JOBS: Mapping[str, Callable[[Path, Progress], Worker]] = MappingProxyType(
    {"receive": ReceiveWorker, "cite": CiteWorker, "embed": EmbedWorker}
)
"""Kind of work -> what makes its worker, given a library's folder and whom to tell how far it is; in their turns."""
