"""Small trial articles of our own writing, as JATS, for the tests of findings."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from curbside.extract.evidence import Evidence, read_evidence
from curbside.readers import read
from curbside.records import Document, Raw, sealed


def table(
    rows: Sequence[Sequence[str]], heads: int = 1, caption: str = "Outcomes", notes: Sequence[str] = (), label: int = 1
) -> str:
    """Return a JATS table; "words<3" spans three columns, "words^2" two rows; the first column heads its row."""

    def cell(words: str, head: bool) -> str:
        words, _, columns = words.partition("<")
        words, _, deep = words.partition("^")
        spans = (f' colspan="{columns}"' if columns else "") + (f' rowspan="{deep}"' if deep else "")
        name = "th" if head else "td"
        return f"<{name}{spans}>{escape(words)}</{name}>"

    def line(words: Sequence[str], head: bool) -> str:
        return "<tr>" + "".join(cell(word, head or place == 0) for place, word in enumerate(words)) + "</tr>"

    top = "".join(line(row, True) for row in rows[:heads])
    body = "".join(line(row, False) for row in rows[heads:])
    feet = "".join(f"<fn><p>{escape(note)}</p></fn>" for note in notes)
    foot = f"<table-wrap-foot>{feet}</table-wrap-foot>" if feet else ""
    return (
        f'<table-wrap id="t{label}"><label>Table {label}</label><caption><p>{escape(caption)}</p></caption>'
        f"<table><thead>{top}</thead><tbody>{body}</tbody></table>{foot}</table-wrap>"
    )


def article(results: str, methods: str = "", abstract: str = "") -> Document:
    """Return an article read from JATS; `results` and `methods` are markup, `abstract` is words."""
    text = f"""<article><front><article-meta><title-group><article-title>A trial</article-title></title-group>
    <abstract><sec><title>Results</title><p>{escape(abstract)}</p></sec></abstract></article-meta></front><body>
    <sec><title>Methods</title><p>Patients were randomised.</p>{methods}</sec>
    <sec><title>Results</title><p>Outcomes follow.</p>{results}</sec></body></article>"""
    for reading in read(Raw("trial.nxml", text.encode(), "jats")):
        if isinstance(reading.record, Document):
            return sealed(reading.record)
    raise AssertionError("the article could not be read")


def evidence(results: str, methods: str = "", abstract: str = "") -> Evidence:
    """Return what `article` makes, read for its numbers."""
    return read_evidence(article(results, methods, abstract))
