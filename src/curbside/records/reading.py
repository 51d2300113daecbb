"""What goes into and comes out of a reader."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.records.document import Document


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be done, as data.

    Attributes:
        what: one sentence: what is wrong and what was done about it.
        where: file or address.
        line: line in it, from 1, or 0 where lines mean nothing.
        remedy: what the user can do, or "".
        lost: True where something of the input did not get into the library; False for a remark.
    """

    what: str
    where: str = ""
    line: int = 0
    remedy: str = ""
    lost: bool = True

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}: " if self.line else f"{self.where}: " if self.where else ""
        return place + self.what + (f" {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes from the world, before anybody has read them.

    Attributes:
        origin: the path or address they came from, as the user would write it.
        data: the bytes; still compressed where the file is (readers bound what they unpack).
        format: name of a reader, or "" to let the bytes decide.
    """

    origin: str
    data: bytes
    format: str = ""


@dataclass(frozen=True, slots=True)
class Deletion:
    """A source's word that a record is withdrawn (PubMed's DeleteCitation).

    Attributes:
        key: joining key, e.g. "pmid:12345".
    """

    key: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One record read from a `Raw`, or why it was not.

    Attributes:
        record: a document (unsealed), a deletion, or None where the record could not be read.
        line: line of the raw bytes that the record starts on, from 1, or 0.
        version: number by which a later version of the same record outranks an earlier one (PubMed's
            `PMID/@Version` and revision date as an integer), 0 where the source has none.
        problems: what was wrong with it.
    """

    record: Document | Deletion | None
    line: int = 0
    version: int = 0
    problems: tuple[Problem, ...] = ()
