"""The body and back matter of a JATS article: sections, paragraphs, lists, boxes, captions, notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from curbside.language.labels import category as label_category
from curbside.readers.inline import squeezed
from curbside.readers.jats_flow import HREF, Flow, plain
from curbside.readers.jats_pen import Pen
from curbside.readers.jats_tables import read_table
from curbside.records import BlockKind, Category

_BY_TYPE: dict[str, Category] = {
    "intro": Category.BACKGROUND,
    "introduction": Category.BACKGROUND,
    "background": Category.BACKGROUND,
    "objective": Category.OBJECTIVE,
    "methods": Category.METHODS,
    "materials|methods": Category.METHODS,
    "materials and methods": Category.METHODS,
    "subjects": Category.METHODS,
    "results": Category.RESULTS,
    "cases": Category.RESULTS,
    "results|discussion": Category.RESULTS,
    "discussion": Category.CONCLUSIONS,
    "conclusions": Category.CONCLUSIONS,
    "conclusion": Category.CONCLUSIONS,
}
"""`sec-type` -> what the section does."""

_ASIDE = re.compile(
    r"supplement|supporting|additional|availability|abbreviation|acknowledg|contribution|conflict|competing|disclosure"
    r"|consent|ethic|funding|publication|appendix|declaration",
    re.IGNORECASE,
)
"""Headings of what stands beside the study, whatever other words they hold."""

_DEEPEST = 40
_NUMBERING = re.compile(r"^\s{0,3}(?:\d{1,2}\.?){1,4}\s{1,3}|^\s{0,3}[IVX]{1,4}\.\s{1,3}")


def category_of(section: Any, heading: str, outer: Category) -> Category:
    """Return what a section does: by its type, by its heading where nothing around it says, else as its parent."""
    typed = _BY_TYPE.get((section.get("sec-type") or "").lower().strip())
    if typed is not None:
        return typed
    if outer is not Category.NONE or not heading or _ASIDE.search(heading):
        return Category.NONE
    return label_category(_NUMBERING.sub("", heading))


def write_section(section: Any, pen: Pen, outer: Category = Category.NONE) -> None:
    """Write a `sec` with everything in it."""
    title = section.find("title")
    heading = plain(title)
    label = plain(section.find("label"))
    category = category_of(section, heading, outer)
    with pen.section(title, category, label):
        write_children(section, pen, category if category is not Category.NONE else outer)


def write_children(element: Any, pen: Pen, outer: Category = Category.NONE) -> None:
    """Write the blocks inside an element, its own title and label left out; stray text between them is a block too."""
    if pen.depth > _DEEPEST:
        flow = Flow(pen.listed.keys, cell=True)
        flow.walk(element)
        pen.write(flow, BlockKind.PARAGRAPH)
        return
    pen.depth += 1
    _stray(element.text, pen)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            if child.tag == "sec":
                write_section(child, pen, outer)
            else:
                _HANDLERS.get(child.tag, _paragraph)(child, pen)
        _stray(child.tail, pen)
    pen.depth -= 1


def write_rest(element: Any, pen: Pen) -> None:
    """Write what interrupts a paragraph or floats out of it."""
    if pen.depth > _DEEPEST or element.tag not in _HANDLERS:
        write_children(element, pen)
        return
    pen.depth += 1
    _HANDLERS[element.tag](element, pen)
    pen.depth -= 1


def _stray(text: str | None, pen: Pen) -> None:
    if text and not text.isspace():
        pen.builder.block(squeezed(text))


def _paragraph(element: Any, pen: Pen) -> None:
    pen.paragraph(element)


def _list(element: Any, pen: Pen) -> None:
    _stray(element.text, pen)
    for item in element:
        if item.tag == "list-item":
            _item(item, pen)
        elif item.tag == "title":
            pen.paragraph(item)
        elif isinstance(item.tag, str) and item.tag != "label":
            write_rest(item, pen)
        _stray(item.tail, pen)


def _item(item: Any, pen: Pen) -> None:
    lead = plain(item.find("label"))
    _stray(item.text, pen)
    for child in item:
        if child.tag == "p":
            pen.paragraph(child, BlockKind.ITEM, lead)
            lead = ""
        elif isinstance(child.tag, str) and child.tag not in ("label", "title"):
            write_rest(child, pen)
        _stray(child.tail, pen)


def _definitions(element: Any, pen: Pen) -> None:
    for title in element.iterchildren("title"):
        pen.paragraph(title)
    for item in element.iterchildren("def-item"):
        flow = Flow(pen.listed.keys)
        for term in item.iterchildren("term"):
            flow.space()
            flow.walk(term)
        if flow.length and item.find("def") is not None and not flow.ending().rstrip().endswith((":", "=", ",")):
            flow.add(":")
        for meaning in item.iterchildren("def"):
            for child in meaning:
                flow.space()
                flow.walk(child)
            if not len(meaning):
                flow.space()
                flow.walk(meaning)
        pen.write(flow, BlockKind.ITEM)
    for inner in element.iterchildren("def-list"):
        _definitions(inner, pen)


def _figure(element: Any, pen: Pen) -> None:
    _, caption = pen.caption(element)
    for child in element:
        if child.tag in ("fig", "table-wrap", "p", "attrib", "supplementary-material"):
            write_rest(child, pen)
    if caption is None and element.find("caption") is None and (spoken := element.find("alt-text")) is not None:
        pen.paragraph(spoken, BlockKind.CAPTION)


def _supplement(element: Any, pen: Pen) -> None:
    pen.caption(element)
    for child in element:
        if child.tag in ("p", "media", "fig", "table-wrap"):
            write_rest(child, pen)


def _table_group(element: Any, pen: Pen) -> None:
    pen.caption(element)
    for child in element.iterchildren("table-wrap"):
        read_table(child, pen)


def _box(element: Any, pen: Pen) -> None:
    caption = element.find("caption")
    title = element.find("title")
    if title is None and caption is not None:
        title = caption.find("title")
    with pen.section(title, Category.NONE, plain(element.find("label"))):
        for paragraph in caption.iterchildren("p") if caption is not None else ():
            pen.paragraph(paragraph)
        write_children(element, pen)


def _note(element: Any, pen: Pen) -> None:
    lead = plain(element.find("label"))
    for child in element:
        if not isinstance(child.tag, str) or child.tag == "label":
            continue
        if child.tag == "p":
            pen.paragraph(child, BlockKind.FOOTNOTE, lead)
            lead = ""
        else:
            write_rest(child, pen)


def _titled(element: Any, pen: Pen) -> None:
    """Write back matter that has a title of its own: acknowledgements, notes, appendices, glossaries."""
    title = element.find("title")
    with pen.section(title, Category.NONE, plain(element.find("label"))):
        write_children(element, pen)


def _transparent(element: Any, pen: Pen) -> None:
    write_children(element, pen)


def _lines(element: Any, pen: Pen) -> None:
    for line in element.iter("verse-line"):
        pen.paragraph(line)


def _link(element: Any, pen: Pen) -> None:
    if "".join(element.itertext()).strip():
        pen.paragraph(element)
    elif address := element.get(HREF):
        pen.builder.block(address)


_LEFT_OUT = frozenset(
    {
        *("title", "label", "sec-meta", "ref-list", "ref", "caption", "object-id", "graphic", "alt-text", "long-desc"),
        *("fn-meta", "permissions", "contrib-group", "kwd-group", "subj-group", "title-group", "processing-meta"),
    }
)
"""What is written elsewhere (titles, captions, the reference list) or is no text."""

_HANDLERS: dict[str, Callable[[Any, Pen], None]] = {
    "p": _paragraph,
    "list": _list,
    "def-list": _definitions,
    "glossary": _titled,
    "fig": _figure,
    "fig-group": _figure,
    "table-wrap": read_table,
    "table-wrap-group": _table_group,
    "supplementary-material": _supplement,
    "media": _supplement,
    "boxed-text": _box,
    "disp-quote": _transparent,
    "statement": _titled,
    "speech": _transparent,
    "verse-group": _lines,
    "fn": _note,
    "fn-group": _titled,
    "ack": _titled,
    "notes": _titled,
    "app": _titled,
    "app-group": _titled,
    "bio": _titled,
    "uri": _link,
    "ext-link": _link,
}
"""Element -> what writes it; anything else is a paragraph of its own."""


def write_body(article: Any, pen: Pen) -> None:
    """Write body, floats and back matter of an article into the open part, the reference list left out."""
    for body in article.iterchildren("body"):
        write_children(body, pen)
    for floats in article.iterchildren("floats-group", "floats-wrap"):
        write_children(floats, pen)
    for back in article.iterchildren("back"):
        write_children(back, pen)
