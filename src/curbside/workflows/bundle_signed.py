"""The article of an audit bundle held against itself: versions, steps, signatures, and the log's chain over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from curbside.desk.articles import PUBLIC, STEPS
from curbside.records import ArticleState, ReviewWord
from curbside.records.audit import AuditEntry, linked, seal_of
from curbside.records.bundle import (
    Bundle,
    BundledArticle,
    BundledClaim,
    BundledEntry,
    BundledLog,
    BundledMove,
    BundledSignature,
    ClaimMark,
    Discrepancy,
    fault,
    remark,
)
from curbside.workflows.bundle_article import DECISIONS, move_detail, signature_action, signature_detail

_STEPS = frozenset((start.value, row.end.value) for row in STEPS.values() for start in row.start)


def signed_check(bundle: Bundle) -> Iterator[Discrepancy]:
    """Yield what does not hold in the article of a bundle; nothing for the bundle of an answer."""
    article = bundle.article
    if article is None:
        return
    yield from _times(article)
    yield from _people(article)
    yield from _versions(bundle, article)
    yield from _moves(article)
    yield from _signatures(bundle, article)
    yield from _approval(bundle, article)
    for i, stretch in enumerate(article.log):
        yield from _chain(f"article.log[{i}]", stretch, article.id)
    yield from _logged(article)


def _times(article: BundledArticle) -> Iterator[Discrepancy]:
    """Yield where a time is none, or comes before one that it should follow."""
    for name in ("versions", "moves", "signatures", "comments"):
        last = ""
        for i, each in enumerate(getattr(article, name)):
            place = f"article.{name}[{i}].at"
            if not _is_time(each.at):
                yield fault(place, f"“{each.at[:40]}” is no time in the form 2027-01-15T08:00:00Z.")
            elif each.at < last:
                yield fault(place, f"{each.at} comes before {last}, which stands before it.")
            elif each.at > article.made:
                yield fault(place, f"{each.at} is later than the bundle, which was made {article.made[:40]}.")
            last = each.at
    if not _is_time(article.made):
        yield fault("article.made", f"“{article.made[:40]}” is no time in the form 2027-01-15T08:00:00Z.")


def _is_time(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return False
    return len(text) == len("2027-01-15T08:00:00Z")


def _people(article: BundledArticle) -> Iterator[Discrepancy]:
    known = {each.id for each in article.people}
    said = [("article.author", article.author)]
    for name in ("versions", "moves", "signatures", "comments"):
        said += [(f"article.{name}[{i}].who", each.who) for i, each in enumerate(getattr(article, name))]
    for place, who in said:
        if who not in known:
            yield fault(place, f"{who[:40]} is not among the people of the bundle.")


def _versions(bundle: Bundle, article: BundledArticle) -> Iterator[Discrepancy]:
    last = 0
    for i, version in enumerate(article.versions):
        if version.number <= last or (article.whole and version.number != last + 1):
            yield fault(f"article.versions[{i}].number", f"The versions do not count: {version.number} follows {last}.")
        last = version.number
    place = next((i for i, each in enumerate(article.versions) if each.number == article.version), None)
    if place is None:
        yield fault("article.version", f"Version {article.version} is not among the versions.")
        return
    version = article.versions[place]
    if version.title != bundle.title:
        yield fault("title", "It is not the title of the version.")
    marks = tuple(ClaimMark(each.number, each.key, not each.removed) for each in bundle.claims)
    if marks != version.claims:
        words = f"The claims of version {version.number} are not those of the bundle: another number, key or order."
        yield fault(f"article.versions[{place}].claims", words)


def _moves(article: BundledArticle) -> Iterator[Discrepancy]:
    known = {each.number for each in article.versions}
    before = ""
    for i, move in enumerate(article.moves):
        place = f"article.moves[{i}]"
        if move.state not in tuple(ArticleState):
            yield fault(f"{place}.state", f"“{move.state[:40]}” is no state of an article.")
        elif not article.whole and move.state not in PUBLIC:
            yield fault(f"{place}.state", f"Readers are not told of the state “{move.state}”.")
        elif article.whole and not _follows(before, move.state):
            yield fault(f"{place}.state", f"No step leads from {before or 'nothing'} to {move.state}.")
        if move.version not in known and (article.whole or move.state == ArticleState.APPROVED):
            yield fault(f"{place}.version", f"Version {move.version} is not among the versions.")
        if move.state == ArticleState.APPROVED and move.who == article.author:
            yield fault(f"{place}.who", "The author approved it; nobody decides on what they wrote.")
        before = move.state
    if article.state not in tuple(ArticleState):
        yield fault("article.state", f"“{article.state[:40]}” is no state of an article.")
    elif (article.whole or article.state in PUBLIC) and before != article.state:
        yield fault("article.state", f"It is said to be {article.state}; the last step led to {before or 'nothing'}.")
    approved = [move.version for move in article.moves if move.state == ArticleState.APPROVED]
    if article.approved != (approved[-1] if approved else 0):
        words = f"Version {article.approved} is said to be approved; the steps tell of {approved[-1:] or 'none'}."
        yield fault("article.approved", words)


def _follows(before: str, state: str) -> bool:
    return (before, state) in _STEPS if before else state == ArticleState.DRAFT


def _signatures(bundle: Bundle, article: BundledArticle) -> Iterator[Discrepancy]:
    marks = {version.number: {each.number: each.key for each in version.claims} for version in article.versions}
    here = {claim.number: claim.key for claim in bundle.claims}
    last = 0
    for i, each in enumerate(article.signatures):
        place = f"article.signatures[{i}]"
        if each.number <= last:
            yield fault(f"{place}.number", f"The signatures do not count: {each.number} follows {last}.")
        last = each.number
        if each.word not in tuple(ReviewWord):
            yield fault(f"{place}.word", f"“{each.word[:40]}” is no word of a reviewer.")
        if each.who == article.author:
            yield fault(f"{place}.who", "The author signed; nobody signs what they wrote.")
        if not each.conflicts:
            yield fault(f"{place}.conflicts", "No statement of conflicts of interest stands with it.")
        read = marks.get(each.version, here if not article.whole else {}).get(each.claim)
        if read != each.key:
            words = f"It is on claim {each.claim} with the key {each.key[:32]}; version {each.version} has "
            yield fault(f"{place}.key", f"{words}{read or 'no such claim'} there: its words were changed since.")


def _approval(bundle: Bundle, article: BundledArticle) -> Iterator[Discrepancy]:
    """Yield the claims that were not signed when the version was approved.

    What readers may see holds but the latest words, which are those of the approval only while it lasts.
    """
    approvals = [m for m in article.moves if m.state == ArticleState.APPROVED and m.version == article.version]
    if not approvals or not (article.whole or article.state == ArticleState.APPROVED):
        return
    approval = approvals[-1]
    latest: dict[tuple[int, str, str], BundledSignature] = {}
    for i, each in enumerate(article.signatures):
        if each.at <= approval.at:
            latest[each.claim, each.key, each.who] = each
        elif article.state == ArticleState.APPROVED:
            yield fault(f"article.signatures[{i}].at", f"It was given after the approval, {approval.at}.")
    words: dict[tuple[int, str], list[BundledSignature]] = {}
    for (number, key, who), each in latest.items():
        if who != article.author:
            words.setdefault((number, key), []).append(each)
    for i, claim in enumerate(bundle.claims):
        if not claim.removed:
            yield from _claim_signed(f"claims[{i}]", claim, words.get((claim.number, claim.key), []), approval)


def _claim_signed(
    place: str, claim: BundledClaim, words: list[BundledSignature], approval: BundledMove
) -> Iterator[Discrepancy]:
    if not words:
        yield fault(place, f"Claim {claim.number} was approved, and nobody signed it as it stands.")
    elif any(each.word != ReviewWord.SIGNED for each in words):
        yield fault(place, f"Claim {claim.number} was approved, and a reviewer had returned it.")
    elif any(each.who == approval.who for each in words):
        yield remark(place, f"Claim {claim.number} was signed by whoever approved the article.")


def links(stretch: BundledLog) -> Iterator[tuple[int, int | None, str]]:
    """Follow the chain over a stretch of the log; yield number, place among those in full or None, and hash of each.

    Ends early where an entry is neither in full nor sealed.
    """
    full = {each.number: i for i, each in enumerate(stretch.entries)}
    seals = iter(stretch.seals)
    before = stretch.previous
    for number in range(stretch.first, stretch.first + len(stretch.entries) + len(stretch.seals)):
        place = full.get(number)
        seal = seal_of(as_entry(stretch.entries[place])) if place is not None else next(seals, None)
        if seal is None:
            return
        before = linked(before, seal)
        yield number, place, before


def _chain(place: str, stretch: BundledLog, about: str) -> Iterator[Discrepancy]:
    """Yield where the chain over a stretch of the log, as `curbside.records.audit` makes it, does not hold."""
    for i, entry in enumerate(stretch.entries):
        if entry.about != about:
            words = f"The entry is about {entry.about[:40]}, not about the article."
            yield fault(f"{place}.entries[{i}].about", words)
    last = stretch.previous
    count = met = 0
    for number, i, last in links(stretch):
        count += 1
        if i is None:
            continue
        met += 1
        told = stretch.entries[i].hash
        if last != told:
            words = f"Entry {number} gives the hash {last[:16]}…, not {told[:16]}…: "
            yield fault(f"{place}.entries[{i}].hash", f"{words}it, or one before it, is not as it was written.")
            return
    if met < len(stretch.entries) or count < len(stretch.entries) + len(stretch.seals) or not count:
        words = "The chain has a gap, or an entry stands there twice: one is neither in full nor sealed."
        yield fault(f"{place}.entries", words)
    elif last != stretch.head:
        words = f"The chain ends with the hash {last[:16]}…, not {stretch.head[:16]}…: an entry was changed."
        yield fault(f"{place}.head", words)


def head_check(bundle: Bundle, head: str) -> Iterator[Discrepancy]:
    """Yield that a hash of the log, noted elsewhere, is none of those that the bundle's chain goes through."""
    stretches = bundle.article.log if bundle.article is not None else ()
    if all(found != head for stretch in stretches for _, _, found in links(stretch)):
        words = f"None of the entries that the bundle follows the log over has the hash {head[:64]}."
        yield fault(
            "article.log", words, "Note a head that was printed between the approval and the making of the bundle."
        )


