"""Verify: an audit bundle against itself, against a library and its desk, and against what would be answered today."""

from __future__ import annotations

from dataclasses import dataclass

from curbside.language.vocabulary import Vocabulary
from curbside.records.bundle import Bundle, Discrepancy, DiscrepancyKind
from curbside.store.base import Store
from curbside.store.base_desk import Desk
from curbside.workflows.bundle import fingerprint
from curbside.workflows.bundle_again import Again, Ask, ask_again
from curbside.workflows.bundle_checks import self_check, too_much
from curbside.workflows.bundle_library import AgainstLibrary, against_desk, against_library
from curbside.workflows.bundle_signed import head_check
from curbside.writers.bundle import read_bundle


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying came to.

    Attributes:
        bundle: as read, or None where the file is none.
        discrepancies: all of them, in the order of looking.
        library: what a library says of it, or None where it was held against none.
        again: what its question is answered with today, or None where it was not asked.
    """

    bundle: Bundle | None
    discrepancies: tuple[Discrepancy, ...]
    library: AgainstLibrary | None = None
    again: Again | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not hold."""
        return all(each.kind is not DiscrepancyKind.FAULT for each in self.discrepancies)

    def of(self, kind: DiscrepancyKind) -> tuple[Discrepancy, ...]:
        """Return the discrepancies of a kind."""
        return tuple(each for each in self.discrepancies if each.kind is kind)


def verify(
    data: bytes,
    vocabulary: Vocabulary,
    store: Store | None = None,
    desk: Desk | None = None,
    ask: Ask | None = None,
    head: str = "",
) -> Verified:
    """Check a bundle.

    Args:
        data: the bytes of its file, from anywhere.
        vocabulary: of drugs and conditions, for the guards.
        store: a library to hold it against, or None.
        desk: a desk to hold its log against, or None.
        ask: asks that library; None to ask nothing again.
        head: hash of an entry of the audit log, noted elsewhere, that the log in the bundle must go through.
    """
    bundle, discrepancies = read_bundle(data)
    if bundle is None:
        return Verified(None, discrepancies)
    if stop := too_much(bundle):
        return Verified(bundle, (*discrepancies, *stop))
    discrepancies += self_check(bundle, vocabulary)
    if head:
        discrepancies += tuple(head_check(bundle, head))
    if store is None:
        return Verified(bundle, discrepancies)
    library = against_library(bundle, store, fingerprint(store))
    discrepancies += library.discrepancies
    if desk is not None:
        discrepancies += against_desk(bundle, desk)
    return Verified(bundle, discrepancies, library, ask_again(bundle, ask) if ask is not None else None)
