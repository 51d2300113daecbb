"""A printed page as a Word file (Office Open XML), laid out with python-docx: real headings, lists, tables and links.

The same page gives the same bytes: times in the file are those of the page, and members of the archive carry none.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import Any

from curbside.errors import FormMissing
from curbside.writers.blocks import (
    Block,
    Heading,
    Items,
    Paragraph,
    PrintedPage,
    Run,
    Runs,
    Table,
    Tone,
    turned,
    words_of,
)
from curbside.writers.docx_parts import Marks, Numbering, element, field, font, lean, margins, paragraph_way

_STYLES = {
    Tone.PLAIN: "Normal",
    Tone.SMALL: "Curbside Small",
    Tone.QUOTE: "Curbside Quote",
    Tone.NOTE: "Curbside Note",
    Tone.WARNING: "Curbside Warning",
}
_WIDTH = 6_120_000
"""Width of a line, in the unit of python-docx (36,000 to the millimetre)."""
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every member of the archive: the earliest that the form can hold."""


def page_docx(page: PrintedPage) -> bytes:
    """Return a page as a DOCX file.

    Raises:
        FormMissing: if python-docx is not installed.
    """
    try:
        made: Any = import_module("docx").Document()
    except ModuleNotFoundError as error:
        raise FormMissing(f"DOCX needs the package {error.name}: pip install 'curbside[documents]'") from error
    lean(made)
    _properties(made, page)
    _styles(made, page)
    _edges(made, page)
    writer = _Writer(made)
    writer.title(page.title)
    for paragraph in page.over:
        writer.paragraph(paragraph)
    for block in page.blocks:
        writer.block(block)
    held = BytesIO()
    made.save(held)
    return _still(held.getvalue())


