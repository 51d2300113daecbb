"""The client knows all that the OpenAPI has: each operation, each parameter, each field."""

from __future__ import annotations

import dataclasses
import inspect
import json
import types
import typing
from types import SimpleNamespace
from typing import Any

import pytest

from curbside.client import (
    Client,
    Filters,
    shapes,
    shapes_articles,
    shapes_audience,
    shapes_checked,
    shapes_cited,
    shapes_library,
    shapes_likened,
    shapes_said,
    shapes_stance,
    shapes_support,
    shapes_thread,
    shapes_weighed,
)
from curbside.client.calls import OPERATIONS
from curbside.client.events import EVENTS
from curbside.doors.api.app import api_app

NOBODY: Any = SimpleNamespace()
OPENAPI: dict[str, Any] = json.loads(json.dumps(api_app(NOBODY, NOBODY, NOBODY).openapi()))
COMPONENTS: dict[str, dict[str, Any]] = OPENAPI["components"]["schemas"]
CALLED = {operation["operationId"]: operation for path in OPENAPI["paths"].values() for operation in path.values()}
OF_REQUESTS = {
    "QuestionAsked",
    "QuestionFollowing",
    "SearchAsked",
    "ExportAsked",
    "CheckAsked",
    "StanceAsked",
    "SupportAsked",
    "FiltersWanted",
    "ArticleWanted",
    "StepTaken",
    "DrawnAnew",
    "ReviewersNamed",
    "CommentMade",
    "ClaimDone",
}
OF_ERRORS = {"ProblemDetails", "Fault"}
OTHER_NAMES = {"FiltersSet": "Filters"}


def _class_of(component: str) -> type[Any]:
    name = OTHER_NAMES.get(component, component)
    found = next(
        (
            made
            for module in (
                shapes,
                shapes_articles,
                shapes_audience,
                shapes_checked,
                shapes_cited,
                shapes_library,
                shapes_likened,
                shapes_said,
                shapes_stance,
                shapes_support,
                shapes_thread,
                shapes_weighed,
            )
            if (made := getattr(module, name, None))
        ),
        None,
    )
    assert found is not None, f"curbside.client has no {name}"
    return found


def test_each_operation_has_its_method() -> None:
    """And no method is left over from an operation that is gone."""
    assert set(OPERATIONS) == set(CALLED)
    assert all(callable(getattr(Client, method, None)) for method in OPERATIONS.values())


@pytest.mark.parametrize("name", CALLED)
def test_each_parameter_can_be_given(name: str) -> None:
    """Parameters of path and query, and the fields of a body."""
    operation = CALLED[name]
    wanted = {each["name"] for each in operation.get("parameters", ())}
    for form in operation.get("requestBody", {}).get("content", {}).values():
        schema = form["schema"]
        schema = COMPONENTS[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
        wanted |= set(schema["properties"])
    assert wanted <= set(inspect.signature(getattr(Client, OPERATIONS[name])).parameters), name


@pytest.mark.parametrize("component", sorted(set(COMPONENTS) - OF_REQUESTS - OF_ERRORS))
def test_each_field_of_an_answer_is_a_field_of_its_record(component: str) -> None:
    """With the same name, the same type, and null where it may be null."""
    shape = _class_of(component)
    hints = typing.get_type_hints(shape)
    properties = COMPONENTS[component]["properties"]
    assert [field.name for field in dataclasses.fields(shape)] == list(hints)
    assert set(hints) == set(properties)
    for name, schema in properties.items():
        assert _fits(hints[name], schema), f"{component}.{name}: {hints[name]} for {schema}"


def _fits(hint: Any, schema: dict[str, Any]) -> bool:
    if "$ref" in schema:
        return hint is _class_of(schema["$ref"].rsplit("/", 1)[1])
    if "anyOf" in schema:
        kinds = list(typing.get_args(hint))
        assert typing.get_origin(hint) in (types.UnionType, typing.Union) and type(None) in kinds
        return all(each.get("type") == "null" or any(_fits(kind, each) for kind in kinds) for each in schema["anyOf"])
    if schema["type"] == "array":
        return typing.get_origin(hint) is tuple and _fits(typing.get_args(hint)[0], schema["items"])
    if schema["type"] == "object":
        return typing.get_origin(hint) is dict and _fits(typing.get_args(hint)[1], schema["additionalProperties"])
    return hint is {"string": str, "integer": int, "number": float, "boolean": bool}[schema["type"]]


def test_filters_that_are_asked_for_are_those_that_come_back() -> None:
    """One record serves both."""
    assert {field.name for field in dataclasses.fields(Filters)} == set(COMPONENTS["FiltersWanted"]["properties"])


def test_each_event_has_its_shape() -> None:
    """But the error, which is raised."""
    named = {name: shape["$ref"].rsplit("/", 1)[1] for name, shape in CALLED["ask_events"]["x-events"].items()}
    assert named.pop("error") == "ProblemDetails"
    assert {name: shape.__name__ for name, shape in EVENTS.items()} == named
