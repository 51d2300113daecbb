"""The tables, as SQLAlchemy Core knows them; a test holds the migrations to them.

Documents have a number, which is their age and what other tables point with, beside the id that the world sees. The
bytes of a document lie in a table of their own, so that counting and changing states never touches them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

metadata = MetaData()


def _alike(kind: TypeEngine[Any], there: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.with_variant(there, "postgresql")


# SQLite orders texts by their bytes, bounds neither texts nor whole numbers by their column, and counts in doubles;
# PostgreSQL is told to do the same, so that an answer is the same on both.
_BYTES = Text(collation="C")
_TEXT, _NAME = _alike(Text(), _BYTES), _alike(String(), _BYTES)
_SHA, _WORK, _DOCUMENT, _TITLE = (_alike(String(length), _BYTES) for length in (64, 13, 21, 18))
_WHOLE, _REAL = _alike(Integer(), BigInteger()), _alike(Float(), Double())

meta = Table("meta", metadata, Column("name", _NAME, primary_key=True), Column("value", _TEXT, nullable=False))
"""Single values: `updated`, the ISO time of the last change."""

originals = Table(
    "originals",
    metadata,
    Column("sha", _SHA, primary_key=True),
    Column("size", _WHOLE, nullable=False),
    Column("format", _NAME, nullable=False),
    Column("added", _NAME, nullable=False),
)
"""Files as given, by the SHA-256 of their bytes."""

origins = Table(
    "origins",
    metadata,
    Column("number", _WHOLE, primary_key=True),
    Column("origin", _TEXT, nullable=False),
    Column("sha", _SHA, nullable=False),
    Index("origins_origin", "origin", "number").ddl_if(dialect="sqlite"),
    Index("origins_place", "origin", postgresql_using="hash").ddl_if(dialect="postgresql"),
    Index("origins_sha", "sha"),
)
"""Which bytes came from where; the highest number of an origin is what it holds now."""

files = Table(
    "files",
    metadata,
    Column("sha", _SHA, primary_key=True),
    Column("reader", _WHOLE, nullable=False),
    Column("done", _WHOLE, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("withheld", Boolean, nullable=False),
)
"""How far each original was read by which version of the readers; `withheld`: something of it was removed."""

works = Table(
    "works",
    metadata,
    Column("id", _WORK, primary_key=True),
    Column("born", _WHOLE, nullable=False),
    Column("merged", _WORK, nullable=True),
    Column("retracted", Boolean, nullable=False),
    Column("noticed", Boolean, nullable=False),
    Index("works_merged", "merged"),
)
"""Works; `merged` names the work that took this one in, `born` the number of its first document."""

keys = Table(
    "keys",
    metadata,
    Column("key", _TEXT, primary_key=True),
    Column("work", _WORK, nullable=False),
    Index("keys_work", "work"),
)
"""Joining keys and the one work that each belongs to."""

documents = Table(
    "documents",
    metadata,
    Column("number", _WHOLE, primary_key=True),
    Column("id", _DOCUMENT, nullable=False, unique=True),
    Column("work", _WORK, nullable=False),
    Column("state", _NAME, nullable=False),
    Column("kind", _NAME, nullable=False),
    Column("evidence", _NAME, nullable=False),
    Column("title", _TEXT, nullable=False),
    Column("year", _WHOLE, nullable=True),
    Column("slot", _TEXT, nullable=False),
    Column("version", _WHOLE, nullable=False),
    Column("origin", _TEXT, nullable=False),
    Column("line", _WHOLE, nullable=False),
    Column("retracted", Boolean, nullable=False),
    Column("noticed", Boolean, nullable=False),
    Index("documents_work", "work", "state"),
    Index("documents_slot", "slot"),
    Index("documents_state", "state", "kind", "evidence"),
)
"""Documents; `slot` is the source's own name for the record (format and strongest key), "" where it has none, and
`retracted` and `noticed` are what the document says of itself."""

texts = Table(
    "texts",
    metadata,
    Column("document", _WHOLE, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""The documents themselves, packed."""

_RARER = text("step <> 'profile'")

