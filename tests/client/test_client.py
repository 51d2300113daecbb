"""The client: calls that return records, and errors that say what was wrong."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
from client_room import QUESTION, answering

from curbside.client import (
    Answer,
    Busy,
    Client,
    Filters,
    MarkerPlace,
    NotFound,
    NotUnderstood,
    QueryFault,
    Refused,
    ServerFault,
    StatementAsked,
    TooMuch,
    Unexpected,
    Unreachable,
)


class TestCalls:
    """What the API has to give, as records."""

    def test_an_answer_opens_on_its_words(self, curbside: Client) -> None:
        """Every quote stands where it says, in the document that it names."""
        answer = curbside.ask(QUESTION)
        assert answer.sentences and not answer.declined
        for sentence in answer.sentences:
            for quote in sentence.quotes:
                assert curbside.document(quote.document).text[quote.start : quote.end] == quote.words
                assert curbside.quote(quote.document, quote.start, quote.end).words == quote.words

    def test_filters_go_along_and_come_back(self, curbside: Client) -> None:
        """Names of concepts come back as ids."""
        filters = Filters(drugs=("rapamycin",), since=2030, ages=("child",), noticed=False)
        answer = curbside.ask(QUESTION, filters)
        assert answer.declined
        assert answer.understood.filters == Filters(drugs=("d:sirolimus",), since=2030, ages=("child",), noticed=False)

    def test_an_answer_in_progress_ends_with_the_whole(self, curbside: Client) -> None:
        """Events come as records, the last holds what `ask` returns."""
        events = list(curbside.events(QUESTION))
        assert events[0].name == "understood"
        assert events[-1].name == "done"
        assert isinstance(events[-1].data, Answer)
        assert events[-1].data == curbside.ask(QUESTION)

    def test_an_answer_is_told_to_whom_it_is_asked_for(self, curbside: Client) -> None:
        """A patient's with its words and grades, a researcher's with its studies; on the same quotes."""
        plain, patient = curbside.ask(QUESTION), curbside.ask(QUESTION, audience="patient")
        assert (plain.audience, plain.patient) == ("clinician", None)
        assert patient.audience == "patient" and patient.patient is not None and patient.patient.terms
        assert {q for each in patient.sentences for q in each.quotes} == {
            q for each in plain.sentences for q in each.quotes
        }
        researcher = curbside.ask(QUESTION, audience="researcher").researcher
        assert researcher is not None and researcher.studies

    def test_markdown(self, curbside: Client) -> None:
        """The same answer for people."""
        assert curbside.ask_markdown(QUESTION).startswith(f"# {QUESTION}")

    def test_a_question_is_kept_and_forgotten(self, curbside: Client) -> None:
        """Under an id that says nothing of it."""
        kept = curbside.keep(QUESTION)
        assert curbside.kept(kept.id) == kept
        curbside.forget(kept.id)
        with pytest.raises(NotFound):
            curbside.kept(kept.id)

    def test_a_search_goes_from_page_to_page(self, curbside: Client) -> None:
        """`hits` yields what the pages hold."""
        found = curbside.search(order="newest", facets=True)
        assert found.total == len(found.hits) == 2
        assert found.facets is not None and found.facets.years == {"2019": 1, "2011": 1}
        assert list(curbside.hits(order="newest", page=1)) == list(found.hits)

    def test_the_library_is_listed(self, curbside: Client) -> None:
        """Page by page, oldest first."""
        records = list(curbside.every_document(page=1))
        assert [record.year for record in records] == [2019, 2011]
        assert curbside.status().documents == 2
        assert list(curbside.every_problem()) == []
        assert curbside.vocabulary("rapamycin").concept == "d:sirolimus"

    def test_works_are_found_and_exported_by_their_names(self, curbside: Client) -> None:
        """A DOI with its slash among them."""
        assert curbside.work("10.9999/jip.1").documents[0].ids["pmid"] == "31000001"
        assert "Sirolimus for refractory" in curbside.export_work("ris", "10.9999/jip.1")
        assert curbside.cite("10.9999/jip.1").endswith("PMID: 31000001.\n")
        assert curbside.cite("31000001", "bibtex").startswith("@article{")
        assert b"".join(curbside.export("jsonl", "everolimus")).count(b"\n") == 1

    def test_statements_are_judged(self, curbside: Client) -> None:
        """As sentences, or with the place of the marker; by weights or by rules."""
        text = "Unlike [1], our results agree with those of a trial [7]."
        asked = ["Our results agree with those of a trial [7].", StatementAsked(text, MarkerPlace(52, 55))]
        for rules in (False, True):
            one, two = curbside.stance(asked, rules).judgements
            assert one.stance == "supporting" and one.deciding and 0 < one.probability <= 1
            assert two.marker is not None and two.marker.words == "[7]"
            assert ("rules" in one.maker) is rules

    def test_support_is_judged(self, curbside: Client) -> None:
        """Of pairs of claim and evidence; by weights or by rules."""
        pair = ("Sirolimus reduces bleeding.", "Sirolimus did not reduce bleeding.")
        for rules in (False, True):
            (made,) = curbside.support([pair], rules).judgements
            assert made.label == "refutes" and ("rules" in made.maker) is rules
            assert "not" in {each.words for reason in made.reasons for each in reason.evidence}

    def test_a_text_is_checked(self, curbside: Client) -> None:
        """Each disagreement with its arithmetic and both sides, at their places in the text."""
        text = "Of 120 patients, 34 (82.3%) responded."
        (checked,) = curbside.check(text).documents
        (wrong,) = [each for each in checked.checks if each.verdict == "disagrees"]
        assert (checked.disagrees, "28.3" in wrong.message, "34 / 120" in wrong.arithmetic) == (1, True, True)
        assert all(text[quote.start : quote.end] == quote.words for quote in wrong.quotes)


class TestErrors:
    """What is wrong, by kind."""

    def test_say_where_a_query_fails(self, curbside: Client) -> None:
        """With the code point."""
        with pytest.raises(QueryFault) as raised:
            curbside.search("drug:sirolimus AND (child", advanced=True)
        assert (raised.value.position, raised.value.code) == (19, "query-syntax")

    def test_say_what_is_not_as_described(self, curbside: Client) -> None:
        """With the place in the request."""
        with pytest.raises(NotUnderstood) as raised:
            curbside.ask(QUESTION, Filters(drugs=("zzyzx",)))
        assert raised.value.faults[0].place == "/filters/drugs"
        with pytest.raises(NotUnderstood) as raised:
            curbside.search(limit=1_000)
        assert raised.value.faults[0].place == "/limit"

    @pytest.mark.parametrize(
        ("status", "error"),
        [(403, Refused), (404, NotFound), (408, TooMuch), (413, TooMuch), (500, ServerFault), (507, ServerFault)],
    )
    def test_are_told_apart(self, status: int, error: type[Exception]) -> None:
        """By the status of the problem."""
        headers = {"Content-Type": "application/problem+json"}
        client = answering(lambda _: httpx2.Response(status, json={"detail": "No.", "code": "x"}, headers=headers))
        with pytest.raises(error, match="No"):
            client.status()

    def test_a_busy_server_is_asked_again_with_patience(self) -> None:
        """As soon as it says, and not for ever."""
        asked: list[int] = []

        def busy(request: httpx2.Request) -> httpx2.Response:
            asked.append(1)
            if len(asked) < 3:
                headers = {"Content-Type": "application/problem+json", "Retry-After": "0"}
                return httpx2.Response(503, json={"detail": "Busy.", "code": "busy"}, headers=headers)
            return httpx2.Response(200, json={"total": 0, "next": None, "problems": []})

        assert answering(busy, patience=5.0).problems().total == 0
        asked.clear()
        with pytest.raises(Busy):
            answering(busy).problems()
        assert len(asked) == 1

    def test_what_is_not_curbside_is_told(self) -> None:
        """Another server, or a proxy's page."""
        for response in (
            httpx2.Response(200, text="<html>"),
            httpx2.Response(200, json={"hello": 1}),
            httpx2.Response(502, text="Bad gateway"),
        ):
            with pytest.raises(Unexpected):
                answering(lambda _, response=response: response).status()

    def test_no_answer_is_told(self) -> None:
        """Nobody listens there."""
        with pytest.raises(Unreachable), Client("http://127.0.0.1:9", timeout=2.0) as client:
            client.status()

    def test_an_answer_that_breaks_off_is_none(self) -> None:
        """Without its last event nothing is known."""
        text = 'event: searching\ndata: {"matched": 3, "chosen": 3}\n\nevent: done\ndata: {"questi'
        client = answering(lambda _: httpx2.Response(200, text=text))
        events = client.events(QUESTION)
        assert next(events).name == "searching"
        with pytest.raises(Unexpected):
            list(events)


@pytest.mark.slow
def test_files_are_added_over_a_real_server(address: str, tmp_path: Path) -> None:
    """Sent, waited for, asked about."""
    note = tmp_path / "morphoea.md"
    note.write_text("# Sirolimus in morphoea\n\nSirolimus was given to 3 adults with morphoea.\n", encoding="utf-8")
    with Client(address) as curbside:
        done = curbside.add([note, ("broken.jsonl", b'{"title": broken\n')], timeout=120.0)
        assert done.result is not None
        assert (done.state, done.result.added, len(done.result.problems)) == ("done", 1, 1)
        document = curbside.document(done.result.documents[0].document)
        assert "morphoea" in document.text and document.origin.endswith("morphoea.md")
        assert "morphoea" in str(curbside.ask("Is sirolimus used in morphoea?").sentences)
        assert [event.name for event in curbside.events(QUESTION)][-1] == "done"
