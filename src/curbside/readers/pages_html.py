"""Lays an HTML page out as lines of text, as a reader would see it; what is hidden stays out and is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from types import MappingProxyType
from typing import Any

from curbside.readers import pages_meta, pages_tables
from curbside.readers.fields import language
from curbside.readers.pages_hidden import grounded, hidden, hiding_rules
from curbside.readers.pages_layout import SPACE, Frame, Layout
from curbside.readers.pages_parse import parsed
from curbside.readers.pages_sheet import Sheet
from curbside.records import BlockKind, Problem

_etree: Any = import_module("lxml.etree")  # it has no type stubs


_SKIPPED = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea", "canvas"),
        *("video", "audio", "input", "map", "datalist", "dialog", "embed", "applet", "frameset"),
    )
)


_BREAKS: dict[str, int] = {
    **dict.fromkeys(("br", "li", "dt", "dd", "tr", "option", "button", "summary", "td", "th"), 1),
    **dict.fromkeys(
        (
            *(
                "p",
                "div",
                "section",
                "article",
                "header",
                "footer",
                "nav",
                "aside",
                "main",
                "ul",
                "ol",
                "dl",
                "table",
                "h1",
            ),
            *(
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "blockquote",
                "pre",
                "figure",
                "figcaption",
                "form",
                "fieldset",
                "address",
                "hr",
            ),
            *("details", "center", "body", "caption", "tbody", "thead", "legend", "hgroup"),
        ),
        2,
    ),
}
"""Element -> line breaks around it."""


_APART = frozenset(("span", "a", "time", "label", "small"))


_CHROME_ROLES = frozenset(
    ("navigation", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar")
)


_CHROME_NAMES = frozenset(
    (
        *("cookie", "cookies", "consent", "gdpr", "newsletter", "breadcrumb", "breadcrumbs", "advert", "advertisement"),
        *("navbar", "navigation", "subscribe", "masthead", "sitemap", "topbar", "paywall", "skip-link", "site-footer"),
        *(
            "site-header",
            "site-nav",
            "main-nav",
            "main-menu",
            "share",
            "share-bar",
            "sharebar",
            "social",
            "social-links",
        ),
        *(
            "footer",
            "nav",
            "menu",
            "signup",
            "login",
            "modal",
            "popup",
            "ads",
            "ad",
            "promo",
            "sponsor",
            "cookie-banner",
        ),
    )
)


def laid_out(source: str, origin: str) -> tuple[Sheet, list[Problem]]:
    """Return an HTML page as a sheet, with remarks on what it hides."""
    root = parsed(source)
    if root is None:
        return Sheet("", ()), []
    layout = Layout()
    hiding = hiding_rules(root)
    _walk(root, layout, hiding)
    meta = pages_meta.metadata(root)
    text = "".join(layout.pieces)
    sheet = Sheet(
        text,
        tuple(layout.lines),
        True,
        MappingProxyType(meta),
        tuple(layout.marks),
        tuple(layout.tables),
        language((meta.get("lang") or ("",))[0]),
        sum(line.level > 0 for line in layout.lines),
    )
    problems: list[Problem] = []
    if layout.hidden > 200:
        what = f"The page hides {layout.hidden} characters of text from its readers; they were left out."
        problems.append(Problem(what, origin, lost=False))
    return sheet, problems


def _walk(root: Any, layout: Layout, hiding: frozenset[str]) -> None:
    """Walk the tree without recursion and lay out what can be seen."""
    stack = [Frame("html", False, 0, None, frozenset(), False, False)]
    walker: Any = _etree.iterwalk(root, events=("start", "end"))
    skipped: Any = None
    for event, element in walker:
        if not isinstance(element.tag, str):
            if event == "end":
                _tail(element, layout, stack[-1])
            continue
        if event == "start":
            if skipped is not None:
                continue
            if _skip(element, layout, hiding, stack[-1]):
                skipped = element
                walker.skip_subtree()
                continue
            if element.tag == "table" and pages_tables.is_data(element):
                layout.flush(stack[-1])
                layout.table(pages_tables.grid_of(element, _words), _framed(element, stack))
                skipped = element
                walker.skip_subtree()
                continue
            _enter(element, layout, stack)
        else:
            if skipped is not None:
                if element is skipped:
                    skipped = None
                    _tail(element, layout, stack[-1])
                continue
            _leave(element, layout, stack)
    layout.flush(stack[-1])


def _tail(element: Any, layout: Layout, frame: Frame) -> None:
    if element.tail:
        layout.add(element.tail, linked=frame.linked, pre=frame.tag == "pre")


def _skip(element: Any, layout: Layout, hiding: frozenset[str], frame: Frame) -> bool:
    """Tell whether an element is not shown; count the text that it hides on purpose."""
    if element.tag in _SKIPPED:
        return True
    if not hidden(element, hiding, frame):
        return False
    layout.hidden += sum(len(text.strip()) for text in element.itertext())
    return True


def _framed(element: Any, stack: list[Frame]) -> Frame:
    """Return the frame of an element that is about to open."""
    above, tag = stack[-1], str(element.tag)
    names = frozenset(_names(element))
    heading = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
    if element.get("role") == "heading" and not heading:
        heading = int(element.get("aria-level") or 2) if (element.get("aria-level") or "2").isdigit() else 2
    kind = above.kind
    if tag in ("li", "dd"):
        kind = BlockKind.ITEM
    elif tag in ("figcaption", "caption"):
        kind = BlockKind.CAPTION
    elif _BREAKS.get(tag, 0) > 1 and tag not in ("p",):
        kind = None
    chrome = above.chrome or _is_chrome(element, tag, names, stack)
    block = tag in _BREAKS
    hints: frozenset[str] = names | (above.hints if not block or len(above.hints) < 12 else frozenset[str]())
    ground = above.ground or grounded(element.get("style") or "") or bool(element.get("bgcolor"))
    return Frame(
        tag,
        chrome,
        heading or (above.level if not block else 0),
        kind,
        hints,
        above.linked or tag == "a",
        ground,
        names,
    )


def _names(element: Any) -> Iterator[str]:
    for attribute in ("class", "id", "itemprop", "role", "rel"):
        for name in (element.get(attribute) or "").lower().split()[:12]:
            yield name
            yield from re.split(r"[-_]", name)[:4]
    if element.get("aria-current") is not None:
        yield "aria-current"


def _is_chrome(element: Any, tag: str, names: frozenset[str], stack: list[Frame]) -> bool:
    """Tell whether markup says that an element is about the site: navigation, site header and footer, notices."""
    inside = {frame.tag for frame in stack}
    if tag == "nav" or (element.get("role") or "") in _CHROME_ROLES:
        return True
    if tag == "footer" and not inside & {"article", "li", "section", "blockquote", "main"}:
        return True
    if (tag == "header" or element.get("role") == "banner") and not inside & {"article", "main", "section"}:
        return next(element.iter("h1"), None) is None
    whole = set((element.get("class") or "").lower().split()) | {(element.get("id") or "").lower()}
    first = {re.split(r"[-_]", name)[0] for name in whole}
    told = whole & _CHROME_NAMES or first & {
        "cookie",
        "cookies",
        "consent",
        "newsletter",
        "breadcrumb",
        "breadcrumbs",
        "advert",
        "navbar",
    }
    return (
        bool(told)
        and tag in ("div", "ul", "section", "aside", "ol", "form", "p", "header", "footer", "span")
        and not _large(element)
    )


def _large(element: Any) -> bool:
    """Tell whether an element holds too much to be navigation, or the page's title."""
    if next(element.iter("h1"), None) is not None:
        return True
    size = 0
    for paragraph in element.iter("p"):
        size += sum(len(text) for text in paragraph.itertext())
        if size > 1500:
            return True
    return False


