"""Requests are held to their bounds: bytes, time, company, and none that is compressed."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from types import SimpleNamespace

import pytest
from asgi import at_once, counting, scope_of, sending, sent
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from curbside.doors.http import limits
from curbside.doors.http.limits import Bounds, Limits

SMALL = Bounds(body=1000, larger=(("POST", "/add", 5000),), seconds=0.3, silence=0.2, slowest=100_000, at_once=2)


@pytest.fixture(autouse=True)
def one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts the seconds of a body looks at the clock of the loop, which a busy machine does not move."""
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: asyncio.get_running_loop().time()))


def post(path: str = "/ask", *headers: tuple[str, str]) -> Scope:
    """A request with a body."""
    return scope_of("POST", path, headers)


class TestBytes:
    """Counted as they come; what a header says of them is only believed where it says too many."""

    def test_within(self) -> None:
        """The application gets all of it."""
        assert sent(Limits(counting, SMALL), post(), [b"x" * 500, b"y" * 500]).body == b"1000"

    def test_too_many_as_they_come(self) -> None:
        """413 with the bound in it, whatever the header says."""
        app = Limits(counting, SMALL)
        for headers in ((), (("content-length", "3"),), (("transfer-encoding", "chunked"),)):
            answered = sent(app, post("/ask", *headers), [b"x" * 999, b"xx"])
            assert answered.status == 413
            assert b"1000 bytes" in answered.body or b"0 kB" in answered.body or b"is taken at once" in answered.body

    def test_too_many_announced(self) -> None:
        """413 before the application has heard of it."""

        async def never(scope: Scope, receive: Receive, reply: Send) -> None:
            raise AssertionError

        assert sent(Limits(never, SMALL), post("/ask", ("content-length", "1001"))).status == 413

    def test_where_more_is_taken(self) -> None:
        """The bound of an upload is its own, and holds for that method and path alone."""
        app = Limits(counting, SMALL)
        assert sent(app, post("/add"), [b"x" * 4000]).body == b"4000"
        assert sent(app, scope_of("PUT", "/add"), [b"x" * 4000]).status == 413
        assert sent(app, post("/add/more"), [b"x" * 4000]).status == 413

    @pytest.mark.parametrize("length", ["-1", "1e3", "ten", "٣"])
    def test_a_length_that_is_none(self, length: str) -> None:
        """400; nobody guesses."""
        scope = post()
        scope["headers"].append((b"content-length", length.encode()))
        assert sent(Limits(counting, SMALL), scope).status == 400

    def test_a_long_head(self) -> None:
        """431, whether it is the address or a header."""
        app = Limits(counting, SMALL)
        assert sent(app, post("/ask", ("x", "y" * 20_000))).status == 431
        assert sent(app, post("/" + "y" * 20_000)).status == 431

    def test_two_lengths(self) -> None:
        """400: a proxy before this server may have believed the other one."""
        scope = post("/ask", ("content-length", "5"), ("transfer-encoding", "chunked"))
        assert sent(Limits(counting, SMALL), scope).status == 400

    def test_an_application_that_takes_every_error_for_its_own(self) -> None:
        """What refuses a body passes through whoever reads it."""

        async def careless(scope: Scope, receive: Receive, reply: Send) -> None:
            try:
                await receive()
            except Exception:  # noqa: BLE001 - this is what frameworks do
                await reply({"type": "http.response.start", "status": 400, "headers": []})

        assert sent(Limits(careless, SMALL), post(), [b"x" * 2000]).status == 413

    @pytest.mark.parametrize("coding", ["gzip", "GZIP", "deflate", "br", "gzip, identity", "zstd"])
    def test_compressed(self, coding: str) -> None:
        """415, however small: nothing is unpacked at the rim."""
        bomb = gzip.compress(b"0" * 10_000_000)
        answered = sent(Limits(counting, Bounds()), post("/ask", ("content-encoding", coding)), [bomb])
        assert answered.status == 415
        assert sent(Limits(counting, SMALL), post("/ask", ("content-encoding", "identity"))).status == 200


