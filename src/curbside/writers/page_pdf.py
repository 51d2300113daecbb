"""A printed page as PDF, drawn by WeasyPrint from the HTML of the same page: tagged, outlined, its sheets numbered.

Drawing fetches nothing. `python -m curbside.writers.page_pdf` draws the HTML on its standard input, so that a server
can have it done by a process of its own, which it may end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module

from curbside.errors import FormMissing
from curbside.writers.blocks import Paragraph, PrintedPage, Run, Tone
from curbside.writers.page_html import page_html

PANGO = (
    "PDF needs the library Pango, which is not installed here. On Debian and Ubuntu: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
)
MISSING = 3
"""Exit code where something is not installed; what it is stands on standard error."""
_NAMED = 40


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing.

    Attributes:
        pdf: the file.
        unseen: characters that no font of this machine draws, in order of their code points.
    """

    pdf: bytes
    unseen: str = ""


Draw = Callable[[str, str], Drawn]
"""Draws HTML under an identity."""


def page_pdf(page: PrintedPage, draw: Draw | None = None) -> bytes:
    """Return a page as a PDF; where no font draws some of its characters, a line on the first sheet says which.

    Raises:
        FormMissing: if WeasyPrint or what it stands on is not installed.
    """
    with_this = draw or drawn
    first = with_this(page_html(page), page.identity)
    if not first.unseen:
        return first.pdf
    noted = replace(page, over=(*page.over, Paragraph((Run(_told(first.unseen)),), Tone.WARNING)))
    return with_this(page_html(noted), page.identity).pdf


def _told(unseen: str) -> str:
    codes = [f"U+{ord(sign):04X}" for sign in unseen]
    more = f" and {len(codes) - _NAMED} more" if len(codes) > _NAMED else ""
    return (
        "No font of the machine that made this file draws these characters, so boxes stand for them: "
        f"{', '.join(codes[:_NAMED])}{more}. The other forms of this text hold them."
    )


def drawn(html: str, identity: str) -> Drawn:
    """Draw HTML, in this process.

    Raises:
        FormMissing: if WeasyPrint or what it stands on is not installed.
    """
    try:
        weasyprint = import_module("weasyprint")
    except ModuleNotFoundError as error:
        raise FormMissing(f"PDF needs the package {error.name}: pip install 'curbside[documents]'") from error
    except OSError as error:  # what it loads beside Python
        raise FormMissing(PANGO) from error
    # The numbers of lists stand in attributes that are read only as presentational hints.
    options = {"pdf_variant": "pdf/ua-1", "pdf_identifier": identity[:32].encode("ascii"), "presentational_hints": True}
    nothing = weasyprint.URLFetcher(allowed_protocols=())  # neither the network, nor a file of this machine
    document = weasyprint.HTML(string=html, url_fetcher=nothing).render(**options)
    pdf: bytes = document.write_pdf(**options)
    missing: set[int] = {code for font in document.fonts.values() for code in font.missing}
    return Drawn(pdf, "".join(map(chr, sorted(missing))))


def main() -> int:
    """Draw standard input under the identity given; write the unseen characters' codes, a line break, and the PDF."""
    if hasattr(os, "nice"):
        os.nice(5)  # whoever reads pages meanwhile goes first
    try:
        made = drawn(sys.stdin.buffer.read().decode("utf-8"), sys.argv[1])
    except FormMissing as error:
        sys.stderr.write(str(error))
        return MISSING
    codes = " ".join(str(ord(sign)) for sign in made.unseen)
    sys.stdout.buffer.write(codes.encode("ascii") + b"\n" + made.pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
