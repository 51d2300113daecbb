"""Audit bundles held against a library: which documents it holds, whether the words stand there, what came since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from curbside.errors import NotHeld
from curbside.records import Document, Holding, encoded
from curbside.records.bundle import (
    Bundle,
    BundledDocument,
    BundledQuote,
    Discrepancy,
    DiscrepancyKind,
    fault,
    remark,
)
from curbside.store.base import Store
from curbside.store.base_desk import Desk
from curbside.workflows.bundle_checks import quote_of, quotes_of
from curbside.workflows.bundle_signed import as_entry


@dataclass(frozen=True, slots=True)
class AgainstLibrary:
    """What a library says of a bundle.

    Attributes:
        discrepancies: what does not hold, what is to be known, and what it does not hold.
        documents: documents in the bundle.
        same: those that it holds as they were.
        other: those of which it holds another text of the same work: revised, or from another source.
        quotes: quotes in the bundle.
        stand: those whose words stand at their place in the same document.
        elsewhere: those whose words stand in another text of the work.
        unchanged: whether it holds the same documents as when the bundle was made.
    """

    discrepancies: tuple[Discrepancy, ...]
    documents: int
    same: int
    other: int
    quotes: int
    stand: int
    elsewhere: int
    unchanged: bool

    @property
    def absent(self) -> int:
        """Documents of whose work it holds nothing."""
        return self.documents - self.same - self.other


def against_library(bundle: Bundle, store: Store, now: str) -> AgainstLibrary:
    """Hold a bundle against a library; `now` is the fingerprint of what that holds."""
    quoted: dict[str, list[tuple[str, BundledQuote]]] = {}
    for place, quote in quotes_of(bundle):
        quoted.setdefault(quote.document, []).append((place, quote))
    held = {each.document.id: each for each in store.holdings([each.id for each in bundle.documents])}
    discrepancies: list[Discrepancy] = []
    same = other = stand = elsewhere = 0
    for i, told in enumerate(bundle.documents):
        place, quotes = f"documents[{i}]", quoted.get(told.id, [])
        holding = held.get(told.id)
        if holding is not None:
            same += 1
            found = [*_document(place, told, holding), *_quotes(quotes, holding.document)]
            stand += sum(quote_of(quote).holds_in(holding.document) for _, quote in quotes)
        else:
            texts, why = _others(told, store)
            other += bool(texts)
            there = sum(any(quote.words in text.text for text in texts) for _, quote in quotes)
            elsewhere += there
            found = [_unheld(place, told, len(quotes), there, bool(texts), why)]
        discrepancies += found
    return AgainstLibrary(
        tuple(discrepancies),
        len(bundle.documents),
        same,
        other,
        sum(map(len, quoted.values())),
        stand,
        elsewhere,
        now == bundle.library.fingerprint,
    )


def _document(place: str, told: BundledDocument, holding: Holding) -> Iterator[Discrepancy]:
    document = holding.document
    sha = hashlib.sha256(encoded(replace(document, id=""))).hexdigest()
    if told.held and sha != told.sha256:
        yield fault(f"{place}.sha256", f"The document has the hash {sha[:32]}…, not {told.sha256[:32]}….")
    text = hashlib.sha256(document.text.encode()).hexdigest()
    if told.held and (text != told.text_sha256 or len(document.text) != told.length):
        yield fault(f"{place}.text_sha256", "The document's text has another hash or length.")
    facts = (document.title, document.kind.value, document.licence, document.ids.keys())
    for name, mine, theirs in zip(
        ("title", "kind", "licence", "keys"), facts, (told.title, told.kind, told.licence, told.keys)
    ):
        if told.held and mine != theirs:
            yield fault(f"{place}.{name}", f"The document has “{_shown(mine)}”, not “{_shown(theirs)}”.")
    since = [word for word in holding.standing if word not in told.standing]
    if since:
        words = f"“{document.title[:80]}” is {', '.join(since)} since the bundle was made."
        yield remark(f"{place}.standing", words, "Read the notice before relying on what is cited to it.")


def _shown(value: str | tuple[str, ...]) -> str:
    return (value if isinstance(value, str) else ", ".join(value))[:80]


def _quotes(quotes: list[tuple[str, BundledQuote]], document: Document) -> Iterator[Discrepancy]:
    for place, quote in quotes:
        kept = quote_of(quote)
        if not kept.holds_in(document):
            said, stands = _apart(quote.words, kept.span.of(document.text))
            words = f"The words “{said}” do not stand at {quote.start}-{quote.end} of {document.id}; there stands "
            yield fault(f"{place}.words", f"{words}“{stands}”.", "Open the document and read what stands there.")
            continue
        marks = tuple(
            (max(0, each.span.start - quote.start), min(len(quote.words), each.span.end - quote.start))
            for each in document.markers_in(kept.span)
        )
        if marks != quote.marks:
            yield fault(f"{place}.marks", "The marks of citations in the words are not those of the document.")


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return the words of two texts around the first place where they differ."""
    at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    start = max(0, at - 40)
    said, stands = ("…" * bool(start) + " ".join(text[start : at + 60].split()) for text in (one, other))
    return said, stands


def _others(told: BundledDocument, store: Store) -> tuple[list[Document], str]:
    """Return other texts of a work that are held, and what is known of one that is held no more."""
    why = ""
    for name in (told.id, *told.keys):
        try:
            return [each.document for each in store.holdings(store.resolve(name))], ""
        except NotHeld as error:
            why = why or str(error)
    return [], why


def _unheld(place: str, told: BundledDocument, quotes: int, there: int, other: bool, why: str) -> Discrepancy:
    title = f"“{told.title[:80]}”" if told.title else told.id[:40]
    if other:
        words = f"Of {title} another text is held: revised, or from another source. "
        words += f"{there} of the {quotes} quotes from it stand there." if quotes else "Nothing is quoted from it."
        return remark(
            place, words, "Read the quotes that do not stand there in the source itself." if there < quotes else ""
        )
    return Discrepancy(DiscrepancyKind.UNSEEN, place, f"{title} is not held here: {why.partition(chr(10))[0][:200]}")


def against_desk(bundle: Bundle, desk: Desk) -> tuple[Discrepancy, ...]:
    """Hold the log's entries of a bundle against a desk's own log, if it is the desk of the article."""
    article = bundle.article
    if article is None:
        return ()
    with desk.reading() as view:
        try:
            view.articles.get(article.id)
        except NotHeld:
            return (Discrepancy(DiscrepancyKind.UNSEEN, "article.id", "The desk at hand has no such article."),)
        kept = {each.number: each for each in view.audit_of(article.id)}
        found = [
            fault(f"article.log[{i}].entries[{j}]", f"Entry {told.number} is not so in the log of the desk at hand.")
            for i, stretch in enumerate(article.log)
            for j, told in enumerate(stretch.entries)
            if told.number not in kept or replace(kept[told.number], previous="") != as_entry(told)
        ]
        for i, stretch in enumerate(article.log):
            number = stretch.first + len(stretch.entries) + len(stretch.seals) - 1
            last = next(view.audit(number - 1, number), None)
            if last is None or last.hash != stretch.head:
                words = f"The log of the desk at hand has another entry {number}, or none."
                found.append(fault(f"article.log[{i}].head", words))
    return tuple(found)
