"""Pages of evidence: a value opens its words, "not stated" in plain sight, nothing that is not what it says."""

from __future__ import annotations

import json
import re

import pytest
from starlette.testclient import TestClient
from web_desk import HOSTILE, RETRACTED, SCRIPT, TRIAL, Page, browser

from curbside.wiring import open_library


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A browser at a library with a trial, and two records that mean trouble."""
    folder = tmp_path_factory.mktemp("weighing")
    (folder / "trial.nxml").write_text(TRIAL, encoding="utf-8")
    (folder / "records.jsonl").write_text("\n".join(map(json.dumps, (RETRACTED, HOSTILE))), encoding="utf-8")
    with open_library(folder / "library", write=True) as opened:
        opened.add([folder / "trial.nxml", folder / "records.jsonl"])
    return browser(folder / "library")


def shown(web: TestClient, path: str, status: int = 200) -> tuple[Page, str]:
    """A page, read by a strict eye."""
    response = web.get(path)
    assert response.status_code == status, response.text[:500]
    page = Page.of(response.text)
    assert page.faults == []
    return page, response.text


def test_a_study_card_has_each_value_on_its_words(web: TestClient) -> None:
    """A value leads to the document with the words lit, and they are the words that it quotes."""
    page, html = shown(web, "/studies/77000001")
    assert "not stated" in html and "randomised trial" in html and "(suggested)" in html
    places = [href for href in page.hrefs if "?at=" in href]
    assert len(places) >= 5
    for href, quote in re.findall(r'class="value" href="([^"]+)" title="“([^"]{1,60})”"', html)[:6]:
        document = web.get(href.removesuffix("#quote"))
        assert document.status_code == 200
        assert "".join(Page.of(document.text).marks).split() == quote.split()


def test_a_profile_sets_counts_beside_intervals_and_says_what_is_missing(web: TestClient) -> None:
    """With the level suggested, the licences, and where each count stands."""
    page, html = shown(web, "/evidence?drug=sirolimus&condition=facial+angiofibroma")
    assert "31 of 40, 78 %, 95 % CI" in html
    assert "FDA NDA 213478" in html and "OCEBM level 2" in html
    assert "Not stated" in html and "No profile of a library is a systematic review" in " ".join(page.texts)
    assert web.get("/evidence").status_code == 200


def test_names_lead_to_the_profile_and_unknown_ones_are_told(web: TestClient) -> None:
    """Brands and ids are names; a class is none; half a question is none."""
    for drug in ("rapamycin", "d:sirolimus", "Rapamune"):
        assert "Sirolimus for" in web.get(f"/evidence?drug={drug}&condition=itp").text
    for query, words in (
        ("drug=zzyzx&condition=itp", "does not know"),
        ("drug=mTOR+inhibitors&condition=itp", "is a class"),
        ("drug=sirolimus", "Name a drug and a condition"),
    ):
        assert words in shown(web, f"/evidence?{query}", 422)[1]
    assert SCRIPT not in shown(web, f"/evidence?drug={SCRIPT}&condition=itp", 422)[1]


def test_retracted_and_hostile_records_are_what_they_are(web: TestClient) -> None:
    """A retracted work is listed as such and counted nowhere; a title is text."""
    _, html = shown(web, "/evidence?drug=everolimus&condition=warts")
    assert "Retracted" in html and "No study of people" in html and "12 of 12" not in html
    for path in ("/evidence?drug=everolimus&condition=psoriasis", "/studies/77000003"):
        assert SCRIPT not in shown(web, path)[1]


def test_the_ledger_says_unknown_where_nothing_is_known(web: TestClient) -> None:
    """And never "not licensed" of a use."""
    _, html = shown(web, "/ledger?drug=sirolimus")
    assert "not in our table" in html and "Hyftor" in html
    assert shown(web, "/ledger?drug=zzyzx", 422)


def test_tables_and_json_leave_by_their_links(web: TestClient) -> None:
    """A cell is never a formula, and both hold the place of each value."""
    page, _ = shown(web, "/evidence?drug=sirolimus&condition=facial+angiofibroma")
    links = [href for href in page.hrefs if href.startswith("/evidence/export/")]
    table, plain = web.get(links[0]), web.get(links[1])
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.startswith("table,outcome,time,study")
    assert not re.search(r'(?m)(?:^|,)"?[=+@]', table.text)
    assert json.loads(plain.text)["outcomes"][0]["lines"][0]["fact"]["words"]
    assert web.get("/ledger/export/csv?drug=sirolimus").text.startswith("drug,condition,route,ages,licensed")
    assert web.get("/ledger/export/xml?drug=sirolimus").status_code == 404


def test_references_and_documents_lead_to_their_study_cards(web: TestClient) -> None:
    """And the first page to the profile."""
    answer = web.post("/ask", data={"question": "Does topical sirolimus help facial angiofibroma?"})
    assert 'href="/studies/d' in answer.text
    assert 'href="/studies/d' in web.get("/documents/77000001").text
    assert 'href="/evidence"' in web.get("/").text
