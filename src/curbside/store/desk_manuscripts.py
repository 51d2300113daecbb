"""What one transaction sees of manuscripts, and does to them, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from curbside.errors import NotHeld
from curbside.records import (
    Blinding,
    JournalIssue,
    Manuscript,
    ManuscriptContent,
    ManuscriptLine,
    ManuscriptMove,
    ManuscriptReview,
    ManuscriptState,
    ManuscriptVersion,
    Placement,
)
from curbside.store.desk_schema import manuscript_files, manuscript_versions, manuscript_words, manuscripts

_KINDS: dict[type, str] = {ManuscriptReview: "review", ManuscriptMove: "move"}
_encoder = msgspec.msgpack.Encoder()
_content = msgspec.msgpack.Decoder(ManuscriptContent)
_version = msgspec.msgpack.Decoder(ManuscriptVersion)
_placement = msgspec.msgpack.Decoder(Placement)
_words: dict[str, msgspec.msgpack.Decoder[Any]] = {name: msgspec.msgpack.Decoder(kind) for kind, name in _KINDS.items()}


class ManuscriptRows:
    """Manuscripts in one transaction; see `curbside.store.base_manuscripts.Manuscripts`."""

    def __init__(self, connection: Connection) -> None:
        self._rows = connection

    def get(self, id: str) -> Manuscript:
        """Return a manuscript with all versions and everything said of it."""
        m = manuscripts.c
        row = self._rows.execute(
            select(m.author, m.state, m.content, m.reviewers, m.hides_authors, m.hides_reviewers, m.placed).where(
                m.id == id
            )
        ).first()
        if row is None:
            raise NotHeld("There is no such manuscript.")
        author, state, content, reviewers, hides_authors, hides_reviewers, placed = row
        said = self._said(id)
        return Manuscript(
            id,
            author,
            ManuscriptState(state),
            _content.decode(content),
            self._versions(id),
            tuple(each for each in str(reviewers).split(",") if each),
            Blinding(bool(hides_authors), bool(hides_reviewers)),
            tuple(each for each in said if isinstance(each, ManuscriptReview)),
            tuple(each for each in said if isinstance(each, ManuscriptMove)),
            _placement.decode(placed) if placed is not None else None,
        )

    def lines(
        self,
        states: Iterable[ManuscriptState] = (),
        author: str = "",
        reviewer: str = "",
        limit: int = 200,
    ) -> tuple[list[ManuscriptLine], int]:
        """Return manuscripts, last changed first, and how many there are in all."""
        m = manuscripts.c
        wanted = [each.value for each in states]
        chosen = [m.state.in_(wanted)] if wanted else []
        chosen += [m.author == author] if author else []
        chosen += [("," + m.reviewers + ",").contains(f",{reviewer},", autoescape=True)] if reviewer else []
        total = self._rows.execute(select(func.count()).select_from(manuscripts).where(*chosen)).scalar_one()
        rows = self._rows.execute(
            select(m.id, m.author, m.state, m.title, m.submitted, m.versions, m.changed)
            .where(*chosen)
            .order_by(m.changed.desc(), m.id)
            .limit(limit)
        )
        found = [
            ManuscriptLine(id, who, ManuscriptState(state), title, submitted, versions, changed)
            for id, who, state, title, submitted, versions, changed in rows
        ]
        return found, int(total)

    def issues(self) -> list[JournalIssue]:
        """Return the issues that something appeared in, latest first."""
        m = manuscripts.c
        rows = self._rows.execute(
            select(m.volume, m.issue, func.max(m.published), func.count())
            .where(m.published != "")
            .group_by(m.volume, m.issue)
        )
        found = [JournalIssue(volume, issue, date, count) for volume, issue, date, count in rows]
        return sorted(found, key=lambda each: (each.date, each.volume, each.issue), reverse=True)

    def in_issue(self, volume: str, issue: str) -> list[str]:
        """Return the ids of what appeared in an issue, in the order of appearing."""
        m = manuscripts.c
        where = (m.published != "", m.volume == volume, m.issue == issue)
        return list(self._rows.execute(select(m.id).where(*where).order_by(m.published, m.id)).scalars())

    def make(self, manuscript: Manuscript, at: str) -> None:
        """Keep a new manuscript with its moves."""
        values = {**_values(manuscript), "id": manuscript.id, "author": manuscript.author, "made": at, "changed": at}
        self._rows.execute(insert(manuscripts).values(**values))
        self._add_versions(manuscript)
        self.say(manuscript.id, manuscript.moves)

    def put(self, manuscript: Manuscript, at: str) -> None:
        """Keep what changed of a manuscript, and versions that are not kept yet."""
        mine = manuscripts.c.id == manuscript.id
        self._rows.execute(update(manuscripts).where(mine).values(**_values(manuscript), changed=at))
        self._add_versions(manuscript)

    def say(self, id: str, words: Sequence[ManuscriptReview | ManuscriptMove]) -> None:
        """Keep what was said, behind what was said before."""
        w = manuscript_words.c
        last = self._rows.execute(select(func.max(w.number)).where(w.manuscript == id)).scalar() or 0
        for number, each in enumerate(words, int(last) + 1):
            values = {"manuscript": id, "number": number, "kind": _KINDS[type(each)], "data": _encoder.encode(each)}
            self._rows.execute(insert(manuscript_words).values(**values))

    def keep_file(self, id: str, sha256: str, data: bytes) -> None:
        """Keep a file of a manuscript; the same bytes twice are one."""
        f = manuscript_files.c
        if self._rows.execute(select(f.sha256).where(f.manuscript == id, f.sha256 == sha256)).first() is None:
            self._rows.execute(insert(manuscript_files).values(manuscript=id, sha256=sha256, data=data))

    def file(self, id: str, sha256: str) -> bytes:
        """Return a file of a manuscript."""
        f = manuscript_files.c
        data = self._rows.execute(select(f.data).where(f.manuscript == id, f.sha256 == sha256)).scalar()
        if data is None:
            raise NotHeld("There is no such file.")
        return bytes(data)

    def drop_files(self, id: str, but: Iterable[str]) -> None:
        """Forget a manuscript's files other than those of the hashes `but`."""
        f = manuscript_files.c
        self._rows.execute(delete(manuscript_files).where(f.manuscript == id, f.sha256.not_in(sorted(set(but)))))

    def forget_unsubmitted(self, author: str) -> None:
        """Forget what somebody wrote and never submitted, with its files."""
        m = manuscripts.c
        ids = list(self._rows.execute(select(m.id).where(m.author == author, m.versions == 0)).scalars())
        for table, column in (
            (manuscript_files, manuscript_files.c.manuscript),
            (manuscript_words, manuscript_words.c.manuscript),
            (manuscripts, m.id),
        ):
            self._rows.execute(delete(table).where(column.in_(ids)))

    def _versions(self, id: str) -> tuple[ManuscriptVersion, ...]:
        v = manuscript_versions.c
        rows = self._rows.execute(select(v.data).where(v.manuscript == id).order_by(v.number))
        return tuple(_version.decode(data) for data in rows.scalars())

    def _add_versions(self, manuscript: Manuscript) -> None:
        v = manuscript_versions.c
        last = self._rows.execute(select(func.max(v.number)).where(v.manuscript == manuscript.id)).scalar() or 0
        for each in manuscript.versions:
            if each.number > int(last):
                values = {"manuscript": manuscript.id, "number": each.number, "data": _encoder.encode(each)}
                self._rows.execute(insert(manuscript_versions).values(**values))

    def _said(self, id: str) -> list[Any]:
        w = manuscript_words.c
        rows = self._rows.execute(select(w.kind, w.data).where(w.manuscript == id).order_by(w.number))
        return [_words[kind].decode(data) for kind, data in rows]


def _values(manuscript: Manuscript) -> dict[str, Any]:
    placed = manuscript.placed
    return {
        "state": manuscript.state.value,
        "title": manuscript.content.title,
        "submitted": manuscript.versions[-1].content.title if manuscript.versions else "",
        "versions": len(manuscript.versions),
        "reviewers": ",".join(manuscript.reviewers),
        "hides_authors": manuscript.blinding.authors,
        "hides_reviewers": manuscript.blinding.reviewers,
        "content": _encoder.encode(manuscript.content),
        "placed": _encoder.encode(placed) if placed else None,
        "volume": placed.journal.volume if placed else "",
        "issue": placed.journal.issue if placed else "",
        "published": placed.date if placed else "",
    }
