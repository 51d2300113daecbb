"""Tells which reader a file is for: by its first bytes, and by its suffix only where those do not decide."""

from __future__ import annotations

import codecs
import re

from curbside.readers import unpack
from curbside.records import Problem, Raw

HEAD = 1 << 16
"""How many unpacked bytes are looked at."""

_WORD = b"word/document.xml"
"""What a Word file names in the list at its end."""

_BINARY: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "Save its text (for example with pdftotext) or add the article's XML or web page."),
    (b"PK\x03\x04", "a zip archive or office document", "Unpack it, or save the document as .docx, text or HTML."),
    (b"PK\x05\x06", "an empty zip archive", "Add the files themselves."),
    (b"\x89PNG", "an image", "Add the text it shows."),
    (b"\xff\xd8\xff", "an image", "Add the text it shows."),
    (b"GIF8", "an image", "Add the text it shows."),
    (b"II*\x00", "an image", "Add the text it shows."),
    (b"MM\x00*", "an image", "Add the text it shows."),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as text or HTML."),
    (b"{\\rtf", "a rich text document", "Save it as plain text or HTML."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive", "Unpack it first."),
    (b"SQLite format 3", "a database", "Export its records as JSON Lines."),
    (b"PAR1", "a Parquet table", "Export its records as JSON Lines."),
    (b"\x1f\x8b\x08", "packed with gzip twice", "Unpack it once."),
)
"""(first bytes, what such a file is, what to do with it)."""

_ROWS = "Turn each row into one line of JSON (title, abstract, doi, pmid …)."
_EXPORT = "Export the references as RIS, NBIB, BibTeX or CSL-JSON."
_OTHER = "Only texts and bibliographic records can be added."
_REFUSED: dict[str, str] = {
    **dict.fromkeys(["csv", "tsv", "tab"], _ROWS),
    **dict.fromkeys(["enw", "ciw"], _EXPORT),
    **dict.fromkeys(["yaml", "yml", "toml", "ini", "py", "js", "css", "sh", "sql", "ann", "log"], _OTHER),
}
"""Suffixes of texts that are no documents, with what to do; looked at only where the content does not decide."""

_SUFFIXES: dict[str, str] = {
    "nbib": "nbib",
    "medline": "nbib",
    "ris": "ris",
    "bib": "bibtex",
    "bibtex": "bibtex",
    "jsonl": "records",
    "ndjson": "records",
    "json": "records",
    "md": "markdown",
    "markdown": "markdown",
    "mdown": "markdown",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "nxml": "jats",
    "txt": "text",
    "text": "text",
}
"""Suffix -> reader."""

_PUBMED: list[str] = ["PubmedArticleSet", "PubmedBookArticleSet", "PubmedArticle", "PubmedBookArticle"]
_MEDLINE: list[str] = ["MedlineCitationSet", "MedlineCitation", "DeleteCitation"]
_ROOTS: dict[str, str] = {
    **dict.fromkeys(_PUBMED + _MEDLINE, "pubmed"),
    **dict.fromkeys(["pmc-articleset", "pmc-article-set", "book-part-wrapper"], "jats"),
}
"""Root element -> reader, where the name alone decides."""

