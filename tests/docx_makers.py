"""Word files to test with, as small as they can be."""

from __future__ import annotations

import io
import zipfile
from html import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f"""<w:styles xmlns:w="{_W}"><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style></w:styles>"""


def p(words: str, style: str = "", inside: str = "") -> str:
    """A paragraph; `inside` is XML behind its words."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{escape(words)}</w:t></w:r>{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of rows of cells."""
    made = "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{made}</w:tbl>"


def docx(*blocks: str, more: dict[str, str] | None = None, body: str = "") -> bytes:
    """A Word file of blocks of XML; `more` are further parts, `body` all of the text's XML in their place."""
    whole = body or f'<w:document xmlns:w="{_W}"><w:body>{"".join(blocks)}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", whole)
        for name, text in {"word/styles.xml": STYLES, **(more or {})}.items():
            archive.writestr(name, text)
    return out.getvalue()
