"""Article views: an article or a version of it as somebody may read it, and lists of what they may know of."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from curbside.desk.articles import PUBLIC, banner_over, may_read, reading, steps_of, unsigned, word_on
from curbside.desk.rights import Act, may
from curbside.errors import NotAllowed, NotHeld
from curbside.records import Article, ArticleLine, ArticleState, ArticleVersion, Person, Role
from curbside.records.article_sheet import Signer
from curbside.records.article_view import ArticleView
from curbside.store.base_desk import Desk, DeskView
from curbside.workflows.article_sheets import signers_of
from curbside.workflows.articles import approved_versions, works_on


class ListOf(StrEnum):
    """Which articles somebody wants a list of."""

    APPROVED = "approved"
    MINE = "mine"
    REVIEWS = "reviews"
    DESK = "desk"


def view_of(desk: Desk, who: Person | None, id: str, number: int = 0) -> ArticleView:
    """Return an article as a person may see it now, or a version of it.

    Args:
        desk: where it is kept.
        who: whoever asks, None for everybody.
        id: of the article.
        number: of a version; 0 for the article as it stands, or for the public as it was approved last.

    Raises:
        NotHeld: if there is none, or they may not know of it.
    """
    with desk.reading() as view:
        article = view.articles.get(id)
        public, inside = approved_versions(article), works_on(article, who)
        if not may_read(article, who):
            if not article.approved:
                raise NotHeld("There is no such article.")
            article = replace(article, version=view.articles.version(id, article.approved))
        over = banner_over(article, number or article.version.number)
        now = number in (0, article.version.number)
        if not now:
            if not inside and number not in public:
                raise NotHeld("There is no such version.")
            article = replace(article, version=view.articles.version(id, number))
        version = article.version
        return ArticleView(
            article=article,
            version=version,
            banner=over.words,
            grave=over.grave,
            inside=inside,
            people=_people(view, article, version, inside),
            words={claim.number: word_on(article, claim) for claim in version.claims},
            versions=tuple(range(1, article.versions + 1)) if inside else tuple(sorted(public)),
            steps=tuple(steps_of(article, who)) if inside and now else (),
            waiting=tuple(claim.number for claim in unsigned(article)) if inside and now else (),
            seen=reading(article) if inside and now else "",
        )


def lines_of(
    desk: Desk, who: Person | None, wanted: ListOf, limit: int, offset: int
) -> tuple[list[tuple[ArticleLine, Signer]], int]:
    """Return articles of a list, last changed first, each with its author, and how many there are in all.

    Raises:
        NotAllowed: if nobody is known to ask for a list of their own, or they are no editor and ask for the desk's.
    """
    states: tuple[ArticleState, ...] = ()
    author = reviewer = ""
    if wanted is not ListOf.APPROVED and who is None:
        raise NotAllowed("Say who you are: this list is not for everybody.")
    match wanted:
        case ListOf.APPROVED:
            states = (ArticleState.APPROVED,)
        case ListOf.MINE:
            author = who.id if who else ""
        case ListOf.REVIEWS:
            if who is None or not who.has(Role.REVIEWER):  # whose role was taken away knows of none any more
                return [], 0
            reviewer = who.id
        case ListOf.DESK:
            if not may(who, Act.EDIT):
                raise NotAllowed("The desk's list is for editors.")
            states = tuple(each for each in ArticleState if each not in PUBLIC)
    with desk.reading() as view:
        found, total = view.articles.lines(states, author, reviewer, limit, offset)
        people = signers_of(view, (each.author for each in found))
    return [(each, people[each.author]) for each in found], total


def _people(view: DeskView, article: Article, version: ArticleVersion, inside: bool) -> dict[str, Signer]:
    ids = [article.author, version.who, *(each.who for each in article.signatures), *(m.who for m in article.moves)]
    ids += [*article.reviewers, *(each.who for each in article.comments)] if inside else []
    return signers_of(view, ids)
