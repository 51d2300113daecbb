"""Watching: the right articles are found, told what is new, and nothing else is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from article_makers import article
from curbside.desk.articles import Step, banner, reading
from curbside.errors import LibraryBusy
from curbside.records import Answer, Article, ArticleState, Filters, Person, ReviewWord, Role
from curbside.store.desk import SqlDesk
from curbside.wiring import Library, open_library
from curbside.wiring.work import WatchWorker
from curbside.workflows import articles as work
from curbside.workflows.watching import Watched, keys_of, scan, watch, weigh
from desk_makers import Clock, person

QUESTION = "Does topical sirolimus improve facial angiofibroma?"


def record(pmid: int, drug: str, condition: str, **fields: object) -> dict[str, object]:
    """A small trial as a plain record."""
    title = f"{drug.capitalize()} for {condition}: trial {pmid}"
    words = f"In this randomised trial {condition} improved with {drug} in 31 of 40 patients. Nobody left the trial."
    return {"pmid": str(pmid), "title": title, "abstract": words, "year": 2018, **fields}


class Place:
    """A library and its desk, with one approved article on topical sirolimus for facial angiofibroma."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.desk = SqlDesk.beside(folder / "desk", self.clock)
        self.author = person(1, Role.AUTHOR)
        self.asked: list[str] = []
        with self.desk.writing() as change:
            change.put(self.author)
        self.add(record(1, "topical sirolimus", "facial angiofibroma"))
        self.article = self.approved(QUESTION, self.author)
        assert self.look().told == ()

    def add(self, *records: dict[str, object]) -> None:
        """Add records to the library."""
        source = self.folder / f"records{len(list(self.folder.iterdir()))}.jsonl"
        source.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        with open_library(self.folder / "library", write=True) as library:
            library.add([source])

    def approved(self, question: str, author: Person) -> Article:
        """An article on a question, approved as it was drawn."""
        with open_library(self.folder / "library") as library:
            made = work.draft(self.desk, author, library.ask(question), library.store)
            keys = keys_of(made.version, library.vocabulary)
        with self.desk.writing() as change:
            change.articles.put(replace(made, state=ArticleState.APPROVED, approved=1), change.at)
            change.articles.set_keys(made.id, keys)
        return made

    def look(self, reopen: bool = False) -> Watched:
        """Look at what changed, noting which questions were asked."""
        self.asked.clear()
        with open_library(self.folder / "library") as library:
            return watch(self.desk, library.store, lambda text, filters: self._ask(library, text, filters), reopen)

    def _ask(self, library: Library, text: str, filters: Filters) -> Answer:
        self.asked.append(text)
        return library.ask(text, filters)

    def held(self) -> Article:
        """The article as it stands."""
        with self.desk.reading() as view:
            return view.articles.get(self.article.id)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A library with an approved article."""
    made = Place(tmp_path)
    yield made
    made.desk.close()


def test_a_new_study_of_the_same_is_news_at_once(place: Place) -> None:
    """The banner says so, with its title; told once."""
    place.add(record(2, "topical sirolimus", "facial angiofibroma", year=2024))
    done = place.look()
    assert [each.id for each in done.told] == [place.article.id] and done.asked == 1
    assert "New: “Topical sirolimus for facial angiofibroma: trial 2” (2024)." in place.held().news
    over = banner(place.held())
    assert over.grave and over.words.startswith("New evidence since approval.")
    assert place.look() == Watched(0, 0, ())


def test_a_study_of_another_drug_or_condition_asks_nothing(place: Place) -> None:
    """Nothing is run again that could not have changed."""
    place.add(record(3, "everolimus", "psoriasis"), record(4, "tacrolimus", "vitiligo"))
    place.add(record(5, "sirolimus", "lupus erythematosus"))
    done = place.look()
    assert done.changes >= 3 and place.asked == [] and done.told == ()
    assert place.held().news == ""


def test_a_retraction_of_a_cited_work_is_news(place: Place) -> None:
    """With the number that it has in the article."""
    types = ["Journal Article", "Retracted Publication"]
    place.add(record(1, "topical sirolimus", "facial angiofibroma", types=types))
    place.look()
    assert "trial 1” (2018) [1]." in place.held().news


def test_a_notice_is_told_before_anything_is_asked(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking may take long or fail; what else is new is told when it was asked, and what was told is not told again."""
    types = ["Journal Article", "Retracted Publication"]
    trial = record(1, "topical sirolimus", "facial angiofibroma", types=types)
    place.add(trial, record(2, "topical sirolimus", "facial angiofibroma"))

    def busy(self: Place, library: Library, text: str, filters: Filters) -> Answer:
        raise LibraryBusy("Somebody is in the way.")

    with monkeypatch.context() as patch:
        patch.setattr(Place, "_ask", busy)
        assert len(place.look().told) == 1
    first = place.held().news
    assert "trial 1” (2018) [1]." in first and "trial 2" not in first
    place.clock.now += 60
    assert len(place.look().told) == 1
    assert place.held().news == f"{first} New: “Topical sirolimus for facial angiofibroma: trial 2” (2018)."
    with place.desk.reading() as view:
        assert view.following.news_of_articles(9)[0].words.startswith("New:")
    assert place.look() == Watched(0, 0, ())


