"""`curbside stance`: a statement a line in, one JSON object a line out, whatever a line holds."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from curbside.doors.cli.console import Console
from curbside.doors.cli.main import main
from curbside.doors.cli.stance import statement_of
from curbside.errors import UsageError
from curbside.records.citation import CitingSection
from curbside.records.span import Span

AGREES = "Our results are in agreement with those of an earlier trial [7]."


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """Give lines to the command and return its exit code and objects."""

    def running(given: bytes, *options: str) -> tuple[int, list[dict[str, Any]]]:
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = main(["stance", "-", *options], Console(out, err))
        assert err.getvalue() == ""
        return code, [json.loads(line) for line in out.getvalue().splitlines()]

    return running


@pytest.mark.parametrize("options", [(), ("--rules",)])
def test_a_plain_line_is_judged(run, options: tuple[str, ...]) -> None:
    """Stance, probability, the words that decided with their places, the reason, the marker and the maker."""
    code, (found,) = run(f"{AGREES}\n".encode(), *options)
    assert code == 0
    assert (found["line"], found["stance"]) == (1, "supporting")
    assert 0 < found["probability"] <= 1
    assert all(AGREES[each["start"] : each["end"]] == each["words"] for each in found["deciding"])
    assert any("in agreement with" in each["words"] for each in found["deciding"])
    assert found["marker"] == {"start": 60, "end": 63, "words": "[7]"}
    assert found["reason"]
    assert found["maker"].startswith("stance rules" if options else "stance model")


def test_an_object_says_which_marker_is_meant() -> None:
    """By its words or by its place; with section and neighbours."""
    text = "As in [3], so in [4]."
    one = statement_of(json.dumps({"text": text, "marker": "[4]", "section": "discussion", "before": "So."}))
    assert (one.marker, one.section, one.before) == (Span(17, 20), CitingSection.DISCUSSION, "So.")
    assert statement_of(json.dumps({"text": text, "marker": {"start": 6, "end": 9}})).marker == Span(6, 9)
    assert statement_of(text).marker == Span(6, 9)
    assert statement_of("no marker at all").marker is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not a JSON object"),
        ('{"text": 7}', "no string"),
        ("{}", '"text" is missing'),
        ('{"text": "a", "txet": "b"}', "txet"),
        ('{"text": "a", "before": 7}', "before"),
        ('{"text": "a", "section": "coda"}', "section"),
        ('{"text": "a", "marker": "[7]"}', "does not stand"),
        ('{"text": "a", "marker": ""}', "does not stand"),
        ('{"text": "a", "marker": {"start": 0, "end": 9}}', "marker"),
        ('{"text": "a", "marker": {"start": -1, "end": 1}}', "marker"),
        ('{"text": "a", "marker": [0, 1]}', "marker"),
        ('{"text": ' * 3_000, "not a JSON object"),
    ],
)
def test_an_object_that_is_not_understood(line: str, why: str) -> None:
    """The reason is given, and what was wrong is named."""
    with pytest.raises(UsageError, match=why):
        statement_of(line)


def test_a_line_that_cannot_be_taken_loses_no_other(run) -> None:
    """It is answered in its place, and the exit code says so."""
    code, found = run(b'{"text": 7}\n' + AGREES.encode() + b"\n")
    assert code == 1
    assert "problem" in found[0] and found[0]["line"] == 1
    assert (found[1]["line"], found[1]["stance"]) == (2, "supporting")


def test_hostile_lines(run) -> None:
    """Empty, a megabyte, no marker, bytes that are no text, controls: each line has its answer."""
    lines = [
        b"",
        b"   ",
        b"in agreement with [7] " * 50_000,
        b"no marker here",
        b"\xff\xfe\x00 in agreement",
        b"\x00\x01\x02",
        "\u202e👩‍⚕️ similar to [7]".encode(),
        b'{"text": "\\ud800 [7]"}',
        b'{"text": ""}',
    ]
    code, found = run(b"\n".join(lines) + b"\n")
    assert code == 0
    assert [each["line"] for each in found] == list(range(1, len(lines) + 1))
    assert found[0]["reason"].startswith("abstains") and found[0]["stance"] == "mentioning"


def test_no_line_is_no_fault(run) -> None:
    """Nothing in, nothing out."""
    assert run(b"") == (0, [])


def test_a_file_is_read(run, tmp_path: Path) -> None:
    """As the standard input is; one that is not there is named."""
    (tmp_path / "lines.txt").write_text(f"\ufeff{AGREES}\r\n", encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert main(["stance", str(tmp_path / "lines.txt")], Console(out, err)) == 0
    assert json.loads(out.getvalue())["marker"]["start"] == 60
    assert main(["stance", str(tmp_path / "none.txt")], Console(out, err)) != 0
    assert "none.txt" in err.getvalue()
