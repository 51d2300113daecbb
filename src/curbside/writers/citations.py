"""Every form in which a citation can be had, in one table; the command line, the API and the pages offer these.

What goes into HTML is escaped here: nothing that a source wrote is markup; the journal's italics are, and are ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from curbside.records import Document
from curbside.writers.ama import ama, ama_cited, plain_cited, plain_line
from curbside.writers.bibtex import entries
from curbside.writers.csl import csl
from curbside.writers.fields import one_line
from curbside.writers.nbib import nbib
from curbside.writers.nlm import nlm, nlm_cited
from curbside.writers.periodical import Cited
from curbside.writers.ris import ris
from curbside.writers.signs import marked

_IN_PIECES: Mapping[str, Callable[[Document], Cited]] = {"nlm": nlm_cited, "ama": ama_cited, "plain": plain_cited}


def citation_html(document: Document, style: str = "nlm") -> str:
    """Return a citation as an HTML fragment: everything escaped, the journal in `<i>`, unseen signs shown.

    Raises:
        KeyError: for a style that is no line of text ("nlm", "ama", "plain" are).
    """
    before, journal, after = _IN_PIECES[style](document)
    named = f"<i>{marked(_kept(journal))}</i>" if journal.strip() else ""
    return f"{marked(_kept(before))}{named}{marked(_kept(after))}".strip()


def _kept(piece: str) -> str:
    """Return a piece with its blanks run together; one blank at either end stays. Unseen signs stay for `marked`."""
    words = " ".join(piece.split())
    return f"{' ' * piece[:1].isspace()}{words}{' ' * piece[-1:].isspace()}" if words else ""


def _lined(write: Callable[[Document], str]) -> Callable[[Iterable[Document]], str]:
    return lambda documents: "".join(f"{write(document).rstrip()}\n" for document in documents)


def _records(write: Callable[[Document], str]) -> Callable[[Iterable[Document]], str]:
    return lambda documents: "".join(write(document) for document in documents)


def _csl(documents: Iterable[Document]) -> str:
    return json.dumps([csl(document) for document in documents], ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class CitationForm:
    """A form of citations.

    Attributes:
        label: how it is called on a page.
        media: its media type.
        ending: of a file in it.
        write: the citations of some documents as one text.
        line: whether each is a line that is copied, rather than a record that is saved as a file.
    """

    label: str
    media: str
    ending: str
    write: Callable[[Iterable[Document]], str]
    line: bool = False


CITATIONS: Mapping[str, CitationForm] = MappingProxyType(
    {
        "nlm": CitationForm("NLM (Vancouver)", "text/plain", "txt", _lined(nlm), True),
        "ama": CitationForm("AMA", "text/plain", "txt", _lined(ama), True),
        "plain": CitationForm("Plain", "text/plain", "txt", _lined(plain_line), True),
        "bibtex": CitationForm("BibTeX", "application/x-bibtex", "bib", lambda documents: "".join(entries(documents))),
        "ris": CitationForm("RIS", "application/x-research-info-systems", "ris", _records(ris)),
        "nbib": CitationForm("NBIB", "application/nbib", "nbib", _records(nbib)),
        "csl": CitationForm("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", _csl),
        "html": CitationForm("HTML", "text/html", "html", _lined(lambda document: f"<p>{citation_html(document)}</p>")),
    }
)
"""Name of a form -> what it is; `write` takes documents and gives one text."""


def citation(document: Document, style: str) -> str:
    """Return the citation of one document, without a blank line at its end.

    Raises:
        KeyError: if `CITATIONS` does not name the style.
    """
    return CITATIONS[style].write([document]).rstrip("\n")


def copyable(document: Document) -> tuple[tuple[str, str, str], ...]:
    """Return (name, label, words) of each form that is a line, for copying from a page."""
    return tuple(
        (name, form.label, one_line(citation(document, name))) for name, form in CITATIONS.items() if form.line
    )