class _Writer:
    """Lays blocks into a Word document, one after the other."""

    def __init__(self, made: Any) -> None:
        self._made = made
        # By their ids: each use of a style by its name would look all of them through.
        self._ids = {style.name: style.style_id for style in made.styles}
        self._marks = Marks(self._ids["Hyperlink"])
        self._numbering = Numbering(made)

    def title(self, words: str) -> None:
        """Write the title."""
        self._fill(self._paragraph("Title"), (Run(words),))

    def block(self, block: Block) -> None:
        """Write a block."""
        match block:
            case Heading():
                # Word's first level below the title is its "Heading 1".
                self._fill(self._paragraph(f"Heading {block.level - 1}"), (Run(block.words),))
            case Paragraph():
                self.paragraph(block)
            case Items():
                self._items(block)
            case Table():
                self._table(block)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Write a paragraph."""
        self._fill(self._paragraph(_STYLES[paragraph.tone]), paragraph.runs)

    def _items(self, block: Items) -> None:
        expected, list_id = 0, 0
        for item in block.items:
            if not list_id or item.number != expected:
                list_id = self._numbering.begin(item.number)
            expected = item.number + 1 if item.number else 0
            first, *rest = item.parts
            made = self._paragraph("Curbside Item")
            self._numbering.put(made, list_id)
            self._fill(made, first.runs, item.anchor)
            for part in rest:
                made = self._paragraph(_STYLES[part.tone])
                made.paragraph_format.left_indent = self._numbering.indent
                self._fill(made, part.runs)

    def _table(self, table: Table) -> None:
        made = self._made.add_table(rows=1 + len(table.rows), cols=len(table.head), style="Table Grid")
        element(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
        made.autofit = False
        for column, wide in zip(made.columns, (_WIDTH * share // 100 for share in table.shares)):
            column.width = wide
            for cell in column.cells:
                cell.width = wide
        for cell, words in zip(made.rows[0].cells, table.head):
            self._cell(cell, (Run(words, strong=True),))
        for row, cells in zip(made.rows[1:], table.rows):
            element(row._tr.get_or_add_trPr(), "w:cantSplit", val="true")
            for cell, runs in zip(row.cells, cells):
                self._cell(cell, runs)
        self._paragraph("Curbside Small")

    def _cell(self, cell: Any, runs: Runs) -> None:
        cell.paragraphs[0]._p.style = self._ids["Curbside Cell"]
        self._fill(cell.paragraphs[0], runs)

    def _paragraph(self, style: str) -> Any:
        made = self._made.add_paragraph()
        made._p.style = self._ids[style]
        return made

    def _fill(self, paragraph: Any, runs: Runs, anchor: str = "") -> None:
        way = turned(words_of(runs))
        paragraph_way(paragraph, way)
        if anchor:
            self._marks.begin(paragraph, anchor)
        for run in runs:
            self._run(paragraph, run, way)
        if anchor:
            self._marks.end(paragraph)

    def _run(self, paragraph: Any, run: Run, way: bool) -> None:
        made = paragraph.add_run(run.words)
        made.bold = True if run.strong else None
        if way and turned(run.words):
            made.font.rtl = True
        if run.href.startswith("#"):
            self._marks.lead(paragraph, made, anchor=run.href[1:], said=run.said)
        elif run.href.startswith(("https://", "http://")):
            self._marks.lead(paragraph, made, href=run.href)


def _properties(made: Any, page: PrintedPage) -> None:
    """Say what the file is; Word takes at most 255 characters for each."""
    told = made.core_properties
    told.title, told.author, told.subject = page.title[:255], "; ".join(page.authors)[:255], page.about[:255]
    told.last_modified_by, told.comments, told.keywords = "Curbside", "", ""
    told.language, told.identifier, told.revision = page.language, page.place[:255], 1
    told.created, told.modified = _moment(page.created), _moment(page.modified)


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso.replace("Z", "+00:00")).replace(tzinfo=None)


def _styles(made: Any, page: PrintedPage) -> None:
    shared = import_module("docx.shared")
    kinds = import_module("docx.enum.style").WD_STYLE_TYPE
    styles, points, colour = made.styles, shared.Pt, shared.RGBColor
    font(styles["Normal"], "Calibri", points(11), page.language)
    styles["Normal"].paragraph_format.space_after = points(5)
    for name, size in (("Title", 20), ("Heading 1", 14), ("Heading 2", 12)):
        font(styles[name], "Calibri", points(size), page.language)
        styles[name].font.color.rgb = colour(0, 0, 0)
        styles[name].font.bold = True
    styles["Heading 1"].paragraph_format.space_before = points(16)
    for name, size, ink in (
        ("Curbside Small", 9, colour(0x44, 0x44, 0x44)),
        ("Curbside Quote", 9, colour(0x44, 0x44, 0x44)),
        ("Curbside Note", 11, None),
        ("Curbside Warning", 11, colour(0x8C, 0x14, 0x14)),
        ("Curbside Cell", 9.5, None),
        ("Curbside Item", 11, None),
    ):
        style = styles.add_style(name, kinds.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size = points(size)
        style.paragraph_format.space_after = points(4)
        if ink is not None:
            style.font.color.rgb = ink
    for name, ink in (("Curbside Quote", "888888"), ("Curbside Note", "888888"), ("Curbside Warning", "8C1414")):
        margins(styles[name], ink)
    styles["Curbside Item"].paragraph_format.space_before = points(8)
    link = styles.add_style("Hyperlink", kinds.CHARACTER)
    link.font.color.rgb, link.font.underline = colour(0x0B, 0x3D, 0x73), True


def _edges(made: Any, page: PrintedPage) -> None:
    """Write how the article stands on top of each sheet, its address and the page at the foot."""
    shared = import_module("docx.shared")
    ends = import_module("docx.enum.text").WD_TAB_ALIGNMENT
    section = made.sections[0]
    section.page_width, section.page_height = shared.Mm(210), shared.Mm(297)
    section.left_margin = section.right_margin = shared.Mm(20)
    section.top_margin = section.bottom_margin = shared.Mm(24)
    for edge in (section.header, section.footer):
        paragraph = edge.paragraphs[0]
        paragraph.style = "Curbside Small"
        paragraph.paragraph_format.tab_stops.add_tab_stop(shared.Mm(170), ends.RIGHT)
    top = section.header.paragraphs[0].add_run(page.running)
    top.bold = True
    if page.grave:
        top.font.color.rgb = shared.RGBColor(0x8C, 0x14, 0x14)
    section.header.paragraphs[0].add_run(f"\t{page.short}")
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{page.place}\tPage ")
    field(foot, "PAGE")
    foot.add_run(" of ")
    field(foot, "NUMPAGES")


def _still(packed: bytes) -> bytes:
    """Return an archive with the same members in the same order, none of which tells when it was packed."""
    held = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(packed)) as source,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out,
    ):
        for name in source.namelist():
            told = zipfile.ZipInfo(name, _STAMP)
            told.compress_type, told.external_attr, told.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            out.writestr(told, source.read(name))
    return held.getvalue()
