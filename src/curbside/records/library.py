"""What a library says of what it holds and of what an add did."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.records.document import Document, DocumentKind
from curbside.records.evidence import SECOND_HAND, Profile
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
    """

    document: Document
    work: str
    origin: str
    line: int
    profile: Profile
    made_by: str = ""

    @property
    def secondary(self) -> bool:
        """Whether it reports what others found: a secondary source, a reply, a study note."""
        return self.profile.evidence in SECOND_HAND or self.document.kind is DocumentKind.NOTE


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
