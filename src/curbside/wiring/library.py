"""A library that is open, with what can be done with it; and how one is put together."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from curbside.errors import EncoderError, IndexBroken, LibraryError
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Added,
    Answer,
    Asked,
    CitedEvidence,
    EvidenceProfile,
    Filters,
    Holding,
    LibraryStatus,
    Raw,
    SimilarTexts,
    Study,
    WorkSummary,
)
from curbside.search.base import READY, Index
from curbside.search.fused import FusedIndex
from curbside.search.index import TantivyIndex
from curbside.search.vectors_files import folder_of
from curbside.settings import read_settings
from curbside.store.base import Store
from curbside.wiring.meaning import Meaning, vectors_of
from curbside.wiring.stores import outdated, readable, writable
from curbside.workflows.ask import ask
from curbside.workflows.follow import in_step
from curbside.workflows.progress import Progress, Stage, Upkeep, silent, unheard

if TYPE_CHECKING:
    from curbside.records.audience import PatientView, ResearcherView
    from curbside.records.cited import CitationsShown
    from curbside.store.threads import ThreadStore
    from curbside.workflows.ask import Reading, Searched, Understood
    from curbside.workflows.evidence import Ledger
    from curbside.workflows.reword import Asked as ModelAsked
    from curbside.workflows.tallies import Tallied
    from curbside.workflows.thread import Told, Turns

VOCABULARY = "vocabulary"
"""Folder of a library whose `*.tsv` files widen the shipped vocabulary."""


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

    def reword(self, answer: Answer, audience: str = "clinician", asked: ModelAsked | None = None) -> Answer:
        """Return an answer in a language model's words where they pass the guards; see `curbside.workflows.reword`.

        Without `asked` the model is the one that is set; where none is, the answer is returned as it is.
        """
        from curbside.wiring.model import language_model

        asked = asked or language_model(self.folder)
        if asked is None:
            return answer
        from curbside.workflows.reword import reword

        return reword(answer, self.store, self.index, self.vocabulary, asked, audience)

    def for_patient(self, answer: Answer) -> PatientView:
        """Return an answer in a patient's words; see `curbside.workflows.audience.for_patient`."""
        from curbside.workflows.audience import for_patient

        return for_patient(answer, self.store, self.vocabulary)

    def for_researcher(self, answer: Answer) -> ResearcherView:
        """Return an answer with its table, search and flow; see `curbside.workflows.audience.for_researcher`."""
        from curbside.workflows.audience import for_researcher

        return for_researcher(answer, self.store, self.vocabulary)

    def turn(
        self, question: str, before: Turns = (), filters: Filters | None = None, drop: Collection[str] = ()
    ) -> Told:
        """Answer the next question of a thread; see `curbside.workflows.thread.taking`."""
        from curbside.workflows.thread import Told

        *_, told = self.taking(question, before, filters, drop)
        assert isinstance(told, Told)
        return told

    def taking(
        self, question: str, before: Turns = (), filters: Filters | None = None, drop: Collection[str] = ()
    ) -> Iterator[Understood | Searched | Reading | Told]:
        """Yield how far the answer to the next question of a thread is, and the turn last."""
        from curbside.workflows.thread import taking  # a question that follows none needs nothing of it

        year = datetime.now(UTC).year
        return taking(question, before, self.store, self.index, self.vocabulary, filters, drop, year)

    def anew(self, asked: Asked, threads: ThreadStore) -> Answer:
        """Answer a kept question, which may be a turn of a thread, from the library as it is now.

        Raises:
            NotHeld: if the thread was forgotten.
        """
        if not asked.thread:
            return self.ask(asked.question, asked.filters)
        return self.retold(threads.get(asked.thread).turns[: asked.turn])

    def retold(self, turns: Turns) -> Answer:
        """Answer the last of some turns anew; see `curbside.workflows.thread.retold`."""
        from curbside.workflows.thread import retold

        return retold(turns, self.store, self.index, self.vocabulary)

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

    def rebuild(self, progress: Progress = silent, upkeep: Upkeep = unheard) -> int:
        """Make the index anew; see `workflows.rebuild`.

        Vectors that are whole stay: each belongs to a text and a text never changes under its id. Others are dropped,
        and `curbside work` makes them anew.
        """
        from curbside.workflows.rebuild import rebuild

        documents = rebuild(self.store, self.index, self.vocabulary, progress, upkeep)
        installed = self.meaning.installed() if self.meaning is not None else None
        if installed is not None and folder_of(self.folder, installed.version).is_dir():
            vectors = vectors_of(self.folder, installed.version)
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
    folder: Path,
    write: bool = False,
    meaning: bool = True,
    paths: bool = True,
    soon: bool = False,
    upkeep: Upkeep = unheard,
) -> Library:
    """Open the library in `folder`, for writing where `write` is set; that makes it where there is none.

    It is searched by words, and by meaning too where an encoder is installed (CURBSIDE_ENCODER), there are vectors of
    it, and `meaning` is set. Opened for reading without `paths`, it tells of the files that documents came from by
    their names, not where on this machine they lay: for doors that others may come through. Where a question follows
    `soon`, what meaning needs is loaded while the rest is. An index that is missing,
    broken or behind is mended first, unless another process is writing at the moment: then what is there serves as it
    is. A library of an earlier version is upgraded first. Both may take minutes: `upkeep` is told of it.

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
    if outdated(folder):
        upkeep(Stage.TABLES, 0)
        if not write:
            writable(folder).close()
    store = writable(folder) if write else readable(folder, paths)
    library = Library(folder, store, index, vocabulary, files, leg)
    if write:
        from curbside.workflows.rebuild import mend

        mend(store, index, vocabulary, upkeep)
    elif not in_step(store, index):
        _mend_beside(library, upkeep)
    return library


def _mend_beside(library: Library, upkeep: Upkeep) -> None:
    """Mend the index of a library that was opened for reading, if nobody writes and the disk lets us."""
    from curbside.workflows.rebuild import mend

    with suppress(LibraryError, IndexBroken):
        store = writable(library.folder)
        try:
            mend(store, library.index, library.vocabulary, upkeep)
        finally:
            library.index.close()
            store.close()