def test_what_followers_were_told_is_not_told_again(place: Place) -> None:
    """Further news stands before or behind what was told; only what is new in it is told to who follows."""
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))
    place.look()
    types = ["Journal Article", "Retracted Publication"]
    place.add(record(1, "topical sirolimus", "facial angiofibroma", types=types))
    place.look()
    place.add(record(3, "topical sirolimus", "facial angiofibroma"))
    place.look()
    news = place.held().news
    assert news.startswith("Retracted") and all(f"trial {each}” (2018)" in news for each in (1, 2, 3))
    with place.desk.reading() as view:
        told = [each.words for each in view.following.news_of_articles(9)]
    assert [sum(f"trial {each}”" in words for words in told) for each in (1, 2, 3)] == [1, 1, 1]


def test_what_was_weighed_and_left_out_is_no_news_again(place: Place) -> None:
    """Who approves with it in sight has decided; a retraction of what is cited is told for as long as it is cited."""
    place.add(record(2, "topical sirolimus", "facial angiofibroma", year=2024))
    place.look()
    with place.desk.writing() as change:
        weigh(change, place.held())
        change.articles.put(replace(place.held(), news=""), change.at)
    types = ["Journal Article", "Retracted Publication"]
    place.add(record(1, "topical sirolimus", "facial angiofibroma", types=types))
    place.look()
    assert "trial 1” (2018) [1]." in place.held().news and "New:" not in place.held().news


def test_news_ends_where_nothing_is_new_any_more(place: Place) -> None:
    """Whatever it was that went again: the banner follows at the next look, and nobody is told of nothing."""
    with place.desk.writing() as change:
        change.articles.put(replace(place.held(), news="New: “A study that was taken away again” (2024)."), change.at)
    place.add(record(2, "topical sirolimus", "facial angiofibroma", abstract=""))
    done = place.look()
    assert done.asked == 1 and done.told == () and place.held().news == ""


def test_a_cited_work_that_was_removed_is_news(place: Place) -> None:
    """The article still shows its words; readers are told that the source is gone."""
    with open_library(place.folder / "library", write=True) as library:
        library.remove(["pmid:1"])
    place.look()
    assert place.held().news.startswith("No longer held: “Topical sirolimus for facial angiofibroma: trial 1”")


def test_by_setting_it_goes_back_under_review(place: Place) -> None:
    """With a move that says why; the log has it."""
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))
    place.look(reopen=True)
    held = place.held()
    assert held.state is ArticleState.UNDER_REVIEW and held.approved == 1
    assert held.moves[-1].words.startswith("New evidence. New:")
    with place.desk.reading() as view:
        head = view.head()
    assert head is not None and (head.action, head.about, head.detail) == ("article.news", held.id, "reopened")


def test_one_that_is_killed_goes_on_where_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not finished is looked at again; what was is not told twice."""
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))

    def killed(self: Place, library: Library, text: str, filters: Filters) -> Answer:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Place, "_ask", killed)
        with pytest.raises(KeyboardInterrupt):
            place.look()
    assert place.held().news == ""
    assert len(place.look().told) == 1
    assert place.look().told == ()


def test_what_people_did_while_a_question_was_asked_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The news is given to the article as it stands then, not as it stood before."""
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))
    plain = Place._ask

    def beside(self: Place, library: Library, text: str, filters: Filters) -> Answer:
        with self.desk.writing() as change:
            change.articles.put(replace(self.held(), reviewers=("p0000000000000009",)), change.at)
        return plain(self, library, text, filters)

    monkeypatch.setattr(Place, "_ask", beside)
    assert len(place.look().told) == 1
    assert place.held().reviewers == ("p0000000000000009",) and "trial 2" in place.held().news


def test_two_who_watch_at_once_tell_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one asks, another finds nothing to do; neither tells what the other told."""
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))
    plain, others = Place._ask, list[Watched]()

    def beside(self: Place, library: Library, text: str, filters: Filters) -> Answer:
        others.append(watch(self.desk, library.store, library.ask))
        return plain(self, library, text, filters)

    monkeypatch.setattr(Place, "_ask", beside)
    assert len(place.look().told) == 1
    assert others == [Watched(0, 0, ())]
    with place.desk.reading() as view:
        assert [entry.action for entry in view.audit()].count("article.news") == 1


def test_a_change_that_comes_while_it_is_asked_is_looked_at_too(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked before the change came does not count; the article is asked once more."""
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))
    plain, later = Place._ask, [record(3, "topical sirolimus", "facial angiofibroma")]

    def beside(self: Place, library: Library, text: str, filters: Filters) -> Answer:
        answer = plain(self, library, text, filters)
        if later:
            place.add(later.pop())
            scan(self.desk, library.store)
        return answer

    monkeypatch.setattr(Place, "_ask", beside)
    done = place.look()
    assert [each.id for each in done.told] == [place.article.id] and len(place.asked) == 2
    assert "trial 2" in place.held().news and "trial 3" in place.held().news


