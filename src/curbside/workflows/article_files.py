"""Articles as files: one page, written in each form by its writer; PDF is drawn by a process of its own.

What draws a PDF loads libraries that are not Python's and works for a second or more: in a process of its own it holds
up nobody who reads pages meanwhile, and can be ended, or end badly, without anybody else.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from types import MappingProxyType

from curbside import __version__
from curbside.errors import FormMissing, LibraryBusy
from curbside.records import ArticleState
from curbside.records.article_sheet import ArticleSheet
from curbside.writers.article_page import article_page
from curbside.writers.blocks import PrintedPage
from curbside.writers.page_docx import page_docx
from curbside.writers.page_html import page_html
from curbside.writers.page_markdown import page_markdown
from curbside.writers.page_pdf import MISSING, Drawn, page_pdf

LONGEST_S = 90
"""How long one drawing may take."""


@dataclass(frozen=True, slots=True)
class ArticleForm:
    """A form in which an article is written out.

    Attributes:
        label: as people call it.
        media: media type.
        write: writes it.
        package: that it needs beyond Curbside's own, "" for none.
    """

    label: str
    media: str
    write: Callable[[PrintedPage], bytes]
    package: str = ""

    @property
    def text(self) -> bool:
        """Whether a file of it is text to print."""
        return self.media.startswith("text/")

    @property
    def there(self) -> bool:
        """Whether its package is installed here."""
        return not self.package or find_spec(self.package) is not None


def drawn_apart(html: str, identity: str) -> Drawn:
    """Draw HTML in a process of its own.

    Raises:
        FormMissing: if something is not installed, with what.
        LibraryBusy: if it takes too long.
    """
    command = [sys.executable, "-P", "-m", "curbside.writers.page_pdf", identity]
    try:
        done = subprocess.run(command, input=html.encode(), capture_output=True, timeout=LONGEST_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise LibraryBusy("The PDF was not finished in time. Try again later, or take another form.") from error
    if done.returncode == MISSING:
        raise FormMissing(done.stderr.decode("utf-8", "replace"))
    if done.returncode:
        raise FormMissing(
            f"The PDF could not be drawn here: what draws it ended with {done.returncode}. Where no font is installed "
            "that is why; on Debian and Ubuntu: apt-get install fonts-dejavu-core. The other forms need nothing."
        )
    codes, _, pdf = done.stdout.partition(b"\n")
    return Drawn(pdf, "".join(chr(int(code)) for code in codes.split()))


def _text(write: Callable[[PrintedPage], str]) -> Callable[[PrintedPage], bytes]:
    return lambda page: write(page).encode("utf-8")


ARTICLE_FORMS: Mapping[str, ArticleForm] = MappingProxyType(
    {
        "md": ArticleForm("Markdown", "text/markdown; charset=utf-8", _text(page_markdown)),
        "html": ArticleForm("HTML", "text/html; charset=utf-8", _text(page_html)),
        "docx": ArticleForm(
            "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", page_docx, "docx"
        ),
        "pdf": ArticleForm("PDF", "application/pdf", lambda page: page_pdf(page, drawn_apart), "weasyprint"),
    }
)
"""Form, which is the ending of its file -> how an article is written in it."""


def article_file(sheet: ArticleSheet, form: str) -> bytes:
    """Return an article as a file of one of `ARTICLE_FORMS`.

    Raises:
        FormMissing: if what writes it is not installed.
        LibraryBusy: if it takes too long.
    """
    return ARTICLE_FORMS[form].write(article_page(sheet))


def file_key(sheet: ArticleSheet, form: str) -> str:
    """Return what names the content of a file: another state, another signature, or another release is another key."""
    return f"{sheet.identity[:32]}-{__version__}-{form}"


def file_name(sheet: ArticleSheet, form: str) -> str:
    """Return the name that a file is kept under; where the article is not approved its name says so."""
    state = "" if sheet.stands else "-" + ("not-the-latest" if not sheet.latest else sheet.state.replace(" ", "-"))
    if sheet.state is ArticleState.WITHDRAWN:
        state = "-withdrawn"
    return f"curbside-{sheet.article}-v{sheet.version.number}{state}.{form}"
