"""Audit bundles made: of an answer, or of a version of an article as readers may see it, or with all that is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from curbside import __version__
from curbside.answer.guard_records import guarded
from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    Absence,
    Answer,
    ArticleClaim,
    Filters,
    Holding,
    Person,
    Quote,
    ReferenceEntry,
    SearchDone,
    digest_of,
    encoded,
)
from curbside.records.bundle import (
    Bundle,
    BundledAbsence,
    BundledArticle,
    BundledClaim,
    BundledDocument,
    BundledFilters,
    BundledGuard,
    BundledLibrary,
    BundledNumber,
    BundledQuote,
    BundledReference,
    BundledSearch,
    BundledStep,
)
from curbside.store.base import PUT, Store
from curbside.store.base_desk import Desk
from curbside.workflows.article_sheets import sheet_of
from curbside.workflows.articles import claims_of
from curbside.workflows.bundle_article import signed_parts

_CHANGES = 5_000


def bundle_of_answer(answer: Answer, store: Store, vocabulary: Vocabulary) -> Bundle:
    """Return the bundle of an answer in the sources' words; the same library and answer give the same bundle."""
    drawn = answer.search.changed if answer.search is not None else store.changed
    return _bundle(
        _Said(answer.question.text, answer.question.text, answer.question.filters, claims_of(answer), answer.absences),
        answer.references,
        _library(drawn, answer.searched, store),
        digest_of(answer),
        _search(answer.search),
        None,
        store,
        vocabulary,
    )


