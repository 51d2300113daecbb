"""Asking on the web: the box, the answer with its passages, its downloads, and what becomes of the question."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import Page, browser

from curbside.wiring import open_library

QUESTION = "Does topical sirolimus improve facial angiofibroma?"


def asked(client: TestClient, question: str = QUESTION, **more: str) -> Page:
    """Ask by the form and return the page that it leads to."""
    answer = client.post("/ask", data={"question": question, **more})
    assert answer.status_code == 200, answer.text
    return Page.of(answer.text)


class TestTheQuestionBox:
    """`/`: a box, what the library holds, examples."""

    def test_it_shows_what_the_library_holds(self, pages: TestClient) -> None:
        """Works, documents, guidelines and research are counted, and the last change is dated."""
        page = Page.of(pages.get("/").text)
        assert not page.faults
        for word in ("works", "documents", "guidelines", "research", "Last changed 20"):
            assert word in page.text

    def test_examples_are_made_of_what_is_held(self, pages: TestClient, web_library: Path) -> None:
        """Each example names a drug that the library's documents are about, and can be asked."""
        html = pages.get("/").text
        examples = re.findall(r'name="question" value="([^"]+)"', html)
        assert examples
        with open_library(web_library) as library:
            drugs = {
                library.vocabulary.concepts[drug].name
                for holding in library.store.live_holdings()
                for drug in holding.profile.drugs
            }
        for example in examples:
            assert any(drug in example for drug in drugs)
            asked(pages, example)

    def test_an_empty_library_says_how_to_begin(self, tmp_path: Path) -> None:
        """No counts of nothing, no examples, but the way in."""
        open_library(tmp_path, write=True).close()
        with browser(tmp_path) as client:
            assert "curbside shelf" in Page.of(client.get("/").text).text

    @pytest.mark.parametrize("question", ["", "   ", "x" * 4001])
    def test_no_question_or_too_much_of_one_is_said_beside_the_box(self, pages: TestClient, question: str) -> None:
        """The box comes back with what was typed and what is wrong."""
        answer = pages.post("/ask", data={"question": question})
        assert answer.status_code == 422
        page = Page.of(answer.text)
        assert not page.faults and "fault" in page.ids

    @pytest.mark.parametrize(
        ("name", "value"), [("since", "soon"), ("kind", "pamphlet"), ("drug", "no such drug"), ("since", "²")]
    )
    def test_a_filter_that_means_nothing_is_refused_with_the_question_kept(
        self, pages: TestClient, name: str, value: str
    ) -> None:
        """What was typed is not lost."""
        answer = pages.post("/ask", data={"question": QUESTION, name: value})
        assert answer.status_code == 422
        assert QUESTION in Page.of(answer.text).text


