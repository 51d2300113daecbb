"""Asking again: a saved question is asked again where a change of the library touches it, and what is new is kept.

A change is held against the keys of saved questions where it is held against those of articles
(`curbside.workflows.watching.scan`), which puts the questions concerned on the desk's table of work. Whoever takes a
piece keeps its news in the transaction that takes it off the table, so that nothing is told twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from curbside.errors import CurbsideError, NotHeld
from curbside.language.vocabulary import Vocabulary
from curbside.records import Answer, Filters
from curbside.records.desk_job import DeskJob
from curbside.records.following import NewsKind, SavedQuestion
from curbside.store.base import Store
from curbside.store.base_desk import Desk, DeskChange, DeskView
from curbside.workflows.following import saved_of
from curbside.workflows.watching import AT_ONCE, LEASE_S, QUESTION, Ask, keys_of, news_of

MOST_KNOWN = 300
"""Works of earlier answers that are remembered with a question, so that none of them is told as new once more."""

_FAILED = "The question could not be asked again."  # its words, or an error that repeats them, are kept nowhere


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What asking saved questions again came to.

    Attributes:
        asked: questions that were asked.
        told: how many of them had news.
    """

    asked: int
    told: int


def ask_again(desk: Desk, store: Store, ask: Ask, vocabulary: Vocabulary, most: int = AT_ONCE) -> AskedAgain | None:
    """Ask some saved questions that wait on the table again, and keep what is new; None where none waits."""
    with desk.reading() as view:
        if not view.jobs.due([QUESTION]):
            return None
    with desk.writing() as change:
        at = change.at
        jobs = change.jobs.take([QUESTION], LEASE_S, most)
        saved = {job.subject: each for job in jobs if (each := _waiting(change, job.subject)) is not None}
    fresh: dict[str, tuple[Answer, str]] = {}
    wrong = set[str]()
    answers: dict[tuple[str, Filters], Answer] = {}  # several people may follow one question
    try:
        for id, question in saved.items():
            asked = (question.question, question.filters)
            try:
                if asked not in answers:
                    answers[asked] = ask(*asked)
                fresh[id] = (answers[asked], news_of(question, answers[asked], store, numbered=False))
            except CurbsideError:
                wrong.add(id)
        marks = {id: _remembered(saved[id], answer, store, at) for id, (answer, words) in fresh.items() if words}
    except BaseException:  # stopped by a person, or a fault: others need not wait for the lease to run out
        with desk.writing() as change:
            for job in jobs:
                change.jobs.release(job)
        raise
    told = 0
    with desk.writing() as change:
        for job in jobs:
            if job.subject in wrong:
                change.jobs.fail(job, _FAILED)
            elif change.jobs.finish(job) and job.subject in marks:
                told += _tell(change, job, fresh[job.subject][1], saved[job.subject], marks[job.subject], vocabulary)
    return AskedAgain(len(fresh), told)


def ask_all_again(desk: Desk, store: Store, ask: Ask, vocabulary: Vocabulary) -> AskedAgain:
    """Ask all saved questions that wait again."""
    asked = told = 0
    while (done := ask_again(desk, store, ask, vocabulary)) is not None:
        asked, told = asked + done.asked, told + done.told
    return AskedAgain(asked, told)


def _tell(
    change: DeskChange, job: DeskJob, words: str, before: SavedQuestion, after: SavedQuestion, vocabulary: Vocabulary
) -> int:
    """Keep the news of a question that is still followed as it was when it was asked, and what is known since."""
    try:
        followed = change.following.get(job.subject)
    except NotHeld:
        return 0
    if followed.paused or followed.saved != before:
        return 0
    change.following.put(replace(followed, saved=after))
    change.following.set_keys(followed.id, keys_of(after, vocabulary))
    change.following.tell(NewsKind.ANSWER, change.at, words, followed=followed.id)
    return 1


def _waiting(view: DeskView, id: str) -> SavedQuestion | None:
    try:
        followed = view.following.get(id)
    except NotHeld:
        return None
    return None if followed.paused else followed.saved


def _remembered(before: SavedQuestion, answer: Answer, store: Store, at: str) -> SavedQuestion:
    """Return what is known of a question after news of it: its answer's works, and earlier ones that are still held.

    An earlier work that was noticed meanwhile is kept with the notice, so that it is told once.
    """
    cited = {entry.work for entry in answer.references}
    held = {holding.document.id: holding for holding in store.holdings([each.document for each in before.references])}
    earlier = [
        replace(each, citation=" ".join([each.citation, *held[each.document].standing]))
        for each in before.references
        if each.work not in cited and each.document in held
    ]
    return saved_of(answer, before.audience, (*answer.references, *earlier)[:MOST_KNOWN], at)
