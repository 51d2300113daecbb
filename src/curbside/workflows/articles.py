"""Articles: drawn from an answer, changed, read, signed, approved. Each act is one transaction with its log entry."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from curbside.answer.guards import Sentence, failures
from curbside.desk.articles import Step, checked_word, is_editor, is_reviewer, may_change, may_read, reading, taken
from curbside.desk.naming import line, lines
from curbside.desk.redrawing import redrawn
from curbside.desk.rights import Act, may
from curbside.errors import NotAllowed, NotHeld, UsageError
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Answer,
    Article,
    ArticleClaim,
    ArticleComment,
    ArticleState,
    ArticleVersion,
    Document,
    Move,
    Person,
    ReviewWord,
    Role,
    Signature,
    digest_of,
)
from curbside.records.following import NewsKind
from curbside.store.base import Store
from curbside.store.base_desk import Desk, DeskChange, DeskView
from curbside.workflows.telling import of_article
from curbside.workflows.watching import LOOK, weigh

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"

MOST_REVIEWERS = 12


def draft(desk: Desk, who: Person, answer: Answer, store: Store, title: str = "") -> Article:
    """Make an article of an answer; its title is the question where none is given.

    Raises:
        NotAllowed: if the person may not draft.
        UsageError: if the answer says nothing.
    """
    if not may(who, Act.DRAFT):
        raise NotAllowed(f"Your account may not do that: {Act.DRAFT}.")
    claims = claims_of(answer)
    if not claims:
        raise UsageError("The library holds nothing to answer this with, so there is nothing to make an article of.")
    with desk.writing() as change:
        id = "a" + "".join(secrets.choice(_ALPHABET) for _ in range(16))
        named = line(title, "title") or line(answer.question.text, "title")
        version = ArticleVersion(
            1,
            change.at,
            who.id,
            "Drawn from the library.",
            named,
            answer.question.text,
            answer.question.filters,
            claims,
            answer.absences,
            answer.references,
            answer.searched,
            digest_of(answer),
            store.changed,
        )
        made = Move(change.at, who.id, ArticleState.DRAFT, 1, "")
        article = Article(id, who.id, ArticleState.DRAFT, version, 1, moves=(made,))
        change.articles.make(article, change.at)
        change.log(who.id, "article.made", id, f"{len(claims)} claims")
    return article


def claims_of(answer: Answer, after: int = 0) -> tuple[ArticleClaim, ...]:
    """Return the sentences of an answer as claims, numbered behind `after`."""
    found: list[ArticleClaim] = []
    for section in answer.sections:
        for sentence in section.sentences:
            number = after + len(found) + 1
            found.append(
                ArticleClaim(
                    number, section.heading, sentence.text, sentence.cited, sentence.references, sentence.derived
                )
            )
    return tuple(found)


def read(desk: Desk, who: Person | None, id: str) -> Article:
    """Return an article as a person may see it now: whole, or for the public as it was approved last.

    Raises:
        NotHeld: if there is none, or they may not know of it.
    """
    with desk.reading() as view:
        article = view.articles.get(id)
        if may_read(article, who):
            return article
        if not article.approved:
            raise NotHeld("There is no such article.")
        return replace(article, version=view.articles.version(id, article.approved))


def works_on(article: Article, who: Person | None) -> bool:
    """Tell whether a person is author, reviewer or editor of an article."""
    if who is None or not who.active:
        return False
    return who.id == article.author or is_reviewer(article, who) or who.has(Role.EDITOR)


def approved_versions(article: Article) -> frozenset[int]:
    """Return the numbers of the versions that were approved, as the moves tell."""
    return frozenset(move.version for move in article.moves if move.state is ArticleState.APPROVED)


def edit_claim(
    desk: Desk, who: Person, id: str, number: int, key: str, text: str, why: str, store: Store, vocabulary: Vocabulary
) -> Article:
    """Change a claim's words; words that do not pass the guards against its quotes are marked as the editor's own.

    `key` is that of the claim as the person saw it, so that nobody writes over what somebody else wrote meanwhile.

    Raises:
        NotAllowed, NotHeld: if the person may not change the article, or may not know of it.
        UsageError: if the words are empty, too long, or the same, no reason is given, or the claim changed meanwhile.
    """
    plain, reason = line(text, "claim"), line(why, "reason")
    if not plain:
        raise UsageError("A claim cannot be empty. To take it out, remove it.")
    if not reason:
        raise UsageError("Say why the claim is changed; readers see it.")

    def edited(claim: ArticleClaim) -> ArticleClaim:
        if claim.text == plain:
            raise UsageError("The claim's words are the same as before.")
        return replace(claim, text=plain, edited=reason, own_words=_judged(claim, plain, store, vocabulary))

    return _changed(desk, who, id, number, key, edited, f"Claim {number} changed: {reason}", "article.claim changed")


def remove_claim(desk: Desk, who: Person, id: str, number: int, key: str, why: str) -> Article:
    """Take a claim out; it is kept with the reason, and its number is never used again.

    Raises:
        As `edit_claim`.
    """
    reason = line(why, "reason")
    if not reason:
        raise UsageError("Say why the claim is removed.")

    def removed(claim: ArticleClaim) -> ArticleClaim:
        return replace(claim, removed=reason)

    return _changed(desk, who, id, number, key, removed, f"Claim {number} removed: {reason}", "article.claim removed")


def redraw(desk: Desk, who: Person, id: str, answer: Answer, store: Store, why: str = "") -> Article:
    """Draw an article anew from the answer that the library gives now; see `curbside.desk.redrawing`.

    Signatures on claims that stay as they are still count; what is new wants signing. Where the answer says nothing
    else than the article, there is no further version.

    Raises:
        NotAllowed, NotHeld: if the person may not change the article, or may not know of it.
        UsageError: if the answer says nothing any more.
    """
    reason = line(why, "reason")
    fresh = claims_of(answer)
    if not fresh:
        raise UsageError("The library holds nothing to answer this with any more. Withdraw the article if need be.")
    with desk.writing() as change:
        article = _known(change, who, id)
        _may_change(article, who)
        claims, references = redrawn(article.version, fresh, answer.references)
        version = replace(
            article.version,
            claims=claims,
            references=references,
            absences=answer.absences,
            searched=answer.searched,
            digest=digest_of(answer),
            library=store.changed,
        )
        if replace(version, library=article.version.library) == article.version:
            return article
        words = f"Drawn anew from the library: {reason}" if reason else "Drawn anew from the library."
        return _put_version(change, who, article, version, words, "article.drawn anew", "")


def sign(desk: Desk, who: Person, id: str, number: int, key: str, word: ReviewWord, words: str = "") -> Article:
    """Sign a claim, or return it with a reason.

    Raises:
        NotAllowed, NotHeld: if the person does not review the article, or may not know of it.
        UsageError: if the claim changed meanwhile, is returned without a reason, or the person states no conflicts.
    """
    said = lines(words, "comment")
    with desk.writing() as change:
        article = _known(change, who, id)
        claim = checked_word(article, who, number, word, said)
        _same(claim, key)
        signature = Signature(
            len(article.signatures) + 1,
            number,
            claim.key,
            article.version.number,
            who.id,
            word,
            said,
            who.conflicts,
            change.at,
        )
        change.articles.say(id, (signature,))
        change.log(who.id, f"article.claim {word}", id, f"claim {number} {claim.key}")
        return change.articles.get(id)


def comment(desk: Desk, who: Person, id: str, words: str, number: int = 0) -> Article:
    """Say something of an article, or of one of its claims, among those who work on it.

    Raises:
        NotAllowed, NotHeld: if the person does not work on the article, or may not know of it.
        UsageError: if nothing is said, or there is no such claim.
    """
    said = lines(words, "comment")
    if not said:
        raise UsageError("The comment is empty.")
    with desk.writing() as change:
        article = _known(change, who, id)
        if not works_on(article, who):
            raise NotAllowed("You do not work on this article.")
        if number and all(claim.number != number for claim in article.version.claims):
            raise UsageError(f"There is no claim {number} in this article.")
        made = ArticleComment(len(article.comments) + 1, number, article.version.number, who.id, said, change.at)
        change.articles.say(id, (made,))
        change.log(who.id, "article.comment", id, f"claim {number}" if number else "")
        return change.articles.get(id)


def take(
    desk: Desk, who: Person, id: str, step: Step, words: str = "", keys: Sequence[str] = (), seen: str = ""
) -> Article:
    """Take a step of an article's life; `keys` are kept on approval, so that a change of the library finds it.

    `seen` is the `curbside.desk.articles.reading` of the article as whoever approves it read it: approving ends its
    news, and must not end what nobody read.

    Raises:
        NotAllowed, NotHeld: if the person may not take it, or may not know of the article.
        UsageError: if something is missing for it; returning and withdrawing want a reason; or if what is approved
            changed, or has news, since it was read.
    """
    said = lines(words, "comment")
    if step in (Step.RETURN, Step.WITHDRAW, Step.REOPEN) and not said:
        raise UsageError("Say why; it is kept with the article.")
    with desk.writing() as change:
        article = _known(change, who, id)
        state = taken(article, who, step)
        number = article.version.number
        approves = step is Step.APPROVE
        if approves and not seen:
            raise UsageError("Say what you read of it: approving wants the article's `seen`, as it was shown.")
        if approves and seen != reading(article):
            raise UsageError("It changed, or news came, since you read it. Read it as it stands now, then approve it.")
        after = replace(
            article,
            state=state,
            approved=number if approves else article.approved,
            news="" if approves else article.news,
        )
        change.articles.put(after, change.at)
        change.articles.say(id, (Move(change.at, who.id, state, number, said),))
        _publish(change, after, article, step, said)
        if approves:
            change.articles.set_keys(id, keys)
            if article.news:
                weigh(change, article)
            if _drawn_since(change, article):
                # What came between drawing and approving was watched for by nobody.
                change.jobs.put(LOOK, [id])
        elif state is ArticleState.WITHDRAWN:
            change.articles.set_keys(id, ())
        change.log(who.id, f"article.{step.replace(' ', '-')}", id, f"version {number}")
        return change.articles.get(id)


def _drawn_since(view: DeskView, article: Article) -> bool:
    """Tell whether an article was drawn from the library since it was approved last, or never was approved."""
    if not article.approved:
        return True
    before = view.articles.version(article.id, article.approved)
    return (before.library, before.digest) != (article.version.library, article.version.digest)


def _publish(change: DeskChange, after: Article, before: Article, step: Step, said: str) -> None:
    """Tell who follows the article of a step that everybody may know of; a reason is told where the page tells it."""
    match step:
        case Step.APPROVE:
            of_article(change, after, NewsKind.APPROVED_AGAIN if before.approved else NewsKind.APPROVED, said)
        case Step.WITHDRAW:
            of_article(change, after, NewsKind.WITHDRAWN, said)
        case Step.REOPEN:
            of_article(change, after, NewsKind.REOPENED)
        case _:
            pass


def assign(desk: Desk, who: Person, id: str, reviewers: Sequence[str]) -> Article:
    """Name who reviews an article, in the place of who was named before.

    Raises:
        NotAllowed, NotHeld: if the person does not edit the article, or may not know of it.
        UsageError: if somebody named is no reviewer, or its author.
    """
    wanted = tuple(dict.fromkeys(reviewers))
    if len(wanted) > MOST_REVIEWERS:
        raise UsageError(f"An article has at most {MOST_REVIEWERS} reviewers.")
    with desk.writing() as change:
        article = _known(change, who, id)
        if not is_editor(article, who) or article.state not in (ArticleState.SUBMITTED, ArticleState.UNDER_REVIEW):
            raise NotAllowed("You do not edit this article, or it is not being reviewed.")
        if who.id in wanted:
            raise UsageError("Who decides on an article does not review it. Let another editor decide.")
        for each in wanted:
            try:
                person = change.person(each)
            except NotHeld:
                person = None
            if person is None or not person.has(Role.REVIEWER) or each == article.author:
                raise UsageError("Somebody named is no reviewer, or is the article's author.")
        change.articles.put(replace(article, reviewers=wanted), change.at)
        change.log(who.id, "article.reviewers", id, ", ".join(wanted))
        return change.articles.get(id)


def _changed(
    desk: Desk,
    who: Person,
    id: str,
    number: int,
    key: str,
    edit: Callable[[ArticleClaim], ArticleClaim],
    why: str,
    action: str,
) -> Article:
    """Make a further version in which one claim is another."""
    with desk.writing() as change:
        article = _known(change, who, id)
        _may_change(article, who)
        claims = list(article.version.claims)
        place = next((i for i, claim in enumerate(claims) if claim.number == number and claim.stands), None)
        if place is None:
            raise UsageError(f"There is no claim {number} in this article.")
        _same(claims[place], key)
        claims[place] = edit(claims[place])
        version = replace(article.version, claims=tuple(claims))
        return _put_version(change, who, article, version, why, action, f"claim {number}")


def _may_change(article: Article, who: Person) -> None:
    if not may_change(article, who):
        raise NotAllowed(f"An article that is {article.state} cannot be changed by you.")


def _put_version(
    change: DeskChange, who: Person, article: Article, version: ArticleVersion, why: str, action: str, about: str
) -> Article:
    """Keep what a version became as a further one."""
    number = article.versions + 1
    made = replace(version, number=number, at=change.at, who=who.id, why=why)
    change.articles.add_version(replace(article, version=made, versions=number), change.at)
    change.log(who.id, action, article.id, f"{about}, version {number}".lstrip(", "))
    return change.articles.get(article.id)


def _known(change: DeskChange, who: Person, id: str) -> Article:
    """Return an article that a person may know of as it stands now."""
    article = change.articles.get(id)
    if not may_read(article, who):
        raise NotHeld("There is no such article.")
    return article


def _same(claim: ArticleClaim, key: str) -> None:
    if claim.key != key:
        raise UsageError("The claim was changed meanwhile. Read it again, then say what you meant to say.")


def _judged(claim: ArticleClaim, text: str, store: Store, vocabulary: Vocabulary) -> str:
    """Say what the guards have against new words of a claim; "" for nothing."""
    documents: Mapping[str, Document] = {
        holding.document.id: holding.document
        for holding in store.holdings(tuple(dict.fromkeys(quote.document for quote in claim.quotes)))
    }
    trial = Sentence(text, claim.quotes, documents, (), claim.derived, vocabulary)
    return "; ".join(f"{each.guard}: {each.reason}" for each in failures(trial))
