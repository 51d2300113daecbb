"""Bytes of a JATS file to an element tree: no DTD, no network, nothing expanded, named characters resolved here."""

from __future__ import annotations

import html.entities
import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from curbside.readers import unpack
from curbside.records import Problem, Raw

_etree: Any = import_module("lxml.etree")  # it has no type stubs

_HTML: dict[str, str] = dict(html.entities.html5)
_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_GREEK = "agr bgr ggr dgr egr zgr eegr thgr igr kgr lgr mgr ngr xgr ogr pgr rgr sfgr sgr tgr ugr phgr khgr psgr ohgr"
_ISO_GREEK: dict[str, str] = dict(zip(_GREEK.split(), "αβγδεζηθικλμνξοπρςστυφχψω"))
"""ISO 8879 names of Greek letters (ISOgrk1) that HTML has not."""

_REFERENCE = re.compile(rb"<!\[CDATA\[.*?\]\]>|&([A-Za-z][A-Za-z0-9.]{0,40});", re.DOTALL)
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9.]{0,40});")
_SUBSET = re.compile(rb"<!DOCTYPE[^\[>]{0,2000}\[")
_ENTITY = re.compile(
    rb"<!ENTITY\s{1,20}(%\s{1,20})?([\w.:-]{1,80})\s{1,20}(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')", re.DOTALL
)
_DECLARATION = re.compile(r"^\ufeff?\s{0,100}<\?xml[^>]{0,300}\?>")
_LONGEST_VALUE = 64
_MOST_ENTITIES = 2000
_BROKEN = "The XML is not well-formed"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, or why there is none.

    Attributes:
        root: lxml's root element, or None.
        problems: what was wrong, whether or not there is a root.
    """

    root: Any
    problems: tuple[Problem, ...] = ()


def parse(raw: Raw) -> Parsed:
    """Return the tree of an XML file.

    Entities are never expanded by the parser: HTML's and ISO's character names become characters, short harmless
    declarations of the file itself are honoured, an entity of outside is left out with a problem, and nested or
    long entities (an "XML bomb") refuse the file. Files that are not in the encoding they claim are decoded as
    `unpack.decode` does.
    """
    data = raw.data
    problems: list[Problem] = []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data, problem = _as_utf8(raw)
        problems += [problem] if problem else []
    declared, refused = _declared(data, raw.origin)
    if refused:
        return Parsed(None, (refused,))
    data, unknown = _resolved(data, declared, raw.origin)
    problems += unknown
    data = _without_doctype(data)
    root, fault = _tree(data, raw.origin)
    if root is None and not _is_utf8(data):
        again, problem = _as_utf8(Raw(raw.origin, data))
        problems += [problem] if problem else []
        root, fault = _tree(again, raw.origin)
    if root is None and fault is not None:
        return Parsed(None, (*problems, fault))
    return Parsed(root, tuple(problems))


def _tree(data: bytes, origin: str) -> tuple[Any, Problem | None]:
    parser = _etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return _etree.fromstring(data, parser), None
    except _etree.XMLSyntaxError as fault:
        # Parsing what is left of a broken file would pass off a part of an article as the whole.
        line, reason = fault.lineno or 0, re.sub(r", line \d+.*$", "", fault.msg or "no content")
        remedy = "Fetch the file again, or repair it at that line."
        return None, Problem(f"{_BROKEN} ({reason}) and was not read.", origin, line, remedy)
    except ValueError as fault:
        return None, Problem(f"{_BROKEN} ({fault}) and was not read.", origin, 0, "Fetch the file again.")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(raw: Raw) -> tuple[bytes, Problem | None]:
    text, problem = unpack.decode(raw.data, origin=raw.origin)
    return _DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), problem


def _declared(data: bytes, origin: str) -> tuple[dict[bytes, bytes], Problem | None]:
    """Return the entities that the file itself declares, or why it is refused."""
    head = data[: 1 << 20]
    if not _SUBSET.search(head):
        return {}, None
    found: dict[bytes, bytes] = {}
    for match in _ENTITY.finditer(head):
        parameter, name, outside = match.group(1, 2, 3)
        value = match.group(4) if match.group(4) is not None else match.group(5) or b""
        if parameter:
            continue
        if outside:
            found[name] = b""
            continue
        nested = re.search(rb"&(?!#|(?:amp|lt|gt|quot|apos);)", value)
        if nested or b"<" in value or b"%" in value or len(value) > _LONGEST_VALUE or len(found) > _MOST_ENTITIES:
            line = head.count(b"\n", 0, match.start()) + 1
            what = "The file declares entities that expand into more than characters (an XML bomb); it was refused."
            return {}, Problem(what, origin, line, "Get the article from its publisher or PubMed Central.")
        found[name] = value
    return found, None


_STOPS: dict[bytes, bytes] = {b"<!--": b"-->", b"<?": b"?>", b'"': b'"', b"'": b"'"}
_TOKEN = re.compile(rb"<!--|<\?|[\[\]>\"']")


def _without_doctype(data: bytes) -> bytes:
    """Return the bytes without the document type, its line breaks kept so that lines stay where they were.

    Nothing is left for the parser to look up: every entity has been resolved by now, and libxml2 would try to load an
    outside DTD in some cases even when told not to.
    """
    start = data.find(b"<!DOCTYPE", 0, 1 << 16)
    at, depth = start + 9, 0
    while start >= 0 and (token := _TOKEN.search(data, at)):
        mark, at = token.group(0), token.end()
        if mark in _STOPS:
            at = data.find(_STOPS[mark], at) + len(_STOPS[mark])
            if at < token.end():
                return data
        elif mark == b">" and depth <= 0:
            return data[:start] + b"\n" * data.count(b"\n", start, at) + data[at:]
        else:
            depth += {b"[": 1, b"]": -1}.get(mark, 0)
    return data


def _resolved(data: bytes, declared: dict[bytes, bytes], origin: str) -> tuple[bytes, list[Problem]]:
    """Return the bytes with every named character as a number, and a problem for each name nobody knows."""
    if not _OWN.issuperset(_NAMED.findall(data)):
        return _replaced(data, declared, origin)
    return data, []


def _replaced(data: bytes, declared: dict[bytes, bytes], origin: str) -> tuple[bytes, list[Problem]]:
    problems: dict[bytes, Problem] = {}

    def replacement(match: re.Match[bytes]) -> bytes:
        name = match.group(1)
        if name is None or name in _OWN:
            return match.group(0)
        if declared.get(name):
            return declared[name]
        text = "" if name in declared else _character(name.decode("ascii"))
        if text:
            return "".join(f"&#{ord(char)};" for char in text).encode("ascii")
        if name not in problems:
            line = data.count(b"\n", 0, match.start()) + 1
            shown = name.decode("ascii")
            what = f"The entity &{shown}; stands for something outside the file; it was left out."
            if name not in declared:
                what = f"The entity &{shown}; is unknown; its name stands in the text."
            problems[name] = Problem(what, origin, line, "Get a copy with the entity resolved.")
        return b"" if name in declared else b"&amp;" + name + b";"

    return _REFERENCE.sub(replacement, data), list(problems.values())


def _character(name: str) -> str:
    return _HTML.get(name + ";", "") or _ISO_GREEK.get(name, "") or _capital(name)


def _capital(name: str) -> str:
    return _ISO_GREEK.get(name.lower(), "").upper() if name[:1].isupper() else ""
