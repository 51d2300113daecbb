"""`POST /stance`: bounds, markers that lie nowhere, both judges; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api_room import Room, small_library
from api_room import room as opened

from curbside.doors.api.shapes_stance import LONGEST_STATEMENT, MOST_STATEMENTS

AGREES = "Our results are in agreement with those of an earlier trial [7]."


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The API over a small library."""
    folder: Path = small_library(tmp_path_factory.mktemp("stance"))
    with opened(folder) as made:
        yield made


def asked(room: Room, body: dict[str, Any]) -> Any:
    """Send a body and return the answer."""
    return room.post("/stance", json=body)


@pytest.mark.parametrize(("rules", "maker"), [(False, "stance model"), (True, "stance rules")])
def test_statements_are_judged_in_order(room: Room, rules: bool, maker: str) -> None:
    """With the words that decided at their places."""
    texts = [AGREES, "", "Sirolimus inhibits mTOR [7]."]
    found = asked(room, {"statements": [{"text": text} for text in texts], "rules": rules}).json()["judgements"]
    assert [each["stance"] for each in found] == ["supporting", "mentioning", "mentioning"]
    assert all(AGREES[each["start"] : each["end"]] == each["words"] for each in found[0]["deciding"])
    assert found[0]["deciding"] and found[0]["maker"].startswith(maker)
    assert found[1]["reason"].startswith("abstains") and found[1]["marker"] is None


@pytest.mark.parametrize("place", [(60, 63), (900, 905), (5, 5), (9, 3)])
def test_a_marker_that_lies_nowhere_counts_as_none(room: Room, place: tuple[int, int]) -> None:
    """The first that looks like one is judged."""
    marker = {"start": place[0], "end": place[1]}
    (found,) = asked(room, {"statements": [{"text": AGREES, "marker": marker}]}).json()["judgements"]
    assert found["marker"]["words"] == "[7]"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"statements": []},
        {"statements": [{"text": "a"}] * (MOST_STATEMENTS + 1)},
        {"statements": [{"text": "a" * (LONGEST_STATEMENT + 1)}]},
        {"statements": [{"text": "a", "marker": {"start": -1, "end": 1}}]},
        {"statements": [{"text": "a", "section": "coda"}]},
        {"statements": [{"text": "a", "label": "supporting"}]},
        {"statements": ["a"]},
    ],
)
def test_what_is_not_understood_is_refused(room: Room, body: dict[str, Any]) -> None:
    """As a problem, never as an error of the server."""
    answer = asked(room, body)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"].startswith("application/problem+json")
