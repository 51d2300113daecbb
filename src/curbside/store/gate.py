"""Reads what lists and notices say of works, and who is a notice; on the driver alone, each look-up by an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from curbside.records import Listed, NoticeKind, NoticeList, in_order
from curbside.store.base_citing import Looked
from curbside.store.refusing import RefusingGate

Rows = Callable[[str, Sequence[object]], Sequence[tuple[Any, ...]]]
"""Runs a SELECT with its values, to its end."""

SILENT = (NoticeKind.COMMENT.value, NoticeKind.UPDATE.value)
"""Notices that say nothing against a work."""

OWN_RECORD = "its own record"
"""Source of a word that a work's record says of itself."""

CHUNK = 400

_ISSUED = """n.kind, n.key, n.date, d.id, (SELECT max(o.key) FROM keys o WHERE o.work = d.work), '', 0, 0, n.number
FROM notices n CROSS JOIN documents d ON d.number = n.document AND d.state = 'live'"""
_SPOKEN = f"n.kind NOT IN {SILENT}"
_LISTED = """l.kind, l.key, l.date, t.name, l.notice, l.reason, l.line, 1, l.number
FROM listed l CROSS JOIN lists t ON t.number = l.list"""
_BY_WORK = f"""
SELECT k.work, {_ISSUED.replace("FROM notices n", "FROM keys k CROSS JOIN notices n ON n.key = k.key")}
WHERE {{where}} AND {_SPOKEN}
UNION ALL
SELECT k.work, {_LISTED.replace("FROM listed l", "FROM keys k CROSS JOIN listed l ON l.key = k.key")} WHERE {{where}}"""
"""Words on works held, each with the work; the joins are written in the order in which indexes serve them."""


