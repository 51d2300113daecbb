"""JSON Lines: an object to a line, and a line ends at a line feed alone."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from evals.lines import json_lines

ENDS = ["\u2028", "\u2029", "\u0085", "\u000b", "\u000c", "\u001c"]


def test_signs_that_end_a_line_elsewhere_stand_in_strings(tmp_path: Path) -> None:
    """As they were written, not escaped; gzipped or not; empty lines and other ends of a line do no harm."""
    text = "".join(f'{{"at": {at}, "text": "a{end}b"}}\r\n\n' for at, end in enumerate(ENDS) if end >= " ")
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8", newline="")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    plain, packed = (list(json_lines(tmp_path / name)) for name in ("a.jsonl", "a.jsonl.gz"))
    assert plain == packed == [{"at": at, "text": f"a{end}b"} for at, end in enumerate(ENDS) if end >= " "]
    assert len(plain) == 3


@pytest.mark.parametrize(("line", "why"), [('{"a": 1', "delimiter"), ("[1]", "no object")])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str, why: str) -> None:
    """With its file and its number."""
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"a": 1}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=rf"{re.escape(str(path))}:3: .*{why}"):
        list(json_lines(path))


def test_no_eval_reads_rows_by_other_ends_of_lines() -> None:
    """`splitlines` cuts an object where a string in it holds a line separator."""
    root = Path(__file__).resolve().parents[2]
    rows = re.compile(r"json\.loads\(\w+\).{0,80}splitlines|splitlines\(\)[^\n]*:\n\s+\w+ = json\.loads\(")
    found = [
        str(path.relative_to(root))
        for folder in ("evals", "training", "bench")
        for path in sorted((root / folder).rglob("*.py"))
        if rows.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
