"""Watching: a change of the library is held against the articles that it could touch, and against no others.

An approved article keeps keys: the works and documents that it cites, and what its question asks for. A change has
keys too. Where one is shared a piece of work is put on the desk's table, in the transaction that keeps how far the
changes were looked at. Whoever takes the piece asks the article's question again; what would enter the answer, was
noticed by editors, revised or taken away becomes the article's news, in the transaction that takes the piece off the
table. So whoever is killed is gone on from, several may watch at once, nothing is missed, and nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from curbside.answer.question import analyse
from curbside.errors import CurbsideError, NotHeld
from curbside.language.vocabulary import Vocabulary
from curbside.records import OPERATOR, Answer, Article, ArticleState, ArticleVersion, Filters, Move, ReferenceEntry
from curbside.records.following import NewsKind
from curbside.store.base import Store
from curbside.store.base_desk import Desk, DeskChange, DeskView
from curbside.workflows.telling import of_article

_WORK, _DOCUMENT, _PAIR, _DRUG, _CONDITION = "w:", "x:", "p:", "d:", "c:"
_LIBRARY_SEEN = "watched"
_STEP = 2_000
_TOLD = 5
_NEW = "New: "
_REMEMBERED = 20_000  # code points of news that was weighed, about two hundred studies

LOOK = "article"
"""The kind of work on the desk's table that is asking an article's question again."""

QUESTION = "question"
"""The kind that is asking a saved question again; see `curbside.workflows.asking_again`."""

AT_ONCE = 20
"""Articles whose questions are asked for one transaction; whoever is killed does so many again."""

LEASE_S = 180.0
"""How long whoever asks may take for them: many times what it takes, so that nobody else begins meanwhile."""

Ask = Callable[[str, Filters], Answer]


class Asking(Protocol):
    """What a question that was answered stands on: a version of an article, or a saved question."""

    @property
    def question(self) -> str:
        """Its words."""
        ...

    @property
    def filters(self) -> Filters:
        """Conditions on the sources."""
        ...

    @property
    def references(self) -> tuple[ReferenceEntry, ...]:
        """What its answer cites."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """An article whose evidence changed, and how, in words."""

    id: str
    title: str
    news: str


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look at the library's changes came to.

    Attributes:
        changes: changes looked at.
        asked: articles whose question was asked again.
        told: those of them with news.
    """

    changes: int
    asked: int
    told: tuple[Told, ...]


def keys_of(version: Asking, vocabulary: Vocabulary) -> frozenset[str]:
    """Return what a change must touch to concern a version: what it cites, and what its question asks for.

    A drug and a condition that are asked for together are one key: a study of the drug in another condition is no news.
    """
    question = analyse(version.question, vocabulary, version.filters)
    drugs = {each.concept for each in (*question.drugs, *question.classes)}
    conditions = {each.concept for each in (*question.conditions, *question.outcomes)}
    cited = {key for entry in version.references for key in (f"{_WORK}{entry.work}", f"{_DOCUMENT}{entry.document}")}
    if drugs and conditions:
        return frozenset(cited | set(_pairs(drugs, conditions)))
    return frozenset(cited | {f"{_DRUG}{each}" for each in drugs} | {f"{_CONDITION}{each}" for each in conditions})


def waits(desk: Desk, seq: int) -> bool:
    """Tell whether changes up to `seq` were not all looked at, or articles wait to be."""
    with desk.reading() as view:
        return int(view.value(_LIBRARY_SEEN) or 0) != seq or view.jobs.due([LOOK, QUESTION])


def watch(desk: Desk, store: Store, ask: Ask, reopen: bool = False) -> Watched:
    """Look at what changed in the library since the last time; give the articles concerned their news.

    Args:
        desk: where articles are kept.
        store: the library.
        ask: asks it.
        reopen: whether an article with news goes back under review by itself.

    Raises:
        LibraryError: if one of the two cannot be used; what was told until then stays told.
    """
    changes, asked, told = 0, 0, dict[str, Told]()
    while found := scan(desk, store):
        changes += found
    while (looked := look(desk, store, ask, reopen)) is not None:
        asked += looked.asked
        told.update({each.id: each for each in looked.told})
    return Watched(changes, asked, tuple(told.values()))


