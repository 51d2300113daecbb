"""The API against requests made up from its own OpenAPI, as described and otherwise; `python -m bench api-fuzz` goes on for longer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from api_room import Room
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from curbside.doors.api.app import PREFIX, api_app

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
"""What every answer must be: no 500, a status, a form and a shape that are described, a refusal of what is not."""


NOBODY: Any = SimpleNamespace()


class Served:
    """An application in whose place another can be put: requests are made up before there is a library."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        await self.app(scope, receive, send)


served = Served(Starlette(routes=[Mount(PREFIX, api_app(NOBODY, NOBODY, NOBODY))]))
schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", served)


@pytest.fixture(autouse=True)
def _library(api: Room) -> None:
    """Send what is made up to the API over the small library."""
    served.app = api.mounted


@pytest.mark.slow
@schema.parametrize()
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Any) -> None:
    """Whatever is sent."""
    # Whatever stands in a form with a file is a file: there is no such thing as one of the wrong type.
    left_out = [negative_data_rejection] if case.operation.definition.raw["operationId"] == "upload" else []
    case.call_and_validate(checks=CHECKS, excluded_checks=left_out)
