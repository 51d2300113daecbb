"""Takes away what a person names: rows, texts, originals; tombstones keep it from coming back by itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Column, ColumnElement, Connection, bindparam, delete, func, or_, select, update

from curbside.errors import NotHeld
from curbside.records import Added
from curbside.store import schema
from curbside.store.base import DROP, LIVE, REPLACED
from curbside.store.batch import REMOVED_BY_USER
from curbside.store.known import among
from curbside.store.naming import names_of
from curbside.store.rows import many
from curbside.store.saving import flag, record, weighed

_d = schema.documents.c
_o = schema.origins.c
_p = schema.problems.c


@dataclass(slots=True)
class Doomed:
    """What a removal takes away.

    Attributes:
        documents: numbers of documents.
        subjects: tombstones beside those of the documents.
        shas: originals that lost something, or everything.
        unseen: originals from which an origin was taken away, leaving none.
    """

    documents: set[int] = field(default_factory=set[int])
    subjects: set[str] = field(default_factory=set[str])
    shas: set[str] = field(default_factory=set[str])
    unseen: set[str] = field(default_factory=set[str])


def remove(connection: Connection, texts: Sequence[str], now: str) -> tuple[Added, list[str]]:
    """Take away what `texts` name; return what that did and the hashes of originals that nothing uses any more.

    Raises:
        NotHeld: if one of them names nothing.
    """
    doomed = Doomed()
    for text in texts:
        if not (_by_origin(connection, text, doomed) or _by_name(connection, text, doomed)):
            raise NotHeld(f"The library holds nothing under {text!r}; nothing was removed.")
    return _carry_out(connection, doomed, now)


def _by_name(connection: Connection, text: str, doomed: Doomed) -> bool:
    keys, works = schema.keys.c, schema.works.c
    for name in names_of(text):
        row = connection.execute(select(_d.number, _d.work, _d.slot).where(_d.id == name)).first()
        if row is not None:
            # Earlier versions of the same record go with it.
            older = select(_d.number).where(_d.slot == row.slot, _d.work == row.work, _d.state == REPLACED)
            doomed.documents |= {row.number, *(connection.execute(older).scalars() if row.slot else ())}
            return True
        work = connection.execute(select(keys.work).where(keys.key == name)).scalar()
        if work is None:
            found = connection.execute(select(works.id, works.merged).where(works.id == name)).first()
            work = (found.merged or found.id) if found else None
        if work is not None:
            doomed.documents.update(connection.execute(select(_d.number).where(_d.work == work)).scalars())
            doomed.subjects.update(connection.execute(select(keys.key).where(keys.work == work)).scalars())
            return True
    return False


def _by_origin(connection: Connection, text: str, doomed: Doomed) -> bool:
    """Take an origin away, or all below a folder; what other origins also hold stays."""
    here = _below(_o.origin, text)
    shas = set(connection.execute(select(_o.sha).where(here)).scalars())
    if not shas:
        return False
    connection.execute(delete(schema.origins).where(here))
    connection.execute(delete(schema.problems).where(_below(_p.origin, text), _p.document.is_(None)))
    left = {row.sha for row in among(connection, select(_o.sha), _o.sha, shas)}
    seen = schema.sightings
    gone = shas - left
    numbers = {row.document for row in among(connection, select(seen.c.document), seen.c.sha, gone)}
    if gone:
        connection.execute(delete(seen).where(seen.c.sha == bindparam("s")), [{"s": sha} for sha in sorted(gone)])
    elsewhere = {row.document for row in among(connection, select(seen.c.document), seen.c.document, numbers)}
    doomed.documents |= numbers - elsewhere
    doomed.shas |= shas
    doomed.unseen |= gone
    moved = among(connection, select(_d.number).where(_below(_d.origin, text)), _d.number, elsewhere)
    _rehome(connection, [row.number for row in moved])
    return True


def _below(column: Column[str], text: str) -> ColumnElement[bool]:
    """Return the condition that an origin is `text` or lies in the folder of that name."""
    folder = text.rstrip("/" + os.sep)
    marks = sorted({"/", os.sep}) if folder else []
    # LIKE would take a folder for another that differs in case alone, on SQLite.
    return or_(column == text, *(func.substr(column, 1, len(folder) + 1) == folder + mark for mark in marks))


def _rehome(connection: Connection, numbers: Iterable[int]) -> None:
    """Name another origin for documents whose first one was taken away."""
    seen = schema.sightings.c
    for number in numbers:
        places = select(_o.origin).join(schema.sightings, seen.sha == _o.sha).where(seen.document == number)
        origin = connection.execute(places.order_by(_o.number).limit(1)).scalar()
        if origin is not None:
            connection.execute(update(schema.documents).where(_d.number == number).values(origin=origin))
            connection.execute(update(schema.problems).where(_p.document == number).values(origin=origin, place=origin))


def _carry_out(connection: Connection, doomed: Doomed, now: str) -> tuple[Added, list[str]]:
    rows = list(among(connection, select(_d.number, _d.id, _d.work, _d.state), _d.number, doomed.documents))
    rows.sort(key=lambda row: row.number)
    live = [row.id for row in rows if row.state == LIVE]
    works = {row.work for row in rows}
    seen, notices, keys = schema.sightings, schema.notices, schema.keys
    doomed.shas |= {row.sha for row in among(connection, select(seen.c.sha), seen.c.document, doomed.documents)}
    named = {row.key for row in among(connection, select(notices.c.key), notices.c.document, doomed.documents)}
    warned = {row.work for row in among(connection, select(keys.c.work), keys.c.key, named)}
    _delete_documents(connection, sorted(doomed.documents))
    _bury(connection, doomed.subjects | {row.id for row in rows}, now)
    emptied = works - {row.work for row in among(connection, select(_d.work), _d.work, works)} - {""}
    for work in sorted(emptied):
        connection.execute(delete(keys).where(keys.c.work == work))
        connection.execute(delete(schema.works).where(or_(schema.works.c.id == work, schema.works.c.merged == work)))
    dropped = _drop_originals(connection, doomed)
    record(connection, [(name, DROP) for name in live], now)
    flag(connection, weighed(connection, (works | warned) - emptied, (), ()), now)
    return Added(deleted=len(live)), dropped


def _delete_documents(connection: Connection, numbers: Sequence[int]) -> None:
    if not numbers:
        return
    values = [{"n": number} for number in numbers]
    for column in (
        schema.texts.c.document,
        schema.derived.c.document,
        schema.sightings.c.document,
        schema.notices.c.document,
        schema.cites.c.document,
        schema.titles.c.document,
        _p.document,
        _d.number,
    ):
        connection.execute(delete(column.table).where(column == bindparam("n")), values)


def _bury(connection: Connection, subjects: set[str], now: str) -> None:
    table = schema.tombstones
    held = {row.subject for row in among(connection, select(table.c.subject), table.c.subject, subjects)}
    rows = [
        {"subject": name, "reason": REMOVED_BY_USER, "version": None, "at": now} for name in sorted(subjects - held)
    ]
    many(connection, table, rows)


def _drop_originals(connection: Connection, doomed: Doomed) -> list[str]:
    """Drop originals that nothing stands in any more; those that lost only something must not hide that."""
    seen, files = schema.sightings.c, schema.files
    used = {row.sha for row in among(connection, select(seen.sha), seen.sha, doomed.shas)}
    dropped = sorted((doomed.shas - used) | doomed.unseen)
    for table in (schema.originals, schema.origins, schema.files):
        if dropped:
            connection.execute(delete(table).where(table.c.sha == bindparam("s")), [{"s": sha} for sha in dropped])
    if dropped:
        files_own = (_p.sha == bindparam("s")) & _p.document.is_(None)
        connection.execute(delete(schema.problems).where(files_own), [{"s": sha} for sha in dropped])
    lost = [{"s": sha} for sha in sorted(used - set(dropped))]
    if lost and doomed.documents:
        connection.execute(update(files).where(files.c.sha == bindparam("s")).values(withheld=True), lost)
    return dropped
