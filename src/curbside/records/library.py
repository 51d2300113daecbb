"""What a library says of what it holds and of what an add did."""

from __future__ import annotations

from dataclasses import dataclass, replace

from curbside.records.document import Document, DocumentKind, Notice, NoticeKind
from curbside.records.evidence import SECOND_HAND, Profile
from curbside.records.identifiers import Identifiers
from curbside.records.listed import Listed, in_order
from curbside.records.reading import Problem


@dataclass(frozen=True, slots=True)
class Holding:
    """A document as the library holds it.

    Attributes:
        document: the document.
        work: id of the work it is a document of, `"w" + 12 hexadecimal digits`.
        origin: file or address it came from.
        line: line in it, or 0.
        profile: what it is about.
        made_by: version of what made the profile, "" where nobody says.
        elsewhere: what other documents and lists of notices say of its work, the latest last.
    """

    document: Document
    work: str
    origin: str
    line: int
    profile: Profile
    made_by: str = ""
    elsewhere: tuple[Listed, ...] = ()

    @property
    def marked(self) -> Document:
        """The document with the notices from elsewhere behind its own: for whoever shows it or sends it out.

        `document` is what its source gave, under its hash; what the world says of it since is no part of that.
        """
        if not self.elsewhere:
            return self.document
        own = [(notice.kind, notice.ids.keys()) for notice in self.document.notices]
        mine = {(kind, key) for kind, keys in own for key in keys}
        further = tuple(
            Notice(word.kind, False, ids_of(word.notice), str(word) + (f": {word.reason}" if word.reason else ""))
            for word in in_order(self.elsewhere)
            if (word.kind, word.notice) not in mine
        )
        return replace(self.document, notices=self.document.notices + further) if further else self.document

    @property
    def standing(self) -> tuple[str, ...]:
        """What editors said of the work, most serious first: "retracted", "expression of concern", "corrected"."""
        received = {notice.kind for notice in self.marked.notices if not notice.issued}
        words = ["retracted"] if self.profile.retracted or self.document.retracted else []
        words += ["expression of concern"] if NoticeKind.CONCERN in received else []
        words += ["corrected"] if NoticeKind.CORRECTION in received else []
        return tuple(words)

    @property
    def secondary(self) -> bool:
        """Whether it reports what others found: a secondary source, a reply, a study note."""
        return self.profile.evidence in SECOND_HAND or self.document.kind is DocumentKind.NOTE


def ids_of(key: str) -> Identifiers:
    """Return the identifiers that a joining key stands for; none for "" and for keys of titles."""
    scheme, _, value = key.partition(":")
    named = {scheme: value}
    return Identifiers(named.get("pmid"), named.get("pmcid"), named.get("doi"), named.get("nct"))


@dataclass(frozen=True, slots=True)
class Added:
    """What an add did.

    Attributes:
        added: new works.
        joined: new documents of works already there.
        present: records already there, word for word.
        replaced: records that took the place of an earlier version of themselves.
        deleted: records that a deletion or a removal turned into a tombstone.
        problems: what could not be done, each with file and line.
        files: files read.
    """

    added: int = 0
    joined: int = 0
    present: int = 0
    replaced: int = 0
    deleted: int = 0
    files: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What a library holds.

    Attributes:
        folder: where it is.
        works, documents, originals: counts.
        kinds: (document kind, count) pairs, most first.
        evidence: (evidence kind, count) pairs, most first.
        updated: ISO time of the last change, UTC, or "".
        passages: passages in the index.
        index: "ready", "behind", "missing" or "broken".
        retracted: works marked retracted.
        tombstones: records deleted or removed.
        jobs: jobs waiting.
        problems: problems of past adds that still stand.
        vocabulary: (concept kind, count) pairs.
        legs: what searching goes by: "words", and "meaning" where an encoder is installed and there are vectors.
        encoder: name of the encoder installed, or "".
        embedded: documents that have vectors of it.
    """

    folder: str
    works: int
    documents: int
    originals: int
    kinds: tuple[tuple[str, int], ...]
    evidence: tuple[tuple[str, int], ...]
    updated: str
    passages: int
    index: str
    retracted: int
    tombstones: int
    jobs: int
    problems: int
    vocabulary: tuple[tuple[str, int], ...]
    legs: tuple[str, ...] = ("words",)
    encoder: str = ""
    embedded: int = 0
