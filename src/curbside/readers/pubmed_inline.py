"""Titles and abstracts of PubMed XML as plain text: italics, raised and lowered signs, formulas.

Every word stays. Raised digits after a digit get a caret and lowered ones an underscore, so that 10 to the ninth reads
`10^9` and not `109`; elsewhere raised and lowered signs stand as they are (`m2`, `CD4+`, `H2O`). Formulas (MathML)
become the usual signs in a line: fractions with a slash, roots as `sqrt(…)`. White space that holds a line break or
tab is one space; other spaces, non-breaking ones among them, stay.
"""

from __future__ import annotations

import re
from typing import Any

_BREAKS = re.compile(r" *[\t\r\n][ \t\r\n]*| {2,}")
_DIGIT_AFTER = re.compile(r"[+\-−–]?\d")
_BLOCKS = frozenset(["p", "br", "break", "list-item", "DispFormula", "title", "sec"])
_SKIPPED = frozenset(["annotation", "annotation-xml"])
MAX_DEPTH = 60
"""Elements nested deeper than this in a title or abstract are read as the bare text in them."""


def text_of(element: Any) -> str:
    """Return the text of an element, inline markup and formulas included, without white space around it."""
    if len(element) == 0:
        text: str = element.text or ""
    else:
        pieces: list[str] = []
        _collect(element, pieces, 0)
        text = "".join(pieces)
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:  # quicker than the search
        text = _BREAKS.sub(" ", text)
    return text.strip(" ")


def texts_of(element: Any) -> list[str]:
    """Return the texts of the children of an element, without empty ones."""
    return [text for child in element if (text := text_of(child))]


def _collect(element: Any, pieces: list[str], depth: int) -> None:
    if depth > MAX_DEPTH:
        pieces.append("".join(element.itertext()))
        return
    if element.text:
        pieces.append(element.text)
    for child in element:
        tag: Any = child.tag
        name = tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
        if name in ("sup", "sub"):
            _shift(child, pieces, "^" if name == "sup" else "_", depth)
        elif name in _FORMULAS:
            pieces.append(_formula(child, name, depth + 1))
        elif name in _BLOCKS:
            pieces.append("\n")
            _collect(child, pieces, depth + 1)
            pieces.append("\n")
        elif name and name not in _SKIPPED:
            _collect(child, pieces, depth + 1)
        if child.tail:
            _glue(pieces, child.tail, name)


def _glue(pieces: list[str], tail: str, name: str) -> None:
    """Append what follows an element; a digit right after raised or lowered digits is another number."""
    if name in ("sup", "sub") and tail[0].isdigit() and pieces and pieces[-1][-1:].isdigit():
        pieces.append(" ")
    pieces.append(tail)


def _shift(element: Any, pieces: list[str], sign: str, depth: int) -> None:
    """Append a raised or lowered piece; pretty-printed white space before it was never the author's."""
    inside: list[str] = []
    _collect(element, inside, depth + 1)
    words = "".join(inside).strip("\t\r\n")
    if pieces and pieces[-1].rstrip(" \t\r\n") != pieces[-1] and "\n" in pieces[-1][-200:]:
        kept = pieces[-1].rstrip(" \t\r\n")
        if "\n" in pieces[-1][len(kept) :]:
            pieces[-1] = kept
    before = pieces[-1][-1:] if pieces else ""
    if before.isdigit() and _DIGIT_AFTER.match(words):
        pieces.append(sign)
    pieces.append(words)


_FORMULAS = frozenset(["mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "mover", "munder", "munderover"])


def _formula(element: Any, name: str, depth: int) -> str:
    """Return a formula's element in one line of plain signs."""
    if depth > MAX_DEPTH:
        return "".join(element.itertext())
    parts: list[str] = []
    for child in element:
        inside: list[str] = []
        tag: Any = child.tag
        bare = tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
        if bare in _FORMULAS:
            inside.append(_formula(child, bare, depth + 1))
        elif bare:
            _collect(child, inside, depth + 1)
        parts.append("".join(inside).strip())
    if name == "msqrt":
        return f"sqrt({''.join(parts)})"
    parts += [""] * (3 - len(parts))
    first, second, third = parts[:3]
    if name == "mfrac":
        return f"{_grouped(first)}/{_grouped(second)}"
    if name == "mroot":
        return f"root({first}, {second})"
    joined = {"msup": "^", "mover": ""}.get(name, "_" if first[-1:].isdigit() else "")
    return first + joined + second + (f"^{third}" if name in ("msubsup", "munderover") and third else third)


def _grouped(words: str) -> str:
    return words if re.fullmatch(r"[\w.,%]*", words) else f"({words})"
