"""Audit bundles held against a second library: what it holds, what was revised, what came since, what is made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bundle_makers import QUESTION, Desk, forged, library_in, places, record
from curbside.desk.articles import Step
from curbside.desk.differing import Change
from curbside.records.bundle import DiscrepancyKind
from curbside.store.desk import SqlDesk
from curbside.wiring import open_library
from curbside.workflows.bundle_again import Again
from curbside.workflows.bundle_library import AgainstLibrary
from curbside.workflows.verify import Verified, verify


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An approved article with its library."""
    made = Desk(tmp_path_factory.mktemp("first"))
    yield made
    made.close()


def against(data: bytes, folder: Path, again: bool = False, desk: SqlDesk | None = None) -> Verified:
    """A bundle held against a library."""
    with open_library(folder) as library:
        return verify(data, library.vocabulary, library.store, desk, library.ask if again else None)


def told(done: Verified) -> AgainstLibrary:
    """What the library says of it."""
    assert done.library is not None
    return done.library


def asked(done: Verified) -> Again:
    """What asking again came to."""
    assert done.again is not None
    return done.again


def test_a_second_library_verifies(desk: Desk, tmp_path: Path) -> None:
    """One that was made elsewhere, of the same record and another: each quote stands at its place."""
    second = library_in(tmp_path / "second", record(7), record(1))
    done = against(desk.data(), second)
    assert done.holds and done.discrepancies == ()
    assert (told(done).same, told(done).documents) == (1, 1)
    assert told(done).stand == told(done).quotes >= 2
    assert not told(done).unchanged and told(against(desk.data(), desk.folder)).unchanged


def test_a_quote_that_was_made_up_is_found_by_whoever_holds_the_source(desk: Desk) -> None:
    """However well the forger made everything else fit; with the place, and what stands there."""

    def change(held: dict[str, Any]) -> None:
        words = held["claims"][0]["quotes"][0]["words"]
        held["claims"][0]["quotes"][0]["words"] = words.replace("31", "37")

    done = against(forged(desk.data(), change), desk.folder)
    (found,) = (each for each in told(done).discrepancies if each.place == "claims[0].quotes[0].words")
    assert "37 of 40" in found.words and "31 of 40" in found.words and found.kind is DiscrepancyKind.FAULT


def test_a_mark_that_hides_a_number_from_the_guards_is_found(desk: Desk) -> None:
    """Marks of citations are no numbers; what is one, only the document tells."""

    def change(held: dict[str, Any]) -> None:
        held["claims"][0]["quotes"][0]["marks"] = [[0, 3]]

    assert "claims[0].quotes[0].marks" in places(against(forged(desk.data(), change), desk.folder))


@pytest.mark.parametrize("name", ["sha256", "text_sha256", "length", "kind", "title", "licence", "keys"])
def test_what_is_told_of_a_document_that_is_held_must_be_so(desk: Desk, name: str) -> None:
    """Digits of its hash that the id does not have, and what a reader would know it by."""

    def change(held: dict[str, Any]) -> None:
        value = held["documents"][0][name]
        others: dict[type, Any] = {int: 9_999, str: str(value)[:30] + "0" * 34, list: ["pmid:2"]}
        held["documents"][0][name] = others[type(value)]
        if name in ("title", "keys"):
            held["references"][0][name] = held["documents"][0][name]

    assert any(place.startswith("documents[0].") for place in places(against(forged(desk.data(), change), desk.folder)))


def test_what_is_not_held_is_counted_and_no_fault(desk: Desk, tmp_path: Path) -> None:
    """A library on something else can say nothing."""
    done = against(desk.data(), library_in(tmp_path / "other", record(9)))
    assert done.holds and told(done).absent == 1 and told(done).stand == 0
    (found,) = done.of(DiscrepancyKind.UNSEEN)
    assert found.place == "documents[0]" and "not held here" in found.words


def test_a_revised_record_is_told_with_the_quotes_that_still_stand(desk: Desk, tmp_path: Path) -> None:
    """Another text of the same work: its words may stand there, at another place."""
    words = "Background came first. In this randomised trial facial angiofibroma improved with topical sirolimus in 31 of 40 patients."
    done = against(desk.data(), library_in(tmp_path / "later", record(1, words)))
    assert done.holds and (told(done).other, told(done).elsewhere) == (1, 1)
    (found,) = done.of(DiscrepancyKind.REMARK)
    assert "another text is held" in found.words and "1 of the 2 quotes" in found.words and found.remedy