derived = Table(
    "derived",
    metadata,
    Column("document", _WHOLE, nullable=False),
    Column("step", _NAME, nullable=False),
    Column("made_by", _NAME, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("document", "step"),
    Index("derived_stale", "step", "made_by", sqlite_where=_RARER, postgresql_where=_RARER),
)
"""What steps made of documents, and which version of the step did. Every document has a profile; what fewer have is
indexed, so that looking for what is stale costs nothing."""

cites = Table(
    "cites",
    metadata,
    Column("document", _WHOLE, nullable=False),
    Column("entry", _WHOLE, nullable=False),
    Column("key", _TEXT, nullable=False),
    PrimaryKeyConstraint("document", "entry", "key"),
    Index("cites_key", "key", "document"),
)
"""What documents cite: the place of an entry in the document's list, and each joining key of the work it names, or the
key of its title where it has no identifier; whether or not the work is held."""

titles = Table(
    "titles",
    metadata,
    Column("document", _WHOLE, nullable=False),
    Column("key", _TITLE, nullable=False),
    PrimaryKeyConstraint("document", "key"),
    Index("titles_key", "key"),
)
"""Keys of the titles of documents, to look up candidates with; no two documents are one work because of them."""

sightings = Table(
    "sightings",
    metadata,
    Column("sha", _SHA, nullable=False),
    Column("reader", _WHOLE, nullable=False),
    Column("position", _WHOLE, nullable=False),
    Column("document", _WHOLE, nullable=False),
    PrimaryKeyConstraint("sha", "reader", "position"),
    Index("sightings_document", "document"),
)
"""Where each document stands: the position in an original at which which version of the readers found it."""

notices = Table(
    "notices",
    metadata,
    Column("number", _WHOLE, primary_key=True),
    Column("key", _TEXT, nullable=False),
    Column("kind", _NAME, nullable=False),
    Column("date", _NAME, nullable=False),
    Column("document", _WHOLE, nullable=False),
    Index("notices_key", "key"),
    Index("notices_document", "document"),
)
"""What documents say of other works, by the joining keys of these, whether or not they are held."""

lists = Table(
    "lists",
    metadata,
    Column("number", _WHOLE, primary_key=True, autoincrement=True),
    Column("name", _NAME, nullable=False, unique=True),
    Column("origin", _TEXT, nullable=False),
    Column("format", _NAME, nullable=False),
    Column("sha", _SHA, nullable=False),
    Column("added", _NAME, nullable=False),
    Column("rows", _WHOLE, nullable=False),
    Column("problems", _WHOLE, nullable=False),
    sqlite_autoincrement=True,
)
"""Lists of notices of the world that the library goes by."""

listed = Table(
    "listed",
    metadata,
    Column("number", _WHOLE, primary_key=True),
    Column("list", _WHOLE, nullable=False),
    Column("key", _TEXT, nullable=False),
    Column("kind", _NAME, nullable=False),
    Column("date", _NAME, nullable=False),
    Column("notice", _TEXT, nullable=False),
    Column("reason", _TEXT, nullable=False),
    Column("line", _WHOLE, nullable=False),
    Index("listed_key", "key"),
    Index("listed_notice", "notice"),
    Index("listed_list", "list"),
)
"""What those lists say of works, by joining key, whether or not they are held; `notice` is the key of the notice."""

flags = Table(
    "flags",
    metadata,
    Column("number", _WHOLE, primary_key=True, autoincrement=True),
    Column("document", _DOCUMENT, nullable=False),
    Column("work", _WORK, nullable=False),
    Column("at", _NAME, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("flags_document", "document"),
    Index("flags_work", "work"),
    sqlite_autoincrement=True,
)
"""Flags as they were raised, packed; never changed, and kept when their document goes."""

verdicts = Table(
    "verdicts",
    metadata,
    Column("number", _WHOLE, primary_key=True, autoincrement=True),
    Column("flag", _WHOLE, nullable=False),
    Column("who", _TEXT, nullable=False),
    Column("agrees", Boolean, nullable=False),
    Column("why", _TEXT, nullable=False),
    Column("at", _NAME, nullable=False),
    Index("verdicts_flag", "flag"),
    sqlite_autoincrement=True,
)
"""What reviewers said of flags, in the order of coming; never changed."""

tombstones = Table(
    "tombstones",
    metadata,
    Column("subject", _TEXT, primary_key=True),
    Column("reason", _NAME, nullable=False),
    Column("version", _WHOLE, nullable=True),
    Column("at", _NAME, nullable=False),
)
"""Document ids, keys (removed by a person) and slots (deleted by their source) that must not come back by themselves;
`version` is the highest that stays out, NULL where none may come."""

changes = Table(
    "changes",
    metadata,
    Column("seq", _WHOLE, primary_key=True, autoincrement=True),
    Column("document", _DOCUMENT, nullable=False),
    Column("op", _NAME, nullable=False),
    sqlite_autoincrement=True,
)
"""What happened to documents, in order, for whoever follows."""

problems = Table(
    "problems",
    metadata,
    Column("number", _WHOLE, primary_key=True),
    Column("sha", _SHA, nullable=False),
    Column("origin", _TEXT, nullable=False),
    Column("place", _TEXT, nullable=False),
    Column("line", _WHOLE, nullable=False),
    Column("what", _TEXT, nullable=False),
    Column("remedy", _TEXT, nullable=False),
    Column("lost", Boolean, nullable=False),
    Column("broken", Boolean, nullable=False),
    Column("at", _NAME, nullable=False),
    Column("document", _WHOLE, nullable=True),
    Index("problems_sha", "sha"),
    Index("problems_origin", "origin", postgresql_using="hash"),
    Index("problems_document", "document"),
)
"""What could not be done with what an origin holds, until it is read again without it; `broken` where reading broke off
for a reason that may be gone the next time, `place` as the problem itself names it. One with a `document` is about the
place that this has among the works: it stands as long as the document is shown, however often the file is read."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", _WHOLE, primary_key=True, autoincrement=True),
    Column("kind", _NAME, nullable=False),
    Column("payload", _TEXT, nullable=False),
    Column("key", _TEXT, nullable=True, unique=True),
    Column("state", _NAME, nullable=False),
    Column("attempts", _WHOLE, nullable=False),
    Column("run_after", _REAL, nullable=False),
    Column("lease", _NAME, nullable=True),
    Column("lease_until", _REAL, nullable=False),
    Column("why", _TEXT, nullable=False),
    Index("jobs_due", "state", "run_after"),
    sqlite_autoincrement=True,
)
"""Work to be done; `key` is NULL once a job is done, so that the next of its name may be queued."""
