"""A language model behind every door: command line, pages, API; with a server on loopback that says what it is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from api_room import room
from starlette.testclient import TestClient

from curbside.doors.cli.main import main
from curbside.doors.http.pool import LibraryPool
from curbside.doors.web.app import web_app
from curbside.store.asked import AskedStore
from curbside.wiring import open_library
from model_server import KEY, ModelServer, reply

QUESTION = "Does sirolimus help lymphatic malformations?"
TRIAL = {
    "title": "Sirolimus for lymphatic malformations",
    "pmid": "77000009",
    "abstract": "In children with lymphatic malformations, sirolimus reduced pain in 7 of 13 patients. Stomatitis was "
    "common with sirolimus in lymphatic malformations.",
}
SOURCE = "In children with lymphatic malformations, sirolimus reduced pain in 7 of 13 patients."
FAITHFUL = "In children with lymphatic malformations, sirolimus decreased pain in 7 of 13 people."
WRONG = "In children with lymphatic malformations, sirolimus cured pain in 13 of 13 patients."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one trial."""
    place = tmp_path_factory.mktemp("reworded")
    (place / "trial.jsonl").write_text(json.dumps(TRIAL), encoding="utf-8")
    with open_library(place / "library", write=True, meaning=False) as library:
        library.add([place / "trial.jsonl"])
    return place / "library"


Says = Callable[[str, str], None]


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModelServer, Says]]:
    """A model that is set, and what has it say a text in the place of a sentence."""
    with ModelServer("openai") as server:
        for name, value in {"URL": server.url, "": "tiny", "KEY": KEY, "PRICES": "1 2 USD", "SECONDS": "5"}.items():
            monkeypatch.setenv(f"CURBSIDE_MODEL_{name}".rstrip("_"), value)
        monkeypatch.setenv("CURBSIDE_ENCODER", "off")
        monkeypatch.setenv("CURBSIDE_KEEP_QUESTIONS", "0")

        def told(text: str, in_place_of: str) -> None:
            server.answers_to(lambda asked: reply("openai", _rows(asked, text, in_place_of)))

        yield server, told


def _rows(asked: dict[str, Any], text: str, in_place_of: str) -> str:
    data = json.loads("\n".join(asked["messages"][1]["content"].split("\n")[1:-1]))
    said = [each for section in data.get("sections", []) for each in section["sentences"]]
    return json.dumps({"sentences": [{"id": each["id"], "text": text} for each in said if each["text"] == in_place_of]})


