"""What a store promises beside keeping documents: who cites whom, notices of the world, flags.

`curbside.store.base.Store` has one of each; the contracts are in `tests/contracts/`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from curbside.records import Flag, Listed, NoticeList, Problem

CITATIONS = "citations"
"""Step whose derived records are the citation statements of a document with their stance."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What a step made of a document.

    Attributes:
        step: name of the step.
        made_by: version of what made it; another value means that it wants making again.
        data: its bytes, as the step packs them.
    """

    step: str
    made_by: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Linkage:
    """What a document is called and what it cites, as keys to look up with.

    Attributes:
        titles: keys of its titles (`curbside.records.title_key`).
        cites: (index of an entry of its reference list, joining key of the work that it names); several for an entry
            with several identifiers, and the key of its title for one with none.
    """

    titles: tuple[str, ...] = ()
    cites: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CitedIn:
    """A place where a work is cited.

    Attributes:
        document: id of the citing document, which is shown.
        work: its work.
        entry: index of the entry of its reference list.
        key: what found it; a key of titles ("t:…") is a likeness, to be scored and flagged.
    """

    document: str
    work: str
    entry: int
    key: str

    @property
    def by_title(self) -> bool:
        """Whether nothing but the title says so."""
        return self.key.startswith("t:")


@dataclass(frozen=True, slots=True)
class EntryKeys:
    """What an entry of a reference list names.

    Attributes:
        entry: its index.
        keys: its joining keys, or the key of its title; () where it has neither.
        works: works held and shown under one of them; by title there may be several, by identifier several only where
            the entry's identifiers belong to different works.
    """

    entry: int
    keys: tuple[str, ...]
    works: tuple[str, ...]

    @property
    def by_title(self) -> bool:
        """Whether nothing but the title says which work it is."""
        return bool(self.keys) and all(key.startswith("t:") for key in self.keys)


class Links(Protocol):
    """Who cites whom, from the reference lists of the documents that are shown; right from the moment of adding."""

    def citing(self, work: str) -> list[CitedIn]:
        """Return where a work of the library is cited, oldest document first; one indexed query."""
        ...

    def citing_key(self, key: str) -> list[CitedIn]:
        """Return where the work with a joining key is cited, also one that is not held."""
        ...

    def counted(self, works: Sequence[str]) -> dict[str, int]:
        """Return how many works cite each of `works` by identifier; those that none cites are left out."""
        ...

    def cited(self, document: str) -> list[EntryKeys]:
        """Return what a document that is shown cites, entry by entry; entries without any key are left out."""
        ...

    def titled(self, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the works that are shown under each key of a title; keys of none are left out."""
        ...

    def derived(self, documents: Sequence[str], step: str) -> dict[str, Derived]:
        """Return what a step made of documents that are shown, by their ids; those it made nothing of are left out."""
        ...

    def stale(self, step: str, made_by: str, limit: int) -> list[str]:
        """Return ids of shown documents that `step` made something of, though not as `made_by`, oldest first.

        A document held since before there was such a step counts as stale.
        """
        ...

    def relink(self, made: Mapping[str, tuple[Linkage, Derived | None]], step: str) -> None:
        """Take, by document id, new keys and what `step` made, in place of the old; None: there is nothing to make.

        Raises:
            LibraryError: if the library was opened for reading.
        """
        ...


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of one key.

    Attributes:
        said: words on the work with this key, the latest last.
        says: words that the work with this key says of others: it is the notice.
    """

    said: tuple[Listed, ...] = ()
    says: tuple[Listed, ...] = ()


class Gate(Protocol):
    """Notices of the world: what lists and the library's own documents say against works, held or not."""

    def look(self, key: str) -> Looked:
        """Return what is known of a joining key."""
        ...

    def on(self, keys: Sequence[str]) -> dict[str, tuple[Listed, ...]]:
        """Return the words on works by joining key, the latest last; keys that nothing is said of are left out."""
        ...

    def of_work(self, work: str) -> tuple[Listed, ...]:
        """Return the words on a work of the library, under whichever of its keys, the latest last."""
        ...

    def held(self) -> list[tuple[str, tuple[Listed, ...]]]:
        """Return the works that are shown and that somebody else says something of, with the words."""
        ...

    def cited_by(self, document: str) -> dict[int, tuple[Listed, ...]]:
        """Return what is said of the works that a shown document cites by identifier, by index of the entry."""
        ...

    def citers(self) -> list[str]:
        """Return ids of shown documents that cite, by identifier, a work that somebody called retracted, oldest first.

        Whether it still stands so is for `cited_by` and `curbside.records.retracts`.
        """
        ...

    def lists(self) -> list[NoticeList]:
        """Return the lists that the library goes by, by name."""
        ...

    def put(self, given: NoticeList, data: bytes, words: Sequence[Listed], problems: Sequence[Problem]) -> int:
        """Take a list in place of the one of its name; return how many works held change their standing.

        All of it or nothing; works that are added later are held against it too. Its bytes and problems are kept.

        Raises:
            LibraryError: if the library was opened for reading.
            LibraryFull: if the disk took no more.
        """
        ...

    def drop(self, name: str) -> int:
        """Go by a list no more; return how many works held change their standing.

        Raises:
            NotHeld: if there is no list of that name.
            LibraryError: if the library was opened for reading.
        """
        ...


@dataclass(frozen=True, slots=True)
class LoggedWord:
    """A line of the log of flags.

    Attributes:
        flag: number of the flag.
        what: "flagged", "agreed" or "refused".
        who: their name.
        at: ISO time.
        why: their reason, or "".
    """

    flag: int
    what: str
    who: str
    at: str
    why: str = ""


class Flags(Protocol):
    """Flags on citations and what reviewers said of them; both are only ever appended to."""

    def put(self, flag: Flag) -> Flag:
        """Keep a flag under the next number, with the time; return it as kept.

        Raises:
            LibraryError: if the library was opened for reading.
        """
        ...

    def say(self, number: int, who: str, agrees: bool, why: str = "") -> Flag:
        """Keep what a reviewer says of a flag; return it with that. Their latest word counts, all are kept.

        Raises:
            NotHeld: if there is no flag of that number.
            LibraryError: if the library was opened for reading.
        """
        ...

    def get(self, number: int) -> Flag:
        """Return a flag.

        Raises:
            NotHeld: if there is none of that number.
        """
        ...

    def all(self) -> list[Flag]:
        """Return all flags in the order of coming."""
        ...

    def on(self, documents: Sequence[str]) -> dict[str, list[Flag]]:
        """Return the flags on citations of documents, by document id, in the order of coming.

        A flag also belongs to the other documents of the work that its document was of: a later version of a text
        has another id.
        """
        ...

    def log(self, number: int | None = None) -> list[LoggedWord]:
        """Return every word on one flag or on all of them, in the order of coming."""
        ...
