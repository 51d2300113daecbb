"""Lays an HTML page out as lines of text, as a reader would see it; what is hidden stays out and is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from lxml import etree, html

from curbside.readers import pages_meta, pages_tables
from curbside.readers.markdown_tables import caption_label
from curbside.readers.pages_sheet import Line, Sheet
from curbside.records import BlockKind, Problem, Span, Table

DEEPEST = 90
"""Elements nested deeper than this are taken as flat: the parser would stop reading there."""

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
_HIDDEN_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|opacity\s{0,3}:\s{0,3}0(?:\.0{1,4})?\s{0,3}(?:;|!|$)|font-size\s{0,3}:\s{0,3}[01](?:px|pt|em)?\s{0,3}(?:;|!|$)"
    r"|(?:left|top|text-indent)\s{0,3}:\s{0,3}-\d{3,5}|(?<!-)color\s{0,3}:\s{0,3}transparent|clip\s{0,3}:\s{0,3}rect\(\s?0|(?:max-)?height\s{0,3}:\s{0,3}0(?:px)?\s{0,3}(?:;|$)",
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
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class _Frame:
    """An open element."""

    tag: str
    chrome: bool
    level: int
    kind: BlockKind | None
    hints: frozenset[str]
    linked: bool
    ground: bool
    own: frozenset[str] = frozenset()


@dataclass(slots=True)
class Layout:
    """Text and lines as they grow.

    Attributes:
        hidden: code points of text left out because the page hides them.
    """

    pieces: list[str] = field(default_factory=list[str])
    length: int = 0
    lines: list[Line] = field(default_factory=list[Line])
    marks: list[tuple[Span, bool]] = field(default_factory=list[tuple[Span, bool]])
    tables: list[Table] = field(default_factory=list[Table])
    hidden: int = 0
    buffer: list[str] = field(default_factory=list[str])
    held: int = 0
    linked: int = 0
    breaks: int = 0
    closed: bool = False
    raised: list[tuple[int, int, bool]] = field(default_factory=list[tuple[int, int, bool]])

    def add(self, words: str, *, linked: bool, pre: bool = False) -> None:
        """Add running text; white space collapses as browsers do it, other blanks stay."""
        if not pre:
            words = _SPACE.sub(" ", words)
            if not self.held or self.buffer[-1].endswith(" "):
                words = words.lstrip(" ")
        if not words:
            return
        self.buffer.append(words)
        self.held += len(words)
        self.linked += len(words) if linked else 0
        self.closed = False

    def flush(self, frame: _Frame) -> None:
        """End the line, if it holds words."""
        raw = "".join(self.buffer)
        words = raw.rstrip(" \t\n\r\f\u00a0")
        skipped = len(words) - len(words.lstrip(" \t\n\r\f\u00a0"))
        words = words[skipped:]
        if words:
            gap = self._separate()
            span = Span(self.length, self.length + len(words))
            for start, end, raised in self.raised:
                at = Span(max(0, start - skipped), min(end - skipped, len(words))).moved(span.start)
                if at.end > at.start:
                    self.marks.append((at, raised))
            linked = min(1.0, self.linked / len(words))
            single = " ".join(words.split())
            line = Line(span, single, gap, False, 0, frame.level, frame.kind, frame.chrome, linked, frame.hints)
            self._put(words, line)
        self.buffer, self.held, self.linked, self.raised = [], 0, 0, []

    def _separate(self) -> int:
        """Append the line breaks due; return the number of blank lines among them."""
        gap = 1 if self.breaks > 1 or not self.length else 0
        if self.length:
            self.pieces.append("\n\n" if gap else "\n")
            self.length += 2 if gap else 1
        self.breaks = 0
        return gap

    def _put(self, words: str, line: Line) -> None:
        self.pieces.append(words)
        self.length += len(words)
        self.lines.append(line)

    def table(self, grid: pages_tables.Grid, frame: _Frame) -> None:
        """Write a data table: its caption as a line, then all rows as one line of kind TABLE."""
        caption = label = None
        self.breaks = 2
        if grid.caption:
            gap = self._separate()
            caption = Span(self.length, self.length + len(grid.caption))
            named = caption_label(grid.caption)
            label = Span(caption.start, caption.start + len(named)) if named else None
            line = Line(caption, " ".join(grid.caption.split()), gap, kind=BlockKind.CAPTION, chrome=frame.chrome)
            self._put(grid.caption, line)
            self.breaks = 1
        start = self.length + (0 if not self.length else 2 if self.breaks > 1 else 1)
        text, table = pages_tables.placed(grid, start, caption, label)
        if text.strip():
            gap = self._separate()
            span = Span(self.length, self.length + len(text))
            single = " ".join(text.split())
            self._put(text, Line(span, single, gap, kind=BlockKind.TABLE, chrome=frame.chrome, hints=frame.hints))
            self.tables.append(table)
        self.breaks = 2


def laid_out(source: str, origin: str) -> tuple[Sheet, list[Problem]]:
    """Return an HTML page as a sheet, with remarks on what it hides."""
    root = _parsed(source)
    if root is None:
        return Sheet("", ()), []
    layout = Layout()
    hiding = _hiding_rules(root)
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
        (meta.get("lang") or ("",))[0],
    )
    problems: list[Problem] = []
    if layout.hidden > 200:
        what = f"The page hides {layout.hidden} characters of text from its readers; they were left out."
        problems.append(Problem(what, origin, lost=False))
    return sheet, problems


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


def _flattened(source: str) -> str:
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


def _parsed(source: str) -> Any:
    source = re.sub(r"^\s{0,99}<\?xml[^>]{0,200}\?>", "", source.lstrip("\ufeff").replace("\x00", ""))
    if not source.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = _flattened(source).encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _hiding_rules(root: Any) -> frozenset[str]:
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


def _walk(root: Any, layout: Layout, hiding: frozenset[str]) -> None:
    """Walk the tree without recursion and lay out what can be seen."""
    stack = [_Frame("html", False, 0, None, frozenset(), False, False)]
    walker: Any = etree.iterwalk(root, events=("start", "end"))
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


def _tail(element: Any, layout: Layout, frame: _Frame) -> None:
    if element.tail:
        layout.add(element.tail, linked=frame.linked, pre=frame.tag == "pre")


def _skip(element: Any, layout: Layout, hiding: frozenset[str], frame: _Frame) -> bool:
    """Tell whether an element is not shown; count the text that it hides on purpose."""
    if element.tag in _SKIPPED:
        return True
    if not hidden(element, hiding, frame):
        return False
    layout.hidden += sum(len(text.strip()) for text in element.itertext())
    return True


def hidden(element: Any, hiding: frozenset[str], frame: _Frame) -> bool:
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
    return bool(_WHITE.search(style)) and not frame.ground and not _grounded(style) and element.tag not in ("h1", "h2")


def _grounded(style: str) -> bool:
    """Tell whether a style sets a background on which white can be read."""
    found = _GROUND.search(style)
    return bool(found and not _PLAIN_GROUND.search(found["c"]))


def _framed(element: Any, stack: list[_Frame]) -> _Frame:
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
    hints = names | (above.hints if not block or len(above.hints) < 12 else frozenset())
    ground = above.ground or _grounded(element.get("style") or "") or bool(element.get("bgcolor"))
    return _Frame(
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


def _is_chrome(element: Any, tag: str, names: frozenset[str], stack: list[_Frame]) -> bool:
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


def _breaks(tag: str, frame: _Frame) -> int:
    """Return the line breaks around an element; a step, badge or chip stands apart although it runs inline."""
    return _BREAKS.get(tag, 0) or int(tag in _APART and not _BOXES.isdisjoint(frame.own))


def _enter(element: Any, layout: Layout, stack: list[_Frame]) -> None:
    tag = str(element.tag)
    frame = _framed(element, stack)
    breaks = _breaks(tag, frame)
    if breaks:
        layout.flush(stack[-1])
        layout.breaks = max(layout.breaks, breaks)
    elif tag in _APART and layout.closed and layout.held and layout.buffer[-1][-1:].isalnum():
        layout.add(" ", linked=False)
    if tag in ("sup", "a"):
        layout.raised.append((layout.held, -1, tag == "sup"))
    stack.append(frame)
    if element.text:
        layout.add(element.text, linked=frame.linked, pre=tag == "pre")


def _leave(element: Any, layout: Layout, stack: list[_Frame]) -> None:
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
    for at in range(len(layout.raised) - 1, -1, -1):
        start, end, kind = layout.raised[at]
        if end == -1 and kind == raised:
            del layout.raised[at]
            words = "".join(layout.buffer)[start:] if layout.held - start < 40 else ""
            target = element.get("href") or ""
            if re.fullmatch(r"[\[(]?\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,9}\s?[\])]?", words.strip()) and (
                raised or target.startswith("#")
            ):
                if not (layout.raised and layout.raised[-1][2] and layout.raised[-1][1] == layout.held):
                    layout.raised.append((start, layout.held, raised))
            return


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
    return " ".join(_SPACE.sub(" ", "".join(pieces)).split(" ")).strip()