def _as_they_came(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Return words in one order whatever the database: those of documents, then those of lists, oldest first."""
    return sorted(rows, key=lambda row: (row[-2], row[-1]))


def words_on(rows: Rows, where: str, values: Sequence[object]) -> Iterator[tuple[str, Listed]]:
    """Yield (work, word) for the works that a condition on `k`, the table of keys, picks; each word once."""
    seen: set[tuple[object, ...]] = set()
    for work, *told in _as_they_came(rows(_BY_WORK.format(where=where), (*values, *values))):
        word = _word(told)
        # A list names a work by DOI and by PMID, and one notice may lie in two documents: that is one word.
        mark = (work, word.kind, word.date, word.notice or word.source, word.line)
        if mark not in seen:
            seen.add(mark)
            yield str(work), word


def _word(told: Sequence[Any]) -> Listed:
    kind, key, date, source, notice, reason, line, *_ = told
    return Listed(NoticeKind(kind), str(key), str(date), str(source), str(notice or ""), str(reason), int(line))


def grouped(words: Iterable[tuple[str, Listed]]) -> dict[str, tuple[Listed, ...]]:
    """Return words by what they are about, the latest last."""
    found: dict[str, list[Listed]] = {}
    for name, word in words:
        found.setdefault(name, []).append(word)
    return {name: tuple(in_order(each)) for name, each in found.items()}


def marks(values: Sequence[object]) -> str:
    """Return "(?, ?)", a question mark for each value."""
    return f"({', '.join('?' * len(values))})"


class GateReader(RefusingGate):
    """The reading half of a gate; see `curbside.store.base_citing.Gate`."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def look(self, key: str) -> Looked:
        """Return what is known of a joining key."""
        said = [word for _, word in self._by_key("n.key = ?", "l.key = ?", (key,))]
        about = "n.document IN (SELECT number FROM documents WHERE work = (SELECT work FROM keys WHERE key = ?))"
        says = [word for _, word in self._by_key(about, "l.notice = ?", (key,))]
        # Where a journal puts the notice under the DOI of the paper itself, the key is the paper's.
        return Looked(tuple(in_order(said)), tuple(in_order(word for word in says if word.key != key)))

    def on(self, keys: Sequence[str]) -> dict[str, tuple[Listed, ...]]:
        """Return the words on works by joining key, the latest last; keys that nothing is said of are left out."""
        wanted = list(dict.fromkeys(keys))
        found: list[tuple[str, Listed]] = []
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            found += self._by_key(f"n.key IN {marks(some)}", f"l.key IN {marks(some)}", some)
        return grouped(found)

    def _by_key(self, issued: str, listed: str, values: Sequence[object]) -> Iterator[tuple[str, Listed]]:
        told = self._rows(f"SELECT {_ISSUED} WHERE {issued} AND {_SPOKEN}", values)
        for row in _as_they_came((*told, *self._rows(f"SELECT {_LISTED} WHERE {listed}", values))):
            word = _word(row)
            yield word.key, word

    def of_work(self, work: str) -> tuple[Listed, ...]:
        """Return the words on a work of the library, under whichever of its keys, the latest last."""
        return self.of_works((work,)).get(work, ())

    def of_works(self, works: Sequence[str]) -> dict[str, tuple[Listed, ...]]:
        """Return the same of several works; those of which nothing is said are left out."""
        found: list[tuple[str, Listed]] = []
        for start in range(0, len(works), CHUNK):
            some = works[start : start + CHUNK]
            found += words_on(self._rows, f"k.work IN {marks(some)}", some)
        return grouped(found)

    def held(self) -> list[tuple[str, tuple[Listed, ...]]]:
        """Return the works that are shown and that somebody else says something of, with the words."""
        shown = [
            str(row[0]) for row in self._rows("SELECT id FROM works WHERE noticed OR retracted ORDER BY born, id", ())
        ]
        words = self.of_works(shown)
        return [(work, words[work]) for work in shown if work in words]

    def cited_by(self, document: str) -> dict[int, tuple[Listed, ...]]:
        """Return what is said of the works that a shown document cites by identifier, by index of the entry."""
        entries: dict[str, list[int]] = {}
        mine = "SELECT c.entry, c.key FROM cites c WHERE c.document = "
        number = "(SELECT number FROM documents WHERE id = ? AND state = 'live')"
        for entry, key in self._rows(f"{mine}{number} AND c.key NOT LIKE 't:%' ORDER BY c.entry", (document,)):
            entries.setdefault(str(key), []).append(int(entry))
        found: dict[int, set[Listed]] = {}
        for key, words in self.on(list(entries)).items():
            for entry in entries[key]:
                found.setdefault(entry, set()).update(words)
        for key, words in self._held_under(list(entries)):
            for entry in entries[key]:
                found.setdefault(entry, set()).update(words)
        return {entry: tuple(in_order(_once(words))) for entry, words in sorted(found.items())}

    def _held_under(self, keys: Sequence[str]) -> Iterator[tuple[str, tuple[Listed, ...]]]:
        """Yield keys of works held that are marked, with the words on them, or that of their own record."""
        marked: list[tuple[str, str, bool]] = []
        for start in range(0, len(keys), CHUNK):
            some = keys[start : start + CHUNK]
            sql = f"""SELECT k.key, k.work, w.retracted FROM keys k CROSS JOIN works w ON w.id = k.work
                      WHERE k.key IN {marks(some)} AND (w.retracted OR w.noticed)"""
            marked += [(str(key), str(work), bool(retracted)) for key, work, retracted in self._rows(sql, some)]
        words = self.of_works(sorted({work for _, work, _ in marked}))
        for key, work, retracted in marked:
            said = words.get(work, ())
            if retracted and not any(word.kind is NoticeKind.RETRACTION for word in said):
                said = (*said, Listed(NoticeKind.RETRACTION, key, source=OWN_RECORD))
            yield key, said

    def citers(self) -> list[str]:
        """Return ids of shown documents that cite, by identifier, a work that somebody called retracted."""
        retraction = NoticeKind.RETRACTION.value
        sql = """SELECT d.number, d.id FROM listed l JOIN cites c ON c.key = l.key
                 JOIN documents d ON d.number = c.document AND d.state = 'live' WHERE l.kind = ?
                 UNION SELECT d.number, d.id FROM notices n JOIN cites c ON c.key = n.key
                 JOIN documents d ON d.number = c.document AND d.state = 'live' WHERE n.kind = ?
                 UNION SELECT d.number, d.id FROM works w JOIN keys k ON k.work = w.id JOIN cites c ON c.key = k.key
                 JOIN documents d ON d.number = c.document AND d.state = 'live' AND d.work <> w.id WHERE w.retracted
                 ORDER BY 1"""
        return [str(row[1]) for row in self._rows(sql, (retraction, retraction))]

    def lists(self) -> list[NoticeList]:
        """Return the lists that the library goes by, by name."""
        sql = "SELECT name, origin, format, sha, added, rows, problems FROM lists ORDER BY name"
        return [
            NoticeList(str(name), str(origin), str(form), str(sha), str(added), int(rows), int(problems))
            for name, origin, form, sha, added, rows, problems in self._rows(sql, ())
        ]


def _once(words: Iterable[Listed]) -> list[Listed]:
    """Drop what a list says of one work under several keys."""
    kept: dict[tuple[object, ...], Listed] = {}
    for word in sorted(words, key=lambda each: each.key):
        kept.setdefault((word.kind, word.date, word.source, word.line), word)
    return list(kept.values())
