"""`POST /support`: bounds, both checkers; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api_room import Room, small_library
from api_room import room as opened

from curbside.doors.api.shapes_support import LONGEST_SIDE, MOST_PAIRS

CLAIM, DENIED = "Sirolimus reduces bleeding.", "Sirolimus did not reduce bleeding."
PAIR = {"claim": CLAIM, "evidence": DENIED}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The API over a small library."""
    folder: Path = small_library(tmp_path_factory.mktemp("support"))
    with opened(folder) as made:
        yield made


@pytest.mark.parametrize(("rules", "maker"), [(False, "support model"), (True, "support rules")])
def test_pairs_are_judged_in_order(room: Room, rules: bool, maker: str) -> None:
    """With reasons on words at their places."""
    pairs = [PAIR, {"claim": CLAIM, "evidence": CLAIM}, {"claim": "", "evidence": CLAIM}]
    found = room.post("/support", json={"pairs": pairs, "rules": rules}).json()["judgements"]
    assert [each["label"] for each in found] == ["refutes", "supports", "not enough"]
    assert all(each["maker"].startswith(maker) for each in found)
    for reason in found[0]["reasons"]:
        assert all(DENIED[each["start"] : each["end"]] == each["words"] for each in reason["evidence"])


@pytest.mark.parametrize(
    "body",
    [
        {"pairs": []},
        {"pairs": [PAIR] * (MOST_PAIRS + 1)},
        {"pairs": [{"claim": "a" * (LONGEST_SIDE + 1), "evidence": ""}]},
        {"pairs": [{"claim": "a"}]},
        {"pairs": [PAIR | {"quote": ""}]},
    ],
)
def test_what_is_out_of_bounds_is_refused(room: Room, body: dict[str, Any]) -> None:
    """None, too many, too long, half a pair, an unknown field."""
    assert room.post("/support", json=body).status_code == 422
