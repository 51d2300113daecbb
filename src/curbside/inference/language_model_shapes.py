"""How servers of language models want to be asked, and how they answer: one shape a kind.

Written from their public documentation: OpenAI's chat completions (which many servers speak), Anthropic's messages,
Ollama's chat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from curbside.errors import ModelError
from curbside.records.completion import Completion, Prompt

ANTHROPIC_VERSION = "2023-06-01"


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of server speaks.

    Attributes:
        path: behind the address that is set, unless that ends with it already.
        headers: what it wants beside the body, given the key or "".
        body: the request, given model, prompt and whether options may be sent that some servers do not know.
        reply: what came back, read; raises ModelError.
    """

    path: str
    headers: Callable[[str], dict[str, str]]
    body: Callable[[str, Prompt, bool], dict[str, Any]]
    reply: Callable[[Mapping[str, Any]], Completion]


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def _anthropic_headers(key: str) -> dict[str, str]:
    return {"anthropic-version": ANTHROPIC_VERSION, **({"x-api-key": key} if key else {})}


def _messages(prompt: Prompt) -> list[dict[str, str]]:
    return [{"role": "system", "content": prompt.orders}, {"role": "user", "content": prompt.data}]


def _openai_body(model: str, prompt: Prompt, options: bool) -> dict[str, Any]:
    body: dict[str, Any] = {"model": model, "messages": _messages(prompt)}
    more = {"temperature": 0, "max_tokens": prompt.longest, "response_format": {"type": "json_object"}}
    return {**body, **more} if options else body


def _anthropic_body(model: str, prompt: Prompt, options: bool) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": model,
        "max_tokens": prompt.longest,
        "system": prompt.orders,
        "messages": [{"role": "user", "content": prompt.data}],
    }
    return {**body, "temperature": 0} if options else body


def _ollama_body(model: str, prompt: Prompt, options: bool) -> dict[str, Any]:
    body: dict[str, Any] = {"model": model, "messages": _messages(prompt), "stream": False}
    more = {"format": "json", "options": {"temperature": 0, "num_predict": prompt.longest}}
    return {**body, **more} if options else body


def _openai_reply(reply: Mapping[str, Any]) -> Completion:
    choice = _object(_first(reply.get("choices")))
    message = _object(choice.get("message"))
    _ended(choice.get("finish_reason"), refused=("content_filter",), cut=("length",))
    if message.get("refusal"):
        raise _refused()
    usage = _object(reply.get("usage"), missing=True)
    return Completion(
        _words(message.get("content")), _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    )


def _anthropic_reply(reply: Mapping[str, Any]) -> Completion:
    _ended(reply.get("stop_reason"), refused=("refusal",), cut=("max_tokens", "model_context_window_exceeded"))
    blocks = reply.get("content")
    if not isinstance(blocks, list):
        raise malformed()
    pieces = [_object(block) for block in cast("list[object]", blocks)]
    text = "".join(_words(piece.get("text")) for piece in pieces if piece.get("type") == "text")
    usage = _object(reply.get("usage"), missing=True)
    return Completion(_words(text), _count(usage, "input_tokens"), _count(usage, "output_tokens"))


def _ollama_reply(reply: Mapping[str, Any]) -> Completion:
    if "error" in reply:
        raise ModelError("The language model's server reports a fault.", "fault")
    _ended(reply.get("done_reason"), refused=(), cut=("length",))
    if reply.get("done") is False:
        raise malformed()
    text = _words(_object(reply.get("message")).get("content"))
    return Completion(text, _count(reply, "prompt_eval_count"), _count(reply, "eval_count"))


def _ended(why: object, refused: tuple[str, ...], cut: tuple[str, ...]) -> None:
    if why in refused:
        raise _refused()
    if why in cut:
        raise ModelError("The language model's reply was cut off: it is longer than may be.", "too long")


def _refused() -> ModelError:
    return ModelError("The language model refused to reply.", "refused")


def malformed() -> ModelError:
    """Return the error for a reply that is not what its server's documentation says."""
    return ModelError("The language model's server replied in a shape that nobody knows here.", "malformed")


def _first(value: object) -> object:
    if not isinstance(value, list) or not value:
        raise malformed()
    return cast("list[object]", value)[0]


def _object(value: object, missing: bool = False) -> Mapping[str, Any]:
    if value is None and missing:
        return {}
    if not isinstance(value, dict):
        raise malformed()
    return cast("dict[str, Any]", value)


def _words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise malformed()
    return value


def _count(usage: Mapping[str, Any], name: str) -> int:
    """Return a count of tokens; a server that says nonsense has said nothing."""
    value = usage.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else 0


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "openai": Shape("/chat/completions", _bearer, _openai_body, _openai_reply),
        "anthropic": Shape("/v1/messages", _anthropic_headers, _anthropic_body, _anthropic_reply),
        "ollama": Shape("/api/chat", _bearer, _ollama_body, _ollama_reply),
    }
)
"""Kind of server -> how it speaks."""