_BOXES = frozenset(("step", "status", "stage", "badge", "chip", "pill"))


def _breaks(tag: str, frame: Frame) -> int:
    """Return the line breaks around an element; a step, badge or chip stands apart although it runs inline."""
    return _BREAKS.get(tag, 0) or int(tag in _APART and not _BOXES.isdisjoint(frame.own))


def _enter(element: Any, layout: Layout, stack: list[Frame]) -> None:
    tag = str(element.tag)
    frame = _framed(element, stack)
    breaks = _breaks(tag, frame)
    if breaks:
        layout.flush(stack[-1])
        layout.breaks = max(layout.breaks, breaks)
    elif tag in _APART and layout.closed and layout.held and layout.buffer[-1][-1:].isalnum():
        layout.add(" ", linked=False)
    if tag in ("sup", "a"):
        layout.opened.append((layout.held, tag == "sup"))
    stack.append(frame)
    if element.text:
        layout.add(element.text, linked=frame.linked, pre=tag == "pre")


def _leave(element: Any, layout: Layout, stack: list[Frame]) -> None:
    tag = str(element.tag)
    frame = stack.pop()
    if tag in ("sup", "a"):
        _mark(element, layout, raised=tag == "sup")
    breaks = _breaks(tag, frame)
    if breaks:
        layout.flush(frame)
        layout.breaks = max(layout.breaks, breaks)
    elif tag in _APART:
        layout.closed = bool(layout.held)
    _tail(element, layout, stack[-1])


def _mark(element: Any, layout: Layout, *, raised: bool) -> None:
    """Keep a raised figure or a link to a note as a citation mark; forget other links."""
    while layout.opened:
        start, kind = layout.opened.pop()
        if kind != raised:
            continue
        figure = _FIGURE.fullmatch(layout.since(start).strip())
        last = layout.raised[-1] if layout.raised else (0, -1, False)
        if (
            figure
            and (raised or (element.get("href") or "").startswith("#"))
            and not (last[2] and last[1] == layout.held)
        ):
            layout.raised.append((start, layout.held, raised))
        return


_FIGURE = re.compile(r"[\[(]?\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,9}\s?[\])]?")


def _words(element: Any) -> str:
    """Return the words of a table cell, white space single, hidden and skipped elements left out."""
    pieces: list[str] = [element.text or ""]
    for inner in element.iterdescendants():
        shown = isinstance(inner.tag, str) and inner.tag not in _SKIPPED
        if shown and inner.tag in _BREAKS:
            pieces.append(" ")
        if shown and not any(
            str(up.tag) in _SKIPPED for up in inner.iterancestors("script", "style", "svg", "template")
        ):
            pieces.append(inner.text or "")
        if inner.tail:
            pieces.append((" " if shown and inner.tag in _BREAKS else "") + inner.tail)
    return " ".join(SPACE.sub(" ", "".join(pieces)).split(" ")).strip()
