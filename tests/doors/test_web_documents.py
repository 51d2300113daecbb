"""A document on the web: what it is, its text with the quoted words lit, its tables, its exports."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import SCRIPT, Page

from curbside.records import Holding
from curbside.wiring import open_library


def held(library: Path, name: str) -> Holding:
    """Return the document that an identifier names."""
    with open_library(library) as opened:
        return opened.store.holding(opened.store.resolve(name)[0])


@pytest.fixture(scope="module")
def trial(web_library: Path) -> Holding:
    """The trial with a table."""
    return held(web_library, "77000001")


def test_it_shows_what_the_document_is(pages: TestClient, trial: Holding) -> None:
    """Title, authors, journal line, dates, identifiers, kind and evidence."""
    page = Page.of(pages.get(f"/documents/{trial.document.id}").text)
    assert not page.faults
    for words in ("Per Lindqvist", "2018;4(2):11-9", "randomised trial", "Journal of Small Trials", "PMID 77000001"):
        assert words in page.text


def test_tables_are_tables(pages: TestClient, trial: Holding) -> None:
    """Header cells say what they head; the caption stands with its table; a keyboard can scroll it."""
    html = pages.get(f"/documents/{trial.document.id}").text
    assert re.search(r'<th[^>]* scope="col"[^>]*>Improved</th>', html)
    assert re.search(r"<td[^>]*>31/40</td>", html)
    assert re.search(r"<caption[^>]*><strong>Table 1</strong>\s*Improvement of angiofibroma</caption>", html)
    assert 'tabindex="0" aria-label="Table 1"' in html


def test_citation_marks_lead_to_the_reference_list(pages: TestClient, trial: Holding) -> None:
    """A mark in the text opens its entry."""
    page = Page.of(pages.get(f"/documents/{trial.document.id}").text)
    assert "#ref-0" in page.hrefs and "ref-0" in page.ids
    assert "A first look" in page.text


def test_quoted_words_are_lit_and_can_be_led_to(pages: TestClient, trial: Holding) -> None:
    """`?at=START-END` lights exactly these words; the first of them is `#quote`."""
    text = trial.document.text
    start = text.index("improved in 31 of 40")
    html = pages.get(f"/documents/{trial.document.id}?at={start}-{start + 20}").text
    page = Page.of(html)
    assert "".join(page.marks) == text[start : start + 20]
    assert page.ids.count("quote") == 1 and not page.faults


@pytest.mark.parametrize("words", ["31/40", "Improvement of angiofibroma", "Topical sirolimus for", "A first look"])
def test_words_of_tables_titles_and_references_are_lit_too(pages: TestClient, trial: Holding, words: str) -> None:
    """Wherever a quote stands, it is shown."""
    start = trial.document.text.index(words)
    page = Page.of(pages.get(f"/documents/{trial.document.id}?at={start}-{start + len(words)}").text)
    assert "".join(page.marks) == words
    assert page.ids.count("quote") == 1 and not page.faults


@pytest.mark.parametrize("at", ["5-3", "x", "0-99999999", "1-", "-1-4", "٣-٩"])
def test_a_place_that_is_none_is_refused(pages: TestClient, trial: Holding, at: str) -> None:
    """The page says what was wrong with the address."""
    answer = pages.get(f"/documents/{trial.document.id}", params={"at": at})
    assert answer.status_code == 422
    assert "names no place in this document" in Page.of(answer.text).text


def test_a_retracted_work_wears_a_banner(pages: TestClient, web_library: Path) -> None:
    """Before anything of its text."""
    page = Page.of(pages.get(f"/documents/{held(web_library, '77000002').document.id}").text)
    assert "This work has been retracted" in page.text
    assert page.text.index("has been retracted") < page.text.index("Everolimus cured warts")


def test_a_hostile_document_is_shown_and_does_nothing(pages: TestClient, web_library: Path) -> None:
    """Markup in titles, abstracts, names and keywords is words; what turns the writing is a labelled box."""
    html = pages.get(f"/documents/{held(web_library, '77000003').document.id}").text
    page = Page.of(html)
    assert not page.faults
    assert SCRIPT not in html and "<img" not in html and "<svg" not in html
    assert SCRIPT in page.text
    assert 'data-sign="U+202E"' in html


def test_identifiers_lead_to_the_document(pages: TestClient, trial: Holding) -> None:
    """A work, a PMID or a DOI is an address too."""
    for name in (trial.work, "77000001", "pmid:77000001", "10.9999/trial.1"):
        assert pages.get(f"/documents/{name}").url.path == f"/documents/{trial.document.id}"


def test_it_leaves_in_every_form(pages: TestClient, trial: Holding) -> None:
    """RIS, NBIB, CSL-JSON and Markdown, each as a file under the document's id."""
    base = f"/documents/{trial.document.id}/export"
    assert pages.get(f"{base}/ris").text.startswith("TY  - JOUR")
    assert "PMID- 77000001" in pages.get(f"{base}/nbib").text
    assert json.loads(pages.get(f"{base}/csl").text)[0]["DOI"] == "10.9999/trial.1"
    markdown = pages.get(f"{base}/md").text
    assert "# Topical sirolimus for facial angiofibroma" in markdown
    assert "| Sirolimus | 31/40 |" in markdown
    assert pages.get(f"{base}/exe").status_code == 404


def test_reference_managers_read_an_article_from_its_page(pages: TestClient, trial: Holding) -> None:
    """Highwire tags, one for each author; a note's page has the same only where it knows a journal."""
    html = pages.get(f"/documents/{trial.document.id}").text
    meta = dict(re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', html))
    assert meta["citation_doi"] == "10.9999/trial.1"
    assert meta["citation_author"] == "Lindqvist, Per"
    assert (meta["citation_firstpage"], meta["citation_lastpage"]) == ("11", "19")
    assert meta["citation_publication_date"] == "2018"


def test_a_document_that_is_not_held_is_not_found(pages: TestClient) -> None:
    """Said in the pages' own style."""
    answer = pages.get("/documents/d" + "0" * 20)
    assert answer.status_code == 404
    assert not Page.of(answer.text).faults


def test_a_long_document_goes_on_over_pages_that_weigh_little(pages: TestClient, web_library: Path) -> None:
    """Nothing of it is lost; citation marks and contents lead to the page that has their entry; no page is heavy."""
    made = held(web_library, "77000004")
    address = f"/documents/{made.document.id}"
    first = pages.get(address)
    last = int(re.findall(r"Page 1 of (\d+)", first.text)[0])
    html = {number: pages.get(f"{address}?page={number}").text for number in range(1, last + 1)}
    seen = {number: Page.of(text) for number, text in html.items()}
    for number, page in seen.items():
        assert not page.faults
        assert len(html[number].encode()) < 110_000
        for href in page.hrefs:
            match = re.fullmatch(r"\?page=(\d+)#(.+)", href)
            assert match is None or match[2] in seen[int(match[1])].ids, href
    everything = " ".join(page.text for page in seen.values())
    assert all(f"Paragraph {number} says" in everything for number in range(1, 301))
    assert all(f"Author {number}. A paper" in everything for number in range(1, 601))
    place = made.document.text.index("Paragraph 250 says")
    lit = Page.of(pages.get(f"{address}?at={place}-{place + 13}").text)
    assert lit.marks == ["Paragraph 250"] and "quote" in lit.ids
