"""`curbside support`: two arguments or a pair a line in, one JSON object a pair out, whatever a line holds."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main
from curbside.doors.cli.support import pair_of
from curbside.errors import UsageError

CLAIM, DENIED = "Sirolimus reduces bleeding.", "Sirolimus did not reduce bleeding."


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """Give arguments and standard input to the command and return its exit code, objects and complaints."""
    monkeypatch.setenv("CURBSIDE_ENCODER", "off")

    def running(*options: str, given: bytes = b"") -> tuple[int, list[dict[str, Any]], str]:
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = main(["support", *options], Console(out, err))
        return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()

    return running


@pytest.mark.parametrize("options", [(), ("--rules",)])
def test_two_arguments_are_a_pair(run, options: tuple[str, ...]) -> None:
    """Label, probability, and reasons on words at their places."""
    code, (found,), _ = run(CLAIM, DENIED, *options)
    assert (code, found["label"]) == (0, "refutes")
    assert 0 < found["probability"] <= 1
    (denial,) = [reason for reason in found["reasons"] if reason["factor"] == "negation"]
    assert denial["evidence"] == [{"start": 14, "end": 17, "words": "not"}]
    assert found["maker"].startswith("support rules" if options else "support model")


def test_pairs_are_read_a_line_each(run) -> None:
    """In order; a line that cannot be taken is told, and the rest goes on."""
    lines = [json.dumps({"claim": CLAIM, "evidence": CLAIM}), "none", json.dumps({"claim": "", "evidence": ""})]
    code, found, _ = run("-", given="\n".join(lines).encode())
    assert code == 1
    assert [each["line"] for each in found] == [1, 2, 3]
    assert (found[0]["label"], found[2]["label"]) == ("supports", "not enough")
    assert "not a JSON object" in found[1]["problem"]


@pytest.mark.parametrize("options", [("one",), ("-", "two")])
def test_what_is_asked_wrongly(run, options: tuple[str, ...]) -> None:
    """A claim alone, or standard input and evidence."""
    code, found, said = run(*options)
    assert (code, found) == (2, [])
    assert "claim and its evidence" in said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[]", "not a JSON object"),
        ("{", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ('{"claim": "a"}', '"evidence" is missing'),
        ('{"claim": 1, "evidence": "b"}', '"claim" is missing'),
        ('{"claim": "a", "evidence": "b", "quote": "c"}', 'no field is called "quote"'),
    ],
)
def test_a_line_that_is_no_pair(line: str, why: str) -> None:
    """Says why."""
    with pytest.raises(UsageError, match=why):
        pair_of(line)
