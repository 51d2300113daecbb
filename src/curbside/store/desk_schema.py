"""The tables of the desk, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

people = Table(
    "people",
    metadata,
    Column("id", String(17), primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=True, unique=True),
    Column("roles", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("conflicts", Text, nullable=False),
    Column("board", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("joined", String, nullable=False),
    Column("password", Text, nullable=False),
)
"""Accounts; `email` is NULL once erased, `roles` are words with commas between, `password` an argon2id hash or ""."""

sessions = Table(
    "sessions",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("person", String(17), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("begun", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Index("sessions_person", "person"),
)
"""Who is signed in, by the SHA-256 of what their browser keeps."""

tokens = Table(
    "tokens",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("person", String(17), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("until", Float, nullable=False),
    Index("tokens_person", "person", "purpose"),
)
"""Links sent by letter, by the SHA-256 of what stands in them."""

tries = Table(
    "tries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False),
    Column("at", Float, nullable=False),
    Index("tries_key", "key", "at"),
)
"""What is counted so that nobody tries too often; keys are hashes."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("action", String, nullable=False),
    Column("about", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("salt", String(32), nullable=False, server_default=""),
    Index("audit_about", "about"),
)
"""The audit log; rows are added and never changed."""

articles = Table(
    "articles",
    metadata,
    Column("id", String(17), primary_key=True),
    Column("author", String(17), nullable=False),
    Column("state", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("versions", Integer, nullable=False),
    Column("approved", Integer, nullable=False),
    Column("reviewers", Text, nullable=False),
    Column("news", Text, nullable=False),
    Column("made", String, nullable=False),
    Column("changed", String, nullable=False),
    Index("articles_author", "author"),
    Index("articles_state", "state", "changed"),
)
"""Articles as they stand; `versions` is the number of the latest, `reviewers` are ids with commas between."""

article_versions = Table(
    "article_versions",
    metadata,
    Column("article", String(17), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
"""Versions, whole; rows are added and never changed."""

article_words = Table(
    "article_words",
    metadata,
    Column("article", String(17), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(9), nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Signatures, comments and moves in the order of saying; rows are added and never changed."""

article_keys = Table(
    "article_keys",
    metadata,
    Column("key", String(160), primary_key=True),
    Column("article", String(17), primary_key=True),
    Index("article_keys_article", "article"),
)
"""What an approved article stands on and asks for: works, and drug with condition; how a change finds it."""

manuscripts = Table(
    "manuscripts",
    metadata,
    Column("id", String(17), primary_key=True),
    Column("author", String(17), nullable=False),
    Column("state", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("submitted", Text, nullable=False),
    Column("versions", Integer, nullable=False),
    Column("reviewers", Text, nullable=False),
    Column("hides_authors", Boolean, nullable=False),
    Column("hides_reviewers", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("placed", LargeBinary, nullable=True),
    Column("volume", String(20), nullable=False),
    Column("issue", String(20), nullable=False),
    Column("published", String(10), nullable=False),
    Column("made", String, nullable=False),
    Column("changed", String, nullable=False),
    Index("manuscripts_author", "author"),
    Index("manuscripts_state", "state", "changed"),
    Index("manuscripts_issue", "volume", "issue"),
)
"""Manuscripts as they stand; `content` is what the author writes at, `submitted` the title of the latest version,
`volume`, `issue` and `published` are "" until it is placed."""

manuscript_versions = Table(
    "manuscript_versions",
    metadata,
    Column("manuscript", String(17), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
"""Manuscripts as they were submitted; rows are added and never changed."""

manuscript_words = Table(
    "manuscript_words",
    metadata,
    Column("manuscript", String(17), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(9), nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Reviews and moves in the order of saying; rows are added and never changed."""

manuscript_files = Table(
    "manuscript_files",
    metadata,
    Column("manuscript", String(17), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""Files of manuscripts; they lie here and in no folder, so that they go with a backup and have no address."""

values = Table(
    "desk_values",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single values: `watched`, the number of the library's last change that articles were held against."""

jobs = Table(
    "desk_jobs",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("subject", String(80), primary_key=True),
    Column("due", Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", String(32), nullable=False),
    Column("until", Float, nullable=False),
    Column("failed", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    Index("desk_jobs_due", "failed", "due"),
)
"""What is to be done, one row for each kind and subject until it is done; `until` is when the lease runs out, 0 where
nobody holds it, `why` what went wrong the last time."""

follows = Table(
    "follows",
    metadata,
    Column("id", String(17), primary_key=True),
    Column("person", String(17), nullable=False),
    Column("article", String(17), nullable=False),
    Column("name", Text, nullable=False),
    Column("saved", LargeBinary, nullable=True),
    Column("paused", Boolean, nullable=False),
    Column("since", Integer, nullable=False),
    Column("made", String, nullable=False),
    Index("follows_person", "person", "article"),
)
"""What people follow: an article, or with `article` "" a question of theirs, which lies in `saved`."""

follow_keys = Table(
    "follow_keys",
    metadata,
    Column("key", String(160), primary_key=True),
    Column("follow", String(17), primary_key=True),
    Index("follow_keys_follow", "follow"),
)
"""What a saved question stands on and asks for, as `article_keys` has it of articles."""

news = Table(
    "news",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False),
    Column("at", String, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("article", String(17), nullable=False),
    Column("follow", String(17), nullable=False),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("news_article", "article", "number"),
    Index("news_follow", "follow", "number"),
)
"""What there is to tell of articles, and of saved questions."""

tellings = Table(
    "tellings",
    metadata,
    Column("person", String(17), primary_key=True),
    Column("digest", String(8), nullable=False),
    Column("shows_words", Boolean, nullable=False),
    Column("feed", String(64), nullable=False),
    Column("stop", String(64), nullable=False),
    Column("read", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Column("told_at", Float, nullable=False),
    Index("tellings_feed", "feed"),
    Index("tellings_stop", "stop"),
)
"""How each person is told of news, and how far they were; `feed` is the SHA-256 of what stands in its address."""

outbox = Table(
    "outbox",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person", String(17), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made", String, nullable=False),
    Column("after", Float, nullable=False),
    Index("outbox_person", "person"),
    Index("outbox_state", "state", "after"),
)
"""Letters with news that wait to be sent, and those given up; one that was sent is taken out."""

policies = Table(
    "policies",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", String(17), nullable=False),
    Column("why", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""Versions of the texts that were changed here; rows are added and never changed."""

program_keys = Table(
    "program_keys",
    metadata,
    Column("id", String(17), primary_key=True),
    Column("hashed", String(64), nullable=False, unique=True),
    Column("person", String(17), nullable=False),
    Column("name", String(40), nullable=False),
    Column("scope", String(8), nullable=False),
    Column("made", String, nullable=False),
    Column("until", Float, nullable=False),
    Column("used", Float, nullable=False),
    Index("program_keys_person", "person", "name", unique=True),
)
"""Keys with which programs act for people, by the SHA-256 of their words."""
