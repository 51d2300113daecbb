"""Writes what a batch came to, table by table, inside the transaction of the caller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from curbside.records import retracts
from curbside.store import schema
from curbside.store.base import DROP, LIVE, PUT, REPLACED, Delivery
from curbside.store.base_citing import Linkage
from curbside.store.batch import Outcome
from curbside.store.gate import words_on
from curbside.store.known import NOWHERE, FileRow, Known, among
from curbside.store.packing import packed_profile
from curbside.store.rows import many, plain

_d = schema.documents.c


def save(connection: Connection, known: Known, outcome: Outcome, deliveries: Sequence[Delivery], now: str) -> None:
    """Write the outcome of a batch of deliveries."""
    _originals(connection, known, deliveries, now)
    _documents(connection, outcome)
    _changed(connection, known)
    changes = list(outcome.changes)
    for work, _ in outcome.merged:
        changes += _merge(connection, work, outcome.home(work))
    _works(connection, known, outcome)
    _files(connection, known, outcome, deliveries)
    for delivery in deliveries:
        if delivery.complete and known.reread(delivery):
            changes += _sweep(connection, delivery)
    _tombstones(connection, outcome)
    _problems(connection, outcome, deliveries, now)
    turned = {known.rows[name].number for name, _ in outcome.changes if name in known.rows}
    record(connection, changes, now)
    flag(connection, weighed(connection, map(outcome.home, outcome.reflag), outcome.claimed, turned), now)


def record(connection: Connection, changes: Iterable[tuple[str, str]], now: str) -> None:
    """Append to the changes that an index follows, and note the time."""
    rows = [{"document": document, "op": op} for document, op in changes]
    many(connection, schema.changes, rows)
    connection.execute(delete(schema.meta).where(schema.meta.c.name == "updated"))
    connection.execute(insert(schema.meta).values(name="updated", value=now))


def _originals(connection: Connection, known: Known, deliveries: Sequence[Delivery], now: str) -> None:
    originals, origins = schema.originals, schema.origins
    given = {d.original.sha: d.original for d in deliveries}
    held = {row.sha for row in among(connection, select(originals.c.sha), originals.c.sha, given)}
    new = [
        {"sha": sha, "size": original.size, "format": original.format, "added": now}
        for sha, original in given.items()
        if sha not in held
    ]
    many(connection, originals, new)
    places = {(d.original.origin, d.original.sha): None for d in deliveries if d.start == 0}
    if places:
        # What an origin holds now has the highest number, so that a file put back as it was is seen to have changed.
        connection.execute(
            delete(origins).where(origins.c.origin == bindparam("o"), origins.c.sha == bindparam("s")),
            [{"o": origin, "s": sha} for origin, sha in places],
        )
    many(connection, origins, [{"origin": origin, "sha": sha} for origin, sha in places])


def _documents(connection: Connection, outcome: Outcome) -> None:
    fresh = outcome.fresh
    rows = [
        {
            "number": row.number,
            "id": row.id,
            "work": row.work,
            "state": row.state,
            "kind": entry.kind,
            "evidence": entry.profile.evidence.value,
            "title": entry.title,
            "year": entry.year,
            "slot": row.slot,
            "version": row.version,
            "origin": original.origin,
            "line": entry.line,
            "retracted": row.retracted,
            "noticed": row.noticed,
        }
        for row, entry, original in fresh
    ]
    many(connection, schema.documents, rows)
    many(connection, schema.texts, [{"document": row.number, "data": entry.data} for row, entry, _ in fresh])
    profiles = [
        {"document": row.number, "step": "profile", "made_by": e.made_by, "data": packed_profile(e.profile)}
        for row, e, _ in fresh
    ]
    further = [
        {"document": row.number, "step": each.step, "made_by": each.made_by, "data": each.data}
        for row, entry, _ in fresh
        for each in entry.derived
    ]
    many(connection, schema.derived, profiles + further)
    link(connection, [(row.number, entry.links) for row, entry, _ in fresh])
    issued = [
        {"document": row.number, "key": key, "kind": notice.kind.value, "date": notice.date}
        for row, entry, _ in fresh
        for notice in entry.notices
        for key in notice.keys
    ]
    many(connection, schema.notices, issued)


def link(connection: Connection, linked: Sequence[tuple[int, Linkage]]) -> None:
    """Write the keys of documents, by their numbers, and of what they cite."""
    cites = [{"document": n, "entry": entry, "key": key} for n, links in linked for entry, key in links.cites]
    many(connection, schema.cites, cites)
    many(connection, schema.titles, [{"document": n, "key": key} for n, links in linked for key in links.titles])


def _changed(connection: Connection, known: Known) -> None:
    rows = [
        {"n": row.number, "s": row.state, "w": row.work, "v": row.version}
        for row in known.rows.values()
        if row.changed and not row.fresh
    ]
    if rows:
        change = update(schema.documents).where(_d.number == bindparam("n"))
        connection.execute(
            change.values(state=bindparam("s"), work=bindparam("w"), version=bindparam("v")),
            rows,
        )


def _merge(connection: Connection, work: str, into: str) -> list[tuple[str, str]]:
    """Move what the batch did not touch from `work` into another work; the old id stays as a name for it."""
    works = schema.works
    moved = connection.execute(select(_d.id).where(_d.work == work, _d.state == LIVE).order_by(_d.number)).all()
    connection.execute(update(schema.documents).where(_d.work == work).values(work=into))
    connection.execute(update(schema.keys).where(schema.keys.c.work == work).values(work=into))
    connection.execute(update(works).where(works.c.merged == work).values(merged=into))
    return [(row.id, PUT) for row in moved]


def _works(connection: Connection, known: Known, outcome: Outcome) -> None:
    works = schema.works
    rows = [
        {"id": work, "born": known.born[work], "merged": None, "retracted": False, "noticed": False}
        for work in outcome.founded
    ]
    many(connection, works, rows)
    for work, _ in outcome.merged:
        target = outcome.home(work)
        connection.execute(
            update(works).where(works.c.id == work).values(merged=target, retracted=False, noticed=False)
        )
    if outcome.claimed:
        table = schema.keys
        held = {row.key for row in among(connection, select(table.c.key), table.c.key, outcome.claimed)}
        new = [{"key": key, "work": known.owner[key]} for key in outcome.claimed if key not in held]
        many(connection, table, new)
        old = [{"k": key, "w": known.owner[key]} for key in sorted(held)]
        if old:
            connection.execute(update(table).where(table.c.key == bindparam("k")).values(work=bindparam("w")), old)


def _files(connection: Connection, known: Known, outcome: Outcome, deliveries: Sequence[Delivery]) -> None:
    rows: dict[str, FileRow] = {}
    seen = schema.sightings
    for delivery in deliveries:
        sha, reader = delivery.original.sha, delivery.original.reader
        end = delivery.start + len(delivery.items)
        before = rows.get(sha, known.files.get(sha))
        if before is None or before.reader != reader:
            before = FileRow(reader, 0, complete=False, withheld=False)
        if sha in rows or sha in known.files:
            at = seen.c.position.between(delivery.start, end - 1)
            connection.execute(delete(seen).where(seen.c.sha == sha, seen.c.reader == reader, at))
        withheld = sha in outcome.withheld or (delivery.start > 0 and before.withheld)
        complete = delivery.complete or before.complete
        rows[sha] = FileRow(reader, max(end, before.done), complete, withheld)
    places = {(sha, reader, position): number for sha, reader, position, number in outcome.sightings}
    stood = [
        {"sha": sha, "reader": reader, "position": position, "document": number}
        for (sha, reader, position), number in places.items()
    ]
    many(connection, seen, stood)
    known_files = [{"s": sha} for sha in rows if sha in known.files]
    if known_files:
        connection.execute(delete(schema.files).where(schema.files.c.sha == bindparam("s")), known_files)
    fields = ("reader", "done", "complete", "withheld")
    many(connection, schema.files, [{"sha": s, **{f: getattr(row, f) for f in fields}} for s, row in rows.items()])


def _sweep(connection: Connection, delivery: Delivery) -> list[tuple[str, str]]:
    """Replace what earlier readers found in a file and the present ones do not."""
    seen = schema.sightings.c
    before = (seen.sha == delivery.original.sha) & (seen.reader < delivery.original.reader)
    old = connection.execute(select(seen.document).where(before).distinct()).scalars().all()
    connection.execute(delete(schema.sightings).where(before))
    left = {row.document for row in among(connection, select(seen.document), seen.document, old)}
    rows = among(connection, select(_d.number, _d.id).where(_d.state == LIVE), _d.number, set(old) - left)
    gone = [(row.number, row.id) for row in rows]
    if gone:
        change = update(schema.documents).where(_d.number == bindparam("n")).values(state=REPLACED)
        connection.execute(change, [{"n": number} for number, _ in gone])
    return [(name, DROP) for _, name in gone]


def _tombstones(connection: Connection, outcome: Outcome) -> None:
    table = schema.tombstones
    gone = sorted(outcome.lifted | set(outcome.buried))
    if gone:
        connection.execute(delete(table).where(table.c.subject == bindparam("s")), [{"s": name} for name in gone])
    rows = [
        {"subject": name, "reason": tomb.reason, "version": tomb.version, "at": tomb.at}
        for name, tomb in outcome.buried.items()
    ]
    many(connection, table, rows)


def _problems(connection: Connection, outcome: Outcome, deliveries: Sequence[Delivery], now: str) -> None:
    """Note problems; forget what stood against files that are read from their start, and what their place held.

    What is about a document stays with it: whether its identifiers clashed is known when it is given its place, and
    reading its file again does not ask.
    """
    table = schema.problems
    begun = [delivery.original for delivery in deliveries if delivery.start == 0]
    if begun and connection.execute(select(table.c.number).limit(1)).first() is not None:
        places = [{"o": each.origin} for each in begun if each.origin not in NOWHERE]
        streams = [{"o": each.origin, "s": each.sha} for each in begun if each.origin in NOWHERE]
        here = (table.c.origin == bindparam("o")) & table.c.document.is_(None)
        for condition, values in ((here, places), (here & (table.c.sha == bindparam("s")), streams)):
            if values:
                connection.execute(delete(table).where(condition), values)
    if outcome.placed:
        gone = [{"d": number} for number in sorted(outcome.placed)]
        connection.execute(delete(table).where(table.c.document == bindparam("d")), gone)
    rows = [
        {
            "sha": noted.original.sha,
            "origin": noted.original.origin,
            "place": noted.problem.where,
            "line": noted.problem.line,
            "what": noted.problem.what,
            "remedy": noted.problem.remedy,
            "lost": noted.problem.lost,
            "broken": noted.broken,
            "document": noted.document,
            "at": now,
        }
        for noted in outcome.problems
    ]
    many(connection, table, rows)


def weighed(
    connection: Connection,
    works: Iterable[str],
    claimed: Iterable[str],
    turned: Iterable[int],
) -> set[str]:
    """Return the works whose notices may have changed.

    These are `works` themselves, those whose newly `claimed` keys somebody has issued a notice on or some list names,
    and those on which one of the `turned` documents issued one.
    """
    notices, listed, keys = schema.notices, schema.listed, schema.keys
    claimed = list(claimed)
    named = {row.key for row in among(connection, select(notices.c.key), notices.c.key, claimed)}
    named |= {row.key for row in among(connection, select(listed.c.key), listed.c.key, claimed)}
    named |= {row.key for row in among(connection, select(notices.c.key), notices.c.document, turned)}
    found = {row.work for row in among(connection, select(keys.c.work), keys.c.key, named)}
    return (found | set(works)) - {""}


def flag(connection: Connection, works: Iterable[str], now: str) -> int:
    """Set whether works are retracted or noticed, from their live documents and what is said of their keys.

    Returns how many works changed.
    """
    table = schema.works
    changed = 0
    for row in list(among(connection, select(table.c.id, table.c.retracted, table.c.noticed), table.c.id, works)):
        retracted, noticed = _flags(connection, row.id)
        if (retracted, noticed) != (row.retracted, row.noticed):
            connection.execute(update(table).where(table.c.id == row.id).values(retracted=retracted, noticed=noticed))
            live = connection.execute(select(_d.id).where(_d.work == row.id, _d.state == LIVE).order_by(_d.number))
            record(connection, [(document.id, PUT) for document in live], now)
            changed += 1
    return changed


def _flags(connection: Connection, work: str) -> tuple[bool, bool]:
    own = connection.execute(select(_d.retracted, _d.noticed).where(_d.work == work, _d.state == LIVE)).all()
    if not own:
        return False, False
    words = [word for _, word in words_on(plain(connection), "k.work = ?", (work,))]
    return any(row.retracted for row in own) or retracts(words), bool(words) or any(row.noticed for row in own)
