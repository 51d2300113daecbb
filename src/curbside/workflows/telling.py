"""Telling: news of articles as it happens, and how each person hears of what they follow, by feed and by letter.

A letter is a row of the outbox, written in the transaction that keeps what was told by it; so no news is in two
letters. It is then sent at most once: it is marked as being sent before a server gets it, and where nobody knows what
became of it, since the sender was killed or the server fell silent behind the last byte, it is not sent again. The news
in it stands on the page and in the feed all the same, and a letter in doubt stands on the status page.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from curbside.errors import MailError, MailUnsure, NotHeld
from curbside.mail.base import Mailer
from curbside.records import Article, Letter, Person
from curbside.records.following import Digest, News, NewsKind, Posted, PostState, Telling
from curbside.store.base_desk import Desk, DeskChange
from curbside.workflows.signing import key_of
from curbside.writers.news import Told, letter_text

EVERY_S = {Digest.DAILY: 86_400.0, Digest.WEEKLY: 7 * 86_400.0}
"""How long at least lies between two letters to one person."""

MOST_IN_LETTER = 50
"""News of which a letter tells; how many more there are it says."""

SENDING_S = 300.0
"""How long sending may take: many times what a server is waited for. After that the sender is taken to be gone."""

MOST_ATTEMPTS = 8
FIRST_WAIT_S, LONGEST_WAIT_S = 60.0, 6 * 3_600.0
"""A letter that was not taken is tried again after the first, then four times as long each time up to the second."""

KEPT_S = 30 * 86_400.0
"""How long it is told of letters that were given up."""

_SUBJECT = "News of what you follow"
_KILLED = "The sender was stopped while it was sent: it may have arrived, and is not sent again."


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round of letters came to.

    Attributes:
        sent: letters that were handed over.
        failed: letters that were not, to be tried again or given up.
    """

    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class PrivateFeed:
    """What somebody's feed holds.

    Attributes:
        person: whose it is.
        news: last first.
        told: what is needed to put it in words.
    """

    person: Person
    news: tuple[News, ...]
    told: Told


def of_article(change: DeskChange, article: Article, kind: NewsKind, words: str = "") -> None:
    """Keep news of an article that was approved at some time; of others there is none, since nobody may know of them.

    Its title is that of the version approved last.
    """
    if article.approved:
        title = change.articles.version(article.id, article.approved).title
        change.following.tell(kind, change.at, words, article.id, title)


def choose(desk: Desk, who: Person, digest: Digest, shows_words: bool) -> Telling:
    """Keep how a person wants to be told; what was news before letters are turned on is in none of them."""
    with desk.writing() as change:
        before = change.following.telling(who.id)
        after = replace(before, digest=digest, shows_words=shows_words, stop=before.stop or secrets.token_urlsafe(32))
        if before.digest is Digest.OFF:
            after = replace(after, told=change.following.last(), told_at=change.now)
        if digest is Digest.OFF or (before.shows_words and not shows_words):
            change.following.take_out_of(who.id)
        change.following.set_telling(after)
    return after


def stop(desk: Desk, secret: str) -> None:
    """End the letters of whoever a link was sent to.

    Raises:
        NotHeld: if it is nobody's.
    """
    with desk.writing() as change:
        telling = change.following.telling_at(stop=secret)
        if telling is None:
            raise NotHeld("This link does not hold. It is taken from a letter, whole.")
        change.following.set_telling(replace(telling, digest=Digest.OFF))
        change.following.take_out_of(telling.person)


def mark_read(desk: Desk, who: Person, number: int) -> None:
    """Keep that a person has read news up to a number, and none that came after their page was made."""
    with desk.writing() as change:
        telling = change.following.telling(who.id)
        upto = min(number, change.following.last())
        if upto > telling.read:
            change.following.set_telling(replace(telling, read=upto))


def make_feed(desk: Desk, who: Person) -> str:
    """Give a person's feed a new secret address, and none other from now on; return the secret, kept nowhere else."""
    secret = secrets.token_urlsafe(32)
    with desk.writing() as change:
        change.following.set_telling(replace(change.following.telling(who.id), feed=key_of(secret)))
    return secret


def end_feed(desk: Desk, who: Person) -> None:
    """Take the address of a person's feed away."""
    with desk.writing() as change:
        change.following.set_telling(replace(change.following.telling(who.id), feed=""))


