"""The tables, as SQLAlchemy Core knows them; a test holds the migrations to them.

Documents have a number, which is their age and what other tables point with, beside the id that the world sees. The
bytes of a document lie in a table of their own, so that counting and changing states never touches them.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
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

metadata = MetaData()

meta = Table("meta", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))
"""Single values: `updated`, the ISO time of the last change."""

originals = Table(
    "originals",
    metadata,
    Column("sha", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("format", String, nullable=False),
    Column("added", String, nullable=False),
)
"""Files as given, by the SHA-256 of their bytes."""

origins = Table(
    "origins",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("sha", String(64), nullable=False),
    Index("origins_origin", "origin", "number"),
    Index("origins_sha", "sha"),
)
"""Which bytes came from where; the highest number of an origin is what it holds now."""

files = Table(
    "files",
    metadata,
    Column("sha", String(64), primary_key=True),
    Column("reader", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("withheld", Boolean, nullable=False),
)
"""How far each original was read by which version of the readers; `withheld`: something of it was removed."""

works = Table(
    "works",
    metadata,
    Column("id", String(13), primary_key=True),
    Column("born", Integer, nullable=False),
    Column("merged", String(13), nullable=True),
    Column("retracted", Boolean, nullable=False),
    Column("noticed", Boolean, nullable=False),
    Index("works_merged", "merged"),
)
"""Works; `merged` names the work that took this one in, `born` the number of its first document."""

keys = Table(
    "keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("work", String(13), nullable=False),
    Index("keys_work", "work"),
)
"""Joining keys and the one work that each belongs to."""

documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(21), nullable=False, unique=True),
    Column("work", String(13), nullable=False),
    Column("state", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("year", Integer, nullable=True),
    Column("slot", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("line", Integer, nullable=False),
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
    Column("document", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""The documents themselves, packed."""

derived = Table(
    "derived",
    metadata,
    Column("document", Integer, nullable=False),
    Column("step", String, nullable=False),
    Column("made_by", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("document", "step"),
    Index("derived_stale", "step", "made_by", sqlite_where=text("step <> 'profile'")),
)
"""What steps made of documents, and which version of the step did. Every document has a profile; what fewer have is
indexed, so that looking for what is stale costs nothing."""

cites = Table(
    "cites",
    metadata,
    Column("document", Integer, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("key", Text, nullable=False),
    PrimaryKeyConstraint("document", "entry", "key"),
    Index("cites_key", "key", "document"),
)
"""What documents cite: the place of an entry in the document's list, and each joining key of the work it names, or the
key of its title where it has no identifier; whether or not the work is held."""

titles = Table(
    "titles",
    metadata,
    Column("document", Integer, nullable=False),
    Column("key", String(18), nullable=False),
    PrimaryKeyConstraint("document", "key"),
    Index("titles_key", "key"),
)
"""Keys of the titles of documents, to look up candidates with; no two documents are one work because of them."""

sightings = Table(
    "sightings",
    metadata,
    Column("sha", String(64), nullable=False),
    Column("reader", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("document", Integer, nullable=False),
    PrimaryKeyConstraint("sha", "reader", "position"),
    Index("sightings_document", "document"),
)
"""Where each document stands: the position in an original at which which version of the readers found it."""

notices = Table(
    "notices",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("date", String, nullable=False),
    Column("document", Integer, nullable=False),
    Index("notices_key", "key"),
    Index("notices_document", "document"),
)
"""What documents say of other works, by the joining keys of these, whether or not they are held."""

lists = Table(
    "lists",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", String, nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("format", String, nullable=False),
    Column("sha", String(64), nullable=False),
    Column("added", String, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""Lists of notices of the world that the library goes by."""

listed = Table(
    "listed",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("list", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("date", String, nullable=False),
    Column("notice", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Index("listed_key", "key"),
    Index("listed_notice", "notice"),
    Index("listed_list", "list"),
)
"""What those lists say of works, by joining key, whether or not they are held; `notice` is the key of the notice."""

flags = Table(
    "flags",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document", String(21), nullable=False),
    Column("work", String(13), nullable=False),
    Column("at", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("flags_document", "document"),
    Index("flags_work", "work"),
    sqlite_autoincrement=True,
)
"""Flags as they were raised, packed; never changed, and kept when their document goes."""

verdicts = Table(
    "verdicts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("flag", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("agrees", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", String, nullable=False),
    Index("verdicts_flag", "flag"),
    sqlite_autoincrement=True,
)
"""What reviewers said of flags, in the order of coming; never changed."""

tombstones = Table(
    "tombstones",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("reason", String, nullable=False),
    Column("version", Integer, nullable=True),
    Column("at", String, nullable=False),
)
"""Document ids, keys (removed by a person) and slots (deleted by their source) that must not come back by themselves;
`version` is the highest that stays out, NULL where none may come."""

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("document", String(21), nullable=False),
    Column("op", String, nullable=False),
    sqlite_autoincrement=True,
)
"""What happened to documents, in order, for whoever follows."""

problems = Table(
    "problems",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha", String(64), nullable=False),
    Column("origin", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("lost", Boolean, nullable=False),
    Column("broken", Boolean, nullable=False),
    Column("at", String, nullable=False),
    Column("document", Integer, nullable=True),
    Index("problems_sha", "sha"),
    Index("problems_origin", "origin"),
    Index("problems_document", "document"),
)
"""What could not be done with what an origin holds, until it is read again without it; `broken` where reading broke off
for a reason that may be gone the next time, `place` as the problem itself names it. One with a `document` is about the
place that this has among the works: it stands as long as the document is shown, however often the file is read."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("payload", Text, nullable=False),
    Column("key", Text, nullable=True, unique=True),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("run_after", Float, nullable=False),
    Column("lease", String, nullable=True),
    Column("lease_until", Float, nullable=False),
    Column("why", Text, nullable=False),
    Index("jobs_due", "state", "run_after"),
    sqlite_autoincrement=True,
)
"""Work to be done; `key` is NULL once a job is done, so that the next of its name may be queued."""
