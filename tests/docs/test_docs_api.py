"""The page about the API has each operation, each field and each problem of the OpenAPI; its examples are run."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docs_tree import agrees, fences, section, table, text_of

from curbside.doors.api.app import api_app
from curbside.doors.api.problems import ALWAYS, KINDS, WITH_BODY

PAGE = "docs/reference/api.md"
HOW_TO = "docs/how-to.md"
NOBODY: Any = SimpleNamespace()
OPENAPI: dict[str, Any] = json.loads(json.dumps(api_app(NOBODY, NOBODY, NOBODY).openapi()))
COMPONENTS: dict[str, dict[str, Any]] = OPENAPI["components"]["schemas"]
OPERATIONS = [(path, method, each) for path, methods in OPENAPI["paths"].items() for method, each in methods.items()]
REQUESTS = (
    *("QuestionAsked", "SearchAsked", "ExportAsked", "CheckAsked", "FiltersWanted"),
    *("ArticleWanted", "StepTaken", "DrawnAnew", "ReviewersNamed", "CommentMade", "ClaimDone"),
)
ONLY_HERE = {
    "Kept": (),
    "Found": ("order", "facets", "next"),
    "Facets": (),
    "Listing": (),
    "Problems": (),
    "Term": (),
    "Batch": (),
    "SentFile": (),
    "Progress": (),
    "Result": ("documents",),
    "Brought": (),
    "ArticlesListed": (),
    "ArticleListed": (),
    "ArticleShown": (),
    "ClaimShown": (),
    "ClaimSaid": (),
    "MoveMade": (),
    "CommentShown": (),
    "ArticleChanges": (),
    "ClaimChanged": (),
    "PersonNamed": (),
    "PersonShown": (),
    "KeyShown": (),
    "AuditHead": (),
}
"""Shape that only the API has -> those of its fields that only the API has; none named: all."""


def _codes(operation: dict[str, Any]) -> list[str]:
    return [code for response in operation["responses"].values() for code in response.get("x-codes", ())]


def _parameters(operation: dict[str, Any]) -> list[str]:
    told = [f"`{each['name']}`" for each in operation.get("parameters", ()) if each["in"] == "query"]
    for form, content in operation.get("requestBody", {}).get("content", {}).items():
        shape = content["schema"].get("$ref", "").rsplit("/", 1)[-1]
        told.append(
            f"[{shape}](#what-is-sent)" if shape else f"`{form}`: `{'`, `'.join(content['schema']['properties'])}`"
        )
    return told


def _comes(operation: dict[str, Any]) -> str:
    told = []
    for status, response in operation["responses"].items():
        if "x-codes" in response:
            continue
        content = response.get("content", {})
        shapes = [each.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1] for each in content.values()]
        forms = (
            [shape or f"`{form}`" for shape, form in zip(shapes, content)]
            if len(content) < 3
            else ["the form asked for"]
        )
        told.append(" ".join([status, ", ".join(forms)]).strip())
    return "; ".join(told)


def test_each_operation_is_listed() -> None:
    """With what it takes, what it answers, and the problems that are its own."""
    rows = []
    for path, method, operation in OPERATIONS:
        own = [code for code in _codes(operation) if code not in ALWAYS and code not in WITH_BODY]
        body = ["those of a body"] if set(WITH_BODY) <= set(_codes(operation)) else []
        problems = ", ".join([*(f"`{code}`" for code in dict.fromkeys(own)), *body])
        if body == [] and {"cross-site", "invalid"} & set(_codes(operation)):
            extra = [f"`{code}`" for code in ("cross-site", "invalid") if code in _codes(operation)]
            problems = ", ".join(filter(None, [problems, *extra]))
        rows.append(
            (
                f"`{method.upper()} {path}`",
                operation["summary"],
                ", ".join(_parameters(operation)),
                _comes(operation),
                problems,
            )
        )
    agrees(
        PAGE,
        "operations",
        "\n" + table(("operation", "what it does", "takes", "answers", "problems of its own"), rows) + "\n",
    )


def test_each_event_is_listed() -> None:
    """With the shape of its data."""
    events = next(operation["x-events"] for _, _, operation in OPERATIONS if "x-events" in operation)
    rows = []
    for name, reference in events.items():
        shape = COMPONENTS[reference["$ref"].rsplit("/", 1)[-1]]
        fields = ", ".join(f"`{field}`" for field in shape["properties"])
        rows.append((f"`{name}`", re.sub(r"^Event `\w+`: ", "", _first(shape)), fields))
    agrees(PAGE, "events", "\n" + table(("event", "data", "fields"), rows) + "\n")


def _first(shape: dict[str, Any]) -> str:
    return str(shape["description"]).split("\n")[0]


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    if schema["type"] == "object":
        return f"object of {_type(schema['additionalProperties'])}"
    return str(schema["type"])


def _bounds(schema: dict[str, Any]) -> str:
    inner = next((each for each in schema.get("anyOf", ()) if each.get("type") != "null"), schema)
    words = {
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "minimum": "from {}",
        "maximum": "to {}",
        "maxItems": "at most {} values",
    }
    told = [
        text.format(f"{inner[key]:,}" if inner[key] < 9_000 or key != "maximum" else inner[key])
        for key, text in words.items()
        if key in inner
    ]
    if schema.get("default") not in (None, [], {}, "") or schema.get("default") is False:
        told.append(f"default `{json.dumps(schema['default'])}`")
    if "enum" in inner:
        told.append("one of " + ", ".join(f"`{each}`" for each in inner["enum"]))
    return "; ".join(told)


def test_each_field_of_a_request_is_described_with_its_bounds() -> None:
    """What is longer or more is refused."""
    text = ""
    for name in REQUESTS:
        shape = COMPONENTS[name]
        rows = []
        for field, schema in shape["properties"].items():
            needed = "required" if field in shape.get("required", ()) else ""
            words = " ".join(
                filter(
                    None,
                    [
                        schema.get("description", "") or ("Conditions, as below." if field == "filters" else ""),
                        f"({needed})" if needed else "",
                    ],
                )
            )
            rows.append((f"`{field}`", _type(schema), words, _bounds(schema)))
        text += f"\n### {name}\n\n{_first(shape)}\n\n{table(('field', 'type', 'meaning', 'bounds'), rows)}"
    agrees(PAGE, "requests", text + "\n")


def test_each_field_that_only_the_api_has_is_described() -> None:
    """The others are those of the command line."""
    text = ""
    for name, only in ONLY_HERE.items():
        shape = COMPONENTS[name]
        chosen = [(field, schema) for field, schema in shape["properties"].items() if not only or field in only]
        rows = [(f"`{field}`", _type(schema), schema.get("description", "")) for field, schema in chosen]
        lead = " The other fields are those of the command line." if only else ""
        text += f"\n### {name}\n\n{_first(shape)}{lead}\n\n{table(('field', 'type', 'meaning'), rows)}"
    agrees(PAGE, "answers", text + "\n")


def test_each_problem_is_listed() -> None:
    """With its status and what it means, and whether any operation may answer with it."""
    met = {code for _, _, operation in OPERATIONS for code in _codes(operation)}
    rows = []
    for code, kind in KINDS.items():
        where = (
            "any"
            if code in ALWAYS
            else "those with a body"
            if code in WITH_BODY
            else "some"
            if code in met
            else "no operation"
        )
        rows.append((f"`{code}`", str(kind.status), kind.words, where))
    agrees(PAGE, "problems", "\n" + table(("code", "status", "meaning", "of"), rows) + "\n")


@pytest.fixture(scope="module")
def address(shelf_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `curbside serve` answers, over the starter shelf."""
    folder = tmp_path_factory.mktemp("served") / "library"
    shutil.copytree(shelf_library, folder)
    command = [
        sys.executable,
        "-m",
        "curbside",
        "--library",
        str(folder),
        "serve",
        "--port",
        "0",
        "--workers",
        "1",
        "--json",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield str(json.loads(process.stdout.readline())["address"]).rstrip("/")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@pytest.mark.slow
def test_the_examples_for_programs_run(address: str, tmp_path: Path) -> None:
    """What a shell sends and what a Python program does, against a server."""
    told = section(text_of(HOW_TO), "Call it from a program")
    assert told
    (tmp_path / "notes.md").write_text(
        "# Sirolimus in morphoea\n\nSirolimus was given to 3 adults.\n", encoding="utf-8"
    )
    ran = 0
    for fence in fences(told):
        script = fence.text.replace("http://127.0.0.1:8000", address)
        if fence.info == "bash":
            if shutil.which("curl") is None:
                continue
            command = ["bash", "-e", "-u", "-o", "pipefail", "-c", script.replace("curl ", "curl --fail-with-body ")]
        elif fence.info == "python":
            command = [sys.executable, "-c", script]
        else:
            continue
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ}, timeout=120, check=False
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        ran += 1
    assert ran