def cli(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command prints."""
    assert main(["--library", str(folder), *words]) == 0
    found = capsys.readouterr()
    assert KEY not in found.out + found.err
    return found.out


def test_ask_shows_what_was_reworded_and_both_on_demand(
    folder: Path, says: tuple[ModelServer, Says], capsys: pytest.CaptureFixture[str]
) -> None:
    """In text and in JSON; with the note that says by whom."""
    says[1](FAITHFUL, SOURCE)
    flat = " ".join(cli(folder, capsys, "ask", "--reworded", QUESTION).split())
    assert f"{FAITHFUL} [1] (reworded)" in flat
    assert f"- {FAITHFUL} < {SOURCE}" in flat
    assert "reworded by tiny at 127.0.0.1 and passed the guards" in flat
    plain = json.loads(cli(folder, capsys, "ask", "--json", QUESTION))
    pairs = {each["text"]: each["extracted"] for section in plain["sections"] for each in section["sentences"]}
    assert pairs[FAITHFUL] == SOURCE


def test_ask_off_asks_nobody(folder: Path, says: tuple[ModelServer, Says], capsys: pytest.CaptureFixture[str]) -> None:
    """And gives the same bytes as without a model."""
    says[1](FAITHFUL, SOURCE)
    out = cli(folder, capsys, "ask", "--model", "off", QUESTION)
    assert SOURCE in " ".join(out.split())
    assert "reworded by" not in out
    assert says[0].asked == []


def test_what_says_something_else_is_not_shown_and_told(
    folder: Path, says: tuple[ModelServer, Says], capsys: pytest.CaptureFixture[str]
) -> None:
    """The source's words stand; the note counts the wording and names the guard, and does not repeat it."""
    says[1](WRONG, SOURCE)
    out = " ".join(cli(folder, capsys, "ask", "--reworded", QUESTION).split())
    assert "cured" not in out
    assert "13 of 13" not in out
    assert "refused (words" in out
    assert "Nothing was reworded." in out


@pytest.mark.parametrize("why", ["refused", "malformed", "too long", "key", "fault"])
def test_whatever_goes_wrong_the_answer_stands(
    folder: Path, says: tuple[ModelServer, Says], capsys: pytest.CaptureFixture[str], why: str
) -> None:
    """And a note says what it was."""
    says[0].says(f"fault: {why}")
    out = " ".join(cli(folder, capsys, "ask", QUESTION).split())
    assert SOURCE in out
    assert "The source's words stand." in out


def test_the_ledger_is_shown_with_costs_and_without_the_key(
    folder: Path, says: tuple[ModelServer, Says], capsys: pytest.CaptureFixture[str]
) -> None:
    """`curbside model` counts requests and tokens, and what they cost by the prices that are set."""
    before = json.loads(cli(folder, capsys, "model", "--json"))["ledger"]
    says[1](FAITHFUL, SOURCE)
    cli(folder, capsys, "ask", QUESTION)
    after = json.loads(cli(folder, capsys, "model", "--json"))
    requests = after["ledger"]["calls"] - before["calls"]
    assert requests > 0
    assert after["ledger"]["costs"]["USD"] - before["costs"].get("USD", 0) == pytest.approx(requests * 39 / 1_000_000)
    assert after["has_key"] is True
    assert "tiny at 127.0.0.1 (openai, with a key)" in cli(folder, capsys, "model")
    assert "It replied" in cli(folder, capsys, "model", "--try")


def test_a_reply_that_is_kept_is_not_paid_for_again(
    folder: Path, says: tuple[ModelServer, Says], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as questions are kept; the same bytes come again."""
    monkeypatch.setenv("CURBSIDE_KEEP_QUESTIONS", "30")
    says[1](FAITHFUL, SOURCE)
    first = cli(folder, capsys, "ask", QUESTION)
    asked = len(says[0].asked)
    assert cli(folder, capsys, "ask", QUESTION) == first
    assert len(says[0].asked) == asked > 0
    cli(folder, capsys, "model", "--forget")
    cli(folder, capsys, "ask", QUESTION)
    assert len(says[0].asked) > asked


@pytest.fixture
def pool(folder: Path) -> Iterator[LibraryPool]:
    """Libraries for the doors of the web."""
    made = LibraryPool(lambda: open_library(folder, meaning=False))
    yield made
    made.close()


def test_the_page_marks_what_was_reworded_with_the_sources_words_under_it(
    folder: Path, says: tuple[ModelServer, Says], pool: LibraryPool
) -> None:
    """Without a script; and a box takes the model away for one question."""
    says[1](FAITHFUL, SOURCE)
    browser = TestClient(web_app(pool, AskedStore(folder, 0)), base_url="http://127.0.0.1")
    assert "tiny at 127.0.0.1 may reword the answer" in browser.get("/").text
    page = browser.post("/ask", data={"question": QUESTION, "model_box": "shown", "model": "on"}).text
    assert f"{FAITHFUL}</span>" in page
    assert re.search(rf"<details class=\"looked reworded\">.*?{re.escape(SOURCE)}</p></details>", page, re.DOTALL)
    assert KEY not in page
    asked = len(says[0].asked)
    off = browser.post("/ask", data={"question": QUESTION, "model_box": "shown"}).text
    assert f"{SOURCE}</span>" in off
    assert len(says[0].asked) == asked


def test_a_kept_answer_has_an_address_with_and_without_the_model(
    folder: Path, says: tuple[ModelServer, Says], pool: LibraryPool, tmp_path: Path
) -> None:
    """And being reworded is no change of the answer."""
    says[1](FAITHFUL, SOURCE)
    browser = TestClient(web_app(pool, AskedStore(tmp_path, 30)), base_url="http://127.0.0.1")
    sent = browser.post("/ask", data={"question": QUESTION, "model_box": "shown"}, follow_redirects=False)
    address = sent.headers["location"]
    assert address.endswith("?model=off")
    assert f"{SOURCE}</span>" in browser.get(address).text
    page = browser.get(address.removesuffix("?model=off")).text
    assert f"{FAITHFUL}</span>" in page
    assert "differs from the one first given" not in page
    assert address in page


def test_the_api_says_which_were_reworded_and_takes_no_for_an_answer(
    says: tuple[ModelServer, Says], folder: Path
) -> None:
    """`model: false` in the body."""
    says[1](FAITHFUL, SOURCE)
    with room(folder) as api:
        found = api.post("/ask", {"question": QUESTION}).json()
        off = api.post("/ask", {"question": QUESTION, "model": False}).json()
        events = api.post("/ask/events", {"question": QUESTION}, headers={"Accept": "text/event-stream"}).text
    assert (FAITHFUL, SOURCE) in {(s["text"], s["extracted"]) for each in found["sections"] for s in each["sentences"]}
    assert all(not s["extracted"] for each in off["sections"] for s in each["sentences"])
    assert json.dumps(FAITHFUL)[1:-1] in events
