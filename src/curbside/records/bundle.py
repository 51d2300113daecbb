"""Audit bundles: an answer, or a version of an article, with everything that it can be checked by, as one file.

Structs rather than dataclasses: they are the form of a file that comes from anywhere, so a field that is missing,
unknown or of another type is refused where it stands. A change of any of them is another `FORMAT`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec

FORMAT = "curbside-bundle/1"
"""The form of the file; a reader that does not know it says so and reads no further."""

MOST_BYTES = 16_000_000
"""A bundle is no larger: it holds quotes, not texts. Whoever reads one needs some times as much memory."""

MOST_BETWEEN = 10_000
"""Entries of the audit log between two on the article over which a bundle follows the chain."""

Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
"""A whole number that every reader of JSON keeps as it is (RFC 8259, 6)."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a bundle."""


class BundledQuote(_Part, frozen=True):
    """Quoted words.

    Attributes:
        document: id of the document.
        start, end: where in its text, in code points; half-open.
        words: what stands there.
        sha256: of the words, as UTF-8.
        marks: (start, end) of the marks of citations within the words, counted from where the words begin; guards do
            not read them as numbers.
    """

    document: str
    start: Count
    end: Count
    words: str
    sha256: str
    marks: tuple[tuple[Count, Count], ...] = ()


class BundledNumber(_Part, frozen=True):
    """A computed number, as `curbside.records.Derivation`."""

    value: str
    arithmetic: str


class BundledGuard(_Part, frozen=True):
    """What a guard found when it held a claim's words against its quotes.

    Attributes:
        guard: its name.
        reason: why the claim does not pass, or "".
        said: what it compared of the claim: its numbers, its hedges …
        held: the same of the quotes.
    """

    guard: str
    reason: str
    said: tuple[str, ...]
    held: tuple[str, ...]


class BundledClaim(_Part, frozen=True):
    """A sentence that stands on quotes.

    Attributes:
        number: from 1; in an article it stays with the claim through all versions.
        heading, text: as shown.
        quotes: the words that it stands on.
        own: how many of them, from the first, its own words are taken from; the further ones say the same.
        references: numbers of the reference list.
        derived: computed numbers in it.
        guards: what each guard found; empty for a claim that was removed.
        edited, own_words, removed: as `curbside.records.ArticleClaim` has them.
        key: what is signed (`curbside.records.ArticleClaim.key`).
    """

    number: Count
    heading: str
    text: str
    quotes: tuple[BundledQuote, ...]
    own: Count
    references: tuple[Count, ...]
    derived: tuple[BundledNumber, ...]
    guards: tuple[BundledGuard, ...]
    edited: str
    own_words: str
    removed: str
    key: str


class BundledAbsence(_Part, frozen=True):
    """What was looked for and not found, as `curbside.records.Absence`."""

    facet: str
    documents: tuple[str, ...]
    nearest: BundledQuote | None
    references: tuple[Count, ...]
    asked: bool


class BundledDocument(_Part, frozen=True):
    """A document that is quoted or cited, without its text.

    Attributes:
        id: "d" and the first 20 digits of `sha256`.
        held: whether the library still held it when the bundle was made; else all below but `work` and `keys` is empty.
        sha256: of its whole content as Curbside keeps it.
        text_sha256: of its text alone, as UTF-8.
        length: code points of its text.
        kind: what it is.
        title: as printed.
        licence: as its source states it, or "".
        work: id of its work.
        keys: identifiers by which other libraries know the work ("pmid:1", "doi:10.1/x").
        standing: what editors had said of the work ("retracted").
    """

    id: str
    held: bool
    sha256: str
    text_sha256: str
    length: Count
    kind: str
    title: str
    licence: str
    work: str
    keys: tuple[str, ...]
    standing: tuple[str, ...]


class BundledReference(_Part, frozen=True):
    """An entry of the reference list, as `curbside.records.ReferenceEntry`; `level` in words, always suggested."""

    number: Count
    work: str
    document: str
    title: str
    year: Count | None
    kind: str
    secondary: bool
    citation: str
    keys: tuple[str, ...]
    level: str
    people: Count | None


class BundledFilters(_Part, frozen=True):
    """Conditions on the sources, as `curbside.records.Filters`."""

    kinds: tuple[str, ...]
    evidence: tuple[str, ...]
    since: int | None
    until: int | None
    drugs: tuple[str, ...]
    conditions: tuple[str, ...]
    ages: tuple[str, ...]
    noticed: bool | None
    shelves: tuple[str, ...]


class BundledLibrary(_Part, frozen=True):
    """The library that was asked.

    Attributes:
        drawn: when it had last changed as the answer was drawn, ISO time, UTC.
        read, held: documents read for the answer, of how many.
        changed: when it had last changed as the bundle was made.
        documents: how many it held then.
        fingerprint: of what it held then: the SHA-256 of the ids of its documents in order, each with a line break.
    """

    drawn: str
    read: Count
    held: Count
    changed: str
    documents: Count
    fingerprint: str


class BundledStep(_Part, frozen=True):
    """One way in which the index was asked, as `curbside.records.SearchStep`."""

    words: str
    matched: Count
    taken: Count


class BundledSearch(_Part, frozen=True):
    """What was searched, as `curbside.records.SearchDone`; `left_out` are (why, how many documents)."""

    steps: tuple[BundledStep, ...]
    filters: tuple[str, ...]
    read: Count
    fitting: Count
    quoted: Count
    left_out: tuple[tuple[str, Count], ...]


