"""The OpenAPI is true: what it says is sent is what is sent, and every problem that it names can be met."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from api_calls import Call, calls, provoke
from api_room import Room, room
from jsonschema_rs import Draft202012Validator
from starlette.testclient import TestClient

from curbside.doors.api.app import api_app
from curbside.doors.api.examples import FILE
from curbside.doors.api.problems import KINDS
from curbside.serving.application import application
from curbside.serving.plan import Plan

ANY: Any = SimpleNamespace()
OPENAPI: dict[str, Any] = json.loads(json.dumps(api_app(ANY, ANY, ANY).openapi()))
OPERATIONS: dict[str, dict[str, Any]] = {
    operation["operationId"]: operation for path in OPENAPI["paths"].values() for operation in path.values()
}
PROBLEMS = [
    (name, code)
    for name, operation in OPERATIONS.items()
    for response in operation["responses"].values()
    for code in response.get("x-codes", ())
]


def valid(value: Any, schema: dict[str, Any]) -> None:
    """Assert that a value is as a schema of the OpenAPI says, and has no field that it does not name."""
    whole = {**schema, "components": OPENAPI["components"]}
    faults = [f"{error.instance_path}: {error.message}" for error in Draft202012Validator(whole).iter_errors(value)]
    assert not faults, faults[:5]
    assert not list(unnamed(value, schema, "")), list(unnamed(value, schema, ""))


def unnamed(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    """Yield the fields of a value that a schema does not name."""
    if "$ref" in schema:
        schema = OPENAPI["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        fitting = [each for each in schema["anyOf"] if (each.get("type") == "null") == (value is None)]
        schema = fitting[0]
        yield from unnamed(value, schema, path)
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in schema.get("properties", {}):
                yield from unnamed(inner, schema["properties"][name], f"{path}.{name}")
            elif not schema.get("additionalProperties"):
                yield f"{path}.{name}"
    elif isinstance(value, list):
        for inner in value:
            yield from unnamed(inner, schema.get("items", {}), f"{path}[]")


def schema_of(name: str, status: str, form: str) -> dict[str, Any]:
    """The schema of what an operation answers."""
    return OPERATIONS[name]["responses"][status]["content"][form]["schema"]


def test_each_operation_is_called_here(api: Room) -> None:
    """An operation that no test calls may say anything of itself."""
    assert set(calls(api)) == set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_is_sent_is_what_is_described(api: Room, name: str) -> None:
    """Status, form and, of JSON, every field."""
    response = calls(api)[name].to(api.http)
    described = OPERATIONS[name]["responses"][str(response.status_code)]
    assert response.is_success
    form = response.headers.get("content-type", "").split(";")[0]
    assert form in described.get("content", {"": None})
    if form == "application/json":
        valid(response.json(), schema_of(name, str(response.status_code), form))
    for header in described.get("headers", {}):
        assert header in response.headers


def test_a_batch_that_is_done_is_as_described(own: Path) -> None:
    """With progress, result and what was brought."""
    with room(own) as api:
        files = [("files", ("n.md", b"# Voclosporin\n\nVoclosporin in 3 adults.\n"))]
        sent = api.post("/documents", files=files).json()
        api.adds(sent["id"])
        done = api.get(f"/batches/{sent['id']}").json()
    valid(done, schema_of("batch", "200", "application/json"))
    assert done["progress"] and done["result"]["documents"]


def test_events_are_as_described(api: Room) -> None:
    """The data of each event has the shape that `x-events` names."""
    response = api.post("/ask/events", {"question": "Does sirolimus help children with refractory ITP?"})
    shapes: dict[str, Any] = OPERATIONS["ask_events"]["x-events"]
    for block in response.text.split("\n\n")[:-1]:
        name, data = block.split("\n")
        valid(json.loads(data.removeprefix("data: ")), shapes[name.removeprefix("event: ")])


@pytest.mark.parametrize(("name", "code"), PROBLEMS)
def test_each_problem_that_is_described_can_be_met(api: Room, tmp_path: Path, name: str, code: str) -> None:
    """It has its status, its form and its code, and tells nothing of the inside."""
    response = provoke(code, name, api, tmp_path)
    assert response.status_code == KINDS[code].status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert "secret" not in str(response.content)
    problem = json.loads(response.content)
    valid(problem, schema_of(name, str(response.status_code), "application/problem+json"))
    assert (problem["code"], problem["status"]) == (code, response.status_code)
    assert (response.status_code == 503) <= ("retry-after" in response.headers)


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/ask", 405), ("GET", "/nowhere", 404), ("PUT", "/documents", 405)]
)
def test_what_no_operation_answers_is_a_problem_too(api: Room, method: str, path: str, status: int) -> None:
    """An address that is none, a method that is not taken."""
    response = Call(method, path).to(api.http)
    assert response.status_code == status
    valid(response.json(), {"$ref": "#/components/schemas/ProblemDetails"})
    assert (status == 405) == ("allow" in response.headers)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/documents", "GET, HEAD, POST, OPTIONS"),
        ("/answers/x", "GET, HEAD, DELETE, OPTIONS"),
        ("/works/10.1/x%0Ay", "GET, HEAD, OPTIONS"),
        ("/ask", "POST, OPTIONS"),
        ("/openapi.json", "GET, HEAD, OPTIONS"),
    ],
)
def test_an_address_names_all_its_methods(api: Room, path: str, allowed: str) -> None:
    """To who asks for them, and to who uses another."""
    asked = Call("OPTIONS", path).to(api.http)
    assert (asked.status_code, asked.headers["allow"]) == (204, allowed)
    refused = Call("PATCH", path).to(api.http)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)


def test_a_head_is_a_get_without_its_body(api: Room) -> None:
    """The same status and headers."""
    for path in ("/status", "/documents/none"):
        got, head = Call("GET", path).to(api.http), Call("HEAD", path).to(api.http)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers == got.headers


@pytest.mark.parametrize("path", ["/documents/a%0Ab", "/works/a%0Ab/c", "/export/0/a%0Ab", "/a%0Ab"])
def test_a_line_break_in_an_address_is_answered_like_any_other(small: Path, path: str) -> None:
    """With a problem, behind all that `curbside serve` puts before it."""
    app = application(Plan(small))
    response = TestClient(app, base_url="http://localhost").get(f"/api/v1{path}")
    assert response.status_code in (404, 422)
    assert response.headers["content-type"] == "application/problem+json"


def test_examples_of_problems_are_problems() -> None:
    """Each is of the kind that it stands for."""
    for operation in OPERATIONS.values():
        for status, response in operation["responses"].items():
            for code, example in (
                response.get("content", {}).get("application/problem+json", {}).get("examples", {}).items()
            ):
                valid(example["value"], {"$ref": "#/components/schemas/ProblemDetails"})
                assert (example["value"]["code"], str(example["value"]["status"])) == (code, status)


def test_examples_are_what_is_sent(small: Path) -> None:
    """CURBSIDE_ACCEPT=1 writes them anew; ids and times that differ from run to run are fixed ones."""
    made: dict[str, Any] = {}
    with room(small) as api:  # to whose articles no other test has done anything
        for name, call in calls(api).items():
            response = call.to(api.http)
            if response.headers.get("content-type") == "application/json":
                made[name] = _fixed(response.json())
    if os.environ.get("CURBSIDE_ACCEPT") == "1":
        FILE.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert json.loads(FILE.read_text(encoding="utf-8")) == made, (
        "CURBSIDE_ACCEPT=1 pytest tests/doors/test_api_openapi.py"
    )


def _fixed(value: Any) -> Any:
    if "entries" in value:  # the audit log's end, whose hash covers random ids
        value["head"] = "0" * 64
    if "bundle" in value:  # which says when the library last changed, and has a hash over all of it
        value["bundle"]["library"]["changed"], value["sha256"] = "2026-01-31T09:30:00Z", "0" * 64
    for name, fixed in (
        ("id", "q3JfXw0sT1uVY5nE8kLr2A"),
        ("asked", "2026-01-31T09:30:00Z"),
        ("time", "2026-01-31T09:30:00.000000Z"),
        ("updated", "2026-01-31T09:30:00Z"),
        ("searched", "2026-01-31T09:30:00Z"),
        ("changed", "2026-01-31T09:30:00Z"),
        ("library", "2026-01-31T09:30:00Z"),
    ):
        for each in (value, *value.get("rows", ()), *_profiles(value), *_turns(value)):
            if isinstance(each.get(name), str):
                each[name] = fixed
    return value


def _turns(value: Any) -> Iterator[Any]:
    """Yield the turns of a thread, and what an answer says of its own place in one and of its search."""
    yield from value.get("turns", ())
    answer = value.get("answer", value)
    for name in ("thread", "search"):
        if isinstance(answer, dict) and isinstance(answer.get(name), dict):
            yield answer[name]


def _profiles(value: Any) -> Iterator[Any]:
    """Yield the profile beside an answer."""
    beside = value.get("evidence")
    if isinstance(beside, dict) and beside.get("profile") is not None:
        yield beside["profile"]


def test_every_word_of_it_is_explained() -> None:
    """Each operation has its sentence, each shape its own, each parameter a description."""
    for name, operation in OPERATIONS.items():
        assert operation["summary"] and operation["description"], name
        assert all(each.get("description") for each in operation.get("parameters", ())), name
    assert all(shape.get("description") for shape in OPENAPI["components"]["schemas"].values())
