"""An article's life: which step leads from where to where, who may take it, and the words that follow from the state.

Draft → submitted → under review → approved; or returned, or withdrawn. What was approved comes back under review when
its evidence changes. One table holds all of it; pages, doors and the log ask here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from curbside.desk.rights import Act, may
from curbside.errors import NotAllowed, UsageError
from curbside.records import Article, ArticleClaim, ArticleState, Person, ReviewWord, Role, Signature


class Step(StrEnum):
    """What can be done to an article as a whole."""

    SUBMIT = "submit"
    REVIEW = "send to review"
    RETURN = "return"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class _Row:
    """A step: from which states, to which, by whom."""

    start: frozenset[ArticleState]
    end: ArticleState
    by_author: bool
    by_editor: bool


_S = ArticleState
STEPS: Mapping[Step, _Row] = MappingProxyType(
    {
        Step.SUBMIT: _Row(frozenset({_S.DRAFT, _S.RETURNED}), _S.SUBMITTED, True, False),
        Step.REVIEW: _Row(frozenset({_S.SUBMITTED, _S.UNDER_REVIEW}), _S.UNDER_REVIEW, False, True),
        Step.RETURN: _Row(frozenset({_S.SUBMITTED, _S.UNDER_REVIEW}), _S.RETURNED, False, True),
        Step.APPROVE: _Row(frozenset({_S.UNDER_REVIEW}), _S.APPROVED, False, True),
        Step.WITHDRAW: _Row(frozenset(_S) - {_S.WITHDRAWN}, _S.WITHDRAWN, True, True),
        Step.REOPEN: _Row(frozenset({_S.APPROVED}), _S.UNDER_REVIEW, False, True),
    }
)

EDITABLE: Mapping[ArticleState, str] = MappingProxyType(
    {_S.DRAFT: "author", _S.RETURNED: "author", _S.SUBMITTED: "editor", _S.UNDER_REVIEW: "editor"}
)
"""State -> who may change an article's words then; an author does not change what is being read."""

PUBLIC = frozenset({_S.APPROVED, _S.WITHDRAWN})
"""States of which everybody may know, once an article was approved."""


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands over an article.

    Attributes:
        words: a sentence.
        grave: whether it warns.
    """

    words: str
    grave: bool


_BANNERS: Mapping[ArticleState, str] = MappingProxyType(
    {
        _S.DRAFT: "Draft. Nobody has reviewed it.",
        _S.SUBMITTED: "Submitted. Nobody has reviewed it yet.",
        _S.UNDER_REVIEW: "Under review. It is not approved.",
        _S.RETURNED: "Returned to its author. It is not approved.",
        _S.APPROVED: "Approved. Each claim was signed by a named reviewer, or removed.",
        _S.WITHDRAWN: "Withdrawn. Do not rely on it.",
    }
)


def banner(article: Article) -> Banner:
    """Return what stands over an article; it follows from the state, and from news since approval."""
    words = _BANNERS[article.state]
    if article.news:
        return Banner(f"New evidence since approval. {words}", True)
    return Banner(words, article.state is not ArticleState.APPROVED)


def banner_over(article: Article, number: int) -> Banner:
    """Return what stands over a version: the article's banner over the one that stands, a warning over any other.

    The version that stands is the latest, or for the public the one that was approved last.
    """
    if number in (article.version.number, article.approved):
        return banner(article)
    if article.state is ArticleState.WITHDRAWN:
        return Banner("Another version of an article that is withdrawn. Do not rely on it.", True)
    news = " New evidence came since its approval." if article.news else ""
    return Banner(f"Not the version that stands. Now the article is {article.state}.{news}", True)


def reading(article: Article) -> str:
    """Return what names an article as somebody read it who is to decide on it: its version, and its news.

    What came since is another, so that nobody approves what they have not seen. 32 hexadecimal digits.
    """
    return hashlib.sha256(f"{article.version.number}\n{article.news}".encode()).hexdigest()[:32]


def is_author(article: Article, person: Person | None) -> bool:
    """Tell whether a person made an article."""
    return person is not None and person.active and person.id == article.author


def is_reviewer(article: Article, person: Person | None) -> bool:
    """Tell whether a person reviews an article: asked to, still a reviewer, and not its author."""
    return (
        person is not None
        and person.id in article.reviewers
        and person.id != article.author
        and person.has(Role.REVIEWER)
    )


def is_editor(article: Article, person: Person | None) -> bool:
    """Tell whether a person edits an article: an editor who is neither its author nor one of its reviewers."""
    return (
        may(person, Act.EDIT)
        and person is not None
        and person.id != article.author
        and person.id not in article.reviewers
    )


def may_read(article: Article, person: Person | None) -> bool:
    """Tell whether a person may read an article as it stands now.

    Whoever may not reads it as it was approved last, also once it is withdrawn; where it never was, there is none.
    """
    if article.state is ArticleState.APPROVED:
        return True
    return is_author(article, person) or is_reviewer(article, person) or may(person, Act.EDIT)


def may_change(article: Article, person: Person | None) -> bool:
    """Tell whether a person may change an article's words."""
    who = EDITABLE.get(article.state)
    if who == "author":
        return is_author(article, person) and may(person, Act.DRAFT)
    return who == "editor" and is_editor(article, person)