class BundledPerson(_Part, frozen=True):
    """A person as shown beside what they sign; an erased one has a fixed name and stays known by the id alone."""

    id: str
    name: str
    department: str


class ClaimMark(_Part, frozen=True):
    """A claim in a version: its number, its key, and whether it stood or was removed."""

    number: Count
    key: str
    stands: bool


class BundledVersion(_Part, frozen=True):
    """A version: who made it when and why, and the keys of its claims."""

    number: Count
    at: str
    who: str
    why: str
    title: str
    claims: tuple[ClaimMark, ...]


class BundledMove(_Part, frozen=True):
    """A change of an article's state, as `curbside.records.Move`."""

    at: str
    who: str
    state: str
    version: Count
    words: str


class BundledSignature(_Part, frozen=True):
    """What a reviewer said of a claim, as `curbside.records.Signature`."""

    number: Count
    claim: Count
    key: str
    version: Count
    who: str
    word: str
    words: str
    conflicts: str
    at: str


class BundledComment(_Part, frozen=True):
    """A comment among those who work on an article, as `curbside.records.ArticleComment`."""

    number: Count
    claim: Count
    version: Count
    who: str
    words: str
    at: str


class BundledEntry(_Part, frozen=True):
    """An entry of the audit log in full, as `curbside.records.AuditEntry`."""

    number: Count
    at: str
    who: str
    action: str
    about: str
    detail: str
    salt: str
    hash: str


class BundledLog(_Part, frozen=True):
    """A stretch of the audit log: entries on the article in full, of the others between them their seals alone.

    Attributes:
        first: number of the first entry of the stretch.
        previous: hash of the entry before it.
        entries: those in full, in order.
        seals: of the others, in order.
        head: hash of the last entry of the stretch.
        whole: whether the log ended there when the bundle was made; else the stretch ends with an entry in full.
    """

    first: Count
    previous: str
    entries: tuple[BundledEntry, ...]
    seals: tuple[str, ...]
    head: str
    whole: bool


class BundledArticle(_Part, frozen=True):
    """What makes an article of an answer: who wrote it, read it, signed it and decided.

    Attributes:
        id: of the article.
        author: id of who made it.
        state: where it stands.
        news: what came to the library since approval, in words, or "".
        version: number of the version in the bundle.
        approved: number of the version that was approved last, 0 for none.
        made: when the bundle was made, ISO time, UTC.
        whole: whether it holds all that is kept; else what readers may see.
        versions, moves, signatures, comments: in order; comments only where they were asked for.
        people: those named, by id.
        log: the audit log on it, in one stretch or, where more than `MOST_BETWEEN` entries lie between two, in several.
    """

    id: str
    author: str
    state: str
    news: str
    version: Count
    approved: Count
    made: str
    whole: bool
    versions: tuple[BundledVersion, ...]
    moves: tuple[BundledMove, ...]
    signatures: tuple[BundledSignature, ...]
    comments: tuple[BundledComment, ...]
    people: tuple[BundledPerson, ...]
    log: tuple[BundledLog, ...]


class Bundle(_Part, frozen=True):
    """An answer, or a version of an article, with what it can be checked by.

    Attributes:
        curbside: version of Curbside that made it.
        title: of the article, or the question.
        question: as asked.
        filters: conditions on the sources.
        digest: of the answer as it was drawn (`curbside.records.digest_of`).
        library: that was asked.
        search: what was searched, or None where that is not kept.
        claims: in order.
        absences: what was looked for and not found.
        documents: quoted or cited, by id.
        references: one numbering over all of it.
        article: of which it is a version, or None for an answer.
    """

    curbside: str
    title: str
    question: str
    filters: BundledFilters
    digest: str
    library: BundledLibrary
    search: BundledSearch | None
    claims: tuple[BundledClaim, ...]
    absences: tuple[BundledAbsence, ...]
    documents: tuple[BundledDocument, ...]
    references: tuple[BundledReference, ...]
    article: BundledArticle | None


class BundleFile(_Part, frozen=True):
    """The file itself.

    Attributes:
        bundle: what it holds.
        format: `FORMAT`.
        sha256: of the same file with this value empty and without the line break at its end.
    """

    bundle: Bundle
    format: str
    sha256: str


class DiscrepancyKind(StrEnum):
    """How grave a discrepancy is."""

    FAULT = "fault"  # something does not hold
    REMARK = "remark"  # something changed since, or could not be looked at
    UNSEEN = "not held here"  # the library at hand does not hold it


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What checking a bundle came upon.

    Attributes:
        kind: how grave.
        place: where in the file, as "claims[3].quotes[0].words"; "" for the file as a whole.
        words: what was compared with what, in a sentence.
        remedy: what to do, or "".
    """

    kind: DiscrepancyKind
    place: str
    words: str
    remedy: str = ""


def fault(place: str, words: str, remedy: str = "Ask whoever made the bundle for it again.") -> Discrepancy:
    """Return a discrepancy that something does not hold."""
    return Discrepancy(DiscrepancyKind.FAULT, place, words, remedy)


def remark(place: str, words: str, remedy: str = "") -> Discrepancy:
    """Return a discrepancy of what is to be known and is no fault."""
    return Discrepancy(DiscrepancyKind.REMARK, place, words, remedy)
