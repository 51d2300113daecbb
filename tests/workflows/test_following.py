"""Saved questions and followed articles: asked again where something touches them, told once, seen by their owner alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from article_makers import article
from curbside.errors import LibraryError, NotHeld, UsageError
from curbside.records import Answer, ArticleState, Filters, Person, Role
from curbside.records.following import Followed, NewsKind
from curbside.store.desk import SqlDesk
from curbside.wiring import Library, open_library
from curbside.wiring.work import WatchWorker
from curbside.workflows import articles as work
from curbside.workflows import following
from curbside.workflows.asking_again import AskedAgain, ask_all_again
from curbside.workflows.watching import LEASE_S, watch
from desk_makers import KINDS, Clock, desk_of, person

QUESTION = "Does topical sirolimus improve facial angiofibroma?"
OTHER = "Does everolimus improve psoriasis?"


def record(
    pmid: int, drug: str = "topical sirolimus", condition: str = "facial angiofibroma", **fields: object
) -> dict[str, object]:
    """A small trial as a plain record."""
    title = f"{drug.capitalize()} for {condition}: trial {pmid}"
    words = f"In this randomised trial {condition} improved with {drug} in 31 of 40 patients. Nobody left the trial."
    return {"pmid": str(pmid), "title": title, "abstract": words, "year": 2018, **fields}


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Place:
    """A library with a desk, and two people; Ada has saved a question."""

    folder: Path
    desk: SqlDesk
    clock: Clock
    ada: Person = person(1)
    ben: Person = person(2, Role.EDITOR)
    asked: list[str] = field(default_factory=list)

    def add(self, *records: dict[str, object]) -> None:
        """Add records to the library."""
        self.folder.mkdir(exist_ok=True)
        source = self.folder / f"records{len(list(self.folder.iterdir()))}.jsonl"
        source.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        with open_library(self.folder / "library", write=True) as library:
            library.add([source])

    def save(self, who: Person, question: str = QUESTION) -> Followed:
        """Save a question as it is answered now."""
        with open_library(self.folder / "library") as library:
            answer = library.ask(question)
            return following.save_question(self.desk, who, answer, "clinician", library.vocabulary)

    def look(self) -> AskedAgain:
        """Look at what changed, and ask what waits again, noting which questions were asked."""
        self.asked.clear()
        with open_library(self.folder / "library") as library:
            watch(self.desk, library.store, library.ask)
            return ask_all_again(
                self.desk, library.store, lambda text, filters: self._ask(library, text, filters), library.vocabulary
            )

    def _ask(self, library: Library, text: str, filters: Filters) -> Answer:
        self.asked.append(text)
        return library.ask(text, filters)

    def news(self, who: Person) -> list[str]:
        """What somebody is told, first to last."""
        return [each.words for each in reversed(following.following(self.desk, who).news)]


@contextmanager
def place_of(kind: str, folder: Path) -> Iterator[Place]:
    """A place with one trial, and Ada's question on it, which has been looked at."""
    clock = Clock()
    with desk_of(kind, folder / "desk", clock) as desk:
        place = Place(folder / "place", desk, clock)
        with desk.writing() as change:
            change.put(place.ada)
            change.put(place.ben)
        place.add(record(1))
        place.save(place.ada)
        assert place.look() == AskedAgain(1, 0)
        yield place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """The same on SQLite."""
    with place_of("sqlite", tmp_path) as made:
        yield made


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_study_is_told_to_who_saved_the_question(kind: str, tmp_path: Path) -> None:
    """Once, in words, and to nobody else."""
    with place_of(kind, tmp_path) as place:
        place.add(record(2, year=2024))
        assert place.look() == AskedAgain(1, 1)
        assert place.news(place.ada) == ["New: “Topical sirolimus for facial angiofibroma: trial 2” (2024)."]
        assert place.news(place.ben) == []
        assert place.look() == AskedAgain(0, 0) and len(place.news(place.ada)) == 1


def test_what_could_not_change_is_not_asked_again(place: Place) -> None:
    """A study of another drug, or of the drug in another condition, touches nothing."""
    place.add(record(3, "everolimus", "psoriasis"), record(4, "sirolimus", "lupus erythematosus"))
    assert place.look() == AskedAgain(0, 0) and place.asked == []


def test_a_question_without_an_answer_may_be_followed(place: Place) -> None:
    """That is when somebody wants to know of what comes."""
    place.save(place.ben, OTHER)
    place.look()
    place.add(record(5, "everolimus", "psoriasis"))
    place.look()
    assert "trial 5" in place.news(place.ben)[0] and place.news(place.ada) == []