class TestTheAnswer:
    """`/answers/{id}`: sentences on one side, passages on the other."""

    def test_its_address_and_headers_hold_no_word_of_the_question(self, pages: TestClient) -> None:
        """Asking leads to a random address; nothing on the way or on the page links the words."""
        answer = pages.post("/ask", data={"question": QUESTION}, follow_redirects=False)
        assert answer.status_code == 303
        assert re.fullmatch(r"/answers/[A-Za-z0-9_-]{22}", answer.headers["location"])
        page = pages.get(answer.headers["location"])
        assert page.headers["cache-control"] == "no-store"
        for address in [*Page.of(page.text).hrefs, *re.findall(r'(?:action|src)="([^"]+)"', page.text)]:
            assert "angiofibroma" not in address and "question=" not in address

    def test_every_citation_opens_a_passage_with_its_quoted_words_lit(self, pages: TestClient) -> None:
        """Each citation leads to a passage on the page; each passage has lit words and a way into the document."""
        answer = pages.post("/ask", data={"question": QUESTION}).text
        page = Page.of(answer)
        assert not page.faults
        citations = re.findall(r'class="citation" href="#(q\d+)"', answer)
        assert citations and set(citations) <= set(page.ids)
        for passage in re.findall(r'<article class="passage".*?</article>', answer, re.S):
            assert "<mark" in passage and re.search(r'href="/documents/d[0-9a-f]{20}\?at=\d+-\d+#quote"', passage)
            assert re.search(r'class="back" href="#s\d+"', passage)

    def test_the_lit_words_are_the_documents_own(self, pages: TestClient) -> None:
        """What is lit on the answer page is lit in the document, word for word."""
        answer = pages.post("/ask", data={"question": QUESTION}).text
        passage = re.findall(r'<article class="passage".*?</article>', answer, re.S)[0]
        lit = "".join(Page.of(passage).marks)
        href = re.findall(r'class="open" href="([^"]+)"', passage)[0]
        assert "".join(Page.of(pages.get(href).text).marks) == lit

    def test_references_say_kind_year_and_identifiers(self, pages: TestClient) -> None:
        """NLM citation, kind of evidence, year, links to the registries that tell nobody where the reader was."""
        page = asked(pages)
        assert "Lindqvist P. Topical sirolimus for facial angiofibroma: a randomised trial." in page.text
        assert "randomised trial 2018" in page.text
        assert "https://doi.org/10.9999/trial.1" in page.hrefs

    def test_a_note_is_marked_as_a_secondary_source(self, pages: TestClient) -> None:
        """A report of somebody else's findings is shown as one."""
        assert "secondary source" in asked(pages, "Does sirolimus help autoimmune cytopenias in children?").text

    def test_what_it_is_based_on_and_how_old_that_is_stands_under_it(self, pages: TestClient) -> None:
        """How many documents were read of how many, the library's date, and that it is no order."""
        text = asked(pages).text
        assert re.search(r"\d+ of \d+ documents were read for it", text)
        assert "The library last changed 20" in text
        assert "Options to weigh, not orders" in text

    def test_what_is_not_stated_is_said_with_where_it_was_looked_for(self, pages: TestClient) -> None:
        """Absence is an answer: what, in how many documents, and their titles."""
        page = asked(pages, "What is the oral dose of sirolimus for facial angiofibroma?")
        assert "not stated in the" in page.text
        assert "Where it was looked for" in page.text

    def test_a_decline_says_so_and_what_was_looked_for(self, pages: TestClient) -> None:
        """No sentences, no passages, no references: said plainly."""
        page = asked(pages, "Does finasteride help against gout?")
        assert "The library does not hold an answer to this question" in page.text
        assert not page.faults and "sources" not in page.ids

    def test_filters_that_were_set_are_restated(self, pages: TestClient) -> None:
        """The page says which sources were allowed to answer, drugs by their names."""
        text = asked(pages, since="2015", kind="article", drug="sirolimus").text
        assert "from 2015" in text and "Kind of document" in text and "sirolimus" in text

    def test_an_answer_that_changed_says_so(self, tmp_path: Path) -> None:
        """The page answers from the library as it is now."""
        note = "title: Sirolimus for warts\nyear: 2010\n\n# Results\n\nSirolimus cleared warts in 9 of 10 patients.\n"
        (tmp_path / "note.md").write_text(f"---\n{note.replace(chr(10) * 2, chr(10) + '---' + chr(10) * 2, 1)}")
        library = tmp_path / "library"
        with open_library(library, write=True) as opened:
            opened.add([tmp_path / "note.md"])
        with browser(library) as client:
            first = client.post("/ask", data={"question": "Does sirolimus clear warts?"})
            address = first.url.path
            assert "differs from the one first given" not in first.text
            with open_library(library, write=True) as opened:
                opened.remove([next(opened.store.live_holdings()).document.id])
            assert "differs from the one first given" in client.get(address).text

    def test_downloads_are_the_command_lines_markdown_and_json(self, pages: TestClient) -> None:
        """The same shapes, sent as files."""
        address = pages.post("/ask", data={"question": QUESTION}).url.path
        markdown = pages.get(f"{address}/answer.md")
        assert markdown.text.startswith(f"# {QUESTION}")
        assert markdown.headers["content-disposition"].startswith("attachment")
        whole = json.loads(pages.get(f"{address}/answer.json").text)
        assert whole["question"] == QUESTION and whole["references"]
        assert pages.get(f"{address}/answer.exe").status_code == 404

    def test_it_weighs_little(self, pages: TestClient) -> None:
        """Page, style and script together stay under 150 kB."""
        page = pages.post("/ask", data={"question": "What are the harms of sirolimus?"})
        linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
        assert len(linked) == 3
        assert len(page.content) + sum(len(pages.get(address).content) for address in linked) < 150_000


class TestWhatBecomesOfAQuestion:
    """Kept for some days under a random address, forgotten on request, or never kept."""

    def test_forgetting_deletes_it(self, pages: TestClient, web_library: Path) -> None:
        """The address leads nowhere after, and no file holds the words."""
        question = "Does sirolimus help in zebra syndrome?"
        address = pages.post("/ask", data={"question": question}).url.path
        after = pages.post(f"{address}/forget")
        assert "The question is forgotten" in after.text
        assert pages.get(address).status_code == 404
        assert not any("zebra" in each.read_text() for each in (web_library / "asked").glob("*"))

    def test_where_questions_are_not_kept_the_answer_comes_at_once(self, web_library: Path) -> None:
        """No redirect, no file, and the downloads are forms."""
        before = sorted((web_library / "asked").glob("*"))
        with browser(web_library, days=0) as client:
            answer = client.post("/ask", data={"question": QUESTION}, follow_redirects=False)
            assert answer.status_code == 200
            page = Page.of(answer.text)
            assert not page.faults and "this answer has no address of its own" in page.text
            sent = client.post("/ask", data={"question": QUESTION, "form": "json"})
            assert json.loads(sent.text)["question"] == QUESTION
        assert sorted((web_library / "asked").glob("*")) == before

    @pytest.mark.parametrize("address", ["/answers/x", "/answers/..%2f..%2fetc", "/answers/" + "A" * 22])
    def test_an_address_that_names_no_question_is_not_found(self, pages: TestClient, address: str) -> None:
        """Nothing of a path reaches the disk."""
        assert pages.get(address).status_code == 404

    def test_asking_by_an_address_is_refused(self, pages: TestClient) -> None:
        """A question in an address would stand in logs; the page says how to ask."""
        answer = pages.get("/ask?question=sirolimus")
        assert answer.status_code == 405
        assert "question box" in Page.of(answer.text).text