_HTML = frozenset(
    (
        *("html", "head", "body", "div", "main", "article", "section", "p", "h1", "h2", "h3", "header", "nav", "table"),
        *("ul", "ol", "dl", "span", "meta", "title", "a", "base", "link", "script", "style", "blockquote", "pre"),
    )
)
_JATS = re.compile(
    r"<(?:front|article-meta|journal-meta|sub-article)\b|\barticle-type\s{0,9}=|//NLM//DTD J|JATS|dtd-version"
)
_PROLOG = re.compile(
    r"\s{1,999}|<\?.{0,999}?\?>|<!--.{0,4999}?-->|<!DOCTYPE[^\[>]{0,999}(?:\[.{0,9999}?\]\s{0,99})?>", re.S | re.I
)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,60})")
_RIS = re.compile(r"^\s{0,4}TY {1,3}- {1,3}[A-Z]{3,8}\s{0,9}$", re.M)
_NBIB = re.compile(r"^PMID- ?\d|^STAT- \S", re.M)
_NBIB_TOO = re.compile(r"^(?:OWN|STAT|TI|DP|JT|TA|AB|SO|FAU|AU|LR|IS) {1,2}- |^(?:STAT|DCOM|EDAT|CRDT)- ", re.M)
_BIBTEX = re.compile(
    r"^[ \t]{0,99}@[ \t]{0,9}(?:(?:article|book|booklet|inbook|incollection|inproceedings|conference|manual|misc|report"
    r"|mastersthesis|phdthesis|thesis|proceedings|techreport|unpublished|online|electronic|www|dataset|collection)"
    r"\s{0,9}[{(]\s{0,9}[^,\s={}]{0,200}\s{0,9},|string\s{0,9}[{(]\s{0,9}\w{1,60}\s{0,9}=)",
    re.M | re.I,
)
_CSL = re.compile(
    r'"type"\s{0,9}:\s{0,9}"(?:article(?:-journal|-magazine|-newspaper)?|book|chapter|dataset|document|entry(?:-\w{1,20})?'
    r"|legal_case|legislation|manuscript|pamphlet|paper-conference|patent|post(?:-weblog)?|report|review(?:-book)?|speech"
    r'|standard|thesis|webpage)"'
)
_CSL_TOO = re.compile(r'"(?:issued|container-title(?:-short)?|citation-key|DOI|ISSN|accessed)"\s{0,9}:')
_MARKDOWN = re.compile(r"\A(?:---[ \t]{0,9}\r?\n[A-Za-z_][\w -]{0,60}:|\s{0,99}#{1,3} \S)")
_OPENALEX_ID = re.compile(r'"https?://(?:api\.)?openalex\.org/(?:works/)?[Ww]\d')
_OPENALEX_KEY = re.compile(
    r'"(?:publication_year|publication_date|authorships|abstract_inverted_index|cited_by_api_url|biblio|ids)"\s{0,9}:'
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def suffix(origin: str) -> str:
    """Return the last suffix of a path or address in lower case, `.gz` and anything after `?` or `#` left out."""
    name = re.split(r"[?#]", origin, maxsplit=1)[0].replace("\\", "/").rsplit("/", 1)[-1].lower()
    name = name.removesuffix(".gz")
    return name.rsplit(".", 1)[1] if "." in name.lstrip(".") else ""


def detect(raw: Raw) -> str | Problem:
    """Return the name of the reader for a file, or why there is none."""
    head = unpack.head(raw.data, HEAD)
    if not raw.data or not head.strip():
        what = "The file is empty." if not raw.data or not unpack.is_gzip(raw.data) else "The gzip data cannot be read."
        return Problem(what, raw.origin, 0, "Check that it was saved or fetched completely.")
    if raw.data.startswith(b"PK\x03\x04") and _WORD in raw.data[-HEAD:]:
        return "docx"
    for first, is_a, remedy in _BINARY:
        if head.startswith(first):
            return Problem(f"The file is {is_a}, which Curbside does not read.", raw.origin, 0, remedy)
    text = _text(head)
    if text is None:
        remedy = "Add texts (XML, HTML, markdown, plain text) or bibliographic records, saved as UTF-8."
        return Problem("The file is binary data of no known format.", raw.origin, 0, remedy)
    return _by_content(text, raw.origin) or _by_suffix(suffix(raw.origin), text, raw.origin)


def _text(head: bytes) -> str | None:
    """Return the head as text, or None where it looks like no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head[: len(head) & ~1].decode("utf-16", "replace")
    else:
        text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    return None if len(_CONTROL.findall(text)) > len(text) // 100 else text


def _by_content(text: str, origin: str) -> str | Problem | None:
    start = text.lstrip()
    if start.startswith("<"):
        return _by_root(text, origin)
    if re.match(r'\{\s{0,99}["}]|\[\s{0,99}[\[{]', start):
        if _OPENALEX_ID.search(text) and _OPENALEX_KEY.search(text):
            return "openalex"
        return "csl" if _CSL.search(text) and _CSL_TOO.search(text) else "records"
    if _RIS.search(text):
        return "ris"
    if _NBIB.search(text) and _NBIB_TOO.search(text):  # a page may print one PMID; a record has more tags
        return "nbib"
    if start.startswith("#!"):
        return Problem("The file is a program.", origin, 0, _OTHER)
    return "bibtex" if _BIBTEX.search(text) else None


def _by_root(text: str, origin: str) -> str | Problem | None:
    """Return the reader for XML or HTML by its document type and first element."""
    at, doctype = 0, ""
    while match := _PROLOG.match(text, at):
        doctype += match.group(0) if match.group(0)[:9].lower() == "<!doctype" else ""
        at = match.end()
    root = _ROOT.match(text, at)
    if root is None:
        return None
    name = root.group(1)
    if name in _ROOTS:
        return _ROOTS[name]
    if name in ("article", "book", "book-part") and _JATS.search(doctype + text[at : at + 20_000]):
        return "jats"
    if name.lower() in _HTML or re.match(r"<!doctype\s{1,9}html", doctype, re.I):
        return "html"
    if not text.lstrip().startswith("<?xml") and not doctype:
        return None
    remedy = "Curbside reads PubMed and JATS XML and HTML pages."
    return Problem(f"The file is XML of an unknown kind: its first element is <{name}>.", origin, 0, remedy)


def _by_suffix(ending: str, text: str, origin: str) -> str | Problem:
    if ending in _REFUSED:
        return Problem(f"Files that end in .{ending} are not read.", origin, 0, _REFUSED[ending])
    if ending in _SUFFIXES:
        return _SUFFIXES[ending]
    return "markdown" if _MARKDOWN.match(text) else "text"
