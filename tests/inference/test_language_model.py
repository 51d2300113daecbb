"""The client of language models over HTTP: what is sent, how often, for how long, and what is never told."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest

from curbside.errors import ModelError
from curbside.inference.language_model import LARGEST, TRIES, HttpLanguageModel
from curbside.inference.language_model_shapes import SHAPES
from curbside.records.completion import Prompt
from model_server import KEY, ModelServer, reply

PROMPT = Prompt("Say what the data says.", '{"a": 1}', 100)
KINDS = sorted(SHAPES)


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest) -> Iterator[ModelServer]:
    """A server of each kind."""
    with ModelServer(request.param) as found:
        yield found


class Waits:
    """A sleep that only notes how long it was to be, and a clock that it moves on."""

    def __init__(self) -> None:
        self.told: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Note."""
        self.told.append(seconds)

    def clock(self) -> float:
        """Return the sum of the waits."""
        return sum(self.told)


def model_of(server: ModelServer, waits: Waits | None = None, url: str = "", seconds: float = 5.0) -> HttpLanguageModel:
    """Return the client of a server."""
    waits = waits or Waits()
    return HttpLanguageModel(
        url or server.url,
        server.kind,
        "tiny",
        host="127.0.0.1",
        key=KEY,
        seconds=seconds,
        clock=waits.clock,
        sleep=waits.sleep,
        now=lambda: 1_784_000_000.0,
    )


def ok(server: ModelServer, text: str = "hello") -> tuple[int, dict[str, str], bytes]:
    """Return a good answer."""
    return 200, {}, json.dumps(reply(server.kind, text)).encode()


def test_orders_and_data_are_sent_apart_and_the_key_in_a_header_alone(server: ModelServer) -> None:
    """Data is the user's message and never part of the orders; the body holds no key."""
    server.answers(ok(server))
    model_of(server).complete(PROMPT)
    (asked,), (headers,) = server.asked, server.headers
    assert KEY not in json.dumps(asked)
    assert KEY in (headers.get("x-api-key"), headers.get("authorization", "").removeprefix("Bearer "))
    assert asked["model"] == "tiny"
    system = asked["system"] if server.kind == "anthropic" else asked["messages"][0]["content"]
    assert (system, asked["messages"][-1]) == (PROMPT.orders, {"role": "user", "content": PROMPT.data})


def test_a_server_that_knows_no_options_is_asked_without(server: ModelServer) -> None:
    """Status 400 is answered once with the bare request."""
    server.answers((400, {}, b"{}"), ok(server))
    assert model_of(server).complete(PROMPT).text == "hello"
    assert "temperature" not in json.dumps(server.asked[1])


@pytest.mark.parametrize("status", [429, 500, 503, 529])
def test_what_may_pass_is_tried_again_with_longer_waits(server: ModelServer, status: int) -> None:
    """Two further tries, the second wait twice the first."""
    waits = Waits()
    server.answers((status, {}, b"{}"), (status, {}, b"{}"), ok(server))
    assert model_of(server, waits).complete(PROMPT).text == "hello"
    assert waits.told == [0.5, 1.0]


@pytest.mark.parametrize(("after", "wait"), [("2", 2.0), ("Tue, 14 Jul 2026 03:33:24 GMT", 4.0)])
def test_retry_after_is_obeyed(server: ModelServer, after: str, wait: float) -> None:
    """In seconds or as a date."""
    waits = Waits()
    server.answers((429, {"Retry-After": after}, b"{}"), ok(server))
    model_of(server, waits).complete(PROMPT)
    assert waits.told == [wait]


def test_a_wait_beyond_the_time_allowed_is_not_begun(server: ModelServer) -> None:
    """A server that asks for an hour is left at once."""
    waits = Waits()
    server.answers((429, {"Retry-After": "3600"}, b"{}"))
    with pytest.raises(ModelError, match="no more requests") as caught:
        model_of(server, waits).complete(PROMPT)
    assert (caught.value.why, waits.told, len(server.asked)) == ("rate limit", [], 1)


def test_it_gives_up_after_its_tries(server: ModelServer) -> None:
    """Whatever the server says, requests are counted."""
    server.answers((503, {}, b"{}"))
    with pytest.raises(ModelError, match="status 503"):
        model_of(server).complete(PROMPT)
    assert len(server.asked) == TRIES


def test_a_redirect_is_not_followed(server: ModelServer) -> None:
    """The key goes to no other address."""
    server.answers((307, {"Location": f"{server.url}/elsewhere"}, b""))
    with pytest.raises(ModelError, match="status 307"):
        model_of(server).complete(PROMPT)
    assert len(server.asked) == 1


def test_a_reply_without_end_is_cut_off(server: ModelServer) -> None:
    """More bytes than any reply has are not read."""
    server.answers((200, {}, b"x" * (LARGEST + 100_000)))
    with pytest.raises(ModelError) as caught:
        model_of(server).complete(PROMPT)
    assert caught.value.why == "too long"


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"choices": []}'])
def test_what_is_no_reply_is_malformed(server: ModelServer, content: bytes) -> None:
    """Nothing that a server sends raises anything else."""
    server.answers((200, {}, content))
    with pytest.raises(ModelError) as caught:
        model_of(server).complete(PROMPT)
    assert caught.value.why == "malformed"


def test_the_address_may_hold_the_path_already(server: ModelServer) -> None:
    """With or without what stands behind the base address."""
    server.answers(ok(server))
    whole = (
        server.url + {"openai": "/chat/completions", "anthropic": "/v1/messages", "ollama": "/api/chat"}[server.kind]
    )
    for url in (whole, server.url, server.url + "/v1" if server.kind == "anthropic" else server.url):
        assert model_of(server, url=url).complete(PROMPT).text == "hello"


def test_nobody_there_is_told_as_such(server: ModelServer) -> None:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ModelError) as caught:
        model_of(server, url=f"http://127.0.0.1:{port}").complete(PROMPT)
    assert caught.value.why == "unreachable"


def test_one_that_says_nothing_is_not_waited_for_for_ever(server: ModelServer) -> None:
    """A server that takes the connection and never answers."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(8)
        with pytest.raises(ModelError) as caught:
            model_of(server, url=f"http://127.0.0.1:{mute.getsockname()[1]}", seconds=0.1).complete(PROMPT)
    assert caught.value.why == "timed out"


def test_a_refusal_in_words_of_the_openai_shape_is_one() -> None:
    """The field `refusal`, whatever the reason it ended for."""
    with ModelServer("openai") as server:
        body = reply("openai", "cut", "refused")
        body["choices"][0]["finish_reason"] = "stop"
        server.answers((200, {}, json.dumps(body).encode()))
        with pytest.raises(ModelError) as caught:
            model_of(server).complete(PROMPT)
    assert caught.value.why == "refused"
