"""The audit log's chain: each entry's hash covers the one before, so that no byte of it changes unseen.

A hash chain alone does not show that its last entries were cut off; whoever needs that keeps the head's hash elsewhere
and gives it to `fault_in`. (Haber and Stornetta 1991; Schneier and Kelsey 1999.)

An entry's hash is made in two steps: its *seal* covers its own words and a random salt, its hash the hash before and
the seal. So a chain can be held together over entries whose words are not given away, and nobody finds those words by
trying: without the salt, "who signed in at which second" would be a matter of a few thousand tries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

GENESIS = "0" * 64
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that was done; chained to the one before by `chained`.

    Attributes:
        number: from 1, without gaps.
        at: ISO time, UTC.
        who: id of a person, `OPERATOR`, or `NOBODY`.
        action: what was done, as "person.invited" or "article.approved".
        about: id of what it was done to.
        detail: what else is to be known, plain words without names of people: the log outlives an erased account.
        previous: hash of the entry before.
        hash: of this entry with `previous`, 64 hexadecimal digits.
        salt: random, so that the seal says nothing of the words.
    """

    number: int
    at: str
    who: str
    action: str
    about: str
    detail: str
    previous: str
    hash: str
    salt: str = ""


@dataclass(frozen=True, slots=True)
class AuditFault:
    """Where a log does not hold, and why, in words."""

    number: int
    reason: str


def seal_of(entry: AuditEntry) -> str:
    """Return the SHA-256 of an entry's own words and its salt, as a JSON list without blanks; 64 hexadecimal digits."""
    fields = [entry.number, entry.at, entry.who, entry.action, entry.about, entry.detail, entry.salt]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def linked(previous: str, seal: str) -> str:
    """Return the hash of an entry: the SHA-256 of the hash before it and its seal, one after the other as text."""
    return hashlib.sha256(f"{previous}{seal}".encode()).hexdigest()


def hash_of(entry: AuditEntry) -> str:
    """Return what an entry's hash has to be; 64 hexadecimal digits."""
    return linked(entry.previous, seal_of(entry))


def chained(entry: AuditEntry, last: AuditEntry | None) -> AuditEntry:
    """Return an entry as the one that follows `last`: numbered, and chained to it."""
    number = last.number + 1 if last else 1
    made = replace(entry, number=number, previous=last.hash if last else GENESIS, hash="")
    return replace(made, hash=hash_of(made))


def fault_in(entries: Iterable[AuditEntry], head: str = "") -> AuditFault | None:
    """Return the first place where a log does not hold, or None where all of it does.

    Args:
        entries: all of them, in the order of their numbers.
        head: hash of an entry that must be among them, as it was noted before; "" for none.
    """
    last: AuditEntry | None = None
    seen = not head
    for entry in entries:
        expected = last.number + 1 if last else 1
        if entry.number != expected:
            return AuditFault(expected, f"entry {expected} is missing; entry {entry.number} stands in its place")
        if entry.previous != (last.hash if last else GENESIS):
            return AuditFault(entry.number, "it does not follow the entry before: one of the two was changed")
        if hash_of(entry) != entry.hash:
            return AuditFault(entry.number, "its words are not those that were written")
        seen = seen or entry.hash == head
        last = entry
    if not seen:
        return AuditFault(
            last.number if last else 0, f"no entry has the hash {head}: entries at the end were taken away"
        )
    return None
