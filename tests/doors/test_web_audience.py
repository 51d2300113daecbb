"""Whom the pages tell an answer to: a form, a cookie, the same claims in other words, and the words explained."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from web_desk import Page

from curbside.language.glossary import glossary

QUESTION = "Does topical sirolimus improve facial angiofibroma?"


@pytest.fixture(autouse=True)
def nobody_chosen(pages: TestClient) -> None:
    """Each test begins with a browser that remembers nothing."""
    pages.cookies.delete("audience")


def asked(client: TestClient, **more: str) -> tuple[str, str]:
    """Ask; return the address and the page."""
    answer = client.post("/ask", data={"question": QUESTION, **more})
    assert answer.status_code == 200
    return answer.url.path, answer.text


def chosen(client: TestClient, audience: str) -> str:
    """Choose an audience on the page of an answer and return the page that comes back."""
    address, _ = asked(client)
    answer = client.post("/audience", data={"audience": audience, "at": address})
    assert answer.url.path == address
    assert not Page.of(answer.text).faults
    return answer.text


def passages(html: str) -> set[str]:
    """The lit words of a page's passages."""
    return set(re.findall(r"<mark[^>]*>([^<]+)</mark>", html))


class TestTheSwitch:
    """Three buttons of a form; no script."""

    @pytest.mark.parametrize(
        "question", [QUESTION, "What are the harms of topical sirolimus?", "What is the capital of France?"]
    )
    @pytest.mark.parametrize("audience", ["clinician", "patient", "researcher"])
    def test_it_stands_once_on_every_answer_and_never_before_the_first_citation_shown(
        self, pages: TestClient, question: str, audience: str
    ) -> None:
        """A keyboard meets what is told before the buttons; a researcher's tables lead where nothing is suggested."""
        html = pages.post("/ask", data={"question": question, "audience": audience}).text
        assert html.count('id="audience"') == 1
        if 'class="citation"' in html and ('id="verdict"' in html or audience != "researcher"):
            assert html.index('class="citation"') < html.index('id="audience"')

    def test_references_named_in_the_suggestion_lead_to_the_words_that_decided(self, pages: TestClient) -> None:
        """No number in it is bare text: each opens a passage of the page."""
        _, html = asked(pages)
        found = re.search(r'id="verdict"[^>]*>\s*<p>(.*?)</p>', html, re.DOTALL)
        assert found, "nothing is suggested"
        links = re.findall(r'<a class="citation" href="#(q\d+)"[^>]*>\[\d+\]</a>', found[1])
        assert links and len(links) == len(re.findall(r"\[\d+\]", found[1]))
        assert all(f'id="{anchor}"' in html for anchor in links)

    def test_the_clinician_is_told_to_unless_somebody_else_is_chosen(self, pages: TestClient) -> None:
        """The page is what it was, with the switch on it."""
        _, html = asked(pages)
        assert re.search(r'value="clinician"[^>]*aria-pressed="true"', html)
        assert "In the source’s words" not in html

    @pytest.mark.parametrize("audience", ["patient", "researcher", "clinician"])
    def test_a_choice_is_remembered(self, pages: TestClient, audience: str) -> None:
        """The next answer is told to the same, and to read the cookie no script is let."""
        chosen(pages, audience)
        _, html = asked(pages)
        assert re.search(rf'value="{audience}"[^>]*aria-pressed="true"', html)

    def test_the_cookie_says_nothing_else(self, pages: TestClient) -> None:
        """Whom, for a year, for this site's own pages, out of reach of scripts."""
        answer = pages.post("/audience", data={"audience": "patient"}, follow_redirects=False)
        said = answer.headers["set-cookie"].lower()
        assert said.startswith("audience=patient;") and "httponly" in said and "samesite=lax" in said

    def test_a_question_can_bring_its_audience(self, pages: TestClient) -> None:
        """The form of the question box may name it."""
        _, html = asked(pages, audience="patient")
        assert "In the source’s words" in html

    @pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/answers/../status", "/status"])
    def test_it_leads_back_to_an_answer_and_nowhere_else(self, pages: TestClient, address: str) -> None:
        """An address of another site, or of another page, is not followed."""
        answer = pages.post("/audience", data={"audience": "patient", "at": address}, follow_redirects=False)
        assert answer.headers["location"] == "/"

    def test_an_unknown_audience_is_refused_and_an_odd_cookie_passed_over(self, pages: TestClient) -> None:
        """Neither makes a page fail."""
        assert pages.post("/audience", data={"audience": "nobody"}).status_code == 422
        assert pages.post("/ask", data={"question": QUESTION, "audience": "nobody"}).status_code == 422
        pages.cookies.set("audience", "<script>")
        _, html = asked(pages)
        assert re.search(r'value="clinician"[^>]*aria-pressed="true"', html)


