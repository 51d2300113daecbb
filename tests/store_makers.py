"""Small documents and deliveries for tests of the store and of the workflows that change a library."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from curbside.records import (
    Added,
    Block,
    BlockKind,
    Dated,
    Document,
    DocumentKind,
    EvidenceKind,
    Identifiers,
    Notice,
    NoticeKind,
    Part,
    PartRole,
    Profile,
    Span,
)
from curbside.store.base import Delivery, Entry, Original, Store, Unread, Withdrawal
from curbside.store.packing import entry_of

READER = 1


def document(
    text: str, kind: DocumentKind = DocumentKind.ARTICLE, notices: Sequence[Notice] = (), **ids: str
) -> Document:
    """A document of one paragraph; its title is its first words, its identifiers are given by name."""
    date = ids.pop("date", "2020")
    title = ids.pop("title", " ".join(text.split()[:4]))
    whole = Span(0, len(text))
    return Document(
        "",
        text,
        kind,
        title=title,
        parts=(Part(whole, PartRole.ABSTRACT),),
        blocks=(Block(whole, BlockKind.PARAGRAPH, 0),),
        ids=Identifiers(**ids),
        dates=(Dated("published", date),),
        notices=tuple(notices),
        types=("Retracted Publication",) if ids.get("pmid") == "666" else (),
    )


def entry(
    text: str, version: int = 0, line: int = 0, evidence: EvidenceKind = EvidenceKind.COHORT, **ids: str
) -> Entry:
    """A document as the store takes it."""
    return packed(document(text, **ids), version, line, evidence)


def packed(made: Document, version: int = 0, line: int = 0, evidence: EvidenceKind = EvidenceKind.COHORT) -> Entry:
    """A given document as the store takes it."""
    return entry_of(made, Profile(evidence, retracted=made.retracted), "test", line, version)


def notice(kind: NoticeKind, text: str, date: str = "2021", **about: str) -> Entry:
    """A document that issues a notice on the work with the identifiers given."""
    return packed(document(text, notices=[Notice(kind, True, Identifiers(**about))], date=date))


def original(
    store: Store, origin: str, data: bytes, form: str = "pubmed", reader: int = READER, named: bool = False
) -> Original:
    """A file whose bytes the store keeps."""
    sha, _ = store.keep(data)
    assert sha == hashlib.sha256(data).hexdigest()
    return Original(sha, len(data), origin, form, reader, named)


def put(
    store: Store,
    *items: Entry | Withdrawal | Unread,
    origin: str = "/in/a.xml",
    form: str = "pubmed",
    data: bytes | None = None,
    reader: int = READER,
    named: bool = False,
) -> Added:
    """Deliver a whole file with these records; other records make other bytes unless `data` says otherwise."""
    given = original(store, origin, repr((origin, form, items)).encode() if data is None else data, form, reader, named)
    return store.put([Delivery(given, 0, items, (), True)])


def texts(store: Store) -> list[str]:
    """The texts of all live documents, oldest first."""
    return [holding.document.text for holding in store.live_holdings()]


def shown(store: Store, text: str) -> list[str]:
    """The texts of the live documents that `text` names."""
    return [holding.document.text for holding in store.holdings(store.resolve(text))]