def test_what_cannot_be_asked_is_asked_later(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits with what went wrong, and keeps nobody else from going on."""
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))

    def busy(self: Place, library: Library, text: str, filters: Filters) -> Answer:
        raise LibraryBusy("Somebody is in the way.")

    with monkeypatch.context() as patch:
        patch.setattr(Place, "_ask", busy)
        assert place.look().told == ()
    assert place.look().told == (), "not at once"
    place.clock.now += 60
    assert len(place.look().told) == 1


def test_a_library_that_took_the_place_of_another_is_held_against_every_article(place: Place) -> None:
    """Its changes have other numbers: how far those of the other were looked at says nothing."""
    with place.desk.writing() as change:
        change.set_value("watched", "1000000")
    done = place.look()
    assert place.asked == [QUESTION] and done.told == ()
    assert place.look() == Watched(0, 0, ())


def test_what_came_before_the_first_approval_is_news_too(place: Place) -> None:
    """Between drawing and approving, nobody watched for the article."""
    with open_library(place.folder / "library") as library:
        drawn = work.draft(place.desk, place.author, library.ask(QUESTION), library.store)
        keys = sorted(keys_of(drawn.version, library.vocabulary))
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))
    place.look()
    editor, signer = person(2, Role.EDITOR), person(3, Role.REVIEWER, conflicts="None.")
    with place.desk.writing() as change:
        change.put(editor)
        change.put(signer)
        change.articles.put(replace(drawn, state=ArticleState.UNDER_REVIEW, reviewers=(signer.id,)), change.at)
    for claim in drawn.version.claims:
        work.sign(place.desk, signer, drawn.id, claim.number, claim.key, ReviewWord.SIGNED)
    work.take(place.desk, editor, drawn.id, Step.APPROVE, keys=keys, seen=reading(drawn))
    assert [each.id for each in place.look().told] == [drawn.id]


def test_what_came_between_drawing_anew_and_approving_is_news_too(place: Place) -> None:
    """A work that only the new version cites is held against nothing until that is approved."""
    editor, signer = person(2, Role.EDITOR), person(3, Role.REVIEWER, conflicts="None.")
    with place.desk.writing() as change:
        change.put(editor)
        change.put(signer)
    second = record(2, "topical sirolimus", "facial angiofibroma")
    place.add(second)
    place.look()
    work.take(place.desk, editor, place.article.id, Step.REOPEN, "A trial came.")
    with place.desk.writing() as change:
        change.articles.put(replace(place.held(), reviewers=(signer.id,)), change.at)
    with open_library(place.folder / "library") as library:
        drawn = work.redraw(place.desk, editor, place.article.id, library.ask(QUESTION), library.store)
        keys = sorted(keys_of(drawn.version, library.vocabulary))
    place.add({**second, "types": ["Journal Article", "Retracted Publication"]})
    place.look()
    for claim in drawn.version.standing:
        work.sign(place.desk, signer, drawn.id, claim.number, claim.key, ReviewWord.SIGNED)
    work.take(place.desk, editor, drawn.id, Step.APPROVE, keys=keys, seen=reading(place.held()))
    assert place.held().news == "", "approving ends the news of before"
    assert [each.id for each in place.look().told] == [drawn.id]
    assert "trial 2” (2018) [" in place.held().news


def test_a_draft_and_what_was_withdrawn_are_left_alone(place: Place) -> None:
    """Only what people may rely on is watched."""
    with place.desk.writing() as change:
        change.articles.put(replace(place.held(), state=ArticleState.WITHDRAWN), change.at)
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))
    assert place.look().told == () and place.asked == []


def test_among_many_articles_only_the_right_ones_are_asked(place: Place) -> None:
    """A thousand others with keys of their own cost no question."""
    with place.desk.writing() as change:
        for number in range(1_000):
            made = replace(article(ArticleState.APPROVED), id=f"a{number:016d}", approved=1)
            change.articles.make(made, change.at)
            change.articles.set_keys(made.id, [f"w:w{number:012d}", f"p:drug{number} condition{number}"])
    place.add(record(2, "topical sirolimus", "facial angiofibroma"))
    done = place.look()
    assert place.asked == [QUESTION] and [each.id for each in done.told] == [place.article.id]


def test_a_server_watches_by_itself(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one of the kinds of work that take turns; with nothing new it costs a glance."""
    library = place.folder / "library"
    (place.folder / "desk" / "desk.sqlite").rename(library / "desk.sqlite")
    place.desk.close()
    place.desk = SqlDesk.beside(library, Clock())
    worker = WatchWorker(library)
    assert worker.step() is None
    place.add(record(2, "topical sirolimus", "facial angiofibroma", year=2024))
    monkeypatch.setenv("CURBSIDE_REOPEN", "true")
    assert (worker.step() or 0) > 0, "the changes were looked at"
    assert worker.step() == 1, "the article was asked again"
    assert place.held().state is ArticleState.UNDER_REVIEW and "trial 2" in place.held().news
    assert worker.step() is None
    assert worker.step() is None
    worker.close()