class TestThePatientsPage:
    """Easier words, the source's own one click away, words explained."""

    def test_it_opens_on_the_same_words(self, pages: TestClient) -> None:
        """The passages beside it light the same quotes."""
        _, clinician = asked(pages)
        assert passages(chosen(pages, "patient")) == passages(clinician) != set()

    def test_each_sentence_has_the_sources_words_behind_it(self, pages: TestClient) -> None:
        """In a fold that needs no script."""
        html = chosen(pages, "patient")
        sentences = re.findall(r'<li id="s\d+">', html)
        assert sentences
        assert html.count("<summary>In the source’s words</summary>") == len(sentences)

    def test_hard_words_lead_to_what_they_mean_on_the_same_page(self, pages: TestClient) -> None:
        """Each link has its explanation, each explanation is of a word that is used."""
        html = chosen(pages, "patient")
        links = re.findall(r'class="term" id="in-[\w-]+" href="#([\w-]+)"', html)
        assert links and len(links) == len(set(links))
        for anchor in links:
            assert f'<dt id="{anchor}">' in html

    def test_a_dose_is_never_without_its_warning(self, pages: TestClient) -> None:
        """Beside a strength that is stated."""
        html = chosen(pages, "patient")
        for sentence in re.findall(r'<li id="s\d+">.*?</li>', html, re.DOTALL):
            if "0.2" in sentence:
                assert "Ask your clinician" in sentence

    def test_the_reading_grade_is_shown(self, pages: TestClient) -> None:
        """Beside that of the clinician's sentences."""
        assert "Reading grade of these sentences" in chosen(pages, "patient")

    def test_downloads_are_told_to_the_same(self, pages: TestClient) -> None:
        """Markdown and JSON in a patient's words."""
        chosen(pages, "patient")
        address, _ = asked(pages)
        assert "## Words used here" in pages.get(f"{address}/answer.md").text
        assert pages.get(f"{address}/answer.json").json()["audience"] == "patient"


class TestTheResearchersPage:
    """The table, the search and the flow, and the table for a spreadsheet."""

    def test_table_and_flow_stand_on_it(self, pages: TestClient) -> None:
        """One row a study, with its interval; how many documents were held, read and cited."""
        html = chosen(pages, "researcher")
        assert "The search and the flow" in html and "documents chosen and read" in html
        assert "31 of 40" in html and "CI" in html
        assert "/studies.csv" in html

    def test_columns_that_no_study_fills_are_named_and_left_out(self, pages: TestClient) -> None:
        """Silence is said once."""
        html = chosen(pages, "researcher")
        assert "No study states:" in html

    def test_the_table_leaves_as_csv(self, pages: TestClient) -> None:
        """A head and a row a study."""
        address, _ = asked(pages)
        lines = pages.get(f"{address}/studies.csv").text.splitlines()
        assert lines[0].startswith("references,document,study,year,design,level,people")
        assert len(lines) >= 2

    def test_downloads_hold_it(self, pages: TestClient) -> None:
        """Markdown and JSON."""
        chosen(pages, "researcher")
        address, _ = asked(pages)
        assert "## The flow" in pages.get(f"{address}/answer.md").text
        assert pages.get(f"{address}/answer.json").json()["researcher"]["studies"]


def test_all_words_stand_on_one_page(pages: TestClient) -> None:
    """`/glossary`, by letter, each with its explanation; the project's own words are another page."""
    answer = pages.get("/glossary")
    assert answer.status_code == 200 and not Page.of(answer.text).faults
    assert answer.text.count("<dt id=") == len(glossary())
    assert pages.get("/help/glossary").status_code == 200
    assert 'href="/help/glossary"' in answer.text
