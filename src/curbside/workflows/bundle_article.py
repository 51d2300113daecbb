"""What makes an article of an answer, for its bundle: versions, steps, signatures, people, and the log on all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from curbside.desk.articles import PUBLIC, word_on
from curbside.errors import NotHeld
from curbside.records import (
    Article,
    ArticleComment,
    ArticleState,
    ArticleVersion,
    AuditEntry,
    Move,
    ReviewWord,
    Signature,
    seal_of,
)
from curbside.records.bundle import (
    MOST_BETWEEN,
    BundledArticle,
    BundledComment,
    BundledEntry,
    BundledLog,
    BundledMove,
    BundledPerson,
    BundledSignature,
    BundledVersion,
    ClaimMark,
)
from curbside.store.base_desk import DeskView
from curbside.workflows.articles import approved_versions

DECISIONS = {ArticleState.APPROVED.value: "article.approve", ArticleState.WITHDRAWN.value: "article.withdraw"}
"""State that a decision leads to -> what the log calls the decision."""


def signed_parts(
    view: DeskView, id: str, version: ArticleVersion, *, whole: bool, comments: bool = False
) -> BundledArticle:
    """Return what is kept of an article beside its claims, or of that what readers of a version may see."""
    article = view.articles.get(id)
    if whole:
        numbers: Iterable[int] = range(1, article.versions + 1)
        moves, signatures, said = article.moves, article.signatures, article.comments if comments else ()
    else:
        numbers = sorted(approved_versions(article) | {version.number})
        moves = tuple(move for move in article.moves if move.state in PUBLIC)
        signatures, said = _seen_by_readers(article, version), ()
    versions = tuple(_version(view.articles.version(id, number), whole) for number in numbers)
    entries = [each for each in view.audit_of(id) if whole or _tells(each, moves, signatures)]
    named = {article.author, *(each.who for each in (*versions, *moves, *signatures, *said, *entries))}
    return BundledArticle(
        id=id,
        author=article.author,
        state=article.state.value,
        news=article.news,
        version=version.number,
        approved=article.approved,
        made=view.at,
        whole=whole,
        versions=versions,
        moves=tuple(_move(each) for each in moves),
        signatures=tuple(_signature(each) for each in signatures),
        comments=tuple(_comment(each) for each in said),
        people=tuple(_person(view, each) for each in sorted(named)),
        log=tuple(_stretches(view, entries)),
    )


def _seen_by_readers(article: Article, version: ArticleVersion) -> tuple[Signature, ...]:
    """Return the latest word of each reviewer on each claim; why one is returned is said among those at work on it."""
    at = replace(article, version=version)
    words = sorted((each for claim in version.standing for each in word_on(at, claim)), key=lambda each: each.number)
    return tuple(each if each.word is ReviewWord.SIGNED else replace(each, words="") for each in words)


def _tells(entry: AuditEntry, moves: Sequence[Move], signatures: Sequence[Signature]) -> bool:
    """Tell whether an entry is of a step or a signature that readers may see."""
    told = (entry.who, entry.action, entry.detail, entry.at)
    signed = ((each.who, signature_action(each), signature_detail(each), each.at) for each in signatures)
    moved = ((each.who, DECISIONS[each.state], move_detail(each), each.at) for each in moves if each.state in DECISIONS)
    return told in (*signed, *moved)


def signature_action(signature: Signature | BundledSignature) -> str:
    """Return what the log calls the saying of a word on a claim."""
    return f"article.claim {signature.word}"


def signature_detail(signature: Signature | BundledSignature) -> str:
    """Return how the log names the claim that a word is on."""
    return f"claim {signature.claim} {signature.key}"


def move_detail(move: Move | BundledMove) -> str:
    """Return how the log names the version that a step was taken with."""
    return f"version {move.version}"


def _version(version: ArticleVersion, whole: bool) -> BundledVersion:
    claims = version.claims if whole else version.standing
    marks = tuple(ClaimMark(claim.number, claim.key, claim.stands) for claim in claims)
    return BundledVersion(version.number, version.at, version.who, version.why, version.title, marks)


def _move(move: Move) -> BundledMove:
    return BundledMove(move.at, move.who, move.state.value, move.version, move.words)


def _signature(said: Signature) -> BundledSignature:
    return BundledSignature(
        said.number,
        said.claim,
        said.key,
        said.version,
        said.who,
        said.word.value,
        said.words,
        said.conflicts,
        said.at,
    )


def _comment(said: ArticleComment) -> BundledComment:
    return BundledComment(said.number, said.claim, said.version, said.who, said.words, said.at)


def _person(view: DeskView, id: str) -> BundledPerson:
    try:
        person = view.person(id)
    except NotHeld:  # whoever runs the server has no account
        return BundledPerson(id, id, "")
    return BundledPerson(id, person.signs_as, person.department)


def _stretches(view: DeskView, entries: Sequence[AuditEntry]) -> Iterator[BundledLog]:
    """Yield the stretches of the log that hold `entries`; the last goes on to the log's end where that is near."""
    head = view.head()
    start = 0
    for place, entry in enumerate(entries):
        last = place + 1 == len(entries)
        if not last and entries[place + 1].number - entry.number <= MOST_BETWEEN:
            continue
        upto = entry.number
        if last and head is not None and head.number - entry.number <= MOST_BETWEEN:
            upto = head.number
        full = {each.number for each in entries[start : place + 1]}
        whole = head is not None and upto == head.number
        yield _stretch(list(view.audit(entries[start].number - 1, upto)), full, whole)
        start = place + 1


def _stretch(held: Sequence[AuditEntry], full: set[int], whole: bool) -> BundledLog:
    return BundledLog(
        first=held[0].number,
        previous=held[0].previous,
        entries=tuple(_entry(each) for each in held if each.number in full),
        seals=tuple(seal_of(each) for each in held if each.number not in full),
        head=held[-1].hash,
        whole=whole,
    )


def _entry(entry: AuditEntry) -> BundledEntry:
    return BundledEntry(
        entry.number, entry.at, entry.who, entry.action, entry.about, entry.detail, entry.salt, entry.hash
    )