class TestTime:
    """A request that takes too long ends with a word, and costs nobody else anything."""

    def test_an_answer_that_does_not_come(self) -> None:
        """503, and when to try again."""

        async def slow(scope: Scope, receive: Receive, reply: Send) -> None:
            await asyncio.sleep(60)
            await counting(scope, receive, reply)

        answered = sent(Limits(slow, SMALL), post())
        assert answered.status == 503
        assert answered.headers["retry-after"] == "2"

    def test_work_in_a_thread_does_not_hold_the_answer(self) -> None:
        """Threads cannot be stopped; the answer comes all the same."""

        answered = threading.Event()

        async def threaded(scope: Scope, receive: Receive, reply: Send) -> None:
            assert await run_in_threadpool(answered.wait, 60)
            await counting(scope, receive, reply)

        assert sent(Limits(threaded, SMALL), post()).status == 503
        answered.set()

    def test_a_body_that_stops_coming(self) -> None:
        """408."""
        assert sent(Limits(counting, SMALL), post(), [b"x", b"y"], pause=0.5).status == 408

    def test_a_body_byte_by_byte(self) -> None:
        """408 once it has taken longer than a pause may: a connection is not held open by a trickle."""
        assert sent(Limits(counting, SMALL), post(), [b"x"] * 500, pause=0.02).status == 408

    def test_a_long_upload_is_no_slow_answer(self) -> None:
        """The time in which a body arrives does not count."""
        bounds = Bounds(body=10_000_000, seconds=0.2, silence=0.5, slowest=10)
        answered = sent(Limits(counting, bounds), post(), [b"x" * 1000] * 20, pause=0.03)
        assert answered.body == b"20000"

    def test_an_answer_in_progress_may_take_its_time(self) -> None:
        """Once it has begun, nothing breaks it off."""

        async def streaming(scope: Scope, receive: Receive, reply: Send) -> None:
            await reply({"type": "http.response.start", "status": 200, "headers": []})
            for number in range(5):
                await asyncio.sleep(0.1)
                await reply({"type": "http.response.body", "body": b"x", "more_body": number < 4})

        assert sent(Limits(streaming, SMALL), post()).body == b"xxxxx"

    def test_a_client_that_does_not_read(self) -> None:
        """Its connection is dropped."""

        async def large(scope: Scope, receive: Receive, reply: Send) -> None:
            await reply({"type": "http.response.start", "status": 200, "headers": []})

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def stuck(message: object) -> None:
            await asyncio.sleep(60)

        with pytest.raises(ConnectionAbortedError):
            at_once(Limits(large, SMALL)(post(), receive, stuck))  # type: ignore[arg-type]


class TestCompany:
    """So many at once, and then a word instead of a queue without end."""

    def test_too_many_at_once(self) -> None:
        """503 for the third while two are under way; room again afterwards."""

        async def slow(scope: Scope, receive: Receive, reply: Send) -> None:
            await asyncio.sleep(0.1)
            await counting(scope, receive, reply)

        async def three() -> list[int]:
            app = Limits(slow, SMALL)
            first = [answered.status for answered in await asyncio.gather(*(sending(app, post()) for _ in range(3)))]
            return [*first, (await sending(app, post())).status]

        assert at_once(three()) == [200, 200, 503, 200]


class TestWords:
    """A refusal says what was wrong, in the form that the address speaks."""

    def test_the_api_speaks_problem_json(self) -> None:
        """With a code that programs can rely on."""
        answered = sent(Limits(counting, SMALL), post("/api/v1/ask"), [b"x" * 2000])
        assert answered.headers["content-type"] == "application/problem+json"
        problem = json.loads(answered.body)
        assert (problem["status"], problem["code"]) == (413, "too-large")
        assert problem["detail"].endswith(".")

    def test_pages_are_pages(self) -> None:
        """In HTML, with a way back."""
        answered = sent(Limits(counting, SMALL), post(), [b"x" * 2000])
        assert answered.headers["content-type"].startswith("text/html")
        assert b'href="/"' in answered.body
        assert answered.headers["cache-control"] == "no-store"