def as_entry(entry: BundledEntry) -> AuditEntry:
    """Return an entry as the log keeps it, less the hash before it."""
    return AuditEntry(
        entry.number, entry.at, entry.who, entry.action, entry.about, entry.detail, "", entry.hash, entry.salt
    )


def _logged(article: BundledArticle) -> Iterator[Discrepancy]:
    """Yield the signatures and decisions that the log does not have, and those that it has and the bundle has not."""
    entries = [each for stretch in article.log for each in stretch.entries]
    held = Counter((each.who, each.action, each.detail, each.at) for each in entries)
    for i, said in enumerate(article.signatures):
        told = (said.who, signature_action(said), signature_detail(said), said.at)
        if not held[told]:
            yield fault(f"article.signatures[{i}]", f"The log has no entry of it: {told[1]}, {told[2]}, {told[3]}.")
        held[told] -= 1
    for i, move in enumerate(article.moves):
        action = DECISIONS.get(move.state)
        if action is None:
            continue
        told = (move.who, action, move_detail(move), move.at)
        if not held[told]:
            yield fault(f"article.moves[{i}]", f"The log has no entry of it: {told[1]}, {told[2]}, {told[3]}.")
        held[told] -= 1
    if not article.whole:  # of a word that was said twice readers see the last
        return
    words = tuple(f"article.claim {word}" for word in ReviewWord)
    for (who, action, detail, at), left in held.items():
        if left > 0 and (action in words or action in DECISIONS.values()):
            told_of = f"The log tells of {action}, {detail[:60]}, by {who[:40]}, {at[:40]}; the bundle does not."
            yield fault("article.log", told_of)
