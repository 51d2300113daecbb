"""The shelf on the web: a page for every work, and lists that lead from one to the next."""

from __future__ import annotations

import html as entities
import json
import re

import pytest
from starlette.testclient import TestClient
from web_desk import HOSTILE, RETRACTED, SCRIPT, TRIAL, Page, browser

from curbside.wiring import open_library

RECORD = {
    "pmid": "77000001",
    "title": "Topical sirolimus for facial angiofibroma: a randomised trial",
    "abstract": "In this randomised trial lesions improved in 31 of 40 patients.",
    "authors": [
        {"family": "Lindqvist", "given": "Per", "orcid": "0000-0002-1825-0097"},
        {"family": "Ek", "given": "B"},
    ],
    "journal": {"title": "Journal of Small Trials", "eissn": "2049-3630"},
    "volume": "IV",
    "issue": "2",
    "pages": "11-19",
    "year": 2018,
    "keywords": ["Sirolimus", "gels"],
}
LATER = {
    "pmid": "77000009",
    "title": "Sirolimus again",
    "authors": [{"family": "Lindqvist", "given": "P. A."}],
    "journal": "J Small Trials 5(1):1-9",
    "year": 2019,
    "keywords": ["sirolimus"],
}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A browser at a library with a work in two documents, a later one, and two records that mean trouble."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "trial.nxml").write_text(TRIAL, encoding="utf-8")
    rows = "\n".join(json.dumps(record) for record in (RECORD, LATER, RETRACTED, HOSTILE))
    (folder / "records.jsonl").write_text(rows, encoding="utf-8")
    with open_library(folder / "library", write=True) as opened:
        opened.add([folder / "trial.nxml", folder / "records.jsonl"])
    return browser(folder / "library")


def shown(web: TestClient, path: str, status: int = 200) -> tuple[Page, str]:
    """A page, read by a strict eye, with its source."""
    response = web.get(path)
    assert response.status_code == status, response.text[:500]
    page = Page.of(response.text)
    assert page.faults == []
    return page, response.text


def test_any_name_of_a_work_leads_to_its_page(web: TestClient) -> None:
    """Its PMID, its DOI, a document of it."""
    home = web.get("/works/77000001").url.path
    assert re.fullmatch(r"/works/w[0-9a-f]{12}", home)
    assert web.get("/works/10.9999/trial.1").url.path == home
    document = next(href for href in shown(web, home)[0].hrefs if href.startswith("/documents/"))
    assert web.get("/works/" + document.removeprefix("/documents/")).url.path == home
    assert web.get("/works/99999999").status_code == 404


def test_a_work_shows_what_its_documents_say_together(web: TestClient) -> None:
    """Contributors with ORCID iD, both ISSNs, the volume as printed, abstract, keywords; and says where to read it."""
    page, html = shown(web, "/works/77000001")
    words = " ".join(page.texts)
    for expected in ("Per Lindqvist", "B Ek", "1234-5679", "2049-3630", "Get citation", "lesions improved in 31 of 40"):
        assert expected in words, expected
    assert "https://orcid.org/0000-0002-1825-0097" in page.hrefs
    assert "/authors/0000-0002-1825-0097" in page.hrefs and "/authors/ek%2Cb" in page.hrefs
    assert "/keywords/sirolimus" in page.hrefs and "/keywords/gels" in page.hrefs
    assert "Lindqvist P, Ek B. Topical sirolimus for facial angiofibroma" in words
    assert 'name="citation_doi" content="10.9999/trial.1"' in html and 'class="Z3988"' in html
    assert "application/ld+json" in html and 'property="og:title"' in html


@pytest.mark.parametrize(("form", "begins"), [("ris", "TY  -"), ("bibtex", "@article"), ("nbib", "PMID"), ("csl", "[")])
def test_a_citation_is_had_as_a_file(web: TestClient, form: str, begins: str) -> None:
    """In every form that reference managers read; a form that there is not is said."""
    home = web.get("/works/77000001").url.path
    response = web.get(f"{home}/cite/{form}")
    assert response.status_code == 200 and response.text.startswith(begins)
    assert "attachment" in response.headers["content-disposition"]
    assert web.get(f"{home}/cite/docx").status_code == 404


def test_an_author_is_listed_with_the_forms_of_the_name_and_a_warning(web: TestClient) -> None:
    """By family name and first initial several people may meet; by ORCID iD one."""
    page, _ = shown(web, "/authors/lindqvist,p")
    words = " ".join(page.texts)
    assert "Per Lindqvist" in words and "P. A. Lindqvist" in words and "may be several people" in words
    assert "Sirolimus again" in words and "Topical sirolimus" in words and "/authors/ek%2Cb" in page.hrefs
    page, _ = shown(web, "/authors/0000-0002-1825-0097")
    assert "Sirolimus again" not in " ".join(page.texts)
    assert web.get("/authors/nobody,x").status_code == 404


def test_a_journal_is_one_under_all_its_names_and_lists_its_issues(web: TestClient) -> None:
    """Title and both ISSNs lead to the same works; Roman and Arabic volumes are one issue."""
    for name in ("Journal of Small Trials", "1234-5679", "2049-3630"):
        page, _ = shown(web, f"/journals/{name}")
        assert "Topical sirolimus" in " ".join(page.texts)
    issues = [href for href in page.hrefs if "volume=" in href]
    assert len(issues) == 1
    for volume in ("4", "IV"):
        assert "Topical sirolimus" in shown(web, f"/journals/1234-5679?volume={volume}&issue=2")[1]
    assert web.get("/journals/1234-5679?volume=77&issue=2").status_code == 404
    assert web.get("/journals/Nature").status_code == 404


def test_keywords_drugs_conditions_and_years_list_their_works(web: TestClient) -> None:
    """Each list leads on; a name that is none is told."""
    assert "Sirolimus again" in shown(web, "/keywords/SIROLIMUS")[1]
    page, html = shown(web, "/drugs/rapamycin")
    assert "Topical sirolimus" in html and "randomised trial" in html
    assert any(href.startswith("/evidence?drug=d:sirolimus") for href in page.hrefs)
    assert "Topical sirolimus" in shown(web, "/conditions/angiofibroma")[1]
    page, _ = shown(web, "/archive")
    assert {"/archive/2018", "/archive/2019"} <= set(page.hrefs)
    assert "Topical sirolimus" in shown(web, "/archive/2018")[1]
    for path in ("/keywords/none", "/drugs/nonsense", "/conditions/sirolimus", "/archive/1500"):
        assert web.get(path).status_code == 404, path


def test_a_retracted_work_says_so_first(web: TestClient) -> None:
    """On its page, in lists, and in what it is cited as."""
    html = shown(web, "/works/77000002")[1]
    assert "This work has been retracted" in html
    assert "Retracted" in web.get(web.get("/works/77000002").url.path + "/cite/nlm").text
    assert "retracted" in shown(web, "/archive/2012")[1]


def test_hostile_names_are_inert(web: TestClient) -> None:
    """In the title, an author, a journal, a keyword, the tags of the head."""
    page, html = shown(web, "/works/77000003")
    assert SCRIPT not in html and "<svg onload" not in html and "<img src=x" not in html
    for href in page.hrefs:
        if href.startswith(("/authors/", "/journals/", "/keywords/")):
            assert web.get(entities.unescape(href)).status_code == 200, href
    for path in (
        "/authors/%3Cscript%3E",
        "/keywords/" + "a" * 5000,
        "/journals/%00",
        "/works/%2e%2e%2f",
        "/archive/99999",
    ):
        assert web.get(path).status_code in (404, 422), path
