"""The API, as a program has it: the command line's shapes over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api_room import QUESTION, Room, room
from starlette.testclient import TestClient

from curbside.doors.api.app import PREFIX, api_app
from curbside.doors.http.pool import LibraryPool
from curbside.errors import IndexBroken
from curbside.store.asked import AskedStore
from curbside.store.inbox import Inbox
from curbside.wiring import Library, open_library
from curbside.workflows.ask import asking
from curbside.writers import CITATIONS, answer_json, answer_markdown
from curbside.writers.plain import holding_json


def document_of(api: Room, pmid: str) -> str:
    """The id of the document with a PMID."""
    return str(api.get(f"/works/{pmid}").json()["documents"][0]["document"])


class TestAsk:
    """Questions and answers."""

    def test_gives_what_the_command_line_gives(self, api: Room) -> None:
        """One answer, one shape, whichever the door."""
        response = api.post("/ask", {"question": QUESTION})
        with open_library(api.folder) as library:
            wanted = answer_json(library.ask(QUESTION))
        assert response.status_code == 200
        assert response.json() == json.loads(json.dumps(wanted))
        assert response.json()["sections"]

    def test_is_never_cached(self, api: Room) -> None:
        """Neither a browser nor a proxy keeps what a question brought."""
        assert api.post("/ask", {"question": QUESTION}).headers["cache-control"] == "no-store"

    def test_comes_as_markdown_too(self, api: Room) -> None:
        """The header `Accept` decides."""
        response = api.post("/ask", {"question": QUESTION}, headers={"Accept": "text/markdown, application/json;q=0.5"})
        with open_library(api.folder) as library:
            assert response.text == answer_markdown(library.ask(QUESTION))
        assert response.headers["content-type"].startswith("text/markdown")

    def test_heeds_filters(self, api: Room) -> None:
        """Names become ids; what is left out by a filter answers nothing."""
        answer = api.post("/ask", {"question": QUESTION, "filters": {"drugs": ["rapamycin"], "since": 2030}}).json()
        assert answer["understood"]["filters"] == {"since": 2030, "drugs": ["d:sirolimus"]}
        assert answer["declined"] and not answer["sections"]

    def test_the_filters_of_an_answer_can_be_sent_back(self, api: Room) -> None:
        """What comes out of `understood.filters` goes in as `filters`."""
        first = api.post("/ask", {"question": QUESTION, "filters": {"evidence": ["RCT"], "ages": ["child"]}}).json()
        again = api.post("/ask", {"question": QUESTION, "filters": first["understood"]["filters"]}).json()
        assert again == first

    def test_halves_of_characters_and_noughts_are_words_like_others(self, api: Room) -> None:
        """What is no text is made text; nothing of it breaks anything."""
        body = b'{"question": "sirolimus \\ud800 \\u0000 \\udfff children"}'
        response = api.http.post(f"{PREFIX}/ask", content=body, headers={"Content-Type": "application/json"})
        assert response.status_code == 200
        assert response.json()["question"] == "sirolimus ? \0 ? children"


def events_of(response: Any) -> list[tuple[str, Any]]:
    """The events of a response: name and data."""
    found: list[tuple[str, Any]] = []
    for block in response.text.split("\n\n")[:-1]:
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


class TestEvents:
    """An answer in progress."""

    def test_tell_the_way_of_an_answer_in_order(self, api: Room) -> None:
        """Understood, searching, reading, each section, done."""
        response = api.post("/ask/events", {"question": QUESTION}, headers={"Accept": "text/event-stream"})
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        events = events_of(response)
        names = [name for name, _ in events]
        whole = api.post("/ask", {"question": QUESTION}).json()
        sections = len(whole["sections"])
        searches = names.count("searching")
        assert names == ["understood", *["searching"] * searches, "reading", *["section"] * sections, "done"]
        assert searches >= 1 and sections >= 1
        told = dict(events)
        assert told["done"] == whole
        assert told["understood"] == whole["understood"]
        assert set(told["reading"]["documents"]) >= {entry["document"] for entry in whole["references"]}
        assert told["section"] == {**whole["sections"][-1], "number": sections, "of": sections}

    @pytest.mark.parametrize(
        ("error", "code"), [(IndexBroken("secret"), "unavailable"), (RuntimeError("secret"), "internal")]
    )
    def test_end_with_an_error_where_something_goes_wrong(
        self, api: Room, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
    ) -> None:
        """A problem comes as the last event, since the status is sent by then; it tells nothing of the inside."""

        def breaking(*given: Any) -> Iterator[Any]:
            yield next(iter(asking(*given)))
            raise error

        monkeypatch.setattr("curbside.doors.api.asking.asking", breaking)
        events = events_of(api.post("/ask/events", {"question": QUESTION}))
        assert [name for name, _ in events] == ["understood", "error"]
        assert events[-1][1]["code"] == code
        assert "secret" not in str(events)


class TestSearch:
    """Search, page by page."""

    def test_finds_with_passages(self, api: Room) -> None:
        """Each hit has its record, its passage, and where the telling words of it stand."""
        found = api.post("/search", {"query": "sirolimus children"}).json()
        hit = found["hits"][0]
        text = api.get(f"/documents/{hit['document']}").json()["text"]
        assert hit["passage"] == text[hit["start"] : hit["end"]]
        assert hit["start"] <= hit["snippet"]["start"] < hit["snippet"]["end"] <= hit["end"]
        assert [each["concept"] for each in found["concepts"]] == ["d:sirolimus"]

    def test_pages_follow_each_other(self, api: Room) -> None:
        """`next` is the offset of the next page, null on the last."""
        whole = api.post("/search", {}).json()
        assert (whole["total"], whole["next"], whole["query"], whole["advanced"]) == (3, None, "", False)
        ids, offset = [], 0
        while offset is not None:
            page = api.post("/search", {"limit": 1, "offset": offset}).json()
            ids += [hit["document"] for hit in page["hits"]]
            offset = page["next"]
        assert ids == [hit["document"] for hit in whole["hits"]]

    def test_orders_by_year(self, api: Room) -> None:
        """Newest or oldest first."""
        for order, years in (("newest", [2019, 2011, 2001]), ("oldest", [2001, 2011, 2019])):
            found = api.post("/search", {"order": order}).json()
            assert [hit["year"] for hit in found["hits"]] == years
            assert found["order"] == order

    def test_counts_what_is_found(self, api: Room) -> None:
        """Facets are counted where they are asked for, over all pages."""
        assert api.post("/search", {"query": "sirolimus"}).json()["facets"] is None
        facets = api.post("/search", {"query": "sirolimus", "facets": True, "limit": 1}).json()["facets"]
        assert facets["total"] == 2
        assert facets["years"] == {"2019": 1, "2001": 1}
        assert sum(facets["evidence"].values()) == 2

    def test_understands_the_librarians_language(self, api: Room) -> None:
        """With `advanced` the words are a query."""
        found = api.post("/search", {"query": "drug:everolimus AND year:2010-", "advanced": True}).json()
        assert [hit["year"] for hit in found["hits"]] == [2011]


class TestShow:
    """Documents, works, places."""

    def test_a_document_is_what_show_prints(self, api: Room) -> None:
        """With its text, into which all offsets point."""
        name = document_of(api, "31000001")
        with open_library(api.folder) as library:
            wanted = holding_json(library.store.holding(name), text=True)
        assert api.get(f"/documents/{name}").json() == json.loads(json.dumps(wanted))

    def test_what_a_client_has_already_is_not_sent_again(self, api: Room) -> None:
        """The entity tag begins with the document's id, which is the hash of its text."""
        path = f"/documents/{document_of(api, '31000001')}"
        first = api.get(path)
        tag = first.headers["etag"]
        assert document_of(api, "31000001") in tag
        for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = api.get(path, headers={"If-None-Match": given})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert api.get(path, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_a_retraction_changes_the_tag(self, own: Path) -> None:
        """The text stays as it was, and yet nobody is told that the document has not changed."""
        retraction = '{"title": "Retraction: x", "pmid": "31000001", "retracted": true, "abstract": "Withdrawn."}'
        with room(own) as api:
            name = document_of(api, "31000001")
            before = api.get(f"/documents/{name}").headers["etag"]
            sent = api.post("/documents", files=[("files", ("r.jsonl", retraction.encode()))])
            api.adds(sent.json()["id"])
            after = api.get(f"/documents/{name}", headers={"If-None-Match": before})
            assert after.status_code == 200
            assert after.json()["retracted"]
            assert after.headers["etag"] != before

    def test_a_work_is_found_under_all_its_names(self, api: Room) -> None:
        """PMID, DOI with its slash plain or escaped, work id, document id."""
        first = api.get("/works/31000001").json()
        record = first["documents"][0]
        names = ("pmid:31000001", "10.9999/jip.1", "10.9999%2Fjip.1", record["work"], record["document"])
        assert all(api.get(f"/works/{name}").json() == first for name in names)

    def test_a_quote_is_shown_in_its_place(self, api: Room) -> None:
        """The words, the passage around them, the headings above."""
        name = document_of(api, "31000001")
        text = api.get(f"/documents/{name}").json()["text"]
        start = text.index("9 of 12")
        place = api.get(f"/documents/{name}/quote", params={"start": start, "end": start + 7}).json()
        assert place["words"] == "9 of 12"
        assert place["passage"]["words"] == text[place["passage"]["start"] : place["passage"]["end"]]
        assert "9 of 12" in place["passage"]["words"]
        assert place["role"] == "abstract"


class TestExport:
    """The forms of reference managers."""

    @pytest.mark.parametrize("form", ["jsonl", "ris", "nbib", "bibtex", "csl", "csv"])
    def test_what_is_found_is_what_the_command_line_writes(self, api: Room, form: str) -> None:
        """Each work once."""
        from curbside.records import Query
        from curbside.workflows.export import export
        from curbside.workflows.find import every

        response = api.post(f"/export/{form}", {"query": "sirolimus"})
        with open_library(api.folder) as library:
            found = every(Query("sirolimus"), library.store, library.index, library.vocabulary)
            wanted = "".join(export([each.holding for each in found.results], form, library.store))
        assert response.text == wanted
        assert response.headers["content-disposition"].startswith("attachment")

    def test_without_a_query_it_is_the_whole_library(self, api: Room) -> None:
        """And with filters alone what they let through."""
        assert api.post("/export/jsonl", {}).text.count("\n") == 3
        assert api.post("/export/jsonl", {"filters": {"since": 2010}}).text.count("\n") == 2

    def test_a_work_is_exported_by_its_name(self, api: Room) -> None:
        """A DOI keeps its slash."""
        assert "TI  - Sirolimus for refractory" in api.get("/export/ris/10.9999/jip.1").text

    @pytest.mark.parametrize("style", CITATIONS)
    def test_a_work_is_cited_in_each_form(self, api: Room, style: str) -> None:
        """In the media type of the form; without a style in NLM's."""
        cited = api.get("/works/10.9999/jip.1/cite", params={"style": style})
        assert cited.status_code == 200 and "for refractory" in cited.text
        assert cited.headers["content-type"].startswith(CITATIONS[style].media)
        assert api.get("/works/31000001/cite").text == api.get("/works/31000001/cite?style=nlm").text


class TestLibrary:
    """What the library holds."""

    def test_status_is_what_the_command_line_says(self, api: Room) -> None:
        """The folder by its name alone: where it lies is nobody's business."""
        status = api.get("/status").json()
        assert (status["documents"], status["folder"], status["index"]) == (3, "library", "ready")

    def test_documents_are_listed_page_by_page(self, api: Room) -> None:
        """Oldest first; `next` leads on."""
        pages = [api.get("/documents", params={"limit": 2}).json()]
        pages.append(api.get("/documents", params={"limit": 2, "cursor": pages[0]["next"]}).json())
        assert pages[1]["next"] is None
        listed = [each["ids"]["pmid"] for page in pages for each in page["documents"]]
        assert listed == ["31000001", "31000002", "31000003"]
        assert "text" not in pages[0]["documents"][0]

    def test_problems_are_listed_with_file_and_line(self, api: Room) -> None:
        """What could not be added is not forgotten."""
        found = api.get("/problems").json()
        assert (found["total"], found["next"]) == (1, None)
        assert (found["problems"][0]["where"], found["problems"][0]["line"]) == ("broken.jsonl", 2)

    def test_the_vocabulary_knows_names_and_ids(self, api: Room) -> None:
        """With what is broader and what is narrower."""
        term = api.get("/vocabulary", params={"name": "Rapamycin"}).json()
        assert term == api.get("/vocabulary", params={"name": "d:sirolimus"}).json()
        assert (term["concept"], term["kind"]) == ("d:sirolimus", "drug")
        assert "rapamycin" in term["names"]
        assert "k:mtor-inhibitors" in [each["concept"] for each in term["broader"]]


class TestKeptQuestions:
    """Questions under an address of their own."""

    def test_are_answered_anew(self, own: Path) -> None:
        """The address says nothing of the question; what was kept is answered from the library of today."""
        with room(own) as api:
            first = api.post("/answers", {"question": QUESTION, "filters": {"since": 1990}})
            assert first.status_code == 201
            address = first.headers["location"]
            assert address == f"{PREFIX}/answers/{first.json()['id']}"
            again = api.http.get(address).json()
            assert again == first.json()
            assert again["answer"]["understood"]["filters"] == {"since": 1990}
            retraction = '{"title": "Retraction: x", "pmid": "31000001", "retracted": true, "abstract": "Withdrawn."}'
            api.adds(api.post("/documents", files=[("files", ("r.jsonl", retraction.encode()))]).json()["id"])
            later = api.http.get(address).json()
            assert later["changed"] and not again["changed"]

    def test_can_be_forgotten(self, api: Room) -> None:
        """Then nothing is left of them."""
        address = api.post("/answers", {"question": "unheard-of zzyzx"}).headers["location"]
        assert any("zzyzx" in path.read_text() for path in (api.folder / "asked").iterdir())
        assert api.http.delete(address).status_code == 204
        assert api.http.get(address).status_code == 404
        assert not any("zzyzx" in path.read_text() for path in (api.folder / "asked").iterdir())


class TestUploads:
    """Files into the library."""

    def test_are_safe_at_once_and_added_behind(self, own: Path) -> None:
        """202 with an address that says how far they are and, in the end, what came of them."""
        note = b"# Sirolimus in morphoea\n\nSirolimus was given to 3 adults with morphoea.\n"
        with room(own) as api:
            files = [("files", ("a.md", note)), ("files", ("b.jsonl", b'{"title": broken\n'))]
            sent = api.post("/documents", files=files)
            assert sent.status_code == 202
            assert sent.json()["state"] == "waiting"
            assert [each["name"] for each in sent.json()["files"]] == ["a.md", "b.jsonl"]
            address = sent.headers["location"]
            assert api.http.get(address).json() == sent.json()
            api.adds(sent.json()["id"])
            done = api.http.get(address).json()
            assert (done["state"], done["result"]["added"]) == ("done", 1)
            assert len(done["result"]["problems"]) == 1
            name = done["result"]["documents"][0]["document"]
            assert "morphoea" in api.get(f"/documents/{name}").json()["text"]

    def test_are_refused_whole_where_something_else_is_among_them(self, own: Path) -> None:
        """A field that is no file is one that nobody described; no file is taken then."""
        with room(own) as api:
            sent = api.post("/documents", files=[("files", ("a.md", b"# A")), ("colour", (None, b"blue"))])
            assert (sent.status_code, sent.json()["errors"][0]["place"]) == (422, "colour")
            assert api.inbox.recent() == []


class TestDescription:
    """What the application says of itself, and what it leaves to others."""

    def test_is_at_hand_and_loads_nothing_from_elsewhere(self, api: Room) -> None:
        """The OpenAPI is served; the pages that would fetch scripts are not."""
        assert api.get("/openapi.json").json()["openapi"].startswith("3.1")
        assert [api.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]

    def test_sends_no_word_to_telemetry(self, api: Room) -> None:
        """What a framework would tell of a failed request may hold a question."""
        assert not any(value for name, value in vars(api.app)["_telemetry"].items() if isinstance(value, bool))


class TestOtherSites:
    """Pages of other sites."""

    def test_get_no_leave_by_default(self, api: Room) -> None:
        """No header of CORS, whatever they ask."""
        headers = {"Origin": "https://desk.example.org", "Access-Control-Request-Method": "POST"}
        asked = api.http.options(f"{PREFIX}/ask", headers=headers)
        sent = api.post("/ask", {"question": QUESTION}, headers={"Origin": "https://desk.example.org"})
        for response in (asked, sent):
            assert not [name for name in response.headers if name.startswith("access-control")]

    def test_get_leave_where_they_are_named(self, small: Path) -> None:
        """Only those, and without cookies."""
        with room(small, origins=("https://desk.example.org",)) as api:
            for origin, leave in (("https://desk.example.org", "https://desk.example.org"), ("https://x.org", None)):
                sent = api.post("/ask", {"question": QUESTION}, headers={"Origin": origin})
                assert sent.headers.get("access-control-allow-origin") == leave
                assert "access-control-allow-credentials" not in sent.headers


def test_an_empty_library_declines(tmp_path: Path) -> None:
    """Nothing held is no error."""
    with open_library(tmp_path, write=True):
        pass
    with room(tmp_path) as api:
        assert api.post("/ask", {"question": QUESTION}).json()["declined"]
        assert api.post("/search", {}).json()["total"] == 0
        assert api.get("/documents").json() == {"total": 0, "next": None, "documents": []}


def test_a_request_that_is_off_costs_no_opening(small: Path) -> None:
    """What is not held, and what cannot be understood, is no fault of the library that was lent."""
    opened: list[int] = []

    def opener() -> Library:
        opened.append(1)
        return open_library(small)

    pool = LibraryPool(opener, small)
    with TestClient(api_app(pool, AskedStore(small, 0), Inbox(small))) as http:
        for _ in range(3):
            assert http.get("/documents/none").status_code == 404
            assert http.post("/search", json={"query": "(", "advanced": True}).status_code == 400
            assert http.post("/ask", json={"question": "x", "filters": {"drugs": ["zzyzx"]}}).status_code == 422
    pool.close()
    assert len(opened) == 1


class TestWhatIsWrong:
    """A problem says where it lies in words, too."""

    @pytest.mark.parametrize(
        ("filters", "said"),
        [
            ({"since": "soon"}, "/filters/since"),
            ({"until": 20_000}, "/filters/until"),
            ({"since": 2020, "until": 2010}, "filters.until: no year lies from 2020 to 2010."),
        ],
    )
    def test_a_year_that_is_none(self, api: Room, filters: dict[str, object], said: str) -> None:
        """The field is named, in the words and in the list."""
        answered = api.post("/search", {"query": "sirolimus", "filters": filters})
        assert answered.status_code == 422
        assert said in answered.json()["detail"]
        assert answered.json()["errors"][0]["place"].startswith("/filters/")
