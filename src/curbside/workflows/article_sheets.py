"""Article sheets: one version of an article with all that is told of it, as somebody may read it, in one look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from curbside.answer.source_words import kinds_told
from curbside.desk.articles import PUBLIC, Banner, banner_over, may_read, word_on
from curbside.desk.rights import is_shown
from curbside.errors import NotHeld
from curbside.records import (
    Article,
    ArticleVersion,
    Filters,
    Person,
    ReviewWord,
    Signature,
)
from curbside.records.article_sheet import ArticleSheet, ClaimWord, SheetClaim, SheetVersion, Signer
from curbside.store.base_desk import Desk, DeskView
from curbside.workflows.articles import approved_versions, works_on


def sheet_of(
    desk: Desk,
    who: Person | None,
    id: str,
    number: int = 0,
    site: str = "",
    name: Callable[[str], str] = str,
    operator: bool = False,
) -> ArticleSheet:
    """Return a version of an article to be written out.

    Args:
        desk: where it is kept.
        who: whoever asks, None for everybody.
        id: of the article.
        number: of the version; 0 for the one that stands, as `curbside.workflows.articles.read` shows it.
        site: address of the site, without a slash at its end.
        name: of a drug or a condition by its id, for the conditions on the sources.
        operator: whether whoever asks runs this server, and may read everything.

    Raises:
        NotHeld: if there is no such article or version, or they may not know of it.
    """
    with desk.reading() as view:
        article = view.articles.get(id)
        public = approved_versions(article)
        if not (operator or may_read(article, who)):
            if not article.approved:
                raise NotHeld("There is no such article.")
            article = replace(article, version=view.articles.version(id, article.approved))
        stands = article.version.number
        over = banner_over(article, number or stands)
        if number and number != stands:
            if not (operator or works_on(article, who) or number in public):
                raise NotHeld("There is no such version.")
            article = replace(article, version=view.articles.version(id, number))
        sheet = _sheet(view, article, over, public)
    conditions = conditions_told(article.version.filters, name)
    return replace(sheet, site=site, conditions=conditions, latest=article.version.number == stands)


def _sheet(view: DeskView, article: Article, over: Banner, public: frozenset[int]) -> ArticleSheet:
    version = article.version

    @cache
    def signer(id: str) -> Signer:
        return signer_of(view, id)

    shown = [view.articles.version(article.id, each) for each in sorted(public | {version.number})]
    return ArticleSheet(
        article=article.id,
        site="",
        state=article.state,
        banner=over.words,
        grave=over.grave,
        news=article.news,
        version=version,
        claims=tuple(
            SheetClaim(claim, tuple(_word(signer, each) for each in word_on(article, claim)))
            for claim in version.standing
        ),
        author=signer(article.author),
        steps=tuple((signer(move.who), move) for move in article.moves if move.state in PUBLIC),
        versions=tuple(_version(signer, each) for each in shown),
    )


def _version(signer: Callable[[str], Signer], version: ArticleVersion) -> SheetVersion:
    return SheetVersion(version.number, version.at, signer(version.who), version.why)


def _word(signer: Callable[[str], Signer], said: Signature) -> ClaimWord:
    words = said.words if said.word is ReviewWord.SIGNED else ""
    return ClaimWord(signer(said.who), said.word, words, said.conflicts, said.at)


def signer_of(view: DeskView, id: str) -> Signer:
    """Return a person as they stand beside what they do; whoever is not known by their id alone."""
    return signers_of(view, (id,))[id]


def signers_of(view: DeskView, ids: Iterable[str]) -> dict[str, Signer]:
    """Return id -> person, as `signer_of` returns each."""
    wanted = tuple(dict.fromkeys(ids))
    known = view.persons(wanted)
    return {id: _signer(id, known.get(id)) for id in wanted}


def _signer(id: str, person: Person | None) -> Signer:
    if person is None:
        return Signer(id, id)
    return Signer(id, person.signs_as, person.department, is_shown(person), person.erased)


def conditions_told(filters: Filters, name: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """Return the conditions on sources that were set, as (what, words) pairs; `name` names drugs and conditions."""
    years = " ".join(
        f"{word} {year}" for word, year in (("from", filters.since), ("to", filters.until)) if year is not None
    )
    notice = {True: "only with a notice", False: "only without a notice", None: ""}[filters.noticed]
    rows = (
        ("Kind of document", ", ".join(filters.kinds)),
        ("Kind of evidence", kinds_told(filters.evidence)),
        ("Years", years),
        ("About the drug", ", ".join(map(name, filters.drugs))),
        ("About the condition", ", ".join(map(name, filters.conditions))),
        ("Age group", ", ".join(filters.ages)),
        ("Editorial notices", notice),
    )
    return tuple((what, words) for what, words in rows if words)
