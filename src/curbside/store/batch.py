"""Decides what becomes of the records of a batch: new, joined, there already, a revision, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from curbside.records import Added, Problem
from curbside.store.base import (
    DELETED,
    DROP,
    LIVE,
    PUT,
    REPLACED,
    Delivery,
    Entry,
    Original,
    Unread,
    Withdrawal,
)
from curbside.store.joining import place, work_id
from curbside.store.known import Known, Row, Tomb, keys_of, slot_of

REMOVED_BY_USER = "removed by a person"
WITHDRAWN = "deleted by its source"
"""Reasons on tombstones."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A problem as it is kept.

    Attributes:
        original: the file that it came with.
        problem: what was wrong.
        broken: whether reading broke off with it.
        document: number of the document whose place it is about, and with which it stands and falls; None where it is
            about the file.
    """

    original: Original
    problem: Problem
    broken: bool = False
    document: int | None = None


@dataclass(slots=True)
class Outcome:
    """What a batch comes to, for `curbside.store.saving` to write.

    Attributes:
        fresh: new documents with what came in, and the file and position of each.
        sightings: (hash, reader, position, document number).
        changes: (document id, op) in order.
        founded: new works.
        merged: (work, the work that takes it in).
        claimed: keys and the work that holds them from now on.
        buried, lifted: tombstones set and taken away.
        reflag: works whose notices have to be weighed again.
        withheld: hashes of files of which something stayed out because a person removed it.
        problems: what was wrong.
        placed: numbers of documents held before that were given a place anew; what was said of their old one is void.
        counts: fields of `Added`.
    """

    fresh: list[tuple[Row, Entry, Original]] = field(default_factory=list[tuple[Row, Entry, Original]])
    sightings: list[tuple[str, int, int, int]] = field(default_factory=list[tuple[str, int, int, int]])
    changes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    founded: list[str] = field(default_factory=list[str])
    merged: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    claimed: dict[str, str] = field(default_factory=dict[str, str])
    buried: dict[str, Tomb] = field(default_factory=dict[str, Tomb])
    lifted: set[str] = field(default_factory=set[str])
    reflag: set[str] = field(default_factory=set[str])
    withheld: set[str] = field(default_factory=set[str])
    problems: list[Noted] = field(default_factory=list[Noted])
    placed: set[int] = field(default_factory=set[int])
    counts: dict[str, int] = field(default_factory=dict[str, int])

    def home(self, work: str) -> str:
        """Return the work that `work` has become."""
        into = dict(self.merged)
        while work in into:
            work = into[work]
        return work

    def count(self, name: str, by: int = 1) -> None:
        """Add to one of the counts."""
        self.counts[name] = self.counts.get(name, 0) + by

    def tally(self) -> Added:
        """Return the counts and problems as others see them."""
        return Added(**self.counts, problems=tuple(noted.problem for noted in self.problems))


class Batch:
    """Takes deliveries one record at a time; keeps `known` true as it goes, writes nothing."""

    def __init__(self, known: Known, next_number: int, now: str) -> None:
        self._known = known
        self._number = next_number
        self._now = now
        self.outcome = Outcome()

    def take(self, delivery: Delivery) -> None:
        """Decide about every record of a delivery."""
        given = delivery.original
        file = self._known.files.get(given.sha)
        # A file that was read to its end before has had its say: what it withdraws may have come back since.
        spent = file is not None and file.complete and file.reader == given.reader
        for position, item in enumerate(delivery.items, delivery.start):
            if isinstance(item, Entry):
                self._entry(delivery, position, item)
            elif isinstance(item, Withdrawal) and not spent:
                self._withdraw(given, item)
            self._note(given, item)
        self.outcome.problems += [Noted(given, problem, delivery.broken) for problem in delivery.problems]

    def _note(self, given: Original, item: Entry | Withdrawal | Unread) -> None:
        self.outcome.problems += [Noted(given, problem) for problem in item.problems]

    def _remark(self, given: Original, line: int, what: str, remedy: str = "", about: Row | None = None) -> None:
        problem = Problem(what, given.origin, line, remedy, lost=False)
        self.outcome.problems.append(Noted(given, problem, document=about.number if about else None))

    def _entry(self, delivery: Delivery, position: int, entry: Entry) -> None:
        """Decide about one document."""
        known, given = self._known, delivery.original
        keys = keys_of(entry)
        if self._stays_out(given, entry, keys):
            return
        row = known.rows.get(entry.id)
        slot = slot_of(given.format, keys)
        older, outranked = self._versions(delivery, position, entry, slot, row)
        before = row.state if row else ""
        if row is None:
            row = self._new_row(entry, slot)
            self.outcome.fresh.append((row, entry, given))
        self.outcome.sightings.append((given.sha, given.reader, position, row.number))
        places = known.seen.setdefault(row.number, set())
        again = (given.sha, given.reader) in places
        places.add((given.sha, given.reader))
        if before and entry.version > row.version:
            row.version, row.changed = entry.version, True
        if before == LIVE:
            self.outcome.count("present")
            self._retire([] if again else older)
        elif self._withdrawn(slot, entry.version):
            self.outcome.count("present" if before else "deleted")
            row.state, row.changed = DELETED, True
        elif outranked:
            row.work = row.work or outranked.work
            self.outcome.count("present")
        else:
            self._show(row, entry, given, older)

    def _new_row(self, entry: Entry, slot: str) -> Row:
        profile = entry.profile
        row = Row(
            self._number,
            entry.id,
            "",
            REPLACED,
            slot,
            entry.title,
            entry.version,
            profile.retracted,
            profile.noticed,
            fresh=True,
        )
        self._number += 1
        self._known.rows[row.id] = row
        if slot:
            self._known.slots.setdefault(slot, []).append(row)
        return row

    def _stays_out(self, given: Original, entry: Entry, keys: Sequence[str]) -> bool:
        """Tell whether a person removed this; naming the file itself takes it back."""
        subjects = [name for name in (entry.id, *keys) if name in self._known.tombs]
        if not subjects:
            return False
        if given.named:
            for name in subjects:
                del self._known.tombs[name]
                self.outcome.lifted.add(name)
                self.outcome.buried.pop(name, None)
            return False
        since = self._known.tombs[subjects[0]].at[:10]
        remedy = "To take it back, add its file by name."
        self._remark(given, entry.line, f"{entry.title[:80] or entry.id} was removed on {since}; left out.", remedy)
        self.outcome.withheld.add(given.sha)
        self.outcome.count("deleted")
        return True

    def _versions(
        self, delivery: Delivery, position: int, entry: Entry, slot: str, row: Row | None
    ) -> tuple[list[Row], Row | None]:
        """Return the live documents that the record takes the place of, and one that outranks it, if any."""
        known, given = self._known, delivery.original
        if slot:
            rivals = [other for other in known.slots.get(slot, ()) if other.state == LIVE and other is not row]
            outranked = next((other for other in rivals if other.version > entry.version), None)
            return [r for r in rivals if r.version < entry.version or self._gives_way(r, delivery)], outranked
        before = sorted(known.earlier.get(given.origin, ()))
        if known.reread(delivery):
            before.append(given.sha)
        for sha in before:
            for other in known.keyless.get(sha, ()):
                alone = position == 0 and sha in known.sole
                fits = other.state == LIVE and other is not row and (alone or other.title == entry.title)
                if fits and self._gives_way(other, delivery):
                    return [other], None
        return [], None

    def _gives_way(self, row: Row, delivery: Delivery) -> bool:
        """Tell whether this place held `row` before and, as far as it was read by now, does so no longer."""
        here = (delivery.original.sha, delivery.original.reader)
        return self._known.precedes(row, delivery) and here not in self._known.seen.get(row.number, ())

    def _withdrawn(self, slot: str, version: int) -> bool:
        tomb = self._known.tombs.get(slot) if slot else None
        return tomb is not None and (tomb.version is None or version <= tomb.version)

    def _show(self, row: Row, entry: Entry, given: Original, older: Sequence[Row]) -> None:
        """Make a document live, in the work where it belongs, in place of `older`."""
        known, keys = self._known, keys_of(entry)
        home = row.work or (older[0].work if older else "")
        placement = place(keys, known.owner, known.held, known.born, home)
        work = placement.work or self._found(row, [key for key in keys if key not in known.owner])
        if not row.fresh or row.changed:
            self._forget(row)
        for clash in placement.clashes:
            self._remark(given, entry.line, f"{entry.title[:80] or entry.id} {clash}; kept apart.", about=row)
        for other in placement.merged:
            self._merge(other, work)
        for key in keys:
            if key not in known.owner:
                known.owner[key] = self.outcome.claimed[key] = work
                known.held.setdefault(work, set()).add(key)
        row.work = work
        self._turn(row, LIVE)
        self._retire(older)
        self.outcome.count("replaced" if older else "joined" if placement.work else "added")

    def _forget(self, row: Row) -> None:
        """Void what was said of the place that a document had before."""
        self.outcome.placed.add(row.number)
        self.outcome.problems = [noted for noted in self.outcome.problems if noted.document != row.number]

    def _found(self, row: Row, keys: Sequence[str]) -> str:
        work = work_id(keys[0] if keys else row.id)
        if work in self._known.born:
            work = work_id(row.id)
        self._known.born[work] = row.number
        self.outcome.founded.append(work)
        return work

    def _merge(self, work: str, into: str) -> None:
        known = self._known
        for key in known.held.pop(work, set()):
            known.owner[key] = self.outcome.claimed[key] = into
            known.held.setdefault(into, set()).add(key)
        for row in known.rows.values():
            if row.work == work:
                row.work, row.changed = into, True
                if row.state == LIVE:
                    self.outcome.changes.append((row.id, PUT))
        self.outcome.merged.append((work, into))
        self.outcome.reflag.add(into)

    def _retire(self, older: Sequence[Row]) -> None:
        for other in older:
            self._turn(other, REPLACED)

    def _turn(self, row: Row, state: str) -> None:
        row.state = state
        row.changed = True
        self.outcome.changes.append((row.id, PUT if state == LIVE else DROP))
        if row.retracted or row.noticed or (state == LIVE and not row.fresh):
            # What comes back claims no key anew, so that nobody else would ask what was said of its work meanwhile.
            self.outcome.reflag.add(row.work)

    def _withdraw(self, given: Original, item: Withdrawal) -> None:
        slot = slot_of(given.format, (item.key,))
        rows = self._known.slots.get(slot, [])
        versions = [row.version for row in rows] + ([item.version] if item.version else [])
        tomb = Tomb(WITHDRAWN, max(versions) if versions else None, self._now)
        shown = [row for row in rows if row.state == LIVE]
        if slot in self._known.tombs and not shown:
            return
        self._known.tombs[slot] = self.outcome.buried[slot] = tomb
        for row in shown:
            self._turn(row, DELETED)
            self.outcome.reflag.add(row.work)
        self.outcome.count("deleted", len(shown))
