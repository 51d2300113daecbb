"""The documentation as the tests see it: pages, their fenced blocks, their headings, and the generated tables in them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # evals and bench are folders of the checkout, not of the installed package
ACCEPT = os.environ.get("CURBSIDE_ACCEPT") == "1"
"""Whether generated parts are rewritten instead of compared."""

_FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1 *$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """A fenced block: its info string, its text, its first line in the page (from 1), and where its text stands."""

    info: str
    text: str
    line: int
    start: int
    end: int


def pages() -> list[Path]:
    """Return every page of the documentation, those at the root included."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def text_of(name: str) -> str:
    """Return a page by its path from the root; a page that is missing has no text."""
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def fences(text: str) -> Iterator[Fence]:
    """Yield the fenced blocks of a page in order."""
    for match in _FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Fence(match[2].strip(), match[3], line, match.start(3), match.end(3))


def without_fences(text: str) -> str:
    """Return a page without its fenced blocks."""
    return _FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    found: set[str] = set()
    for heading in re.findall(r"^#{1,6} +(.+?) *#*$", without_fences(text), re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower())
        slug = plain.strip().replace(" ", "-")
        count = 0
        while (slug if not count else f"{slug}-{count}") in found:
            count += 1
        found.add(slug if not count else f"{slug}-{count}")
    return found


def section(text: str, heading: str) -> str:
    """Return what stands under a heading (as `## heading`), up to the next of its level or above; "" where missing."""
    match = re.search(rf"^(#+) +{re.escape(heading)} *$", text, re.MULTILINE)
    if match is None:
        return ""
    after = text[match.end() :]
    end = re.search(rf"^#{{1,{len(match[1])}}} ", without_code(after), re.MULTILINE)
    return after[: end.start()] if end else after


def without_code(text: str) -> str:
    """Return a text of the same length in which fenced blocks are blanks, so that `#` in them is no heading."""
    return _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def named(text: str) -> set[str]:
    """Return what a page sets in backticks outside its fenced blocks."""
    return set(re.findall(r"`([^`\n]+)`", without_fences(text)))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in lines)


def agrees(page: str, name: str, wanted: str) -> None:
    """Assert that the part of a page between `<!-- NAME -->` and `<!-- end -->` is `wanted`, or write it there.

    With CURBSIDE_ACCEPT=1 the page is rewritten; look at the difference before you commit it.
    """
    text = text_of(page)
    match = re.search(rf"(<!-- {re.escape(name)} -->\n)(.*?)(<!-- end -->)", text, re.DOTALL)
    assert match, f"{page} has no part <!-- {name} --> … <!-- end -->"
    if match[2] != wanted and ACCEPT:
        (ROOT / page).write_text(text[: match.start(2)] + wanted + text[match.end(2) :], encoding="utf-8")
        return
    assert match[2] == wanted, f"{page} is behind in <!-- {name} -->; CURBSIDE_ACCEPT=1 pytest tests/docs rewrites it"