def steps_of(article: Article, person: Person | None) -> tuple[Step, ...]:
    """Return the steps that a person may take with an article now, whether or not what they need is there."""
    return tuple(step for step in Step if _may_take(article, person, step))


def _may_take(article: Article, person: Person | None, step: Step) -> bool:
    row = STEPS[step]
    if article.state not in row.start:
        return False
    author = row.by_author and is_author(article, person) and may(person, Act.SUBMIT)
    return author or (row.by_editor and is_editor(article, person))


def taken(article: Article, person: Person | None, step: Step) -> ArticleState:
    """Return the state that a step leads to.

    Raises:
        NotAllowed: if the person may not take it, or it does not start from where the article stands.
        UsageError: if something is missing for it, with what.
    """
    if not _may_take(article, person, step):
        raise NotAllowed(f"An article that is {article.state} cannot be changed so by you: {step}.")
    if step is Step.SUBMIT and not article.version.standing:
        raise UsageError("No claim is left in this article. There is nothing to review.")
    if step is Step.REVIEW and not article.reviewers:
        raise UsageError("Name at least one reviewer first.")
    if step is Step.APPROVE:
        open_claims = unsigned(article)
        if not article.version.standing:
            raise UsageError("No claim is left in this article. There is nothing to approve.")
        if open_claims:
            numbers = ", ".join(str(claim.number) for claim in open_claims)
            raise UsageError(f"These claims are neither signed nor removed: {numbers}.")
    return STEPS[step].end


def word_on(article: Article, claim: ArticleClaim) -> tuple[Signature, ...]:
    """Return the latest word of each reviewer on a claim as it stands now, in the order of saying."""
    latest: dict[str, Signature] = {}
    for signature in article.signatures:
        if signature.claim == claim.number and signature.key == claim.key and signature.who != article.author:
            latest.pop(signature.who, None)
            latest[signature.who] = signature
    return tuple(latest.values())


def unsigned(article: Article) -> tuple[ArticleClaim, ...]:
    """Return the claims that keep an article from being approved: nobody signed them, or somebody returned them."""
    return tuple(claim for claim in article.version.standing if not _is_signed(article, claim))


def _is_signed(article: Article, claim: ArticleClaim) -> bool:
    words = word_on(article, claim)
    return bool(words) and all(each.word is ReviewWord.SIGNED for each in words)


def checked_word(article: Article, person: Person, claim: int, word: ReviewWord, words: str) -> ArticleClaim:
    """Return the claim on which a person may say a word.

    Raises:
        NotAllowed: if they do not review this article, or it is not under review.
        UsageError: if there is no such claim, it is removed, or it is returned without a reason.
    """
    if not is_reviewer(article, person) or article.state is not ArticleState.UNDER_REVIEW:
        raise NotAllowed("You do not review this article, or it is not under review.")
    found = next((each for each in article.version.standing if each.number == claim), None)
    if found is None:
        raise UsageError(f"There is no claim {claim} in this version of the article.")
    if word is ReviewWord.RETURNED and not words:
        raise UsageError("Say why the claim is returned, so that it can be mended.")
    if not person.conflicts:
        raise UsageError("State your conflicts of interest on your account's page first; “none” if there are none.")
    return found
