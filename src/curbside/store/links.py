"""Reads who cites whom and what steps made of documents; on the driver alone, each look-up by an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curbside.store.base_citing import CitedIn, Derived, EntryKeys
from curbside.store.gate import CHUNK, Rows, marks
from curbside.store.refusing import RefusingLinks

_CITING = """SELECT d.number, d.id, d.work, c.entry, c.key FROM cites c CROSS JOIN documents d
ON d.number = c.document AND d.state = 'live' WHERE """
_TITLES = """SELECT t.key FROM documents o CROSS JOIN titles t ON t.document = o.number
WHERE o.work = ? AND o.state = 'live'"""
_SHOWN = "EXISTS (SELECT 1 FROM documents o WHERE o.work = k.work AND o.state = 'live')"


class LinksReader(RefusingLinks):
    """The reading half of links; see `curbside.store.base_citing.Links`."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def citing(self, work: str) -> list[CitedIn]:
        """Return where a work of the library is cited, oldest document first; one indexed query."""
        keys = f"c.key IN (SELECT key FROM keys WHERE work = ? UNION ALL {_TITLES}) AND d.work <> ?"
        return self._places(keys, (work, work, work))

    def citing_key(self, key: str) -> list[CitedIn]:
        """Return where the work with a joining key is cited, also one that is not held."""
        return self._places("c.key = ?", (key,))

    def _places(self, where: str, values: Sequence[object]) -> list[CitedIn]:
        found: dict[tuple[int, int], CitedIn] = {}
        # Of several keys of an entry the first stays; keys of titles ("t:…") sort behind those of all identifiers.
        for number, document, work, entry, key in self._rows(f"{_CITING}{where} ORDER BY c.key", values):
            place = CitedIn(str(document), str(work), int(entry), str(key))
            found.setdefault((int(number), int(entry)), place)
        return [found[place] for place in sorted(found)]

    def counted(self, works: Sequence[str]) -> dict[str, int]:
        """Return how many works cite each of `works` by identifier; those that none cites are left out."""
        found: dict[str, int] = {}
        for start in range(0, len(works), CHUNK):
            some = works[start : start + CHUNK]
            sql = f"""SELECT k.work, count(DISTINCT d.work) FROM keys k CROSS JOIN cites c ON c.key = k.key
                      CROSS JOIN documents d ON d.number = c.document AND d.state = 'live' AND d.work <> k.work
                      WHERE k.work IN {marks(some)} GROUP BY k.work"""
            found |= {str(work): int(count) for work, count in self._rows(sql, some)}
        return found

    def cited(self, document: str) -> list[EntryKeys]:
        """Return what a document that is shown cites, entry by entry; entries without any key are left out."""
        mine = "c.document = (SELECT number FROM documents WHERE id = ? AND state = 'live')"
        named = f"SELECT c.entry, c.key, k.work FROM cites c LEFT JOIN keys k ON k.key = c.key AND {_SHOWN}"
        titled = """SELECT c.entry, c.key, o.work FROM cites c CROSS JOIN titles t ON t.key = c.key
                    CROSS JOIN documents o ON o.number = t.document AND o.state = 'live'"""
        sql = f"{named} WHERE {mine} UNION ALL {titled} WHERE {mine} AND c.key LIKE 't:%'"
        keys: dict[int, dict[str, None]] = {}
        works: dict[int, dict[str, None]] = {}
        for entry, key, work in self._rows(f"SELECT * FROM ({sql}) AS found ORDER BY 1, 2, 3", (document, document)):
            keys.setdefault(int(entry), {})[str(key)] = None
            works.setdefault(int(entry), {}).update({str(work): None} if work else {})
        return [EntryKeys(entry, tuple(keys[entry]), tuple(works[entry])) for entry in keys]

    def titled(self, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the works that are shown under each key of a title; keys of none are left out."""
        found: dict[str, dict[str, None]] = {}
        for some in _chunks(keys):
            sql = f"""SELECT t.key, o.work FROM titles t CROSS JOIN documents o ON o.number = t.document
                      AND o.state = 'live' WHERE t.key IN {marks(some)} ORDER BY o.number"""
            for key, work in self._rows(sql, some):
                found.setdefault(str(key), {})[str(work)] = None
        return {key: tuple(works) for key, works in found.items()}

    def derived(self, documents: Sequence[str], step: str) -> dict[str, Derived]:
        """Return what a step made of documents that are shown, by their ids; those it made nothing of are left out."""
        found: dict[str, Derived] = {}
        for some in _chunks(documents):
            sql = f"""SELECT d.id, p.made_by, p.data FROM documents d JOIN derived p ON p.document = d.number
                      WHERE d.id IN {marks(some)} AND +d.state = 'live' AND p.step = ? AND p.made_by <> ''"""
            for name, made_by, data in self._rows(sql, (*some, step)):
                found[str(name)] = Derived(step, str(made_by), bytes(data))
        return found

    def stale(self, step: str, made_by: str, limit: int) -> list[str]:
        """Return ids of shown documents that `step` made something of, though not as `made_by`, oldest first."""
        sql = """SELECT d.id FROM derived p JOIN documents d ON d.number = p.document
                 WHERE p.step = ? AND p.step <> 'profile' AND p.made_by <> ? AND +d.state = 'live'
                 ORDER BY p.document LIMIT ?"""
        return [str(row[0]) for row in self._rows(sql, (step, made_by, limit))]


def _chunks(values: Sequence[str]) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]
