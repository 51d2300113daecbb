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

CITING = TRIAL.partition("<abstract>")[0].replace("77000001", "77000020").replace("10.9999/trial.1", "10.9999/later.1")
CITING = (
    CITING.replace("Topical sirolimus for facial angiofibroma: a randomised trial", "Sirolimus gel revisited")
    + """</article-meta></front><body><sec><title>Discussion</title>
<p>Others came first. Our results agree with those of the first trial <xref ref-type="bibr" rid="B1">[1]</xref>.
Nobody has looked since.</p></sec></body><back><ref-list>
<ref id="B1"><mixed-citation>Lindqvist P. Topical sirolimus. 2018. <pub-id pub-id-type="pmid">77000001</pub-id>
</mixed-citation></ref>
<ref id="B2"><mixed-citation>Absent A. Not held. 2001. <pub-id pub-id-type="pmid">123</pub-id></mixed-citation></ref>
</ref-list></back></article>"""
)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A browser at a library with a work in two documents, a later one, and two records that mean trouble."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "trial.nxml").write_text(TRIAL, encoding="utf-8")
    (folder / "citing.nxml").write_text(CITING, encoding="utf-8")
    rows = "\n".join(json.dumps(record) for record in (RECORD, LATER, RETRACTED, HOSTILE))
    (folder / "records.jsonl").write_text(rows, encoding="utf-8")
    with open_library(folder / "library", write=True) as opened:
        opened.add([folder / "trial.nxml", folder / "citing.nxml", folder / "records.jsonl"])
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


def test_a_work_shows_who_cites_it_and_in_which_words(web: TestClient) -> None:
    """The statement with what stands beside it, its stance with what decided it, and the way to its place."""
    page, _ = shown(web, "/works/77000001")
    words = " ".join(" ".join(page.texts).split())
    assert "Our results agree with those of the first trial" in words and "Nobody has looked since." in words
    assert "supporting" in words and "self-citation" in words and "discussion" in words
    home = web.get("/works/77000001").url.path
    place = next(href for href in page.hrefs if "?at=" in href and "Our results" in web.get(href.split("#")[0]).text)
    assert "".join(Page.of(web.get(place.split("#")[0]).text).marks).startswith("Our results agree")
    page, _ = shown(web, f"{home}/citations")
    assert "Our results agree" in page.text and "agree" in "".join(page.marks)
    assert shown(web, f"{home}/citations?page=77")[0].faults == []
    svg = web.get(f"{home}/badge.svg")
    assert svg.headers["content-type"] == "image/svg+xml" and "1 supporting" in svg.text


def test_a_work_shows_what_it_cites_and_how_much_of_it_is_held(web: TestClient) -> None:
    """What is not held says so and leads to its record elsewhere."""
    home = web.get("/works/77000020").url.path
    page, _ = shown(web, home)
    assert "1 of 2 held" in page.text and web.get("/works/77000001").url.path in page.hrefs
    page, _ = shown(web, f"{home}/references")
    assert "not held" in page.text and "https://pubmed.ncbi.nlm.nih.gov/123/" in page.hrefs


def test_an_author_and_a_claim_have_tallies(web: TestClient) -> None:
    """Of all statements about their works."""
    assert "1 supporting" in shown(web, "/authors/lindqvist,p")[0].text
    assert "1 supporting" in shown(web, "/evidence?drug=sirolimus&condition=facial+angiofibroma")[0].text


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
