"""Following: questions and articles that people want news of.

What somebody follows is nobody else's business. Nothing of it stands in the audit log, which outlives an account, and a
question's words stand in no address, error or subject of a letter; all of it goes when the account does.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from curbside.desk.naming import line
from curbside.errors import NotHeld, UsageError
from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, ArticleState, Person, ReferenceEntry, digest_of
from curbside.records.following import Followed, News, SavedQuestion, Telling
from curbside.store.base_desk import Desk, DeskView
from curbside.workflows.watching import QUESTION, keys_of

MOST = 200
"""Articles and questions that one person may follow."""

SHOWN = 100
"""News that a page shows."""

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_NAME = 120


@dataclass(frozen=True, slots=True)
class FollowedThing:
    """Something followed, as its owner sees it.

    Attributes:
        followed: what it is.
        title: name of the question, or title of the article as it was approved.
        state: of the article, "" for a question.
    """

    followed: Followed
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class FollowingView:
    """What somebody follows and what is new in it.

    Attributes:
        things: last begun first.
        news: last first, at most `SHOWN`.
        total: how much news there is in all.
        telling: how they are told.
        last: number of the last news of all; what marks all of these as read.
    """

    things: tuple[FollowedThing, ...]
    news: tuple[News, ...]
    total: int
    telling: Telling
    last: int


def following(desk: Desk, who: Person) -> FollowingView:
    """Return what a person follows and what is new in it."""
    with desk.reading() as view:
        things = tuple(_thing(view, each) for each in view.following.of(who.id))
        news, total = view.following.news_for(who.id, limit=SHOWN)
        return FollowingView(things, tuple(news), total, view.following.telling(who.id), view.following.last())


def _thing(view: DeskView, followed: Followed) -> FollowedThing:
    if followed.saved is not None:
        return FollowedThing(followed, followed.name, "")
    article = view.articles.get(followed.article)
    return FollowedThing(followed, view.articles.version(article.id, article.approved).title, article.state)


def save_question(desk: Desk, who: Person, answer: Answer, audience: str, vocabulary: Vocabulary) -> Followed:
    """Save a question with what its answer stands on; one that is saved already is returned as it is.

    It is asked once more at the next look, for the library that answered may have been a moment behind.

    Raises:
        UsageError: if nothing that comes to the library could be known to concern it, or too much is followed.
    """
    with desk.reading() as view:
        saved = saved_of(answer, audience, answer.references, view.at)
    keys = keys_of(saved, vocabulary)
    if not keys:
        raise UsageError(
            "Neither a drug nor a condition is recognised in this question, so it would never be noticed that "
            "something new concerns it. Ask it with the name of one."
        )
    with desk.writing() as change:
        mine = change.following.of(who.id)
        asked = (saved.question, saved.filters)
        same = (each for each in mine if each.saved and (each.saved.question, each.saved.filters) == asked)
        if (there := next(same, None)) is not None:
            return there
        _room(mine)
        made = Followed(_id(), who.id, "", _cut(saved.question), saved, since=change.following.last(), made=change.at)
        change.following.put(made)
        change.following.set_keys(made.id, keys)
        change.jobs.put(QUESTION, [made.id])
    return made


def follow_article(desk: Desk, who: Person, id: str) -> Followed:
    """Follow an article that was approved; one that is followed already is returned as it is.

    Raises:
        NotHeld: if there is none, or it was never approved: whoever may not know of it learns nothing.
        UsageError: if it is withdrawn, or too much is followed.
    """
    with desk.writing() as change:
        article = change.articles.get(id)
        if not article.approved:
            raise NotHeld("There is no such article.")
        if article.state is ArticleState.WITHDRAWN:
            raise UsageError("The article is withdrawn: there will be no news of it.")
        mine = change.following.of(who.id)
        if (there := next((each for each in mine if each.article == id), None)) is not None:
            return there
        _room(mine)
        made = Followed(_id(), who.id, id, since=change.following.last(), made=change.at)
        change.following.put(made)
    return made


def follows_article(desk: Desk, who: Person, id: str) -> Followed | None:
    """Return what a person follows an article as, or None."""
    with desk.reading() as view:
        return next((each for each in view.following.of(who.id) if each.article == id), None)


def rename(desk: Desk, who: Person, id: str, name: str) -> None:
    """Give a question of one's own another name.

    Raises:
        NotHeld: if there is none.
        UsageError: if the name is empty or too long.
    """
    called = line(name, "name")
    if not called:
        raise UsageError("The name is empty. Give the question one by which you know it.")
    with desk.writing() as change:
        change.following.put(replace(_question(change, who, id), name=called))


def pause(desk: Desk, who: Person, id: str, paused: bool) -> None:
    """Let a question of one's own rest, or have it asked again; what came meanwhile is then told.

    Raises:
        NotHeld: if there is none.
    """
    with desk.writing() as change:
        change.following.put(replace(_question(change, who, id), paused=paused))
        if not paused:
            change.jobs.put(QUESTION, [id])


def drop(desk: Desk, who: Person, id: str) -> Followed:
    """Follow something no more; a question goes with its words and its news. Return what it was.

    Raises:
        NotHeld: if the person follows no such thing.
    """
    with desk.writing() as change:
        found = _own(change, who, id)
        change.following.drop(id)
    return found


def saved_of(answer: Answer, audience: str, references: Sequence[ReferenceEntry], at: str) -> SavedQuestion:
    """Return the question of an answer as it is saved, with the works that are known for it."""
    question = answer.question
    return SavedQuestion(question.text, question.filters, audience, tuple(references), digest_of(answer), at)


def _own(view: DeskView, who: Person, id: str) -> Followed:
    found = view.following.get(id)
    if found.person != who.id:
        raise NotHeld("Nothing is followed under this address.")
    return found


def _question(view: DeskView, who: Person, id: str) -> Followed:
    found = _own(view, who, id)
    if found.saved is None:
        raise NotHeld("Nothing is followed under this address.")
    return found


def _room(mine: Sequence[Followed]) -> None:
    if len(mine) >= MOST:
        raise UsageError(f"You follow {MOST} articles and questions, which is as many as one may. Drop one first.")


def _id() -> str:
    return "f" + "".join(secrets.choice(_ALPHABET) for _ in range(16))


def _cut(question: str) -> str:
    """Return a name for a question: its first words."""
    words = " ".join(question.split())
    return words if len(words) <= _NAME else f"{words[: _NAME - 1].rstrip()}…"
