"""Rewording in its order: a kept reply, the model, the guards, the ledger; whatever fails, the answer stands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from curbside.errors import LibraryFull, ModelError
from curbside.inference.language_model_scripted import ScriptedLanguageModel
from curbside.records import Answer
from curbside.records.completion import ModelCall, Prompt
from curbside.store.completions import CompletionStore
from curbside.wiring import Library, open_library
from curbside.workflows.reword import Asked

QUESTION = "Does sirolimus help facial angiofibroma?"
SOURCE = "Topical sirolimus improved facial angiofibroma in 31 of 40 patients."
PLAIN = "Topical sirolimus improved facial angiofibroma in 31 of 40 people."
ROW = {"title": "Sirolimus for facial angiofibroma", "abstract": f"{SOURCE} Everolimus was not tried."}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library with two texts."""
    place = tmp_path_factory.mktemp("reword")
    other = {"title": "Everolimus for tuberous sclerosis complex", "abstract": "Everolimus reduced seizures."}
    (place / "rows.jsonl").write_text(f"{json.dumps(ROW)}\n{json.dumps(other)}\n", encoding="utf-8")
    with open_library(place / "library", write=True, meaning=False) as made:
        made.add([place / "rows.jsonl"])
    return open_library(place / "library", meaning=False)


def says(text: str, **more: object) -> ScriptedLanguageModel:
    """A model that says a text in the place of every sentence that is SOURCE."""

    def script(prompt: Prompt) -> str:
        data = json.loads("\n".join(prompt.data.split("\n")[1:-1]))
        rows = [each for section in data["sections"] for each in section["sentences"] if each["text"] == SOURCE]
        return json.dumps({"sentences": [{"id": each["id"], "text": text} for each in rows], **more})

    return ScriptedLanguageModel(script)


def asked_of(library: Library, model: ScriptedLanguageModel, store: CompletionStore) -> Answer:
    """The answer as a model rewords it."""
    return library.reword(library.ask(QUESTION), asked=Asked(model, store, (1.0, 2.0, "EUR")))


def test_without_a_model_the_answer_is_the_same_object(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default path pays nothing."""
    monkeypatch.delenv("CURBSIDE_MODEL_URL", raising=False)
    answer = library.ask(QUESTION)
    assert library.reword(answer) is answer


def test_a_wording_that_passes_takes_the_place_and_one_that_does_not_leaves_it(
    library: Library, tmp_path: Path
) -> None:
    """With the source's words kept, and a note either way."""
    store = CompletionStore(tmp_path, 30)
    good = asked_of(library, says(PLAIN), store)
    assert {(each.text, each.extracted) for each in good.sentences} >= {(PLAIN, SOURCE)}
    bad = asked_of(library, says(SOURCE.replace("31", "39")), CompletionStore(tmp_path / "other", 30))
    assert replace(bad, notes=()) == replace(library.ask(QUESTION), notes=())
    assert "refused" in bad.notes[-1]


def test_a_decline_asks_nobody(library: Library, tmp_path: Path) -> None:
    """There is nothing to reword."""
    model = says(PLAIN)
    answer = library.ask("Does voclosporin help gout?")
    assert answer.declined
    assert library.reword(answer, asked=Asked(model, CompletionStore(tmp_path, 30))) is answer
    assert model.asked == []


def test_a_reply_at_hand_is_used_and_one_that_was_no_use_is_not_kept(library: Library, tmp_path: Path) -> None:
    """The ledger tells requests from replies at hand, with tokens and costs."""
    store = CompletionStore(tmp_path, 30)
    model = says(PLAIN)
    assert asked_of(library, model, store) == asked_of(library, model, store)
    assert len(model.asked) == 1
    broken = ScriptedLanguageModel(["Sure, here you are!"])
    asked_of(library, broken, CompletionStore(tmp_path / "broken", 30))
    asked_of(library, broken, CompletionStore(tmp_path / "broken", 30))
    assert len(broken.asked) == 2
    ledger = store.ledger()
    assert (ledger.calls, ledger.answered, ledger.cached) == (1, 1, 1)
    assert ledger.costs[0][0] == "EUR"
    assert ledger.costs[0][1] > 0


@pytest.mark.parametrize(
    "why", ["unreachable", "timed out", "rate limit", "key", "refused", "malformed", "too long", "fault"]
)
def test_whatever_goes_wrong_the_answer_stands_and_says_so(library: Library, tmp_path: Path, why: str) -> None:
    """Its sentences are the source's, a note tells what happened, and so does the ledger."""
    store = CompletionStore(tmp_path, 30)
    found = asked_of(library, ScriptedLanguageModel([ModelError("It went wrong.", why)]), store)
    assert found.sentences == library.ask(QUESTION).sentences
    assert found.notes[-1] == "It went wrong. The source's words stand."
    assert store.ledger().faults == ((why, 1),)


def test_a_disk_that_is_full_costs_the_ledger_and_not_the_answer(library: Library, tmp_path: Path) -> None:
    """It is told as a problem, once."""

    class Full(CompletionStore):
        def write(self, call: ModelCall) -> None:
            raise LibraryFull("The ledger could not be written: the disk took no more.")

    found = asked_of(library, says(PLAIN), Full(tmp_path, 30))
    assert PLAIN in {each.text for each in found.sentences}
    assert [problem.what for problem in found.problems if "ledger" in problem.what] == [
        "The ledger could not be written: the disk took no more."
    ]


def test_terms_are_names_that_the_vocabulary_knows_and_the_library_holds(library: Library, tmp_path: Path) -> None:
    """Nothing that a model makes up comes through, and nothing that was asked for."""
    terms = ["everolimus", "sirolimus", "voclosporin", "a sure cure <b>", "afinitor"]
    found = asked_of(library, says(PLAIN, terms=terms), CompletionStore(tmp_path, 30))
    assert set(found.terms) == {"everolimus"}