def scan(desk: Desk, store: Store) -> int:
    """Put the articles that the next changes of the library could touch on the table; return how many changes.

    Where another did so meanwhile nothing is done, and what was looked at does not count; 0 tells that none is left.
    """
    while True:
        with desk.reading() as view:
            seen = view.value(_LIBRARY_SEEN)
            empty = not (view.articles.lines(limit=1)[1] or view.following.with_keys())
        newest = store.seq
        anew = int(seen or 0) > newest  # it is another library than before: what was seen of that says nothing
        after = newest if empty or anew else int(seen or 0)
        changes = store.changes(after, _STEP)
        touched = _keys({change.document for change in changes}, store)
        upto = changes[-1].seq if changes else after
        if upto == int(seen or 0):
            return 0
        with desk.writing() as change:
            if change.value(_LIBRARY_SEEN) != seen:
                continue
            ids = change.articles.with_keys() if anew else change.articles.at_keys(touched)
            change.jobs.put(LOOK, ids)
            following = change.following
            change.jobs.put(QUESTION, following.with_keys() if anew else following.at_keys(touched))
            change.set_value(_LIBRARY_SEEN, str(upto))
        if changes:
            return len(changes)


def look(desk: Desk, store: Store, ask: Ask, reopen: bool = False, most: int = AT_ONCE) -> Watched | None:
    """Look at some articles that wait on the table; None where none waits.

    A notice on what an article cites is told at once, and the article put back on the table: asking its question takes
    a hundred times as long, and those that wait behind it may be as urgent. What cannot be asked is put back with what
    went wrong, and tried again later.
    """
    with desk.reading() as view:
        if not view.jobs.due([LOOK]):
            return None
    with desk.writing() as change:
        jobs = change.jobs.take([LOOK], LEASE_S, most)
        approved = {job.subject: version for job in jobs if (version := _approved(change, job.subject)) is not None}
        before = {id: change.articles.get(id).news for id in approved}
        weighed = {id: change.value(_weighed(id)) for id in approved}
    fresh: dict[str, list[str]] = {}
    wrong: dict[str, str] = {}
    urgent: set[str] = set()
    try:
        for id, version in approved.items():
            try:
                said = _of_cited(version, store, True)
                if said and not before[id].startswith(" ".join(said[:_TOLD])):
                    urgent.add(id)
                    fresh[id] = said
                else:
                    said = _said(version, ask(version.question, version.filters), store, True)
                    fresh[id] = [each for each in said if not (each.startswith(_NEW) and each in weighed[id])]
            except CurbsideError as error:
                wrong[id] = str(error)
    except BaseException:  # stopped by a person, or a fault: others need not wait for the lease to run out
        with desk.writing() as change:
            for job in jobs:
                change.jobs.release(job)
        raise
    told: list[Told] = []
    with desk.writing() as change:
        for job in jobs:
            if job.subject in wrong:
                change.jobs.fail(job, wrong[job.subject])
            elif change.jobs.finish(job) and job.subject in fresh:
                hasty = job.subject in urgent
                told += _tell(change, job.subject, approved[job.subject].number, fresh[job.subject], reopen, hasty)
                if hasty:
                    change.jobs.put(LOOK, [job.subject])
    return Watched(0, len(approved) - len(urgent), tuple(told))


def weigh(change: DeskChange, article: Article) -> None:
    """Note that who approves an article has read its news: what could enter it and was left out is no news again.

    A notice, a revision or a loss of what it cites is told again for as long as it cites it.
    """
    name = _weighed(article.id)
    change.set_value(name, f"{change.value(name)} {article.news}"[-_REMEMBERED:])


def _weighed(id: str) -> str:
    return f"weighed {id}"


def news_of(version: Asking, answer: Answer, store: Store, numbered: bool = True) -> str:
    """Say what is new for a version: notices on what it cites, what is revised or gone, what would enter; "" for none.

    What only stands in another order, or in other sentences of the same works, is no news. With `numbered` each work
    has the number of its reference.
    """
    return _joined(_said(version, answer, store, numbered))