def feed_at(desk: Desk, secret: str, limit: int) -> PrivateFeed:
    """Return the feed at a secret address.

    Raises:
        NotHeld: if there is none, or its owner's account is closed.
    """
    with desk.reading() as view:
        telling = view.following.telling_at(feed=key_of(secret)) if secret else None
        person = view.person(telling.person) if telling is not None else None
        if telling is None or person is None or not person.active:
            raise NotHeld("Nothing is held under this address.")
        news, _ = view.following.news_for(person.id, limit=limit)
        names = {each.id: each.name for each in view.following.of(person.id)}
    return PrivateFeed(person, tuple(news), Told(names, telling.shows_words))


def write_letters(desk: Desk, address: str) -> int:
    """Write the letters that are due into the outbox, one a person with all news since the last; return how many.

    Where there is no news no letter is written, and the time to the next look begins anew. What somebody marked as
    read on the page is in no letter.
    """
    with desk.reading() as view:
        waiting = [each.person for each in view.following.tellings() if _due(each, view.now)]
    return sum(_written(desk, person, address) for person in waiting)


def _due(telling: Telling, now: float) -> bool:
    return telling.digest is not Digest.OFF and now - telling.told_at >= EVERY_S[telling.digest]


def _written(desk: Desk, id: str, address: str) -> int:
    with desk.writing() as change:
        telling = change.following.telling(id)
        if not _due(telling, change.now):
            return 0  # another process was faster
        try:
            active = change.person(id).active
        except NotHeld:
            return 0
        seen = max(telling.told, telling.read)
        news, total = change.following.news_for(id, seen, MOST_IN_LETTER) if active else ([], 0)
        if news:
            names = {each.id: each.name for each in change.following.of(id)}
            told = Told(names, telling.shows_words)
            body = letter_text(news, total, told, address, _stop_link(telling, address))
            change.following.post(id, _SUBJECT, body, change.at)
        change.following.set_telling(replace(telling, told=change.following.last(), told_at=change.now))
    return 1 if news else 0


def send_letters(desk: Desk, mailer: Mailer, address: str, most: int = 20) -> Sent:
    """Send letters that wait, at most so many; see above for what becomes of one whose fate is not known."""
    sent = failed = 0
    while sent + failed < most:
        taken = _take(desk)
        if taken is None:
            break
        letter, person, telling = taken
        try:
            mailer.send(Letter(person.email, letter.subject, letter.body, _stop_link(telling, address)))
        except MailUnsure as error:
            _give_up(desk, letter, PostState.UNSURE, str(error))
            failed += 1
        except MailError as error:
            _put_off(desk, letter, str(error))
            failed += 1
        else:
            with desk.writing() as change:
                change.following.take_out(letter.number)
            sent += 1
    return Sent(sent, failed)


def _take(desk: Desk) -> tuple[Posted, Person, Telling] | None:
    """Return a letter that waits, marked as being sent, with whom it is to; None where none does."""
    with desk.reading() as view:
        if not view.following.posted((PostState.WAITING, PostState.SENDING), view.now, 1):
            return None
    with desk.writing() as change:
        box, now = change.following, change.now
        for lost in box.posted((PostState.SENDING,), now):
            box.set_posted(replace(lost, state=PostState.UNSURE, body="", reason=_KILLED, after=now))
        for old in box.posted((PostState.GIVEN_UP, PostState.UNSURE), now - KEPT_S):
            box.take_out(old.number)
        for letter in box.posted((PostState.WAITING,), now):
            person = change.person(letter.person)
            if not person.active or person.erased:
                box.take_out(letter.number)
                continue
            state, attempts = PostState.SENDING, letter.attempts + 1
            held = replace(letter, state=state, attempts=attempts, after=now + SENDING_S)
            box.set_posted(held)
            return held, person, box.telling(person.id)
    return None


def _put_off(desk: Desk, letter: Posted, why: str) -> None:
    """Let a letter that was surely not taken wait for its next time, or give it up."""
    if letter.attempts >= MOST_ATTEMPTS:
        _give_up(desk, letter, PostState.GIVEN_UP, why)
        return
    with desk.writing() as change:
        wait = min(FIRST_WAIT_S * 4.0 ** (letter.attempts - 1), LONGEST_WAIT_S)
        change.following.set_posted(replace(letter, state=PostState.WAITING, reason=why, after=change.now + wait))


def _give_up(desk: Desk, letter: Posted, state: PostState, why: str) -> None:
    """Keep that a letter is not tried again, and why; its words are not kept."""
    with desk.writing() as change:
        change.following.set_posted(replace(letter, state=state, body="", reason=why, after=change.now))


def _stop_link(telling: Telling, address: str) -> str:
    return f"{address.rstrip('/')}/unsubscribe/{telling.stop}"
