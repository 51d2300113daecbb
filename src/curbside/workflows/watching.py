"""Watching: a change of the library is held against the articles that it could touch, and against no others.

An approved article keeps keys: the works and documents that it cites, and what its question asks for. A change has
keys too. Where one is shared the question is asked again, and what would enter the answer, was noticed by editors,
revised or taken away becomes the article's news. How far the changes were looked at is kept in the transaction that
keeps the news, so that whoever is killed goes on there and nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from curbside.answer.question import analyse
from curbside.language.vocabulary import Vocabulary
from curbside.records import OPERATOR, Answer, Article, ArticleState, ArticleVersion, Filters, Move
from curbside.store.base import Store
from curbside.store.base_desk import Desk, DeskChange

_WORK, _DOCUMENT, _PAIR, _DRUG, _CONDITION = "w:", "x:", "p:", "d:", "c:"
_LIBRARY_SEEN = "watched"
_STEP = 2_000
_TOLD = 5

Ask = Callable[[str, Filters], Answer]


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


def keys_of(version: ArticleVersion, vocabulary: Vocabulary) -> frozenset[str]:
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


def behind(desk: Desk, seq: int) -> bool:
    """Tell whether changes up to `seq` were not looked at yet."""
    with desk.reading() as view:
        return int(view.value(_LIBRARY_SEEN) or 0) < seq


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
    with desk.reading() as view:
        seen = int(view.value(_LIBRARY_SEEN) or 0)
    total, asked, told = 0, set[str](), list[Told]()
    while changes := store.changes(seen, _STEP):
        touched = _keys({change.document for change in changes}, store)
        with desk.reading() as view:
            ids = view.articles.at_keys(touched)
            articles = [view.articles.get(id) for id in ids]
            approved = {each.id: view.articles.version(each.id, each.approved) for each in articles if each.approved}
        fresh: dict[str, str] = {}
        for article in articles:
            if article.id in approved and article.state is not ArticleState.WITHDRAWN:
                version = approved[article.id]
                fresh[article.id] = news_of(version, ask(version.question, version.filters), store)
                asked.add(article.id)
        with desk.writing() as change:
            for article in articles:
                words = fresh.get(article.id, "")
                if words and words != article.news:
                    _tell(change, article, words, reopen)
                    told.append(Told(article.id, article.version.title, words))
            change.set_value(_LIBRARY_SEEN, str(changes[-1].seq))
        total, seen = total + len(changes), changes[-1].seq
    return Watched(total, len(asked), tuple(told))


def news_of(version: ArticleVersion, answer: Answer, store: Store) -> str:
    """Say what is new for a version: notices on what it cites, what is revised or gone, what would enter; "" for none.

    What only stands in another order, or in other sentences of the same works, is no news.
    """
    cited = {entry.document: entry for entry in version.references}
    held = {holding.document.id: holding for holding in store.holdings(tuple(cited))}
    said: list[str] = []
    for id, entry in cited.items():
        title = f"“{entry.title}”" + (f" ({entry.year})" if entry.year else "")
        if id in held:
            words = [word for word in held[id].standing if word.lower() not in entry.citation.lower()]
            said += [f"{', '.join(words).capitalize()}: {title} [{entry.number}]."] if words else []
        elif store.documents_of(entry.work):
            said.append(f"Revised: {title} [{entry.number}].")
        else:
            said.append(f"No longer held: {title} [{entry.number}].")
    known = {entry.work for entry in version.references}
    said += [
        f"New: “{entry.title}”" + (f" ({entry.year})." if entry.year else ".")
        for entry in answer.references
        if entry.work not in known
    ]
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


def _tell(change: DeskChange, article: Article, words: str, reopen: bool) -> None:
    reopened = reopen and article.state is ArticleState.APPROVED
    state = ArticleState.UNDER_REVIEW if reopened else article.state
    change.articles.put(replace(article, news=words, state=state), change.at)
    if reopened:
        moved = Move(change.at, OPERATOR, state, article.version.number, f"New evidence. {words}")
        change.articles.say(article.id, (moved,))
    change.log(OPERATOR, "article.news", article.id, "reopened" if reopened else "")
