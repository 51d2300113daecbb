"""Notices of the world: lists in and out, what is known of a work, who cites what was retracted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from curbside.errors import NotHeld, UsageError
from curbside.readers.notice_lists import FORMS, read_list
from curbside.records import Holding, Listed, NoticeList, Problem, Reference, in_order, retracts
from curbside.search.base import Index
from curbside.store.base import Store
from curbside.store.naming import names_of
from curbside.workflows.follow import Follower

MOST_BYTES = 512 << 20
"""Bytes of the largest list that is read; Retraction Watch's has about a tenth of it."""


@dataclass(frozen=True, slots=True)
class ListTaken:
    """What adding or removing a list did.

    Attributes:
        list: the list.
        changed: works of the library whose standing changed.
        problems: rows that could not be understood.
    """

    list: NoticeList
    changed: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known against a work, held or not.

    Attributes:
        asked: as it was asked for.
        keys: joining keys it was looked up under.
        work: its work id where the library shows it, else "".
        title: its title there, or "".
        said: words on it, the latest last.
        says: words on other works of which it is the notice.
        retracted: whether it stands retracted.
    """

    asked: str
    keys: tuple[str, ...]
    work: str
    title: str
    said: tuple[Listed, ...]
    says: tuple[Listed, ...]
    retracted: bool


@dataclass(frozen=True, slots=True)
class CitesRetracted:
    """A document that cites retracted works.

    Attributes:
        holding: the document.
        entries: (entry of its list, index of it, words on the work), in the order of the list.
    """

    holding: Holding
    entries: tuple[tuple[Reference, int, tuple[Listed, ...]], ...]


def add_list(path: Path, store: Store, index: Index, name: str = "") -> ListTaken:
    """Take a list of notices, in place of the one of its name; works held are marked at once, later ones when added.

    Raises:
        UsageError: if the file cannot be read, or is none of the forms that are known.
        LibraryFull: if the disk took no more; then nothing of the list is kept.
    """
    name = " ".join(name.split()) or path.name.removesuffix(path.suffix)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UsageError(f"{path}: a list of more than {MOST_BYTES >> 20} MB is not read.")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: it cannot be read ({error.strerror or error}).") from error
    found = read_list(data, name, str(path))
    if found is None:
        raise UsageError(f"{path}: it is none of the forms of lists that are known: {', '.join(FORMS)}.")
    given = NoticeList(name, str(path), found.format, "", "", found.rows, len(found.problems))
    changed = store.gate.put(given, data, found.words, found.problems)
    Follower(store, index).finish()
    kept = next(each for each in store.gate.lists() if each.name == name)
    return ListTaken(kept, changed, found.problems)


def remove_list(name: str, store: Store, index: Index) -> ListTaken:
    """Go by a list no more; what it alone said is taken back.

    Raises:
        NotHeld: if there is no list of that name.
    """
    kept = next((each for each in store.gate.lists() if each.name == name), None)
    changed = store.gate.drop(name)
    assert kept is not None
    Follower(store, index).finish()
    return ListTaken(kept, changed)


def known(text: str, store: Store) -> Known:
    """Return what is known against whatever `text` names: a PMID, DOI, PMCID, NCT number, work or document.

    Raises:
        UsageError: if it is no identifier.
        NotHeld: if it is the id of a work or document that the library does not show.
    """
    names = names_of(text)
    if not names:
        raise UsageError(f"{text!r} is no identifier. Give a DOI, PMID, PMCID, NCT number, work or document.")
    try:
        held = store.holdings(store.resolve(text))
    except NotHeld:
        if names[0][0] in "dw" and ":" not in names[0]:
            raise
        held = []
    keys = tuple(dict.fromkeys(key for each in held for key in tuple(each.document.ids.keys()))) or names
    looked = [store.gate.look(key) for key in keys]
    said = dict.fromkeys(held[0].elsewhere if held else (word for each in looked for word in each.said))
    says = dict.fromkeys(word for each in looked for word in each.says)
    words = tuple(in_order(said))
    return Known(
        text,
        keys,
        held[0].work if held else "",
        held[0].document.title if held else "",
        words,
        tuple(in_order(says)),
        held[0].profile.retracted if held else retracts(words),
    )


def all_known(store: Store) -> list[Known]:
    """Return what is known against the works of the library that somebody else says something of, oldest first."""
    found: list[Known] = []
    for work, words in store.gate.held():
        lead = store.holdings(store.documents_of(work)[:1])
        title = lead[0].document.title if lead else ""
        retracted = bool(lead) and lead[0].profile.retracted
        found.append(Known(work, (), work, title, words, (), retracted))
    return found


def cites_retracted(name: str, store: Store) -> tuple[CitesRetracted, ...]:
    """Return the documents under a name that cite works that stand retracted, entry by entry.

    Raises:
        NotHeld: if the library shows nothing under it.
    """
    return tuple(_marked(store.holdings(store.resolve(name)), store))


def all_citing_retracted(store: Store) -> tuple[CitesRetracted, ...]:
    """Return the same of every document of the library, oldest first."""
    return tuple(_marked(store.holdings(store.gate.citers()), store))


def _marked(holdings: Sequence[Holding], store: Store) -> list[CitesRetracted]:
    from curbside.extract.citing_entries import entries

    found: list[CitesRetracted] = []
    for holding in holdings:
        listed = entries(holding.document)
        words = store.gate.cited_by(holding.document.id)
        marked = [(listed[at], at, said) for at, said in words.items() if at < len(listed) and retracts(said)]
        if marked:
            found.append(CitesRetracted(holding, tuple(marked)))
    return found
