"""What an HTML page hides from its readers: by attribute, by style, by rule, white on white."""

from __future__ import annotations

import re
from typing import Any

from curbside.readers.pages_layout import Frame

_HIDDEN_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|opacity\s{0,3}:\s{0,3}0"
    r"(?:\.0{1,4})?\s{0,3}(?:;|!|$)|font-size\s{0,3}:\s{0,3}[01](?:px|pt|em)?\s{0,3}(?:;"
    r"|!|$)"
    r"|(?:left|top|text-indent)\s{0,3}:\s{0,3}-\d{3,5}|(?<!-)color\s{0,3}:\s{0,3}transparent"
    r"|clip\s{0,3}:\s{0,3}rect\(\s?0|(?:max-)?height\s{0,3}:\s{0,3}0(?:px)?\s{0,3}(?:;|$)",
    re.IGNORECASE,
)


_WHITE = re.compile(
    r"(?<![-\w])color\s{0,3}:\s{0,3}(?:#f{3}(?:f{3})?|white|rgb\(\s?255\s?,\s?255\s?,\s?255\s?\))", re.IGNORECASE
)


_GROUND = re.compile(r"background(?:-color)?\s{0,3}:\s{0,3}(?P<c>[^;]{1,80})", re.IGNORECASE)


_PLAIN_GROUND = re.compile(
    r"#f{3}(?:f{3})?\b|\bwhite\b|transparent|none|rgb\(\s?255\s?,\s?255\s?,\s?255", re.IGNORECASE
)


_HIDING_RULE = re.compile(r"(?P<which>[^{}]{1,400})\{(?P<what>[^{}]{0,2000})\}")


_SEEN_BY_NOBODY = frozenset(
    ("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only")
)


def hiding_rules(root: Any) -> frozenset[str]:
    """Return `.class` and `#id` selectors that the page's own style sheet hides outside any media query."""
    found: set[str] = set()
    for style in root.iter("style"):
        sheet = re.sub(r"/\*.{0,5000}?\*/", "", (style.text or "")[:200_000], flags=re.DOTALL)
        for rule in _HIDING_RULE.finditer(_without_media(sheet)):
            if _HIDDEN_STYLE.search(rule["what"]):
                found.update(
                    name.strip() for name in rule["which"].split(",") if re.fullmatch(r"[.#][\w-]+", name.strip())
                )
    return frozenset(found)


def _without_media(sheet: str) -> str:
    """Return a style sheet without its @-blocks, which may hide for print or small screens only."""
    pieces: list[str] = []
    depth, skipping = 0, False
    for piece in re.split(r"([{}])", sheet):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth = max(0, depth - 1)
            if skipping and not depth:
                skipping = False
                continue
        elif not depth and "@" in piece:
            skipping = True
        if not skipping:
            pieces.append(piece)
    return "".join(pieces)


def hidden(element: Any, hiding: frozenset[str], frame: Frame) -> bool:
    """Tell whether an element is hidden by attribute, style, rule or by being white on white."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    names = (element.get("class") or "").split()
    if hiding and ({f".{name}" for name in names} | {f"#{element.get('id') or ''}"}) & hiding:
        return True
    if not _SEEN_BY_NOBODY.isdisjoint(names):
        return True
    style = element.get("style") or ""
    if not style:
        return False
    if _HIDDEN_STYLE.search(style):
        return True
    return bool(_WHITE.search(style)) and not frame.ground and not grounded(style) and element.tag not in ("h1", "h2")


def grounded(style: str) -> bool:
    """Tell whether a style sets a background on which white can be read."""
    found = _GROUND.search(style)
    return bool(found and not _PLAIN_GROUND.search(found["c"]))
