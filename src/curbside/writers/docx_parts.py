"""Parts of a Word file that python-docx has no words for: bookmarks, links, lists that begin anywhere, fields.

Elements and attributes: ECMA-376, Part 1, chapter 17 (WordprocessingML).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_UNUSED = frozenset({"thumbnail", "stylesWithEffects", "customXml"})
_INDENT = 420
"""Twentieths of a point by which items of a list stand in."""
_BEHIND = tuple(
    f"w:{name}"
    for name in (
        *("shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
        *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind"),
        *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    )
)
"""What stands behind the borders among a paragraph's properties; Word refuses another order."""


def made(tag: str, **values: str) -> Any:
    """Return an element; `values` are its attributes in Word's namespace."""
    oxml = import_module("docx.oxml")
    found = oxml.OxmlElement(tag)
    ns = import_module("docx.oxml.ns")
    for name, value in values.items():
        found.set(ns.qn(f"w:{name}"), value)
    return found


def element(parent: Any, tag: str, **values: str) -> Any:
    """Append an element to `parent` and return it."""
    child = made(tag, **values)
    parent.append(child)
    return child


class Marks:
    """Bookmarks, and links to them and elsewhere."""

    def __init__(self, style: str) -> None:
        """Let links have the style of an id."""
        self._style = style
        self._count = 0

    def begin(self, paragraph: Any, anchor: str) -> None:
        """Begin a bookmark at the end of what stands in a paragraph."""
        self._count += 1
        element(paragraph._p, "w:bookmarkStart", id=str(self._count), name=anchor)

    def end(self, paragraph: Any) -> None:
        """End the bookmark begun last."""
        element(paragraph._p, "w:bookmarkEnd", id=str(self._count))

    def lead(self, paragraph: Any, run: Any, anchor: str = "", href: str = "", said: str = "") -> None:
        """Make a run of a paragraph a link to a bookmark or an address; `said` is shown over it."""
        run._r.style = self._style
        if anchor:
            link = made("w:hyperlink", anchor=anchor, history="1")
        else:
            key = paragraph.part.relate_to(href, _LINK, is_external=True)
            link = made("w:hyperlink", history="1")
            link.set(import_module("docx.oxml.ns").qn("r:id"), key)
        if said:
            link.set(import_module("docx.oxml.ns").qn("w:tooltip"), said)
        run._r.addprevious(link)
        link.append(run._r)


class Numbering:
    """Lists of a document: of numbers from any on, or of bullets."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        for each in list(self._root):
            self._root.remove(each)
        self._lists = 0
        self._form("0", "decimal", "%1.")
        self._form("1", "bullet", "•")

    @property
    def indent(self) -> int:
        """How far text of an item stands in, in the unit of python-docx (635 of them are a twentieth of a point)."""
        return _INDENT * 635

    def _form(self, id: str, kind: str, text: str) -> None:
        form = element(self._root, "w:abstractNum", abstractNumId=id)
        element(form, "w:multiLevelType", val="singleLevel")
        level = element(form, "w:lvl", ilvl="0")
        element(level, "w:start", val="1")
        element(level, "w:numFmt", val=kind)
        element(level, "w:lvlText", val=text)
        element(level, "w:lvlJc", val="left")
        element(element(level, "w:pPr"), "w:ind", left=str(_INDENT), hanging=str(_INDENT))

    def begin(self, number: int) -> int:
        """Begin a list whose first item has a number, 0 for bullets; return what its items are put under."""
        self._lists += 1
        one = element(self._root, "w:num", numId=str(self._lists))
        element(one, "w:abstractNumId", val="0" if number else "1")
        if number:
            element(element(one, "w:lvlOverride", ilvl="0"), "w:startOverride", val=str(number))
        return self._lists

    def put(self, paragraph: Any, list_id: int) -> None:
        """Make a paragraph an item of a list."""
        place = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        place.get_or_add_ilvl().val = 0
        place.get_or_add_numId().val = list_id


def field(paragraph: Any, code: str) -> None:
    """Append a field (PAGE, NUMPAGES) that Word fills in."""
    whole = element(paragraph._p, "w:fldSimple", instr=code)
    element(element(whole, "w:r"), "w:t").text = "1"


def paragraph_way(paragraph: Any, turned: bool) -> None:
    """Let a paragraph run from right to left where its words do."""
    if turned:
        paragraph._p.get_or_add_pPr().insert_element_before(made("w:bidi"), *_BEHIND[_BEHIND.index("w:bidi") + 1 :])


def margins(style: Any, ink: str) -> None:
    """Draw a line beside the paragraphs of a style."""
    edges = made("w:pBdr")
    element(edges, "w:left", val="single", sz="12", space="6", color=ink)
    style.element.get_or_add_pPr().insert_element_before(edges, *_BEHIND)


def font(style: Any, name: str, size: Any, language: str) -> None:
    """Set the font of a style for every script, its size, and its language."""
    style.font.name, style.font.size = name, size
    told = style.element.get_or_add_rPr()
    fonts = told.get_or_add_rFonts()
    qn = import_module("docx.oxml.ns").qn
    for old in [key for key in fonts.attrib if "heme" in key]:
        del fonts.attrib[old]
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), name)
    for old in told.findall(qn("w:lang")):
        told.remove(old)
    element(told, "w:lang", val=language, eastAsia="zh-CN", bidi="ar-SA")


def lean(document: Any) -> None:
    """Take out what the template brings along and nothing here uses: its own picture, a second set of styles."""
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, each in rels.items() if each.reltype.rpartition("/")[2] in _UNUSED]:
            del rels[key]
