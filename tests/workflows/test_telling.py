"""Telling by letter and by feed: one letter with all news, none for nothing, none twice, whatever ends the sender."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curbside.errors import MailError, MailUnsure, NotHeld
from curbside.records import Filters, Letter
from curbside.records.following import Digest, Followed, NewsKind, PostState, SavedQuestion
from curbside.store.desk import SqlDesk
from curbside.workflows import telling
from curbside.workflows.telling import EVERY_S, MOST_ATTEMPTS, SENDING_S, Sent
from desk_makers import KINDS, Clock, Letterbox, desk_of, person

ADDRESS = "https://desk.example.org"
ADA, BEN = person(1), person(2)
ARTICLE = "a" + "b" * 16
AT = "2027-01-15T08:00:00Z"
QUESTION = Followed(
    "f" + "1" * 16, ADA.id, "", "The boy of bed 4", SavedQuestion("Does it help?", Filters(), "clinician", (), "", AT)
)


class Post:
    """A desk with two people who follow an article, one of them a question too; and letters."""

    def __init__(self, desk: SqlDesk, clock: Clock) -> None:
        self.desk, self.clock, self.box = desk, clock, Letterbox()
        with desk.writing() as change:
            for each in (ADA, BEN):
                change.put(each)
                change.following.put(Followed("f" + each.id[1:], each.id, ARTICLE, made=AT))
            change.following.put(QUESTION)

    def happens(self, words: str = "New: a trial.", title: str = "A title") -> None:
        """Make news of the article."""
        with self.desk.writing() as change:
            change.following.tell(NewsKind.EVIDENCE, change.at, words, ARTICLE, title)

    def asked(self) -> None:
        """Make news of the question."""
        with self.desk.writing() as change:
            change.following.tell(NewsKind.ANSWER, change.at, "New: another trial.", followed=QUESTION.id)

    def goes(self, mailer: Any = None) -> Sent:
        """Write what is due and send what waits."""
        telling.write_letters(self.desk, ADDRESS)
        return telling.send_letters(self.desk, mailer or self.box, ADDRESS)

    def a_week(self) -> None:
        """Let the time between two letters pass."""
        self.clock.now += EVERY_S[Digest.WEEKLY]

    def states(self) -> list[PostState]:
        """How the letters in the outbox stand."""
        with self.desk.reading() as view:
            return [each.state for each in view.following.posted()]


@pytest.fixture(params=KINDS)
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    """A desk whose Ada wants a letter a week."""
    clock = Clock()
    with desk_of(request.param, tmp_path, clock) as desk:
        made = Post(desk, clock)
        telling.choose(desk, ADA, Digest.WEEKLY, shows_words=False)
        yield made


class Failing:
    """A mailer that fails as it is told."""

    def __init__(self, error: BaseException) -> None:
        self.error, self.tried = error, 0

    def send(self, letter: Letter) -> None:
        """Fail."""
        self.tried += 1
        raise self.error


def test_by_default_nobody_gets_letters(post: Post) -> None:
    """Ben follows the same and never asked for one."""
    post.happens()
    post.a_week()
    post.goes()
    assert [each.to for each in post.box.letters] == [ADA.email]


def test_one_letter_tells_all_that_is_new(post: Post) -> None:
    """With where each is read, and how to end such letters; what was news before they were turned on is in none."""
    post.happens("New: one.", "First title")
    post.happens("New: two.", "Second\r\ntitle: https://evil.example")
    assert post.goes() == Sent(0, 0)  # its time has not come
    post.a_week()
    assert post.goes() == Sent(1, 0)
    letter = post.box.letters[0]
    assert letter.subject == "News of what you follow"
    assert "- First title: new evidence since approval" in letter.body and "New: two." in letter.body
    assert "- Second title: https://evil.example: new" in letter.body  # no title begins a line of its own
    assert f"\n  {ADDRESS}/articles/{ARTICLE}\n" in letter.body
    assert letter.body.endswith(f"{letter.stop}\n") and letter.stop.startswith(f"{ADDRESS}/unsubscribe/")


def test_no_letter_is_written_for_nothing(post: Post) -> None:
    """And what is told is not told again."""
    post.a_week()
    assert post.goes() == Sent(0, 0)
    post.happens()
    assert post.goes() == Sent(0, 0)  # a week begins anew when there was nothing
    post.a_week()
    assert post.goes() == Sent(1, 0)
    for _ in range(3):
        post.a_week()
        assert post.goes() == Sent(0, 0)


def test_what_was_read_on_the_page_is_in_no_letter(post: Post) -> None:
    """And marking as read marks no more than the page showed."""
    post.happens("New: one.")
    with post.desk.reading() as view:
        shown = view.following.last()
    post.happens("New: two.")
    telling.mark_read(post.desk, ADA, shown)
    telling.mark_read(post.desk, ADA, 0)
    post.a_week()
    post.goes()
    assert "New: two." in post.box.letters[0].body and "New: one." not in post.box.letters[0].body


def test_the_words_of_a_question_are_sent_only_where_its_owner_chose_that(post: Post) -> None:
    """Else a letter says that one has news, and where to read it."""
    post.asked()
    post.a_week()
    post.goes()
    telling.choose(post.desk, ADA, Digest.WEEKLY, shows_words=True)
    post.asked()
    post.a_week()
    post.goes()
    quiet, telling_all = post.box.letters
    assert "bed 4" not in quiet.body and "another trial" not in quiet.body and QUESTION.name not in quiet.subject
    assert f"A question that you follow has news (2027-01-15)\n  {ADDRESS}/following#{QUESTION.id}" in quiet.body
    assert "bed 4" in telling_all.body and "another trial" in telling_all.body and "bed 4" not in telling_all.subject


def test_the_link_of_a_letter_ends_letters(post: Post) -> None:
    """Also one that is written already; another link does nothing."""
    post.happens()
    post.a_week()
    telling.write_letters(post.desk, ADDRESS)
    with post.desk.reading() as view:
        secret = view.following.telling(ADA.id).stop
    with pytest.raises(NotHeld):
        telling.stop(post.desk, secret[:-1])
    with pytest.raises(NotHeld):
        telling.stop(post.desk, "")
    telling.stop(post.desk, secret)
    post.happens()
    post.a_week()
    assert post.goes() == Sent(0, 0) and post.states() == []


def test_who_left_gets_no_letter(post: Post) -> None:
    """A closed account is written none; one that was closed or erased meanwhile is sent none."""
    post.happens()
    post.a_week()
    telling.write_letters(post.desk, ADDRESS)
    with post.desk.writing() as change:
        change.put(replace(ADA, active=False))
    assert post.goes() == Sent(0, 0) and post.states() == []
    post.happens()
    post.a_week()
    assert post.goes() == Sent(0, 0)


def test_a_letter_that_was_refused_is_tried_again_and_given_up(post: Post) -> None:
    """Each time later; its words are not kept, and the news stand on the page."""
    post.happens()
    post.a_week()
    away = Failing(MailError("The server is away."))
    assert post.goes(away) == Sent(0, 1)
    assert post.goes(away) == Sent(0, 0)  # not yet
    waited: list[float] = []
    while post.states() == [PostState.WAITING]:
        with post.desk.reading() as view:
            waited.append(view.following.posted()[0].after - post.clock.now)
        post.clock.now += waited[-1]
        post.goes(away)
    assert waited == sorted(waited) and away.tried == MOST_ATTEMPTS
    with post.desk.reading() as view:
        (given_up,) = view.following.posted()
        assert (given_up.state, given_up.reason, given_up.body) == (PostState.GIVEN_UP, "The server is away.", "")
        assert view.following.news_for(ADA.id)[1] == 1
    post.clock.now += telling.KEPT_S + 1
    post.happens()
    post.goes()
    assert post.states() == []  # what was given up long ago is swept


def test_a_letter_comes_when_the_server_is_back(post: Post) -> None:
    """Once."""
    post.happens()
    post.a_week()
    post.goes(Failing(MailError("The server is away.")))
    post.clock.now += 3600
    assert post.goes() == Sent(1, 0) and post.goes() == Sent(0, 0)
    assert len(post.box.letters) == 1


def test_a_letter_that_may_have_arrived_is_not_sent_again(post: Post) -> None:
    """Nobody said what became of it; that is told to who runs the site."""
    post.happens()
    post.a_week()
    post.goes(Failing(MailUnsure("It did not say.")))
    post.clock.now += 86_400
    assert post.goes() == Sent(0, 0) and post.states() == [PostState.UNSURE] and post.box.letters == []


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("step", ["news_for", "post", "set_telling", "set_posted", "mailer", "take_out"])
def test_killed_at_any_step_a_letter_is_never_sent_twice(
    post: Post, monkeypatch: pytest.MonkeyPatch, step: str, behind: bool
) -> None:
    """Killed before it was handed over it is sent later; killed behind that it is not sent again."""
    from curbside.store.desk_following import FollowingRows

    post.happens()
    post.a_week()
    with monkeypatch.context() as patch:
        owner: Any = post.box if step == "mailer" else FollowingRows
        name = "send" if step == "mailer" else step
        before = getattr(owner, name)

        def dies(*given: Any, **named: Any) -> None:
            if behind:
                before(*given, **named)
            raise Killed

        patch.setattr(owner, name, dies)
        with pytest.raises(Killed):
            post.goes()
    for _ in range(3):
        post.clock.now += SENDING_S + 1
        post.goes()
    handed = step == "take_out" or (step == "mailer" and behind)
    lost = step == "mailer" and not behind  # nobody can know that it was not handed over
    assert len(post.box.letters) == (0 if lost else 1)
    assert post.states() == ([PostState.UNSURE] if handed or lost else [])
    with post.desk.reading() as view:
        assert view.following.news_for(ADA.id)[1] == 1  # on the page and in the feed, whatever became of the letter


def test_two_senders_send_one_letter(post: Post) -> None:
    """The second finds it taken."""
    post.happens()
    post.a_week()
    telling.write_letters(post.desk, ADDRESS)
    assert telling.write_letters(post.desk, ADDRESS) == 0

    class Meanwhile:
        def send(self, letter: Letter) -> None:
            assert telling.send_letters(post.desk, post.box, ADDRESS) == Sent(0, 0)
            post.box.send(letter)

    assert telling.send_letters(post.desk, Meanwhile(), ADDRESS) == Sent(1, 0)
    assert len(post.box.letters) == 1


def test_a_feed_is_found_by_its_secret_alone(post: Post) -> None:
    """Of which a hash is kept; a new one ends the old, and one that was ended is gone."""
    post.happens()
    first = telling.make_feed(post.desk, ADA)
    assert [each.words for each in telling.feed_at(post.desk, first, 50).news] == ["New: a trial."]
    with post.desk.reading() as view:
        assert view.following.telling(ADA.id).feed not in ("", first)
    second = telling.make_feed(post.desk, ADA)
    assert telling.feed_at(post.desk, second, 50).person.id == ADA.id
    for gone in (first, "", second[:-1]):
        with pytest.raises(NotHeld):
            telling.feed_at(post.desk, gone, 50)
    telling.end_feed(post.desk, ADA)
    with pytest.raises(NotHeld):
        telling.feed_at(post.desk, second, 50)


def test_the_feed_of_a_closed_account_is_gone(post: Post) -> None:
    """As it would not be for whoever has its address."""
    secret = telling.make_feed(post.desk, ADA)
    with post.desk.writing() as change:
        change.put(replace(ADA, active=False))
    with pytest.raises(NotHeld):
        telling.feed_at(post.desk, secret, 50)


def test_a_desk_of_the_past_tells_nothing_again(post: Post) -> None:
    """What letters told since a backup is not known; a feed that was ended since must not hold again."""
    from curbside.store.desk_following import forget_what_was_told

    post.happens()
    secret = telling.make_feed(post.desk, ADA)
    with post.desk.writing() as change:
        forget_what_was_told(change._rows)
    post.a_week()
    assert post.goes() == Sent(0, 0)
    with pytest.raises(NotHeld):
        telling.feed_at(post.desk, secret, 50)
    post.happens("New: since.")
    post.a_week()
    assert post.goes() == Sent(1, 0) and "New: since." in post.box.letters[0].body
