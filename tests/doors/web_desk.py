"""A library behind the pages, a browser without a screen, and an eye for what a page must not hold."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from starlette.testclient import TestClient

from curbside.doors.http.accounts import Accounts
from curbside.doors.http.pool import LibraryPool
from curbside.doors.web.app import web_app
from curbside.store.asked import AskedStore
from curbside.wiring import open_library
from file_makers import article, pubmed

SCRIPT = "<script>alert(1)</script>"
TURNED = "turned \u202eround\u202c"

TRIAL = """<?xml version="1.0"?>
<article article-type="research-article" xml:lang="en"><front>
<journal-meta><journal-title-group><journal-title>Journal of Small Trials</journal-title></journal-title-group>
<issn pub-type="ppub">1234-5679</issn></journal-meta>
<article-meta><article-id pub-id-type="pmid">77000001</article-id>
<article-id pub-id-type="doi">10.9999/trial.1</article-id>
<title-group><article-title>Topical sirolimus for facial angiofibroma: a randomised trial</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Lindqvist</surname><given-names>Per</given-names></name>
</contrib></contrib-group>
<pub-date pub-type="ppub"><year>2018</year></pub-date><volume>4</volume><issue>2</issue><fpage>11</fpage><lpage>19</lpage>
<abstract><p>In this randomised trial of topical sirolimus for facial angiofibroma, lesions improved in 31 of 40
patients. Topical sirolimus 0.2 % gel was applied twice daily to facial angiofibroma.</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>Facial angiofibroma improved with topical sirolimus in 31 of 40 patients
<xref ref-type="bibr" rid="B1">[1]</xref>. Nobody left the trial.</p>
<table-wrap id="T1"><label>Table 1</label><caption><p>Improvement of angiofibroma</p></caption>
<table><thead><tr><th>Arm</th><th>Improved</th></tr></thead>
<tbody><tr><td>Sirolimus</td><td>31/40</td></tr><tr><td>Vehicle</td><td>5/40</td></tr></tbody></table></table-wrap></sec></body>
<back><ref-list><ref id="B1"><mixed-citation>Smith J. A first look. 2010.</mixed-citation></ref></ref-list></back></article>
"""


def endless() -> str:
    """A review with 300 paragraphs, each with a citation mark, and 600 references."""
    paragraphs = "".join(
        f'<p>Paragraph {n} says a good deal {"about nothing " * 30}<xref ref-type="bibr" rid="B{n * 2}">[{n * 2}]</xref>.</p>'
        for n in range(1, 301)
    )
    references = "".join(
        f'<ref id="B{n}"><mixed-citation>Author {n}. A paper of some length on nothing. J Nothing. 2001;{n}:1-9. '
        f'<pub-id pub-id-type="pmid">{n + 5000}</pub-id></mixed-citation></ref>'
        for n in range(1, 601)
    )
    head = TRIAL.partition("<abstract>")[0].replace("77000001", "77000004").replace("10.9999/trial.1", "10.9999/long.1")
    body = f"<body><sec><title>All of it</title>{paragraphs}</sec></body>"
    return f"{head}</article-meta></front>{body}<back><ref-list>{references}</ref-list></back></article>"


RETRACTED = {
    "pmid": "77000002",
    "title": "Everolimus cures all warts",
    "abstract": "Everolimus cured warts in 12 of 12 patients.",
    "year": 2012,
    "types": ["Journal Article", "Retracted Publication"],
}
HOSTILE = {
    "pmid": "77000003",
    "title": f"Everolimus {SCRIPT} for {TURNED} psoriasis",
    "abstract": f"Everolimus improved psoriasis in 3 of 4 patients {SCRIPT} <img src=x onerror=alert(2)>. It was {TURNED}.",
    "authors": [{"family": SCRIPT, "given": "A"}],
    "journal": {"title": "=cmd|' /C calc'!A0"},
    "keywords": ['"><svg onload=alert(3)>'],
    "year": 2021,
}


def fill(folder: Path) -> Path:
    """Make a library with the shelf's notes on sirolimus, a trial with a table, 60 records, and two that mean trouble."""
    from curbside import shelf

    sources = folder / "sources"
    sources.mkdir()
    notes = Path(shelf.__file__).parent / "notes"
    for note in sorted(notes.glob("sirolimus-a*.md"))[:12]:
        (sources / note.name).write_bytes(note.read_bytes())
    (sources / "trial.nxml").write_text(TRIAL, encoding="utf-8")
    (sources / "long.nxml").write_text(endless(), encoding="utf-8")
    records = [RETRACTED, HOSTILE]
    (sources / "records.jsonl").write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    (sources / "many.xml").write_bytes(pubmed(article(pmid, revised=2020) for pmid in range(1, 61)))
    (sources / "broken.xml").write_text("<PubmedArticleSet><PubmedArticle>", encoding="utf-8")
    library = folder / "library"
    with open_library(library, write=True) as opened:
        opened.add([sources])
    return library


