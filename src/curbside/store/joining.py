"""Which work a document belongs to: by shared identifiers, never by title, and not at all where they disagree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clash:
    """Identifiers that point two ways.

    Attributes:
        shared: the key that both have.
        work: the work that holds it.
        scheme: the scheme in which they disagree.
        held: the key of that scheme that the work has.
        given: the key of that scheme on the other side.
    """

    shared: str
    work: str
    scheme: str
    held: str
    given: str

    def __str__(self) -> str:
        return f"shares {self.shared} with work {self.work}, but has {self.given} where that has {self.held}"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a document goes.

    Attributes:
        work: the work it joins, "" where it founds one.
        merged: works that turn out to be the same as `work`, and go into it.
        clashes: why it did not join others.
    """

    work: str
    merged: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()


def by_scheme(keys: Iterable[str]) -> dict[str, set[str]]:
    """Return joining keys by their scheme."""
    found: dict[str, set[str]] = {}
    for key in keys:
        found.setdefault(key.partition(":")[0], set()).add(key)
    return found


def disagreement(held: Iterable[str], given: Iterable[str]) -> tuple[str, str, str] | None:
    """Return (scheme, held key, given key) of the first scheme in which both name a record, but not the same one."""
    ours = by_scheme(held)
    for scheme, theirs in by_scheme(given).items():
        if scheme in ours and not ours[scheme] & theirs:
            return scheme, min(ours[scheme]), min(theirs)
    return None


def place(
    keys: Sequence[str],
    owner: Mapping[str, str],
    held: Mapping[str, Iterable[str]],
    born: Mapping[str, int],
    home: str = "",
) -> Placement:
    """Decide where a document with `keys` goes.

    `keys` are strongest first; `owner` is the work that holds a key, `held` the keys of each work, `born` the age of
    each work. A `home` is where the document belongs in any case, because it replaces a document of that work. Works
    that the document shows to be one are merged into the oldest of them, unless they name different records of one
    register.
    """
    joined: list[str] = [home] if home else []
    known = {*keys, *held.get(home, ())} if home else set(keys)
    clashes: list[Clash] = []
    for key in keys:
        work = owner.get(key, "")
        if not work or work in joined or any(clash.work == work for clash in clashes):
            continue
        against = disagreement(held.get(work, ()), sorted(known))
        if against:
            clashes.append(Clash(key, work, *against))
        else:
            joined.append(work)
            known.update(held.get(work, ()))
    if not joined:
        return Placement("", (), tuple(clashes))
    oldest = min(joined, key=lambda work: (born.get(work, 0), work))
    return Placement(oldest, tuple(work for work in joined if work != oldest), tuple(clashes))


def work_id(name: str) -> str:
    """Return the id of a work that is founded under `name`, its first key or its first document."""
    return "w" + hashlib.sha256(name.encode()).hexdigest()[:12]
