"""What any language model must do: one over HTTP, in each shape of server, or a scripted one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from curbside.errors import MODEL_FAULTS, ModelError
from curbside.inference.base import LanguageModel
from curbside.inference.language_model import HttpLanguageModel
from curbside.inference.language_model_scripted import ScriptedLanguageModel
from curbside.inference.language_model_shapes import SHAPES
from curbside.records.completion import Prompt
from model_server import KEY, ModelServer

PROMPT = Prompt("Say what the data says.", '{"a": 1}', 100)

Made = Callable[[str], LanguageModel]
"""Takes what it is to say: words, or "fault: WHY"."""


@pytest.fixture(params=["scripted", *SHAPES])
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    """Each implementation in turn, told what to say."""
    if request.param == "scripted":
        yield lambda said: ScriptedLanguageModel([_fault(said) or said])
        return
    with ModelServer(request.param) as server:

        def over_http(said: str) -> LanguageModel:
            server.says(said)
            return HttpLanguageModel(
                server.url, request.param, "tiny", host="127.0.0.1", key=KEY, seconds=5, sleep=lambda _: None
            )

        yield over_http


def _fault(said: str) -> ModelError | None:
    return ModelError("Told to.", said.removeprefix("fault: ")) if said.startswith("fault: ") else None


def test_it_says_what_it_is(made: Made) -> None:
    """A name for people, which holds no key."""
    model = made("hello")
    assert isinstance(model, LanguageModel)
    assert model.name
    assert KEY not in model.name + repr(model)


def test_it_gives_the_reply_whole(made: Made) -> None:
    """Words come back as they were written, with signs beyond ASCII, and with their tokens."""
    found = made('{"said": "≥ 5 µg, \\"Brüder\\" 👩‍⚕️"}').complete(PROMPT)
    assert found.text == '{"said": "≥ 5 µg, \\"Brüder\\" 👩‍⚕️"}'
    assert found.read > 0
    assert found.written > 0


@pytest.mark.parametrize("why", ["refused", "malformed", "too long", "rate limit", "key", "fault"])
def test_what_goes_wrong_is_told_by_its_kind(made: Made, why: str) -> None:
    """Each fault raises ModelError with why, and tells neither the key nor what came back."""
    with pytest.raises(ModelError) as caught:
        made(f"fault: {why}").complete(PROMPT)
    assert caught.value.why == why
    assert caught.value.why in MODEL_FAULTS
    assert KEY not in str(caught.value)


def test_nothing_is_a_malformed_reply(made: Made) -> None:
    """A reply without words is none."""
    with pytest.raises(ModelError) as caught:
        made("  ").complete(PROMPT)
    assert caught.value.why == "malformed"


def test_threads_may_ask_at_once(made: Made) -> None:
    """Four threads get four replies."""
    model, together = made("hello"), threading.Barrier(4)

    def ask(_: int) -> str:
        together.wait(10)
        return model.complete(PROMPT).text

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == ["hello"] * 4