def test_a_retraction_since_is_told(desk: Desk, tmp_path: Path) -> None:
    """The library that holds the notice says so; the bundle, as it was made, still holds."""
    second = library_in(tmp_path / "second", record(1))
    notices = tmp_path / "notices.csv"
    notices.write_text("pmid,nature,date\n1,Retraction,2027-05\n", encoding="utf-8")
    from curbside.doors.cli.main import main

    assert main(["--library", str(second), "notices", "add", str(notices)]) == 0
    done = against(desk.data(), second)
    assert done.holds and told(done).same == 1
    assert any("is retracted since the bundle was made" in each.words for each in done.of(DiscrepancyKind.REMARK))


class TestAskedAgain:
    """The same question, of the library as it is now."""

    def test_of_the_same_library_the_answer_is_the_same(self, desk: Desk) -> None:
        """Word for word, by its digest."""
        again = asked(against(desk.data(), desk.folder, again=True))
        assert again.same and {each.change for each in again.sentences} == {Change.SAME}
        assert again.cited == again.dropped == ()

    def test_what_came_and_what_went_is_told_by_sentence_and_by_work(self, desk: Desk, tmp_path: Path) -> None:
        """With the words that differ."""
        words = "Facial angiofibroma cleared with topical sirolimus in 12 of 60 patients of a randomised trial."
        later = "In this randomised trial facial angiofibroma improved with topical sirolimus in 30 of 40 patients."
        second = library_in(tmp_path / "second", record(2, words, year=2025), record(1, later))
        again = asked(against(desk.data(), second, again=True))
        assert not again.same and again.cited == ("Topical sirolimus for facial angiofibroma: trial 2",)
        new = [run.words for each in again.sentences if each.change is Change.ADDED for run in each.runs]
        gone = [run.words for each in again.sentences if each.change is Change.REMOVED for run in each.runs]
        assert any("12 of 60" in text for text in new) and any("may be mild" in text for text in gone)

    def test_an_edited_sentence_is_held_against_what_stands_there_now(self, tmp_path: Path) -> None:
        """And it is said that people had changed it."""
        made = Desk(tmp_path)
        made.step(made.editor, Step.REOPEN, "Plainer.")
        made.edit("Facial angiofibroma improved in 31 of 40 patients.")
        with made.opened() as library:
            done = verify(made.data(whole=True), library.vocabulary, library.store, made.desk, library.ask)
        (changed,) = (each for each in asked(done).sentences if each.change is Change.CHANGED)
        assert changed.edited == "Plainer." and changed.number == 1 and not changed.quotes
        assert {run.change for run in changed.runs} == {Change.SAME, Change.ADDED, Change.REMOVED}
        assert asked(done).same  # the answer it was drawn from has not changed
        made.close()

    def test_the_question_is_asked_with_its_conditions(self, desk: Desk) -> None:
        """As it was, filters and all."""
        seen: list[Any] = []

        def ask(question: str, filters: Any) -> Any:
            seen.append((question, filters.since))
            with desk.opened() as library:
                return library.ask(question, filters)

        def change(held: dict[str, Any]) -> None:
            held["filters"]["since"] = 2030

        with desk.opened() as library:
            done = verify(forged(desk.data(), change), library.vocabulary, library.store, None, ask)
        assert seen == [(QUESTION, 2030)] and not asked(done).same


class TestItsDesk:
    """The desk that made it holds the log itself."""

    def test_it_confirms_the_log(self, desk: Desk) -> None:
        """Entry by entry, and the end of the stretch."""
        done = against(desk.data(whole=True), desk.folder, desk=desk.desk)
        assert done.holds and done.discrepancies == ()

    def test_a_log_that_was_written_anew_is_found(self, desk: Desk) -> None:
        """Though the chain in the bundle holds together."""

        def change(held: dict[str, Any]) -> None:
            from curbside.records import linked, seal_of
            from curbside.records.bundle import BundledEntry
            from curbside.workflows.bundle_signed import as_entry

            log = held["article"]["log"][0]
            log["entries"][-1]["detail"] += " "
            log["seals"], last = [], log["entries"][-1]
            log["entries"], log["first"] = [last], last["number"]
            last["hash"] = log["head"] = linked(log["previous"], seal_of(as_entry(BundledEntry(**last))))

        found = places(against(forged(desk.data(whole=True), change), desk.folder, desk=desk.desk))
        assert {"article.log[0].entries[0]", "article.log[0].head"} <= found

    def test_another_desk_says_nothing(self, desk: Desk, tmp_path: Path) -> None:
        """It has no such article."""
        other = SqlDesk.beside(tmp_path)
        done = against(desk.data(), desk.folder, desk=other)
        assert done.holds and [each.place for each in done.of(DiscrepancyKind.UNSEEN)] == ["article.id"]
        other.close()
