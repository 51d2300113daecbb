"""Reads flags and what reviewers said of them; on the driver alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from curbside.errors import NotHeld
from curbside.records import Flag, letters_of
from curbside.store.base_citing import LoggedWord
from curbside.store.gate import CHUNK, Rows, marks
from curbside.store.refusing import RefusingFlags

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Flag)


def packed_flag(flag: Flag) -> bytes:
    """Return the bytes that are stored for a flag as it was raised; number and verdicts are kept beside it."""
    return _encoder.encode(replace(flag, number=0, at="", agreed=(), refused=()))


class FlagsReader(RefusingFlags):
    """The reading half of flags; see `curbside.store.base_citing.Flags`."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, number: int) -> Flag:
        """Return a flag."""
        found = self._made(self._rows("SELECT number, at, data FROM flags WHERE number = ?", (number,)))
        if not found:
            raise NotHeld(f"There is no flag {number}. `curbside flags` shows those there are.")
        return found[0]

    def all(self) -> list[Flag]:
        """Return all flags in the order of coming."""
        return self._made(self._rows("SELECT number, at, data FROM flags ORDER BY number", ()))

    def on(self, documents: Sequence[str]) -> dict[str, list[Flag]]:
        """Return the flags on citations of documents, by document id, in the order of coming."""
        pairs: dict[str, set[int]] = {}
        rows: dict[int, tuple[object, ...]] = {}
        wanted = list(dict.fromkeys(documents))
        if not wanted or not self._rows("SELECT 1 FROM flags LIMIT 1", ()):
            return {}
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            own = f"SELECT f.document, f.number, f.at, f.data FROM flags f WHERE f.document IN {marks(some)}"
            kin = f"""SELECT d.id, f.number, f.at, f.data FROM documents d
                      CROSS JOIN works w ON w.id = d.work OR w.merged = d.work
                      CROSS JOIN flags f ON f.work = w.id WHERE d.id IN {marks(some)}"""
            for document, number, at, data in (*self._rows(own, some), *self._rows(kin, some)):
                pairs.setdefault(str(document), set()).add(int(number))
                rows[int(number)] = (number, at, data)
        made = {flag.number: flag for flag in self._made([rows[number] for number in sorted(rows)])}
        return {document: [made[number] for number in sorted(numbers)] for document, numbers in pairs.items()}

    def log(self, number: int | None = None) -> list[LoggedWord]:
        """Return every word on one flag or on all of them, in the order of coming."""
        flags = [self.get(number)] if number is not None else self.all()
        raised = [LoggedWord(flag.number, "flagged", flag.who, flag.at, flag.why) for flag in flags]
        sql = "SELECT flag, agrees, who, at, why FROM verdicts"
        told = self._rows(f"{sql} WHERE flag = ? ORDER BY number" if number is not None else f"{sql} ORDER BY number",
                          (number,) if number is not None else ())  # fmt: skip
        said = [
            LoggedWord(int(flag), "agreed" if agrees else "refused", str(who), str(at), str(why))
            for flag, agrees, who, at, why in told
        ]
        return sorted((*raised, *said), key=lambda word: (word.at, word.flag))

    def _made(self, rows: Iterable[Sequence[object]]) -> list[Flag]:
        flags = {int(str(number)): (str(at), data) for number, at, data in rows}
        said: dict[int, dict[str, tuple[str, bool]]] = {}
        numbers = list(flags)
        for start in range(0, len(numbers), CHUNK):
            some = numbers[start : start + CHUNK]
            sql = f"SELECT flag, who, agrees FROM verdicts WHERE flag IN {marks(some)} ORDER BY number"
            for flag, who, agrees in self._rows(sql, some):
                own = said.setdefault(int(flag), {})
                before = own.pop(letters_of(str(who)), (str(who), False))
                # The latest word of a person counts, and stands where it was said, under the name first given.
                own[letters_of(str(who))] = (before[0], bool(agrees))
        made: list[Flag] = []
        for number, (at, data) in flags.items():
            bare = _decoder.decode(data if isinstance(data, bytes) else b"")
            words = said.get(number, {}).values()
            agreed = tuple(who for who, agrees in words if agrees)
            refused = tuple(who for who, agrees in words if not agrees)
            made.append(replace(bare, number=number, at=at, agreed=agreed, refused=refused))
        return made
