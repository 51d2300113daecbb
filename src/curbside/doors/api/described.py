"""What the OpenAPI says beyond the shapes: problems by operation, media types, examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field

from curbside.doors.api.problems import ALWAYS, KINDS, MEDIA_TYPE, WITH_BODY, details
from curbside.doors.api.shapes_answer import NumberedSection, Reading, Searched


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    place: str = Field(
        description="JSON Pointer (RFC 6901) into the body, or the name of a parameter.", examples=["/question"]
    )
    detail: str


class ProblemDetails(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description='Always "about:blank"; `code` tells the kinds apart.')
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="What was wrong with this request.")
    code: str = Field(description="The kind of problem.", json_schema_extra={"enum": list(KINDS)})
    errors: list[Fault] | None = Field(default=None, description='With "invalid" and "unknown-value".')
    query: str | None = Field(default=None, description='With "query-syntax": the query.')
    position: int | None = Field(default=None, description='With "query-syntax": where in it, in code points.')


def problems(*codes: str, body: bool = False, bare: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return the descriptions of the problems that an operation may answer with, for FastAPI's `responses`.

    Args:
        codes: those of its own; every operation has `ALWAYS` besides.
        body: whether it takes a body, and has `WITH_BODY` too.
        bare: whether it answers without a body, so that no form of that can be refused.
    """
    every = [*codes, *(WITH_BODY if body else ()), *(code for code in ALWAYS if not bare or code != "not-acceptable")]
    described: dict[int | str, dict[str, Any]] = {}
    for code in dict.fromkeys(every):
        kind = KINDS[code]
        one = described.setdefault(kind.status, {"model": ProblemDetails, "description": "", "x-codes": []})
        one["description"] = f"{one['description']} {kind.words}".strip()
        one["x-codes"].append(code)
    return dict(sorted(described.items(), key=lambda item: int(item[0])))


def examples_of(codes: list[str]) -> dict[str, Any]:
    """Return an example of each kind of problem."""
    return {code: {"value": details(code, KINDS[code].detail, **KINDS[code].more)} for code in codes}


def described(app: FastAPI, examples: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the OpenAPI of an application, made once.

    Args:
        app: the application.
        examples: operation id -> example of its JSON answer.
    """
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
        servers=app.servers,
        license_info=app.license_info,
    )
    for operations in schema["paths"].values():
        for operation in operations.values():
            _finish(operation, examples.get(operation["operationId"]))
    for shape in (Searched, Reading, NumberedSection):  # the data of events, which no operation answers with alone
        made = shape.model_json_schema(ref_template="#/components/schemas/{model}")
        made.pop("$defs", None)
        schema["components"]["schemas"][shape.__name__] = made
    for unused in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(unused, None)
    app.openapi_schema = schema
    return schema


def _finish(operation: dict[str, Any], example: Mapping[str, Any] | None) -> None:
    responses: dict[str, Any] = operation["responses"]
    for status, response in list(responses.items()):
        content = response.get("content", {})
        if "x-codes" in response:
            shape = content.pop(next(iter(content)))
            content[MEDIA_TYPE] = {**shape, "examples": examples_of(response["x-codes"])}
            if status in ("429", "503"):
                response["headers"] = {
                    "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait before a new try."}
                }
        elif status == "422":  # the framework's own shape, which is never sent
            del responses[status]
        elif "application/json" in content and example is not None:
            content["application/json"]["example"] = example
