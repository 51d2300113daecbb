"""The running text of JATS: inline markup to plain words, with the places of citations, notes and floats in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from curbside.readers.inline import THIN, is_power, lowered, mathml, raised, tex

HREF = "{http://www.w3.org/1999/xlink}href"
MATH = "{http://www.w3.org/1998/Math/MathML}math"

_BLANKS = re.compile(r"[ \t\r\n]+")
_LIFTED = frozenset({"sup", "sub", "xref"})
_DEEPEST = 80


@dataclass(frozen=True, slots=True)
class Cite:
    """An in-text reference as marked up.

    Attributes:
        start, end: place in the flow's text.
        rids: keys of the entries that it names, those that the list holds and those that it does not.
        raised: whether it is superscript.
    """

    start: int
    end: int
    rids: tuple[str, ...]
    raised: bool


@dataclass(slots=True)
class Flow:
    """Text being collected from inline markup.

    White space of the file's own layout becomes one space; no-break, thin and other spaces stay.

    Attributes:
        keys: reference-list keys -> indexes; an `xref` to one of them is a citation.
        cell: whether it is a table's cell, where raised digits are marks and nothing interrupts the line.
        lead: length of a mark at the start that is to be set apart, or 0.
        cites: citations found.
        notes: (start, end, id) of marks that point at footnotes.
        lifted: (start, end) of superscript runs without citation.
        breaks: (position, element) of lists and quotations that interrupt the paragraph.
        floats: figures, tables, boxes and notes that stand in the paragraph but are read after it.
    """

    keys: Mapping[str, tuple[int, ...]]
    cell: bool = False
    lead: int = 0
    pieces: list[str] = field(default_factory=list[str])
    length: int = 0
    spaced: bool = True
    up: int = 0
    citing: int = 0
    depth: int = 0
    cites: list[Cite] = field(default_factory=list[Cite])
    notes: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    lifted: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    breaks: list[tuple[int, Any]] = field(default_factory=list[tuple[int, Any]])
    floats: list[Any] = field(default_factory=list[Any])

    def add(self, text: str) -> None:
        """Append text of the file, its layout squeezed."""
        if "\n" in text or "  " in text or "\t" in text or "\r" in text:
            text = _BLANKS.sub(" ", text)
        if self.spaced and text[:1] == " ":
            text = text[1:]
        if text:
            if self.lead and self.length == self.lead and text[0] != " ":
                text, self.lead = " " + text, 0
            self.pieces.append(text)
            self.length += len(text)
            self.spaced = text[-1] == " "

    def space(self) -> None:
        """Append a space unless there is one."""
        if not self.spaced:
            self.add(" ")

    def ending(self) -> str:
        """Return the last few characters."""
        return "".join(self.pieces[-4:])[-6:]

    def text(self) -> str:
        """Return all of it; leading layout is gone, a trailing space may be left."""
        return "".join(self.pieces)

    def walk(self, element: Any) -> None:
        """Append everything inside an element."""
        if self.depth >= _DEEPEST:
            self.add("".join(element.itertext()))
            return
        self.depth += 1
        handlers = CELL_HANDLERS if self.cell else HANDLERS
        if element.text:
            self.add(element.text)
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                handler = handlers.get(tag)
                if handler is None:
                    self.walk(child)
                else:
                    handler(child, self)
            if child.tail:
                if tag in _LIFTED and child.tail[0].isdigit() and self.ending()[-1:].isdigit():
                    self.add(THIN)
                self.add(child.tail)
        self.depth -= 1


def flow_of(element: Any, keys: Mapping[str, tuple[int, ...]], cell: bool = False, lead: int = 0) -> Flow:
    """Return the running text of an element; with `lead` its first so many characters are set apart by a space."""
    flow = Flow(keys, cell, lead=lead)
    flow.walk(element)
    return flow


def plain(element: Any) -> str:
    """Return the running text of an element as a string, without places."""
    return flow_of(element, {}, True).text().rstrip(" ") if element is not None else ""


def _skip(element: Any, flow: Flow) -> None:
    """Leave out what is no text of the article: file names, indexes, spoken alternatives."""


def _spaced(element: Any, flow: Flow) -> None:
    flow.space()
    flow.walk(element)
    flow.space()


def _break(element: Any, flow: Flow) -> None:
    flow.space()


def _sup(element: Any, flow: Flow) -> None:
    inner = "".join(element.itertext())
    cited = bool(flow.citing) or any(child.get("ref-type") == "bibr" for child in element.iter("xref"))
    ending = flow.ending()
    flow.add(raised(ending, inner, cited or (flow.cell and not is_power(ending, inner))))
    start = flow.length
    flow.up += 1
    flow.walk(element)
    flow.up -= 1
    if not cited and flow.length > start:
        flow.lifted.append((start, flow.length))


def _sub(element: Any, flow: Flow) -> None:
    flow.add(lowered(flow.ending(), "".join(element.itertext())))
    flow.walk(element)


def _xref(element: Any, flow: Flow) -> None:
    rids = tuple((element.get("rid") or "").split())
    kind = element.get("ref-type") or ""
    cited = kind == "bibr" or (kind not in _NOTE_KINDS and any(rid in flow.keys for rid in rids))
    noted = not cited and kind in _NOTE_KINDS
    if not cited and not noted:
        flow.walk(element)
        return
    inner = "".join(element.itertext())
    lifts = flow.up > 0 or element.find(".//sup") is not None
    if (lifts or noted) and flow.ending()[-1:].isdigit() and inner.strip()[:1].isdigit():
        flow.add(THIN)
    start = flow.length
    flow.citing += 1
    flow.walk(element)
    flow.citing -= 1
    if cited:
        flow.cites.append(Cite(start, flow.length, rids, lifts))
    else:
        flow.notes.extend((start, flow.length, rid) for rid in rids)


def _formula(element: Any, flow: Flow) -> None:
    math = element if element.tag == MATH else element.find(f".//{MATH}")
    if element.tag == "disp-formula":
        flow.space()
    if math is not None:
        flow.add(mathml(math))
        for label in element.iterchildren("label"):
            flow.space()
            flow.add("".join(label.itertext()))
    elif (source := element if element.tag == "tex-math" else element.find(".//tex-math")) is not None:
        flow.add(tex("".join(source.itertext())))
    elif (alternative := element.find(".//alt-text")) is not None:
        flow.add("".join(alternative.itertext()))
    else:
        flow.walk(element)
    if element.tag == "disp-formula":
        flow.space()


def _float(element: Any, flow: Flow) -> None:
    flow.floats.append(element)


def _interruption(element: Any, flow: Flow) -> None:
    flow.breaks.append((flow.length, element))
    flow.space()


def _link(element: Any, flow: Flow) -> None:
    if "".join(element.itertext()).strip():
        flow.walk(element)
    elif address := element.get(HREF):
        flow.add(address)


_NOTE_KINDS = frozenset({"table-fn", "fn", "author-notes"})

_SKIPPED = (
    *("alt-text", "long-desc", "object-id", "graphic", "inline-graphic", "media", "index-term", "index-term-range-end"),
    *("x", "institution-id", "hr", "milestone-start", "milestone-end", "processing-meta"),
)
_BLOCKS = ("p", "list", "list-item", "def-list", "def-item", "term", "def", "title", "disp-quote", "verse-line", "sec")
FLOATS = ("fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text", "supplementary-material", "fn")
INTERRUPTIONS = ("list", "def-list", "disp-quote", "verse-group", "speech", "statement", "preformat", "array", "code")

CELL_HANDLERS: dict[str, Callable[[Any, Flow], None]] = {
    **dict.fromkeys(_SKIPPED, _skip),
    **dict.fromkeys(_BLOCKS, _spaced),
    "break": _break,
    "sup": _sup,
    "sub": _sub,
    "xref": _xref,
    "inline-formula": _formula,
    "disp-formula": _formula,
    "tex-math": _formula,
    "alternatives": _formula,
    MATH: _formula,
    "ext-link": _link,
    "uri": _link,
}
"""Element -> what it does to the text, where nothing may interrupt the line."""

HANDLERS: dict[str, Callable[[Any, Flow], None]] = {
    **CELL_HANDLERS,
    **dict.fromkeys(FLOATS, _float),
    **dict.fromkeys(INTERRUPTIONS, _interruption),
    "media": _float,
}
"""Element -> what it does to a paragraph; elements without an entry are walked through."""
