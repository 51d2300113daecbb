"""Kept questions: found under their id for some days, by nobody else, and gone when forgotten."""

from __future__ import annotations

import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import LibraryError, NotHeld
from curbside.records import Answer, Asked, Filters, Question, digest_of
from curbside.records.answer import AnswerSection, AnswerSentence, Intent
from curbside.records.span import Quote, Span
from curbside.store.asked import ID, AskedStore

DAY = 86_400
FILTERS = Filters(kinds=("article",), since=2001, noticed=False, drugs=("sirolimus",))


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        """Return its time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands."""
    return Clock()


@pytest.fixture
def asked(tmp_path: Path, clock: Clock) -> AskedStore:
    """Questions of a library, kept 30 days."""
    return AskedStore(tmp_path, 30, clock)


class TestKeeping:
    """What was kept comes back as it was."""

    def test_a_question_comes_back(self, asked: AskedStore) -> None:
        """Words, filters, time and digest, under the id."""
        id = asked.keep("Does \u202eit help?\n😀", FILTERS, "0" * 64)
        assert asked.get(id) == Asked(id, "Does \u202eit help?\n😀", FILTERS, "2027-01-15T08:00:00Z", "0" * 64)

    def test_an_id_says_nothing(self, asked: AskedStore) -> None:
        """22 url-safe characters, another each time, also for the same question."""
        ids = {asked.keep("Again?", Filters(), "") for _ in range(50)}
        assert len(ids) == 50
        assert all(ID.fullmatch(id) for id in ids)

    def test_nobody_else_may_read(self, asked: AskedStore, tmp_path: Path) -> None:
        """The file is its owner's alone, and so is the folder."""
        id = asked.keep("Private?", Filters(), "")
        assert stat.S_IMODE((tmp_path / "asked" / f"{id}.json").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "asked").stat().st_mode) == 0o700

    def test_nothing_half_written_is_ever_there(self, asked: AskedStore, tmp_path: Path) -> None:
        """Many at once: every file that bears an id is whole."""
        threads = [threading.Thread(target=asked.keep, args=(f"{n}?" * 500, Filters(), "")) for n in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        names = sorted((tmp_path / "asked").iterdir())
        assert len(names) == 16
        assert {asked.get(path.stem).question for path in names} == {f"{n}?" * 500 for n in range(16)}

    def test_with_no_days_nothing_is_written(self, tmp_path: Path) -> None:
        """No id, no file, no folder."""
        store = AskedStore(tmp_path, 0)
        assert not store.keeps
        assert store.keep("Secret?", Filters(), "") == ""
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        """One line, no traceback, and not the question's words."""
        (tmp_path / "asked").write_text("in the way")
        with pytest.raises(LibraryError, match="could not be kept") as caught:
            AskedStore(tmp_path, 30).keep("Secret?", Filters(), "")
        assert "Secret" not in str(caught.value)


class TestEnding:
    """Forgotten, or over."""

    def test_forgotten_is_gone(self, asked: AskedStore, tmp_path: Path) -> None:
        """From the disk too; a second time there is nothing to forget."""
        id = asked.keep("Forget me?", Filters(), "")
        assert asked.forget(id)
        assert not asked.forget(id)
        assert list((tmp_path / "asked").iterdir()) == []
        with pytest.raises(NotHeld):
            asked.get(id)

    def test_over_at_once_where_read(self, asked: AskedStore, clock: Clock) -> None:
        """A question whose time is over is not shown, swept or not."""
        id = asked.keep("How long?", Filters(), "")
        clock.now += 30 * DAY - 1
        assert asked.get(id).question == "How long?"
        clock.now += 1
        with pytest.raises(NotHeld):
            asked.get(id)

    def test_sweeping_takes_what_is_over(self, asked: AskedStore, clock: Clock, tmp_path: Path) -> None:
        """And leaves what is not."""
        asked.keep("Old?", Filters(), "")
        clock.now += 20 * DAY
        young = asked.keep("Young?", Filters(), "")
        clock.now += 15 * DAY
        assert asked.sweep() == 1
        assert [path.stem for path in (tmp_path / "asked").iterdir()] == [young]

    def test_fewer_days_reach_what_was_kept_before(self, asked: AskedStore, clock: Clock, tmp_path: Path) -> None:
        """Whoever sets 0 later wants none of them kept."""
        id = asked.keep("Before?", Filters(), "")
        later = AskedStore(tmp_path, 0, clock)
        with pytest.raises(NotHeld):
            later.get(id)
        assert later.sweep() == 1

    def test_what_a_killed_process_left_goes(self, asked: AskedStore, clock: Clock, tmp_path: Path) -> None:
        """A part of a file is swept a day later; one of this moment may still be written."""
        asked.keep("Whole?", Filters(), "")
        part = tmp_path / "asked" / "x.json.1.part"
        part.write_bytes(b"{")
        clock.now = part.stat().st_mtime + 60
        asked.sweep()
        assert part.exists()
        clock.now += 2 * DAY
        asked.sweep()
        assert not part.exists()

    @pytest.mark.parametrize(
        "id", ["", "../library.sqlite", "a" * 21, "a" * 23, "..%2f..%2f..%2f..%2fetcxx", "a" * 21 + "\n", "é" * 22]
    )
    def test_what_is_no_id_is_no_path(self, asked: AskedStore, id: str) -> None:
        """Nothing but 22 url-safe characters is ever looked for."""
        with pytest.raises(NotHeld):
            asked.get(id)
        assert not asked.forget(id)


class TestDigest:
    """The digest of an answer changes with what it says, and with nothing else."""

    ANSWER = Answer(
        Question("Q?", (Intent.USE,)),
        declined=False,
        sections=(
            AnswerSection("Short answer", (AnswerSentence("It did.", (Quote("d", Span(0, 7), "It did."),), (1,)),)),
        ),
    )

    def test_a_larger_library_changes_nothing(self) -> None:
        """How many documents were looked through is no part of what is said."""
        assert digest_of(self.ANSWER) == digest_of(replace(self.ANSWER, searched=(3, 900)))

    def test_other_words_change_it(self) -> None:
        """So does an answer that now declines."""
        other = replace(self.ANSWER, sections=(AnswerSection("Harms", self.ANSWER.sections[0].sentences),))
        assert len({digest_of(each) for each in (self.ANSWER, other, replace(self.ANSWER, sections=()))}) == 3