def test_a_question_that_nothing_could_touch_is_not_saved(place: Place) -> None:
    """To promise news of it would be to say what is not so."""
    with pytest.raises(UsageError, match="Neither a drug nor a condition"):
        place.save(place.ada, "How are you today?")


def test_a_retraction_is_told_once(place: Place) -> None:
    """Also after further news, when the work no longer stands in the answer."""
    place.add(record(1, types=["Journal Article", "Retracted Publication"]))
    place.look()
    place.add(record(6, year=2025))
    place.look()
    first, second = place.news(place.ada)
    assert first.startswith("Retract") and "trial 1”" in first
    assert "trial 6”" in second and "trial 1”" not in second


def test_one_question_of_several_people_is_asked_once(place: Place) -> None:
    """Its answer is the same for all of them."""
    place.save(place.ben)
    place.look()
    place.add(record(2))
    assert place.look() == AskedAgain(2, 2) and place.asked == [QUESTION]


def test_a_saved_question_is_not_saved_again(place: Place) -> None:
    """It is the one that is there."""
    assert place.save(place.ada).id == place.save(place.ada).id
    assert len(following.following(place.desk, place.ada).things) == 1


def test_a_question_that_rests_is_told_of_afterwards(place: Place) -> None:
    """Paused nothing is asked; resumed, what came meanwhile is told, however long ago it came."""
    id = place.save(place.ada).id
    following.pause(place.desk, place.ada, id, True)
    place.add(record(2))
    assert place.look().asked == 0 and place.news(place.ada) == []
    following.pause(place.desk, place.ada, id, False)
    place.look()
    assert "trial 2”" in place.news(place.ada)[0]


def test_nobody_touches_what_others_follow(place: Place) -> None:
    """They are told that there is no such thing, and it stays as it was."""
    id = place.save(place.ada).id
    for act in (
        lambda: following.rename(place.desk, place.ben, id, "Mine"),
        lambda: following.pause(place.desk, place.ben, id, True),
        lambda: following.drop(place.desk, place.ben, id),
    ):
        with pytest.raises(NotHeld, match="Nothing is followed"):
            act()
    assert following.following(place.desk, place.ada).things[0].followed.name == QUESTION


def test_a_dropped_question_is_gone(place: Place) -> None:
    """With its news; whoever is asking it just then tells nothing."""
    id = place.save(place.ada).id
    place.add(record(2))
    with open_library(place.folder / "library") as library:
        watch(place.desk, library.store, library.ask)

        def ask(text: str, filters: Filters) -> Answer:
            following.drop(place.desk, place.ada, id)
            return library.ask(text, filters)

        assert ask_all_again(place.desk, library.store, ask, library.vocabulary) == AskedAgain(1, 0)
    assert place.news(place.ada) == []


def test_the_words_of_a_question_are_in_no_log(place: Place) -> None:
    """Nor that it is followed at all: the log outlives an account."""
    id = place.save(place.ada).id
    following.rename(place.desk, place.ada, id, "The boy of bed 4")
    place.add(record(2))
    place.look()
    with place.desk.reading() as view:
        said = " ".join(f"{each.who} {each.action} {each.about} {each.detail}" for each in view.audit())
    assert "sirolimus" not in said and "bed 4" not in said and id not in said and place.ada.id not in said


def test_a_question_that_cannot_be_asked_waits_without_its_words(place: Place) -> None:
    """It is tried again later; what went wrong might repeat the question and is not kept."""
    place.add(record(2))
    with open_library(place.folder / "library") as library:
        watch(place.desk, library.store, library.ask)

        def fails(text: str, filters: Filters) -> Answer:
            raise LibraryError(f"No: {text} {filters}")

        assert ask_all_again(place.desk, library.store, fails, library.vocabulary) == AskedAgain(0, 0)
        with place.desk.reading() as view:
            assert view.jobs.standing().waiting == 1
        place.clock.now += 60
    assert place.look() == AskedAgain(1, 1)


