"""Parses HTML that may be broken, deep or hostile; nothing of its text is lost to depth."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

_etree: Any = import_module("lxml.etree")  # neither has type stubs
_html: Any = import_module("lxml.html")


DEEPEST = 90
"""Elements nested deeper than this are taken as flat: the parser would stop reading there."""


_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,20})(?=[\s/>])")


_WEIGHTS: dict[str, int] = {
    **dict.fromkeys(
        ("div", "span", "section", "article", "b", "i", "em", "strong", "a", "font", "blockquote", "center"), 1
    ),
    **dict.fromkeys(("u", "s", "small", "big", "sub", "sup", "main", "header", "footer", "nav", "aside", "form"), 1),
    **dict.fromkeys(("ul", "ol", "dl"), 2),
    "table": 4,
}
"""Element -> how many levels it opens at most, the elements that it brings along included."""


def flattened(source: str) -> str:
    """Rename elements that lie too deep, so that the parser reads on; the text between them stays."""
    depth, pieces, at = 0, list[str](), 0
    opened: list[bool] = []
    for tag in _TAG.finditer(source):
        weight = _WEIGHTS.get(tag["name"].lower(), 0)
        if not weight:
            continue
        if tag["close"]:
            kept = opened.pop() if opened else True
            depth = max(0, depth - weight) if kept else depth
        else:
            kept = depth + weight <= DEEPEST * 2
            opened.append(kept)
            depth += weight if kept else 0
        if not kept:
            pieces += [source[at : tag.start()], "<br"]
            at = tag.end()
    pieces.append(source[at:])
    return "".join(pieces)


def parsed(source: str) -> Any:
    """Return the root element of a page, or None where it holds nothing that can be parsed."""
    source = re.sub(r"^\s{0,99}<\?xml[^>]{0,200}\?>", "", source.lstrip("\ufeff").replace("\x00", ""))
    if not source.strip():
        return None
    parser = _html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = flattened(source).encode("utf-8", "replace")
    try:
        return _html.document_fromstring(data, parser=parser)
    except (_etree.ParserError, _etree.XMLSyntaxError):
        return None
