"""Word documents (Office Open XML, ECMA-376): paragraphs, headings, lists, tables and references, pictures left out.

What a document says is written down as the body of a JATS article and read as one: sections nest, tables have cells and
in-text citations find their entries by the one set of rules.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from importlib import import_module
from typing import Any

from curbside.readers import jats
from curbside.records import Problem, Raw, Reading

_etree: Any = import_module("lxml.etree")  # it has no type stubs

MOST_XML = 24 << 20
"""Unpacked bytes of the text of a document; one with more is refused, so that a small file cannot be a large one."""

MOST_MEMBERS = 5_000

MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {
        *(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "sectPr", "tblPr", "tblGrid")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
"""Elements whose words do not show: what was struck out by a change, codes of fields, a second form of the same box."""

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_LISTED = re.compile(r"\W{0,3}(?:references|bibliography|literature cited|works cited)\W{0,3}", re.IGNORECASE)
_LABEL = re.compile(r"(\[?\d{1,3}[.\])]?)\s{1,9}(?=\S)")
_DEEPEST = 6


def read(raw: Raw) -> Iterator[Reading]:
    """Yield the one document of a Word file; what cannot be opened gives a reading that says why."""
    found = _written(raw)
    if isinstance(found, Problem):
        yield Reading(None, problems=(found,))
        return
    for reading in jats.read(Raw(raw.origin, found)):
        told = tuple(replace(each, line=0) for each in reading.problems if each.lost)  # lines are not the file's own
        yield replace(reading, line=1, problems=told)


def _written(raw: Raw) -> bytes | Problem:
    """Return a Word file as JATS, or why it cannot be had."""
    remedy = "Save it again as .docx, without a password, or as text."
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            if len(archive.infolist()) > MOST_MEMBERS:
                return Problem("The Word file holds too many parts.", raw.origin, remedy=remedy)
            text, styles = _member(archive, MAIN), _member(archive, _STYLES)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        return Problem(f"The Word file cannot be opened ({str(error)[:80]}).", raw.origin, remedy=remedy)
    root, named = _parsed(text), _parsed(styles)
    body = root.find(f"{_W}body") if root is not None else None
    if body is None:
        return Problem("The Word file holds no text that can be read.", raw.origin, remedy=remedy)
    return _Writing(_levels(named)).article(body)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of the archive, b"" where it has none.

    Raises:
        ValueError: if it unpacks to more than is read.
    """
    try:
        with archive.open(name) as handle:
            data = handle.read(MOST_XML + 1)
    except KeyError:
        return b""
    if len(data) > MOST_XML:
        raise ValueError(f"it unpacks to more than {MOST_XML >> 20} MB")
    return data


def _parsed(data: bytes) -> Any:
    """Return the root of a part, None where it is no sound XML; entities and networks are left alone."""
    parser = _etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return _etree.fromstring(data, parser) if data else None
    except _etree.XMLSyntaxError:
        return None


def _levels(styles: Any) -> dict[str, int]:
    """Return the level of each style that is a heading, 0 for a title; Word's names are English in every language."""
    found: dict[str, int] = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        name = style.find(f"{_W}name")
        words = (name.get(f"{_W}val") or "") if name is not None else ""
        match = _HEADING.fullmatch(words)
        if match or words.lower() == "title":
            found[style.get(f"{_W}styleId") or ""] = int(match[1]) if match else 0
    return found


@dataclass(slots=True)
class _Writing:
    """Writes JATS as it walks through the paragraphs."""

    levels: dict[str, int]
    out: list[str] = field(default_factory=list[str])
    references: list[str] = field(default_factory=list[str])
    title: str = ""
    depth: int = 0
    listing: bool = False

    def article(self, body: Any) -> bytes:
        """Return the whole article."""
        self._blocks(body)
        self.out += ["</sec>"] * self.depth
        back = [f"<ref-list>{''.join(self.references)}</ref-list>"] if self.references else []
        whole = [
            "<article><front><article-meta><title-group>",
            f"<article-title>{self.title}</article-title></title-group></article-meta></front><body>",
            *self.out,
            "</body><back>",
            *back,
            "</back></article>",
        ]
        return "".join(whole).encode("utf-8", "replace")

    def _blocks(self, element: Any) -> None:
        for child in element:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self.out.append(f"<table-wrap>{_table(child)}</table-wrap>")
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._blocks(child)

    def _paragraph(self, paragraph: Any) -> None:
        words = _words(paragraph).strip()
        if not words:
            return
        level = self._level(paragraph)
        if level == 0 and not self.title:
            self.title = words
        elif level:
            self._heading(words, level)
        elif self.listing:
            label = _LABEL.match(words)
            shown = f"<label>{label[1]}</label>" if label else ""
            rest = words[label.end() :] if label else words
            number = len(self.references) + 1
            self.references.append(f'<ref id="R{number}">{shown}<mixed-citation>{rest}</mixed-citation></ref>')
        elif paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
            self.out.append(f"<list><list-item><p>{words}</p></list-item></list>")
        else:
            self.out.append(f"<p>{words}</p>")

    def _level(self, paragraph: Any) -> int | None:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self.levels.get((style.get(f"{_W}val") or "") if style is not None else "")

    def _heading(self, words: str, level: int) -> None:
        self.listing = bool(_LISTED.fullmatch(words))
        if self.listing:
            return
        level = min(level, self.depth + 1, _DEEPEST)
        while self.depth >= level:
            self.out.append("</sec>")
            self.depth -= 1
        self.out.append(f"<sec><title>{words}</title>")
        self.depth += 1


def _words(element: Any) -> str:
    """Return the words of a paragraph as they show, escaped, raised ones in `sup`."""
    found: list[str] = []
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}r":
            found.append(_run(child))
        elif child.tag != f"{_W}p":
            found.append(_words(child))
    return "".join(found)


def _run(run: Any) -> str:
    look = run.find(f"{_W}rPr")
    if look is not None and look.find(f"{_W}vanish") is not None:
        return ""
    found: list[str] = []
    for child in run:
        if child.tag == f"{_W}t":
            found.append(escape(child.text or "", quote=False))
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            found.append(" ")
        elif child.tag == f"{_W}noBreakHyphen":
            found.append("-")
    words = "".join(found)
    raised = look.find(f"{_W}vertAlign") if look is not None else None
    if words.strip() and raised is not None and raised.get(f"{_W}val") in ("superscript", "subscript"):
        tag = "sup" if raised.get(f"{_W}val") == "superscript" else "sub"
        return f"<{tag}>{words}</{tag}>"
    return words


def _table(table: Any) -> str:
    """Return a table; its first row heads it, as nearly always where nothing says."""
    rows = [_row(row, "th" if not number else "td") for number, row in enumerate(table.iterchildren(f"{_W}tr"))]
    head, body = rows[:1], rows[1:]
    return f"<table><thead>{''.join(head)}</thead><tbody>{''.join(body)}</tbody></table>"


def _row(row: Any, tag: str) -> str:
    cells: list[str] = []
    for cell in row.iterchildren(f"{_W}tc"):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        many = (span.get(f"{_W}val") or "1") if span is not None else "1"
        wide = f' colspan="{int(many)}"' if many.isascii() and many.isdigit() and 1 < int(many) < 100 else ""
        words = " ".join(filter(None, (_words(each).strip() for each in cell.iter(f"{_W}p"))))
        cells.append(f"<{tag}{wide}>{words}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"