def browser(library: Path, days: int = 30, accounts: Accounts | None = None) -> TestClient:
    """Return a client of the pages over a library; it follows redirects as browsers do."""
    pool = LibraryPool(lambda: open_library(library), library)
    app = web_app(pool, AskedStore(library, days), accounts=accounts)
    return TestClient(app, raise_server_exceptions=False)


_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


@dataclass
class Page(HTMLParser):
    """A page as read by a strict eye: `faults` says what is wrong with it."""

    faults: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    _data: bool = False
    _open: list[str] = field(default_factory=list)
    _needed: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @staticmethod
    def of(html: str) -> Page:
        """Read a page."""
        page = Page()
        page.feed(html)
        page.close()
        page.faults += [f"<{tag}> is never closed" for tag in page._open]
        page.faults += [f"{name} names #{one}, which is not there" for name, one in page._needed if one not in page.ids]
        page.faults += [f"id {one} stands twice" for one in set(page.ids) if page.ids.count(one) > 1]
        here = [href[1:] for href in page.hrefs if href.startswith("#") and len(href) > 1]
        page.faults += [f"a link leads to #{one}, which is not there" for one in here if one not in page.ids]
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag and its attributes."""
        named = {name: value or "" for name, value in attrs}
        if len(named) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        for name, value in named.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag}> has {name}")
            canonical = tag == "link" and named.get("rel") == "canonical"  # names this page; nothing is fetched from it
            places = ("href", "src", "action", "formaction")
            if name in places and not canonical and urlsplit(value).scheme not in ("", "https"):
                self.faults.append(f"<{tag}> leads to {value}")
            if name in ("for", "aria-labelledby", "aria-describedby", "form"):
                self._needed += [(name, one) for one in value.split()]
        if "id" in named:
            self.ids.append(named["id"])
        if tag == "a":
            href = named.get("href", "")
            self.hrefs.append(href)
            if href.startswith("https:") and "noreferrer" not in named.get("rel", ""):
                self.faults.append(f"{href} is told where the reader comes from")
        if tag == "script" and not named.get("src", "").startswith("/static/"):
            if named.get("type") == "application/ld+json":  # data, which no browser runs
                self._data = True
            else:
                self.faults.append("a script stands in the page")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold the tag against the one that is open."""
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self._open[-1] if self._open else ''}> at line {self.getpos()[0]}")
        elif self._open:
            self._data = False
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep the words, and the lit ones apart."""
        self.texts.append(data)
        if "mark" in self._open:
            self.marks.append(data)
        if self._data and self._open[-1] == "script":
            self.data.append(data)
        elif self._open and self._open[-1] in ("script", "style") and data.strip():
            self.faults.append("words stand in a script or style element")

    @property
    def text(self) -> str:
        """The words of the page, blanks made one."""
        return re.sub(r"\s+", " ", "".join(self.texts))