def _said(version: Asking, answer: Answer, store: Store, numbered: bool) -> list[str]:
    """Return what is new for a version, a sentence for each work."""
    known = {entry.work for entry in version.references}
    said = _of_cited(version, store, numbered)
    said += [
        f"{_NEW}“{entry.title}”" + (f" ({entry.year})." if entry.year else ".")
        for entry in answer.references
        if entry.work not in known
    ]
    return said


def _of_cited(version: Asking, store: Store, numbered: bool) -> list[str]:
    """Say what came of the works that a version cites: notices, and what is revised or gone."""
    cited = {entry.document: entry for entry in version.references}
    held = {holding.document.id: holding for holding in store.holdings(tuple(cited))}
    said: list[str] = []
    for id, entry in cited.items():
        title = f"“{entry.title}”" + (f" ({entry.year})" if entry.year else "")
        title += f" [{entry.number}]" if numbered else ""
        if id in held:
            words = [word for word in held[id].standing if word.lower() not in entry.citation.lower()]
            said += [f"{', '.join(words).capitalize()}: {title}."] if words else []
        elif store.documents_of(entry.work):
            said.append(f"Revised: {title}.")
        else:
            said.append(f"No longer held: {title}.")
    return said


def _joined(said: list[str]) -> str:
    more = len(said) - _TOLD
    return " ".join(said[:_TOLD]) + (f" And {more} more." if more > 0 else "")


def _keys(documents: set[str], store: Store) -> set[str]:
    """Return the keys of changed documents: of those that are gone, no more than their own."""
    keys = {f"{_DOCUMENT}{document}" for document in documents}
    for glance in store.glances(sorted(documents)):
        drugs, conditions = glance.profile.drugs, glance.profile.conditions
        keys.add(f"{_WORK}{glance.work}")
        keys.update(_pairs(drugs, conditions))
        keys.update(f"{_DRUG}{each}" for each in drugs)
        keys.update(f"{_CONDITION}{each}" for each in conditions)
    return keys


def _pairs(drugs: Iterable[str], conditions: Iterable[str]) -> set[str]:
    kept = tuple(conditions)
    return {f"{_PAIR}{drug} {condition}" for drug in drugs for condition in kept}


def _approved(view: DeskView, id: str) -> ArticleVersion | None:
    """Return the version of an article that was approved last; None where none was, or it is withdrawn."""
    try:
        article = view.articles.get(id)
    except NotHeld:
        return None
    if not article.approved or article.state is ArticleState.WITHDRAWN:
        return None
    return view.articles.version(id, article.approved)


def _tell(change: DeskChange, id: str, version: int, said: list[str], reopen: bool, hasty: bool) -> list[Told]:
    """Give an article its news, as it stands now: people may have worked on it while its question was asked.

    Where nothing is new any more its news ends. With `hasty` its question was not asked yet, so what else it has as
    news stays for now.
    """
    article = change.articles.get(id)
    if article.approved != version:  # a later version was approved meanwhile: that is another question
        change.jobs.put(LOOK, [id])
        return []
    words = _before(said, article.news) if hasty else _joined(said)
    if article.news == words or article.state is ArticleState.WITHDRAWN:
        return []
    reopened = bool(words) and reopen and article.state is ArticleState.APPROVED
    state = ArticleState.UNDER_REVIEW if reopened else article.state
    change.articles.put(replace(article, news=words, state=state), change.at)
    if reopened:
        moved = Move(change.at, OPERATOR, state, article.version.number, f"New evidence. {words}")
        change.articles.say(id, (moved,))
    change.log(OPERATOR, "article.news", id, "reopened" if reopened else "" if words else "ended")
    # Whoever follows it was told of what its news had already.
    further = [each for each in said if each not in article.news]
    if not further:
        return []
    of_article(change, article, NewsKind.EVIDENCE, _joined(further))
    return [Told(id, article.version.title, words)]


def _before(said: list[str], news: str) -> str:
    """Return sentences in front of the news that there was, less what they say themselves."""
    for each in said:
        news = news.replace(each, "")
    return " ".join([_joined(said), *news.split()])
