"""Front matter of a markdown file: the small, bounded part of YAML that people write there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_LINES = 400
"""Front matter longer than this is not front matter."""


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the body.

    Attributes:
        values: key in lower case -> its values; a scalar has one, a list several.
        length: code points up to the body; 0 where there is no front matter.
        lines: lines up to the body.
        strange: numbers, from 1, of lines that were not understood and were passed over.
    """

    values: Mapping[str, tuple[str, ...]]
    length: int = 0
    lines: int = 0
    strange: tuple[int, ...] = ()

    def one(self, *keys: str) -> str:
        """Return the first value of the first of `keys` that is there, else ""."""
        for key in keys:
            if found := self.values.get(key):
                return found[0]
        return ""

    def all(self, *keys: str) -> tuple[str, ...]:
        """Return every value of the first of `keys` that is there."""
        for key in keys:
            if found := self.values.get(key):
                return found
        return ()


def front_matter(text: str) -> Front:
    """Read `---`, `key: value` lines and `---` at the head of a text.

    Known are scalars (bare, single- or double-quoted), lists (`- item` lines or `[a, b]`) and folded or literal
    blocks (`>` and `|`). Nested maps are passed over and their lines named in `strange`.
    """
    if not text.startswith(("---\n", "---\r\n")):
        return Front({})
    lines = text.split("\n", MOST_LINES + 2)[: MOST_LINES + 2]
    closing = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    if not closing:
        return Front({})
    values, strange = _entries([line.rstrip("\r") for line in lines[1:closing]])
    length = sum(len(line) + 1 for line in lines[: closing + 1])
    return Front(values, min(length, len(text)), closing + 1, tuple(strange))


def _entries(lines: list[str]) -> tuple[dict[str, tuple[str, ...]], list[int]]:
    values: dict[str, tuple[str, ...]] = {}
    strange: list[int] = []
    key, block = "", ""
    for number, line in enumerate(lines, 2):
        bare = line.strip()
        indented = line[:1] in (" ", "\t")
        if block and (indented or not bare):
            joined = f"{values[key][0]}{chr(10) if block == '|' else ' '}{bare}" if values[key] else bare
            values[key] = (joined.strip(),)
        elif not bare or bare.startswith("#"):
            continue
        elif bare.startswith("- ") and key:
            values[key] = (*values[key], scalar(bare[2:]))
        else:
            name, colon, rest = line.partition(":")
            block = ""
            if not colon or indented or (rest and rest[0] not in " \t"):
                strange.append(number)
                continue
            key, rest = name.strip().lower(), rest.strip()
            if rest in (">", "|", ">-", "|-"):
                block, values[key] = rest[0], ()
            else:
                values[key] = _listed(rest) if rest.startswith("[") else (scalar(rest),) if rest else ()
    return values, strange


def _listed(printed: str) -> tuple[str, ...]:
    """Return the items of an inline list; commas inside quotes do not part."""
    items: list[str] = []
    held, quote = "", ""
    for sign in printed.strip().removeprefix("[").removesuffix("]"):
        if sign == "," and not quote:
            items.append(held)
            held = ""
            continue
        if sign in "'\"" and (not quote or sign == quote) and (quote or not held.strip()):
            quote = "" if quote else sign
        held += sign
    return tuple(found for item in [*items, held] if (found := scalar(item)))


def scalar(printed: str) -> str:
    """Return a scalar without its quotes and without a trailing comment."""
    bare = printed.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"":
        inner = bare[1:-1]
        return inner.replace("''", "'") if bare[0] == "'" else inner.replace('\\"', '"').replace("\\\\", "\\")
    return bare.partition(" #")[0].rstrip() if bare[:1] not in ("'", '"') else bare