def bundle_of_article(
    desk: Desk,
    store: Store,
    vocabulary: Vocabulary,
    who: Person | None,
    id: str,
    number: int = 0,
    *,
    operator: bool = False,
    whole: bool = False,
    comments: bool = False,
) -> Bundle:
    """Return the bundle of a version of an article.

    Args:
        desk, store, vocabulary: where it is kept, and the library that it was drawn from.
        who: whoever asks, None for everybody.
        id: of the article.
        number: of the version, 0 for the one that stands.
        operator: whether whoever asks runs this server, and may read everything.
        whole: whether to take in all that is kept, which only an operator may; else what readers may see.
        comments: whether to take in with that what was said among those who worked on it.

    Raises:
        NotHeld: if there is no such article or version, or they may not know of it.
    """
    version = sheet_of(desk, who, id, number, operator=operator).version
    with desk.reading() as view:
        article = signed_parts(view, id, version, whole=whole and operator, comments=comments)
    claims = version.claims if article.whole else version.standing
    return _bundle(
        _Said(version.title, version.question, version.filters, claims, version.absences),
        version.references,
        _library(version.library, version.searched, store),
        version.digest,
        None,
        article,
        store,
        vocabulary,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What an answer and an article have in common."""

    title: str
    question: str
    filters: Filters
    claims: tuple[ArticleClaim, ...]
    absences: tuple[Absence, ...]


def _bundle(
    said: _Said,
    references: Sequence[ReferenceEntry],
    library: BundledLibrary,
    digest: str,
    search: BundledSearch | None,
    article: BundledArticle | None,
    store: Store,
    vocabulary: Vocabulary,
) -> Bundle:
    quoted = [quote.document for claim in said.claims for quote in claim.quotes]
    quoted += [absence.nearest.document for absence in said.absences if absence.nearest is not None]
    ids = sorted({*quoted, *(entry.document for entry in references)})
    held = {holding.document.id: holding for holding in store.holdings(ids)}
    cited = {entry.document: entry for entry in references}
    return Bundle(
        curbside=__version__,
        title=said.title,
        question=said.question,
        filters=filters_bundled(said.filters),
        digest=digest,
        library=library,
        search=search,
        claims=tuple(_claim(claim, held, vocabulary) for claim in said.claims),
        absences=tuple(
            BundledAbsence(
                each.facet,
                each.documents,
                _quote(each.nearest, held) if each.nearest is not None else None,
                each.references,
                each.asked,
            )
            for each in said.absences
        ),
        documents=tuple(_document(id, held.get(id), cited.get(id)) for id in ids),
        references=tuple(_reference(entry) for entry in references),
        article=article,
    )


def _claim(claim: ArticleClaim, held: Mapping[str, Holding], vocabulary: Vocabulary) -> BundledClaim:
    quotes = tuple(_quote(each, held) for each in claim.quotes)
    own, guards = guarded(claim.text, quotes, claim.derived, vocabulary) if claim.stands else (len(quotes), ())
    return BundledClaim(
        number=claim.number,
        heading=claim.heading,
        text=claim.text,
        quotes=quotes,
        own=own,
        references=claim.references,
        derived=tuple(BundledNumber(each.value, each.arithmetic) for each in claim.derived),
        guards=(_quote_guard(claim.quotes, held), *guards) if claim.stands else (),
        edited=claim.edited,
        own_words=claim.own_words,
        removed=claim.removed,
        key=claim.key,
    )


def _quote(quote: Quote, held: Mapping[str, Holding]) -> BundledQuote:
    span = quote.span
    holding = held.get(quote.document)
    marks: tuple[tuple[int, int], ...] = ()
    if holding is not None and quote.holds_in(holding.document):
        marks = tuple(
            (max(0, marker.span.start - span.start), min(len(span), marker.span.end - span.start))
            for marker in holding.document.markers_in(span)
        )
    sha = hashlib.sha256(quote.words.encode()).hexdigest()
    return BundledQuote(quote.document, span.start, span.end, quote.words, sha, marks)


def _quote_guard(quotes: Iterable[Quote], held: Mapping[str, Holding]) -> BundledGuard:
    """Say whether each quote stood in its document as the bundle was made."""
    for quote in quotes:
        holding = held.get(quote.document)
        if holding is None:
            return BundledGuard("quote", f"{quote.document} was not held any more", (), ())
        if not quote.holds_in(holding.document):
            place = f"{quote.span.start}-{quote.span.end}"
            return BundledGuard("quote", f"the quote at {place} does not stand in {quote.document}", (), ())
    return BundledGuard("quote", "", (), ())


def _document(id: str, holding: Holding | None, entry: ReferenceEntry | None) -> BundledDocument:
    if holding is None:
        keys = entry.ids.keys() if entry is not None else ()
        return BundledDocument(id, False, "", "", 0, "", "", "", entry.work if entry is not None else "", keys, ())
    document = holding.document
    return BundledDocument(
        id=id,
        held=True,
        sha256=_content(holding),
        text_sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        length=len(document.text),
        kind=document.kind.value,
        title=document.title,
        licence=document.licence,
        work=holding.work,
        keys=document.ids.keys(),
        standing=holding.standing,
    )


def _content(holding: Holding) -> str:
    """Return the hash of which a document's id is the beginning."""
    return hashlib.sha256(encoded(replace(holding.document, id=""))).hexdigest()


def _reference(entry: ReferenceEntry) -> BundledReference:
    return BundledReference(
        number=entry.number,
        work=entry.work,
        document=entry.document,
        title=entry.title,
        year=entry.year,
        kind=entry.kind,
        secondary=entry.secondary,
        citation=entry.citation,
        keys=entry.ids.keys(),
        level=entry.level.words if entry.level is not None else "",
        people=entry.people,
    )


def filters_bundled(filters: Filters) -> BundledFilters:
    """Return conditions on sources as a bundle has them."""
    return BundledFilters(
        filters.kinds,
        filters.evidence,
        filters.since,
        filters.until,
        filters.drugs,
        filters.conditions,
        filters.ages,
        filters.noticed,
        filters.shelves,
    )


def _search(done: SearchDone | None) -> BundledSearch | None:
    if done is None:
        return None
    steps = tuple(BundledStep(each.words, each.matched, each.taken) for each in done.steps)
    return BundledSearch(steps, done.filters, done.read, done.fitting, done.quoted, done.left_out)


def _library(drawn: str, searched: tuple[int, int], store: Store) -> BundledLibrary:
    read, of = searched
    return BundledLibrary(drawn, read, of, store.changed, store.held, fingerprint(store))


def fingerprint(store: Store) -> str:
    """Return a hash of what a library holds: the SHA-256 of its documents' ids in order, each with a line break."""
    return _fingerprint(_Seen(str(store.folder), store.seq, store.changed, store))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A store at one moment of its changes."""

    folder: str
    seq: int
    changed: str
    store: Store = field(compare=False)


@lru_cache(maxsize=4)
def _fingerprint(seen: _Seen) -> str:
    live: set[str] = set()
    after = 0
    while after < seen.seq and (changes := seen.store.changes(after, _CHANGES)):
        for change in changes:
            (live.add if change.op == PUT else live.discard)(change.document)
        after = changes[-1].seq
    return hashlib.sha256("".join(f"{id}\n" for id in sorted(live)).encode()).hexdigest()