STEPS = ("jobs.take", "ask", "following.put", "following.set_keys", "following.tell", "jobs.finish", "commit")


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_tells_once(place: Place, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is killed is gone on from: the news is told, and told once."""
    from curbside.store.desk_following import FollowingRows
    from curbside.store.desk_jobs import JobRows

    place.add(record(2))
    with open_library(place.folder / "library") as library:
        watch(place.desk, library.store, library.ask)
        room, _, name = step.rpartition(".")
        with monkeypatch.context() as patch:
            if room:
                kind: Any = JobRows if room == "jobs" else FollowingRows
                before = getattr(kind, name)

                def dies(*given: Any, **named: Any) -> None:
                    before(*given, **named)
                    raise Killed

                patch.setattr(kind, name, dies)
                if step == "jobs.finish":
                    patch.setattr(JobRows, "release", dies)
            elif step == "commit":
                opened = place.desk.writing

                @contextmanager
                def writing() -> Iterator[Any]:
                    with opened() as change:
                        yield change
                        if change.following.last():
                            raise Killed

                patch.setattr(place.desk, "writing", writing)
            ask = (lambda *_: (_ for _ in ()).throw(Killed)) if step == "ask" else library.ask
            with pytest.raises(Killed):
                ask_all_again(place.desk, library.store, ask, library.vocabulary)
    assert place.news(place.ada) == []
    place.clock.now += LEASE_S + 1
    place.look()
    assert len(place.news(place.ada)) == 1
    place.clock.now += LEASE_S + 1
    place.look()
    assert len(place.news(place.ada)) == 1


def test_the_working_process_asks_saved_questions(tmp_path: Path) -> None:
    """Beside the articles, until nothing waits."""
    library = tmp_path / "place" / "library"
    clock = Clock()
    (tmp_path / "place").mkdir()
    place = Place(tmp_path / "place", SqlDesk.beside(library, clock), clock)
    with place.desk.writing() as change:
        change.put(place.ada)
    place.add(record(1))
    place.save(place.ada)
    worker = WatchWorker(library)
    while worker.step() is not None:
        pass
    place.add(record(2))
    while worker.step() is not None:
        pass
    worker.close()
    assert len(place.news(place.ada)) == 1
    place.desk.close()


class Shelf:
    """An article of Ben's, taken through its life without its reviewers."""

    def __init__(self, desk: SqlDesk, state: ArticleState, approved: int = 0) -> None:
        self.desk = desk
        self.article = replace(article(state), approved=approved)
        with desk.writing() as change:
            change.articles.make(self.article, change.at)
            change.articles.put(self.article, change.at)


@pytest.mark.parametrize("state", [each for each in ArticleState if each is not ArticleState.APPROVED])
def test_an_article_that_was_never_approved_is_not_there_to_be_followed(place: Place, state: ArticleState) -> None:
    """Whoever asks learns as much as of an address that never was."""
    shelf = Shelf(place.desk, state)
    for id in (shelf.article.id, "a" + "9" * 16):
        with pytest.raises(NotHeld, match="There is no such article"):
            following.follow_article(place.desk, place.ben, id)


def test_what_happens_to_an_article_is_told_to_who_follows_it(place: Place) -> None:
    """From when they began; with the reason where its page tells it, and without where it does not."""
    shelf = Shelf(place.desk, ArticleState.APPROVED, 1)
    id, editor = shelf.article.id, place.ben
    made = following.follow_article(place.desk, place.ada, id)
    assert following.follow_article(place.desk, place.ada, id) == made
    work.take(place.desk, editor, id, work.Step.REOPEN, "A secret reason.")
    work.take(place.desk, editor, id, work.Step.WITHDRAW, "The trial was retracted.")
    kinds = [(each.kind, each.words) for each in following.following(place.desk, place.ada).news]
    assert kinds == [(NewsKind.WITHDRAWN, "The trial was retracted."), (NewsKind.REOPENED, "")]
    assert [each.state for each in following.following(place.desk, place.ada).things if each.state] == ["withdrawn"]
    with pytest.raises(UsageError, match="withdrawn"):
        following.follow_article(place.desk, place.ben, id)


def test_a_draft_that_is_withdrawn_is_news_to_nobody(place: Place) -> None:
    """There was nothing that anybody may know of."""
    shelf = Shelf(place.desk, ArticleState.SUBMITTED)
    work.take(place.desk, place.ben, shelf.article.id, work.Step.WITHDRAW, "A double.")
    with place.desk.reading() as view:
        assert view.following.news_of_articles(9) == []


def test_nobody_follows_more_than_a_bound(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody makes the desk ask for ever."""
    monkeypatch.setattr(following, "MOST", 1)
    with pytest.raises(UsageError, match="as many as one may"):
        place.save(place.ada, OTHER)
