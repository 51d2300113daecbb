"""A small library and its desk, with an article that was read, signed and approved, to make bundles of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from curbside.desk.articles import Step, reading
from curbside.records import Article, Person, ReviewWord, Role
from curbside.records.bundle import FORMAT, Bundle, BundleFile
from curbside.store.desk import SqlDesk
from curbside.wiring import Library, open_library
from curbside.workflows import articles as work
from curbside.workflows.bundle import bundle_of_article
from curbside.workflows.verify import Verified, verify
from curbside.writers.bundle import bundle_text
from desk_makers import Clock, person

QUESTION = "Does topical sirolimus improve facial angiofibroma?"


def record(pmid: int, words: str = "", **fields: object) -> dict[str, object]:
    """A small trial of topical sirolimus as a plain record."""
    title = f"Topical sirolimus for facial angiofibroma: trial {pmid}"
    words = words or (
        "In this randomised trial facial angiofibroma improved with topical sirolimus in 31 of 40 patients. "
        "Irritation occurred in 3 of 40 patients and may be mild."
    )
    return {"pmid": str(pmid), "title": title, "abstract": words, "year": 2018, **fields}


def library_in(folder: Path, *records: dict[str, object]) -> Path:
    """A library of some records; adds to what is there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    source = folder.parent / f"{folder.name}{len(list(folder.parent.iterdir()))}.jsonl"
    source.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with open_library(folder, write=True) as library:
        library.add([source])
    return folder


class Desk:
    """A library with a desk and one approved article; the clock goes on between two deeds."""

    def __init__(self, folder: Path) -> None:
        self.folder = library_in(folder / "library", record(1))
        self.clock = Clock(1_736_928_000.0)  # before any clock that a command goes by
        self.desk = SqlDesk.beside(self.folder, self.clock)
        self.author = person(1, Role.AUTHOR, conflicts="None.")
        self.reviewer = person(2, Role.REVIEWER, conflicts="Paid talks for a maker of ointments.")
        self.editor = person(3, Role.EDITOR, conflicts="None.")
        with self.desk.writing() as change:
            for each in (self.author, self.reviewer, self.editor):
                change.put(each)
        with self.opened() as library:
            self.article = work.draft(self.desk, self.author, library.ask(QUESTION), library.store)
        self.elsewhere()
        self.review()

    @property
    def id(self) -> str:
        """Of the article."""
        return self.article.id

    def opened(self) -> Library:
        """The library, open for reading."""
        return open_library(self.folder)

    def tick(self) -> None:
        """Let a minute pass."""
        self.clock.now += 60

    def elsewhere(self, count: int = 3) -> None:
        """Let others do things that the log holds too."""
        for _ in range(count):
            self.tick()
            with self.desk.writing() as change:
                change.log("p0000000000000009", "person.signed in", "p0000000000000009")

    def step(self, who: Person, step: Step, words: str = "") -> None:
        """Take a step."""
        self.tick()
        seen = reading(self.article) if step is Step.APPROVE else ""
        self.article = work.take(self.desk, who, self.id, step, words, seen=seen)

    def sign(self, word: ReviewWord = ReviewWord.SIGNED, words: str = "") -> None:
        """Say a word on every claim that stands."""
        for claim in self.article.version.standing:
            self.tick()
            self.article = work.sign(self.desk, self.reviewer, self.id, claim.number, claim.key, word, words)

    def review(self) -> None:
        """From draft to approval, with others' doings between."""
        self.step(self.author, Step.SUBMIT)
        self.tick()
        work.assign(self.desk, self.editor, self.id, [self.reviewer.id])
        self.step(self.editor, Step.REVIEW)
        self.sign()
        self.elsewhere()
        self.step(self.editor, Step.APPROVE)
        self.elsewhere()

    def edit(self, text: str, why: str = "Plainer.") -> Article:
        """Change the first claim's words, as the editor."""
        self.tick()
        claim = self.article.version.standing[0]
        with self.opened() as library:
            self.article = work.edit_claim(
                self.desk, self.editor, self.id, claim.number, claim.key, text, why, library.store, library.vocabulary
            )
        return self.article

    def bundle(self, who: Person | None = None, number: int = 0, **wishes: bool) -> Bundle:
        """The bundle of the article, as a reader has it unless asked otherwise."""
        with self.opened() as library:
            return bundle_of_article(
                self.desk, library.store, library.vocabulary, who, self.id, number, operator=bool(wishes), **wishes
            )

    def data(self, **wishes: bool) -> bytes:
        """The bytes of its file."""
        return bundle_text(self.bundle(**wishes)).encode()

    def close(self) -> None:
        """Let go of the desk."""
        self.desk.close()


def alone(data: bytes) -> Verified:
    """A file held against itself."""
    from curbside.language.vocabulary import Vocabulary

    return verify(data, Vocabulary.shipped())


def places(done: Verified) -> set[str]:
    """Where something does not hold."""
    return {each.place for each in done.discrepancies if each.kind == "fault"}


def forged(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """A file of which something was changed, with a hash over all of it that fits: what a forger can always do."""
    from curbside.writers.bundle import hash_of_bundle

    held = json.loads(data)["bundle"]
    change(held)
    bundle = msgspec.convert(held, Bundle)
    return msgspec.json.encode(BundleFile(bundle, FORMAT, hash_of_bundle(bundle)), order="sorted") + b"\n"
