"""Searching on the web: hits with their words lit, counts, orders, pages, the query language, exports."""

from __future__ import annotations

import csv
import io
import re

import pytest
from starlette.testclient import TestClient
from web_desk import Page

Form = dict[str, str | list[str]]


def searched(client: TestClient, **form: str | list[str]) -> Page:
    """Search by the form and return the page."""
    answer = client.post("/search", data=form)
    assert answer.status_code == 200, answer.text
    page = Page.of(answer.text)
    assert not page.faults
    return page


def titles(client: TestClient, **form: str | list[str]) -> list[str]:
    """Return the titles of a page of hits."""
    html = client.post("/search", data=form).text
    return [Page.of(each).text.strip() for each in re.findall(r"<h3 dir=\"auto\">(.*?)</h3>", html, re.S)]


def total(page: Page) -> int:
    """Return how many documents matched."""
    found = re.search(r"([\d,]+) documents? match", page.text)
    assert found, page.text
    return int(found[1].replace(",", ""))


def test_hits_come_with_kind_year_and_lit_words(pages: TestClient) -> None:
    """The telling stretch of each, its words lit, a link to that place in the document."""
    page = searched(pages, words="topical sirolimus angiofibroma")
    assert {"sirolimus", "facial angiofibroma"} <= {word.lower() for word in page.marks}
    assert any(re.fullmatch(r"/documents/d[0-9a-f]{20}\?at=\d+-\d+#quote", href) for href in page.hrefs)


def test_a_study_note_is_called_a_secondary_source(pages: TestClient) -> None:
    """As in the answer that cites it."""
    html = pages.post("/search", data={"words": "sirolimus", "kind": "note"}).text
    assert html.count('class="hit"') == html.count('<span class="badge second">secondary source</span>') > 0


def test_words_of_a_search_stand_in_no_address(pages: TestClient) -> None:
    """It is a form's business; an address with words shows the empty box."""
    answer = pages.post("/search", data={"words": "angiofibroma"})
    assert not any("angiofibroma" in href for href in Page.of(answer.text).hrefs)
    assert "angiofibroma" not in pages.get("/search?words=angiofibroma").text


def test_counts_say_what_each_filter_would_leave(pages: TestClient) -> None:
    """Ticking a value leaves as many documents as stood beside it."""
    html = pages.post("/search", data={"words": "sirolimus"}).text
    counts = re.findall(r'name="design" value="([^"]+)".*?class="count">([\d,]+)<', html, re.S)
    assert counts
    for value, count in counts:
        assert total(searched(pages, words="sirolimus", design=value)) == int(count)
    drugs = re.findall(r'name="drug" value="([^"]+)".*?class="count">([\d,]+)<', html, re.S)
    for value, count in drugs[:3]:
        assert total(searched(pages, words="sirolimus", drug=value)) == int(count)


def test_several_values_of_a_filter_are_alternatives(pages: TestClient) -> None:
    """The counts beside the other values of a filter that is set stay, so that they can be added."""
    one = total(searched(pages, words="sirolimus", kind="note"))
    both = total(searched(pages, words="sirolimus", kind=["note", "article"]))
    assert both > one
    assert 'value="article"' in pages.post("/search", data={"words": "sirolimus", "kind": "note"}).text


def test_a_decade_is_a_button(pages: TestClient) -> None:
    """It sets both years."""
    page = searched(pages, words="sirolimus", years="2010-2019")
    html = pages.post("/search", data={"words": "sirolimus", "years": "2010-2019"}).text
    assert 'name="since" inputmode="numeric" size="4" maxlength="4" value="2010"' in html
    assert total(page) == total(searched(pages, words="sirolimus", since="2010", until="2019"))


def test_orders_by_year(pages: TestClient) -> None:
    """Newest and oldest first are the reverse of each other over years."""

    def years(sort: str) -> list[int]:
        html = pages.post("/search", data={"words": "sirolimus", "sort": sort}).text
        return [int(year) for year in re.findall(r'class="year">(\d{4})<', html)]

    assert years("newest") == sorted(years("newest"), reverse=True)
    assert years("oldest") == sorted(years("oldest"))
    assert pages.post("/search", data={"words": "sirolimus", "sort": "loudest"}).status_code == 422


