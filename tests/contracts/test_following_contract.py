"""What every desk promises of what people follow, of news and letters, and of texts; on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import NotHeld
from curbside.records import Filters, Identifiers, ReferenceEntry
from curbside.records.following import Digest, Followed, News, NewsKind, PostState, SavedQuestion, Telling
from curbside.records.policy import PolicyText
from curbside.store.base_desk import Desk
from desk_makers import KINDS, Clock, desk_of, person

ADA, BEN = person(1).id, person(2).id
AT = "2027-01-15T08:00:00Z"
ENTRY = ReferenceEntry(1, "w1", "d1", "a.xml", "A trial", 2018, "trial", False, "A trial. 2018.", Identifiers())
SAVED = SavedQuestion("Does it help?", Filters(kinds=("article",), since=2010), "clinician", (ENTRY,), "0" * 64, AT)


def question(number: int, owner: str = ADA, **fields: object) -> Followed:
    """A saved question of somebody."""
    made = Followed(f"f{number:016d}", owner, "", f"Question {number}", SAVED, made=AT)
    return replace(made, **fields)  # type: ignore[arg-type]


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk with two people."""
    with desk_of(request.param, tmp_path, Clock()) as made:
        with made.writing() as change:
            change.put(person(1))
            change.put(person(2))
        yield made


def test_what_is_followed_is_kept_as_put(desk: Desk) -> None:
    """Every field comes back, the answer's works among them; changed, it is in the place of what was."""
    article = Followed("f" + "9" * 16, ADA, "a" + "b" * 16, since=3, made="2027-01-16T08:00:00Z")
    with desk.writing() as change:
        change.following.put(question(1))
        change.following.put(article)
        change.following.put(question(1, paused=True, name="Mine"))
    with desk.reading() as view:
        assert view.following.of(ADA) == [article, question(1, paused=True, name="Mine")]  # last begun first
        assert view.following.of(BEN) == []
        with pytest.raises(NotHeld):
            view.following.get("f" + "0" * 16)


def test_questions_are_found_by_their_keys(desk: Desk) -> None:
    """Each once, whichever of its keys are asked for, however many."""
    with desk.writing() as change:
        for number in (1, 2, 3):
            change.following.put(question(number))
            change.following.set_keys(question(number).id, {"w:1", f"d:{number}"})
        change.following.set_keys(question(3).id, {"d:3"})
    with desk.reading() as view:
        found = view.following.at_keys({"w:1", "d:1", *(f"x:{n}" for n in range(900))})
        assert found == [question(1).id, question(2).id]
        assert view.following.with_keys() == [question(n).id for n in (1, 2, 3)]


def test_news_reach_who_follows_since_they_do(desk: Desk) -> None:
    """Of an article whoever follows it, from then on; of a question its owner alone."""
    article = "a" + "b" * 16
    with desk.writing() as change:
        box = change.following
        box.put(question(1))
        box.tell(NewsKind.APPROVED, AT, "", article, "A title")
        box.put(Followed("f" + "8" * 16, ADA, article, since=box.last(), made=AT))
        told = box.tell(NewsKind.EVIDENCE, AT, "New: a trial.", article, "A title")
        mine = box.tell(NewsKind.ANSWER, AT, "New: another.", followed=question(1).id)
    with desk.reading() as view:
        assert view.following.news_for(ADA) == ([mine, told], 2)
        assert view.following.news_for(ADA, after=told.number) == ([mine], 1)
        assert view.following.news_for(ADA, limit=1) == ([mine], 2)
        assert view.following.news_for(BEN) == ([], 0)
        assert [each.kind for each in view.following.news_of_articles(10)] == [NewsKind.EVIDENCE, NewsKind.APPROVED]
        assert told == News(2, told.id, AT, NewsKind.EVIDENCE, article, "", "A title", "New: a trial.")


def test_a_number_of_news_is_never_given_twice(desk: Desk) -> None:
    """Or what somebody was told would hide what they were not."""
    with desk.writing() as change:
        change.following.put(question(1))
        change.following.tell(NewsKind.ANSWER, AT, "", followed=question(1).id)
        change.following.drop(question(1).id)
        change.following.put(question(2))
        assert change.following.tell(NewsKind.ANSWER, AT, "", followed=question(2).id).number == 2
        assert change.following.news_for(ADA)[1] == 1


def test_how_somebody_is_told_is_kept_as_put(desk: Desk) -> None:
    """And found by the keys in the addresses that they have; nobody is found by none."""
    kept = Telling(ADA, Digest.DAILY, True, "f" * 64, "stop", 3, 4, 1_800_000_000.5)
    with desk.writing() as change:
        assert change.following.telling(ADA) == Telling(ADA)
        change.following.set_telling(kept)
        change.following.set_telling(Telling(BEN))
    with desk.reading() as view:
        assert view.following.telling(ADA) == kept
        assert view.following.telling_at(feed="f" * 64) == view.following.telling_at(stop="stop") == kept
        assert view.following.telling_at() is None and view.following.telling_at(feed="e" * 64) is None
        assert view.following.tellings() == [kept]  # Ben wants no letters


def test_letters_wait_in_their_order(desk: Desk) -> None:
    """Until their time comes; one that was taken out is not kept again."""
    with desk.writing() as change:
        box = change.following
        for owner in (ADA, BEN, ADA):
            box.post(owner, "News", "Words.", AT)
        first, second, third = box.posted()
        assert (first.number, first.person, first.state, first.attempts) == (1, ADA, PostState.WAITING, 0)
        assert box.set_posted(replace(first, state=PostState.SENDING, attempts=1, after=50.0))
        assert box.set_posted(replace(second, reason="The server is away.", after=70.0))
        assert [each.number for each in box.posted([PostState.WAITING], 60.0)] == [third.number]
        assert [each.number for each in box.posted([PostState.SENDING], 60.0)] == [first.number]
        box.take_out_of(ADA)
        assert [each.number for each in box.posted()] == [1, 2]  # what is being sent is left to who sends it
        box.take_out(1)
        assert not box.set_posted(first)
        box.post(ADA, "News", "Words.", AT)
        assert [each.number for each in box.posted()] == [2, 4]


def test_an_erased_person_leaves_nothing_that_they_followed(desk: Desk) -> None:
    """Neither words nor keys nor news nor letters; what others follow stays."""
    with desk.writing() as change:
        box = change.following
        for number, owner in ((1, ADA), (2, BEN)):
            box.put(question(number, owner))
            box.set_keys(question(number).id, {"w:1"})
            box.tell(NewsKind.ANSWER, AT, "", followed=question(number).id)
            box.set_telling(Telling(owner, Digest.DAILY))
            box.post(owner, "News", "Words.", AT)
        change.erase(ADA)
    with desk.reading() as view:
        assert view.following.of(ADA) == [] and view.following.telling(ADA) == Telling(ADA)
        assert view.following.at_keys({"w:1"}) == [question(2).id]
        assert [each.person for each in view.following.posted()] == [BEN]
        assert view.following.news_for(BEN)[1] == 1 and view.following.news_for(ADA)[1] == 0


def test_versions_of_texts_are_kept_in_their_order(desk: Desk) -> None:
    """Their titles come from elsewhere."""
    first = PolicyText("privacy", "", 1, AT, "", "Came with it.", "Words.")
    second = PolicyText("privacy", "", 2, AT, ADA, "More.", "More words.\n\n- and a list")
    with desk.writing() as change:
        change.policies.add(first)
        change.policies.add(second)
    with desk.reading() as view:
        assert view.policies.versions("privacy") == [first, second]
        assert view.policies.versions("disclaimer") == []
