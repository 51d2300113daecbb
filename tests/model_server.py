"""A server on loopback that answers as servers of language models do, from their public documentation."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

KEY = "sk-test-0123456789abcdef"

PATHS = {"openai": "/v1/chat/completions", "anthropic": "/v1/messages", "ollama": "/api/chat"}
BASES = {"openai": "/v1", "anthropic": "", "ollama": ""}

FINISHED = {
    "openai": {"stop": "stop", "refused": "content_filter", "too long": "length"},
    "anthropic": {"stop": "end_turn", "refused": "refusal", "too long": "max_tokens"},
    "ollama": {"stop": "stop", "refused": "stop", "too long": "length"},
}


def reply(kind: str, text: str, ended: str = "stop") -> dict[str, Any]:
    """Return a whole reply of a kind of server, with the fields that its documentation shows."""
    why = FINISHED[kind][ended]
    if kind == "openai":
        refusal = "I cannot help with that." if ended == "refused" else None
        message = {"role": "assistant", "content": None if refusal else text, "refusal": refusal, "annotations": []}
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1_741_569_952,
            "model": "tiny-2026-01-01",
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": why}],
            "usage": {"prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29},
            "service_tier": "default",
        }
    if kind == "anthropic":
        return {
            "id": "msg_01",
            "type": "message",
            "role": "assistant",
            "model": "tiny",
            "content": [] if ended == "refused" else [{"type": "text", "text": text}],
            "stop_reason": why,
            "stop_sequence": None,
            "usage": {"input_tokens": 19, "output_tokens": 10, "cache_read_input_tokens": 0},
        }
    return {
        "model": "tiny",
        "created_at": "2026-01-01T00:00:00Z",
        "message": {"role": "assistant", "content": text},
        "done": True,
        "done_reason": why,
        "total_duration": 174_560_334,
        "load_duration": 101_397_084,
        "prompt_eval_count": 19,
        "eval_count": 10,
    }


class ModelServer:
    """One kind of server; says what it is told to and keeps what it was asked."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.script: list[tuple[int, dict[str, str], bytes]] = []
        self.made: Callable[[dict[str, Any]], dict[str, Any]] | None = None
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        """The address to set."""
        return f"http://127.0.0.1:{self._http.server_address[1]}{BASES[self.kind]}"

    def says(self, said: str) -> None:
        """Say words, or do what "fault: WHY" asks for."""
        why = said.removeprefix("fault: ") if said.startswith("fault: ") else ""
        status = {"rate limit": 429, "key": 401, "fault": 418}.get(why, 200)
        if why == "refused" and self.kind == "ollama":
            status = 451  # it has no sign of its own for that; one that stands before it has
        if status != 200:
            self.script = [(status, {}, json.dumps({"error": {"message": f"bad {KEY}", "type": "x"}}).encode())]
        elif why == "malformed":
            self.script = [(200, {}, b'{"choices": [{"message": 5}], "content": 5, "message": 5}')]
        elif why in ("refused", "too long"):
            self.script = [(200, {}, json.dumps(reply(self.kind, "cut", why)).encode())]
        else:
            self.script = [(200, {}, json.dumps(reply(self.kind, said)).encode())]

    def answers_to(self, made: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """Answer each request with what `made` makes of it."""
        self.made = made

    def answers(self, *script: tuple[int, dict[str, str], bytes]) -> None:
        """Answer with status, headers and body, one after the other, the last for ever."""
        self.script = list(script)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                server.asked.append(json.loads(body))
                server.headers.append({name.lower(): value for name, value in self.headers.items()})
                script = server.script
                if server.made is not None:
                    found = (200, {}, json.dumps(server.made(server.asked[-1])).encode())
                else:
                    found = script.pop(0) if len(script) > 1 else script[0]
                status, headers, content = found if self.path == PATHS[server.kind] else (404, {}, b"{}")
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                del format, args

        return Handler

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