def test_pages_of_hits_hold_each_hit_once(pages: TestClient) -> None:
    """Going through the pages shows everything, no hit twice; behind the last there is a word instead of hits."""
    number = total(searched(pages, words="sirolimus"))
    seen: list[str] = []
    for page in range(1, -(-number // 20) + 1):
        html = pages.post("/search", data={"words": "sirolimus", "page": str(page)}).text
        seen += re.findall(r'<a href="/documents/(d[0-9a-f]{20})', html)
    assert len(seen) == len(set(seen)) == number
    assert "There is no such page" in searched(pages, words="sirolimus", page="49").text
    assert pages.post("/search", data={"words": "sirolimus", "page": "51"}).status_code == 422


def test_nothing_but_filters_lists_the_library(pages: TestClient) -> None:
    """An empty box is everything."""
    assert total(searched(pages, words="", kind="article")) >= 60


def test_nothing_found_says_what_to_try(pages: TestClient) -> None:
    """No hits is an answer too."""
    page = searched(pages, words="xyzzyplugh")
    assert total(page) == 0 and "Nothing in this library matches" in page.text


def test_a_misspelt_name_is_met_and_can_be_taken_as_typed(pages: TestClient) -> None:
    """The page says what it read, and offers the words as they are."""
    page = searched(pages, words="siroliums")
    assert 'read "siroliums" as sirolimus' in page.text
    assert total(searched(pages, words="siroliums", exactly="1")) == 0


def test_a_fault_in_a_query_is_shown_at_its_place(pages: TestClient) -> None:
    """What stands before the fault, the fault, what follows; the query stays in the box."""
    answer = pages.post("/search", data={"words": "sirolimus AND (child", "advanced": "1"})
    assert answer.status_code == 422
    page = Page.of(answer.text)
    assert not page.faults
    assert "never closed" in page.text
    assert page.marks == ["("]


def test_the_query_language_lights_its_words_not_its_operators(pages: TestClient) -> None:
    """Field names and operators are no words."""
    page = searched(pages, words="title:sirolimus AND NOT title:everolimus", advanced="1")
    assert {word.lower() for word in page.marks} <= {"sirolimus", "everolimus"}


def test_the_list_leaves_as_a_table_without_formulas(pages: TestClient) -> None:
    """One row a hit, all pages; no cell that a spreadsheet would compute."""
    answer = pages.post("/search/export", data={"words": "sirolimus", "format": "csv", "page": "2"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == total(searched(pages, words="sirolimus"))
    assert [row["rank"] for row in rows] == [str(rank) for rank in range(1, len(rows) + 1)]
    hostile = pages.post("/search/export", data={"words": "psoriasis everolimus", "format": "csv"}).text
    for row in csv.reader(io.StringIO(hostile)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_the_list_leaves_as_ris(pages: TestClient) -> None:
    """One record a work."""
    answer = pages.post("/search/export", data={"words": "topical sirolimus angiofibroma", "format": "ris"})
    assert "TI  - Topical sirolimus for facial angiofibroma: a randomised trial" in answer.text
    assert answer.headers["content-disposition"] == 'attachment; filename="curbside-search.ris"'
    assert pages.post("/search/export", data={"words": "x", "format": "exe"}).status_code == 422


@pytest.mark.parametrize("words", ["'", '"', "\\", "(((", "a" * 4000, "\u202e\u0000", "𝕏" * 500, "-*?~:^", "<b>&amp;"])
def test_no_words_are_a_fault(pages: TestClient, words: str) -> None:
    """Every string is a search, and comes back in the box as it was."""
    for advanced in ("", "1"):
        answer = pages.post("/search", data={"words": words, "advanced": advanced})
        assert answer.status_code in (200, 422)
        assert not Page.of(answer.text).faults
